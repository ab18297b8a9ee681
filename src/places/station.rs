//! Stations and their entrances.

use super::{Name, NameKind, PlaceDraft, PlaceKind, lat_index::LatIndex, name, normalize};

/// An entrance belongs to a station within this many metres.
const NEAR_M: f64 = 300.0;

/// Gives each entrance to the nearest station: the entrance is named after the
/// station, and the station is entered there. `refs[i]` is the letter or
/// number of entrance `drafts[i]`, empty where there is none.
pub(super) fn join_entrances(drafts: &mut [PlaceDraft], refs: &[Box<str>]) {
    let of_kind = |drafts: &[PlaceDraft], kind| -> Vec<usize> {
        (0..drafts.len()).filter(|&index| drafts[index].kind == kind).collect()
    };
    let stations: LatIndex = of_kind(drafts, PlaceKind::Station)
        .into_iter()
        .filter(|&index| !drafts[index].names.is_empty())
        .map(|index| (drafts[index].position, index))
        .collect();
    for entrance in of_kind(drafts, PlaceKind::StationEntrance) {
        let position = drafts[entrance].position;
        let Some(station) = stations.nearest(position, NEAR_M) else { continue };
        // Where two stations of one name stand side by side (two lines), the
        // entrances are those of both: they will be one place.
        drafts[station].access.push(position);
        let title = drafts[station].title().to_owned();
        let names = entrance_names(&title, &drafts[entrance], &refs[entrance]);
        drafts[entrance].names = names;
    }
}

/// The names of an entrance: with the station first, then its own.
fn entrance_names(station: &str, entrance: &PlaceDraft, reference: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let mut push = |kind, text: &str| names.push(Name::new(kind, text));
    let own = entrance.title();
    if !own.is_empty() && normalize(own).contains(&normalize(station)) {
        push(NameKind::Primary, own);
    } else if !own.is_empty() {
        push(NameKind::Primary, &format!("{station} {own}"));
    }
    if !reference.is_empty() {
        if name::is_han(station) {
            push(NameKind::Primary, &format!("{station} {reference}口"));
            push(NameKind::Alternative, &format!("{station} {reference}出口"));
        } else {
            push(NameKind::Primary, &format!("{station} {reference}"));
        }
    }
    names.extend(entrance.names.iter().cloned());
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.text.clone()));
    names
}
