//! Names that are the text but for what goes without saying, and those that are no
//! more than likely because nothing tells what the text says of them.

use super::{
    Gazetteer, PlaceKind, generic,
    in_areas::{ENDS, Side},
    steps::{Ranked, exactly},
    typed::Typed,
};

impl Gazetteer {
    /// Names that are the text but for generic words, after names of areas or
    /// not: 松岗地铁站 for 松岗站, 松岗 for 松岗街道.
    pub(super) fn without_generic(&self, typed: &Typed) -> Ranked {
        let mut names = self.but_for_generic(&typed.normal);
        // 宝安中心 is a station before it is something called 中心 in 宝安.
        if names.is_empty() {
            for (areas, rest) in self.after_areas(typed) {
                let found = self.but_for_generic(rest).into_iter();
                let is_there = |&name: &u32| self.is_in(areas, self.place_of(name), Side::Before);
                names.extend(found.filter(is_there));
            }
        }
        let of_kind = |kind| move |&name: &u32| self.kind(self.place_of(name)) == kind;
        let parts = self.parts();
        if let Some(exit) = generic::exit(&typed.normal) {
            let stops =
                |line: &String| exactly(&parts.cores, line).any(|name| self.is_station(name));
            let is_there = exit.on_line.as_ref().is_none_or(stops);
            for exit in exit.names.iter().filter(|_| is_there) {
                let found = exactly(&parts.normal, exit);
                names.extend(found.filter(of_kind(PlaceKind::StationEntrance)));
            }
        }
        names.extend(self.by_words(&typed.words));
        self.ranked(names)
    }

    /// The ways to cut a text in two of which the first part may name areas, and the
    /// second a place in them.
    fn after_areas<'t>(&self, typed: &'t Typed) -> impl Iterator<Item = (&'t str, &'t str)> {
        // What is left of a cut is no name if it is a single character.
        typed.cuts().filter(|(areas, rest)| {
            rest.chars().nth(1).is_some() && self.may_be_areas(areas, Side::Before)
        })
    }

    /// Names that are the text but for generic words.
    fn but_for_generic(&self, text: &str) -> Vec<u32> {
        let parts = self.parts();
        let mut found: Vec<u32> = exactly(&parts.cores, text).collect();
        if let Some((core, generic)) = generic::core(text) {
            let alike = exactly(&parts.normal, core).chain(exactly(&parts.cores, core));
            found.extend(alike.filter(|&name| generic.fits(self.kind(self.place_of(name)))));
        }
        for asked in generic::stations(text) {
            let found_by = asked.on_line.as_deref().map(|line| (&parts.cores, line));
            let (index, text) = found_by.unwrap_or((&parts.normal, &asked.name));
            found.extend(exactly(index, text).filter(|&name| self.is_station(name)));
        }
        found
    }

    /// Stations with a line that nobody knows to stop there: the map may not tell.
    pub(super) fn perhaps_on_line(&self, typed: &Typed) -> Ranked {
        let mut names = Vec::new();
        let whole = std::iter::once(("", typed.normal.as_str()));
        for (areas, rest) in whole.chain(self.after_areas(typed)) {
            let asked = generic::stations(rest).into_iter();
            for asked in asked.filter(|asked| asked.on_line.is_some()) {
                let found = exactly(&self.parts().normal, &asked.name);
                let is_there = |name| self.is_in(areas, self.place_of(name), Side::Before);
                names.extend(found.filter(|&name| self.is_station(name) && is_there(name)));
            }
        }
        self.ranked(names)
    }

    /// Whether a name is that of a station, or of a stop: of some stations the map
    /// knows the stops alone.
    fn is_station(&self, name: u32) -> bool {
        matches!(self.kind(self.place_of(name)), PlaceKind::Station | PlaceKind::Stop)
    }

    /// Names after areas that nobody knows here, but that may well be there.
    pub(super) fn perhaps_in_area(&self, typed: &Typed) -> Ranked {
        let is_area =
            |area: &str| ENDS.iter().any(|end| area.ends_with(end)) || self.area_names.may_be(area);
        let parts = self.parts();
        let mut names = Vec::new();
        for (head, tail) in typed.cuts().filter(|&(head, _)| is_area(head)) {
            let found = exactly(&parts.normal, tail).chain(exactly(&parts.cores, tail));
            names.extend(found.filter(|&name| self.may_be_in(head, self.place_of(name))));
        }
        for (head, pair) in typed.cut_crossings().filter(|&(head, _)| is_area(head)) {
            let found = exactly(&parts.crossings, pair);
            names.extend(found.filter(|&name| self.may_be_in(head, self.place_of(name))));
        }
        self.ranked(names)
    }
}
