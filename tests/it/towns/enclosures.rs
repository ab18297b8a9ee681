//! What lies behind private gates: <https://wiki.openstreetmap.org/wiki/Key:barrier>.

use super::plan::Plan;

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

/// Two blocks that share a gate: who lives in one of them does not drive
/// through the other one, and a visitor of one neither.
#[test]
fn two_private_blocks_with_a_gate_between_them() {
    let map = "
        a--g--1--h--2--k--c
        |                 |
        d-----------------e
        |                 |
        f-----------------i";
    let plan = Plan::new(map).ways("ad dfie de ec", "").ways("ag gh hk kc", "name=road");
    let plan =
        "ghk".chars().fold(plan, |plan, node| plan.node(node, "barrier=gate access=private"));
    plan.build().check(&[
        ("ac", "ad,de,ec"),
        ("12", "road"),
        ("21", "road"),
        ("1c", "road,ad,de,ec"),
        ("2a", "road,ec,de,ad"),
        ("a2", "ad,de,ec,road"),
        ("c1", "ec,de,ad,road"),
        ("a1", "road"),
        ("c2", "road"),
    ]);
}

/// Where there is no other way, one drives through the neighbours and is told.
#[test]
fn through_the_neighbours_if_there_is_no_other_way() {
    let map = "
        a--b--g--1--h--2--k--c--d
        |                       |
        e                       f";
    let plan = Plan::new(map).ways("ab ae bg gh hk kc cd df", "name=road");
    let plan =
        "ghk".chars().fold(plan, |plan, node| plan.node(node, "barrier=gate access=private"));
    plan.build().check(&[("12", "road"), ("a1", "road"), ("2a", "road!"), ("af", "road!")]);
}

/// A court within a private block: both gates are the traveller's own.
#[test]
fn a_private_court_within_a_private_block() {
    let map = "
        a---b---c
            |
            g
            |
        d-e-f
          |
          h
          |
          1
          |
          i";
    let plan = Plan::new(map).ways("ab bc", "").ways("bgf fe ed ehi", "name=road");
    let plan = "gh".chars().fold(plan, |plan, node| plan.node(node, "barrier=gate access=private"));
    plan.build().check(&[("1a", "road,ab"), ("a1", "ab,road"), ("d1", "road"), ("1d", "road")]);
}
