//! Places in the words of the engine.

use std::collections::BTreeSet;

use super::{Engine, EngineError, Place, PlaceMatch, PlaceName, PlaceSearch, SearchPage, reverse};
use crate::{
    geo::Coordinate,
    ids::PlaceId,
    places::{self, Gazetteer, MatchKind, NameKind, NameRef, PlaceKind, Resolution, SearchQuery},
    units::Centimeters,
};

pub(super) fn search(engine: &Engine, search: &PlaceSearch) -> Result<SearchPage, EngineError> {
    let limit = engine.limits().page_size;
    if search.limit > limit {
        return Err(EngineError::PageTooLarge { size: search.limit, limit });
    }
    check_name(engine, "text", &search.text)?;
    let kinds = parse_all(&search.kinds)?;
    let query = SearchQuery {
        text: &search.text,
        near: search.near,
        kinds: &kinds,
        limit: search.limit,
        offset: search.offset,
    };
    let gazetteer = &engine.dataset().gazetteer;
    let bad = |_error| bad_name(engine, "text", &search.text);
    let results = gazetteer.search(&query).map_err(bad)?;
    let end = search.offset + results.matches.len();
    Ok(SearchPage {
        next_offset: (end < results.total_is_at_least && end > search.offset).then_some(end),
        matches: results.matches.into_iter().map(|found| matched(gazetteer, found)).collect(),
    })
}

pub(super) fn suggest(
    engine: &Engine,
    text: &str,
    near: Option<Coordinate>,
) -> Result<Vec<PlaceMatch>, EngineError> {
    check_name(engine, "text", text)?;
    let found = engine.dataset().gazetteer.suggest(text, near);
    Ok(candidates(engine, found.map_err(|_error| bad_name(engine, "text", text))?))
}

/// The kinds of place of these names, each once.
pub(super) fn parse_all(kinds: &[String]) -> Result<Vec<PlaceKind>, EngineError> {
    let kinds: Result<BTreeSet<PlaceKind>, _> = kinds.iter().map(|kind| parse(kind)).collect();
    Ok(kinds?.into_iter().collect())
}

/// The kind of place of that name.
pub(super) fn parse(kind: &str) -> Result<PlaceKind, EngineError> {
    // As it is shown, or as command lines and programs write words.
    let words = kind.trim().to_lowercase().replace(['-', '_'], " ");
    let found = PlaceKind::ALL.iter().find(|known| known.as_str() == words);
    found.copied().ok_or_else(|| EngineError::UnknownKind {
        kind: kind.to_owned(),
        available: PlaceKind::ALL.iter().map(|known| known.as_str()).collect(),
    })
}

/// Which place a text means.
pub(super) fn resolve(
    engine: &Engine,
    what: &str,
    text: &str,
    near: Option<Coordinate>,
) -> Result<Resolution, EngineError> {
    check_name(engine, what, text)?;
    let resolved = engine.dataset().gazetteer.resolve(text, near);
    resolved.map_err(|_error| bad_name(engine, what, text))
}

fn check_name(engine: &Engine, what: &str, text: &str) -> Result<(), EngineError> {
    let limit = engine.limits().name_chars;
    let fits = text.chars().nth(limit).is_none() && !text.is_empty();
    if fits { Ok(()) } else { Err(bad_name(engine, what, text)) }
}

fn bad_name(engine: &Engine, what: &str, text: &str) -> EngineError {
    EngineError::BadName {
        what: what.to_owned(),
        chars: text.chars().count(),
        limit: engine.limits().name_chars,
    }
}

/// A place that was found, with all that is known of it.
pub(super) fn matched(gazetteer: &Gazetteer, found: places::PlaceMatch) -> PlaceMatch {
    let mut place = describe(gazetteer, found.place);
    // Where several streets meet, those that were named.
    if found.match_kind == MatchKind::Crossing {
        place.name = found.matched_name.to_string();
    }
    PlaceMatch {
        place,
        match_kind: match found.match_kind {
            MatchKind::Exact => "exact",
            MatchKind::ExactInArea => "exact_in_area",
            MatchKind::Crossing => "crossing",
            MatchKind::WithoutGeneric => "without_generic",
            MatchKind::Prefix => "prefix",
            MatchKind::AllWords => "all_words",
            MatchKind::Contained => "contained",
            MatchKind::Scattered => "scattered",
            MatchKind::Pinyin => "pinyin",
            MatchKind::Initials => "initials",
            MatchKind::Fuzzy => "fuzzy",
        },
        matched_name: found.matched_name.into(),
        score: found.score,
        street: String::new(),
        distance: found.distance_m.map(|meters| Centimeters::from_f64(meters * 100.0)),
    }
}

/// Places of which one has to be chosen, with what tells them apart.
pub(super) fn candidates(engine: &Engine, found: Vec<places::PlaceMatch>) -> Vec<PlaceMatch> {
    let gazetteer = &engine.dataset().gazetteer;
    let with_street = |found: places::PlaceMatch| {
        let is_beside = gazetteer.kind(found.place) != PlaceKind::Street;
        let position = gazetteer.position(found.place);
        let street = is_beside.then(|| reverse::street(engine, position, None)).flatten();
        let street = street.map_or_else(String::new, |street| street.name);
        PlaceMatch { street, ..matched(gazetteer, found) }
    };
    found.into_iter().map(with_street).collect()
}

/// A place that was asked for by its id.
pub(super) fn by_id(gazetteer: &Gazetteer, place: PlaceId) -> PlaceMatch {
    PlaceMatch {
        place: describe(gazetteer, place),
        match_kind: "id",
        matched_name: gazetteer.title(place).to_owned(),
        score: places::PERFECT_SCORE,
        street: String::new(),
        distance: None,
    }
}

pub(super) fn describe(gazetteer: &Gazetteer, place: PlaceId) -> Place {
    let name = |name: NameRef<'_>| PlaceName { key: key(name), text: name.text.to_owned() };
    Place {
        id: gazetteer.element(place),
        name: gazetteer.title(place).to_owned(),
        names: gazetteer.names(place).map(name).collect(),
        kind: gazetteer.kind(place).as_str().to_owned(),
        position: gazetteer.position(place),
        access_points: gazetteer.access(place).to_vec(),
        areas: areas(gazetteer, place),
    }
}

/// The names of the areas that a place lies in; what addresses say of it where
/// no boundary is known.
fn areas(gazetteer: &Gazetteer, place: PlaceId) -> Vec<String> {
    let areas = gazetteer.areas(place);
    if areas.is_empty() && !gazetteer.kind(place).is_area() {
        return gazetteer.localities(place).map(str::to_owned).collect();
    }
    areas.iter().map(|&area| gazetteer.title(area).to_owned()).collect()
}

/// The key of the tag that a name came from.
fn key(name: NameRef<'_>) -> String {
    let key = match name.kind {
        NameKind::Primary | NameKind::Localized => "name",
        NameKind::Official => "official_name",
        NameKind::Alternative => "alt_name",
        NameKind::Short => "short_name",
        NameKind::Local => "loc_name",
        NameKind::International => "int_name",
        NameKind::Old => "old_name",
        NameKind::Brand => "brand",
        NameKind::Reference => "ref",
        NameKind::AirportCode => "iata",
        NameKind::HouseName => "addr:housename",
        NameKind::Address => "addr",
    };
    if name.language.is_empty() { key.to_owned() } else { format!("{key}:{}", name.language) }
}
