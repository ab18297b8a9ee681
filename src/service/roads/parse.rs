//! From an update as it is asked to what it does on a dataset.

use std::collections::BTreeSet;

use prost_types::Timestamp;
use tonic::Status;

use crate::{
    engine::{self, Engine, RoadEffect, RoadSelection, WaypointRole},
    geo::{Coordinate, Datum},
    ids::Direction,
    service::{
        convert,
        status::{self, Reason, Refusal},
        wire::luwang::{
            admin::v1::{
                AreaRoads, RoadUpdate, StreetRoads, WayDirection, WayRoads,
                road_update::{Change, Roads},
            },
            places::v1::Location,
        },
    },
    units::Speed,
};

/// Characters of a note.
const MAX_NOTE_CHARS: usize = 256;

/// The fastest that roads are said to be travelled at, in km/h.
const MAX_SPEED_KMH: f64 = 250.0;

/// The last second of the year 9999, as timestamps have it.
const MAX_SECONDS: i64 = 253_402_300_799;

/// What an update does on a dataset.
pub(in crate::service) type Meant = engine::RoadUpdate;

/// Where an update stands in its request.
fn update_at(index: usize) -> String {
    format!("updates[{index}]")
}

/// The second in which a time lies or, within one, the next.
pub(in crate::service) fn seconds(time: &Timestamp) -> i64 {
    time.seconds.saturating_add(i64::from(time.nanos > 0))
}

/// The update at `index` of a request, if all about it is well that has nothing to do with a
/// dataset. Its positions are in WGS-84 then.
pub(in crate::service) fn accept(
    mut update: RoadUpdate,
    index: usize,
    datum: Datum,
    now_s: i64,
) -> Result<RoadUpdate, Refusal> {
    let at = update_at(index);
    let missing = |what: &str| {
        Refusal::new(Reason::MissingField, format!("{at}.{what} is required"))
            .at(format_args!("{at}.{what}"))
    };
    if update.change.is_none() {
        return Err(missing("change"));
    }
    effect(&update, &at)?;
    match &mut update.roads {
        None => return Err(missing("roads")),
        Some(Roads::Way(way)) => {
            direction(way, &at)?;
        }
        Some(Roads::Street(street)) if street.place_id.is_empty() && street.name.is_empty() => {
            return Err(missing("street.name"));
        }
        Some(Roads::Street(street)) => {
            if !street.place_id.is_empty() {
                convert::place_id(&street.place_id, format_args!("{at}.street.place_id"))?;
            }
        }
        Some(Roads::Area(area)) => {
            for (corner, location) in area.corners.iter_mut().enumerate() {
                let at = format!("{at}.area.corners[{corner}]");
                let corner = convert::coordinate(*location, &at, datum)?;
                *location = Location { latitude: corner.lat(), longitude: corner.lon() };
            }
        }
    }
    let mut named = BTreeSet::new();
    update.profiles.retain(|name| named.insert(name.clone()));
    let length = update.note.chars().count();
    if length > MAX_NOTE_CHARS {
        let message = format!("{at}.note has {length} characters, more than {MAX_NOTE_CHARS}");
        return Err(Refusal::new(Reason::InvalidNote, message)
            .with("characters", length)
            .with("limit", MAX_NOTE_CHARS)
            .at(format_args!("{at}.note")));
    }
    times(&update, &at, now_s)?;
    Ok(update)
}

fn times(update: &RoadUpdate, at: &str, now_s: i64) -> Result<(), Refusal> {
    let wrong = |field: &str, what: &str| {
        Refusal::new(Reason::InvalidTime, format!("{at}.{field} {what}"))
            .at(format_args!("{at}.{field}"))
    };
    let read = |field: &str, time: &Option<Timestamp>| match time {
        Some(time)
            if !(0..=MAX_SECONDS).contains(&time.seconds)
                || !(0..1_000_000_000).contains(&time.nanos) =>
        {
            Err(wrong(field, "is no time from 1970 to 9999"))
        }
        time => Ok(time.as_ref().map(seconds)),
    };
    let from = read("valid_from", &update.valid_from)?;
    let until = read("valid_until", &update.valid_until)?;
    match until {
        Some(until) if until <= now_s => Err(wrong("valid_until", "is over already")),
        Some(until) if from.is_some_and(|from| until <= from) => {
            Err(wrong("valid_until", "is not after valid_from"))
        }
        _ => Ok(()),
    }
}

fn effect(update: &RoadUpdate, at: &str) -> Result<RoadEffect, Refusal> {
    Ok(match &update.change {
        Some(Change::Speed(change)) => {
            let kmh = change.speed_kmh;
            let speed = Speed::from_kmh_f64(kmh).filter(|_| (1.0..=MAX_SPEED_KMH).contains(&kmh));
            RoadEffect::Speed(speed.ok_or_else(|| {
                let message = format!("{at}: a speed is from 1 to {MAX_SPEED_KMH} km/h, not {kmh}");
                Refusal::new(Reason::InvalidSpeed, message)
                    .with("speed_kmh", kmh)
                    .at(format_args!("{at}.speed.speed_kmh"))
            })?)
        }
        Some(Change::Opening(_)) => RoadEffect::Open,
        Some(Change::Closure(_)) | None => RoadEffect::Close,
    })
}

