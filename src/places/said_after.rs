//! What a text says after a name that is clear without it: the area, the street, the town. It is
//! as clear with these if they are where the place is.

use super::{
    Gazetteer, PlaceKind, areas_said,
    dominance::takes_its_name,
    in_areas::{LINKS, Side},
    kinds_said, normalize,
    pick::{Found, Pick},
    reworded::{bare, reworded},
    skeleton,
    steps::{Step, exactly},
    typed::{self, Typed},
};
use crate::{geo::Coordinate, ids::PlaceId};

/// How far from a place the street may be that is said after it, in metres.
const STREET_M: f64 = 300.0;

/// The most characters of a text of which parts are looked for without what stands around them,
/// and in how many forms.
const MAX_AROUND: usize = 40;
const FEW_FORMS: usize = 3;

/// The shortest name of an area that is said beside a name, in bytes.
const MIN_AREA_BYTES: usize = 4;

/// The most areas or streets after a name.
const MAX_SAID: usize = 6;

impl Gazetteer {
    /// What a text means that names an area beside a part of a name, if that part alone means
    /// the only place found and it lies there: Landesspital Vaduz is the Landesspital.
    pub(super) fn clear_but_for_area(&self, typed: &Typed, only: &Found) -> Option<Found> {
        // Columbus, Ohio is a city, and not the Temple there.
        let is_said = (2..=MAX_SAID).contains(&typed.words.len()) && !typed.is_han();
        if !is_said || self.has_others(only, typed) {
            return None;
        }
        let joins = |word: &String| LINKS.contains(&word.as_str());
        let cuts = (1..typed.words.len()).map(|cut| typed.words.split_at(cut));
        let mut ways = cuts
            .flat_map(|(head, tail)| [(head, tail, Side::After), (tail, head, Side::Before)])
            .filter(|(name, areas, _)| !name.iter().all(joins) && !areas.iter().all(joins));
        ways.find_map(|(name, areas, side)| {
            if !self.lies_in(&areas.concat(), only.place, side) {
                return None;
            }
            // A Vieux village is none of the Village.
            let says_no_name = |word: &String| {
                joins(word)
                    || kinds_said::says_kind(word) && !kinds_said::says_rare(name)
                    || areas_said::says_area(word)
                    || !skeleton::forms(word).is_empty()
            };
            if name.iter().all(says_no_name) {
                return None;
            }
            let (clear, _) = self.meant(&Typed::new(&name.join(" ")).ok()?, None);
            clear.filter(|found| found.place == only.place)
        })
    }

    /// What a text means without what stands around it, if the rest is a part of a name:
    /// 松岗天虹门口, gegenüber Kunstmuseum. In Chinese it is clear if the name begins with it.
    pub(super) fn part_said_around(
        &self,
        text: &str,
        typed: &Typed,
        near: Option<Coordinate>,
    ) -> Option<(Option<Found>, Vec<Found>)> {
        // What names a gate is looked for as it is, where another gate has a name.
        let bare = bare(text);
        if !bare.is_empty() {
            let bare = bare.iter().filter_map(|rest| Typed::new(rest).ok());
            let mut meant = bare.map(|rest| self.meant(&rest, near));
            return meant.find(|(_, found)| !found.is_empty());
        }
        if typed.chars() > MAX_AROUND {
            return None;
        }
        let others = reworded(text).into_iter().filter(|other| other.is_sure).take(FEW_FORMS);
        let others = others.filter_map(|other| Typed::new(&other.text).ok());
        let mut meant = others.map(|other| self.meant(&other, near));
        let (clear, found) = meant.find(|(_, found)| !found.is_empty())?;
        // 中国银行大厦 is not the end of another's name.
        let clear = clear.filter(|found| typed.is_han() && found.step == Step::Prefix);
        Some((clear, found))
    }

