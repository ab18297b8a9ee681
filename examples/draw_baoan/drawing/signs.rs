//! Nodes with a meaning for traffic: those of the table, and signals where
//! larger roads meet.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::{
    plane::projection,
    sheet::{Sheet, Source, tag},
    table::rows,
};

/// The classes whose junctions have signals.
const LARGER: [&str; 3] = ["trunk", "primary", "secondary"];

pub(crate) fn draw(sheet: &mut Sheet, folder: &Path) -> Result<()> {
    for row in rows(folder, "signs.csv")? {
        let (point, on) = (row.point(2)?, row.text(4)?);
        let distance = |&(_, _, a, b): &(usize, usize, _, _)| {
            let (a, b): (super::plane::Point, super::plane::Point) = (a, b);
            (a + (b - a) * projection(a, b, point)).distance(point)
        };
        let roads = sheet.segments().filter(|&(line, ..)| sheet.lines[line].is("highway", on));
        let nearest = roads.min_by(|x, y| distance(x).total_cmp(&distance(y)));
        let (line, at, a, b) = nearest.with_context(|| format!("no {on}: {}", row.line()))?;
        // Away from the ends of the segment, so that it is no junction.
        let foot = a + (b - a) * projection(a, b, point).clamp(0.25, 0.75);
        let vertex = sheet.split(line, at, foot, Source::Roads);
        sheet.vertices[vertex].tags = row.tags(5)?;
    }
    signals(sheet);
    Ok(())
}

fn signals(sheet: &mut Sheet) {
    for vertex in 0..sheet.vertices.len() {
        let edges = &sheet.vertices[vertex].edges;
        let mut larger: Vec<usize> = edges
            .iter()
            .map(|&(_, line)| line)
            .filter(|&line| {
                let line = &sheet.lines[line];
                LARGER.iter().any(|class| line.is("highway", class))
                    && line.tag("junction").is_none()
            })
            .collect();
        larger.dedup();
        larger.sort_unstable();
        larger.dedup();
        if edges.len() >= 3 && larger.len() >= 2 && sheet.vertices[vertex].tags.is_empty() {
            sheet.vertices[vertex].tags = vec![tag("highway", "traffic_signals")];
        }
    }
}
