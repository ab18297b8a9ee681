//! Roads that a request avoids: they are not used at all.

use luwang::{
    engine::{Cancel, EngineError, RouteAnswer, RouteRequest},
    profile::AvoidClasses,
    progress::Silent,
    units::{Centimeters, Metric},
};

use super::{plan::Plan, town::Town};

/// A short way and a way around.
const BYPASS: &str = "
        a--b-----c--d
           |     |
           |     |
           |     |
           |     |
           e-----f";

fn bypass(tags: &str) -> Plan {
    Plan::new(BYPASS).ways("ab cd befc", "").way("bc", tags)
}

fn ask(
    town: &Town,
    avoid: &str,
    points: [char; 2],
    radius_m: u32,
) -> Result<RouteAnswer, EngineError> {
    let request = RouteRequest {
        waypoints: points.map(|letter| town.waypoint_within(letter, radius_m)).into(),
        profile: None,
        optimize_for: Metric::Duration,
        avoid: avoid.parse().expect("these are classes"),
        language: None,
        with_steps: true,
    };
    town.engine.route(&request, &Cancel::never())
}

/// Each class by itself; the other classes change nothing.
#[test]
fn the_way_around_is_taken() {
    let rows = [
        ("toll", "toll=yes"),
        ("toll", "toll:motorcar=yes"),
        ("motorway", "highway=motorway oneway=no"),
        ("motorway", "highway=motorway_link"),
        ("ferry", "route=ferry duration=00:00:20"),
        ("ferry", "route=shuttle_train duration=00:00:20"),
        ("tunnel", "tunnel=yes"),
        ("unpaved", "surface=gravel"),
        ("unpaved", "highway=tertiary tracktype=grade2"),
    ];
    for (class, tags) in rows {
        let town = bypass(tags).build();
        let (short, around) = ("ab,bc,cd", "ab,befc,cd");
        town.check(&[("ad", short), ("da", "cd,bc,ab")]);
        for avoid in ["toll", "motorway", "ferry", "tunnel", "unpaved"] {
            let expected = if avoid == class { around } else { short };
            town.check_avoiding(avoid, &[("ad", expected)]);
        }
        town.check_avoiding("toll,motorway,ferry,tunnel,unpaved", &[("ad", around)]);
        assert_eq!(town.engine.describe().avoid_classes.to_string(), class, "{tags}");
    }
}

/// What is no toll, no tunnel and not unpaved is not avoided.
#[test]
fn what_only_looks_alike_is_used() {
    for tags in [
        "toll=no",
        "toll:hgv=yes",
        "highway=trunk",
        "bridge=yes",
        "tunnel=building_passage",
        "surface=cobblestone",
        "highway=unclassified tracktype=grade1",
    ] {
        let town = bypass(tags).build();
        town.check_avoiding("toll,motorway,ferry,tunnel,unpaved", &[("ad", "ab,bc,cd")]);
        assert_eq!(town.engine.describe().avoid_classes, AvoidClasses::NONE, "{tags}");
    }
}

/// Of two classes each closes its own roads.
#[test]
fn several_classes_at_once() {
    let map = "
        a--b-----c--d
           |     |
           e-----f
           |     |
           g-----h";
    let town = Plan::new(map)
        .ways("ab cd be fc eg hf", "")
        .way("bc", "toll=yes")
        .way("ef", "tunnel=yes")
        .way("gh", "")
        .build();
    town.check_avoiding("toll", &[("ad", "ab,be,ef,fc,cd")])
        .check_avoiding("tunnel", &[("ad", "ab,bc,cd")])
        .check_avoiding("toll,tunnel", &[("ad", "ab,be,eg,gh,hf,fc,cd")]);
}

/// Toll that is due in one direction is avoided in that one.
/// <https://wiki.openstreetmap.org/wiki/Key:toll>
#[test]
fn toll_in_one_direction() {
    let town = bypass("toll:forward=yes").build();
    town.check_avoiding(
        "toll",
        &[("ad", "ab,befc,cd"), ("da", "cd,bc,ab"), ("cb", "bc"), ("bc", "befc")],
    );
    // Also from and to the middle of it.
    let map = "
        a--b-1-2-c--d
           |     |
           e-----f";
    let town = Plan::new(map).ways("ab cd befc", "").way("bc", "toll:forward=yes").build();
    town.check(&[("12", "bc"), ("21", "bc")]).check_avoiding(
        "toll",
        &[("21", "bc"), ("12", "bc,befc,bc"), ("2a", "bc,ab"), ("2d", "bc,befc,cd")],
    );
}

