//! Barriers: <https://wiki.openstreetmap.org/wiki/Key:barrier>.

use super::{plan::Plan, tables::check_nodes};

/// Which kinds stop cars, and how long the others delay them.
#[test]
fn kinds() {
    check_nodes(&[
        ("barrier=gate", "10"),
        ("barrier=swing_gate", "10"),
        ("barrier=lift_gate", "5"),
        ("barrier=toll_booth", "10"),
        ("barrier=border_control", "120"),
        ("barrier=cattle_grid", "0"),
        ("barrier=sally_port", "5"),
        ("barrier=entrance", "0"),
        ("barrier=height_restrictor", "0"),
        ("barrier=no", "0"),
        ("barrier=bollard", "-"),
        ("barrier=block", "-"),
        ("barrier=jersey_barrier", "-"),
        ("barrier=cycle_barrier", "-"),
        ("barrier=kissing_gate", "-"),
        ("barrier=chain", "-"),
        ("barrier=wall", "-"),
        ("barrier=nonsense", "-"),
    ]);
}

/// What the node says of access counts for more than its kind.
/// <https://wiki.openstreetmap.org/wiki/Key:barrier#Access>
#[test]
fn access_decides() {
    check_nodes(&[
        ("barrier=gate access=yes", "10"),
        ("barrier=gate access=no", "-"),
        ("barrier=gate access=no motor_vehicle=yes", "10"),
        ("barrier=gate access=agricultural", "-"),
        ("barrier=gate motor_vehicle=no", "-"),
        ("barrier=gate foot=yes bicycle=yes", "10"),
        ("barrier=gate locked=yes", "-"),
        ("barrier=bollard foot=yes bicycle=yes", "-"),
        ("barrier=bollard motor_vehicle=yes", "0"),
        ("barrier=bollard access=yes", "0"),
        ("barrier=bollard access=yes motor_vehicle=no", "-"),
        ("barrier=wall access=permissive", "0"),
        ("barrier=wall access=nonsense", "-"),
    ]);
}

/// A node that is no barrier may be closed all the same; a crossing says who
/// may cross the road, not who may travel along it.
#[test]
fn access_without_barrier() {
    check_nodes(&[
        ("access=yes", "0"),
        ("access=no", "-"),
        ("access=agricultural", "-"),
        ("access=no motorcar=yes", "0"),
        ("motor_vehicle=no", "-"),
        ("vehicle=yes motor_vehicle=no", "-"),
        ("bicycle=no", "0"),
        ("access=nonsense", "0"),
        ("highway=crossing access=no foot=yes", "0"),
    ]);
}

/// Traffic turns round in front of a barrier, on both sides of it.
#[test]
fn one_turns_round_at_a_barrier() {
    let map = "
        a--1--b--2--c
        |           |
        d-----------e";
    for ways in ["abc", "ab bc"] {
        let plan = Plan::new(map).ways(ways, "name=abc").way("ad", "").way("de", "").way("ec", "");
        let town = plan.clone().node('b', "barrier=bollard").build();
        town.check(&[("ac", "ad,de,ec"), ("12", "abc,ad,de,ec,abc"), ("1b", "abc"), ("2b", "abc")]);
        plan.build().check(&[("ac", "abc"), ("12", "abc")]);
    }
}

/// A barrier on a junction stands in the way of all roads there.
#[test]
fn on_a_junction_of_three_roads() {
    let map = "
        a--j--b
           |
           c";
    let plan = Plan::new(map).ways("aj jb jc", "").node('j', "barrier=bollard");
    plan.build().check(&[("ab", "no way"), ("ac", "no way"), ("bc", "no way"), ("aj", "aj")]);
    let plan = Plan::new(map).way("ajb", "").way("jc", "").node('j', "barrier=bollard");
    plan.build().check(&[("ab", "no way"), ("ca", "no way"), ("cj", "jc")]);
    let gate = Plan::new(map).ways("aj jb jc", "").node('j', "barrier=lift_gate");
    gate.build().check(&[("ab", "aj,jb"), ("ca", "jc,aj")]);
}

/// Where both ends of a road are closed, only those are on it who began there.
#[test]
fn at_both_ends_of_a_road() {
    let map = "
        a--b-1-2-c--d
        |           |
        e-----------f";
    let plan = Plan::new(map).ways("ab bc cd ae ef fd", "");
    let plan = plan.node('b', "barrier=block").node('c', "barrier=bollard");
    plan.build().check(&[
        ("ad", "ae,ef,fd"),
        ("12", "bc"),
        ("21", "bc"),
        ("a1", "no way"),
        ("2d", "no way"),
    ]);
}

/// At the end of a side street, on the road that it meets.
#[test]
fn where_a_street_meets_a_road() {
    let map = "
        a--b--c
           |
           g
           |
           d";
    let plan = Plan::new(map).ways("abc bgd", "").node('g', "barrier=gate access=no");
    plan.build().check(&[("ac", "abc"), ("ad", "no way"), ("ag", "abc,bgd"), ("dg", "bgd")]);
    // One that is drawn as another way with the same end is closed as well.
    let plan = Plan::new(map).ways("abc bg gd", "").node('g', "barrier=block");
    plan.build().check(&[("ac", "abc"), ("ad", "no way"), ("dg", "gd")]);
}
