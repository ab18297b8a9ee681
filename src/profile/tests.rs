//! The rules as tables: tags, and what is expected of them.

use std::sync::LazyLock;

use super::{Access, Passage, Profile, ProfileKind, RoadClass, Travel};
use crate::{
    osm::Tags,
    units::{Millis, Speed},
};

mod any_tags;
mod bicycle;
mod conditional;
mod foot;
mod nodes;
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

fn check(table: &[(&str, &str)]) {
    check_of(&CAR, table);
}

#[test]
fn classes() {
    check(&[
        ("highway=motorway", "O88 -"),
        ("highway=motorway_link", "O48 O48"),
        ("highway=trunk", "O64 O64"),
        ("highway=primary", "O56 O56"),
        ("highway=secondary", "O48 O48"),
        ("highway=tertiary", "O40 O40"),
        ("highway=unclassified", "O32 O32"),
        ("highway=residential", "O24 O24"),
        ("highway=living_street", "O9.6 O9.6"),
        ("highway=service", "O16 O16"),
        ("highway=service service=parking_aisle", "O9.6 O9.6"),
        ("highway=service service=alley", "O12 O12"),
        ("highway=service service=emergency_access", "closed"),
        ("highway=track", "O12 O12"),
        ("highway=road", "O32 O32"),
        ("highway=construction construction=primary", "closed"),
        ("highway=proposed", "closed"),
        ("highway=ferry", "closed"),
        ("highway=raceway", "closed"),
        ("highway=bus_guideway", "closed"),
        ("highway=steps motor_vehicle=yes", "closed"),
        ("highway=residential area=yes", "closed"),
        ("highway=residential impassable=yes", "closed"),
        ("highway=residential status=impassable", "closed"),
        ("highway=track smoothness=impassable", "closed"),
        ("man_made=pier", "closed"),
        ("railway=rail", "closed"),
        ("building=yes", "closed"),
        ("", "closed"),
        ("highway=trunk motorroad=yes", "O64 O64"),
        ("highway=primary construction=yes", "closed"),
        ("highway=primary construction=minor", "O56 O56"),
        ("highway=nonsense", "closed"),
        ("highway=nonsense access=yes", "O16 O16"),
        ("highway=platform access=yes", "closed"),
    ]);
    let rules = CAR.way(&tags("highway=primary tunnel=yes bridge=no toll=yes")).unwrap();
    assert!(rules.tunnel && !rules.bridge && rules.toll && !rules.ferry && !rules.roundabout);
    assert_eq!(rules.travel(crate::ids::Direction::Backward), rules.backward);
}

#[test]
fn the_most_specific_key_of_access_decides() {
    check(&[
        ("highway=residential access=no", "closed"),
        ("highway=residential access=private", "D24 D24"),
        ("highway=residential access=destination", "D24 D24"),
        ("highway=residential access=customers", "D24 D24"),
        ("highway=residential motor_vehicle=delivery", "D24 D24"),
        ("highway=residential access=permit", "D24 D24"),
        ("highway=residential access=permissive", "O24 O24"),
        ("highway=residential motor_vehicle=agricultural", "closed"),
        ("highway=residential motor_vehicle=forestry", "closed"),
        ("highway=residential access=military", "closed"),
        ("highway=service access=emergency", "closed"),
        ("highway=residential motor_vehicle=agricultural;destination", "D24 D24"),
        ("highway=residential access=no vehicle=yes", "O24 O24"),
        ("highway=residential access=no motor_vehicle=yes", "O24 O24"),
        ("highway=residential access=yes vehicle=no", "closed"),
        ("highway=residential vehicle=no motorcar=yes", "O24 O24"),
        ("highway=residential motor_vehicle=yes motorcar=no", "closed"),
        ("highway=residential motorcar=unknown access=private", "D24 D24"),
        ("highway=residential access=nonsense", "O24 O24"),
        ("highway=residential access=no motor_vehicle=nonsense", "D24 D24"),
        ("highway=residential access=nonsense motorcar=no", "closed"),
        ("highway=residential bicycle=no foot=no", "O24 O24"),
        ("highway=residential hgv=no", "O24 O24"),
        ("highway=residential vehicle:backward=no", "O24 -"),
        ("highway=residential motor_vehicle:forward=destination", "D24 O24"),
        ("highway=residential access:backward=no motorcar=yes", "O24 O24"),
        ("highway=residential bicycle_road=yes", "D24 D24"),
        ("highway=residential bicycle_road=yes motor_vehicle=yes", "O24 O24"),
    ]);
}

