//! The lines that stop at a station: 松岗站 is on the 11号线.
//!
//! The station tells them (`line`), or a route does of which it is a member. They
//! are known by names that end in 线, as they are said before the station's.

use std::collections::BTreeMap;

use super::{PlaceDraft, PlaceKind, normalize};
use crate::osm::{ElementId, Relation, Tags};

/// The most lines of a station.
const MAX_LINES: usize = 16;

/// What routes on rails are.
const ON_RAILS: [&str; 5] = ["subway", "light_rail", "train", "monorail", "tram"];

/// Whether a relation with these tags tells which stations are on a line.
pub(super) fn is_line(tags: &Tags) -> bool {
    tags.is("type", "route") && ON_RAILS.iter().any(|value| tags.is("route", value))
}

/// The lines on which the element with these tags says that it is.
pub(super) fn lines_of(tags: &Tags) -> Vec<String> {
    tags.get("line").map(names).unwrap_or_default()
}

/// Tells the stations and stops among `drafts` the lines of which they are members.
pub(super) fn join_lines(drafts: &mut [PlaceDraft], relations: &[Relation]) {
    let mut lines: BTreeMap<ElementId, Vec<String>> = BTreeMap::new();
    for relation in relations.iter().filter(|relation| is_line(&relation.tags)) {
        let told = ["ref", "name"].iter().filter_map(|key| relation.tags.get(key));
        let told: Vec<String> = told.flat_map(names).collect();
        for member in relation.members.iter().filter(|_| !told.is_empty()) {
            lines.entry(member.element).or_default().extend(told.iter().cloned());
        }
    }
    let is_stop = |kind| matches!(kind, PlaceKind::Station | PlaceKind::Stop);
    for draft in drafts.iter_mut().filter(|draft| is_stop(draft.kind)) {
        draft.lines.extend(lines.remove(&draft.element).into_iter().flatten());
        tidy(&mut draft.lines);
    }
}

/// Sorts lines, and leaves none in twice.
pub(super) fn tidy(lines: &mut Vec<String>) {
    lines.sort();
    lines.dedup();
    lines.truncate(MAX_LINES);
}

/// The names of lines in a text, as names are compared: a number is that of a
/// line, and of 深圳地铁11号线（机场线） both are names.
fn names(text: &str) -> Vec<String> {
    let parts = text.split([';', ',', '/', '、', '，', '(', ')', '（', '）', ':', '：', ' ']);
    let named = parts.map(normalize).filter_map(|part| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let plain = part.rsplit_once("地铁").map_or(part.as_str(), |(_, line)| line);
        match () {
            () if is_number => Some(format!("{part}号线")),
            () if plain.ends_with('线') && plain.chars().nth(1).is_some() => {
                Some(plain.to_owned())
            }
            () => None,
        }
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_and_names() {
        for (text, expected) in [
            ("11号线", &["11号线"][..]),
            ("6;11;12", &["6号线", "11号线", "12号线"]),
            ("深圳地铁11号线（机场线）", &["11号线", "机场线"]),
            ("地铁1号线/罗宝线", &["1号线", "罗宝线"]),
            ("深圳地铁一号线: 罗湖 => 机场东", &["1号线"]),
            ("S1", &[]),
            ("线", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
