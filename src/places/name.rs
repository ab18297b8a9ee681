//! The names that tags give an element.

use unicode_normalization::UnicodeNormalization;

use super::PlaceKind;
use crate::osm::Tags;

/// What a name of a place is. The first name of a place, in this order, is the
/// one that people are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// The name (`name`).
    Primary,
    /// The name in a language (`name:en`).
    Localized,
    /// The full name by which authorities know it.
    Official,
    /// Another name.
    Alternative,
    /// A short form.
    Short,
    /// What locals say.
    Local,
    /// The name for foreigners.
    International,
    /// A name of the past.
    Old,
    /// The brand, alone or with the branch.
    Brand,
    /// The number of a road, the code of a station.
    Reference,
    /// What tickets call an airport.
    AirportCode,
    /// The name of the house.
    HouseName,
    /// Street and house number.
    Address,
}

impl NameKind {
    /// All kinds, in their order.
    pub const ALL: &[Self] = &[
        Self::Primary,
        Self::Localized,
        Self::Official,
        Self::Alternative,
        Self::Short,
        Self::Local,
        Self::International,
        Self::Old,
        Self::Brand,
        Self::Reference,
        Self::AirportCode,
        Self::HouseName,
        Self::Address,
    ];

    pub(super) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// A name before it is indexed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// What the name is.
    pub kind: NameKind,
    /// Its language as OSM writes it (`zh-Hant`); empty where none is given.
    pub language: Box<str>,
    /// The name itself.
    pub text: Box<str>,
}

impl Name {
    /// A name in no particular language.
    #[must_use]
    pub fn new(kind: NameKind, text: &str) -> Self {
        Self { kind, language: "".into(), text: text.into() }
    }
}

/// The most bytes that a name may have; OSM allows 255 characters. Longer ones
/// are not names but mistakes, and are left out.
const MAX_BYTES: usize = 1024;

/// The most bytes of a language; nothing in use is longer.
pub(super) const MAX_LANGUAGE_BYTES: usize = 15;

const KEYS: [(&str, NameKind); 12] = [
    ("name", NameKind::Primary),
    ("official_name", NameKind::Official),
    ("alt_name", NameKind::Alternative),
    ("short_name", NameKind::Short),
    ("loc_name", NameKind::Local),
    ("reg_name", NameKind::Local),
    ("nat_name", NameKind::Local),
    ("int_name", NameKind::International),
    ("old_name", NameKind::Old),
    ("brand", NameKind::Brand),
    ("iata", NameKind::AirportCode),
    ("addr:housename", NameKind::HouseName),
];

/// All names of an element that is a place of this kind, best first, none
/// twice. Lists (`;`) are taken apart, except in `name`.
#[must_use]
pub fn names_of(tags: &Tags, kind: PlaceKind) -> Vec<Name> {
    let mut names = Vec::new();
    let mut push = |kind, language: &str, text: &str| {
        // Marks of direction are invisible, and nobody types them.
        let is_mark = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
        if !text.is_empty() && text.len() <= MAX_BYTES {
            names.push(Name { kind, language: language.into(), text: text.into() });
        }
    };
    for (key, value) in tags.iter() {
        let Some((name_kind, language)) = name_key(key) else { continue };
        if name_kind == NameKind::Primary || name_kind == NameKind::Localized {
            push(name_kind, language, value);
        } else {
            value.split(';').for_each(|part| push(name_kind, language, part));
        }
    }
    if let Some(branch) = tags.get("branch")
        && let Some(name) = tags.get("name").or_else(|| tags.get("brand"))
    {
        push(NameKind::Brand, "", &format!("{name} {branch}"));
    }
    if has_reference(kind) {
        tags.get("ref").into_iter().flat_map(|list| list.split(';')).for_each(|reference| {
            push(NameKind::Reference, "", reference);
            for said in road_numbers(reference) {
                push(NameKind::Reference, "", &said);
            }
        });
    }
    if let Some(address) = address(tags) {
        push(NameKind::Address, "", &address);
    }
    names.sort();
    names.dedup();
    names
}

/// The names of the bridge or tunnel that a piece of a road is, besides its own.
pub(super) fn names_of_structure(tags: &Tags) -> Vec<Name> {
    let lists = ["bridge:name", "tunnel:name"].into_iter().filter_map(|key| tags.get(key));
    let texts = lists.flat_map(|list| list.split(';')).map(str::trim);
    let fits = |name: &&str| !name.is_empty() && name.len() <= MAX_BYTES;
    let mut names: Vec<Name> =
        texts.filter(fits).map(|name| Name::new(NameKind::Primary, name)).collect();
    names.dedup();
    names
}

/// Whether [`names_of`] gives any name.
pub(super) fn is_named(tags: &Tags, kind: PlaceKind) -> bool {
    !names_of(tags, kind).is_empty()
}

/// Whether the tags give a house number in a street, or the name of a house.
pub(super) fn has_address(tags: &Tags) -> bool {
    tags.has("addr:housename") || tags.has("addr:housenumber") && tags.has("addr:street")
}

/// A name with the letters that stand for umlauts where there are none on the
/// keyboard: Königstuhl is Koenigstuhl.
pub(super) fn with_digraphs(name: &str) -> Option<String> {
    let digraphs = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('Ä', "Ae"), ('Ö', "Oe"), ('Ü', "Ue")];
    let mut text: String = name.nfc().collect();
    if !digraphs.iter().any(|&(umlaut, _)| text.contains(umlaut)) {
        return None;
    }
    for (umlaut, digraph) in digraphs {
        text = text.replace(umlaut, digraph);
    }
    Some(text)
}

