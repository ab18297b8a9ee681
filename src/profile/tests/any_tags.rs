//! Tags that nobody expects.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{Profile, ProfileKind};
use crate::osm::Tags;

proptest! {
    /// Tags are free text: whatever they are there is an answer, and on a way
    /// that is open there is a speed.
    #[test]
    fn any_tags_have_an_answer(pairs in vec((select(KEYS), value()), 0..8)) {
        let tags = Tags::new(pairs.iter().map(|(key, value)| (*key, value.as_str())));
        let moment = "2026-11-24T08:30".parse().ok();
        let profiles = ProfileKind::ALL.map(Profile::new);
        for profile in profiles.clone().into_iter().chain(profiles.map(|p| p.at(moment))) {
            if let Some(rules) = profile.way(&tags) {
                prop_assert!(rules.forward.or(rules.backward).is_some());
                for travel in [rules.forward, rules.backward].into_iter().flatten() {
                    prop_assert!((0.1..=140.0).contains(&travel.speed.kmh()));
                }
            }
            let _ = (profile.node(&tags), profile.restriction(&tags));
        }
    }
}

const KEYS: &[&str] = &[
    "highway",
    "route",
    "access",
    "motorcar:forward",
    "vehicle",
    "oneway",
    "conveying",
    "sidewalk",
    "motorroad",
    "foot",
    "railway",
    "junction",
    "service",
    "maxspeed",
    "maxspeed:backward",
    "maxspeed:advisory",
    "source:maxspeed",
    "maxspeed:lanes",
    "hov:lanes",
    "lanes",
    "width",
    "maxheight",
    "maxweight:hgv",
    "bridge",
    "surface",
    "duration",
    "tracktype",
    "smoothness",
    "barrier",
    "locked",
    "traffic_signals",
    "type",
    "restriction",
    "except",
    "access:conditional",
    "restriction:conditional",
    "hour_on",
];

/// A value that means something to some key, or any text.
fn value() -> impl Strategy<Value = String> {
    let meant = [
        "primary",
        "motorway",
        "footway",
        "steps",
        "platform",
        "trunk",
        "separate",
        "backward",
        "ferry",
        "yes",
        "no",
        "-1",
        "private",
        "roundabout",
        "alley",
        "50",
        "30 mph",
        "CN:urban",
        "gravel",
        "PT1H",
        "14'6\"",
        "3.5 t",
        "60|80",
        "designated|designated",
        "movable",
        "gate",
        "restriction",
        "no_left_turn",
        "traffic_signals",
        "no @ (Mo-Fr 07:00-09:00 AND weight<3)",
        "no_left_turn @ 24/7; none @ (We)",
        ";",
        ":",
    ];
    prop_oneof![select(meant.to_vec()).prop_map(str::to_owned), r"\PC{0,12}"]
}
