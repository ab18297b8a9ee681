//! What people write before or after an address or a name, in letters.

use crate::places::{normalize, skeleton, typed::without_postcode};

/// Words of what tells a floor, a door or a part of the house.
const FLOORS: [&str; 34] = [
    "og",
    "eg",
    "dg",
    "ug",
    "stock",
    "stockwerk",
    "etage",
    "obergeschoss",
    "erdgeschoss",
    "dachgeschoss",
    "untergeschoss",
    "hinterhaus",
    "vorderhaus",
    "seitenflugel",
    "gartenhaus",
    "ruckgebaude",
    "floor",
    "room",
    "suite",
    "zimmer",
    "apt",
    "apartment",
    "appartement",
    "wohnung",
    "planta",
    "pis",
    "piso",
    "piano",
    "porta",
    "puerta",
    "eingang",
    "entrance",
    "entree",
    "entrada",
];

/// The most words that tell a floor: 2. Stock links.
const MAX_FLOOR_WORDS: usize = 3;

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
        let words: Vec<String> = skeleton::words(part);
        words.len() <= MAX_FLOOR_WORDS && words.iter().any(|word| is_floor(word))
    };
    let door = bracket(text).filter(|(_, inside)| says_floor(inside));
    let door = door.map(|(rest, _)| rest.to_owned());
    without_parts(text, says_floor)
        .into_iter()
        .chain(door)
        .chain(without_last_floor(text))
        .collect()
}

/// Without the floor after the number of a house: Bergheimer Str 20 2. Stock.
fn without_last_floor(text: &str) -> Option<String> {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = text.split_whitespace().collect();
    let floor = |word: &str| is_floor(&normalize(word));
    let rest = match &words[..] {
        [rest @ .., number, word] if is_number(number) && ends_in_number(rest) && floor(word) => {
            rest
        }
        [rest @ .., word, number] if is_number(number) && floor(word) => rest,
        [rest @ .., word] if floor(word) => rest,
        _ => return None,
    };
    (rest.len() > 1 && ends_in_number(rest)).then(|| rest.join(" "))
}

/// Whether the last of some words is a number.
fn ends_in_number(words: &[&str]) -> bool {
    words.last().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_floor(word: &str) -> bool {
    FLOORS.contains(&word)
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

/// Without the country, which stands for itself or after an address.
pub(super) fn without_country(text: &str) -> Vec<String> {
    let part = without_parts(text, is_country);
    part.into_iter().chain(without_last_country(text, true)).collect()
}

/// Without a country that may belong to a name: Marktplatz Heidelberg Deutschland.
pub(super) fn without_country_of_a_name(text: &str) -> Vec<String> {
    without_last_country(text, false).into_iter().collect()
}

/// Without a country as the last of several words, after the number of a house or not.
fn without_last_country(text: &str, has_number: bool) -> Option<String> {
    let (rest, last) = text.trim_end().rsplit_once(char::is_whitespace)?;
    let rest = rest.trim_end();
    let is_address = rest.contains(|c: char| c.is_ascii_digit());
    let is_long = rest.contains(char::is_whitespace);
    (is_long && is_address == has_number && is_country(last)).then(|| rest.to_owned())
}

fn is_country(part: &str) -> bool {
    COUNTRIES.contains(&normalize(part).as_str())
}

/// Without one of the parts between commas that may be a quarter or a company which nobody
/// knows: those in the middle, and the first if an address follows.
pub(super) fn without_unknown_part(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(is_parting).map(str::trim).collect();
    let has_number = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
    let is_addressed = parts.len() > 1 && parts[1..].iter().any(has_number);
    let first = usize::from(!is_addressed);
    let without = |left_out: usize| {
        let kept = parts.iter().enumerate().filter(|&(at, _)| at != left_out);
        kept.map(|(_, part)| *part).collect::<Vec<_>>().join(", ")
    };
    let may_be = |at: &usize| !has_number(&parts[*at]);
    (first..parts.len().saturating_sub(1)).filter(may_be).map(without).collect()
}

/// Without a postcode in any part. It may be of another town than what is left.
pub(super) fn without_postcodes(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(is_parting).map(str::trim).collect();
    let plain: Vec<&str> =
        parts.iter().map(|part| without_postcode(part).unwrap_or(part)).collect();
    (parts != plain).then(|| plain.join(", ")).into_iter().collect()
}
