//! The bicycle's rules as tables. See <https://wiki.openstreetmap.org/wiki/Bicycle>.
//! What goes at 4 km/h is pushed, and so are 2 and 3 on steps.

use std::sync::LazyLock;

use super::{Profile, ProfileKind, RoadClass, check_of, tags};
use crate::{
    profile::{DrivingSide, HaltKind, Passage, RestrictionKind::No, TurnGeometry, TurnKind},
    units::Millis,
};

pub(super) static BICYCLE: LazyLock<Profile> = LazyLock::new(|| Profile::new(ProfileKind::Bicycle));

#[track_caller]
fn check(table: &[(&str, &str)]) {
    check_of(&BICYCLE, table);
}

/// <https://wiki.openstreetmap.org/wiki/Key:highway>
#[test]
fn classes() {
    check(&[
        ("highway=motorway", "closed"),
        ("highway=motorway_link", "closed"),
        ("highway=trunk", "closed"),
        ("highway=trunk_link", "closed"),
        ("highway=primary", "O15 O15"),
        ("highway=primary_link", "O15 O15"),
        ("highway=secondary", "O15 O15"),
        ("highway=tertiary", "O15 O15"),
        ("highway=unclassified", "O15 O15"),
        ("highway=residential", "O15 O15"),
        ("highway=living_street", "O15 O15"),
        ("highway=service", "O15 O15"),
        ("highway=service service=parking_aisle", "O15 O15"),
        ("highway=service service=emergency_access", "closed"),
        ("highway=road", "O15 O15"),
        ("highway=road access=yes", "O15 O15"),
        ("highway=cycleway", "O15 O15"),
        ("highway=path", "O13 O13"),
        ("highway=track", "O12 O12"),
        ("highway=footway", "O4 O4"),
        ("highway=pedestrian", "O4 O4"),
        ("highway=steps", "O2 O2"),
        ("highway=bridleway", "closed"),
        ("highway=busway", "closed"),
        ("highway=nonsense", "closed"),
        ("highway=nonsense surface=asphalt", "closed"),
        ("highway=construction", "closed"),
        ("highway=construction foot=yes bicycle=yes", "closed"),
        ("highway=proposed bicycle=yes", "closed"),
        ("highway=primary proposed=secondary", "O15 O15"),
        ("highway=primary construction=yes", "closed"),
        ("highway=primary construction=minor", "O15 O15"),
        ("highway=track impassable=yes", "closed"),
        ("", "closed"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:access>
#[test]
fn the_more_specific_key_of_access_decides() {
    check(&[
        ("highway=primary access=yes", "O15 O15"),
        ("highway=primary access=no", "closed"),
        ("highway=primary vehicle=no", "closed"),
        ("highway=primary bicycle=no", "closed"),
        ("highway=primary access=no vehicle=yes", "O15 O15"),
        ("highway=primary access=yes vehicle=no", "closed"),
        ("highway=primary access=no bicycle=yes", "O15 O15"),
        ("highway=primary vehicle=no bicycle=yes", "O15 O15"),
        ("highway=primary vehicle=yes bicycle=no", "closed"),
        ("highway=primary access=nonsense", "O15 O15"),
        ("highway=primary bicycle=nonsense", "O15 O15"),
        ("highway=nonsense access=yes", "O15 O15"),
        ("highway=nonsense vehicle=yes", "O15 O15"),
        ("highway=nonsense bicycle=yes", "O15 O15"),
        ("highway=nonsense access=no bicycle=yes", "O15 O15"),
        ("highway=nonsense access=yes bicycle=no", "closed"),
        ("highway=nonsense motor_vehicle=yes", "closed"),
        ("highway=cycleway motor_vehicle=no", "O15 O15"),
        ("highway=primary motorcar=private", "O15 O15"),
        ("highway=primary access=agricultural", "closed"),
        ("highway=primary vehicle=forestry", "closed"),
        ("highway=track access=forestry bicycle=permissive", "O12 O12"),
        ("highway=primary bicycle=use_sidepath", "closed"),
        ("highway=primary access=yes bicycle=use_sidepath", "closed"),
        ("highway=primary bicycle=optional_sidepath", "O15 O15"),
        ("highway=primary vehicle:forward=agricultural", "- O15"),
        ("highway=primary vehicle:backward=agricultural", "O15 -"),
        ("highway=primary vehicle:backward=agricultural bicycle=yes", "O15 O15"),
        ("highway=primary bicycle:forward=no", "- O15"),
        ("highway=primary access=bicycle", "O15 O15"),
        ("highway=nonsense bicycle:forward=yes", "O15 -"),
        ("highway=motorway access=psv", "closed"),
        ("highway=service access=psv", "O4 O4"),
        ("highway=service access=psv bicycle=yes", "O15 O15"),
    ]);
}

/// Private roads are for those who live there, as for all profiles.
/// <https://wiki.openstreetmap.org/wiki/Tag:access%3Ddestination>
#[test]
fn destination_only() {
    check(&[
        ("highway=primary access=private", "D15 D15"),
        ("highway=primary access=customers", "D15 D15"),
        ("highway=primary vehicle=delivery", "D15 D15"),
        ("highway=primary bicycle=destination", "D15 D15"),
        ("highway=primary bicycle=permit", "D15 D15"),
        ("highway=nonsense bicycle=private", "D15 D15"),
        ("highway=footway access=private", "D4 D4"),
        ("highway=primary oneway=yes access=private", "D15 D4"),
        ("highway=residential motor_vehicle=destination", "O15 O15"),
        ("highway=residential bicycle_road=yes", "O15 O15"),
        ("highway=residential cyclestreet=yes", "O15 O15"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:motorroad>
#[test]
fn roads_for_motors() {
    check(&[
        ("highway=primary motorroad=yes", "closed"),
        ("highway=primary motorroad=yes bicycle=yes", "O15 O15"),
        ("highway=primary motorroad=yes foot=yes", "O4 O4"),
        ("highway=trunk bicycle=yes", "O15 O15"),
        ("highway=trunk vehicle=yes", "O15 O15"),
        ("highway=trunk cycleway=lane", "O15 O15"),
        ("highway=motorway bicycle=yes", "O15 -"),
        ("highway=motorway access=yes", "closed"),
        ("highway=motorway_link bicycle=yes", "O15 O15"),
        ("highway=motorway foot=yes", "O4 -"),
        ("highway=motorway foot:forward=yes", "O4 -"),
        ("highway=motorway foot:backward=yes", "- O4"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Tag:bicycle%3Ddismount>
#[test]
fn pushing() {
    check(&[
        ("highway=footway bicycle=no", "closed"),
        ("highway=footway bicycle=dismount", "O4 O4"),
        ("highway=footway access=yes", "O4 O4"),
        ("highway=footway bicycle=yes", "O12 O12"),
        ("highway=footway vehicle=no bicycle=permissive", "O12 O12"),
        ("highway=footway foot=no", "closed"),
        ("highway=footway oneway=yes", "O4 O4"),
        ("highway=footway oneway=yes bicycle=yes", "O12 O4"),
        ("highway=pedestrian bicycle=designated", "O12 O12"),
        ("highway=bridleway horse=designated", "closed"),
        ("highway=bridleway foot=yes", "O4 O4"),
        ("highway=bridleway bicycle=yes", "O12 O12"),
        ("highway=nonsense foot=yes", "O4 O4"),
        ("highway=nonsense foot=designated", "O4 O4"),
        ("highway=nonsense foot=private", "D4 D4"),
        ("highway=primary bicycle=dismount", "O4 O4"),
        ("highway=primary bicycle:forward=dismount", "O4 O15"),
        ("highway=primary oneway=yes bicycle=dismount", "O4 O4"),
        ("highway=primary foot=no bicycle=dismount", "O4 O4"),
        ("highway=primary access=no foot=yes", "closed"),
        ("highway=primary oneway=yes", "O15 O4"),
        ("highway=primary oneway=-1", "O4 O15"),
        ("highway=primary oneway=yes foot=no", "O15 -"),
        ("highway=primary oneway=yes foot:backward=no", "O15 -"),
        ("highway=primary oneway=yes bicycle:backward=no", "O15 -"),
        ("highway=primary oneway=reversible", "O4 O4"),
        ("highway=footway surface=mud", "O3 O3"),
        ("highway=footway surface=asphalt", "O4 O4"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dsteps>,
/// <https://wiki.openstreetmap.org/wiki/Key:ramp> and
/// <https://wiki.openstreetmap.org/wiki/Key:conveying>
#[test]
fn steps() {
    check(&[
        ("highway=steps bicycle=yes", "O2 O2"),
        ("highway=steps bicycle=no", "closed"),
        ("highway=steps access=permissive", "O2 O2"),
        ("highway=steps foot=no", "closed"),
        ("highway=steps ramp:bicycle=yes", "O3 O3"),
        ("highway=steps conveying=yes", "O2 O2"),
        ("highway=steps conveying=forward", "O2 -"),
        ("highway=steps conveying=backward", "- O2"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:maxspeed>,
/// <https://wiki.openstreetmap.org/wiki/Key:surface>,
/// <https://wiki.openstreetmap.org/wiki/Key:tracktype> and
/// <https://wiki.openstreetmap.org/wiki/Key:smoothness>
#[test]
fn speeds() {
    check(&[
        ("highway=residential maxspeed=10", "O10 O10"),
        ("highway=residential maxspeed=80", "O15 O15"),
        ("highway=residential maxspeed=none", "O15 O15"),
        ("highway=residential maxspeed=5mph", "O8 O8"),
        ("highway=primary maxspeed:forward=10", "O10 O15"),
        ("highway=primary maxspeed=2 maxspeed:backward=10", "O2 O10"),
        ("highway=primary maxspeed=80 maxspeed:bicycle=10", "O10 O10"),
        ("highway=nonsense maxspeed=100", "closed"),
        ("highway=cycleway surface=asphalt", "O15 O15"),
        ("highway=cycleway surface=cobblestone:flattened", "O10 O10"),
        ("highway=cycleway surface=paving_stones", "O10 O10"),
        ("highway=cycleway surface=compacted", "O10 O10"),
        ("highway=cycleway surface=fine_gravel", "O10 O10"),
        ("highway=cycleway surface=sett", "O9 O9"),
        ("highway=cycleway surface=dirt", "O8 O8"),
        ("highway=cycleway surface=cobblestone", "O7 O7"),
        ("highway=cycleway surface=gravel", "O6 O6"),
        ("highway=cycleway surface=earth", "O6 O6"),
        ("highway=cycleway surface=laterite", "O5 O5"),
        ("highway=cycleway surface=sand", "O3 O3"),
        ("highway=cycleway surface=woodchips", "O3 O3"),
        ("highway=path surface=asphalt", "O13 O13"),
        ("highway=track surface=asphalt", "O12 O12"),
        ("highway=track tracktype=grade1", "O12 O12"),
        ("highway=track tracktype=grade5", "O6 O6"),
        ("highway=residential smoothness=bad", "O10 O10"),
        ("highway=residential smoothness=very_horrible", "O4 O4"),
        ("highway=residential smoothness=impassable", "closed"),
    ]);
}

/// What is no highway: <https://wiki.openstreetmap.org/wiki/Tag:man_made%3Dpier>,
/// <https://wiki.openstreetmap.org/wiki/Tag:public_transport%3Dplatform>,
/// <https://wiki.openstreetmap.org/wiki/Tag:amenity%3Dparking> and
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dpedestrian>
#[test]
fn piers_platforms_and_squares() {
    check(&[
        ("man_made=pier", "O4 O4"),
        ("man_made=pier bicycle=yes", "O12 O12"),
        ("man_made=pier foot=no", "closed"),
        ("highway=pier", "closed"),
        ("railway=platform", "O4 O4"),
        ("public_transport=platform", "O4 O4"),
        ("public_transport=platform bicycle=no", "closed"),
        ("amenity=parking", "O10 O10"),
        ("amenity=parking access=customers", "D10 D10"),
        ("amenity=parking access=no", "closed"),
        ("highway=pedestrian area=yes", "O4 O4"),
        ("highway=residential area=yes", "O15 O15"),
        ("building=yes area=yes access=yes", "closed"),
        ("natural=wood", "closed"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:railway>
#[test]
fn railways() {
    check(&[
        ("railway=train", "closed"),
        ("railway=train bicycle=yes", "O10 O10"),
        ("railway=subway bicycle=no", "closed"),
        ("railway=tram bicycle=designated", "O10 O10"),
        ("railway=train access=yes", "closed"),
        ("railway=rail bicycle=yes", "closed"),
        ("railway=construction bicycle=yes", "closed"),
        ("railway=abandoned", "closed"),
        ("railway=abandoned bicycle=yes", "O15 O15"),
        ("railway=abandoned foot=yes", "O4 O4"),
        ("railway=nonsense bicycle=yes", "O15 O15"),
        ("railway=train foot=yes", "closed"),
        ("highway=residential railway=tram oneway=yes", "O15 O4"),
        ("highway=residential railway=tram access=yes", "O15 O15"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry>
#[test]
fn ferries() {
    check(&[
        ("route=ferry", "O5 O5"),
        ("route=ferry bicycle=yes", "O5 O5"),
        ("route=ferry foot=yes motor_vehicle=no", "O5 O5"),
        ("route=ferry bicycle=no", "closed"),
        ("route=ferry access=no", "closed"),
        ("route=ferry oneway=yes", "O5 -"),
        ("route=shuttle_train", "closed"),
        ("route=ferry bicycle=dismount", "O5 O5"),
        ("route=shuttle_train bicycle=yes", "O10 O10"),
        ("route=bicycle", "closed"),
    ]);
    let rules = BICYCLE.way(&tags("route=ferry duration=1:00")).unwrap();
    assert_eq!((rules.class, rules.ferry), (RoadClass::Ferry, true));
    assert_eq!(rules.total_duration, Some(Millis::new(3_600_000)));
}

/// <https://wiki.openstreetmap.org/wiki/Key:bridge:movable>
#[test]
fn movable_bridges() {
    check(&[
        ("bridge=movable", "O5 O5"),
        ("bridge=movable bicycle=no", "closed"),
        ("bridge=movable railway=rail", "closed"),
        ("highway=primary bridge=movable", "O5 O5"),
        ("highway=footway bridge=movable", "O4 O4"),
    ]);
    let rules = BICYCLE.way(&tags("bridge=movable duration=00:05:00")).unwrap();
    assert_eq!(rules.total_duration, Some(Millis::new(300_000)));
}

/// <https://wiki.openstreetmap.org/wiki/Key:barrier>
#[test]
fn barriers() {
    use Passage::{Closed, Destination, Open};
    for (text, passage) in [
        ("", Open),
        ("barrier=bollard", Open),
        ("barrier=gate", Open),
        ("barrier=gate locked=yes", Closed),
        ("barrier=lift_gate", Open),
        ("barrier=cycle_barrier", Open),
        ("barrier=kissing_gate", Open),
        ("barrier=stile", Open),
        ("barrier=block", Open),
        ("barrier=kerb", Open),
        ("barrier=cattle_grid", Open),
        ("barrier=border_control", Open),
        ("barrier=toll_booth", Open),
        ("barrier=sally_port", Open),
        ("barrier=entrance", Open),
        ("barrier=nonsense", Open),
        ("barrier=yes", Closed),
        ("barrier=wall", Closed),
        ("barrier=wall access=permissive", Open),
        ("barrier=fence", Closed),
        ("barrier=fence sensory=audible", Open),
        ("barrier=fence sensory=audio", Open),
        ("barrier=full-height_turnstile", Closed),
        ("barrier=full-height_turnstile bicycle=yes", Open),
        ("barrier=bollard bicycle=no", Closed),
        ("barrier=bollard access=no bicycle=yes", Open),
        ("barrier=bollard access=private", Destination),
        ("barrier=bollard access=agricultural", Closed),
        ("barrier=cycle_barrier bicycle=dismount", Open),
        ("barrier=bollard motor_vehicle=no", Open),
        ("access=no", Closed),
        ("vehicle=no", Closed),
        ("vehicle=no bicycle=yes", Open),
        ("bicycle=no", Closed),
        ("highway=crossing bicycle=no", Open),
        ("access=nonsense", Open),
        ("access=forestry", Closed),
    ] {
        assert_eq!(BICYCLE.node(&tags(text)).passage, passage, "{text}");
    }
}

/// <https://wiki.openstreetmap.org/wiki/Relation:restriction>
#[test]
fn restrictions() {
    let no_left = Some(No(TurnKind::Left));
    for (text, kind) in [
        ("restriction=no_left_turn", no_left),
        ("restriction:bicycle=no_left_turn", no_left),
        ("restriction:motorcar=no_left_turn", None),
        ("restriction:motor_vehicle=no_left_turn", None),
        ("restriction=no_left_turn except=bicycle", None),
        ("restriction=no_left_turn except=bus;bicycle", None),
        ("restriction=no_left_turn except=bicycle,bus", None),
        ("restriction=no_left_turn except=motorcar", no_left),
        ("restriction=no_left_turn restriction:bicycle=none", None),
    ] {
        assert_eq!(BICYCLE.restriction(&tags(&format!("type=restriction {text}"))), kind, "{text}");
    }
}

#[test]
fn turns() {
    let at = |angle_deg, leg_count| TurnGeometry { angle_deg, leg_count, ..Default::default() };
    for (turn, millis) in [
        (at(0, 4), 0),
        (at(90, 4), 4_300),
        (at(-90, 4), 8_400),
        (at(-180, 4), 20_000),
        (at(-90, 2), 0),
        (TurnGeometry { u_turn: true, ..at(180, 1) }, 20_000),
        (TurnGeometry { halt: Some(HaltKind::Signals), ..at(0, 4) }, 2_000),
    ] {
        assert_eq!(BICYCLE.turn_cost(&turn), Millis::new(millis), "{turn:?}");
    }
    let left = TurnGeometry { side: DrivingSide::Left, ..at(90, 4) };
    assert_eq!(BICYCLE.turn_cost(&left), Millis::new(8_400));
}
