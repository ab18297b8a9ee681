//! The interchanges of the motorway: an exit and an entrance on either side.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::{
    plane::{Point, projection},
    sheet::{Pen, Sheet, Source, tag},
    table::{Row, rows},
};

/// How far before and behind an interchange its ramps leave the motorway.
const LEAD_M: f64 = 320.0;

pub(crate) fn draw(sheet: &mut Sheet, folder: &Path) -> Result<()> {
    for row in rows(folder, "ramps.txt")? {
        let (over, ground) = (row.point(2)?, row.point(3)?);
        let bottom = sheet
            .nearest_vertex(ground, 200.0)
            .with_context(|| format!("no road at the ramp {}", row.line()))?;
        let carriageways: Vec<usize> = (0..sheet.lines.len())
            .filter(|&line| sheet.lines[line].is("highway", "motorway"))
            .collect();
        for (side, carriageway) in carriageways.into_iter().enumerate() {
            ramp(sheet, &row, carriageway, over, bottom, side)?;
        }
    }
    Ok(())
}

/// The exit from a carriageway before the interchange, and the entrance
/// behind it.
fn ramp(
    sheet: &mut Sheet,
    row: &Row,
    line: usize,
    over: Point,
    bottom: usize,
    side: usize,
) -> Result<()> {
    let (at, middle) = nearest_segment(sheet, line, over)?;
    let chain = &sheet.lines[line].chain;
    let ahead = (sheet.point(chain[at + 1]) - sheet.point(chain[at])).unit();
    for (exit, along) in [(false, LEAD_M), (true, -LEAD_M)] {
        let (at, top_point) = nearest_segment(sheet, line, middle + ahead * along)?;
        let top = insert(sheet, line, at, top_point);
        let ground = sheet.point(bottom);
        let bend = top_point + ahead * (-along * 0.45) + (ground - top_point).unit() * 60.0;
        let middle_of_ramp = sheet.add_vertex(bend, Source::Ramps);
        if row.text(1)? == "松岗立交" && exit {
            sheet.vertices[middle_of_ramp].tags =
                vec![tag("barrier", "toll_booth"), tag("name", "松岗收费站")];
        }
        let mut chain = vec![top, middle_of_ramp, bottom];
        if !exit {
            chain.reverse();
        }
        let name = format!("{}{}", row.text(1)?, if exit { "出口" } else { "入口" });
        let tags = vec![
            tag("highway", "motorway_link"),
            tag("name", &name),
            tag("oneway", "yes"),
            tag("maxspeed", "40"),
        ];
        let mut pen = Pen::of_row(Source::Ramps, row, tags)?;
        pen.number = pen.number * 4 + side * 2 + usize::from(exit);
        pen.over = true;
        sheet.lines.push(super::sheet::Line { pen, chain, load: 0 });
    }
    Ok(())
}

/// The segment of `line` nearest to `point`, and the nearest position on it.
fn nearest_segment(sheet: &Sheet, line: usize, point: Point) -> Result<(usize, Point)> {
    let chain = &sheet.lines[line].chain;
    let foot = |at: usize| {
        let (a, b) = (sheet.point(chain[at]), sheet.point(chain[at + 1]));
        a + (b - a) * projection(a, b, point)
    };
    let nearest = (0..chain.len() - 1)
        .min_by(|&a, &b| foot(a).distance(point).total_cmp(&foot(b).distance(point)))
        .context("the motorway has no segment")?;
    Ok((nearest, foot(nearest)))
}

/// Puts a vertex into a line above grade.
fn insert(sheet: &mut Sheet, line: usize, at: usize, point: Point) -> usize {
    let vertex = sheet.add_vertex(point, Source::Ramps);
    sheet.lines[line].chain.insert(at + 1, vertex);
    vertex
}
