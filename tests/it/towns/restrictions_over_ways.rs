//! Turn restrictions over ways: what counts is where one came from.
//! <https://wiki.openstreetmap.org/wiki/Relation:restriction#Members>

use super::{plan::Plan, restrictions::check};

/// Two streets `ab`, `bc` and `de`, `ef` that a short street `be` joins.
fn ladder() -> Plan {
    let map = "
        c
        |
        |   f
        |   |
        b---e
        |   |
        |   d
        |
        a";
    Plan::new(map).ways("ab bc be de ef", "")
}

/// One that forbids, and one that demands.
#[test]
fn via_a_way() {
    let no_turn = ladder().restriction("ab", "be", "de", "restriction=no_right_turn");
    check(
        &no_turn,
        &[
            ("ad", "ab,be,ef,ef,de", "ab,be,de"),
            ("cd", "bc,be,de", "bc,be,de"),
            ("af", "ab,be,ef", "ab,be,ef"),
            ("bd", "be,de", "be,de"),
        ],
    );
    let demand = ladder().restriction("ab", "be", "ef", "restriction=only_left_turn");
    check(&demand, &[("ad", "ab,be,ef,ef,de", "ab,be,de"), ("cd", "bc,be,de", "bc,be,de")]);
}

/// Over several ways, whether they are told in order or not.
#[test]
fn via_several_ways() {
    let map = "
        a--b--c--d--e
              |  |
              f--g";
    for via in ["bc,cd", "cd,bc"] {
        let plan = Plan::new(map).ways("ab bc cd de cf fg gd", "");
        let plan = plan.restriction("ab", via, "de", "restriction=no_straight_on");
        check(&plan, &[("ae", "ab,bc,cf,fg,gd,de", "ab,bc,cd,de"), ("be", "bc,cd,de", "bc,cd,de")]);
    }
}

/// No U-turn from one carriageway of a road into the other: those who want to
/// go back do so at the next place.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction#U-turn>
#[test]
fn no_u_turn_between_carriageways() {
    let map = "
        b--c----a
        |  |
        d--e----f";
    let plan = Plan::new(map).ways("ac cb bd de ef", "oneway=yes").way("ce", "");
    let plan = plan.restriction("ac", "ce", "ef", "restriction=no_u_turn");
    check(
        &plan,
        &[("af", "ac,cb,bd,de,ef", "ac,ce,ef"), ("ae", "ac,ce", "ac,ce"), ("cf", "ce,ef", "ce,ef")],
    );
}

/// Restrictions that share their via hold each for those who come from its own
/// from, however the via is drawn and whatever stands on it.
#[test]
fn several_over_one_way() {
    let both = |plan: Plan, via: &str| {
        plan.restriction("ab", via, "de", "restriction=no_right_turn").restriction(
            "bc",
            via,
            "ef",
            "restriction=no_left_turn",
        )
    };
    let table = |via: &str| {
        ["ab,be,ef,ef,de", "ab,be,de", "bc,be,de,de,ef", "bc,be,ef", "ab,be,ef", "bc,be,de"]
            .map(|ways| ways.replace("be", via))
    };
    let check_via = |plan: Plan, via: &str| {
        let [ad, ad_free, cf, cf_free, af, cd] = &table(via);
        let rows = [("ad", ad, ad_free), ("cf", cf, cf_free), ("af", af, af), ("cd", cd, cd)];
        check(&both(plan, via), &rows.map(|(points, a, b)| (points, a.as_str(), b.as_str())));
    };
    check_via(ladder(), "be");
    let map = "
        c
        |
        |   f
        |   |
        b-g-e
        |   |
        |   d
        |
        a";
    let plan = Plan::new(map).ways("ab bc bge de ef", "");
    check_via(plan.clone(), "bge");
    check_via(plan.node('g', "highway=traffic_signals"), "bge");
}

/// A restriction within the via of another one.
#[test]
fn one_within_another() {
    let map = "
        a-b-c-d-e----f----g
                |    |    |
              x-h----i----j";
    let plan = Plan::new(map).ways("ab bc cd de ef fg eh fi gj ih ji hx", "oneway=yes");
    let plan = plan.restriction("ab", "bc,cd,de,ef", "fi", "restriction=no_right_turn");
    let plan = plan.restriction("bc", "cd,de", "eh", "restriction=no_right_turn");
    check(
        &plan,
        &[
            ("ax", "ab,bc,cd,de,ef,fg,gj,ji,ih,hx", "ab,bc,cd,de,eh,hx"),
            ("bx", "bc,cd,de,ef,fi,ih,hx", "bc,cd,de,eh,hx"),
            ("cx", "cd,de,eh,hx", "cd,de,eh,hx"),
            ("ex", "eh,hx", "eh,hx"),
        ],
    );
}

/// Two demands, the second of which begins on the via of the first.
#[test]
fn demands_that_overlap() {
    let map = "
        a   f   j
        |   |   |
        b-d-e-i-k--m
        |   |   |
        c   g   l";
    let plan = Plan::new(map).ways("ab cb bd de ef eg ei ik kj kl km", "oneway=yes");
    let plan = plan.restriction("ab", "bd,de", "ei", "restriction=only_straight_on");
    let plan = plan.restriction("de", "ei,ik", "km", "restriction=only_straight_on");
    check(
        &plan,
        &[
            ("af", "no way", "ab,bd,de,ef"),
            ("ag", "no way", "ab,bd,de,eg"),
            ("aj", "no way", "ab,bd,de,ei,ik,kj"),
            ("am", "ab,bd,de,ei,ik,km", "ab,bd,de,ei,ik,km"),
            ("cf", "cb,bd,de,ef", "cb,bd,de,ef"),
            ("cl", "no way", "cb,bd,de,ei,ik,kl"),
            ("ij", "ik,kj", "ik,kj"),
        ],
    );
}
