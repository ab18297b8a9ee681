//! Closed rings of pieces that were drawn apart.

use std::collections::BTreeMap;

/// Joins pieces (the node numbers of ways) at their ends into closed rings, in
/// whatever direction each was drawn. What does not close, because a piece is
/// missing, is left out. Takes O(n log n) time.
pub(super) fn join(pieces: &[&[i64]]) -> Vec<Vec<i64>> {
    let mut rings = Vec::new();
    let mut at_end: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let [first, .., last] = piece {
            if first == last {
                rings.push(piece.to_vec());
                continue;
            }
            at_end.entry(*first).or_default().push(index);
            at_end.entry(*last).or_default().push(index);
        }
    }
    let mut used = vec![false; pieces.len()];
    for start in 0..pieces.len() {
        let open = pieces[start].len() >= 2 && pieces[start].first() != pieces[start].last();
        if !open || std::mem::replace(&mut used[start], true) {
            continue;
        }
        let mut ring = pieces[start].to_vec();
        while ring.first() != ring.last() {
            let end = *ring.last().expect("a ring has two nodes or more");
            let candidates = at_end.get(&end).map_or(&[][..], Vec::as_slice);
            let Some(&next) = candidates.iter().find(|&&piece| !used[piece]) else { break };
            used[next] = true;
            if pieces[next].first() == Some(&end) {
                ring.extend(&pieces[next][1..]);
            } else {
                ring.extend(pieces[next].iter().rev().skip(1));
            }
        }
        if ring.first() == ring.last() {
            rings.push(ring);
        }
    }
    rings.retain(|ring| ring.len() >= 4);
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_in_any_direction() {
        let rings = join(&[&[1, 2, 3], &[5, 4, 3], &[5, 6, 1], &[7, 8, 9, 7], &[9, 10]]);
        assert_eq!(rings, [vec![7, 8, 9, 7], vec![1, 2, 3, 4, 5, 6, 1]]);
        assert!(join(&[&[1, 2], &[2, 3], &[], &[4], &[1, 1]]).is_empty());
    }
}
