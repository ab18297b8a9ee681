//! The rules for those on foot.

use super::{
    super::{HaltKind, HaltScope, Passage, Profile, ProfileKind, TurnGeometry},
    check_of, tags,
};
use crate::units::Millis;

fn foot() -> Profile {
    Profile::new(ProfileKind::Foot)
}

fn check(table: &[(&str, &str)]) {
    check_of(&foot(), table);
}

/// <https://wiki.openstreetmap.org/wiki/Key:highway>,
/// <https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions>
#[test]
fn classes() {
    check(&[
        ("highway=motorway", "closed"),
        ("highway=motorway_link", "closed"),
        ("highway=trunk", "closed"),
        ("highway=trunk_link", "closed"),
        ("highway=primary", "O5 O5"),
        ("highway=primary_link", "O5 O5"),
        ("highway=secondary", "O5 O5"),
        ("highway=tertiary", "O5 O5"),
        ("highway=unclassified", "O5 O5"),
        ("highway=residential", "O5 O5"),
        ("highway=living_street", "O5 O5"),
        ("highway=service", "O5 O5"),
        ("highway=service service=alley", "O5 O5"),
        ("highway=service service=emergency_access", "O5 O5"),
        ("highway=road", "O5 O5"),
        ("highway=track", "O5 O5"),
        ("highway=path", "O5 O5"),
        ("highway=footway", "O5 O5"),
        ("highway=pedestrian", "O5 O5"),
        ("highway=steps", "O5 O5"),
        ("highway=corridor", "O5 O5"),
        ("highway=platform", "O5 O5"),
        ("highway=elevator", "O1 O1"),
        ("highway=busway", "closed"),
        ("highway=cycleway", "closed"),
        ("highway=cycleway foot=designated", "O5 O5"),
        ("highway=bridleway", "closed"),
        ("highway=bridleway horse=designated", "closed"),
        ("highway=bridleway bicycle=yes", "closed"),
        ("highway=bridleway foot=yes", "O5 O5"),
        ("highway=via_ferrata", "closed"),
        ("highway=nonsense", "closed"),
        ("highway=nonsense access=permissive", "O5 O5"),
        ("highway=raceway access=yes", "closed"),
        ("leisure=track", "closed"),
        ("railway=rail", "closed"),
    ]);
}

/// What is walked on without being a highway, along its outline if it is an
/// area. <https://wiki.openstreetmap.org/wiki/Tag:railway%3Dplatform>,
/// <https://wiki.openstreetmap.org/wiki/Tag:man_made%3Dpier>,
/// <https://wiki.openstreetmap.org/wiki/Tag:amenity%3Dparking>,
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dpedestrian>
#[test]
fn places_to_walk_on() {
    check(&[
        ("highway=pedestrian area=yes", "O5 O5"),
        ("highway=residential area=yes", "O5 O5"),
        ("highway=pedestrian area=yes access=no", "closed"),
        ("railway=platform", "O5 O5"),
        ("railway=platform foot=no", "closed"),
        ("railway=platform area=yes", "O5 O5"),
        ("public_transport=platform", "O5 O5"),
        ("man_made=pier", "O5 O5"),
        ("amenity=parking", "O5 O5"),
        ("amenity=parking access=private", "D5 D5"),
        ("amenity=parking_entrance", "O5 O5"),
        ("amenity=parking building=yes", "closed"),
        ("amenity=parking parking=multi-storey", "closed"),
        ("amenity=parking parking=underground", "closed"),
        ("amenity=parking parking=surface", "O5 O5"),
        ("area=yes building=yes access=yes", "closed"),
        ("amenity=school", "closed"),
    ]);
}

