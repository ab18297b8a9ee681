//! Turn restrictions over several ways at large junctions, several of them on
//! one way, and those that are not drawn as they should be.
//! <https://wiki.openstreetmap.org/wiki/Relation:restriction#Members>

use super::{plan::Plan, restrictions::check};

/// Four one-way carriageways around a junction, and two U-turns forbidden.
#[test]
fn u_turns_over_two_sides_of_a_square() {
    let map = "
            a   b
            |   |
        c---d---e---f
            |   |
        g---h---i---j
            |   |
            k   l";
    let plan = Plan::new(map).ways("ad eb fe ij li hk gh dc dh hi ie ed", "oneway=yes");
    let plan = plan.restriction("ad", "dh,hi", "ie", "restriction=no_u_turn").restriction(
        "li",
        "ie,ed",
        "dh",
        "restriction=no_u_turn",
    );
    check(
        &plan,
        &[
            ("ab", "no way", "ad,dh,hi,ie,eb"),
            ("ac", "ad,dc", "ad,dc"),
            ("ak", "ad,dh,hk", "ad,dh,hk"),
            ("aj", "ad,dh,hi,ij", "ad,dh,hi,ij"),
            ("fj", "fe,ed,dh,hi,ij", "fe,ed,dh,hi,ij"),
            ("lk", "no way", "li,ie,ed,dh,hk"),
            ("lc", "li,ie,ed,dc", "li,ie,ed,dc"),
            ("gc", "gh,hi,ie,ed,dc", "gh,hi,ie,ed,dc"),
        ],
    );
}

/// No U-turn over the links of a dual carriageway: the next link is taken.
#[test]
fn u_turns_over_the_links_of_a_dual_carriageway() {
    let map = "
        a   j
        |   |
        b---i
        |   |
        c---h
        |   |
        d---g
        |   |
        e   f";
    let plan = Plan::new(map).ways("ab bc cd de fg gh hi ij", "oneway=yes").ways("dg ch bi", "");
    let plan = plan
        .restriction("ab", "bi", "ij", "restriction=no_u_turn")
        .restriction("bc", "ch", "hi", "restriction=no_u_turn")
        .restriction("fg", "dg", "de", "restriction=no_u_turn")
        .restriction("gh", "ch", "cd", "restriction=no_u_turn");
    check(
        &plan,
        &[("aj", "ab,bc,cd,dg,gh,hi,ij", "ab,bi,ij"), ("fe", "fg,gh,hi,bi,bc,cd,de", "fg,dg,de")],
    );
}

/// Who goes around once may then turn: the letter of the restriction.
#[test]
fn from_and_to_at_one_node() {
    let map = "
            e---d
            |   |
        a---b---c
            |
            f";
    let plan = Plan::new(map).ways("ab bc cd deb bf", "oneway=yes");
    let all = plan
        .clone()
        .restriction("ab", "bc,cd,deb", "bf", "restriction=no_u_turn")
        .restriction("ab", "b", "bc", "restriction=only_straight_on");
    check(&all, &[("af", "ab,bc,cd,deb,bc,cd,deb,bf", "ab,bf")]);
    let all = all.restriction("deb", "b", "bc", "restriction=no_left_turn");
    check(&all, &[("af", "no way", "ab,bf")]);
}

/// A demand over ways that have side streets.
#[test]
fn a_demand_over_ways_with_side_streets() {
    let map = "
        a---b---c---d---e---f---g---h
                |       |       |
                i       j       k";
    let plan = Plan::new(map).ways("ab bcd defg ci ej gh gk", "oneway=yes");
    let plan = plan.restriction("ab", "bcd,defg", "gh", "restriction=only_straight_on");
    check(
        &plan,
        &[
            ("ah", "ab,bcd,defg,gh", "ab,bcd,defg,gh"),
            ("ak", "no way", "ab,bcd,defg,gk"),
            ("bk", "bcd,defg,gk", "bcd,defg,gk"),
            ("aj", "ab,bcd,defg,ej", "ab,bcd,defg,ej"),
        ],
    );
}

