//! `luwang whereis`: what is at a point.

use std::io::Write;

use serde::Serialize;

use super::{
    dataset_file::DatasetFile,
    failure::Failure,
    format::{length, plain},
    json::{self, Position, meters},
    table::{Align, Table},
    waypoint::{self, CoordinateSystem},
};
use crate::{
    engine::{Language, Place, ReverseAnswer, ReverseRequest},
    geo::{Coordinate, Datum},
};

const EXAMPLES: &str = "\
Examples:
  luwang whereis baoan.luwang 22.7706,113.8405
  luwang whereis baoan.luwang 22.7706,113.8405 --kind station --kind stop --radius 2000
  luwang whereis baoan.luwang 22.7679,113.8455 --coordinate-system gcj02 --language en --json";

/// Tell what is at a point: address, street, areas, places nearby
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    dataset: DatasetFile,
    /// The point
    #[arg(value_name = "LAT,LON", value_parser = waypoint::position)]
    #[arg(allow_hyphen_values = true)]
    point: Coordinate,
    /// Show only places of this kind (station, shop, street, ...); may be given several times
    /// [default: all but areas, streets, junctions and bare addresses]
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Show so many places at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How far places may be [default: 500]
    #[arg(long, value_name = "METRES")]
    radius: Option<u32>,
    /// The language of street and areas, such as en or zh-Hant, where they are tagged in it
    /// [default: what is written on the spot]
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<Language>,
    /// What positions refer to, both typed and printed
    #[arg(long, value_name = "SYSTEM", value_enum, default_value_t)]
    coordinate_system: CoordinateSystem,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Asks and prints the answer. That nothing is known there is an answer too.
pub(super) fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let datum = args.coordinate_system.datum();
    let engine = args.dataset.engine()?;
    let request = ReverseRequest {
        location: datum.to_wgs84(args.point),
        radius_m: args.radius,
        kinds: args.kinds,
        limit: args.limit,
        language: args.language,
    };
    let answer = engine.reverse(&request).map_err(|error| Failure::refused(&error, datum))?;
    if args.json {
        json::write(&Found::new(&answer, args.coordinate_system), out)
    } else {
        write_text(&answer, datum, out)?;
        writeln!(out, "\n{}", engine.describe().attribution)?;
        Ok(())
    }
}

#[derive(Debug, Serialize)]
struct Found<'a> {
    coordinate_system: &'static str,
    description: &'a str,
    address: Option<Address<'a>>,
    street: Option<Street<'a>>,
    areas: Vec<Area<'a>>,
    places: Vec<Nearby<'a>>,
}

#[derive(Debug, Serialize)]
struct Address<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Nearby<'a>,
}

#[derive(Debug, Serialize)]
struct Street<'a> {
    name: &'a str,
    position: Position,
    distance_m: f64,
}

#[derive(Debug, Serialize)]
struct Area<'a> {
    id: String,
    name: &'a str,
    kind: &'a str,
}

#[derive(Debug, Serialize)]
struct Nearby<'a> {
    id: String,
    name: &'a str,
    kind: &'a str,
    areas: &'a [String],
    position: Position,
    distance_m: f64,
}

impl<'a> Found<'a> {
    fn new(answer: &'a ReverseAnswer, system: CoordinateSystem) -> Self {
        let datum = system.datum();
        let nearby = |place: &'a Place, distance| Nearby {
            id: place.id.to_string(),
            name: &place.name,
            kind: &place.kind,
            areas: &place.areas,
            position: Position::new(place.position, datum),
            distance_m: meters(distance),
        };
        let address = answer
            .address
            .as_ref()
            .map(|near| Address { text: &near.text, place: nearby(&near.place, near.distance) });
        let street = answer.street.as_ref().map(|near| Street {
            name: &near.name,
            position: Position::new(near.position, datum),
            distance_m: meters(near.distance),
        });
        let area = |area: &'a crate::engine::Area| Area {
            id: area.id.to_string(),
            name: &area.name,
            kind: &area.kind,
        };
        Self {
            coordinate_system: system.name(),
            description: &answer.description,
            address,
            street,
            areas: answer.areas.iter().map(area).collect(),
            places: answer.places.iter().map(|near| nearby(&near.place, near.distance)).collect(),
        }
    }
}

fn write_text(answer: &ReverseAnswer, datum: Datum, out: &mut dyn Write) -> anyhow::Result<()> {
    let ReverseAnswer { description, address, street, areas, places } = answer;
    if description.is_empty() {
        writeln!(out, "no address, no named street and no area is known there")?;
    } else {
        writeln!(out, "{}", plain(description))?;
    }
    let mut table = Table::bare([Align::Left, Align::Left, Align::Left, Align::Right]);
    if let Some(near) = address {
        let id = near.place.id.to_string();
        table.row(["address".to_owned(), plain(&near.text), id, length(near.distance)]);
    }
    if let Some(near) = street {
        let position = datum.from_wgs84(near.position).to_string();
        table.row(["street".to_owned(), plain(&near.name), position, length(near.distance)]);
    }
    for area in areas {
        table.row([plain(&area.kind), plain(&area.name), area.id.to_string(), String::new()]);
    }
    if address.is_some() || street.is_some() || !areas.is_empty() {
        writeln!(out)?;
        table.write(out)?;
    }
    if places.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let mut table = Table::new([
        ("id", Align::Left),
        ("name", Align::Left),
        ("kind", Align::Left),
        ("position", Align::Left),
        ("away", Align::Right),
    ]);
    for near in places {
        let place = &near.place;
        table.row([
            place.id.to_string(),
            plain(&place.name),
            plain(&place.kind),
            datum.from_wgs84(place.position).to_string(),
            length(near.distance),
        ]);
    }
    table.write(out)?;
    Ok(())
}
