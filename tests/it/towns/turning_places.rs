//! Where one turns round:
//! <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dturning_circle>.

use super::plan::Plan;

/// Five seconds at a place for it, twenty at the mere end of a road.
#[test]
fn at_the_end_of_a_road() {
    let map = "
        a--b--c
           |
           d";
    let plan = || Plan::new(map).ways("ab bc bd", "maxspeed=90");
    let plan = || plan().restriction("ab", "b", "bc", "restriction=no_straight_on");
    let driven = 15.0 + 2.0 * 10.0 + 15.0 + 2.0 + 2.0;
    for (text, turn) in [
        ("highway=turning_circle", 5.0),
        ("highway=turning_loop", 5.0),
        ("highway=mini_roundabout", 5.0),
        ("highway=crossing", 20.0),
    ] {
        let town = plan().node('d', text).build();
        town.check(&[("ac", "ab,bd,bd,bc")]);
        town.check_seconds(&[("ac", driven + turn)]);
    }
}

/// On the way, one turns round nowhere else.
#[test]
fn in_the_middle_of_a_road() {
    let map = "
        a--b--c---------d
           |
           e";
    let plan = Plan::new(map).ways("ab bcd be", "");
    let plan = plan.restriction("ab", "b", "be", "restriction=no_right_turn");
    for (text, metres) in [
        ("highway=turning_circle", 3 + 3 + 3 + 2),
        ("highway=mini_roundabout", 3 + 3 + 3 + 2),
        ("highway=passing_place", 3 + 13 + 13 + 2),
    ] {
        let town = plan.clone().node('c', text).build();
        let length = town.route("ae").length.meters();
        assert!((length - f64::from(metres) * 100.0).abs() < 1.0, "{text}: {length} m");
    }
}

/// Not where a relation forbids it, nor against a one-way street.
#[test]
fn unless_it_is_forbidden() {
    let map = "
        a--b--c--d
           |
           e";
    let plan = Plan::new(map).ways("ab bc cd be", "").node('c', "highway=turning_circle");
    let plan = plan.restriction("ab", "b", "be", "restriction=no_right_turn");
    plan.build().check(&[("ae", "ab,bc,bc,be")]);
    let forbidden = plan.clone().restriction("bc", "c", "bc", "restriction=no_u_turn");
    forbidden.build().check(&[("ae", "ab,bc,cd,cd,bc,be")]);
    let map = "
        a--b--c
           |
           e";
    let oneway = Plan::new(map).ways("ab be", "").way("bc", "oneway=yes");
    let oneway = oneway.node('c', "highway=turning_circle");
    let oneway = oneway.restriction("ab", "b", "be", "restriction=no_right_turn");
    oneway.build().check(&[("ae", "no way"), ("ac", "ab,bc")]);
}
