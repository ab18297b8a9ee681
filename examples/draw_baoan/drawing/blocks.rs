//! The streets between the arterials, as grids of lanes. A lane ends at the
//! first road on either side of its middle.

use std::path::Path;

use anyhow::Result;

use super::{
    plane::{Point, crossing},
    sheet::{Pen, Sheet, Source, tag},
    table::{Row, rows},
};

/// How far a lane goes on beyond its grid to reach a road.
const EXTENSION_M: f64 = 260.0;

/// A lane that does not join the road at its end stops so far before it.
const GAP_M: f64 = 22.0;

/// Lanes shorter than this are not drawn.
const SHORTEST_M: f64 = 70.0;

/// A barrier stands so far inside the end of a lane.
const GATE_M: f64 = 18.0;

/// A lane of a grid before it is drawn.
struct Lane {
    /// From the corner of the grid to its far side.
    ends: [Point; 2],
    name: String,
    joins: bool,
    oneway: bool,
}

pub(crate) fn draw(sheet: &mut Sheet, folder: &Path) -> Result<()> {
    for row in rows(folder, "blocks.csv")? {
        let barred_block = row.text(13)? == "yes";
        let first = sheet.lines.len();
        let mut gates = Vec::new();
        for (index, lane) in lanes(&row)?.into_iter().enumerate() {
            let Some((points, joined)) = cut(sheet, first, &lane) else { continue };
            let mut tags = vec![tag("highway", row.text(10)?), tag("name", &lane.name)];
            if lane.oneway && joined == [true; 2] {
                tags.push(tag("oneway", "yes"));
            }
            if barred_block {
                tags.push(tag("maxspeed", "15"));
            }
            let mut pen = Pen::of_row(Source::Blocks, &row, tags)?;
            pen.number = pen.number * 64 + index;
            let (points, barriers) =
                if barred_block { barred(&points, joined) } else { (points, vec![]) };
            sheet.draw(&pen, &points, 4.0);
            gates.extend(barriers);
        }
        shut(sheet, &gates);
    }
    Ok(())
}

/// The lanes of a grid: those along it, then those across.
fn lanes(row: &Row) -> Result<Vec<Lane>> {
    let middle = row.point(2)?;
    let along = Point { east: row.number(4)?, north: row.number(5)? }.unit();
    let across = along.right();
    let (columns, ranks): (u32, u32) = (row.number(6)?, row.number(7)?);
    let (column_m, row_m): (f64, f64) = (row.number(8)?, row.number(9)?);
    let (joins, oneway): (u32, u32) = (row.number(11)?, row.number(12)?);
    let half = |count: u32, step: f64| f64::from(count - 1) * step / 2.0;
    let (wide, long) = (half(columns, column_m), half(ranks, row_m));
    let mut lanes = Vec::new();
    for (count, step, forward, sideways, reach, kind) in [
        (columns, column_m, along, across, long, "巷"),
        (ranks, row_m, across, along, wide, "横巷"),
    ] {
        for index in 0..count {
            let foot = middle + sideways * (f64::from(index) * step - half(count, step));
            let turned = if index % 2 == 0 { 1.0 } else { -1.0 };
            lanes.push(Lane {
                ends: [foot - forward * (reach * turned), foot + forward * (reach * turned)],
                name: format!("{}{}{kind}", row.text(1)?, numeral(index + 1)),
                joins: index % joins == 0,
                oneway: oneway > 0 && index % oneway == oneway - 1,
            });
        }
    }
    Ok(lanes)
}

/// A number up to 19 as it is written in names of lanes.
fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = DIGITS[number as usize % 10];
    if number < 10 { digit.to_owned() } else { format!("十{digit}") }
}

/// The part of a lane between the roads on either side of its middle, and
/// which of its ends join them. Roads are the lines before the line `first`.
fn cut(sheet: &Sheet, first: usize, lane: &Lane) -> Option<(Vec<Point>, [bool; 2])> {
    let [start, end] = lane.ends;
    let middle = (start + end) * 0.5;
    let mut joined = [false; 2];
    let mut points = [start, end];
    for (side, point) in points.iter_mut().enumerate() {
        let ahead = (*point - middle).unit();
        let far = *point + ahead * EXTENSION_M;
        let roads = sheet.segments().take_while(|&(line, ..)| line < first);
        let met = roads.filter_map(|(_, _, a, b)| crossing(middle, far, a, b)).map(|met| met.0);
        let Some(road) = met.min_by(f64::total_cmp).map(|part| middle + (far - middle) * part)
        else {
            continue;
        };
        let inside = road.distance(middle) < point.distance(middle) + GAP_M;
        if lane.joins {
            *point = road;
            joined[side] = true;
        } else if inside {
            *point = road - ahead * GAP_M;
        }
    }
    let [start, end] = points;
    let kept = (start - middle).dot(end - middle) < 0.0 && start.distance(end) > SHORTEST_M;
    kept.then(|| (vec![start, end], joined))
}

/// A lane with a point for a barrier inside each end that joins a road.
fn barred(points: &[Point], joined: [bool; 2]) -> (Vec<Point>, Vec<Point>) {
    let [start, end] = [points[0], points[points.len() - 1]];
    let ahead = (end - start).unit();
    let gates = [(joined[0], start + ahead * GATE_M), (joined[1], end - ahead * GATE_M)];
    let gates: Vec<Point> = gates.into_iter().filter(|gate| gate.0).map(|gate| gate.1).collect();
    let line = [start].into_iter().chain(gates.iter().copied()).chain([end]).collect();
    (line, gates)
}

/// Shuts all gates but the first. Residents' gates let nobody else through;
/// every third is shut for good.
fn shut(sheet: &mut Sheet, gates: &[Point]) {
    for (index, &gate) in gates.iter().enumerate() {
        let Some(vertex) = sheet.nearest_vertex(gate, 5.0) else { continue };
        let access = match index {
            0 => "yes",
            _ if index % 3 == 0 => "no",
            _ => "private",
        };
        sheet.vertices[vertex].tags =
            vec![tag("barrier", "gate"), tag("access", access), tag("foot", "yes")];
    }
}
