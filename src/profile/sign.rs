//! What a traveller reads along a way, besides its name and number: the name in
//! other languages, that of its bridge or tunnel, and where signs say that it
//! leads.
//!
//! A key may be for one direction, `destination:forward`, and for a language,
//! `name:en`, `destination:lang:en`. See
//! <https://wiki.openstreetmap.org/wiki/Multilingual_names>,
//! <https://wiki.openstreetmap.org/wiki/Key:bridge:name>,
//! <https://wiki.openstreetmap.org/wiki/Key:destination> and
//! <https://wiki.openstreetmap.org/wiki/Key:junction:ref>.

use crate::{ids::Direction, osm::Tags};

/// What a text along a way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SignKind {
    /// The name of the road, in a language or in one direction.
    Name,
    /// The name of its bridge or tunnel.
    Structure,
    /// Where it leads, by the signs; several places are parted by `;`.
    Destination,
    /// The numbers of the roads that it leads to, likewise.
    DestinationReference,
    /// The number of the exit that it is.
    ExitReference,
}

impl SignKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Structure,
        Self::Destination,
        Self::DestinationReference,
        Self::ExitReference,
    ];

    /// The kind with this number, for datasets.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// A text along a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign<'t> {
    /// What it is.
    pub kind: SignKind,
    /// The language, as BCP 47 writes it (`en`, `zh-Hant`); empty for that of
    /// the place.
    pub language: String,
    /// For whom; `None` for both directions.
    pub direction: Option<Direction>,
    /// What is written there.
    pub text: &'t str,
}

/// The number and the name of an exit, where a road leaves a motorway. See
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dmotorway_junction>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitSign<'t> {
    /// Its number, such as `12A`; empty if it has none.
    pub reference: &'t str,
    /// Its name; empty if it has none.
    pub name: &'t str,
}

/// The name of a way. A walk or a track beside a road that has none of its own
/// is called like the road. See
/// <https://wiki.openstreetmap.org/wiki/Key:is_sidepath:of:name> and
/// <https://wiki.openstreetmap.org/wiki/Key:street:name>.
#[must_use]
pub fn road_name(tags: &Tags) -> Option<&str> {
    let is_sidepath = || {
        tags.is("is_sidepath", "yes")
            || tags.is("footway", "sidewalk")
            || tags.is("cycleway", "sidewalk")
            || tags.is("path", "sidewalk")
    };
    let of_road = || tags.get("is_sidepath:of:name").or_else(|| tags.get("street:name"));
    let own = tags.get("name").filter(|name| !name.is_empty());
    own.or_else(|| of_road().filter(|_| is_sidepath()))
}

/// What keys begin with, the longer one before those that it begins with.
const KEYS: [(&str, SignKind); 6] = [
    ("bridge:name", SignKind::Structure),
    ("tunnel:name", SignKind::Structure),
    ("destination:ref", SignKind::DestinationReference),
    ("destination", SignKind::Destination),
    ("junction:ref", SignKind::ExitReference),
    ("name", SignKind::Name),
];

/// The texts along a way, in ascending order of their keys.
pub fn signs(tags: &Tags) -> impl Iterator<Item = Sign<'_>> {
    tags.iter().filter(|(_, text)| !text.is_empty()).filter_map(|(key, text)| sign(key, text))
}

/// The sign of the exit at a node, if it is one and has a number or a name.
#[must_use]
pub fn exit_sign(tags: &Tags) -> Option<ExitSign<'_>> {
    let text = |key| tags.get(key).unwrap_or_default();
    let sign = ExitSign { reference: text("ref"), name: text("name") };
    let is_empty = sign.reference.is_empty() && sign.name.is_empty();
    (tags.is("highway", "motorway_junction") && !is_empty).then_some(sign)
}

fn sign<'t>(key: &str, text: &'t str) -> Option<Sign<'t>> {
    let rest_after = |base| match key.strip_prefix(base)? {
        rest if rest.is_empty() || rest.starts_with(':') => Some(rest),
        _ => None,
    };
    let (kind, rest) = KEYS.iter().find_map(|&(base, kind)| Some((kind, rest_after(base)?)))?;
    let mut sign = Sign { kind, language: String::new(), direction: None, text };
    let mut parts = rest.split(':').skip(1);
    while let Some(part) = parts.next() {
        match part {
            "forward" => sign.direction = Some(Direction::Forward),
            "backward" => sign.direction = Some(Direction::Backward),
            // `destination:to` and the like are no languages.
            "lang" => sign.language = language(parts.next()?)?,
            _ if matches!(kind, SignKind::Name | SignKind::Structure) => {
                sign.language = language(part)?;
            }
            _ => return None,
        }
    }
    // The plain name is no further one.
    let is_plain = sign.language.is_empty() && sign.direction.is_none();
    (kind != SignKind::Name || !is_plain).then_some(sign)
}