fn direction(way: &WayRoads, at: &str) -> Result<Option<Direction>, Refusal> {
    match WayDirection::try_from(way.direction) {
        Ok(WayDirection::Unspecified) => Ok(None),
        Ok(WayDirection::Forward) => Ok(Some(Direction::Forward)),
        Ok(WayDirection::Backward) => Ok(Some(Direction::Backward)),
        Err(_) => {
            let message = format!("{at}.way.direction: {} is no direction", way.direction);
            Err(Refusal::new(Reason::UnknownEnumValue, message)
                .with("value", way.direction)
                .at(format_args!("{at}.way.direction")))
        }
    }
}

/// What an accepted update, the one at `index`, does on the dataset of `engine`. A street gets
/// the id of its place, so that it stays the one that was meant. Of a new update all profiles
/// must be there; of one that was kept, those count that are.
pub(in crate::service) fn meant(
    engine: &Engine,
    update: &mut RoadUpdate,
    index: usize,
    datum: Datum,
    is_new: bool,
) -> Result<Meant, Status> {
    let at = update_at(index);
    let role = match &update.roads {
        Some(Roads::Area(_)) => WaypointRole::UpdatedArea(index),
        Some(Roads::Street(_)) => WaypointRole::UpdatedStreet(index),
        Some(Roads::Way(_)) | None => WaypointRole::UpdatedWay(index),
    };
    let refused = |error: &engine::EngineError| status::refusal(error, datum);
    let effect = effect(update, &at)?;
    let selection = match &mut update.roads {
        Some(Roads::Way(way)) => {
            RoadSelection::Way { id: way.way_id, direction: direction(way, &at)? }
        }
        Some(Roads::Street(street)) => {
            if street.place_id.is_empty() {
                let found = engine.street(&street_text(street), role);
                street.place_id = found.map_err(|error| refused(&error))?.to_string();
            }
            let at = format!("{at}.street.place_id");
            RoadSelection::StreetId(convert::place_id(&street.place_id, at)?)
        }
        Some(Roads::Area(area)) => RoadSelection::Area(corners(area, &at)?),
        None => {
            return Err(
                Refusal::new(Reason::MissingField, format!("{at}.roads is required")).into()
            );
        }
    };
    let roads = engine.select(&selection, role).or_else(|error| match &update.roads {
        // The way by which it was known may have been drawn anew.
        Some(Roads::Street(street)) if !is_new && !street.name.is_empty() => {
            let id = engine.street(&street_text(street), role)?;
            engine.select(&RoadSelection::StreetId(id), role)
        }
        _ => Err(error),
    });
    let roads = roads.map_err(|error| refused(&error))?;
    let known = &engine.describe().profiles;
    if matches!(effect, RoadEffect::Speed(_)) && update.profiles.is_empty() {
        // It stays that one, whatever comes first in another dataset.
        update.profiles.extend(known.first().cloned());
    }
    let mut profiles = if update.profiles.is_empty() {
        (0..known.len()).collect()
    } else if is_new {
        let names = update.profiles.chunks(1).enumerate();
        let profiles = names.map(|(index, one)| {
            let unknown = |_unknown| {
                let message = format!("{at}.profiles[{index}]: there is no profile \"{}\"", one[0]);
                Refusal::new(Reason::UnknownProfile, message)
                    .with("profile", &one[0])
                    .with("available", known.join(","))
                    .at(format_args!("{at}.profiles[{index}]"))
            };
            engine.profiles_of(one).map_err(unknown)
        });
        profiles.collect::<Result<Vec<_>, _>>()?.concat()
    } else {
        let there = update.profiles.chunks(1).filter_map(|one| engine.profiles_of(one).ok());
        there.flatten().collect::<Vec<_>>()
    };
    // A profile may have been named in two ways.
    profiles.sort_unstable();
    profiles.dedup();
    Ok(Meant { roads, profiles, effect })
}

/// The text by which a street is looked for.
fn street_text(street: &StreetRoads) -> String {
    if street.area_name.is_empty() {
        street.name.clone()
    } else {
        format!("{}, {}", street.name, street.area_name)
    }
}

fn corners(area: &AreaRoads, at: &str) -> Result<Vec<Coordinate>, Refusal> {
    let corner = |(index, location): (usize, &Location)| {
        let at = format!("{at}.area.corners[{index}]");
        convert::coordinate(*location, &at, Datum::Wgs84)
    };
    area.corners.iter().enumerate().map(corner).collect()
}
