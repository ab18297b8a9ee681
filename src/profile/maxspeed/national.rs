//! Limits that hold where no sign tells another one, by country. See
//! <https://wiki.openstreetmap.org/wiki/Default_speed_limits>.

use super::{LIMIT_KMH, WALK, mph};
use crate::units::Speed;

/// The limit that a code such as `CN:urban`, `BE-VLG:rural` or `DE:zone:30`
/// stands for, in capitals or not, on a road that may be without a line in its
/// middle.
pub(super) fn limit(code: &str, unmarked: bool) -> Option<Speed> {
    let code = code.to_ascii_lowercase();
    if let Some(zone) = code.strip_prefix("zone") {
        return zone_limit("", zone);
    }
    let (place, context) = code.split_once(':')?;
    let country = place.split_once('-').map_or(place, |(country, _)| country);
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let zone = context.strip_prefix("zone").unwrap_or(context);
    if let Some(limit) = zone_limit(country, zone) {
        return Some(limit);
    }
    // A state may stand between: `US:CA:rural`.
    let context = context.rsplit_once(':').map_or(context, |(_, context)| context);
    if country == "cn" && unmarked {
        match context {
            "urban" => return Some(Speed::from_kmh(30)),
            "rural" => return Some(Speed::from_kmh(40)),
            _ => {}
        }
    }
    let find = |name: &str| COUNTRIES.iter().find(|(place, _)| *place == name);
    let (_, limits) = find(place).or_else(|| find(country)).unwrap_or(&("", USUAL));
    let [urban, rural, trunk, motorway] = *limits;
    Some(Speed::from_kmh(match context {
        "urban" | "urban_primary" | "urban_secondary" | "nsl_restricted" => urban,
        "rural" | "nsl_single" => rural,
        "trunk" | "expressway" | "express" | "nsl_dual" => trunk,
        "motorway" => motorway,
        "living_street" => return Some(living_street(country)),
        "walk" | "pedestrian_zone" => return Some(WALK),
        "bicycle_road" | "cyclestreet" | "school" | "school_zone" => 30,
        _ => return None,
    }))
}

/// The limit of a zone, which is named after it, in the country's unit.
fn zone_limit(country: &str, zone: &str) -> Option<Speed> {
    let number = zone.trim_start_matches(':');
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = number.parse().ok()?;
    let in_miles = matches!(country, "gb" | "uk" | "us");
    let kmh = if in_miles { mph(number) } else { number };
    Speed::from_kmh_f64(kmh).filter(|_| kmh <= LIMIT_KMH)
}

/// In some countries it is the pace of walkers, in most 20 km/h.
fn living_street(country: &str) -> Speed {
    match country {
        "at" | "de" => WALK,
        "nl" => Speed::from_kmh(15),
        _ => Speed::from_kmh(20),
    }
}

/// Where the table has no country: what is most common in it.
const USUAL: [u16; 4] = [50, 90, 110, 130];

/// Limits in km/h of cars where no sign tells another one: in towns, outside,
/// on roads for motor traffic, on motorways. Where the law has no limit it is
/// what is advised.
///
/// China's are those of articles 45 and 78 of the regulation on the
/// implementation of the road traffic safety law, for one lane in each
/// direction; without a line in the middle they are 30 and 40. Roads with more
/// lanes have signs.
const COUNTRIES: &[(&str, [u16; 4])] = &[
    ("ad", [50, 90, 90, 90]),
    ("al", [40, 80, 90, 110]),
    ("ar", [40, 110, 120, 130]),
    ("at", [50, 100, 100, 130]),
    ("au", [50, 100, 100, 110]),
    ("ba", [50, 80, 100, 130]),
    ("be", [50, 90, 120, 120]),
    ("be-bru", [30, 70, 120, 120]),
    ("be-vlg", [50, 70, 120, 120]),
    ("bg", [50, 90, 120, 140]),
    ("br", [60, 100, 110, 110]),
    ("by", [60, 90, 90, 110]),
    ("ca", [50, 80, 100, 100]),
    ("ca-on", [50, 80, 80, 100]),
    ("ch", [50, 80, 100, 120]),
    ("cn", [50, 70, 100, 120]),
    ("cz", [50, 90, 110, 130]),
    ("de", [50, 100, 130, 130]),
    ("dk", [50, 80, 80, 130]),
    ("ee", [50, 90, 90, 110]),
    ("es", [50, 90, 90, 120]),
    ("fi", [50, 80, 100, 120]),
    ("fr", [50, 80, 110, 130]),
    ("gb", [48, 97, 113, 113]),
    ("gb-wls", [32, 97, 113, 113]),
    ("gr", [50, 90, 110, 130]),
    ("hk", [50, 70, 80, 100]),
    ("hr", [50, 90, 110, 130]),
    ("hu", [50, 90, 110, 130]),
    ("ie", [50, 80, 100, 120]),
    ("is", [50, 90, 90, 90]),
    ("it", [50, 90, 110, 130]),
    ("jp", [60, 60, 60, 100]),
    ("li", [50, 80, 80, 120]),
    ("lt", [50, 90, 120, 130]),
    ("lu", [50, 90, 90, 130]),
    ("lv", [50, 90, 100, 100]),
    ("me", [50, 80, 100, 130]),
    ("mk", [50, 80, 100, 130]),
    ("my", [60, 90, 90, 110]),
    ("nl", [50, 80, 100, 100]),
    ("no", [50, 80, 80, 110]),
    ("nz", [50, 100, 100, 110]),
    ("ph", [40, 80, 80, 100]),
    ("pl", [50, 90, 120, 140]),
    ("pt", [50, 90, 100, 120]),
    ("ro", [50, 90, 100, 130]),
    ("rs", [50, 80, 100, 130]),
    ("ru", [60, 90, 110, 110]),
    ("se", [50, 70, 90, 110]),
    ("si", [50, 90, 110, 130]),
    ("sk", [50, 90, 90, 130]),
    ("tr", [50, 90, 110, 130]),
    ("ua", [50, 90, 110, 130]),
    ("uk", [48, 97, 113, 113]),
    ("us", [40, 89, 89, 105]),
    ("vn", [50, 80, 90, 120]),
    ("za", [60, 100, 120, 120]),
];
