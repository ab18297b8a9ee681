//! Towns for bicycles: where they ride, where they are pushed, and what stops
//! neither. See <https://wiki.openstreetmap.org/wiki/Bicycle>.

use luwang::{
    engine::{Cancel, RouteRequest},
    profile::AvoidClasses,
    units::Metric,
};

use super::{
    plan::Plan,
    town::{Town, described},
};

fn plan(map: &str) -> Plan {
    Plan::new(map).profile("bicycle")
}

/// Times at the speeds of riding and of pushing.
fn check_kmh(town: &Town, points: &str, kmh: f64) {
    let route = town.route(points);
    let travelled = route.length.meters() / route.duration.seconds() * 3.6;
    assert!((travelled - kmh).abs() < 0.05, "{points}: {travelled} km/h, not {kmh}");
}

/// A way around that takes less than four times as long is ridden; a shorter
/// way is pushed through. <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dfootway>
#[test]
fn pushing_through_a_footway() {
    let map = "
        a--b-------c--d
           |       |
           e-------f
           |       |
           |       |
           |       |
           |       |
           |       |
           |       |
           |       |
           |       |
           g-------h";
    let plan = plan(map).ways("ab cd be eg gh hf fc", "").way("bc", "highway=footway");
    let near = plan.clone().way("ef", "").build();
    near.check(&[("ad", "ab,be,ef,fc,cd"), ("da", "cd,fc,ef,be,ab"), ("bc", "be,ef,fc")]);
    let far = plan.build();
    far.check(&[("ad", "ab,bc,cd"), ("da", "cd,bc,ab")]);
    check_kmh(&far, "bc", 4.0);
    check_kmh(&far, "ab", 15.0);
}

/// Against a one-way street one rides on a lane for it, or else pushes.
/// <https://wiki.openstreetmap.org/wiki/Key:cycleway#Contraflow_cycling>
#[test]
fn against_a_one_way_street() {
    let map = "
        a--b----c--d
           |    |
           e----f";
    let around = plan(map).ways("ab cd be ef fc", "");
    for against in ["oneway:bicycle=no", "cycleway=opposite_lane", "bicycle:backward=yes"] {
        let town = around.clone().way("bc", &format!("oneway=yes {against}")).build();
        town.check(&[("ad", "ab,bc,cd"), ("da", "cd,bc,ab")]);
        check_kmh(&town, "cb", 15.0);
    }
    // The lane beside it leads the way of the street.
    let town = around.clone().way("bc", "oneway=yes cycleway:left=track").build();
    town.check(&[("ad", "ab,bc,cd"), ("da", "cd,fc,ef,be,ab")]);
    let street = plan(map).ways("ab cd", "").way("bc", "oneway=yes");
    street.build().check(&[("ad", "ab,bc,cd"), ("da", "cd,bc,ab")]);
    check_kmh(&street.build(), "cb", 4.0);
    let no_pavement = plan(map).ways("ab cd", "").way("bc", "oneway=yes foot=no").build();
    no_pavement.check(&[("ad", "ab,bc,cd"), ("da", "no way")]);
}

/// Nobody pushes a bicycle around a roundabout the wrong way.
/// <https://wiki.openstreetmap.org/wiki/Tag:junction%3Droundabout>
#[test]
fn around_a_roundabout() {
    let map = "
              n
              a
            w-b d-e
              c
              s";
    let town =
        plan(map).ways("na wb sc ed", "").way("abcda", "junction=roundabout foot=yes").build();
    town.check(&[("nw", "na,abcda,wb"), ("wn", "wb,abcda,na"), ("en", "ed,abcda,na")]);
    assert!(town.route("ba").length.meters() > 2.5 * town.route("ab").length.meters());
}

/// Barriers in the middle of a way and between two ways.
/// <https://wiki.openstreetmap.org/wiki/Key:barrier>
#[test]
fn through_barriers() {
    let map = "
        a--p--b
        |     |
        c-----d";
    for ways in ["apb", "ap pb"] {
        let plan = plan(map).ways(ways, "name=road").ways("ac cd db", "");
        for (barrier, expected) in [
            ("barrier=bollard", "road"),
            ("barrier=cycle_barrier", "road"),
            ("barrier=kissing_gate", "road"),
            ("barrier=block motor_vehicle=no", "road"),
            ("barrier=bollard bicycle=dismount", "road"),
            ("barrier=wall bicycle=yes", "road"),
            ("barrier=bollard bicycle=no", "ac,cd,db"),
            ("barrier=gate locked=yes", "ac,cd,db"),
            ("barrier=wall", "ac,cd,db"),
            ("barrier=gate access=private", "ac,cd,db"),
        ] {
            plan.clone().node('p', barrier).build().check(&[("ab", expected)]);
        }
    }
}

