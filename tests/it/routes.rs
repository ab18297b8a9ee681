//! Properties of routes between points on the fixture.

use luwang::{
    engine::{Cancel, Engine, RouteAnswer, RouteRequest, WaypointTarget},
    geo::Coordinate,
    profile::AvoidClasses,
    units::Metric,
};

use crate::support::dataset;

#[path = "../../benches/points/mod.rs"]
mod points;

fn route(engine: &Engine, points: &[Coordinate], metric: Metric, with_steps: bool) -> RouteAnswer {
    let waypoints = points.iter().map(|&point| WaypointTarget::Location(point).into()).collect();
    let request = RouteRequest {
        waypoints,
        profile: None,
        optimize_for: metric,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps,
    };
    engine.route(&request, &Cancel::never()).expect("the points are near roads")
}

/// Without steps, most routes are found without their way.
#[test]
fn steps_change_nothing_else_in_an_answer() {
    let engine = Engine::open(dataset()).unwrap();
    let (mut routes, mut steps) = (0, 0);
    for points in points::near_roads(engine.dataset(), 3_000, 5).chunks_exact(3) {
        for metric in Metric::ALL {
            let bare = route(&engine, points, metric, false);
            let mut full = route(&engine, points, metric, true);
            for leg in full.route.iter_mut().flat_map(|route| &mut route.legs) {
                routes += 1;
                steps += leg.steps.len();
                leg.steps.clear();
            }
            assert_eq!(bare, full, "{points:?}");
        }
    }
    assert!(routes > 3_000 && steps > 2 * routes, "{routes} legs with {steps} steps");
}