#[test]
fn ways_for_others_open_only_to_those_named() {
    check(&[
        ("highway=footway", "closed"),
        ("highway=footway access=yes", "closed"),
        ("highway=footway motor_vehicle=no", "closed"),
        ("highway=footway motor_vehicle=yes", "O8 O8"),
        ("highway=pedestrian", "closed"),
        ("highway=pedestrian vehicle=destination", "D8 D8"),
        ("highway=pedestrian motor_vehicle=delivery", "D8 D8"),
        ("highway=cycleway", "closed"),
        ("highway=path", "closed"),
        ("highway=path motorcar=yes", "O8 O8"),
        ("highway=bridleway", "closed"),
        ("highway=busway", "closed"),
        ("highway=busway motor_vehicle=private", "D32 D32"),
    ]);
}

#[test]
fn oneways() {
    check(&[
        ("highway=primary oneway=yes", "O56 -"),
        ("highway=primary oneway=1", "O56 -"),
        ("highway=primary oneway=true", "O56 -"),
        ("highway=primary oneway=-1", "- O56"),
        ("highway=primary oneway=reverse", "- O56"),
        ("highway=primary oneway=no", "O56 O56"),
        ("highway=primary oneway=reversible", "closed"),
        ("highway=primary oneway=alternating", "O56 O56"),
        ("highway=primary oneway=nonsense", "O56 O56"),
        ("highway=motorway oneway=no", "O88 O88"),
        ("highway=motorway oneway=-1", "- O88"),
        ("highway=motorway_link oneway=yes", "O48 -"),
        ("highway=primary junction=roundabout", "O56 -"),
        ("highway=primary junction=circular", "O56 -"),
        ("highway=primary junction=roundabout oneway=no", "O56 O56"),
        ("highway=primary junction=intersection", "O56 O56"),
        ("highway=primary oneway=yes oneway:bicycle=no", "O56 -"),
        ("highway=primary oneway=yes oneway:motor_vehicle=no", "O56 O56"),
        ("highway=primary oneway=yes vehicle:forward=no", "closed"),
    ]);
    assert!(CAR.way(&tags("highway=primary junction=circular")).unwrap().roundabout);
}

#[test]
fn speeds_follow_limits_and_ground() {
    check(&[
        ("highway=primary maxspeed=60", "O48 O48"),
        ("highway=primary maxspeed=30mph;60", "O38.6 O38.6"),
        ("highway=primary maxspeed=30mph", "O38.6 O38.6"),
        ("highway=primary maxspeed=CN:urban", "O40 O40"),
        ("highway=primary source:maxspeed=RO:rural", "O72 O72"),
        ("highway=primary maxspeed:type=DE:urban", "O40 O40"),
        ("highway=primary maxspeed=60 source:maxspeed=RO:rural", "O48 O48"),
        ("highway=primary maxspeed=signals", "O56 O56"),
        ("highway=primary maxspeed:forward=80 maxspeed:backward=60", "O64 O48"),
        ("highway=primary maxspeed=80 maxspeed:backward=60", "O64 O48"),
        ("highway=primary maxspeed=80 maxspeed:motorcar=50", "O40 O40"),
        ("highway=primary maxspeed=80 maxspeed:hgv=50", "O64 O64"),
        ("highway=primary maxspeed=80 maxspeed:advisory=40", "O32 O32"),
        ("highway=primary maxspeed:advisory=40", "O32 O32"),
        ("highway=primary maxspeed=40 maxspeed:advisory=80", "O32 O32"),
        ("highway=motorway maxspeed=none", "O104 -"),
        ("highway=motorway maxspeed=250", "O140 -"),
        ("highway=living_street maxspeed=walk", "O5.6 O5.6"),
        ("highway=service service=driveway maxspeed=30", "O24 O24"),
        ("highway=primary surface=asphalt", "O56 O56"),
        ("highway=primary surface=gravel", "O40 O40"),
        ("highway=primary surface=asphalt;mud", "O10 O10"),
        ("highway=residential surface=gravel", "O24 O24"),
        ("highway=track tracktype=grade5", "O10 O10"),
        ("highway=track maxspeed=100 tracktype=grade1", "O50 O50"),
        ("highway=primary smoothness=very_bad", "O20 O20"),
        ("highway=primary surface=gravel smoothness=horrible", "O10 O10"),
    ]);
}