/// A language as a key ends with it; `None` for `name:left`,
/// `name:etymology` and what else is none.
fn language(part: &str) -> Option<String> {
    let is_subtag = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let code = part.replace('_', "-");
    let primary = code.split('-').next()?;
    let is_language = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && code.split('-').all(is_subtag);
    is_language.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, language, direction and text of each sign of one tag.
    fn read(key: &str) -> Option<(SignKind, String, Option<Direction>)> {
        let tags = Tags::new([(key, "text")]);
        let mut found = signs(&tags);
        let first = found.next().map(|sign| (sign.kind, sign.language, sign.direction));
        assert!(found.next().is_none());
        first
    }

    #[test]
    fn keys_tell_language_and_direction() {
        use Direction::{Backward, Forward};
        use SignKind::{Destination, DestinationReference, ExitReference, Name, Structure};
        for (key, kind, language, direction) in [
            ("name:en", Name, "en", None),
            ("name:zh-Hant", Name, "zh-Hant", None),
            ("name:zh_pinyin", Name, "zh-pinyin", None),
            ("name:yue", Name, "yue", None),
            ("name:forward", Name, "", Some(Forward)),
            ("name:en:backward", Name, "en", Some(Backward)),
            ("bridge:name", Structure, "", None),
            ("bridge:name:en", Structure, "en", None),
            ("tunnel:name", Structure, "", None),
            ("destination", Destination, "", None),
            ("destination:forward", Destination, "", Some(Forward)),
            ("destination:lang:en", Destination, "en", None),
            ("destination:lang:en:backward", Destination, "en", Some(Backward)),
            ("destination:ref", DestinationReference, "", None),
            ("destination:ref:forward", DestinationReference, "", Some(Forward)),
            ("junction:ref", ExitReference, "", None),
        ] {
            assert_eq!(read(key), Some((kind, language.to_owned(), direction)), "{key}");
        }
    }

    #[test]
    fn other_keys_are_no_signs() {
        for key in [
            "name",
            "names",
            "name:left",
            "name:etymology",
            "name:etymology:wikidata",
            "name:EN",
            "name:",
            "name:zh-",
            "name:1984",
            "old_name:en",
            "destination:to",
            "destination:symbol",
            "destination:lang",
            "destination:lang:",
            "destination:ref:to",
            "destination:lanes",
            "destination_sign",
            "junction",
            "bridge",
            "highway",
        ] {
            assert_eq!(read(key), None, "{key}");
        }
        assert_eq!(signs(&Tags::new([("name:en", "")])).count(), 0);
    }

    #[test]
    fn a_walk_is_called_like_its_road() {
        let name =
            |text: &[(&str, &str)]| road_name(&Tags::new(text.iter().copied())).map(str::to_owned);
        let sidewalk = ("footway", "sidewalk");
        let (of_road, street) = (("is_sidepath:of:name", "松白路"), ("street:name", "松裕路"));
        let is = |name: &str| Some(name.to_owned());
        assert_eq!(name(&[sidewalk, of_road, street]), is("松白路"));
        assert_eq!(name(&[("is_sidepath", "yes"), street]), is("松裕路"));
        assert_eq!(name(&[sidewalk, of_road, ("name", "绿道")]), is("绿道"));
        assert_eq!(name(&[("highway", "footway"), street]), None);
        assert_eq!(name(&[sidewalk]), None);
    }

    #[test]
    fn an_exit_has_a_number_or_a_name() {
        let exit = |text: &[(&str, &str)]| {
            let tags = Tags::new(text.iter().copied());
            exit_sign(&tags).map(|sign| (sign.reference.to_owned(), sign.name.to_owned()))
        };
        let is = |reference: &str, name: &str| Some((reference.to_owned(), name.to_owned()));
        let junction = ("highway", "motorway_junction");
        assert_eq!(exit(&[junction, ("ref", "12A")]), is("12A", ""));
        assert_eq!(exit(&[junction, ("ref", "7"), ("name", "松岗")]), is("7", "松岗"));
        assert_eq!(exit(&[junction]), None);
        assert_eq!(exit(&[("highway", "traffic_signals"), ("name", "松岗")]), None);
    }
}
