//! The localities of all places, as a dataset stores them: each text once, in
//! the order of the form in which it is compared.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    GazetteerError, Locality, checked::check_rows, generic, locality::Localities, name, normalize,
};
use crate::{
    array::{Array, first_positions, row},
    ids::{Id, PlaceId},
};

/// What stands between the two forms of a text.
const BETWEEN: char = '\0';

/// How many texts are compared that begin with a name.
const MAX_COMPARED: usize = 100;

/// Which localities each place has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalityIndex {
    /// The localities of each place: see [`super::GazetteerParts`] on `first_x`.
    pub first: Array<u32>,
    /// The numbers of localities, the smallest area of each place first.
    pub said: Array<u32>,
    /// The number of the city in which each place may be of which none is known; for the others
    /// the number of texts, which is that of none.
    pub perhaps: Array<u32>,
    /// Where each text begins; one entry more than texts.
    pub first_text: Array<u32>,
    /// Each text as it is compared, a zero, and as it is written.
    pub text: Array<u8>,
}

impl LocalityIndex {
    /// The index of what is said of each place, and of what may be so of each.
    pub(super) fn build(Localities { known: localities, perhaps }: &Localities) -> Self {
        let form = |locality: &Locality| (normalize(&locality.text), locality.text.clone());
        let forms: BTreeSet<(String, Box<str>)> = localities.iter().flatten().map(form).collect();
        let number: BTreeMap<&(String, Box<str>), u32> =
            forms.iter().filter(|(normal, _)| !normal.is_empty()).zip(0..).collect();
        let texts: Vec<String> =
            number.keys().map(|(normal, text)| format!("{normal}{BETWEEN}{text}")).collect();
        let numbers = |of_place: &Vec<Locality>| -> Vec<u32> {
            of_place.iter().filter_map(|locality| number.get(&form(locality))).copied().collect()
        };
        let said: Vec<Vec<u32>> = localities.iter().map(numbers).collect();
        let nothing = u32::try_from(texts.len()).expect("there are fewer texts than places");
        let perhaps = perhaps.iter().map(|city| {
            city.as_ref().and_then(|city| number.get(&form(city))).copied().unwrap_or(nothing)
        });
        Self {
            perhaps: perhaps.collect(),
            first: first_positions(said.iter().map(Vec::len)).into(),
            said: said.concat().into(),
            first_text: first_positions(texts.iter().map(String::len)).into(),
            text: texts.concat().into_bytes().into(),
        }
    }

    /// Whether questions can be put to it without a panic.
    pub(super) fn check(&self, place_count: usize) -> Result<(), GazetteerError> {
        check_rows("localities/first", &self.first, place_count, self.said.len())?;
        let texts = self.len();
        check_rows("localities/first_text", &self.first_text, texts, self.text.len())?;
        let (found, expected) = (self.perhaps.len(), self.first.len().saturating_sub(1));
        if found != expected {
            return Err(GazetteerError::Count { array: "localities/perhaps", found, expected });
        }
        super::checked::check("localities/said", &self.said, |&text| (text as usize) < texts)
    }

    /// How many texts there are.
    fn len(&self) -> usize {
        self.first_text.len().saturating_sub(1)
    }

    /// The localities of a place, each as it is compared and as it is written.
    pub(super) fn of(&self, place: PlaceId) -> impl Iterator<Item = (&str, &str)> {
        let said = if self.first.is_empty() { 0..0 } else { row(&self.first, place.index()) };
        self.said[said].iter().map(|&text| self.forms(text as usize))
    }

    /// The city in which a place may be, as it is compared.
    pub(super) fn perhaps_of(&self, place: PlaceId) -> Option<&str> {
        let city = *self.perhaps.get(place.index())? as usize;
        (city < self.len()).then(|| self.forms(city).0)
    }

    /// Whether any place has a locality that is compared as `text`, or is but for
    /// what it is called generically; Neckargemuend is Neckargemünd.
    pub(super) fn knows(&self, text: &str) -> bool {
        let plain = name::without_digraphs(text);
        self.knows_form(text) || plain.is_some_and(|plain| self.knows_form(&plain))
    }

    fn knows_form(&self, text: &str) -> bool {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.forms(middle).0 < text { from = middle + 1 } else { to = middle }
        }
        // 深圳市 comes after 深圳, among all that begins so.
        let after = (from..self.len()).map(|index| self.forms(index).0);
        let is_it =
            |form: &str| form == text || generic::core(form).is_some_and(|(core, _)| core == text);
        after.take_while(|form| form.starts_with(text)).take(MAX_COMPARED).any(is_it)
    }

    /// All localities as they are compared.
    pub(super) fn normals(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|text| self.forms(text).0)
    }

    /// Both forms of a text; empty if it is not UTF-8, in a damaged file.
    fn forms(&self, text: usize) -> (&str, &str) {
        let bytes = &self.text[row(&self.first_text, text)];
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        text.split_once(BETWEEN).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_stored_once_and_found() {
        let said = |text: &str| Locality { level: 3, text: text.into() };
        let known = vec![
            vec![said("深圳市"), said("Le Mans")],
            Vec::new(),
            vec![said("深圳市"), said("—"), said("Neckargemünd")],
        ];
        let perhaps = vec![None, Some(said("Le Mans")), Some(said("nobody's"))];
        let index = LocalityIndex::build(&Localities { known, perhaps });
        let perhaps = |place| index.perhaps_of(PlaceId::from_index(place));
        assert_eq!([0, 1, 2, 3].map(perhaps), [None, Some("lemans"), None, None]);
        assert_eq!(index.len(), 3);
        let of = |place| index.of(PlaceId::from_index(place)).collect::<Vec<_>>();
        assert_eq!(of(0), [("深圳市", "深圳市"), ("lemans", "Le Mans")]);
        assert_eq!(of(1), []);
        assert_eq!(of(2), [("深圳市", "深圳市"), ("neckargemund", "Neckargemünd")]);
        assert!(index.knows("neckargemuend") && !index.knows("neckargemand"));
        for (text, expected) in
            [("深圳", true), ("深圳市", true), ("lemans", true), ("深", false), ("东莞", false)]
        {
            assert_eq!(index.knows(text), expected, "{text}");
        }
        assert!(index.check(3).is_ok() && index.check(4).is_err());
        assert!(!LocalityIndex::default().knows("深圳"));
    }
}
