//! Towns for those on foot: where they go and vehicles do not, and what stops
//! vehicles and not them.

use super::plan::Plan;

fn plan(map: &str) -> Plan {
    Plan::new(map).profile("foot")
}

/// Streets and roundabouts are one-way to vehicles alone.
/// <https://wiki.openstreetmap.org/wiki/Key:oneway>
#[test]
fn against_one_way_streets() {
    let map = "
            n
            b
        w--a c--e
            d
            s";
    let town = plan(map)
        .way("wa", "oneway=yes")
        .way("ce", "oneway=-1")
        .ways("nb ds", "")
        .way("abcda", "junction=roundabout")
        .build();
    town.check(&[
        ("we", "wa,abcda,ce"),
        ("ew", "ce,abcda,wa"),
        ("wn", "wa,abcda,nb"),
        ("nw", "nb,abcda,wa"),
    ]);
    // A quarter of the roundabout, whichever way.
    let quarter = town.route("ab").length;
    assert_eq!(town.route("ba").length, quarter);
    assert!(quarter.meters() < 142.0, "{quarter:?}");
}

/// A bollard and a block stop cars, a wall stops all.
/// <https://wiki.openstreetmap.org/wiki/Key:barrier>
#[test]
fn through_barriers() {
    let map = "
        a--p--b
        |     |
        c-----d";
    let plan = Plan::new(map).ways("apb ac cd db", "");
    for (barrier, on_foot, by_car) in [
        ("barrier=bollard", "apb", "ac,cd,db"),
        ("barrier=cycle_barrier", "apb", "ac,cd,db"),
        ("barrier=gate motor_vehicle=no", "apb", "ac,cd,db"),
        ("barrier=gate foot=no", "ac,cd,db", "apb"),
        ("barrier=wall", "ac,cd,db", "ac,cd,db"),
    ] {
        let plan = plan.clone().node('p', barrier);
        plan.clone().profile("foot").build().check(&[("ab", on_foot)]);
        plan.build().check(&[("ab", by_car)]);
    }
}

/// A square is crossed along its outline, whichever side is shorter.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dpedestrian>
#[test]
fn along_the_outline_of_a_square() {
    let map = "
        x--a--b--y
           |  |
           d--c--z";
    let plan = Plan::new(map).ways("xa by cz", "").way("abcda", "highway=pedestrian area=yes");
    plan.clone().profile("foot").build().check(&[
        ("xy", "xa,abcda,by"),
        ("yx", "by,abcda,xa"),
        ("yz", "by,abcda,cz"),
        ("dx", "abcda,xa"),
    ]);
    plan.build().check(&[("xy", "no way"), ("dx", "no road")]);
}

/// Platforms and car parks join streets that are not joined otherwise.
/// <https://wiki.openstreetmap.org/wiki/Tag:railway%3Dplatform>,
/// <https://wiki.openstreetmap.org/wiki/Tag:amenity%3Dparking>
#[test]
fn over_platforms_and_car_parks() {
    let map = "
        e---------f
        x--a--b---y
           d--c";
    for text in
        ["railway=platform", "public_transport=platform", "amenity=parking", "man_made=pier"]
    {
        let town = plan(map).ways("xa by xefy", "").way("abcda", text).build();
        town.check(&[("xy", "xa,abcda,by"), ("yx", "by,abcda,xa")]);
    }
    let inside = "amenity=parking building=yes";
    let town = plan(map).ways("xa by xefy", "").way("abcda", inside).build();
    town.check(&[("xy", "xefy")]);
}

/// What is forbidden to drivers at a junction is allowed to people on foot.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction>
#[test]
fn turn_restrictions_are_for_vehicles() {
    let map = "
           n
        w--j--e
           s";
    let plan = plan(map).ways("sj nj wj ej", "");
    for text in ["restriction=no_left_turn", "restriction=only_straight_on"] {
        let town = plan.clone().restriction("sj", "j", "wj", text).build();
        town.check(&[("sw", "sj,wj"), ("se", "sj,ej"), ("sn", "sj,nj")]);
    }
    let only_foot = plan.restriction("sj", "j", "wj", "restriction:foot=no_left_turn").build();
    // To the end of the street and back.
    only_foot.check(&[("sw", "sj,nj,nj,wj"), ("ws", "wj,sj")]);
}