/// Where no other way is left there is none: a ferry is not taken in the end.
#[test]
fn no_way_is_left() {
    let map = "
        a--b~~~~~c--d
        |  |     |  |
        e--f     g--h";
    let plan = Plan::new(map).ways("ab be ef fb cd dh hg gc ae", "").way("bc", "route=ferry");
    plan.build()
        .check(&[("ad", "ab,bc,cd")])
        .check_avoiding("ferry", &[("ad", "no way"), ("ah", "no way"), ("af", "ab,fb")])
        .check_avoiding("toll", &[("ad", "ab,bc,cd")]);
}

/// A point beside an avoided road is taken to another one.
#[test]
fn avoided_roads_are_not_snapped_to() {
    let map = "
        a---1--b
        |      |
        c------d";
    let town = Plan::new(map).way("ab", "toll=yes").ways("ac bd cd", "").build();
    let road = |avoid: &str, radius_m| {
        ask(&town, avoid, ['1', 'd'], radius_m)
            .map(|answer| answer.waypoints[0].snapped.road.clone())
    };
    assert_eq!(road("ferry", 500).as_deref(), Ok("ab"));
    assert_eq!(road("toll", 500).as_deref(), Ok("cd"));
    let refused = road("toll", 50).unwrap_err();
    assert!(matches!(refused, EngineError::PointNotSnappable { .. }), "{refused}");
    assert!(refused.to_string().contains("for car that avoids toll within 50 m"), "{refused}");
}

/// At a junction of an avoided road a route begins in the others.
#[test]
fn a_junction_of_avoided_roads() {
    let town = bypass("toll=yes").build();
    town.check(&[("bc", "bc")])
        .check_avoiding("toll", &[("bc", "befc"), ("cb", "befc"), ("bb", "")]);
}

/// What only avoided roads lead to is an island then, and no point is moved
/// there: it is taken to the streets, where it is not without the motorway.
#[test]
fn a_rest_area_is_no_place_to_begin() {
    let map = "
        x-1-y
        |
        a-b-c-d-e-f-g-h
        | | | | | | | |
        i-j-k-l-m-n-o-p";
    let town = Plan::new(map)
        .ways("ab bc cd de ef fg gh ij jk kl lm mn no op ai bj ck dl em fn go hp", "")
        .way("ax", "highway=motorway oneway=no")
        .way("xy", "highway=service")
        .build();
    let begin = |avoid: &str| {
        let answer = ask(&town, avoid, ['1', 'h'], 1_000).unwrap();
        assert!(answer.route.is_ok(), "without {avoid}");
        answer.waypoints[0].snapped.clone()
    };
    let (plain, avoiding) = (begin("toll"), begin("motorway"));
    assert_eq!((plain.road.as_str(), plain.moved), ("xy", Centimeters::ZERO));
    assert_ne!(avoiding.road, "xy");
    assert!(avoiding.moved > Centimeters::new(10_000));
    // Where nothing else is in reach, the island may be what is meant.
    town.check_avoiding("motorway", &[("1y", "xy"), ("1h", "no way")]);
}

/// Where every road is avoided, no point is on a road.
#[test]
fn nothing_but_tunnels() {
    let town = Plan::new("a--b").way("ab", "tunnel=yes").build();
    town.check(&[("ab", "ab")]);
    let refused = ask(&town, "tunnel", ['a', 'b'], 1_000).unwrap_err();
    assert!(matches!(refused, EngineError::PointNotSnappable { .. }), "{refused}");
    assert!(town.engine.verify(50, 1, "tunnel".parse().unwrap(), &Silent).is_ok());
}

/// Private roads and avoided ones go together: to pass the former is better
/// than no way, to use the latter is not.
#[test]
fn private_roads_are_passed_before_tolls_are_paid() {
    let map = "
        a--b-----c--d
           |     |
           e-----f";
    let town = Plan::new(map)
        .ways("ab cd", "")
        .way("bc", "toll=yes")
        .way("befc", "access=private")
        .build();
    town.check(&[("ad", "ab,bc,cd")]).check_avoiding("toll", &[("ad", "ab,befc,cd!")]);
}

/// A restriction holds in a variant as it does without.
#[test]
fn restrictions_hold_all_the_same() {
    let town =
        bypass("toll=yes").restriction("ab", "b", "befc", "restriction=no_right_turn").build();
    town.check(&[("ad", "ab,bc,cd")])
        .check_avoiding("toll", &[("ad", "no way"), ("da", "cd,befc,ab")]);
}
