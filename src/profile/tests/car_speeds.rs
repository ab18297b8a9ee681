//! How fast cars are.

use super::{CAR, check_of, tags};
use crate::units::Millis;

fn check(table: &[(&str, &str)]) {
    check_of(&CAR, table);
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
        ("highway=motorway maxspeed=none", "O112 -"),
        ("highway=motorway maxspeed=250", "O140 -"),
        ("highway=living_street maxspeed=walk", "O5.6 O5.6"),
        ("highway=service service=driveway maxspeed=30", "O24 O24"),
        ("highway=primary surface=asphalt", "O56 O56"),
        ("highway=primary surface=gravel", "O40 O40"),
        ("highway=primary surface=asphalt;mud", "O10 O10"),
        ("highway=residential surface=gravel", "O24 O24"),
        ("highway=track tracktype=grade5", "O12 O12"),
        ("highway=track maxspeed=100 tracktype=grade1", "O60 O60"),
        ("highway=primary smoothness=very_bad", "O20 O20"),
        ("highway=primary surface=gravel smoothness=horrible", "O10 O10"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:maxspeed>: keys of every kind.
#[test]
fn limits_by_direction_lane_and_source() {
    check(&[
        ("highway=primary maxspeed=15 maxspeed:forward=30 maxspeed:backward=60", "O24 O48"),
        ("highway=primary maxspeed:lanes=80|60|none", "O112 O112"),
        ("highway=primary maxspeed:lanes=80|60|60", "O64 O64"),
        ("highway=primary maxspeed:lanes:forward=80|60", "O64 O56"),
        ("highway=primary maxspeed:advisory:forward=45", "O36 O56"),
        ("highway=primary maxspeed:advisory=90 maxspeed:advisory:forward=45", "O36 O72"),
        ("highway=primary maxspeed:forward=90 maxspeed:advisory:forward=45", "O36 O56"),
        ("highway=primary source:maxspeed=sign", "O56 O56"),
        ("highway=primary zone:maxspeed=DE:30", "O24 O24"),
        ("highway=primary zone:maxspeed=30", "O24 O24"),
        ("highway=primary maxspeed:type=20", "O16 O16"),
        ("highway=primary zone:traffic=CN:urban", "O40 O40"),
        ("highway=primary maxspeed=CN:urban lane_markings=no", "O24 O24"),
        ("highway=primary maxspeed=CN:rural lanes=1 oneway=yes", "O56 -"),
        ("highway=living_street maxspeed=LV:living_street", "O16 O16"),
        ("highway=living_street maxspeed=FR:urban", "O40 O40"),
        ("highway=residential maxspeed=30mph;20mph", "O25.7 O25.7"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:width>, `Key:lanes`,
/// `Key:lane_markings`, `Key:priority`, `Key:side_road`: two that meet slow
/// down, but a tagged limit has seen the road.
#[test]
fn narrow_roads() {
    check(&[
        ("highway=primary width=3", "O42 O42"),
        ("highway=primary width=3.5", "O44.8 O44.8"),
        ("highway=primary width=4.5", "O49.2 O49.2"),
        ("highway=primary width=5.5", "O50.4 O50.4"),
        ("highway=primary width=20'", "O56 O56"),
        ("highway=primary lanes=1", "O42 O42"),
        ("highway=primary lanes=1 oneway=yes", "O56 -"),
        ("highway=primary lanes=1.5", "O42 O42"),
        ("highway=primary lanes=0", "O56 O56"),
        ("highway=primary lanes=-1", "O56 O56"),
        ("highway=primary lane_markings=no", "O49.2 O49.2"),
        ("highway=residential lane_markings=no", "O24 O24"),
        ("highway=primary priority=forward", "O56 O47.6"),
        ("highway=primary priority=backward", "O47.6 O56"),
        ("highway=primary side_road=yes", "O50.4 O50.4"),
        ("highway=primary oneway=alternating maxspeed=50", "O28 O28"),
        ("highway=primary lanes=1 maxspeed=60", "O48 O48"),
        ("highway=primary lanes=1 maxspeed=100", "O50 O50"),
        ("highway=primary lanes=1 maxspeed=100 oneway=yes", "O80 -"),
        ("highway=primary lanes=1 maxspeed:forward=60", "O48 O42"),
    ]);
}

/// In China the class tells the rank of a road, and its lanes how it is built.
#[test]
fn broad_roads() {
    check(&[
        ("highway=residential lanes=6", "O48 O48"),
        ("highway=residential lanes=4", "O40 O40"),
        ("highway=residential lanes=2 oneway=yes", "O40 -"),
        ("highway=residential lanes=2", "O24 O24"),
        ("highway=tertiary lanes=3 oneway=yes", "O48 -"),
        ("highway=trunk lanes=8", "O64 O64"),
        ("highway=primary motorroad=yes", "O64 O64"),
        ("highway=primary_link lanes=3 oneway=yes", "O32 -"),
        ("highway=residential lanes=6 maxspeed=40", "O32 O32"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:surface>, `Key:tracktype`,
/// `Key:smoothness`.
#[test]
fn ground() {
    for (tags, kmh) in [
        ("surface=concrete:plates", 88),
        ("surface=compacted", 80),
        ("surface=paving_stones", 60),
        ("surface=sett", 40),
        ("surface=cobblestone", 30),
        ("surface=snow", 30),
        ("surface=sand", 20),
        ("surface=laterite", 15),
        ("surface=mud", 10),
        ("tracktype=grade1", 60),
        ("tracktype=grade5", 20),
        ("smoothness=intermediate", 80),
        ("smoothness=very_horrible", 5),
        ("surface=asphalt tracktype=grade4 smoothness=bad", 25),
        ("surface=nonsense tracktype=nonsense", 88),
    ] {
        check(&[(&format!("highway=motorway {tags}"), &format!("O{kmh} -"))]);
    }
}

/// Roads that are there at times, and bridges that are.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dwinter_road>,
/// <https://wiki.openstreetmap.org/wiki/Key:bridge:movable>
#[test]
fn roads_for_a_while() {
    check(&[
        ("highway=winter_road", "O20 O20"),
        ("highway=ice_road", "O15 O15"),
        ("highway=ice_road access=no", "closed"),
        ("highway=winter_road access=private", "D20 D20"),
        ("highway=escape", "closed"),
        ("highway=primary bridge=movable", "O5 O5"),
        ("highway=primary bridge=yes", "O56 O56"),
        ("highway=motorway oneway=alternating", "O61.6 -"),
        ("highway=motorway oneway=reversible", "closed"),
    ]);
    let rules = CAR.way(&tags("highway=primary bridge=movable duration=00:10")).unwrap();
    assert_eq!(rules.total_duration, Some(Millis::new(600_000)));
}
