//! The Hilbert curve over the earth's coordinates.

use super::Coordinate;

/// How far along the Hilbert curve `position` lies. What is near on the curve
/// is near on the map, so that neighbours on the curve share a small box.
///
/// The curve fills a square of 2³² by 2³² units, in which each ten-millionth of
/// a degree has its own cell. Takes one step for each of the 32 bits.
pub(crate) fn distance_along_curve(position: Coordinate) -> u64 {
    let mut x = unsigned(position.lon_e7());
    let mut y = unsigned(position.lat_e7());
    let mut along = 0;
    for bit in (0..32).rev() {
        let (right, upper) = (x >> bit & 1, y >> bit & 1);
        let quadrant = (3 * right) ^ upper;
        along = along << 2 | u64::from(quadrant);
        // Turn the quadrant so that the curve within it starts at its corner.
        if upper == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    along
}

/// The same order without negative numbers.
fn unsigned(value: i32) -> u32 {
    value.cast_unsigned() ^ 1 << 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_on_the_curve_is_a_step_on_the_map() {
        // A square of cells on which the curve never leaves.
        let mut cells: Vec<(u64, i32, i32)> = (0..16)
            .flat_map(|lat| (0..16).map(move |lon| (lat, lon)))
            .map(|(lat, lon)| {
                let cell = Coordinate::from_e7(lat, lon).expect("it is on earth");
                (distance_along_curve(cell), lat, lon)
            })
            .collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let [(here, lat, lon), (next, next_lat, next_lon)] = [pair[0], pair[1]];
            assert_eq!(next, here + 1);
            assert_eq!((next_lat - lat).abs() + (next_lon - lon).abs(), 1);
        }
    }
}
