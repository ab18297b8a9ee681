//! What turns cost, and where one may turn round. The angles are those of
//! traffic on the right.

use super::plan::Plan;

const CROSS: &str = "
           n
           |
        w--j--e
           |
           s";

/// Every way is 300 m at 20 m/s: 15 s. Turning left, across the oncoming
/// traffic, takes longer than turning right.
#[test]
fn left_is_dearer_than_right_and_straight_on_is_free() {
    let town = Plan::new(CROSS).ways("nj ej sj wj", "maxspeed=90").build();
    town.check_seconds(&[
        ("sn", 20.0),
        ("we", 30.0),
        ("se", 25.0 + 2.0),
        ("sw", 25.0 + 4.0),
        ("nw", 25.0 + 2.0),
        ("ne", 25.0 + 4.0),
    ]);
}

/// A bend is no turn, be it within a way or between two.
#[test]
fn bends_are_free() {
    let map = "
        a--b
           |
           |
           c";
    for ways in ["abc", "ab bc"] {
        let town = Plan::new(map).ways(ways, "maxspeed=90").build();
        town.check_seconds(&[("ac", 30.0), ("ca", 30.0)]);
    }
}

/// Signals stop those who arrive, in the direction that they are for.
/// <https://wiki.openstreetmap.org/wiki/Key:traffic_signals:direction>
#[test]
fn signals() {
    let seconds = |text: &str| {
        let town = Plan::new("a----b----c").way("abc", "maxspeed=90").node('b', text).build();
        ["ac", "ca"].map(|points| town.route(points).duration.seconds() - 50.0)
    };
    for (text, expected) in [
        ("highway=traffic_signals", [4.0, 4.0]),
        ("highway=traffic_signals traffic_signals:direction=forward", [4.0, 0.0]),
        ("highway=traffic_signals traffic_signals:direction=backward", [0.0, 4.0]),
        ("highway=crossing crossing=traffic_signals", [1.0, 1.0]),
        ("highway=crossing crossing=zebra", [0.5, 0.5]),
    ] {
        let differs = seconds(text).into_iter().zip(expected).any(|(a, b)| (a - b).abs() > 0.1);
        assert!(!differs, "{text}: {:?}", seconds(text));
    }
}

/// Of two equally long ways the one with fewer turns is the faster.
#[test]
fn the_straighter_of_equally_long_ways() {
    let map = "
        a--b--c--d
        |  |  |  |
        e--f--g--h
        |  |  |  |
        i--k--l--m";
    let town = Plan::new(map).ways("abcd efgh iklm aei bfk cgl dhm", "").build();
    // Around the corner a there is no turn, and one at the crossing g.
    town.check(&[("ec", "aei,abcd"), ("ce", "abcd,aei")]);
    // To the right at one corner of the block, or to the left at the other.
    town.check(&[("bg", "abcd,cgl"), ("gb", "efgh,bfk")]);
}

/// Signals on the straight way make the way around them faster.
#[test]
fn signals_are_driven_around() {
    let map = "
        a-b-c-d-e-f
          |       |
          g-------h";
    let plan = Plan::new(map).ways("ab bcde ef bgh hf", "");
    plan.build().check(&[("af", "ab,bcde,ef")]);
    let plan = "bcde".chars().fold(plan, |plan, node| plan.node(node, "highway=traffic_signals"));
    let town = plan.build();
    let seconds = town.route("af").duration.seconds();
    assert!(seconds > 64.2 + 3.9, "{seconds}");
}

/// One turns round where the road ends, and nowhere on it.
#[test]
fn u_turns_at_dead_ends_only() {
    let map = "
        a--b--1--c--2--d
           |
           e";
    let plan = Plan::new(map).ways("ab bcd be", "");
    let town = plan.clone().restriction("ab", "b", "be", "restriction=no_right_turn").build();
    // Neither at c, a node within the way, nor at b, a crossing.
    let around = town.route("ae");
    let there_and_back = 3.0 + 12.0 + 12.0 + 2.0;
    assert!((around.length.meters() - there_and_back * 100.0).abs() < 1.0, "{around:?}");
    plan.build().check(&[("ae", "ab,be")]);
}

/// Who must begin eastwards on a one-way street comes back from its dead end
/// only if there is a way back.
#[test]
fn a_dead_end_turns_round() {
    let map = "
        a--b--c--d
           |
           e";
    let plan = Plan::new(map).ways("ab bc cd be", "maxspeed=90");
    let plan = plan.restriction("ab", "b", "be", "restriction=no_right_turn");
    let town = plan.build();
    // To d, round, and back: 10 s a way, the U-turn 20 s, the turn left 4 s.
    town.check(&[("ae", "ab,bc,cd,cd,bc,be")]);
    town.check_seconds(&[("ae", 15.0 + 30.0 + 20.0 + 30.0 + 4.0 + 10.0)]);
}