/// A name without the number in a circle that tells one stop of the name from another:
/// 科技园 ②. `None` if there is none.
pub(super) fn without_circled(name: &str) -> Option<&str> {
    let plain = name.trim_end_matches(|c: char| matches!(c, '①'..='⑳')).trim_end();
    (plain.len() < name.len() && !plain.is_empty()).then_some(plain)
}

/// What is typed with such letters, as names with umlauts are compared: neckargemuend is
/// neckargemund. `None` if there are none.
pub(super) fn without_digraphs(normal: &str) -> Option<String> {
    let digraphs = [("ae", "a"), ("oe", "o"), ("ue", "u")];
    let has_one = digraphs.iter().any(|(digraph, _)| normal.contains(digraph));
    let plain = |text: String, (digraph, letter): (&str, &str)| text.replace(digraph, letter);
    has_one.then(|| digraphs.into_iter().fold(normal.to_owned(), plain))
}

/// How the number of a road of the country or the province is said in Chinese: G107 is
/// 107国道.
fn road_numbers(reference: &str) -> Vec<String> {
    let classes = [('G', "国道"), ('S', "省道"), ('X', "县道"), ('Y', "乡道")];
    let said = |(letter, class): (char, &str)| {
        let number = reference.strip_prefix(letter)?;
        let is_number = number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| vec![format!("{number}{class}"), format!("{class}{number}")])
    };
    classes.into_iter().find_map(said).unwrap_or_default()
}

fn has_reference(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Street | PlaceKind::Station | PlaceKind::Junction)
}

/// What name a key gives, and in what language.
fn name_key(key: &str) -> Option<(NameKind, &str)> {
    KEYS.into_iter().find_map(|(base, kind)| match key.strip_prefix(base)? {
        "" => Some((kind, "")),
        rest => {
            let language = rest.strip_prefix(':').filter(|text| is_language(text))?;
            let kind = if kind == NameKind::Primary { NameKind::Localized } else { kind };
            Some((kind, language))
        }
    })
}

/// Whether this is a language and not `left`, `etymology` or `signed`.
fn is_language(text: &str) -> bool {
    let code = text.split(['-', '_']).next().unwrap_or(text);
    (2..=3).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_lowercase())
        && text.len() <= MAX_LANGUAGE_BYTES
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Street and number as people of the country write them: 东方大巷3号,
/// Hauptstraße 5.
fn address(tags: &Tags) -> Option<String> {
    let (street, number) = (tags.get("addr:street")?.trim(), tags.get("addr:housenumber")?.trim());
    if street.is_empty() || number.is_empty() {
        return None;
    }
    Some(if is_han(street) {
        let sign = if number.ends_with(|c: char| c.is_ascii_digit()) { "号" } else { "" };
        format!("{street}{number}{sign}")
    } else {
        format!("{street} {number}")
    })
}

/// Whether the text ends in a Chinese character.
pub(super) fn is_han(text: &str) -> bool {
    text.ends_with(|c: char| ('\u{3400}'..='\u{9fff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)], kind: PlaceKind) -> Vec<(NameKind, String, String)> {
        let tags = Tags::new(pairs.iter().copied());
        let plain = |name: Name| (name.kind, name.language.into(), name.text.into());
        names_of(&tags, kind).into_iter().map(plain).collect()
    }

    #[test]
    fn every_kind_of_name_is_read() {
        let found = texts(
            &[
                ("name", "世纪琥珀博物馆"),
                ("name:en", "Century Amber Museum"),
                ("name:etymology", "amber"),
                ("name:left", "x"),
                ("alt_name", "松岗琥珀博物馆; 琥珀博物馆"),
                ("addr:street", "东方大巷"),
                ("addr:housenumber", "3"),
                ("ref", "12"),
                ("iata", "SZX"),
            ],
            PlaceKind::Attraction,
        );
        let expected = [
            (NameKind::Primary, "", "世纪琥珀博物馆"),
            (NameKind::Localized, "en", "Century Amber Museum"),
            (NameKind::Alternative, "", "松岗琥珀博物馆"),
            (NameKind::Alternative, "", "琥珀博物馆"),
            (NameKind::AirportCode, "", "SZX"),
            (NameKind::Address, "", "东方大巷3号"),
        ];
        let expected = expected.map(|(kind, lang, text)| (kind, lang.to_owned(), text.to_owned()));
        let mut sorted = found;
        sorted.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn roads_have_numbers_and_houses_have_streets() {
        let road = texts(&[("name", "广深公路"), ("ref", "G107;S3")], PlaceKind::Street);
        let said: Vec<&str> = road.iter().map(|(_, _, text)| text.as_str()).collect();
        assert_eq!(said, ["广深公路", "107国道", "G107", "S3", "国道107"]);
        let house = texts(
            &[("addr:street", "Hauptstraße"), ("addr:housenumber", "5a")],
            PlaceKind::Address,
        );
        assert_eq!(house[0].2, "Hauptstraße 5a");
        assert!(texts(&[("name", " "), ("alt_name", ";")], PlaceKind::Shop).is_empty());
    }
}
