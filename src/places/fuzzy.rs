//! Names that are nearly what was typed: one character is wrong, missing or too
//! many, or two neighbours have changed places.
//!
//! Wherever a text with one such slip is cut in two, its first or its second part is
//! as it should be, unless the two at the cut have changed places: what begins with
//! the one or ends with the other is compared, and what has them the other way
//! around is looked up. That is exact, and needs no index of its own. Of several
//! cuts the one is taken that leaves the fewest names to compare.

use super::text_index::{Hits, TextIndex};

/// How many texts are compared for each part.
const MAX_COMPARED: usize = 3_000;

/// The same where they only have to have the part.
const MAX_PARTS_COMPARED: usize = 500;

/// Where a text may be cut, in eighths.
const CUTS: [usize; 5] = [4, 3, 5, 2, 6];

/// So few names are compared that no other cut is looked for.
const FEW: usize = 50;

/// The names of texts that are one slip away from `typed`, and their ranks. Parts
/// of texts that the index knows begin no more than `apart` characters after one
/// another.
pub(super) fn within_one_slip<'i>(
    index: &'i TextIndex,
    typed: &str,
    apart: usize,
    rank: impl Fn(u32) -> u32 + Copy + 'i,
) -> Vec<(u32, u32)> {
    let Some((cut, hits)) = best_cut(index, typed, apart) else { return Vec::new() };
    let mut found = Vec::new();
    for hits in hits.into_iter().chain([index.exact(&swapped(typed, cut))]) {
        for (rank, text) in hits.by_rank(rank).take(MAX_COMPARED) {
            if is_one_slip(typed, index.text(text)) {
                found.push((rank, index.owner[text as usize]));
            }
        }
    }
    found
}

/// The names of texts with a part that is one slip away from `typed`, and their ranks: at the
/// cut that leaves the fewest of them, those that have what is before it or after it are compared.
pub(super) fn with_part_within_one_slip<'i>(
    index: &'i TextIndex,
    typed: &str,
    rank: impl Fn(u32) -> u32 + Copy + 'i,
) -> Vec<(u32, u32)> {
    let starts: Vec<usize> = typed.char_indices().map(|(at, _)| at).collect();
    let cuts = CUTS.iter().filter_map(|eighths| starts.get(starts.len() * eighths / 8));
    let halves = cuts.filter(|&&cut| cut > 0).map(|&cut| typed.split_at(cut));
    let hits = |half: &str| index.containing(half);
    let best = halves.min_by_key(|(head, tail)| hits(head).len() + hits(tail).len());
    let Some((head, tail)) = best else { return Vec::new() };
    let after_head = |text: &str| {
        let mut heads = text.match_indices(head);
        heads.any(|(at, _)| beginnings(&text[at..], starts.len()).any(|b| is_one_slip(typed, b)))
    };
    let before_tail = |text: &str| {
        let mut tails = text.match_indices(tail).map(|(at, tail)| at + tail.len());
        tails.any(|end| endings(&text[..end], starts.len()).any(|e| is_one_slip(typed, e)))
    };
    let mut found = Vec::new();
    for (half, is_it) in [(head, &after_head as &dyn Fn(&str) -> bool), (tail, &before_tail)] {
        for (rank, text) in hits(half).by_rank(rank).take(MAX_PARTS_COMPARED) {
            if is_it(index.text(text)) {
                found.push((rank, index.owner[text as usize]));
            }
        }
    }
    found
}

/// The beginnings of a text that have so many characters, or one more or less.
fn beginnings(text: &str, chars: usize) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.skip(chars.saturating_sub(2)).take(3).map(|end| &text[..end])
}

/// The same of its end.
fn endings(text: &str, chars: usize) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().rev().map(|(at, _)| at);
    starts.skip(chars.saturating_sub(2)).take(3).map(|start| &text[start..])
}

