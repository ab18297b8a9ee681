//! Joins what hangs together with nothing to the rest, by the shortest lane.

use super::{
    sheet::{Pen, Sheet, Source, tag},
    walk,
};

/// Farther than this from everything else, a piece of road is left out.
const LIMIT_M: f64 = 2_500.0;

pub(crate) fn join(sheet: &mut Sheet) {
    for number in 0.. {
        let pieces = walk::pieces(sheet);
        let [main, others @ ..] = pieces.as_slice() else { return };
        let mut shortest: Option<(f64, usize, usize)> = None;
        for &vertex in others.iter().flatten() {
            for &near in main {
                let distance = sheet.point(vertex).distance(sheet.point(near));
                if shortest.is_none_or(|(best, ..)| distance < best) {
                    shortest = Some((distance, vertex, near));
                }
            }
        }
        let Some((distance, from, to)) = shortest else { return };
        if distance > LIMIT_M {
            let keep: Vec<usize> = main.clone();
            return sheet.erase(|_, _, a, _| !keep.contains(&a));
        }
        let pen = Pen {
            source: Source::Islands,
            number,
            tags: vec![tag("highway", "unclassified")],
            over: false,
            reach: 12.0,
        };
        sheet.draw_between(&pen, from, to);
    }
}
