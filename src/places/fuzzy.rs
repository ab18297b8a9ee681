//! Names that are nearly what was typed: one character is wrong, missing or too
//! many, or two neighbours have changed places.
//!
//! Of a text with one such slip, its first or its second half is as it should
//! be, unless the two in the middle have changed places: what begins with the
//! one or ends with the other is compared, and what has them the other way
//! around is looked up. That is exact, and needs no index of its own.

use super::text_index::TextIndex;

/// How many texts are compared for each half.
const MAX_COMPARED: usize = 3_000;

/// The names of texts that are one slip away from `typed`, and their ranks.
pub(super) fn within_one_slip<'i>(
    index: &'i TextIndex,
    typed: &str,
    rank: impl Fn(u32) -> u32 + Copy + 'i,
) -> Vec<(u32, u32)> {
    let chars: Vec<char> = typed.chars().collect();
    let middle = typed.char_indices().nth(chars.len() / 2).map_or(0, |(at, _)| at);
    let (head, tail) = typed.split_at(middle);
    let mut swapped = chars.clone();
    if let Some(pair @ [_, _]) =
        (chars.len() / 2).checked_sub(1).and_then(|at| swapped.get_mut(at..at + 2))
    {
        pair.swap(0, 1);
    }
    let swapped: String = swapped.into_iter().collect();
    let mut found = Vec::new();
    for hits in [index.exact(&swapped), index.prefix(head), index.ending(tail)] {
        for (rank, text) in hits.by_rank(rank).take(MAX_COMPARED) {
            if is_one_slip(&chars, index.text(text)) {
                found.push((rank, index.owner[text as usize]));
            }
        }
    }
    found
}

/// Whether one character must be replaced, left out or put in, or two swapped, to
/// make `other` of `chars`.
fn is_one_slip(chars: &[char], other: &str) -> bool {
    let other: Vec<char> = other.chars().collect();
    let same = chars.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&chars[same..], &other[same..]);
    let is_without_first =
        |long: &[char], short: &[char]| long.split_first().is_some_and(|(_, rest)| rest == short);
    is_without_first(a, b)
        || is_without_first(b, a)
        || matches!((a, b), ([_, a @ ..], [_, b @ ..]) if a == b)
        || matches!((a, b), ([a1, a2, a @ ..], [b1, b2, b @ ..]) if (a1, a2, a) == (b2, b1, b))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let chars: Vec<char> = a.chars().collect();
            assert_eq!(is_one_slip(&chars, b), expected, "{a} {b}");
        }
    }
}
