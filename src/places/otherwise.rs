//! A text in other forms that mean the same: without the postcode of a town, a settlement
//! without its article, pinyin in the characters for which it stands.

use super::{
    Gazetteer, NameKind, generic, name,
    normalize::letters,
    pick::Found,
    reworded::{self, Reworded, reworded},
    skeleton::{self, skeleton},
    spelling,
    steps::{MAX_COMPARED, Ranked, exactly},
    typed::{self, Typed},
};

/// The most letters of a syllable, and the fewest of a name that is compared.
const MAX_SYLLABLE: usize = 6;

impl Gazetteer {
    /// A text without the postcode before or after a settlement, whether or not anybody
    /// knows that it has that postcode: 9494 Schaan is Schaan. Where several are called so,
    /// the postcode may tell them apart, and stays.
    pub(super) fn without_postcode(&self, text: &str, typed: Typed) -> Typed {
        let rest = typed::without_postcode(text).and_then(|rest| Typed::new(rest).ok());
        let is_said = |rest: &Typed| {
            let named = exactly(&self.parts().normal, &rest.normal).collect::<Vec<_>>();
            let is_area = |&name: &u32| self.kind_by(name).is_area();
            let named = named.into_iter().filter(is_area).chain(self.settlements(rest));
            let mut places: Vec<_> = named.map(|name| self.place_of(name)).collect();
            places.sort_unstable();
            places.dedup();
            match &places[..] {
                [] => self.parts().localities.knows(&rest.normal),
                // Of one name, those that lie in each other are one for who writes there.
                [first, others @ ..] => others
                    .iter()
                    .all(|&other| self.dominates(*first, other) || self.dominates(other, *first)),
            }
        };
        // Andorra 2000 is a shop.
        let is_name = exactly(&self.parts().normal, &typed.normal).next().is_some();
        rest.filter(|rest| !is_name && is_said(rest)).unwrap_or(typed)
    }

    /// A text in other words that are a name, if it is none itself.
    pub(super) fn in_other_words(&self, text: &str, typed: Typed) -> Typed {
        // Most texts are names, which is told at once.
        let is_name = exactly(&self.parts().normal, &typed.normal).next().is_some();
        if is_name || self.has_gates(&typed) {
            return typed;
        }
        let sure = reworded(text).into_iter().filter(|other| other.is_sure);
        let said = self.first_whole(sure, &typed).or_else(|| self.bare(text, &typed));
        said.unwrap_or(typed)
    }

    /// Whether the text names a gate of something of which another gate is a place.
    fn has_gates(&self, typed: &Typed) -> bool {
        let Some(rest) = generic::without_gate(&typed.normal).filter(|_| typed.is_han()) else {
            return false;
        };
        let index = &self.parts().normal;
        let mut names = index.prefix(rest).texts().take(MAX_COMPARED);
        names.any(|text| index.text(text).strip_prefix(rest).is_some_and(generic::is_gate))
    }

    /// A text without what says that something is near to it, if what is left is a part of a
    /// name and the text is none: 松岗天虹门口.
    fn bare(&self, text: &str, typed: &Typed) -> Option<Typed> {
        let bare = reworded::bare(text);
        let is_named = |typed: &Typed| {
            !self.whole(typed, None).is_empty() || !self.part(typed, None).0.is_empty()
        };
        if bare.is_empty() || is_named(typed) {
            return None;
        }
        let mut rests = bare.iter().filter_map(|rest| Typed::new(rest).ok());
        rests.find(|rest| !rest.says_kinds() && !self.part(rest, None).0.is_empty())
    }

    /// A text in words that are likely to mean the same, if these are a name.
    pub(super) fn in_likely_words(&self, text: &str, typed: &Typed) -> Option<Typed> {
        let likely = reworded(text).into_iter().filter(|other| !other.is_sure);
        self.first_whole(likely, typed)
    }

    fn first_whole(&self, others: impl Iterator<Item = Reworded>, typed: &Typed) -> Option<Typed> {
        let mut others = others.peekable();
        if others.peek().is_none() || !self.whole(typed, None).is_empty() {
            return None;
        }
        let mut others = others.filter_map(|other| Typed::new(&other.text).ok());
        others.find(|other| {
            !self.whole(other, None).is_empty() || !self.stations_meant(other).is_empty()
        })
    }

    /// Names that are the text, those that people use today before others and before those
    /// of the past. A settlement is called so with its article and without.
    pub(super) fn exact(&self, typed: &Typed) -> Ranked {
        let index = &self.parts().normal;
        let texts = std::iter::once(&typed.normal).chain(&typed.digraphs);
        let mut names: Vec<u32> = texts.flat_map(|text| exactly(index, text)).collect();
        if !names.iter().any(|&name| self.kind_by(name).is_area()) {
            names.extend(self.settlements(typed));
        }
        let mut ranked = self.ranked(names);
        ranked.sort_by_key(|&(_, name)| {
            let kind = self.name_kind(name as usize);
            match kind {
                NameKind::Old => 2,
                NameKind::Alternative | NameKind::Short | NameKind::Local | NameKind::Brand => {
                    u8::from(!self.kind_by(name).is_area())
                }
                _ => 0,
            }
        });
        ranked
    }

    /// The names of settlements that are the text but for articles and how some words are
    /// written: Margineda is la Margineda.
    pub(super) fn settlements(&self, typed: &Typed) -> Vec<u32> {
        let words: Vec<&str> = typed.words.iter().map(String::as_str).collect();
        let skeleton = skeleton(&words);
        if skeleton.chars().nth(1).is_none() {
            return Vec::new();
        }
        let parts = self.parts();
        let named = exactly(&parts.normal, &skeleton).chain(exactly(&parts.cores, &skeleton));
        let is_it = |&name: &u32| {
            let text = self.name(name as usize).text;
            self.kind_by(name).is_area()
                && skeleton::of_name(text).is_none_or(|own| own == skeleton)
        };
        named.filter(is_it).collect()
    }

    /// The characters of a name of what was found for which pinyin stands; `None` if the
    /// text is none of them.
    pub(super) fn in_characters(&self, typed: &Typed, found: &Found) -> Option<String> {
        let spelled = typed.spelled.iter().chain(&typed.respelled).collect::<Vec<_>>();
        if spelled.is_empty() || typed.is_han() {
            return None;
        }
        let own = self.name(found.name as usize).text;
        let names = std::iter::once(own).chain(self.names(found.place).map(|name| name.text));
        let mut han = names.filter(|name| name::is_han(name));
        han.find_map(|name| spelled.iter().find_map(|spelled| spelled_part(name, spelled)))
    }
}

/// The part of a name that is spelled so.
fn spelled_part(name: &str, spelled: &str) -> Option<String> {
    let text: Vec<char> = letters(name).chars().collect();
    let lengths = spelled.len().div_ceil(MAX_SYLLABLE)..=spelled.len().min(text.len());
    let parts = (0..text.len()).flat_map(|at| {
        let text = &text;
        lengths.clone().filter_map(move |length| text.get(at..at + length))
    });
    let is_it =
        |part: &String| spelling::spellings(part).iter().any(|spelling| spelling.full == spelled);
    parts.map(|part| part.iter().collect::<String>()).find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_stands_for_a_part_of_a_name() {
        let part = |spelled| spelled_part("松岗公园站", spelled);
        assert_eq!(part("songganggongyuan").as_deref(), Some("松岗公园"));
        assert_eq!(part("gongyuan").as_deref(), Some("公园"));
        assert_eq!(part("songgangg"), None);
    }
}
