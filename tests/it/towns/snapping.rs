//! Where a route begins and ends.

use luwang::{
    engine::{Cancel, EngineError, RouteRequest},
    profile::AvoidClasses,
    units::{Centimeters, Metric, Millis},
};

use super::plan::Plan;

/// On one and the same street both directions are direct; where the target
/// lies behind on a one-way street, the way leads around.
#[test]
fn two_points_on_one_street() {
    let map = "
        a-1-2-b
        |     |
        d-----c";
    let town = Plan::new(map).ways("ab bc cd da", "").build();
    town.check(&[("12", "ab"), ("21", "ab")]);
    let town = Plan::new(map).ways("ab bc cd da", "oneway=yes").build();
    town.check(&[("12", "ab"), ("21", "ab,bc,cd,da,ab"), ("11", "")]);
    // Even if the whole loop is a single segment.
    let town = Plan::new(map).way("abcda", "oneway=yes").build();
    town.check(&[("12", "abcda"), ("21", "abcda"), ("11", "")]);
    assert!(town.route("21").length > town.route("12").length);
}

/// A street into a dead end that is one-way can be reached and never left.
#[test]
fn a_oneway_dead_end() {
    let town = Plan::new("a--b--1--c").way("ab", "").way("bc", "oneway=yes").build();
    town.check(&[("a1", "ab,bc"), ("ac", "ab,bc"), ("1c", "bc")]);
    // To begin there is to begin on the nearest road that one can leave by, if
    // there is one near enough.
    town.check(&[("ca", "no way"), ("1a", "no way")]);
}

/// A point that lies on roads which restrictions lock is taken to the next
/// road that traffic can leave.
#[test]
fn restrictions_make_no_traps() {
    let map = "
        a--b--c--d
           |
           e--f";
    let plan = Plan::new(map).step_m(2.0).ways("ab bc cd be ef", "");
    let locked = plan.clone().restriction("be", "b", "ab", "restriction=no_left_turn").restriction(
        "be",
        "b",
        "bc",
        "restriction=no_right_turn",
    );
    let town = locked.build();
    let request = |radius_m| RouteRequest {
        waypoints: ['e', 'd'].map(|letter| town.waypoint_within(letter, radius_m)).into(),
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: true,
    };
    let answer = town.engine.route(&request(100), &Cancel::never()).unwrap();
    assert!(answer.route.is_ok(), "the point moves to a road that leads on");
    assert!(answer.waypoints[0].snapped.moved > Centimeters::ZERO);
    plan.build().check(&[("ed", "be,bc,cd")]);
}

/// At a junction a route begins in any of its roads, without a turn to pay.
#[test]
fn a_junction_has_no_turn_cost_at_either_end() {
    let map = "
           n
           |
           |
        w--j--e
           |
           |
           s";
    let town = Plan::new(map).ways("nj ej sj wj", "maxspeed=90").build();
    town.check_seconds(&[("jn", 15.0), ("je", 15.0), ("js", 15.0), ("wj", 15.0), ("jj", 0.0)]);
    town.check(&[("jn", "nj"), ("wj", "wj"), ("wje", "wj,ej")]);
}

/// From a point to itself there is nothing to travel.
#[test]
fn equal_points() {
    let town = Plan::new("a--1--b").way("ab", "oneway=yes").build();
    for points in ["aa", "bb", "11"] {
        let route = town.route(points);
        assert_eq!((route.duration, route.length), (Millis::ZERO, Centimeters::ZERO), "{points}");
    }
}

/// A point beside a road is moved to it, as far as is asked for and no
/// further.
#[test]
fn the_radius_is_a_limit() {
    let map = "
        a----b
          1
        ";
    let town = Plan::new(map).way("ab", "").build();
    let request = |radius_m| RouteRequest {
        waypoints: ['1', 'b'].map(|letter| town.waypoint_within(letter, radius_m)).into(),
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: false,
    };
    let answer = town.engine.route(&request(101), &Cancel::never()).unwrap();
    let moved_m = answer.waypoints[0].snapped.moved.meters();
    assert!((moved_m - 100.0).abs() < 0.1, "{moved_m}");
    assert_eq!(answer.waypoints[0].snapped.road, "ab");
    let refused = town.engine.route(&request(99), &Cancel::never());
    assert!(matches!(refused, Err(EngineError::PointOutsideCoverage { .. })), "{refused:?}");
    let everything = town.engine.route(&request(1_000_000), &Cancel::never());
    assert!(matches!(everything, Err(EngineError::SnapRadiusTooLarge { .. })), "{everything:?}");
}

/// A point on a closed road is taken to an open one, never to the closed one.
#[test]
fn closed_roads_are_not_snapped_to() {
    let map = "
        a----b
        c-1--d";
    let town = Plan::new(map).way("ab", "").way("cd", "access=no").build();
    let waypoints = ['1', 'b'].map(|letter| town.waypoint_within(letter, 500));
    let request = RouteRequest {
        waypoints: waypoints.into(),
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: true,
    };
    let answer = town.engine.route(&request, &Cancel::never()).unwrap();
    assert_eq!(answer.waypoints[0].snapped.road, "ab");
}
