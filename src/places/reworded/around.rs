//! What people write before or after an address or a name, in letters.

use crate::places::{normalize, typed::without_postcode};

/// Words of what tells a floor or a door.
const FLOORS: [&str; 22] = [
    "og",
    "eg",
    "dg",
    "ug",
    "stock",
    "etage",
    "obergeschoss",
    "erdgeschoss",
    "floor",
    "room",
    "zimmer",
    "apt",
    "apartment",
    "appartement",
    "wohnung",
    "planta",
    "pis",
    "piso",
    "porta",
    "eingang",
    "entrance",
    "entree",
];

/// Countries as they end addresses. Those that an extract has are areas.
const COUNTRIES: [&str; 18] = [
    "deutschland",
    "germany",
    "allemagne",
    "alemania",
    "france",
    "frankreich",
    "schweiz",
    "switzerland",
    "suisse",
    "osterreich",
    "austria",
    "espana",
    "spain",
    "italia",
    "italy",
    "china",
    "中国",
    "prchina",
];

/// What is said before a name that something is near to, the longer before the shorter.
const BESIDE: [&str; 62] = [
    "in der nähe der ",
    "in der nähe des ",
    "in der nähe von ",
    "al costat del ",
    "en face de la ",
    "gegenüber dem ",
    "gegenüber der ",
    "gegenüber vom ",
    "al costat de ",
    "entrée de la ",
    "haupteingang ",
    "à côté de la ",
    "al lado del ",
    "cerca de la ",
    "in front of ",
    "vicino alla ",
    "al lado de ",
    "davant del ",
    "en face de ",
    "en face du ",
    "gegenueber ",
    "prop de la ",
    "près de la ",
    "cerca del ",
    "davant de ",
    "devant la ",
    "devant le ",
    "entrée du ",
    "gegenüber ",
    "neben dem ",
    "neben der ",
    "vicino al ",
    "vis-à-vis ",
    "à côté de ",
    "à côté du ",
    "cerca de ",
    "opposite ",
    "prop del ",
    "vicino a ",
    "bei dem ",
    "bei der ",
    "eingang ",
    "next to ",
    "pres de ",
    "pres du ",
    "prop de ",
    "près de ",
    "près du ",
    "vor dem ",
    "vor der ",
    "behind ",
    "davant ",
    "devant ",
    "entrée ",
    "neben ",
    "beim ",
    "nahe ",
    "near ",
    "nähe ",
    "bei ",
    "zum ",
    "zur ",
];

const fn is_parting(c: char) -> bool {
    matches!(c, ',' | '，' | ';')
}

/// The parts of a text between commas, without those of which `is_left_out` holds; none if
/// all stay or none does.
fn without_parts(text: &str, is_left_out: impl Fn(&str) -> bool) -> Option<String> {
    let parts: Vec<&str> = text.split(is_parting).map(str::trim).collect();
    let kept: Vec<&str> = parts.iter().copied().filter(|part| !is_left_out(part)).collect();
    (!kept.is_empty() && kept.len() < parts.len()).then(|| kept.join(", "))
}

/// Without the floor or the door after an address.
pub(super) fn without_floors(text: &str) -> Vec<String> {
    let says_floor = |part: &str| {
        let mut words = part.split(|c: char| !c.is_alphanumeric()).map(normalize);
        words.any(|word| FLOORS.contains(&word.as_str()))
    };
    let door = bracket(text).filter(|(_, inside)| says_floor(inside));
    let door = door.map(|(rest, _)| rest.to_owned());
    without_parts(text, says_floor).into_iter().chain(door).collect()
}

/// Without what stands in brackets at the end.
pub(super) fn without_bracket(text: &str) -> Vec<String> {
    bracket(text).map(|(rest, _)| rest.to_owned()).into_iter().collect()
}

/// What stands before brackets at the end, and in them.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end().strip_suffix([')', '）'])?;
    let start = text.rfind(['(', '（'])?;
    let rest = text[..start].trim();
    (!rest.is_empty()).then_some((rest, &text[start..]))
}

/// Without the country.
pub(super) fn without_country(text: &str) -> Vec<String> {
    let is_country = |part: &str| COUNTRIES.contains(&normalize(part).as_str());
    let last = text.trim().rsplit_once(' ').filter(|(rest, last)| {
        is_country(last) && !rest.contains(is_parting) && rest.trim().contains(' ')
    });
    let plain = last.map(|(rest, _)| rest.to_owned());
    without_parts(text, is_country).into_iter().chain(plain).collect()
}

/// Without a postcode in any part. It may be of another town than what is left.
pub(super) fn without_postcodes(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(is_parting).map(str::trim).collect();
    let plain: Vec<&str> =
        parts.iter().map(|part| without_postcode(part).unwrap_or(part)).collect();
    (parts != plain).then(|| plain.join(", ")).into_iter().collect()
}

/// Without what says that something is near to it.
pub(super) fn without_beside(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let rest = BESIDE.iter().find_map(|word| lower.strip_prefix(word));
    rest.map(|rest| text[text.len() - rest.len()..].trim().to_owned()).into_iter().collect()
}