/// Up the escalator, and down the stairs beside it.
/// <https://wiki.openstreetmap.org/wiki/Key:conveying>
#[test]
fn an_escalator_leads_one_way() {
    let map = "
        a-b--c-d

          e--f";
    let stairs = plan(map).ways("ab cd", "highway=footway").way("befc", "highway=steps");
    for (conveying, up, down) in [
        ("conveying=forward", "ab,bc,cd", "cd,befc,ab"),
        ("conveying=backward", "ab,befc,cd", "cd,bc,ab"),
        ("conveying=reversible", "ab,bc,cd", "cd,bc,ab"),
        ("conveying=yes oneway=yes", "ab,bc,cd", "cd,befc,ab"),
    ] {
        let town = stairs.clone().way("bc", &format!("highway=steps {conveying}")).build();
        town.check(&[("ad", up), ("da", down)]);
    }
}

/// Who may, walks along a large road; who has to, takes the walk beside it.
/// <https://wiki.openstreetmap.org/wiki/Key:sidewalk>
#[test]
fn walks_beside_a_large_road() {
    let map = "
        a-----b
        |     |
        c-----d";
    let walk = plan(map).ways("ac cd db", "highway=footway");
    for (text, way) in [
        ("highway=trunk sidewalk=both", "ab"),
        ("highway=trunk foot=yes", "ab"),
        ("highway=trunk", "ac,cd,db"),
        ("highway=primary", "ab"),
        ("highway=primary sidewalk:right=separate", "ac,cd,db"),
        ("highway=primary sidewalk=separate foot=yes", "ab"),
        ("highway=primary foot=use_sidepath", "ac,cd,db"),
        ("highway=primary motorroad=yes", "ac,cd,db"),
    ] {
        walk.clone().way("ab", text).build().check(&[("ab", way)]);
    }
}

/// Nobody walks through private grounds but those who begin or end there, or
/// have no other way and are warned.
#[test]
fn private_grounds_are_for_those_who_go_there() {
    let map = "
        x--a--p--b--y
           |     |
           |     |
           c-----d";
    let town = plan(map).way("apb", "access=private").ways("xa by ac cd db", "").build();
    town.check(&[("xy", "xa,ac,cd,db,by"), ("xp", "xa,apb"), ("py", "apb,by")]);
    let gated = plan("x--a--p-b").ways("xa apb", "").node('p', "barrier=gate access=private");
    gated.build().check(&[("xb", "xa,apb"), ("bx", "apb,xa")]);
    let only_way = plan("x--a--b--y").ways("xa by", "").way("ab", "access=private").build();
    only_way.check(&[("xy", "xa,ab,by!"), ("xb", "xa,ab")]);
}

/// 5 km/h everywhere, signals 2 s, and a ferry as long as it says.
#[test]
fn what_walking_takes() {
    let map = "
        a-----b-----c
              |
              d~~~~~e";
    let town = plan(map)
        .ways("ab bc", "maxspeed=100")
        .way("bd", "highway=steps")
        .way("de", "route=ferry duration=00:20")
        .node('b', "highway=traffic_signals traffic_signals:direction=forward")
        .build();
    town.check_seconds(&[
        ("ab", 432.0),
        ("ac", 432.0 + 2.0 + 432.0),
        ("ca", 432.0 + 2.0 + 432.0),
        ("ad", 432.0 + 2.0 + 144.0),
        ("de", 1_200.0),
    ]);
}

/// A lift takes time, so that a few stairs are faster.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Delevator>
#[test]
fn a_lift_or_the_stairs() {
    let map = "
        a--l--b
        |     |
        s-----t";
    for (step_m, way) in [(10.0, "as,st,tb"), (100.0, "alb")] {
        let town = plan(map)
            .step_m(step_m)
            .way("alb", "highway=footway")
            .ways("as tb", "highway=footway")
            .way("st", "highway=steps")
            .node('l', "highway=elevator")
            .build();
        town.check(&[("ab", way)]);
    }
}

/// Who walks to a place in the middle of a street may turn round there.
#[test]
fn one_turns_round_at_a_place_on_the_way() {
    let town = plan("a--1--b--c").ways("ab bc", "").build();
    let there_and_back = town.route("a1a");
    assert!((there_and_back.length.meters() - 600.0).abs() < 0.1, "{there_and_back:?}");
}
