//! What has a name and is no road: stops, stations with their exits, the
//! places of the facts, and those told by hand.

use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use luwang::osm::ElementKind;

use super::{
    output::{Output, id},
    plane::Point,
    restrictions::member,
    sheet::{Source, Tag, tag},
    table::{Row, Stops, rows},
};

/// Tags for the kinds of places.csv. Junctions, roads and stops of other kinds
/// are drawn from other tables.
const KINDS: [(&str, &str, &str); 15] = [
    ("hospital", "amenity", "hospital"),
    ("clinic", "amenity", "clinic"),
    ("market", "amenity", "marketplace"),
    ("school", "amenity", "school"),
    ("police", "amenity", "police"),
    ("bus station", "amenity", "bus_station"),
    ("bus terminal", "amenity", "bus_station"),
    ("church", "amenity", "place_of_worship"),
    ("culture", "amenity", "arts_centre"),
    ("park", "leisure", "park"),
    ("mall", "shop", "mall"),
    ("shop", "shop", "supermarket"),
    ("community", "place", "quarter"),
    ("estate", "place", "neighbourhood"),
    ("place", "place", "locality"),
];

/// Where a station's exits are drawn, in metres east and north of it.
const EXITS: [(&str, f64, f64); 4] =
    [("A", 38.0, 75.0), ("B", -38.0, 75.0), ("C", -38.0, -75.0), ("D", 38.0, -75.0)];

pub(crate) fn draw(output: &mut Output, folder: &Path, stops: &Stops) -> Result<()> {
    for stop in &stops.0 {
        let mut tags = vec![
            tag("highway", "bus_stop"),
            tag("public_transport", "platform"),
            tag("name", &stop.name),
        ];
        if stop.spread_m > 500 {
            tags.push(tag("note", "the published positions differ by more than 500 m"));
        }
        output.node(Source::Stops, stop.point, &tags);
    }
    let mut drawn = story(output, folder)?;
    let places = rows(folder, "places.csv")?;
    for (number, row) in places.iter().enumerate() {
        let name = row.text(0)?.split(" (").next().unwrap_or_default().to_owned();
        let kind = row.text(1)?;
        if !kind.starts_with("road") && !kind.starts_with("junction") && drawn.insert(name.clone())
        {
            if kind.starts_with("metro station") {
                station(output, number, &name, row, &lines_of(&places, &name)?)?;
            } else {
                place(output, number, name, row)?;
            }
        }
    }
    Ok(())
}

/// The places told by hand. Gives their names and whatever else they are
/// called, so that none is drawn again.
fn story(output: &mut Output, folder: &Path) -> Result<BTreeSet<String>> {
    let mut drawn = BTreeSet::new();
    for row in rows(folder, "story.txt")? {
        let mut tags = vec![tag("name", row.text(1)?)];
        tags.extend(row.tags(4)?);
        for (key, value) in &tags {
            if key.ends_with("name") {
                drawn.extend(value.split(';').map(str::to_owned));
            }
        }
        let (number, middle) = (row.number(0)?, row.point(2)?);
        match row.text(3)?.strip_prefix("area ").and_then(|size| size.split_once(' ')) {
            None => output.node_with_id(id(Source::Story, number), middle, &tags),
            Some((east, north)) => {
                let (east, north) = (east.parse::<f64>()? / 2.0, north.parse::<f64>()? / 2.0);
                let corners = [(-east, -north), (east, -north), (east, north), (-east, north)];
                let mut refs = Vec::new();
                for (corner, (east, north)) in corners.into_iter().enumerate() {
                    let id = id(Source::Story, 100_000 + number * 4 + corner);
                    output.node_with_id(id, middle + Point { east, north }, &[]);
                    refs.push(id);
                }
                refs.push(refs[0]);
                output.way(id(Source::Story, number), refs, &tags);
            }
        }
    }
    Ok(drawn)
}

fn place(output: &mut Output, number: usize, name: String, row: &Row) -> Result<()> {
    let kind = row.text(1)?;
    let Some(known) = KINDS.iter().find(|known| kind.starts_with(known.0)) else { return Ok(()) };
    let mut tags: Vec<Tag> = vec![(String::from("name"), name), tag(known.1, known.2)];
    // "松岗东方社区 (东方居委会)": what stands in brackets is another name of
    // communities, and a remark elsewhere.
    let bracketed = row.text(0)?.split_once(" (").and_then(|(_, rest)| rest.strip_suffix(')'));
    if let (Some(other), "community") = (bracketed, kind) {
        tags.push(tag("alt_name", other));
    }
    output.node_with_id(id(Source::Places, number), row.point(2)?, &tags);
    Ok(())
}

/// The lines of a metro station, of which each row tells one or several: `metro
/// station (11号线/机场线)`, `metro station (lines 6/11/12)`.
fn lines_of(places: &[Row], name: &str) -> Result<Vec<String>> {
    let mut lines = BTreeSet::new();
    for row in places {
        let told = row.text(1)?.strip_prefix("metro station (");
        if let Some(told) = told.filter(|_| row.text(0).is_ok_and(|text| text == name)) {
            let numbers = told.split(|c: char| !c.is_ascii_digit());
            lines.extend(numbers.filter_map(|number| number.parse::<u32>().ok()));
        }
    }
    Ok(lines.into_iter().map(|line| format!("{line}号线")).collect())
}

/// A metro station, its exits, and the relation that joins them.
fn station(
    output: &mut Output,
    number: usize,
    name: &str,
    row: &Row,
    lines: &[String],
) -> Result<()> {
    let middle = row.point(2)?;
    let station_id = id(Source::Stations, number * 8);
    let mut tags = vec![
        tag("name", name),
        tag("railway", "station"),
        tag("station", "subway"),
        tag("public_transport", "station"),
    ];
    if !lines.is_empty() {
        tags.push(tag("line", &lines.join(";")));
    }
    output.node_with_id(station_id, middle, &tags);
    let mut members = vec![member(ElementKind::Node, station_id, "")];
    for (index, (letter, east, north)) in EXITS.into_iter().enumerate() {
        let exit_id = id(Source::Stations, number * 8 + 1 + index);
        let tags = vec![
            tag("railway", "subway_entrance"),
            tag("ref", letter),
            tag("name", &format!("{name}{letter}口")),
            tag("note", "schematic position"),
        ];
        output.node_with_id(exit_id, middle + Point { east, north }, &tags);
        members.push(member(ElementKind::Node, exit_id, ""));
    }
    let area = [tag("type", "public_transport"), tag("public_transport", "stop_area")];
    output.relation(id(Source::Stations, number), members, &area);
    Ok(())
}
