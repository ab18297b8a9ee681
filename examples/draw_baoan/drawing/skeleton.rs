//! The district's roads between bus stops. A link between two stops becomes a
//! road unless the roads drawn so far already lead from one to the other
//! without much of a detour; then the bus lines of the link count for those.
//! (The greedy spanner of Althöfer et al., Discrete Comput. Geom. 9, 1993.)

use std::path::Path;

use anyhow::{Context as _, Result};

use super::{
    sheet::{Pen, Sheet, Source, tag},
    table::{Stops, rows},
    walk,
};

/// So much longer may the way on other roads be, for a link to need none of
/// its own.
const DETOUR: f64 = 1.45;

/// A link may be longer only if nothing else joins its stops.
const LONGEST_M: f64 = 2_500.0;

/// Stops whose published positions differ more are not to be relied on.
const SPREAD_LIMIT_M: u32 = 500;

pub(crate) fn draw(sheet: &mut Sheet, folder: &Path, stops: &Stops) -> Result<()> {
    let mut links = Vec::new();
    for (number, row) in rows(folder, "links.csv")?.iter().enumerate() {
        let find = |field| {
            let name = row.text(field)?;
            stops.find(name).with_context(|| format!("no stop {name}"))
        };
        let (from, to) = (find(0)?, find(1)?);
        let length = stops.0[from].point.distance(stops.0[to].point);
        links.push((length, number, from, to, row.number::<u32>(2)?));
    }
    let reliable = |stop: usize| stops.0[stop].spread_m <= SPREAD_LIMIT_M;
    links.retain(|&(_, _, from, to, _)| reliable(from) && reliable(to));
    links.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));

    let mut corners = vec![None; stops.0.len()];
    for (length, number, from, to, buses) in links {
        let [from, to] = [from, to].map(|stop| {
            *corners[stop].get_or_insert_with(|| {
                let point = stops.0[stop].point;
                let road = sheet.attach(point, Source::Links, 45.0, 70.0);
                road.unwrap_or_else(|| sheet.add_vertex(point, Source::Links))
            })
        });
        if from == to {
            continue;
        }
        let limit = if length > LONGEST_M { f64::INFINITY } else { (length * DETOUR).max(150.0) };
        if let Some(way) = walk::way(sheet, from, to, limit) {
            for (_, line) in way {
                sheet.lines[line].load += buses;
            }
            continue;
        }
        let pen = Pen { source: Source::Links, number, tags: Vec::new(), over: false, reach: 35.0 };
        let first = sheet.lines.len();
        sheet.draw_between(&pen, from, to);
        sheet.lines[first..].iter_mut().for_each(|line| line.load = buses);
    }
    sheet.lines.iter_mut().filter(|line| line.pen.source == Source::Links).for_each(|line| {
        line.pen.tags = class(line.load);
    });
    name_by_corners(sheet, stops, &corners);
    Ok(())
}

/// What a road is that so many bus lines use.
fn class(buses: u32) -> Vec<super::sheet::Tag> {
    let (class, maxspeed) = match buses {
        20.. => ("primary", "60"),
        9.. => ("secondary", "50"),
        4.. => ("tertiary", "40"),
        _ => return vec![tag("highway", "unclassified")],
    };
    vec![tag("highway", class), tag("maxspeed", maxspeed)]
}

/// A stop `X路口`, "corner of X road", is where a road of that name meets the
/// road of the buses: of the roads there, the one with fewest bus lines.
fn name_by_corners(sheet: &mut Sheet, stops: &Stops, corners: &[Option<usize>]) {
    for (stop, &corner) in stops.0.iter().zip(corners) {
        let (Some(name), Some(corner)) = (stop.name.strip_suffix("路口"), corner) else {
            continue;
        };
        let road = ["路", "街", "大道"].iter().any(|&end| name.ends_with(end));
        let name = if road { name.to_owned() } else { format!("{name}路") };
        let edges = &sheet.vertices[corner].edges;
        let side = edges.iter().map(|&(_, line)| line).min_by_key(|&line| sheet.lines[line].load);
        let Some(side) = side.filter(|_| edges.len() >= 3) else { continue };
        let line = &mut sheet.lines[side];
        if line.pen.source == Source::Links && line.tag("name").is_none() {
            line.pen.tags.push(tag("name", &name));
        }
    }
}
