//! Texts and where they are found: whole, by their beginning, by any part.
//!
//! Texts lie one after the other, with a zero after each. `sorted` has them in
//! their order, so that those with a common beginning are a range, and
//! `suffixes` has the places where a part may begin, likewise. [`Fences`] tell
//! about where in them a text stands. Over both lists stands a tree of the best
//! rank in each part of them ([`Ranks`]), so that the best few of a long range
//! are found without a look at all of it.

use rayon::prelude::*;

use super::{
    fences::{Fences, head_of},
    ranks::Ranks,
};
use crate::array::{Array, are_rows, first_positions, row};

/// The arrays of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextIndex {
    /// Where each text begins in `bytes`; one entry more than texts.
    pub first: Array<u32>,
    /// All texts in UTF-8, with a zero after each.
    pub bytes: Array<u8>,
    /// The name that each text is a form of.
    pub owner: Array<u32>,
    /// The texts, in their order.
    pub sorted: Array<u32>,
    /// The first bytes of some of `sorted`.
    pub sorted_heads: Array<u64>,
    /// The best ranks in `sorted`.
    pub sorted_ranks: Array<u32>,
    /// Where parts begin, in the order of the text from there to its end.
    pub suffixes: Array<u32>,
    /// The first bytes of some of `suffixes`.
    pub suffix_heads: Array<u64>,
    /// The best ranks in `suffixes`.
    pub suffix_ranks: Array<u32>,
}

/// A text before it is indexed.
#[derive(Clone, Debug)]
pub(super) struct IndexedText {
    /// Without zeros; not empty.
    pub(super) text: String,
    /// The name that it is a form of.
    pub(super) owner: u32,
    /// Where in it a part may begin that is searched for, in bytes.
    pub(super) parts: Vec<u32>,
}

/// Entries of one of the lists, in the order of their texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hits<'i> {
    index: &'i TextIndex,
    list: List,
    from: usize,
    to: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Sorted,
    Suffixes,
}

impl TextIndex {
    /// Indexes `texts`, whose names have the ranks that `rank` tells: lower is
    /// better. Takes O(n log n) time in their length, on all cores.
    ///
    /// # Panics
    ///
    /// If all texts together have 4 GB or more.
    pub(super) fn build(texts: &[IndexedText], rank: impl Fn(u32) -> u32 + Sync) -> Self {
        let first = first_positions(texts.iter().map(|text| text.text.len() + 1));
        let bytes: Vec<u8> = texts.iter().flat_map(|text| text.text.bytes().chain([0])).collect();
        let mut sorted: Vec<u32> = (0..).zip(texts).map(|(index, _)| index).collect();
        sorted.par_sort_unstable_by_key(|&index| (&texts[index as usize].text, index));
        let suffixes = suffixes(texts, &first, &bytes);
        let mut index = Self {
            owner: texts.iter().map(|text| text.owner).collect(),
            first: first.into(),
            bytes: bytes.into(),
            sorted: sorted.into(),
            suffixes: suffixes.into(),
            ..Self::default()
        };
        index.sorted_heads =
            Fences::build(index.sorted.len(), |entry| index.head_at(index.start_of(entry)));
        index.suffix_heads =
            Fences::build(index.suffixes.len(), |entry| index.head_at(index.suffixes[entry]));
        index.sorted_ranks = Ranks::build(index.sorted.len(), |entry| {
            rank(index.owner[index.sorted[entry] as usize])
        });
        let text_at = |start: u32| index.text_at(start);
        index.suffix_ranks = Ranks::build(index.suffixes.len(), |entry| {
            rank(index.owner[text_at(index.suffixes[entry]) as usize])
        });
        index
    }

