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

/// A block of houses, as the walled quarters (围合) of Bao'an: a gate `g` to the
/// north and one `p` to the south, and streets around it.
fn block(north: &str, south: &str) -> Plan {
    let map = "
        a---b-------c
        |   |       |
        |   g       |
        | h-i-k     |
        |   p       |
        |   |       |
        d---e-------f";
    Plan::new(map)
        .ways("ab bc cf fe ed da", "")
        .ways("bgi ipe hi ik", "highway=residential maxspeed=60")
        .node('g', north)
        .node('p', south)
}

/// Bollards leave one way in, and an open gate lets traffic through.
#[test]
fn a_block_is_entered_by_its_gates() {
    let both_open = block("barrier=lift_gate", "barrier=lift_gate").build();
    both_open.check(&[("be", "bgi,ipe"), ("bh", "bgi,hi"), ("eh", "ipe,hi")]);
    let one_open = block("barrier=lift_gate", "barrier=bollard").build();
    one_open.check(&[
        ("be", "ab,da,ed"),
        ("bh", "bgi,hi"),
        ("eh", "ed,da,ab,bgi,hi"),
        ("ke", "ik,bgi,ab,da,ed"),
        ("hk", "hi,ik"),
        ("pe", "ipe"),
    ]);
    let closed = block("barrier=bollard", "barrier=block").build();
    closed.check(&[("be", "ab,da,ed"), ("hk", "hi,ik"), ("bh", "no way"), ("he", "no way")]);
}

/// Nobody drives through a block behind private gates, but all who live there
/// or visit get in and out by the nearer one. It does not matter whether the
/// streets behind the gates are private by their own tags.
#[test]
fn a_private_block_is_for_those_who_live_there() {
    for gate in ["barrier=lift_gate access=private", "barrier=gate motor_vehicle=destination"] {
        let town = block(gate, gate).build();
        town.check(&[
            ("be", "ab,da,ed"),
            ("eb", "ed,da,ab"),
            ("hk", "hi,ik"),
            ("bh", "bgi,hi"),
            ("eh", "ipe,hi"),
            ("kb", "ik,bgi"),
            ("he", "hi,ipe"),
            ("bhe", "bgi,hi,hi,ipe"),
        ]);
    }
}

/// From one private block into another, both gates are the traveller's own.
#[test]
fn from_one_private_block_into_another() {
    let map = "
        a----g--1--x----b----y--2--h----c
                        |
                        d";
    let gate = "barrier=gate access=private";
    let plan = Plan::new(map).ways("ag gx xb by yh hc bd", "name=road");
    let plan = "gxyh".chars().fold(plan, |plan, node| plan.node(node, gate));
    let town = plan.build();
    town.check(&[("12", "road"), ("21", "road"), ("1d", "road"), ("b2", "road")]);
}

/// A private gate across a public street encloses nothing: one drives around.
#[test]
fn a_private_gate_on_a_public_street() {
    let map = "
        a--b-g-c--d
           |   |
           e---f";
    let plan = Plan::new(map).ways("ab bgc cd be ef fc", "");
    let gate = plan.clone().node('g', "barrier=gate access=private");
    gate.build().check(&[("ad", "ab,be,ef,fc,cd"), ("bg", "bgc"), ("gc", "bgc")]);
    plan.build().check(&[("ad", "ab,bgc,cd")]);
}