/// What is said of vehicles says nothing of people.
/// <https://wiki.openstreetmap.org/wiki/Key:access>,
/// <https://wiki.openstreetmap.org/wiki/Key:foot>
#[test]
fn access() {
    check(&[
        ("highway=footway access=yes", "O5 O5"),
        ("highway=footway access=no", "closed"),
        ("highway=footway access=no foot=yes", "O5 O5"),
        ("highway=footway access=yes foot=no", "closed"),
        ("highway=motorway access=yes", "O5 O5"),
        ("highway=motorway access=no", "closed"),
        ("highway=motorway access=private foot=yes", "O5 O5"),
        ("highway=motorway motor_vehicle=yes", "closed"),
        ("highway=primary access=permissive", "O5 O5"),
        ("highway=primary access=nonsense", "O5 O5"),
        ("highway=primary access=agricultural", "closed"),
        ("highway=primary foot=forestry", "closed"),
        ("highway=track access=forestry foot=permissive", "O5 O5"),
        ("highway=primary access=private", "D5 D5"),
        ("highway=primary access=customers", "D5 D5"),
        ("highway=primary foot=destination", "D5 D5"),
        ("highway=primary access=delivery", "D5 D5"),
        ("highway=residential access=permissive foot=no", "closed"),
        ("highway=primary vehicle=no", "O5 O5"),
        ("highway=primary motor_vehicle=private", "O5 O5"),
        ("highway=primary bicycle=no", "O5 O5"),
        ("highway=primary foot:backward=no", "O5 -"),
        ("highway=primary foot=no foot:forward=yes", "O5 -"),
        ("highway=cycleway foot:backward=designated", "- O5"),
        ("highway=primary bicycle_road=yes", "O5 O5"),
        ("highway=primary access=no foot=unknown", "closed"),
        ("highway=primary access=no foot=nonsense", "D5 D5"),
        ("highway=primary foot=nonsense", "O5 O5"),
        ("highway=primary foot=use_sidepath", "closed"),
        ("highway=primary access=yes foot=use_sidepath", "closed"),
        ("highway=primary impassable=yes", "closed"),
        ("highway=primary status=impassable", "closed"),
        ("highway=path smoothness=impassable", "O5 O5"),
        ("highway=primary construction=yes", "O5 O5"),
        ("highway=construction construction=footway", "closed"),
        ("highway=proposed foot=yes proposed=yes", "closed"),
        ("highway=primary proposed=secondary", "O5 O5"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:sidewalk>,
/// <https://wiki.openstreetmap.org/wiki/Key:motorroad>
#[test]
fn walks_beside_roads() {
    check(&[
        ("highway=trunk sidewalk=both", "O5 O5"),
        ("highway=trunk sidewalk=left", "O5 O5"),
        ("highway=trunk sidewalk=right oneway=yes", "O5 O5"),
        ("highway=trunk_link sidewalk:right=yes", "O5 O5"),
        ("highway=trunk sidewalk=both foot=no", "closed"),
        ("highway=trunk sidewalk=no", "closed"),
        ("highway=trunk sidewalk=separate", "closed"),
        ("highway=trunk foot=yes", "O5 O5"),
        ("highway=motorway sidewalk=right", "closed"),
        ("highway=cycleway sidewalk=right", "O5 O5"),
        ("highway=busway sidewalk=both", "O5 O5"),
        ("highway=primary sidewalk=no", "O5 O5"),
        ("highway=primary sidewalk=separate", "closed"),
        ("highway=primary sidewalk:both=separate", "closed"),
        ("highway=primary sidewalk:left=separate", "closed"),
        ("highway=primary sidewalk:left=separate sidewalk:right=no", "closed"),
        ("highway=primary sidewalk:left=separate sidewalk:right=yes", "O5 O5"),
        ("highway=primary sidewalk=separate foot=yes", "O5 O5"),
        ("highway=primary sidewalk=separate foot=destination", "D5 D5"),
        ("highway=primary sidewalk=separate foot:forward=yes", "O5 -"),
        ("highway=primary sidewalk=separate foot=no", "closed"),
        ("highway=primary motorroad=yes", "closed"),
        ("highway=primary motorroad=yes access=yes", "closed"),
        ("highway=primary motorroad=yes foot=yes", "O5 O5"),
        ("highway=trunk motorroad=yes sidewalk=both", "closed"),
    ]);
}

/// A one-way street is one to vehicles, unless its key names people on foot.
/// <https://wiki.openstreetmap.org/wiki/Key:oneway>,
/// <https://wiki.openstreetmap.org/wiki/Key:oneway:foot>
#[test]
fn oneways() {
    check(&[
        ("highway=primary oneway=yes", "O5 O5"),
        ("highway=primary oneway=-1", "O5 O5"),
        ("highway=primary oneway=reversible", "O5 O5"),
        ("highway=footway oneway=yes", "O5 O5"),
        ("highway=primary junction=roundabout", "O5 O5"),
        ("highway=primary junction=circular oneway=yes", "O5 O5"),
        ("highway=primary oneway:foot=yes", "O5 -"),
        ("highway=primary oneway:foot=-1", "- O5"),
        ("highway=primary oneway:foot=yes oneway=-1", "O5 -"),
        ("highway=primary oneway:foot=yes junction=roundabout", "O5 -"),
        ("highway=primary oneway:foot=-1 junction=roundabout", "- O5"),
        ("highway=primary oneway:foot=no oneway=yes", "O5 O5"),
        ("highway=motorway oneway:foot=no", "closed"),
        ("highway=trunk oneway:foot=-1", "closed"),
    ]);
}

/// Escalators and moving walkways lead one way.
/// <https://wiki.openstreetmap.org/wiki/Key:conveying>
#[test]
fn conveyors() {
    check(&[
        ("highway=steps conveying=forward", "O5 -"),
        ("highway=steps conveying=backward", "- O5"),
        ("highway=steps conveying=reversible", "O5 O5"),
        ("highway=steps conveying=yes", "O5 O5"),
        ("highway=steps conveying=no", "O5 O5"),
        ("highway=footway conveying=forward", "O5 -"),
        ("highway=footway conveying=backward", "- O5"),
        ("highway=corridor conveying=forward", "O5 -"),
        ("highway=steps conveying=forward oneway=no", "O5 O5"),
        ("highway=steps conveying=yes oneway=yes", "O5 -"),
        ("highway=steps conveying=yes oneway=-1", "- O5"),
        ("highway=steps conveying=forward oneway:foot=no", "O5 O5"),
        ("highway=steps conveying=no oneway=yes", "O5 O5"),
        ("highway=residential conveying=forward", "O5 O5"),
    ]);
}

/// No limit makes people slower or faster, but soft ground does.
/// <https://wiki.openstreetmap.org/wiki/Key:surface>
#[test]
fn speeds() {
    check(&[
        ("highway=residential maxspeed=1", "O5 O5"),
        ("highway=residential maxspeed=100", "O5 O5"),
        ("highway=living_street maxspeed=walk", "O5 O5"),
        ("highway=footway surface=asphalt", "O5 O5"),
        ("highway=footway surface=fine_gravel", "O3.7 O3.7"),
        ("highway=footway surface=gravel", "O3.7 O3.7"),
        ("highway=footway surface=pebblestone", "O3.7 O3.7"),
        ("highway=footway surface=mud", "O2.5 O2.5"),
        ("highway=footway surface=sand", "O2.5 O2.5"),
        ("highway=footway surface=asphalt;sand", "O2.5 O2.5"),
        ("highway=track tracktype=grade5 smoothness=horrible", "O5 O5"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry>
#[test]
fn ferries() {
    check(&[
        ("route=ferry", "O5 O5"),
        ("route=ferry foot=yes", "O5 O5"),
        ("route=ferry motor_vehicle=yes", "O5 O5"),
        ("route=ferry foot=no motor_vehicle=yes", "closed"),
        ("route=ferry access=no", "closed"),
        ("route=ferry oneway=yes", "O5 -"),
        ("route=ferry oneway=yes oneway:foot=no", "O5 O5"),
        ("route=shuttle_train", "closed"),
        ("route=shuttle_train foot=yes", "O10 O10"),
    ]);
    let rules = foot().way(&tags("route=ferry duration=1:00")).unwrap();
    assert_eq!(rules.total_duration, Some(Millis::new(3_600_000)));
}

/// <https://wiki.openstreetmap.org/wiki/Key:barrier>
#[test]
fn barriers() {
    use Passage::{Closed, Destination, Open};
    for (text, passage) in [
        ("barrier=bollard", Open),
        ("barrier=gate", Open),
        ("barrier=lift_gate", Open),
        ("barrier=cycle_barrier", Open),
        ("barrier=kissing_gate", Open),
        ("barrier=stile", Open),
        ("barrier=turnstile", Open),
        ("barrier=cattle_grid", Open),
        ("barrier=border_control", Open),
        ("barrier=toll_booth", Open),
        ("barrier=sally_port", Open),
        ("barrier=entrance", Open),
        ("barrier=block", Open),
        ("barrier=nonsense", Open),
        ("barrier=yes", Closed),
        ("barrier=wall", Closed),
        ("barrier=fence", Closed),
        ("barrier=fence sensory=audible", Open),
        ("barrier=fence sensory=audio", Open),
        ("barrier=fence sensory=visual", Closed),
        ("barrier=gate locked=yes", Closed),
        ("barrier=bollard access=no", Closed),
        ("barrier=bollard access=private", Destination),
        ("barrier=gate access=agricultural", Closed),
        ("barrier=gate access=no foot=yes", Open),
        ("barrier=gate motor_vehicle=private", Open),
        ("barrier=wall access=yes", Open),
        ("barrier=wall foot=designated", Open),
        ("access=no", Closed),
        ("access=private", Destination),
        ("access=yes foot=no", Closed),
        ("access=no foot=permissive", Open),
        ("access=no foot=nonsense", Destination),
        ("access=no foot=unknown", Closed),
        ("vehicle=no", Open),
    ] {
        let rules = foot().node(&tags(text));
        assert_eq!((rules.passage, rules.delay), (passage, Millis::ZERO), "{text}");
    }
}

/// Signals stop people in all directions.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dtraffic_signals>,
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dcrossing>,
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Delevator>
#[test]
fn signals_and_lifts() {
    for (text, signals, delay_ms) in [
        ("highway=traffic_signals", true, 0),
        ("highway=traffic_signals direction=forward", true, 0),
        ("highway=traffic_signals traffic_signals=pedestrian_crossing", false, 2_000),
        ("highway=crossing crossing=traffic_signals", false, 2_000),
        ("highway=crossing crossing:signals=yes", false, 2_000),
        ("highway=crossing crossing=zebra", false, 0),
        ("highway=stop", false, 0),
        ("highway=elevator", false, 30_000),
    ] {
        let rules = foot().node(&tags(text));
        let stops_all = rules.halt.is_some_and(|halt| halt.scope == HaltScope::All);
        assert_eq!((stops_all, rules.delay), (signals, Millis::new(delay_ms)), "{text}");
    }
}

#[test]
fn turns_take_no_time() {
    for angle_deg in (-180..=180).step_by(15) {
        let turn = TurnGeometry { angle_deg, leg_count: 4, ..Default::default() };
        let onto_roundabout = TurnGeometry { onto_roundabout: true, ..turn };
        let at_signals = TurnGeometry { halt: Some(HaltKind::Signals), ..turn };
        assert_eq!(foot().turn_cost(&turn), Millis::ZERO);
        assert_eq!(foot().turn_cost(&onto_roundabout), Millis::ZERO);
        assert_eq!(foot().turn_cost(&at_signals), Millis::new(2_000));
    }
    let back = TurnGeometry { angle_deg: 180, u_turn: true, ..Default::default() };
    assert_eq!(foot().turn_cost(&back), Millis::new(2_000));
}

/// Turn restrictions are for vehicles, unless their key names people on foot.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction>
#[test]
fn restrictions() {
    let is_bound = |text: &str| foot().restriction(&tags(text)).is_some();
    for (text, expected) in [
        ("type=restriction restriction=no_left_turn", false),
        ("type=restriction restriction=only_straight_on", false),
        ("type=restriction restriction:bicycle=no_left_turn", false),
        ("type=restriction restriction:foot=no_left_turn", true),
        ("type=restriction restriction=no_left_turn restriction:foot=only_right_turn", true),
    ] {
        assert_eq!(is_bound(text), expected, "{text}");
    }
}
