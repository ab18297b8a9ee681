//! Outlines of places: rings of corners, and boxes.

use super::Coordinate;

/// Latitude and longitude of the corners in degrees; the last one is joined to
/// the first.
pub(super) type Ring = [[f64; 2]];

/// South, west, north, east, in degrees.
pub(super) type Sides = [f64; 4];

/// A position in degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Degrees {
    pub(super) lat: f64,
    pub(super) lon: f64,
}

impl Degrees {
    pub(super) fn of(position: Coordinate) -> Self {
        Self { lat: position.lat(), lon: position.lon() }
    }
}

/// Whether a ray to the east crosses the ring an odd number of times.
pub(super) fn in_ring(ring: &Ring, position: Degrees) -> bool {
    let ends = ring.iter().cycle().skip(1);
    ring.iter().zip(ends).fold(false, |inside, (&[lat_a, lon_a], &[lat_b, lon_b])| {
        let crosses = (lat_a > position.lat) != (lat_b > position.lat) && {
            let fraction = (position.lat - lat_a) / (lat_b - lat_a);
            position.lon < lon_a + fraction * (lon_b - lon_a)
        };
        inside != crosses
    })
}

/// Whether `position` is in a box, or no farther than `margin` degrees outside.
pub(super) fn in_box(sides: &Sides, margin: f64, position: Degrees) -> bool {
    let &[south, west, north, east] = sides;
    (south - margin..=north + margin).contains(&position.lat)
        && (west - margin..=east + margin).contains(&position.lon)
}

/// Hong Kong, true to a few hundred metres. From Deep Bay along Shenzhen River
/// and Sha Tau Kok to Mirs Bay, then the sea boundary clockwise.
pub(super) const HONG_KONG: [[f64; 2]; 27] = [
    [22.428_8, 113.869_1],
    [22.47, 113.947_8],
    [22.507, 113.995_1],
    [22.506, 114.03],
    [22.505, 114.055],
    [22.514_5, 114.065],
    [22.514_5, 114.078],
    [22.52, 114.084],
    [22.517, 114.091],
    [22.529, 114.113],
    [22.531, 114.12],
    [22.536, 114.13],
    [22.545, 114.147],
    [22.552_5, 114.158],
    [22.559, 114.177],
    [22.554_8, 114.198],
    [22.548, 114.217],
    [22.544_8, 114.226_5],
    [22.544_8, 114.242_5],
    [22.561_4, 114.3],
    [22.561_4, 114.45],
    [22.446_7, 114.446],
    [22.364_3, 114.502_5],
    [22.148_5, 114.502_5],
    [22.148_5, 113.826_4],
    [22.239_3, 113.826_4],
    [22.273_1, 113.869_1],
];

/// Macau, as [`HONG_KONG`]: from Gongbei clockwise over the sea to Coloane,
/// then up the channel and the inner harbour.
pub(super) const MACAU: [[f64; 2]; 10] = [
    [22.216_8, 113.549],
    [22.211, 113.575],
    [22.2, 113.63],
    [22.077, 113.63],
    [22.077, 113.548],
    [22.14, 113.547_5],
    [22.165, 113.537],
    [22.185, 113.529],
    [22.2, 113.532],
    [22.213_5, 113.536],
];