/// In whatever order the relation lists the vias, they join in one only.
#[test]
fn vias_in_any_order() {
    let map = "
        a--b--c--d--e--f
              |     |
              g-----h";
    for via in ["bc,cd,de", "de,cd,bc", "cd,bc,de", "de,bc,cd", "bc,bc,cd,de"] {
        let plan = Plan::new(map).ways("ab bc cd de ef cg gh he", "");
        let plan = plan.restriction("ab", via, "ef", "restriction=no_straight_on");
        check(
            &plan,
            &[("af", "ab,bc,cg,gh,he,ef", "ab,bc,cd,de,ef"), ("bf", "bc,cd,de,ef", "bc,cd,de,ef")],
        );
    }
}

/// Ways that the members pass through instead of ending there, and vias that do
/// not join: nothing is closed.
#[test]
fn vias_that_are_not_split_are_ignored() {
    let map = "
        a
        |
        b---d---e---c
        |       |
        g       f";
    for (ways, from, via, to, reason) in [
        (
            "abg bd de ef ec",
            "abg",
            "bd,de",
            "ef",
            "turn restriction whose members are not split at its via",
        ),
        ("ab bg bd dec ef", "ab", "bd,dec", "ef", "turn restriction whose members do not meet"),
        ("ab bg bd de ef ec", "ab", "de", "ef", "turn restriction whose members do not meet"),
        ("ab bg bd de ef ec", "ab", "bd", "ef", "turn restriction whose members do not meet"),
    ] {
        let plan = Plan::new(map).ways(ways, "name=road");
        let town = plan.restriction(from, via, to, "restriction=no_right_turn").build();
        let ignored: Vec<_> = town.summary().ignored.iter().map(|i| i.reason.clone()).collect();
        assert!(ignored.len() == 1 && ignored[0].starts_with(reason), "{ignored:?}");
        town.check(&[("af", "road"), ("fa", "road"), ("gf", "road")]);
    }
}

/// A closed way: it begins and ends at the via, and the kind of the turn tells
/// which of its ends is meant.
#[test]
fn closed_ways() {
    let map = "
        w--j--e
          / \\
         l---m";
    let plan = || Plan::new(map).ways("wj je", "").way("jlmj", "oneway=yes");
    let town = plan().restriction("jlmj", "j", "je", "restriction=no_right_turn").build();
    assert_eq!(town.summary().ignored, []);
    town.check(&[("le", "jlmj,wj,wj,je"), ("lw", "jlmj,wj"), ("we", "wj,je")]);
    // Over a closed way from end to end one comes to where one was.
    let town = plan().restriction("wj", "jlmj", "je", "restriction=no_straight_on").build();
    assert_eq!(town.summary().ignored, []);
    town.check(&[("we", "wj,je"), ("wl", "wj,jlmj")]);
}

/// Members in any order, with others between them.
#[test]
fn members_in_any_order() {
    let map = "
           n
           |
           |
           |
        w--j--e
           |
           s";
    let plan = Plan::new(map).way("sj", "oneway=yes").ways("nj wj je", "");
    let shuffled = plan.relation(
        &[("location_hint", "nj"), ("to", "wj"), ("via", "j"), ("from", "sj")],
        "type=restriction restriction=no_left_turn",
    );
    check(&shuffled, &[("sw", "sj,je,je,wj", "sj,wj"), ("sn", "sj,nj", "sj,nj")]);
}

/// Restrictions for some vehicles, in one town for all of them.
#[test]
fn by_vehicle() {
    let map = "
           n
           |
        w--j--e
           |
           s";
    for (profile, [west, north, east]) in [
        ("car", [false, true, true]),
        ("motorcycle", [false, true, true]),
        ("truck", [true, false, true]),
        ("bicycle", [false, true, false]),
    ] {
        let plan = Plan::new(map).profile(profile);
        let plan = plan.way("sj", "oneway=yes foot=no").ways("nj wj ej", "oneway=-1 foot=no");
        let town = plan
            .restriction("sj", "j", "wj", "restriction=no_left_turn except=hgv")
            .restriction("sj", "j", "nj", "restriction:hgv=no_straight_on")
            .restriction("sj", "j", "ej", "restriction:bicycle=no_right_turn")
            .build();
        for (points, route, is_open) in
            [("sw", "sj,wj", west), ("sn", "sj,nj", north), ("se", "sj,ej", east)]
        {
            town.check(&[(points, if is_open { route } else { "no way" })]);
        }
    }
}
