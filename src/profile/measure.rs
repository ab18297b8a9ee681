//! Lengths and masses as people write them on signs, and mappers in tags.
//! See <https://wiki.openstreetmap.org/wiki/Map_features/Units>.

use crate::units::{Centimeters, Kilograms};

/// Reads a length: metres if no unit is given, or cm, mm, feet and inches
/// (`14'6"`, `14 ft 6 in`). Of a list the lowest; `None` for zero and for what
/// is no length.
pub(super) fn length(value: &str) -> Option<Centimeters> {
    let value = value.to_ascii_lowercase();
    value.split(';').filter_map(|part| one_length(part.trim())).min()
}

/// Reads a mass: tonnes if no unit is given, or kg, pounds (`lbs`), short tons
/// (`st`) and long tons (`lt`). Of a list the lowest; `None` for zero and for
/// what is no mass.
pub(super) fn mass(value: &str) -> Option<Kilograms> {
    let value = value.to_ascii_lowercase();
    value.split(';').filter_map(|part| one_mass(part.trim())).min()
}

fn one_length(value: &str) -> Option<Centimeters> {
    let (number, rest) = number(value)?;
    let (unit, rest) = unit(rest);
    let centimeters = match unit {
        "" | "m" | "metre" | "metres" | "meter" | "meters" | "mtr" => number * 100.0,
        "cm" => number,
        "mm" => number / 10.0,
        "'" | "′" | "’" | "ft" | "feet" | "foot" => number * 30.48 + inches(rest)? * 2.54,
        "\"" | "″" | "”" | "in" | "inch" | "inches" => number * 2.54,
        _ => return None,
    };
    positive(Centimeters::from_f64(centimeters), Centimeters::ZERO)
}

/// The inches after the feet, whose unit may be left out.
fn inches(text: &str) -> Option<f64> {
    if text.is_empty() {
        return Some(0.0);
    }
    let (number, rest) = number(text)?;
    matches!(rest, "" | "\"" | "″" | "”" | "''" | "in" | "inch" | "inches").then_some(number)
}

fn one_mass(value: &str) -> Option<Kilograms> {
    let (number, rest) = number(value)?;
    let kilograms = match rest {
        "" | "t" | "ton" | "tons" | "tonne" | "tonnes" | "mt" => number * 1_000.0,
        "kg" | "kgs" => number,
        "lb" | "lbs" | "pound" | "pounds" => number * 0.453_592_37,
        "st" | "sh" => number * 907.184_74,
        "lt" => number * 1_016.046_908_8,
        _ => return None,
    };
    positive(Kilograms::from_f64(kilograms), Kilograms::ZERO)
}

/// A number at the start of `text` and what follows it, without the space
/// between. Decimals stand after a point or, as in much of Europe, a comma.
fn number(text: &str) -> Option<(f64, &str)> {
    let text = text.strip_prefix('~').unwrap_or(text);
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    Some((number.replace(',', ".").parse().ok()?, rest.trim_start()))
}

/// The unit at the start of `text` and what follows it: letters, or one sign.
fn unit(text: &str) -> (&str, &str) {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let sign = text.chars().next().map_or(0, char::len_utf8);
    let (unit, rest) = text.split_at(if letters > 0 { letters } else { sign });
    (unit, rest.trim_start())
}

fn positive<T: PartialEq + Copy>(value: T, zero: T) -> Option<T> {
    (value != zero).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_all_their_units() {
        for (value, centimeters) in [
            ("4", Some(400)),
            ("4.2", Some(420)),
            ("4,2", Some(420)),
            ("4.2 m", Some(420)),
            ("4.2m", Some(420)),
            ("420 cm", Some(420)),
            ("3.5M", Some(350)),
            ("9 FT 7 IN", Some(292)),
            ("4200mm", Some(420)),
            ("~3.5", Some(350)),
            ("14'", Some(427)),
            ("14'6\"", Some(442)),
            ("14' 6\"", Some(442)),
            ("14′6″", Some(442)),
            ("14'6", Some(442)),
            ("14 ft 6 in", Some(442)),
            ("14ft6in", Some(442)),
            ("6'2\"", Some(188)),
            ("75\"", Some(191)),
            ("3.8;4.1", Some(380)),
            ("4 m;none", Some(400)),
            ("none", None),
            ("default", None),
            ("", None),
            ("0", None),
            ("-3", None),
            ("3 miles", None),
            ("14'half", None),
            ("1.2.3", None),
            ("限高4", None),
        ] {
            assert_eq!(length(value), centimeters.map(Centimeters::new), "{value}");
        }
    }

    #[test]
    fn masses_are_read_in_all_their_units() {
        for (value, kilograms) in [
            ("7.5", Some(7_500)),
            ("7,5 t", Some(7_500)),
            ("3.5t", Some(3_500)),
            ("3500 kg", Some(3_500)),
            ("7.5T", Some(7_500)),
            ("3500 KG", Some(3_500)),
            ("10 st", Some(9_072)),
            ("8000 lbs", Some(3_629)),
            ("6000lb", Some(2_722)),
            ("2 lt", Some(2_032)),
            ("7.5;12", Some(7_500)),
            ("unsigned", None),
            ("0", None),
            ("5 apples", None),
            ("", None),
        ] {
            assert_eq!(mass(value), kilograms.map(Kilograms::new), "{value}");
        }
    }
}
