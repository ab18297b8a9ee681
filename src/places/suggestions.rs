//! What is suggested for a text that is nowhere.

use super::{
    Gazetteer, PlaceKind, PlaceMatch, generic, house_numbers, normalize,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    steps::{MAX_COMPARED, Step, exactly},
    typed::Typed,
};
use crate::{geo::Coordinate, ids::PlaceId};

/// The shortest name of a street that is suggested for being in a text, in bytes:
/// two Chinese characters.
const MIN_STREET_BYTES: usize = 6;

/// The fewest characters of a text with a slip that is told with what it may mean.
const MIN_SLIP_CHARS: usize = 4;

/// How many houses are suggested for one that is not there.
const MAX_HOUSES: usize = 5;

impl Gazetteer {
    /// For a text that is nowhere: the streets that it names, or places that share
    /// a long beginning or end with it.
    pub(super) fn suggestions(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<PlaceMatch> {
        let houses = self.houses_beside(typed);
        if !houses.is_empty() {
            return self.best(&houses);
        }
        if let Some(found) = self.of_step(typed, Step::Fuzzy, near) {
            return self.best(&found);
        }
        let is_street = |found: &Found| self.kind(found.place) == PlaceKind::Street;
        let streets = typed.streets().filter(|street| street.len() >= MIN_STREET_BYTES);
        let streets = streets.flat_map(|street| {
            self.of_step(&Typed::of_part(street), Step::Exact, near).unwrap_or_default()
        });
        let streets = streets.filter(is_street);
        let streets: Vec<Found> = streets.take(MAX_CANDIDATES).collect();
        if !streets.is_empty() {
            return self.best(&streets);
        }
        let text = typed.normal.as_str();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for cut in 1..starts.len().saturating_sub(1) {
            let head = &text[..starts[starts.len() - cut]];
            for part in [head, &text[starts[cut]..]] {
                let part = Typed::of_part(part);
                if let Some(found) = self.of_step(&part, Step::Contained, near) {
                    return self.best(&found);
                }
            }
        }
        // 固戌 is written for 固戍.
        let first = typed.normal.chars().next().filter(|_| typed.is_han());
        let named =
            |first: char| self.of_step(&Typed::of_part(&first.to_string()), Step::Prefix, near);
        first.and_then(named).map_or_else(Vec::new, |found| self.best(&found))
    }

    /// The houses whose numbers are next to the one that the text tells, if it tells one
    /// after the name of a street, and the streets of that name.
    fn houses_beside(&self, typed: &Typed) -> Vec<Found> {
        let text = typed.normal.trim_end_matches('号');
        let street = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let Ok(wanted) = text[street.len()..].parse::<u32>() else { return Vec::new() };
        if street.len() < MIN_STREET_BYTES {
            return Vec::new();
        }
        let index = &self.parts().normal;
        let number = |address: &str| -> Option<u32> {
            let number = address[house_numbers::street_of(address).len()..].trim_start();
            let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            number[..end].parse().ok()
        };
        let hits = index.prefix(street).texts().take(MAX_COMPARED);
        let beside = hits.filter_map(|text| {
            let name = index.owner[text as usize];
            let is_there =
                index.text(text)[street.len()..].starts_with(|c: char| c.is_ascii_digit());
            let is_house = is_there && self.kind_by(name) == PlaceKind::Address;
            let number = number(self.name(name as usize).text).filter(|_| is_house)?;
            Some((number.abs_diff(wanted), self.place_of(name), name))
        });
        let mut beside: Vec<(u32, PlaceId, u32)> = beside.collect();
        beside.sort_unstable();
        let step = Step::Fuzzy;
        let found = |(_, place, name)| Found { place, step, listed: step, name, distance_m: None };
        let streets = exactly(index, street).map(|name| (0, self.place_of(name), name));
        let streets = streets.filter(|&(_, _, name)| self.kind_by(name) == PlaceKind::Street);
        beside.truncate(MAX_HOUSES);
        beside.into_iter().chain(streets).take(MAX_CANDIDATES).map(found).collect()
    }
    /// The places that the text may mean if one character of it is wrong, with its numbers.
    pub(super) fn one_slip(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<Found> {
        let numbers = typed.numbers();
        let mut found = Vec::new();
        if typed.chars() >= MIN_SLIP_CHARS {
            found = self.of_step(typed, Step::Fuzzy, near).unwrap_or_default();
        }
        let mut found = self.without_repeated(found);
        // 松岗汽车站 is no slip of 松岗火车站.
        let said = generic::core(&typed.normal);
        let is_same_kind = |found: &Found| {
            let name = normalize(self.name(found.name as usize).text);
            said.zip(generic::core(&name))
                .is_none_or(|((core, word), (own, other))| core != own || word == other)
        };
        found.retain(|found| self.has_numbers(found.name, &numbers) && is_same_kind(found));
        found
    }

    /// What was found by a part of its name that says little, after what has the text for a name
    /// but for a slip: Andorra la Vella for Andorra la Bella, and no Comabella.
    pub(super) fn with_slips(
        &self,
        typed: &Typed,
        found: Vec<Found>,
        near: Option<Coordinate>,
    ) -> Vec<Found> {
        let says_little = |found: &Found| matches!(found.step, Step::LooseWords | Step::Scattered);
        let Some(listed) = found.first().map(|first| first.listed) else { return found };
        if !found.iter().all(says_little) {
            return found;
        }
        let mut all = self.one_slip(typed, near);
        for slip in &mut all {
            slip.listed = listed;
        }
        let mut seen: Vec<_> = all.iter().map(|slip| slip.place).collect();
        all.extend(found.into_iter().filter(|found| {
            let is_new = !seen.contains(&found.place);
            seen.push(found.place);
            is_new
        }));
        all
    }

    /// As many as are told of the places that a step finds, best first; `None`
    /// if there are none.
    fn of_step(&self, typed: &Typed, step: Step, near: Option<Coordinate>) -> Option<Vec<Found>> {
        let mut pick = Pick::new(self, &[], near, MAX_CANDIDATES);
        self.step(step, typed, &mut pick);
        (!pick.found.is_empty()).then_some(pick.found)
    }
}
