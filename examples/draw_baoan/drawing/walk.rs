//! Shortest ways on the sheet, whatever the direction of travel: to see
//! whether a road is still missing.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::sheet::Sheet;

/// The edges of the shortest way from `from` to `to`, as pairs of vertex and
/// the line that leads there, if it is at most `limit` metres long.
pub(crate) fn way(
    sheet: &Sheet,
    from: usize,
    to: usize,
    limit: f64,
) -> Option<Vec<(usize, usize)>> {
    let mut reached: Vec<Option<(usize, usize)>> = vec![None; sheet.vertices.len()];
    let mut settled = vec![false; sheet.vertices.len()];
    let mut queue = BinaryHeap::from([Reverse((0_u64, from, (from, 0)))]);
    while let Some(Reverse((millimetres, vertex, by))) = queue.pop() {
        if std::mem::replace(&mut settled[vertex], true) {
            continue;
        }
        reached[vertex] = Some(by);
        if vertex == to {
            break;
        }
        for &(head, line) in &sheet.vertices[vertex].edges {
            let far = millimetres + length(sheet, vertex, head);
            if !settled[head] && far <= rounded(limit) {
                queue.push(Reverse((far, head, (vertex, line))));
            }
        }
    }
    let mut edges = Vec::new();
    let mut at = to;
    while at != from {
        let (before, line) = reached[at]?;
        edges.push((at, line));
        at = before;
    }
    Some(edges)
}

fn length(sheet: &Sheet, from: usize, to: usize) -> u64 {
    rounded(sheet.point(from).distance(sheet.point(to)))
}

/// In whole millimetres, so that sums do not depend on their order.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and no distance on the sheet is negative"
)]
fn rounded(metres: f64) -> u64 {
    (metres * 1000.0) as u64
}

/// The sets of vertices that hang together, the largest first.
pub(crate) fn pieces(sheet: &Sheet) -> Vec<Vec<usize>> {
    let mut seen = vec![false; sheet.vertices.len()];
    let mut pieces = Vec::new();
    for start in 0..sheet.vertices.len() {
        if sheet.vertices[start].edges.is_empty() || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut piece = vec![start];
        let mut next = 0;
        while let Some(&vertex) = piece.get(next) {
            next += 1;
            for &(head, _) in &sheet.vertices[vertex].edges {
                if !std::mem::replace(&mut seen[head], true) {
                    piece.push(head);
                }
            }
        }
        pieces.push(piece);
    }
    pieces.sort_by_key(|piece| (Reverse(piece.len()), piece[0]));
    pieces
}
