//! `luwang places`: what a text may mean.

use std::io::Write;

use serde::Serialize;

use super::{
    dataset_file::DatasetFile,
    failure::{Exit, Failure},
    format::{length, plain},
    json::{self, FoundPlace},
    table::{Align, Table},
    waypoint::{self, CoordinateSystem},
};
use crate::{
    engine::{PlaceSearch, SearchPage},
    geo::{Coordinate, Datum},
};

const EXAMPLES: &str = "\
Examples:
  luwang places baoan.luwang 琥珀博物馆
  luwang places baoan.luwang 人民医院 --near 22.7664,113.8409
  luwang places baoan.luwang 松岗 --kind station --kind attraction --json";

/// Search places by name
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    dataset: DatasetFile,
    /// The name, or a part of it
    text: String,
    /// Of equally good matches, show those nearer to this point first
    #[arg(long, value_name = "LAT,LON", value_parser = waypoint::position)]
    #[arg(allow_hyphen_values = true)]
    near: Option<Coordinate>,
    /// Show only this kind (station, attraction, street, ...); may be given several times
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Show so many at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Pass over so many of the best
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// What positions refer to, both typed and printed
    #[arg(long, value_name = "SYSTEM", value_enum, default_value_t)]
    coordinate_system: CoordinateSystem,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Searches and prints the matches; none is a failure, as it is for grep.
pub(super) fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let datum = args.coordinate_system.datum();
    let engine = args.dataset.engine()?;
    let search = PlaceSearch {
        text: args.text,
        near: args.near.map(|position| datum.to_wgs84(position)),
        kinds: args.kinds,
        limit: args.limit,
        offset: args.offset,
    };
    let page = engine.search(&search).map_err(|error| Failure::refused(&error, datum))?;
    if args.json {
        write_json(&page, args.coordinate_system, out)?;
    }
    if page.matches.is_empty() {
        let message = if search.offset > 0 || search.limit == 0 {
            format!("no place called \"{}\" is on that page", search.text)
        } else {
            format!("no place is called \"{}\"", search.text)
        };
        let suggestions = engine
            .suggest(&search.text, search.near)
            .map_err(|error| Failure::refused(&error, datum))?;
        let failure = Failure::new(Exit::PlaceNotFound, message);
        return Err(failure.with_candidates(&suggestions, datum).into());
    }
    if !args.json {
        write_text(&page, datum, out)?;
    }
    Ok(())
}

#[derive(Debug, Serialize)]
struct Page<'a> {
    coordinate_system: &'static str,
    places: Vec<FoundPlace<'a>>,
    next_offset: Option<usize>,
}

fn write_json(
    page: &SearchPage,
    system: CoordinateSystem,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let places = page.matches.iter().map(|found| FoundPlace::new(found, system.datum()));
    let page = Page {
        coordinate_system: system.name(),
        places: places.collect(),
        next_offset: page.next_offset,
    };
    json::write(&page, out)
}

fn write_text(page: &SearchPage, datum: Datum, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut table = Table::new([
        ("id", Align::Left),
        ("name", Align::Left),
        ("kind", Align::Left),
        ("in", Align::Left),
        ("position", Align::Left),
        ("match", Align::Left),
        ("away", Align::Right),
    ]);
    for found in &page.matches {
        let place = &found.place;
        table.row([
            place.id.to_string(),
            plain(&place.name),
            plain(&place.kind),
            plain(&place.areas.join(", ")),
            datum.from_wgs84(place.position).to_string(),
            // Which of its names it was, if it is not the one shown.
            if found.matched_name.is_empty() || found.matched_name == place.name {
                found.match_kind.to_owned()
            } else {
                format!("{}: {}", found.match_kind, plain(&found.matched_name))
            },
            found.distance.map(length).unwrap_or_default(),
        ]);
    }
    table.write(out)?;
    if let Some(offset) = page.next_offset {
        writeln!(out, "\nThere are more: --offset {offset}")?;
    }
    Ok(())
}
