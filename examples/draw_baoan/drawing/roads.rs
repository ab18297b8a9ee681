//! The roads drawn by hand.

use std::path::Path;

use anyhow::{Result, bail};

use super::{
    plane::{Point, beside},
    sheet::{Pen, Sheet, Source, Tag, tag},
    table::{Stops, rows},
};

/// An end of a road so near to another, in metres, was meant to meet it.
const END_REACH_M: f64 = 45.0;

pub(crate) fn draw(sheet: &mut Sheet, folder: &Path, stops: &Stops) -> Result<()> {
    for row in rows(folder, "roads.txt")? {
        let mut tags = vec![tag("highway", row.text(2)?)];
        tags.extend(Some(tag("name", row.text(1)?)).filter(|(_, name)| !name.is_empty()));
        tags.extend(row.tags(3)?);
        let mut pen = Pen::of_row(Source::Roads, &row, tags)?;
        let points = stops.points(row.text(5)?)?;
        let line: Vec<Point> = points.iter().map(|&(point, _)| point).collect();
        let form = row.text(4)?;
        pen.over = form.starts_with("over ");
        match form.trim_start_matches("over ").split_once(' ') {
            Some(("dual", apart)) => {
                let marks: Vec<bool> = points.iter().map(|&(_, marked)| marked).collect();
                dual(sheet, &pen, &line, &marks, apart.parse()?);
            }
            None => {
                sheet.draw(&pen, &line, END_REACH_M);
            }
            Some(_) => bail!("no such form: {form}"),
        }
    }
    Ok(())
}

/// Two carriageways, `apart` metres from each other, joined at the marked
/// points.
fn dual(sheet: &mut Sheet, pen: &Pen, line: &[Point], marks: &[bool], apart: f64) {
    let oneway = Pen { tags: with(&pen.tags, tag("oneway", "yes")), ..pen.clone() };
    let there = beside(line, apart / 2.0);
    let back = beside(line, -apart / 2.0);
    sheet.draw(&oneway, &there, 1.0);
    let reversed: Vec<Point> = back.iter().rev().copied().collect();
    sheet.draw(&oneway, &reversed, 1.0);
    for ((&there, &back), _) in there.iter().zip(&back).zip(marks).filter(|&(_, &marked)| marked) {
        let kept = ["highway", "name"];
        let tags = pen.tags.iter().filter(|(key, _)| kept.contains(&key.as_str())).cloned();
        sheet.draw(&Pen { tags: tags.collect(), ..pen.clone() }, &[there, back], 14.0);
    }
}

fn with(tags: &[Tag], more: Tag) -> Vec<Tag> {
    tags.iter().cloned().chain([more]).collect()
}