/// Squares, car parks and platforms join streets along their outlines.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dpedestrian>,
/// <https://wiki.openstreetmap.org/wiki/Tag:amenity%3Dparking> and
/// <https://wiki.openstreetmap.org/wiki/Tag:railway%3Dplatform>
#[test]
fn along_outlines() {
    let map = "
        x--a--b--y
           |  |
           d--c";
    let streets = plan(map).ways("xa by", "");
    for (tags, kmh) in [
        ("highway=pedestrian area=yes", 4.0),
        ("highway=residential area=yes", 15.0),
        ("amenity=parking", 10.0),
        ("railway=platform", 4.0),
        ("public_transport=platform", 4.0),
    ] {
        let town = streets.clone().way("abcda", tags).build();
        town.check(&[("xy", "xa,abcda,by"), ("yx", "by,abcda,xa"), ("cd", "abcda")]);
        check_kmh(&town, "ab", kmh);
    }
}

/// Where a cycleway is mapped beside a road, it is taken.
/// <https://wiki.openstreetmap.org/wiki/Tag:bicycle%3Duse_sidepath>
#[test]
fn the_way_beside_the_road() {
    let map = "
        a----b
        c----d";
    let beside = plan(map).ways("ac cd db", "highway=cycleway");
    for road in ["bicycle=use_sidepath", "cycleway:both=separate", "motorroad=yes"] {
        beside.clone().way("ab", road).build().check(&[("ab", "ac,cd,db"), ("ba", "db,cd,ac")]);
    }
    beside.way("ab", "bicycle=yes cycleway:right=separate").build().check(&[("ab", "ab")]);
}

/// Private roads are to begin and to end on.
/// <https://wiki.openstreetmap.org/wiki/Tag:access%3Dprivate>
#[test]
fn destination_only() {
    let map = "
        a-b-c-d-e
        |       |
        x-------y";
    for private in ["access=private", "bicycle=destination", "highway=footway vehicle=customers"] {
        let town = plan(map).ways("ab de axye", "").way("bcd", private).build();
        town.check(&[("ac", "ab,bcd"), ("ae", "axye"), ("ce", "bcd,de")]);
    }
}

/// Restrictions are for bicycles too, unless they except them.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction>
#[test]
fn restrictions() {
    let map = "
           n
        w--j--e
           s";
    let plan = plan(map).ways("sj jn jw je", "oneway=yes foot=no");
    for (restriction, to_the_west) in [
        ("restriction=no_left_turn", "no way"),
        ("restriction:bicycle=no_left_turn", "no way"),
        ("restriction=no_left_turn except=bicycle", "sj,jw"),
        ("restriction=no_left_turn except=bus;bicycle", "sj,jw"),
        ("restriction:motor_vehicle=no_left_turn", "sj,jw"),
    ] {
        let town = plan.clone().restriction("sj", "j", "jw", restriction).build();
        town.check(&[("sw", to_the_west), ("sn", "sj,jn"), ("se", "sj,je")]);
    }
}

/// One boards ferries and trains where streets end, not on the way.
/// <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry>
#[test]
fn aboard() {
    for carried in ["route=ferry", "railway=train bicycle=yes"] {
        let plan = plan("a--1--b3---2c--4--d").ways("ab cd", "").way("bc", carried);
        let town = plan.build();
        town.check(&[("14", "ab,bc,cd"), ("41", "cd,bc,ab")]);
        let near = plan.step_m(2.0).build();
        for (points, expected) in [("13", "ab"), ("24", "cd")] {
            let request = RouteRequest {
                waypoints: points.chars().map(|point| near.waypoint_within(point, 100)).collect(),
                profile: None,
                optimize_for: Metric::Duration,
                avoid: AvoidClasses::NONE,
                language: None,
                with_steps: true,
            };
            let answer = near.engine.route(&request, &Cancel::never()).unwrap();
            assert_eq!(described(&answer.route.unwrap()), expected);
        }
    }
    let train = plan("a--b-----c--d").ways("ab cd", "").way("bc", "railway=train").build();
    train.check(&[("ad", "no way")]);
}

/// Where riders may not turn, one gets off and pushes, if one may walk there.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction>
#[test]
fn forbidden_turns_are_made_on_foot() {
    let map = "
           n
           |
        w--j--e
           |
           s";
    let town = |tags: &str| plan(map).way("sj", tags).ways("nj wj ej", tags);
    for restriction in ["restriction=no_left_turn", "restriction:bicycle=no_left_turn"] {
        let turns = |plan: Plan| plan.restriction("sj", "j", "wj", restriction).build();
        let (free, restricted) = (town("").build(), turns(town("")));
        let seconds = |town: &Town, points: &str| town.route(points).duration.seconds();
        let pushed = seconds(&restricted, "sw") - seconds(&free, "sw");
        assert!((pushed - 20.0).abs() < 0.01, "{pushed}");
        assert_eq!(seconds(&restricted, "se").to_bits(), seconds(&free, "se").to_bits());
        // To ride on and turn round is longer, but all that is left to riders.
        turns(town("foot=no")).check(&[("sw", "sj,nj,nj,wj")]);
    }
}
