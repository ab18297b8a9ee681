//! The rules for cars.

use super::{CAR, check_of, tags};
use crate::{
    ids::Direction,
    profile::{Passage, RoadClass},
    units::Millis,
};

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
    assert!(rules.tunnel && !rules.bridge && !rules.ferry && !rules.roundabout);
    assert_eq!(rules.travel(Direction::Backward), rules.backward);
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
        ("highway=footway access=yes", "D8 D8"),
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
        ("highway=primary oneway=alternating", "O39.2 O39.2"),
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
fn ferries() {
    check(&[
        ("route=ferry", "O5 O5"),
        ("route=ferry foot=no hgv=no", "O5 O5"),
        ("route=ferry motor_vehicle=yes foot=yes", "O5 O5"),
        ("route=ferry motorcar=no", "closed"),
        ("route=ferry foot=yes", "closed"),
        ("route=ferry hgv=yes", "O5 O5"),
        ("route=ferry foot=yes bicycle=yes", "closed"),
        ("route=ferry access=yes foot=yes", "O5 O5"),
        ("route=ferry oneway=yes vehicle=yes", "O5 -"),
        ("route=ferry motor_vehicle=private", "D5 D5"),
        ("route=shuttle_train", "O10 O10"),
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

/// Barriers for motors: <https://wiki.openstreetmap.org/wiki/Key:kerb>,
/// <https://wiki.openstreetmap.org/wiki/Tag:barrier%3Dheight_restrictor>
#[test]
fn what_motors_get_past() {
    use Passage::{Closed, Destination, Open};
    for (text, passage) in [
        ("barrier=kerb", Closed),
        ("barrier=kerb kerb=lowered", Open),
        ("barrier=kerb kerb=flush", Open),
        ("barrier=kerb kerb=raised", Closed),
        ("barrier=kerb highway=crossing", Open),
        ("barrier=fence", Closed),
        ("barrier=fence sensory=audible", Open),
        ("barrier=height_restrictor maxheight=1.8", Closed),
        ("barrier=height_restrictor maxheight=2.2", Open),
        ("barrier=height_restrictor maxheight=default", Open),
        ("barrier=wall access=private", Destination),
        ("access=official", Closed),
        ("access=taxi", Closed),
        ("access=unknown", Open),
    ] {
        assert_eq!(CAR.node(&tags(text)).passage, passage, "{text}");
    }
}

/// <https://wiki.openstreetmap.org/wiki/Key:access>: values for motors.
#[test]
fn values_of_access() {
    check(&[
        ("highway=primary access=official", "closed"),
        ("highway=primary access=taxi", "closed"),
        ("highway=primary access=minibus", "closed"),
        ("highway=primary access=emergency_vehicle", "closed"),
        ("highway=primary access=foot", "closed"),
        ("highway=primary access=restricted", "closed"),
        ("highway=primary access=agricultural;forestry", "closed"),
        ("highway=primary access=destination;agricultural", "D56 D56"),
        ("highway=primary access=forestry;permissive", "O56 O56"),
        ("highway=primary access=unknown", "O56 O56"),
        ("highway=primary access=residents", "D56 D56"),
        ("highway=primary motor_vehicle:forward=no motor_vehicle:backward=destination", "- D56"),
    ]);
}

/// What `access` alone opens of ways for others serves to begin and to end.
#[test]
fn general_access_to_ways_for_others() {
    check(&[
        ("highway=footway access=permissive", "D8 D8"),
        ("highway=path access=yes", "D8 D8"),
        ("highway=footway access=private", "closed"),
        ("highway=pedestrian access=destination", "closed"),
        ("highway=cycleway motor_vehicle=designated", "O8 O8"),
        ("highway=runway motorcar=permissive access=private", "O16 O16"),
        ("highway=runway foot=yes", "closed"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:hov>: not for who travels alone.
#[test]
fn lanes_for_passengers() {
    check(&[
        ("highway=primary hov=designated", "D56 D56"),
        ("highway=primary hov=yes", "O56 O56"),
        ("highway=primary hov=lane", "O56 O56"),
        ("highway=motorway access=hov", "D88 -"),
        ("highway=motorway hov:lanes=designated|designated", "D88 -"),
        ("highway=motorway hov:lanes=designated|yes", "O88 -"),
        ("highway=motorway hov:lanes=designated|", "O88 -"),
        ("highway=primary hov:lanes:forward=designated", "D56 O56"),
        ("highway=primary hov:lanes:backward=designated", "O56 D56"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:maxheight>, `Key:maxwidth`,
/// `Key:width`, `Key:maxlength`, `Key:maxweight`: a car is 2.0 m high, 1.9 m
/// wide, 4.8 m long and weighs 2 t.
#[test]
fn size() {
    for tags in [
        "maxheight=1.9",
        "maxheight:physical=1",
        "maxheight=1.9m",
        "maxheight=6'",
        "maxwidth=1",
        "maxwidth:physical=1",
        "width=1.8",
        "width=1.9",
        "width=6'2\"",
        "est_width=1",
        "maxlength=4",
        "maxweight=1",
        "maxweight=1900kg",
        "maxweight=0.1lbs",
        "maxweightrating=1 maxweight=2",
        "maxaxleload=1",
    ] {
        check(&[(&format!("highway=primary {tags}"), "closed")]);
    }
    for tags in [
        "maxheight=2",
        "maxheight=8'",
        "maxheight=default",
        "maxheight=below_default",
        "maxheight=none",
        "maxheight=unsigned",
        "maxheight:hgv=1",
        "maxwidth=1.9",
        "maxwidth=2 width=1.5",
        "width=6'3\" oneway=no",
        "width=narrow",
        "narrow=yes",
        "maxlength=5",
        "maxlength=unsigned",
        "maxweight=2",
        "maxweight=3.5 maxweight:hgv=1",
        "maxweight=8.9t",
        "maxaxleload=10",
        "hazmat=no",
    ] {
        let rules = CAR.way(&super::tags(&format!("highway=primary {tags}")));
        assert!(rules.is_some_and(|rules| rules.forward.is_some()), "{tags}");
    }
    check(&[
        ("highway=primary maxheight:forward=1", "- O56"),
        ("highway=primary maxweight:backward=1 maxweight=3", "O56 -"),
    ]);
}
