//! What was found and is not meant although nothing else was: something else is called so that the
//! map does not have, or that the text says by a word for a kind.

use super::{
    Gazetteer, PlaceKind,
    dominance::{is_named_after_others, takes_its_name},
    generic::{self, Generic},
    kinds_said, normalize,
    pick::Found,
    services_said, skeleton,
    sort::sort_said,
    steps::Step,
    typed::Typed,
};

/// How far from a station a stop is that is one of it, in metres.
const AT_STATION_M: f64 = 500.0;

impl Gazetteer {
    /// Whether a station was found without its word, and a stop by its name that is not there:
    /// both are called after something.
    pub(super) fn is_one_of_two(&self, typed: &Typed, station: &Found, whole: &[Found]) -> bool {
        // 沙井马安山 is more than the name of the station.
        let name = normalize(self.name(station.name as usize).text);
        let is_its_name = generic::core(&name).is_none_or(|(core, _)| core == typed.normal);
        let is_called_so = |stop: &Found| {
            self.kind(stop.place) == PlaceKind::Stop
                && matches!(stop.step, Step::Exact | Step::ExactInArea)
                && !(is_its_name && self.is_within(stop.place, station.place, AT_STATION_M))
        };
        let says_station =
            kinds_said::says_station(&typed.words) || generic::says_station(&typed.normal);
        self.kind(station.place) == PlaceKind::Station
            && station.step == Step::WithoutGeneric
            && !says_station
            && whole.iter().any(is_called_so)
    }

    /// Whether the text is how addresses call an area, which is no place here, or what some
    /// places are, and not the name of what was found: Heidelberg is not its station.
    pub(super) fn means_more(&self, typed: &Typed, found: &Found) -> bool {
        let kind = self.kind(found.place);
        let is_borrowed =
            takes_its_name(kind) || matches!(kind, PlaceKind::Station | PlaceKind::Junction);
        // Nor is the station what 松岗公园 means, or the stop 光明办事处 what 光明 does.
        let is_shortened = found.step == Step::WithoutGeneric && typed.is_han();
        let lacks_word = || {
            let name = normalize(self.name(found.name as usize).text);
            let word = generic::core(&name).filter(|(core, _)| typed.normal.ends_with(core));
            // A terminus is more than a stop of the name.
            word.is_some_and(|(_, word)| word != Generic::Stop || generic::is_terminus(&name))
        };
        let is_other = is_shortened
            && match kind {
                PlaceKind::Station => kinds_said::says_landmark(&typed.normal),
                _ => is_named_after_others(kind) && lacks_word(),
            };
        // Nor is the bus stop what Bahnhof means, and there is a Pfarrkirche in each parish.
        // The Schloss Apotheke has a name.
        let is_name = found.step == Step::Exact
            && typed.words.iter().filter(|word| !skeleton::is_link(word)).count() > 1;
        // An exit is called after the place to which it leads.
        let is_exit = kind == PlaceKind::Junction
            && found.step != Step::Crossing
            && !generic::says_junction(&typed.normal);
        // The hotel is more than its car park.
        let is_belonging = self.borrows(found.place) && !services_said::says_service(&typed.words);
        let is_told = is_name || found.step == Step::Addressed && self.tells_address(typed, found);
        !is_told && self.is_of_a_kind(typed, found)
            || self.is_of_other_sort(typed, found)
            || is_belonging
            || is_exit
            || is_other
            || (found.step != Step::Exact || is_borrowed)
                && !kind.is_area()
                && self.parts().localities.knows(&typed.normal)
    }

    /// Whether what was found in an area is called by no more than a word for what it is not (a
    /// playground Feuerwehr, a bus station Mairie, a street Church), or has a part of its name in
    /// the text that says something else: the Parc de Bombers is where firemen are.
    fn is_of_other_sort(&self, typed: &Typed, found: &Found) -> bool {
        let own = self.sort(found.place);
        if !found.step.is_whole() {
            let mut said = typed.words.iter().map(|word| sort_said(word)).filter(|&sort| sort != 0);
            let first = said.next().filter(|_| own != 0 && !self.has_words(found.name, typed));
            return first.is_some_and(|first| first != own && said.all(|sort| sort != own));
        }
        let words = skeleton::words(self.name(found.name as usize).text);
        let [word] = &words[..] else { return false };
        let said = sort_said(word);
        let is_unlike = matches!(self.kind(found.place), PlaceKind::Station | PlaceKind::Street);
        found.step == Step::ExactInArea && said != 0 && said != own && (own != 0 || is_unlike)
    }

    /// Whether the text says no more than what some places are, or the name of a stop or a
    /// service does.
    pub(super) fn is_of_a_kind(&self, typed: &Typed, found: &Found) -> bool {
        kinds_said::says_kinds(&typed.words) && !kinds_said::says_rare(&typed.words)
            || takes_its_name(self.kind(found.place))
                && !kinds_said::says_borrower(&typed.words, self.kind(found.place))
                && [typed.normal.clone(), normalize(self.name(found.name as usize).text)]
                    .iter()
                    .any(|text| kinds_said::says_kind(text) || generic::is_word(text))
    }
}
