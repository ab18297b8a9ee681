//! Google's encoded polylines: a line as short ASCII text, each point as the
//! difference from the one before.
//!
//! Published at
//! <https://developers.google.com/maps/documentation/utilities/polylinealgorithm>.

use super::Coordinate;

/// How many decimals of a degree an encoded polyline keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Five: about a metre, and what Google's libraries expect.
    Five,
    /// Six: about ten centimetres.
    Six,
}

impl Precision {
    /// How many ten-millionths of a degree make one unit of it.
    const fn e7_per_unit(self) -> i64 {
        match self {
            Self::Five => 100,
            Self::Six => 10,
        }
    }
}

/// The line through `points` as text. Latitude comes before longitude.
///
/// Positions are rounded before they are subtracted, so errors do not add up
/// along the line.
#[must_use]
pub fn encode_polyline(points: &[Coordinate], precision: Precision) -> String {
    let unit = precision.e7_per_unit();
    let mut text = String::with_capacity(4 * points.len());
    let mut before = [0; 2];
    for point in points {
        let now = [point.lat_e7(), point.lon_e7()].map(|e7| round_div(e7.into(), unit));
        for (now, before) in now.iter().zip(before) {
            push_number(&mut text, now - before);
        }
        before = now;
    }
    text
}

/// The line that `text` encodes, or `None` if it is not an encoded polyline of
/// positions on earth.
#[must_use]
pub fn decode_polyline(text: &str, precision: Precision) -> Option<Vec<Coordinate>> {
    let unit = precision.e7_per_unit();
    let mut bytes = text.bytes();
    let mut points = Vec::new();
    let (mut lat, mut lon) = (0_i64, 0_i64);
    while bytes.len() > 0 {
        lat += take_number(&mut bytes)?;
        lon += take_number(&mut bytes)?;
        let e7 = |value: i64| i32::try_from(value.checked_mul(unit)?).ok();
        points.push(Coordinate::from_e7(e7(lat)?, e7(lon)?)?);
    }
    Some(points)
}

/// The quotient rounded to the nearest integer, halves away from zero.
fn round_div(value: i64, divisor: i64) -> i64 {
    (value + value.signum() * divisor / 2) / divisor
}

/// Five bits a character, the lowest first; bit 5 says that more follow.
fn push_number(text: &mut String, number: i64) {
    // The sign goes to the lowest bit, so that small numbers stay short.
    let mut rest = (number << 1) ^ (number >> 63);
    loop {
        let low = u8::try_from(rest & 0x1f).expect("five bits fit in eight");
        rest >>= 5;
        let more = if rest == 0 { 0 } else { 0x20 };
        text.push(char::from((low | more) + 63));
        if rest == 0 {
            return;
        }
    }
}

fn take_number(bytes: &mut impl Iterator<Item = u8>) -> Option<i64> {
    let mut value = 0_i64;
    // Seven characters hold any difference of two positions.
    for shift in (0..35).step_by(5) {
        let bits = bytes.next()?.checked_sub(63).filter(|&bits| bits < 0x40)?;
        value |= i64::from(bits & 0x1f) << shift;
        if bits & 0x20 == 0 {
            return Some((value >> 1) ^ -(value & 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_published_example() {
        let line: Vec<Coordinate> = ["38.5,-120.2", "40.7,-120.95", "43.252,-126.453"]
            .map(|text| text.parse().unwrap())
            .into();
        let text = "_p~iF~ps|U_ulLnnqC_mqNvxq`@";
        assert_eq!(encode_polyline(&line, Precision::Five), text);
        assert_eq!(decode_polyline(text, Precision::Five), Some(line));
        assert_eq!(encode_polyline(&[], Precision::Five), "");
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["_", "_p~iF", "\u{7f}??", "~~~~~~~~~~~~", "路网", "_p~iF~ps|U ", "}}}}}}}}}?"]
        {
            assert_eq!(decode_polyline(text, Precision::Six), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn lines_survive_the_round_trip(
            e7 in prop::collection::vec(
                (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000), 0..20),
        ) {
            let line: Vec<_> =
                e7.iter().map(|&(lat, lon)| Coordinate::from_e7(lat, lon).unwrap()).collect();
            for (precision, half) in [(Precision::Five, 50), (Precision::Six, 5)] {
                let text = encode_polyline(&line, precision);
                let back = decode_polyline(&text, precision).unwrap();
                prop_assert_eq!(back.len(), line.len());
                for (back, point) in back.iter().zip(&line) {
                    prop_assert!((back.lat_e7() - point.lat_e7()).abs() <= half);
                    prop_assert!((back.lon_e7() - point.lon_e7()).abs() <= half);
                }
                prop_assert_eq!(encode_polyline(&back, precision), text);
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".*") {
            let _ = decode_polyline(&text, Precision::Five);
        }
    }
}
