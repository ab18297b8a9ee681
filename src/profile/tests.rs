//! The rules as tables: tags, and what is expected of them.

use std::sync::LazyLock;

use super::{Access, Profile, ProfileKind, RoadClass, Travel};
use crate::{osm::Tags, units::Speed};

mod any_tags;
mod bicycle;
mod bicycle_lanes;
mod car;
mod car_speeds;
mod conditional;
mod destination;
mod foot;
mod motorcycle;
mod nodes;
mod truck;
mod turns;

static CAR: LazyLock<Profile> = LazyLock::new(|| Profile::new(ProfileKind::Car));

/// Reads `key=value key=value`.
fn tags(text: &str) -> Tags {
    text.split_whitespace().filter_map(|pair| pair.split_once('=')).collect()
}

/// A way in short: for each direction a letter (`O` open, `D` destination only,
/// `-` closed) and the speed in km/h.
fn way_of(profile: &Profile, text: &str) -> String {
    let Some(rules) = profile.way(&tags(text)) else { return "closed".to_owned() };
    let one = |travel: Option<Travel>| match travel {
        None => "-".to_owned(),
        Some(Travel { speed, access: Access::Open, .. }) => format!("O{}", speed.kmh()),
        Some(Travel { speed, access: Access::Destination, .. }) => format!("D{}", speed.kmh()),
    };
    format!("{} {}", one(rules.forward), one(rules.backward))
}

fn check_of(profile: &Profile, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(&way_of(profile, text), expected, "{} on {text}", profile.name());
    }
}

#[test]
fn kinds_and_classes_are_found_by_name_and_number() {
    assert_eq!(ProfileKind::named("car"), Some(ProfileKind::Car));
    assert!(ProfileKind::named("submarine").is_none());
    for (number, &class) in (0_u8..).zip(RoadClass::ALL) {
        assert_eq!((class as u8, RoadClass::from_number(number)), (number, Some(class)));
    }
    assert_eq!(RoadClass::from_number(u8::MAX), None);
    assert_eq!(Speed::from_kmh(50).percent(80), Speed::from_kmh(40));
}