    /// Whether the arrays fit together and have names below `name_count`; that
    /// texts are sorted and ranks true is not checked.
    ///
    /// # Errors
    ///
    /// The name of the first array that does not fit.
    pub(super) fn check(&self, name_count: usize) -> Result<(), &'static str> {
        let demand = |holds: bool, array| if holds { Ok(()) } else { Err(array) };
        let (texts, length) = (self.owner.len(), self.bytes.len());
        let is_nothing = texts == 0 && self.first.is_empty() && length == 0;
        demand(is_nothing || are_rows(&self.first, texts, length), "first")?;
        demand(self.owner.iter().all(|&name| (name as usize) < name_count), "owner")?;
        demand(self.sorted.iter().all(|&text| (text as usize) < texts), "sorted")?;
        demand(self.suffixes.iter().all(|&at| (at as usize) < length), "suffixes")?;
        let heads = |list: usize, heads: &Array<u64>| heads.len() == Fences::len(list);
        demand(heads(self.sorted.len(), &self.sorted_heads), "sorted_heads")?;
        demand(heads(self.suffixes.len(), &self.suffix_heads), "suffix_heads")?;
        let ranks = |list: usize, ranks: &Array<u32>| ranks.len() == Ranks::len(list);
        demand(ranks(self.sorted.len(), &self.sorted_ranks), "sorted_ranks")?;
        demand(ranks(self.suffixes.len(), &self.suffix_ranks), "suffix_ranks")
    }

    /// The text of that number; empty if it is not UTF-8, in a damaged file.
    pub(super) fn text(&self, text: u32) -> &str {
        let bytes = &self.bytes[row(&self.first, text as usize)];
        std::str::from_utf8(bytes.strip_suffix(&[0]).unwrap_or(bytes)).unwrap_or_default()
    }

    /// The texts that are `text`.
    pub(super) fn exact(&self, text: &str) -> Hits<'_> {
        let key: Vec<u8> = text.bytes().chain([0]).collect();
        self.find(List::Sorted, &key)
    }

    /// The texts that begin with `text`.
    pub(super) fn prefix(&self, text: &str) -> Hits<'_> {
        self.find(List::Sorted, text.as_bytes())
    }

    /// Where parts of texts begin with `text`; a text for each time.
    pub(super) fn containing(&self, text: &str) -> Hits<'_> {
        self.find(List::Suffixes, text.as_bytes())
    }

    /// Where parts that end with their text are `text`.
    pub(super) fn ending(&self, text: &str) -> Hits<'_> {
        let key: Vec<u8> = text.bytes().chain([0]).collect();
        self.find(List::Suffixes, &key)
    }

    fn find(&self, list: List, key: &[u8]) -> Hits<'_> {
        let bytes = &*self.bytes;
        let (entries, heads): (&[u32], _) = match list {
            List::Sorted => (&self.sorted, &self.sorted_heads),
            List::Suffixes => (&self.suffixes, &self.suffix_heads),
        };
        let around = Fences::new(heads).around(key, entries.len());
        let start = |entry: u32| match list {
            List::Sorted => self.first[entry as usize] as usize,
            List::Suffixes => entry as usize,
        };
        let head = |&entry: &u32| {
            let rest = bytes.get(start(entry)..).unwrap_or_default();
            &rest[..rest.len().min(key.len())]
        };
        let from = around.start + entries[around.clone()].partition_point(|at| head(at) < key);
        let to = from + entries[from..around.end].partition_point(|at| head(at) == key);
        Hits { index: self, list, from, to }
    }

    /// Where an entry of `sorted` begins in `bytes`.
    fn start_of(&self, entry: usize) -> u32 {
        self.first[self.sorted[entry] as usize]
    }

    /// The first bytes of the text from there to its end.
    fn head_at(&self, start: u32) -> u64 {
        let rest = &self.bytes[start as usize..];
        head_of(&rest[..rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len())])
    }

    /// The text that a position in `bytes` lies in.
    fn text_at(&self, start: u32) -> u32 {
        let after = self.first.partition_point(|&first| first <= start);
        let texts = self.owner.len();
        let text = after.saturating_sub(1).min(texts.saturating_sub(1));
        u32::try_from(text).expect("texts are numbered with 32 bits")
    }
}

impl<'i> Hits<'i> {
    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }

    /// The texts, best rank first, among equals in their order; those of one
    /// rank by `rank`, which is that of the name that a text is a form of.
    pub(super) fn by_rank(
        self,
        rank: impl Fn(u32) -> u32 + 'i,
    ) -> impl Iterator<Item = (u32, u32)> + 'i {
        let ranks = match self.list {
            List::Sorted => &self.index.sorted_ranks,
            List::Suffixes => &self.index.suffix_ranks,
        };
        let of_entry = move |entry: usize| rank(self.index.owner[self.text(entry) as usize]);
        Ranks::new(ranks)
            .best_of(self.from..self.to, of_entry)
            .map(move |(rank, entry)| (rank, self.text(entry)))
    }

    /// The texts in the order of the list.
    pub(super) fn texts(self) -> impl Iterator<Item = u32> + 'i {
        (self.from..self.to).map(move |entry| self.text(entry))
    }

    fn text(&self, entry: usize) -> u32 {
        match self.list {
            List::Sorted => self.index.sorted[entry],
            List::Suffixes => self.index.text_at(self.index.suffixes[entry]),
        }
    }
}

/// Where parts begin, in the order of the text from there on.
fn suffixes(texts: &[IndexedText], first: &[u32], bytes: &[u8]) -> Vec<u32> {
    let starts = texts
        .iter()
        .zip(first)
        .flat_map(|(text, &start)| text.parts.iter().map(move |&part| start + part));
    let suffix = |start: u32| {
        let rest = &bytes[start as usize..];
        &rest[..rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len())]
    };
    // The first eight bytes decide most comparisons without a look at the text.
    let mut keyed: Vec<(u64, u32)> = starts.map(|start| (head_of(suffix(start)), start)).collect();
    keyed.par_sort_unstable_by(|&(head_a, a), &(head_b, b)| {
        head_a.cmp(&head_b).then_with(|| suffix(a).cmp(suffix(b))).then(a.cmp(&b))
    });
    keyed.into_iter().map(|(_, start)| start).collect()
}
