//! Circles in the place of junctions.

use std::path::Path;

use anyhow::Result;

use super::{
    plane::Point,
    sheet::{Pen, Sheet, Source, tag},
    table::rows,
};

/// The corners of a circle of radius 1, anticlockwise.
const CORNERS: [(f64, f64); 12] = {
    const A: f64 = 0.5;
    const B: f64 = 0.866_025_403_784_438_6;
    [
        (1.0, 0.0),
        (B, A),
        (A, B),
        (0.0, 1.0),
        (-A, B),
        (-B, A),
        (-1.0, 0.0),
        (-B, -A),
        (-A, -B),
        (0.0, -1.0),
        (A, -B),
        (B, -A),
    ]
};

pub(crate) fn draw(sheet: &mut Sheet, folder: &Path) -> Result<()> {
    for row in rows(folder, "roundabouts.txt")? {
        let (middle, radius) = (row.point(2)?, row.number::<f64>(3)?);
        let tags = vec![
            tag("highway", "secondary"),
            tag("name", row.text(1)?),
            tag("junction", "roundabout"),
            tag("maxspeed", "30"),
        ];
        let pen = Pen { reach: 4.0, ..Pen::of_row(Source::Roundabouts, &row, tags)? };
        let corner = |&(east, north): &(f64, f64)| middle + Point { east, north } * radius;
        let circle: Vec<Point> = CORNERS.iter().chain(&CORNERS[..1]).map(corner).collect();
        // The roads through the middle end at the circle.
        let first = sheet.lines.len();
        sheet.draw(&pen, &circle, 4.0);
        sheet.erase(|sheet, line, a, b| {
            let half = (sheet.point(a) + sheet.point(b)) * 0.5;
            line < first && half.distance(middle) < radius * 0.93
        });
    }
    Ok(())
}