/// The cut that leaves the fewest names to compare, in bytes, and these.
fn best_cut<'i>(index: &'i TextIndex, typed: &str, apart: usize) -> Option<(usize, Vec<Hits<'i>>)> {
    let starts: Vec<usize> = typed.char_indices().map(|(at, _)| at).collect();
    let mut best: Option<(usize, usize, Vec<Hits<'i>>)> = None;
    for eighths in CUTS {
        let at = starts.len() * eighths / 8;
        let Some(&cut) = starts.get(at).filter(|&&cut| cut > 0) else { continue };
        let tails = starts[at..].iter().take(apart).map(|&start| index.ending(&typed[start..]));
        let hits: Vec<Hits<'i>> =
            std::iter::once(index.prefix(&typed[..cut])).chain(tails).collect();
        let count: usize = hits.iter().map(Hits::len).sum();
        if best.as_ref().is_none_or(|&(least, ..)| count < least) {
            best = Some((count, cut, hits));
        }
        if count <= FEW {
            break;
        }
    }
    best.map(|(_, cut, hits)| (cut, hits))
}

/// The text with the characters before and after the cut swapped.
fn swapped(typed: &str, cut: usize) -> String {
    let (head, tail) = typed.split_at(cut);
    let (mut before, mut after) = (head.chars(), tail.chars());
    let pair = [after.next(), before.next_back()].into_iter().flatten();
    before.as_str().chars().chain(pair).chain(after.as_str().chars()).collect()
}

/// Whether one character must be replaced, left out or put in, or two swapped, to
/// make `other` of `typed`.
fn is_one_slip(typed: &str, other: &str) -> bool {
    // No character has more than four bytes.
    if typed.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let same = typed.char_indices().zip(other.chars()).find(|((_, a), b)| a != b);
    let same = same.map_or(typed.len().min(other.len()), |((at, _), _)| at);
    let (mut a, mut b) = (typed[same..].chars(), other[same..].chars());
    let (whole_a, whole_b) = (a.as_str(), b.as_str());
    let (first_a, first_b) = (a.next(), b.next());
    let (rest_a, rest_b) = (a.as_str(), b.as_str());
    let (second_a, second_b) = (a.next(), b.next());
    let is_swapped = || {
        first_a.is_some() && first_a == second_b && first_b == second_a && a.as_str() == b.as_str()
    };
    match (first_a, first_b) {
        (None, None) => false,
        (Some(_), None) => rest_a.is_empty(),
        (None, Some(_)) => rest_b.is_empty(),
        _ => rest_a == whole_b || whole_a == rest_b || rest_a == rest_b || is_swapped(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::text_index::IndexedText, *};

    #[test]
    fn a_slip_is_one_character() {
        for (a, b, expected) in [
            ("人民医院", "人民医院", false),
            ("人民医院", "人民一院", true),
            ("人民医院", "人民院", true),
            ("人民医院", "人民大医院", true),
            ("人民医院", "民医院", true),
            ("人民医院", "人民医院北", true),
            ("人民医院", "人民一园", false),
            ("人民医院", "人医民院", true),
            ("人民医院", "民人院医", false),
            ("人民医院", "医民人院", false),
            ("a", "", true),
            ("", "", false),
        ] {
            assert_eq!(is_one_slip(a, b), expected, "{a} {b}");
            assert_eq!(is_one_slip(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn a_part_may_have_a_slip() {
        assert_eq!(beginnings("人民医院", 3).collect::<Vec<_>>(), ["人民", "人民医", "人民医院"]);
        assert_eq!(endings("人民医院", 4).collect::<Vec<_>>(), ["民医院", "人民医院"]);
        let texts = ["松岗琥珀博物馆", "landesmuseum", "liechtensteinischeslandesmuseum"];
        let texts: Vec<IndexedText> = (0..)
            .zip(texts)
            .map(|(owner, text)| IndexedText {
                text: text.to_owned(),
                owner,
                parts: text.char_indices().map(|(at, _)| u32::try_from(at).unwrap()).collect(),
            })
            .collect();
        let index = TextIndex::build(&texts, |name| name);
        let found = |typed| {
            let found = with_part_within_one_slip(&index, typed, |name| name);
            found.into_iter().map(|(_, name)| name).collect::<BTreeSet<u32>>()
        };
        assert_eq!(found("虎珀博物馆"), BTreeSet::from([0]));
        assert_eq!(found("琥珀博物管"), BTreeSet::from([0]));
        assert_eq!(found("landesmusem"), BTreeSet::from([1, 2]));
        assert_eq!(found("landmusem"), BTreeSet::new());
    }

    #[test]
    fn neighbours_at_the_cut_are_swapped() {
        assert_eq!(swapped("人民医院", 6), "人医民院");
        assert_eq!(swapped("ab", 1), "ba");
    }
}