#[test]
fn ferries() {
    check(&[
        ("route=ferry", "O12 O12"),
        ("route=ferry foot=no hgv=no", "O12 O12"),
        ("route=ferry motor_vehicle=yes foot=yes", "O12 O12"),
        ("route=ferry motorcar=no", "closed"),
        ("route=ferry foot=yes", "closed"),
        ("route=ferry foot=yes bicycle=yes", "closed"),
        ("route=ferry access=yes foot=yes", "O12 O12"),
        ("route=ferry oneway=yes vehicle=yes", "O12 -"),
        ("route=ferry motor_vehicle=private", "D12 D12"),
        ("route=shuttle_train", "O40 O40"),
        ("route=shuttle_train motorcar=no", "closed"),
        ("route=bus", "closed"),
        ("route=ferry access=no", "closed"),
    ]);
    let rules = CAR.way(&tags("route=ferry motorcar=yes duration=00:40")).unwrap();
    assert!(rules.ferry);
    assert_eq!(
        (rules.class, rules.total_duration),
        (RoadClass::Ferry, Some(Millis::new(2_400_000)))
    );
    assert_eq!(CAR.way(&tags("highway=primary duration=00:40")).unwrap().total_duration, None);
}

#[test]
fn barriers() {
    use Passage::{Closed, Destination, Open};
    for (text, passage, delay_ms) in [
        ("", Open, 0),
        ("highway=crossing access=no", Open, 0),
        ("access=no", Closed, 0),
        ("motor_vehicle=no", Closed, 0),
        ("access=private", Destination, 0),
        ("bicycle=no", Open, 0),
        ("barrier=gate", Open, 10_000),
        ("barrier=gate access=private", Destination, 10_000),
        ("barrier=gate access=no", Closed, 10_000),
        ("barrier=gate access=no motor_vehicle=yes", Open, 10_000),
        ("barrier=gate locked=yes", Closed, 10_000),
        ("barrier=gate locked=yes access=private", Destination, 10_000),
        ("barrier=gate locked=no", Open, 10_000),
        ("barrier=lift_gate", Open, 5_000),
        ("barrier=lift_gate motor_vehicle=private", Destination, 5_000),
        ("barrier=toll_booth", Open, 10_000),
        ("barrier=border_control", Open, 120_000),
        ("barrier=cattle_grid", Open, 0),
        ("barrier=height_restrictor", Open, 0),
        ("barrier=bollard", Closed, 0),
        ("barrier=bollard bollard=removable", Closed, 0),
        ("barrier=bollard access=yes", Open, 0),
        ("barrier=bollard bollard=rising", Open, 0),
        ("barrier=bollard motor_vehicle=yes", Open, 0),
        ("barrier=bollard motor_vehicle=private", Destination, 0),
        ("barrier=block", Closed, 0),
        ("barrier=jersey_barrier", Closed, 0),
        ("barrier=chain", Closed, 0),
        ("barrier=cycle_barrier", Closed, 0),
        ("barrier=nonsense", Closed, 0),
        ("barrier=no", Open, 0),
    ] {
        let rules = CAR.node(&tags(text));
        assert_eq!((rules.passage, rules.delay), (passage, Millis::new(delay_ms)), "{text}");
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