    /// What is in the area that a text tells, and has its other words, if no more than stops were
    /// found whose names tell the area too: Hilti is more than the stop Schaan Hilti.
    pub(super) fn besides_stops(&self, typed: &Typed, found: &[Found]) -> Vec<Found> {
        let are_stops = found.iter().all(|found| takes_its_name(self.kind(found.place)));
        if !are_stops || typed.is_han() || !(2..=MAX_SAID).contains(&typed.words.len()) {
            return Vec::new();
        }
        let mut cuts = (1..typed.words.len()).map(|cut| typed.words.split_at(cut));
        let of = |name: &[String], areas: &[String], side: Side| {
            let areas = areas.concat();
            let rest = Typed::new(&name.join(" ")).ok()?;
            let is_kind = name.iter().all(|word| kinds_said::says_kind(word));
            if is_kind || areas.len() < MIN_AREA_BYTES || !self.all_area_names().may_be(&areas) {
                return None;
            }
            let is_there = |name: u32| {
                let place = self.place_of(name);
                !takes_its_name(self.kind(place))
                    && self.kind(place) != PlaceKind::Street
                    && self.has_words(name, &rest)
                    && self.lies_in(&areas, place, side)
            };
            let mut pick = Pick::new(self, &[], None, MAX_SAID).only(is_there);
            self.step(Step::Contained, &rest, &mut pick);
            (!pick.found.is_empty()).then_some(pick.found)
        };
        let besides = cuts.find_map(|(head, tail)| {
            of(head, tail, Side::After).or_else(|| of(tail, head, Side::Before))
        });
        besides.unwrap_or_default()
    }

    /// What the first part of a text between commas means, if all that follows is where that is
    /// (its areas, its postcode, a street beside it), and all that it may mean: what is not known
    /// to be elsewhere.
    pub(super) fn before_commas(
        &self,
        text: &str,
        near: Option<Coordinate>,
    ) -> Option<(Option<Found>, Vec<Found>)> {
        let mut parts = text.split([',', '，', ';']).map(str::trim).filter(|part| !part.is_empty());
        let (first, rest) = (parts.next()?, parts.take(MAX_SAID).collect::<Vec<_>>());
        if rest.is_empty() {
            return None;
        }
        let typed = self.in_other_words(first, Typed::new(first).ok()?);
        let (clear, mut found) = self.meant(&typed, near);
        let is_there = |found: &Found| rest.iter().all(|part| self.is_said_after(part, found));
        if found.iter().any(is_there) {
            found.retain(is_there);
        } else {
            let is_area = |part: &str| self.all_area_names().may_be(&normalize(part));
            found.retain(|found| {
                let is_other = |part: &&str| is_area(part) && !self.is_said_after(part, found);
                !rest.iter().any(is_other) || !self.is_known_to_lie(found)
            });
        }
        (!found.is_empty()).then_some((clear.filter(is_there), found))
    }

    /// Whether a boundary or an address tells in which settlement a place lies.
    fn is_known_to_lie(&self, found: &Found) -> bool {
        let is_settlement = |&area: &PlaceId| self.kind(area) != PlaceKind::Region;
        let is_name = |name: &str| name.bytes().any(|byte| !byte.is_ascii_digit());
        self.areas(found.place).iter().any(is_settlement)
            || self.localities(found.place).any(is_name)
    }

    /// Whether a text is the area, the postcode, or the street of a place, with or without the
    /// number of a house.
    fn is_said_after(&self, text: &str, found: &Found) -> bool {
        let plain = typed::without_postcode(text).unwrap_or(text);
        let text = normalize(plain);
        let is_area = [Side::After, Side::Before]
            .into_iter()
            .any(|side| self.is_in(&text, found.place, side));
        let digits = |c: char| c.is_ascii_digit();
        let street = text.trim_end_matches(digits).trim_start_matches(digits);
        let is_beside = |name: u32| {
            let street = self.place_of(name);
            self.kind_by(name) == PlaceKind::Street
                && self.distance_m(street, self.position(found.place)) <= STREET_M
        };
        let index = &self.parts();
        is_area
            || text.bytes().all(|byte| byte.is_ascii_digit())
            || exactly(&index.normal, street).chain(exactly(&index.cores, street)).any(is_beside)
    }
}
