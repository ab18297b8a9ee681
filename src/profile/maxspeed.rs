//! Legal limits of speed. See <https://wiki.openstreetmap.org/wiki/Key:maxspeed>
//! and, for codes of countries,
//! <https://wiki.openstreetmap.org/wiki/Default_speed_limits>.

use super::vehicle::Vehicle;
use crate::{ids::Direction, osm::Tags, units::Speed};

/// Faster than any limit there is: what is above is a slip of the pen.
const LIMIT_KMH: f64 = 300.0;

/// What is travelled where there is no limit: the speed that Germany advises.
const NO_LIMIT: Speed = Speed::from_kmh(130);

/// At the pace of people on foot, as courts read it.
const WALK: Speed = Speed::from_kmh(7);

/// Keys that tell where a limit comes from, and may tell it.
const SOURCES: [&str; 4] = ["source:maxspeed", "maxspeed:type", "zone:maxspeed", "zone:traffic"];

/// The limit in `direction`, if the tags tell it. An advised speed counts
/// where it is lower.
pub(super) fn limit(vehicle: &Vehicle, tags: &Tags, direction: Direction) -> Option<Speed> {
    let tagged =
        vehicle.maxspeed.iter().find_map(|key| key.values(tags, direction).find_map(parse));
    let legal = tagged.or_else(|| SOURCES.iter().find_map(|key| national(tags.get(key)?)));
    let advised = tags.get("maxspeed:advisory").and_then(parse);
    legal.into_iter().chain(advised).min()
}

/// The speed that a value means; of a list the lowest. `None` for what varies
/// (`signals`, `variable`) or is no speed.
pub(super) fn parse(value: &str) -> Option<Speed> {
    value.split([';', '|']).filter_map(|part| parse_one(part.trim())).min()
}

fn parse_one(value: &str) -> Option<Speed> {
    match value {
        "none" | "unlimited" => return Some(NO_LIMIT),
        "walk" | "walking" => return Some(WALK),
        _ => {}
    }
    let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(digits);
    let Ok(number) = number.parse::<f64>() else { return national(value) };
    let kmh = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" | "kmph" => number,
        "mph" => number * 1.609_344,
        "knots" | "knot" => number * 1.852,
        _ => return None,
    };
    Speed::from_kmh_f64(kmh).filter(|_| kmh <= LIMIT_KMH)
}

/// The limit that a code such as `CN:urban` or `DE:zone:30` stands for.
fn national(code: &str) -> Option<Speed> {
    let (country, context) = code.split_once(':')?;
    // A code may name a part of a country: `BE-VLG:rural`.
    let (country, _) = country.split_once('-').unwrap_or((country, ""));
    let zone = context.trim_start_matches("zone").trim_start_matches(':');
    if country.len() == 2 && zone.bytes().all(|byte| byte.is_ascii_digit()) {
        return parse_one(zone).filter(|_| !zone.is_empty());
    }
    let (_, urban, rural, expressway, motorway) =
        COUNTRIES.iter().find(|(name, ..)| *name == country)?;
    let kmh = match context {
        "urban" | "urban_primary" | "urban_secondary" | "nsl_restricted" => *urban,
        "rural" | "nsl_single" => *rural,
        "trunk" | "expressway" | "express" | "nsl_dual" => *expressway,
        "motorway" => *motorway,
        "living_street" => 20,
        "walk" => return Some(WALK),
        "bicycle_road" => 30,
        _ => return None,
    };
    Some(Speed::from_kmh(kmh))
}

/// Limits in km/h of cars where no sign tells another one: in towns, outside,
/// on roads for motor traffic, on motorways. Where the law has no limit it is
/// what is advised. China's are those of articles 45 and 78 of the regulation
/// on the implementation of the road traffic safety law.
const COUNTRIES: &[(&str, u16, u16, u16, u16)] = &[
    ("AD", 50, 90, 90, 90),
    ("AT", 50, 100, 100, 130),
    ("AU", 50, 100, 100, 110),
    ("BE", 50, 90, 120, 120),
    ("BG", 50, 90, 120, 140),
    ("BY", 60, 90, 90, 110),
    ("CH", 50, 80, 100, 120),
    ("CN", 50, 70, 100, 120),
    ("CZ", 50, 90, 110, 130),
    ("DE", 50, 100, 130, 130),
    ("DK", 50, 80, 80, 130),
    ("EE", 50, 90, 90, 110),
    ("ES", 50, 90, 90, 120),
    ("FI", 50, 80, 100, 120),
    ("FR", 50, 80, 110, 130),
    ("GB", 48, 97, 113, 113),
    ("GR", 50, 90, 110, 130),
    ("HR", 50, 90, 110, 130),
    ("HU", 50, 90, 110, 130),
    ("IE", 50, 80, 100, 120),
    ("IT", 50, 90, 110, 130),
    ("JP", 60, 60, 60, 100),
    ("LI", 50, 80, 80, 120),
    ("LT", 50, 90, 120, 130),
    ("LU", 50, 90, 90, 130),
    ("LV", 50, 90, 100, 100),
    ("NL", 50, 80, 100, 100),
    ("NO", 50, 80, 80, 110),
    ("PL", 50, 90, 100, 140),
    ("PT", 50, 90, 100, 120),
    ("RO", 50, 90, 100, 130),
    ("RS", 50, 80, 100, 130),
    ("RU", 60, 90, 110, 110),
    ("SE", 50, 70, 90, 110),
    ("SI", 50, 90, 110, 130),
    ("SK", 50, 90, 90, 130),
    ("TR", 50, 90, 110, 130),
    ("UA", 50, 90, 110, 130),
    ("UK", 48, 97, 113, 113),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_in_all_their_units() {
        for (value, kmh) in [
            ("60", Some(60.0)),
            ("60 km/h", Some(60.0)),
            ("30 mph", Some(48.3)),
            ("30mph", Some(48.3)),
            ("10 knots", Some(18.5)),
            ("7.5", Some(7.5)),
            ("none", Some(130.0)),
            ("walk", Some(7.0)),
            ("60;80", Some(60.0)),
            ("CN:urban", Some(50.0)),
            ("CN:rural", Some(70.0)),
            ("CN:motorway", Some(120.0)),
            ("DE:motorway", Some(130.0)),
            ("RO:rural", Some(90.0)),
            ("GB:nsl_dual", Some(113.0)),
            ("BE-VLG:urban", Some(50.0)),
            ("DE:zone30", Some(30.0)),
            ("DE:zone:30", Some(30.0)),
            ("IT:30", Some(30.0)),
            ("DE:zone", None),
            ("XX:urban", None),
            ("CN:", None),
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
            assert_eq!(parse(value).map(Speed::kmh), kmh, "{value}");
        }
    }
}
