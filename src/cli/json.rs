//! Parts of JSON answers that several subcommands share. Keys end in their
//! unit; lengths are exact to the centimetre and times to the millisecond.

use std::io::Write;

use serde::Serialize;

use crate::{
    engine::{Place, PlaceMatch},
    geo::{Coordinate, Datum},
    units::{Centimeters, Millis},
};

/// Writes `value` as one JSON document, for people to read too.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

/// A length in metres; the double nearest to whole centimetres prints with two
/// decimals at most.
pub(super) fn meters(length: Centimeters) -> f64 {
    length.meters()
}

/// A time in seconds, with three decimals at most.
pub(super) fn seconds(time: Millis) -> f64 {
    time.seconds()
}

/// A position in the datum that was asked for.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Position {
    lat: f64,
    lon: f64,
}

impl Position {
    pub(super) fn new(wgs84: Coordinate, datum: Datum) -> Self {
        let shown = datum.from_wgs84(wgs84);
        Self { lat: shown.lat(), lon: shown.lon() }
    }
}

/// A place and how it was found.
#[derive(Debug, Serialize)]
pub(super) struct FoundPlace<'a> {
    id: String,
    name: &'a str,
    kind: &'a str,
    areas: &'a [String],
    position: Position,
    access_points: Vec<Position>,
    names: Vec<Name<'a>>,
    match_kind: &'static str,
    matched_name: &'a str,
    score: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Name<'a> {
    key: &'a str,
    text: &'a str,
}

impl<'a> FoundPlace<'a> {
    pub(super) fn new(found: &'a PlaceMatch, datum: Datum) -> Self {
        let PlaceMatch { place, match_kind, matched_name, score, street: _, distance } = found;
        let Place { id, name, names, kind, position, access_points, areas } = place;
        let names = names.iter().map(|name| Name { key: &name.key, text: &name.text });
        let access_points = access_points.iter().map(|&point| Position::new(point, datum));
        Self {
            id: id.to_string(),
            name,
            kind,
            areas,
            position: Position::new(*position, datum),
            access_points: access_points.collect(),
            names: names.collect(),
            match_kind,
            matched_name,
            score: *score,
            distance_m: distance.map(meters),
        }
    }
}
