//! Who may travel: <https://wiki.openstreetmap.org/wiki/Key:access>.

use super::{plan::Plan, tables::check_roads};

/// The more specific key decides.
/// <https://wiki.openstreetmap.org/wiki/Key:access#Transport_mode_restrictions>
#[test]
fn the_more_specific_key_decides() {
    check_roads(&[
        ("access=no", "- -"),
        ("access=no vehicle=yes", "56 56"),
        ("access=no motor_vehicle=yes", "56 56"),
        ("access=no motorcar=yes", "56 56"),
        ("access=yes vehicle=no", "- -"),
        ("vehicle=no motor_vehicle=yes", "56 56"),
        ("vehicle=yes motor_vehicle=no", "- -"),
        ("motor_vehicle=no motorcar=yes", "56 56"),
        ("motor_vehicle=yes motorcar=no", "- -"),
        ("motorcar=nonsense motor_vehicle=no", "56! 56!"),
        ("bicycle=no foot=no hgv=no", "56 56"),
    ]);
}

/// A key may hold in one direction.
/// <https://wiki.openstreetmap.org/wiki/Forward_%26_backward,_left_%26_right>
#[test]
fn keys_for_one_direction() {
    check_roads(&[
        ("access:forward=no", "- 56"),
        ("access:backward=no", "56 -"),
        ("access=no access:forward=yes", "56 -"),
        ("access=no motorcar:backward=yes", "- 56"),
        ("access:backward=no motorcar=yes", "56 56"),
        ("motorcar=no access:forward=yes", "- -"),
        ("motor_vehicle:backward=no oneway=yes", "56 -"),
        ("motor_vehicle:forward=no oneway=yes", "- -"),
    ]);
}

/// What the values mean: `!` is for destination traffic only.
/// <https://wiki.openstreetmap.org/wiki/Key:access#List_of_possible_values>
#[test]
fn values() {
    check_roads(&[
        ("access=yes", "56 56"),
        ("access=permissive", "56 56"),
        ("motor_vehicle=designated", "56 56"),
        ("access=private", "56! 56!"),
        ("access=destination", "56! 56!"),
        ("access=customers", "56! 56!"),
        ("access=delivery", "56! 56!"),
        ("access=permit", "56! 56!"),
        ("motor_vehicle:forward=destination", "56! 56"),
        ("motor_vehicle=agricultural;destination", "56! 56!"),
        ("access=agricultural", "- -"),
        ("access=forestry", "- -"),
        ("access=emergency", "- -"),
        ("access=military", "- -"),
        ("access=psv", "- -"),
        ("access=nonsense", "56 56"),
        ("toll=yes", "56 56"),
        ("hov=designated", "56! 56!"),
        ("motorroad=yes", "64 64"),
    ]);
}

/// Classes of ways, and which are for cars.
/// <https://wiki.openstreetmap.org/wiki/Key:highway>
#[test]
fn classes() {
    check_roads(&[
        ("highway=motorway", "88 -"),
        ("highway=motorway_link", "48 48"),
        ("highway=trunk", "64 64"),
        ("highway=residential", "24 24"),
        ("highway=living_street", "9.6 9.6"),
        ("highway=service", "16 16"),
        ("highway=service service=driveway", "9.6 9.6"),
        ("highway=service service=emergency_access", "- -"),
        ("highway=track", "12 12"),
        ("highway=road", "32 32"),
        ("highway=footway", "- -"),
        ("highway=footway access=private", "- -"),
        ("highway=cycleway", "- -"),
        ("highway=cycleway motor_vehicle=designated", "8 8"),
        ("highway=path", "- -"),
        ("highway=bridleway", "- -"),
        ("highway=pedestrian", "- -"),
        ("highway=pedestrian vehicle:forward=yes", "8 -"),
        ("highway=steps access=yes", "- -"),
        ("highway=busway", "- -"),
        ("highway=residential area=yes", "- -"),
        ("highway=track impassable=yes", "- -"),
        ("highway=track smoothness=impassable", "- -"),
        ("highway=track status=impassable", "- -"),
    ]);
}

/// A class that nobody knows is a road only if its tags open it.
#[test]
fn unknown_classes() {
    check_roads(&[
        ("highway=nonsense", "- -"),
        ("highway=nonsense access=permissive", "16 16"),
        ("highway=nonsense vehicle=yes", "16 16"),
        ("highway=nonsense access=private motorcar=permissive", "16 16"),
        ("highway=nonsense bicycle=yes", "- -"),
        ("highway=platform access=yes", "- -"),
        ("highway=services access=yes", "- -"),
    ]);
}

/// Roads that are not there yet.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dconstruction>
#[test]
fn construction() {
    check_roads(&[
        ("highway=construction", "- -"),
        ("highway=construction construction=primary access=yes", "- -"),
        ("highway=proposed proposed=primary", "- -"),
        ("construction=yes", "- -"),
        ("construction=no", "56 56"),
        ("construction=minor", "56 56"),
        ("construction=widening", "56 56"),
        ("proposed=yes", "56 56"),
        ("highway=tertiary proposed=secondary", "40 40"),
    ]);
}

/// A road for residents only is no short cut, but may be begun and ended on,
/// in part and as a whole.
/// <https://wiki.openstreetmap.org/wiki/Tag:access%3Ddestination>
#[test]
fn destination_roads_are_no_short_cut() {
    let map = "
        a-b-c-d-e
        |       |
        |   1   |
        x-------y";
    for access in ["destination", "private", "customers", "delivery"] {
        let plan = Plan::new(map).way("ab", "").way("bcd", &format!("access={access}"));
        let town = plan.way("de", "").way("axye", "").build();
        town.check(&[
            ("ab", "ab"),
            ("ac", "ab,bcd"),
            ("ad", "ab,bcd"),
            ("ae", "axye"),
            ("ea", "axye"),
            ("ec", "de,bcd"),
            ("ca", "bcd,ab"),
            ("bd", "bcd"),
            ("ace", "ab,bcd,bcd,de"),
            ("1e", "no road"),
        ]);
        let free = Plan::new(map).ways("ab bcd de axye", "").build();
        free.check(&[("ae", "ab,bcd,de")]);
    }
}

/// From one house to another in a private estate the way may lie within it;
/// where it is the only way through, one passes and is warned.
#[test]
fn the_only_way_through_an_estate_is_told() {
    let map = "
        a--b--c--d
           |  |
           e--f";
    let plan = Plan::new(map).ways("bc be ef fc", "highway=service access=private");
    let town = plan.ways("ab cd", "").build();
    town.check(&[
        ("ad", "ab,bc,cd!"),
        ("da", "cd,bc,ab!"),
        ("ae", "ab,be"),
        ("ef", "ef"),
        ("ec", "ef,fc"),
        ("ed", "be,bc,cd"),
        ("abd", "ab,bc,cd"),
    ]);
}
