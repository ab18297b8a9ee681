//! Conditions that hold for destination traffic alone.

use super::conditional::TUESDAY;
use crate::{
    ids::Direction,
    osm::Tags,
    profile::{Access, Passage, Profile, ProfileKind},
};

/// Tags between spaces; `·` is a space in a value.
fn spaced(text: &str) -> Tags {
    let pairs: Vec<String> = text.split(' ').map(|pair| pair.replace('·', " ")).collect();
    pairs.iter().filter_map(|pair| pair.split_once('=')).collect()
}

/// What holds for destination traffic alone opens a road to that.
/// <https://wiki.openstreetmap.org/wiki/Conditional_restrictions#Condition>
#[test]
fn destination_traffic() {
    for (profile, text, expected) in [
        ("truck:weight=12", "maxweight=7.5 maxweight:conditional=none·@·destination", "D"),
        ("truck:weight=12", "maxweight=7.5 maxweight:conditional=none·@·(delivery)", "D"),
        ("truck:weight=12", "maxweightrating:hgv=7.5", "-"),
        ("truck:weight=5", "maxweight=7.5 maxweight:conditional=none·@·destination", "O"),
        ("truck", "hgv=no hgv:conditional=yes·@·delivery", "D"),
        ("truck", "hgv:conditional=no·@·(weight>7.5·AND·!destination)", "D"),
        ("truck:weight=5", "hgv:conditional=no·@·(weight>7.5·AND·!destination)", "O"),
        ("car", "motor_vehicle=no motor_vehicle:conditional=yes·@·destination", "D"),
        ("car", "access=no access:conditional=yes·@·(destination)", "D"),
        ("car", "access:conditional=no·@·(!destination)", "D"),
        ("car", "access:conditional=no·@·(Tu·AND·!residents)", "D"),
        ("car", "access:conditional=no·@·(We·AND·!residents)", "O"),
        ("car", "access=no access:conditional=yes·@·(We·AND·destination)", "-"),
        ("car", "access=no access:conditional=yes·@·wet", "-"),
    ] {
        let profile: Profile = profile.parse().unwrap();
        let profile = profile.at(TUESDAY.parse().ok());
        let rules = profile.way(&spaced(&format!("highway=primary {text}")));
        let of = |direction| match rules.and_then(|rules| rules.travel(direction)) {
            None => "-",
            Some(travel) if travel.access == Access::Open => "O",
            Some(_) => "D",
        };
        for direction in Direction::BOTH {
            assert_eq!(of(direction), expected, "{} on {text}", profile.name());
        }
    }
    let gate = |text: &str| {
        let profile = Profile::new(ProfileKind::Car).at(TUESDAY.parse().ok());
        profile.node(&spaced(&format!("barrier=gate {text}"))).passage
    };
    assert_eq!(gate("access=no access:conditional=yes·@·residents"), Passage::Destination);
    assert_eq!(gate("access=no access:conditional=yes·@·(We·AND·residents)"), Passage::Closed);
    assert_eq!(gate("access:conditional=no·@·wet"), Passage::Open);
}
