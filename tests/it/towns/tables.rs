//! Tables of tags: each row is a road of its own between two open roads.

use luwang::units::Metric;

use super::{
    plan::Plan,
    town::{Town, described},
};

/// A road `bc` with the tags under test between the open roads `ab` and `cd`.
const ROAD: &str = "a----b----c----d";

/// Compares what tags allow with what is expected: for each direction the
/// speed in km/h, with `!` if who passes is warned, or `-` if nobody may pass.
#[track_caller]
pub(crate) fn check_roads(table: &[(&str, &str)]) {
    for &(text, expected) in table {
        let town = Plan::new(ROAD).way("bc", text).ways("ab cd", "").build();
        let travelled = format!("{} {}", passage(&town, "ad"), passage(&town, "da"));
        assert_eq!(travelled, expected, "{text}");
    }
}

fn passage(town: &Town, points: &str) -> String {
    let Ok(route) = town.ask(points, Metric::Duration) else { return "-".to_owned() };
    let warned = if described(&route).ends_with('!') { "!" } else { "" };
    let steps = &route.legs[0].steps;
    let on_it = steps.iter().find(|step| step.name == "bc");
    let on_it = on_it.expect("all of the way is one road or passes the road under test");
    let kmh = on_it.length.meters() / on_it.duration.seconds() * 3.6;
    format!("{}{warned}", (kmh * 10.0).round() / 10.0)
}

/// Compares who gets past a node with these tags: the seconds that it takes,
/// with `!` if who passes is warned, or `-` if nobody does. The node stands in
/// the middle of a way, and then between two ways: that makes no difference.
#[track_caller]
pub(crate) fn check_nodes(table: &[(&str, &str)]) {
    for &(text, expected) in table {
        for ways in ["abc", "ab bc"] {
            let plan = Plan::new("a----b----c").ways(ways, "name=road");
            let town = plan.node('b', text).build();
            let passed = match town.ask("ac", Metric::Duration) {
                Err(_) => "-".to_owned(),
                Ok(route) => {
                    let free = plan_time(&town);
                    let delay = route.duration.seconds() - free;
                    let warned = if described(&route).ends_with('!') { "!" } else { "" };
                    format!("{}{warned}", delay.round())
                }
            };
            assert_eq!(passed, expected, "{text}, on the ways {ways}");
        }
    }
}

/// The time along both ways without what stands between them.
fn plan_time(town: &Town) -> f64 {
    town.route("ab").duration.seconds() + town.route("bc").duration.seconds()
}
