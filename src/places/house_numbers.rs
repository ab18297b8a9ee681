//! Addresses of several numbers: Hauptstraße 31-41 is also number 35.

use super::name::is_han;

/// The most numbers of one address.
const MAX_NUMBERS: u32 = 60;

/// The addresses with a single number that one with several stands for; none if it
/// has one only. A range whose ends are both even or both odd is of one side
/// of the street.
pub(super) fn singles(address: &str) -> Vec<String> {
    let (text, sign) = match address.strip_suffix('号') {
        Some(text) => (text, "号"),
        None => (address, ""),
    };
    let of_numbers = |c: char| c.is_ascii_digit() || matches!(c, ';' | ',' | '-' | '–' | ' ');
    let street = text.trim_end_matches(of_numbers);
    let numbers = &text[street.len()..];
    // What stands before must be a street, and no number with a letter.
    if street.is_empty() || !(numbers.starts_with(' ') || is_han(street)) {
        return Vec::new();
    }
    let space = if numbers.starts_with(' ') { " " } else { "" };
    let mut all: Vec<u32> = numbers.split([';', ',']).flat_map(range).collect();
    all.truncate(MAX_NUMBERS as usize);
    let is_several = numbers.trim().contains(|c: char| !c.is_ascii_digit());
    all.retain(|_| is_several);
    all.iter().map(|number| format!("{street}{space}{number}{sign}")).collect()
}

/// Whether a name ends in a house number, as people write them after the street.
pub(super) fn ends_in_one(name: &str) -> bool {
    let plain = name.trim_end().trim_end_matches('号');
    let digits = plain.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(plain);
    let street = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    street.len() < digits.len() && (street.ends_with([' ', '-']) || is_han(street))
}

/// The street of an address: what stands before the number.
pub(super) fn street_of(address: &str) -> &str {
    let is_number = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let parted =
        address.char_indices().rev().find(|&(at, c)| c == ' ' && is_number(&address[at..]));
    match parted {
        Some((at, _)) => &address[..at],
        None => address
            .trim_end_matches('号')
            .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-'),
    }
}

/// The numbers of one part: 5, or 31-41.
fn range(part: &str) -> Vec<u32> {
    let ends: Option<Vec<u32>> =
        part.split(['-', '–']).map(|end| end.trim().parse().ok()).collect();
    match ends.as_deref() {
        Some(&[only]) => vec![only],
        Some(&[from, to]) if from < to && to - from <= MAX_NUMBERS => {
            let step = if from % 2 == to % 2 { 2 } else { 1 };
            (from..=to).step_by(step).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_is_told_from_its_street() {
        for (address, street, is_house) in [
            ("Hauptstraße 5", "Hauptstraße", true),
            ("Hauptstraße 5a", "Hauptstraße", true),
            ("Straße des 17. Juni 135", "Straße des 17. Juni", true),
            ("深南大道10000号", "深南大道", true),
            ("KeYuan Lu 5号", "KeYuan Lu", true),
            ("Hauptstraße", "Hauptstraße", false),
            ("科苑路", "科苑路", false),
        ] {
            assert_eq!(ends_in_one(address), is_house, "{address}");
            if is_house {
                assert_eq!(street_of(address), street, "{address}");
            }
        }
    }

    #[test]
    fn a_range_stands_for_its_numbers() {
        for (address, expected) in [
            ("Hauptstraße 31-35", &["Hauptstraße 31", "Hauptstraße 33", "Hauptstraße 35"][..]),
            ("Plöck 4–7", &["Plöck 4", "Plöck 5", "Plöck 6", "Plöck 7"]),
            ("Plöck 5; 9", &["Plöck 5", "Plöck 9"]),
            ("东方大巷3-5号", &["东方大巷3号", "东方大巷5号"]),
            ("Plöck 5", &[]),
            ("Plöck 5a-7", &[]),
            ("Plöck 5a;7", &[]),
            ("Straße des 17. Juni 5", &[]),
            ("Plöck 9-5", &[]),
            ("Plöck 1-4000", &[]),
            ("31-41", &[]),
            ("", &[]),
        ] {
            assert_eq!(singles(address), expected, "{address}");
        }
    }
}
