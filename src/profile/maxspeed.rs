//! Legal limits of speed, in every spelling.
//! See <https://wiki.openstreetmap.org/wiki/Key:maxspeed>.

mod national;

use super::vehicle::{DirectedKey, Vehicle, directed};
use crate::{ids::Direction, osm::Tags, units::Speed};

/// Faster than any limit there is: what is above is a slip of the pen.
const LIMIT_KMH: f64 = 300.0;

/// Taken for no limit at all, as OSRM does: less what a vehicle loses on the
/// whole of a road it is what Germany advises. No vehicle goes faster than it
/// can.
const NO_LIMIT: Speed = Speed::from_kmh(140);

/// At the pace of people on foot, as courts read it.
const WALK: Speed = Speed::from_kmh(7);

/// Keys that tell where a limit comes from, and may tell it.
const SOURCES: &[DirectedKey] = &[
    directed!("source:maxspeed"),
    directed!("maxspeed:type"),
    directed!("maxspeed:source"),
    directed!("zone:maxspeed"),
    directed!("zone:traffic"),
];

/// Limits of each lane, from left to right. See
/// <https://wiki.openstreetmap.org/wiki/Lanes>.
const LANES: DirectedKey = directed!("maxspeed:lanes");

/// What a sign advises. See
/// <https://wiki.openstreetmap.org/wiki/Key:maxspeed:advisory>.
const ADVISORY: DirectedKey = directed!("maxspeed:advisory");

/// The limit in `direction`, if the tags tell it and the vehicle has to keep
/// one. An advised speed counts unless there is a lower limit.
pub(super) fn limit(vehicle: &Vehicle, tags: &Tags, direction: Direction) -> Option<Speed> {
    if vehicle.maxspeed.is_empty() {
        return None;
    }
    let unmarked = is_unmarked(tags);
    let read = |value: &str| {
        value.split([';', '|']).filter_map(|part| parse_one(part.trim(), unmarked)).min()
    };
    let tagged = vehicle.maxspeed.iter().find_map(|key| key.values(tags, direction).find_map(read));
    let by_source = || SOURCES.iter().find_map(|key| key.values(tags, direction).find_map(read));
    let by_lane = || {
        // There is a choice of lanes: that of the fastest.
        let lanes = LANES.values(tags, direction).next()?;
        lanes.split('|').filter_map(read).max()
    };
    let advised = ADVISORY.values(tags, direction).find_map(read);
    tagged.or_else(by_source).or_else(by_lane).into_iter().chain(advised).min()
}

/// Whether a road has no line in its middle, which some limits depend on.
fn is_unmarked(tags: &Tags) -> bool {
    let is_oneway = tags.get("oneway").is_some_and(|value| value != "no");
    tags.is("lane_markings", "no") || (tags.is("lanes", "1") && !is_oneway)
}

/// The speed that a value means; `None` for what varies (`signals`,
/// `variable`) or is no speed.
fn parse_one(value: &str, unmarked: bool) -> Option<Speed> {
    let value = &*value.to_ascii_lowercase();
    match value {
        "none" | "unlimited" => return Some(NO_LIMIT),
        "walk" | "walking" | "walking_pace" => return Some(WALK),
        _ => {}
    }
    let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(digits);
    let Ok(number) = number.parse::<f64>() else { return national::limit(value, unmarked) };
    let kmh = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" | "kmph" | "kmp/h" | "km" => number,
        "mph" | "mp/h" | "mi/h" => mph(number),
        "knots" | "knot" | "kn" | "kts" | "kt" => number * 1.852,
        _ => return None,
    };
    Speed::from_kmh_f64(kmh).filter(|_| kmh <= LIMIT_KMH)
}

/// Miles per hour in km/h.
fn mph(number: f64) -> f64 {
    number * 1.609_344
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::ProfileKind;

    fn read(value: &str) -> Option<f64> {
        let tags = Tags::new([("maxspeed", value)]);
        limit(ProfileKind::Car.vehicle(), &tags, Direction::Forward).map(Speed::kmh)
    }

    #[test]
    fn limits_are_read_in_all_their_units() {
        for (value, kmh) in [
            ("60", Some(60.0)),
            ("60 km/h", Some(60.0)),
            ("60kmh", Some(60.0)),
            ("30 mph", Some(48.3)),
            ("30mph", Some(48.3)),
            ("30 MPH", Some(48.3)),
            ("40 KM/H", Some(40.0)),
            ("10 knots", Some(18.5)),
            ("7.5", Some(7.5)),
            ("none", Some(140.0)),
            ("walk", Some(7.0)),
            ("60;80", Some(60.0)),
            ("30mph;60", Some(48.3)),
            ("80|60", Some(60.0)),
            ("signals", None),
            ("variable", None),
            ("", None),
            ("0", None),
            ("-50", None),
            ("1e9", None),
            ("999", None),
            ("50 furlongs", None),
            ("5.5.5", None),
            ("限速60", None),
        ] {
            assert_eq!(read(value), kmh, "{value}");
        }
    }

    #[test]
    fn codes_stand_for_the_limits_of_a_country() {
        for (value, kmh) in [
            ("CN:urban", Some(50.0)),
            ("CN:rural", Some(70.0)),
            ("CN:expressway", Some(100.0)),
            ("CN:motorway", Some(120.0)),
            ("DE:motorway", Some(130.0)),
            ("de:rural", Some(100.0)),
            ("RO:rural", Some(90.0)),
            ("RO:trunk", Some(100.0)),
            ("FR:urban", Some(50.0)),
            ("CH:rural", Some(80.0)),
            ("CH:trunk", Some(100.0)),
            ("CH:motorway", Some(120.0)),
            ("GB:nsl_single", Some(97.0)),
            ("GB:nsl_dual", Some(113.0)),
            ("uk:motorway", Some(113.0)),
            ("LV:living_street", Some(20.0)),
            ("DE:living_street", Some(7.0)),
            ("BE-VLG:urban", Some(50.0)),
            ("BE-VLG:rural", Some(70.0)),
            ("be-bru:urban", Some(30.0)),
            ("CA-ON:rural", Some(80.0)),
            ("AR:urban", Some(40.0)),
            ("BR:rural", Some(100.0)),
            ("PH:motorway", Some(100.0)),
            ("ZA:urban", Some(60.0)),
            ("US:urban", Some(40.0)),
            ("US:CA:rural", Some(89.0)),
            ("DE:zone30", Some(30.0)),
            ("DE:zone:30", Some(30.0)),
            ("FR:zone30", Some(30.0)),
            ("IT:30", Some(30.0)),
            ("GB:zone20", Some(32.2)),
            ("zone:30", Some(30.0)),
            ("zone30", Some(30.0)),
            ("DE:bicycle_road", Some(30.0)),
            // Countries whose limits are not in the table have the usual ones.
            ("XX:urban", Some(50.0)),
            ("XX:rural", Some(90.0)),
            ("XX:moon", None),
            ("DE:zone", None),
            ("CN:", None),
            (":urban", None),
            ("nowhere:urban", None),
            ("urban", None),
        ] {
            assert_eq!(read(value), kmh, "{value}");
        }
    }
}
