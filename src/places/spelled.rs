//! Names found by how they are spelled: with initials, in parts, with a slip.

use super::{
    Gazetteer, fuzzy, skeleton,
    spelling::{self, Spelling},
    steps::{MAX_COMPARED, Ranked, exactly},
    typed::Typed,
};

/// The most letters of a syllable: zhuang.
const MAX_SYLLABLE: usize = 6;

/// The most initials before pinyin, and the least pinyin after them.
const MAX_MIXED: usize = 4;
const MIN_TAIL: usize = 3;

/// The fewest letters of a text that may be a part of a name but for a slip.
const MIN_PART_LETTERS: usize = 7;

/// The most words of pinyin that are looked for apart from each other.
const MAX_PARTS: usize = 4;

impl Gazetteer {
    /// Names that begin with some initials and go on in pinyin: txdasha is 腾讯大厦.
    pub(super) fn mixed(&self, spelled: &str) -> Ranked {
        if !spelled.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Vec::new();
        }
        let index = &self.parts().pinyin;
        let most = spelled.len().saturating_sub(MIN_TAIL).min(MAX_MIXED);
        let mut names = Vec::new();
        for (head, tail) in (1..=most).map(|initials| spelled.split_at(initials)) {
            let hits = index.containing(tail).by_rank(|name| self.rank(name)).take(MAX_COMPARED);
            names.extend(hits.filter_map(|(rank, form)| {
                let (full, name) = (index.text(form), index.owner[form as usize]);
                let start = full.strip_suffix(tail)?.len();
                let is_it = full.starts_with(&head[..1])
                    && spelling::begins(self.name(name as usize).text, full, head, start);
                is_it.then_some((rank, name))
            }));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Names that are the text but for one slip, if it is long enough, or that
    /// sound like it: 彩天路 for 彩田路. If nothing is better, those with a part that is.
    pub(super) fn fuzzy(&self, typed: &Typed, is_first: bool) -> Ranked {
        let parts = self.parts();
        let rank = |name| self.rank(name);
        let least = if typed.normal.is_ascii() { 6 } else { 4 };
        let mut names = Vec::new();
        if typed.chars() >= least {
            names = fuzzy::within_one_slip(&parts.normal, &typed.normal, 1, rank);
        }
        if let Some(spelled) = typed.spelled.as_deref().filter(|spelled| spelled.len() >= 8) {
            names.extend(fuzzy::within_one_slip(&parts.pinyin, spelled, MAX_SYLLABLE, rank));
        }
        if typed.is_han() && typed.chars() > 1 {
            let sounds = spelling::spellings(&typed.normal).into_iter();
            let alike =
                sounds.flat_map(|sound| exactly(&parts.pinyin, &sound.full).collect::<Vec<_>>());
            names.extend(self.ranked(alike.collect()));
        }
        let least = if typed.normal.is_ascii() { MIN_PART_LETTERS } else { least };
        if names.is_empty() && is_first && typed.chars() >= least {
            names = fuzzy::with_part_within_one_slip(&parts.normal, &typed.normal, rank);
            // A part in letters begins with a word.
            let first = typed.normal.chars().next();
            let begins_word = |name: u32| {
                let words = skeleton::words(self.name(name as usize).text);
                words.iter().any(|word| word.chars().next() == first)
            };
            names.retain(|&(_, name)| typed.is_han() || begins_word(name));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Names in Chinese that begin with the first word of pinyin and end with the last, with the
    /// others between them in their order: songgang yiyuan for 松岗人民医院.
    pub(super) fn spelled_scattered(&self, typed: &Typed) -> Ranked {
        let are_letters = |word: &String| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let [first, between @ .., last] = &typed.words[..] else { return Vec::new() };
        let is_asked = first.len() > 1 && typed.words.len() <= MAX_PARTS;
        if !is_asked || !typed.words.iter().all(are_letters) {
            return Vec::new();
        }
        let index = &self.parts().pinyin;
        let has_rest = |full: &str| {
            let after = between.iter().try_fold(full, |left, word| {
                left.split_once(word.as_str()).map(|(_, after)| after)
            });
            after.is_some_and(|left| left.ends_with(last.as_str()))
        };
        let is_it = |&form: &u32| {
            let full = index.text(form);
            let may_be = full.strip_prefix(first.as_str()).is_some_and(has_rest);
            // Songgan is a slip.
            let name = self.name(index.owner[form as usize] as usize).text;
            let ends_there = |spelling: &Spelling| {
                let mut ends = spelling.syllables.iter();
                spelling.full == full && ends.any(|&end| end as usize == first.len())
            };
            may_be && spelling::spellings(name).iter().any(ends_there)
        };
        let hits = index.prefix(first).texts().take(MAX_COMPARED).filter(is_it);
        self.ranked(hits.map(|form| index.owner[form as usize]).collect())
    }
}
