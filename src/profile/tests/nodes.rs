//! Signals, signs and what delays: tables of the tags of nodes.

use super::{CAR, tags};
use crate::{
    ids::Direction,
    profile::{HaltKind, HaltScope, Passage, Profile, ProfileKind},
    units::Millis,
};

#[test]
fn halts() {
    use HaltKind::{GiveWay, Signals, Stop};
    use HaltScope::{All, Backward, Forward, Minor, Unsaid};
    for (text, expected) in [
        ("highway=traffic_signals", Some((Signals, All))),
        ("highway=traffic_signals traffic_signals:direction=forward", Some((Signals, Forward))),
        ("highway=traffic_signals traffic_signals:direction=backward", Some((Signals, Backward))),
        ("highway=traffic_signals traffic_signals:direction=both", Some((Signals, All))),
        ("highway=traffic_signals direction=forward", Some((Signals, Forward))),
        (
            "highway=traffic_signals direction=forward traffic_signals:direction=backward",
            Some((Signals, Backward)),
        ),
        ("highway=traffic_signals crossing=traffic_signals", Some((Signals, All))),
        ("highway=traffic_signals traffic_signals=emergency", None),
        ("highway=traffic_signals traffic_signals=blinker", None),
        ("highway=traffic_signals traffic_signals=pedestrian_crossing", None),
        ("highway=crossing crossing=traffic_signals", None),
        ("highway=stop", Some((Stop, Unsaid))),
        ("highway=stop direction=forward", Some((Stop, Forward))),
        ("highway=stop direction=backward", Some((Stop, Backward))),
        ("highway=stop direction=both", Some((Stop, All))),
        ("highway=stop stop=all", Some((Stop, All))),
        ("highway=stop stop=minor", Some((Stop, Minor))),
        ("highway=stop stop=minor direction=forward", Some((Stop, Forward))),
        ("highway=stop direction=NE", Some((Stop, Unsaid))),
        ("highway=give_way", Some((GiveWay, Unsaid))),
        ("highway=give_way direction=backward", Some((GiveWay, Backward))),
        ("highway=give_way direction=both", Some((GiveWay, All))),
        ("highway=street_lamp", None),
        ("", None),
    ] {
        let halt = CAR.node(&tags(text)).halt;
        assert_eq!(halt.map(|halt| (halt.kind, halt.scope)), expected, "{text}");
    }
    assert!(Forward.is_for(Direction::Forward) && !Forward.is_for(Direction::Backward));
    assert!(All.is_for(Direction::Backward) && !Unsaid.is_for(Direction::Forward));
}

/// Seconds for a car, a bicycle and somebody on foot.
#[test]
fn delays() {
    for (text, expected_ms) in [
        ("", [0, 0, 0]),
        ("barrier=gate", [10_000, 10_000, 0]),
        ("barrier=lift_gate", [5_000, 2_000, 0]),
        ("barrier=toll_booth", [10_000, 0, 0]),
        ("barrier=border_control", [120_000, 60_000, 0]),
        ("barrier=checkpoint", [30_000, 10_000, 0]),
        ("barrier=cattle_grid", [0, 0, 0]),
        ("highway=crossing crossing=traffic_signals", [1_000, 1_000, 2_000]),
        ("highway=crossing crossing:signals=yes", [1_000, 1_000, 2_000]),
        ("highway=traffic_signals traffic_signals=pedestrian_crossing", [1_000, 1_000, 2_000]),
        ("highway=crossing crossing=zebra", [500, 0, 0]),
        ("highway=crossing crossing=marked", [500, 0, 0]),
        ("highway=crossing crossing=uncontrolled", [500, 0, 0]),
        ("highway=crossing crossing:markings=zebra", [500, 0, 0]),
        ("highway=crossing crossing:markings=no", [0, 0, 0]),
        ("highway=crossing crossing=unmarked", [0, 0, 0]),
        ("highway=crossing", [0, 0, 0]),
        ("highway=mini_roundabout", [2_000, 1_000, 0]),
        ("railway=level_crossing", [4_000, 2_000, 2_000]),
        ("railway=level_crossing crossing:barrier=no", [4_000, 2_000, 2_000]),
        ("railway=level_crossing crossing:barrier=half", [8_000, 8_000, 8_000]),
        ("railway=level_crossing crossing:light=yes", [8_000, 8_000, 8_000]),
        ("railway=tram_level_crossing", [0, 0, 0]),
        ("traffic_calming=bump", [2_000, 0, 0]),
        ("traffic_calming=hump", [2_000, 0, 0]),
        ("traffic_calming=table", [1_000, 0, 0]),
        ("traffic_calming=cushion", [1_000, 0, 0]),
        ("traffic_calming=chicane", [2_000, 1_000, 0]),
        ("traffic_calming=choker", [2_000, 1_000, 0]),
        ("traffic_calming=rumble_strip", [0, 0, 0]),
        ("traffic_calming=island", [0, 0, 0]),
        ("ford=yes", [10_000, 10_000, 20_000]),
        ("ford=no", [0, 0, 0]),
        ("highway=crossing crossing=zebra traffic_calming=table", [1_500, 0, 0]),
    ] {
        for (kind, ms) in
            [ProfileKind::Car, ProfileKind::Bicycle, ProfileKind::Foot].into_iter().zip(expected_ms)
        {
            let rules = Profile::new(kind).node(&tags(text));
            assert_eq!(rules.delay, Millis::new(ms), "{kind:?}: {text}");
            let is_open = rules.passage == Passage::Open;
            assert!(is_open || !text.contains("calming"), "{kind:?}: {text}");
        }
    }
}

#[test]
fn turning_places() {
    for (text, expected) in [
        ("highway=turning_circle", true),
        ("highway=turning_loop", true),
        ("highway=mini_roundabout", true),
        ("highway=passing_place", false),
        ("highway=crossing", false),
        ("", false),
    ] {
        let rules = CAR.node(&tags(text));
        assert_eq!((rules.turning_place, rules.is_plain()), (expected, !expected), "{text}");
    }
}
