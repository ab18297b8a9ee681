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

/// Hong Kong, true to 150 metres: the corners of order 221 of the State Council
/// (1997) on the sea, the middle of the rivers on land. Nowhere is it farther
/// than 115 metres from OSM's boundary. From Deep Bay along Shenzhen River and
/// Sha Tau Kok River to Mirs Bay, then the sea boundary clockwise. The Lok Ma
/// Chau Loop is Hong Kong's, Neilingding Island is not.
pub(super) const HONG_KONG: [[f64; 2]; 73] = [
    [22.428_8, 113.869_1],
    [22.472_4, 113.947_8],
    [22.510_1, 113.995_1],
    [22.509_4, 113.999_5],
    [22.504_6, 114.005_1],
    [22.500_8, 114.012],
    [22.506_6, 114.024_8],
    [22.506_3, 114.031_9],
    [22.504_3, 114.043_5],
    [22.502_3, 114.051],
    [22.504, 114.055_7],
    [22.512, 114.058_5],
    [22.516_5, 114.064],
    [22.518, 114.072],
    [22.52, 114.074_5],
    [22.53, 114.078_2],
    [22.532, 114.084_5],
    [22.536_8, 114.089_5],
    [22.536_5, 114.093_5],
    [22.534_1, 114.097],
    [22.535_1, 114.103_7],
    [22.533_4, 114.108],
    [22.529_7, 114.111_5],
    [22.531, 114.115_2],
    [22.533_5, 114.116_4],
    [22.533_8, 114.119],
    [22.539, 114.124],
    [22.539_7, 114.127_8],
    [22.542, 114.131],
    [22.541_5, 114.134],
    [22.543_6, 114.138],
    [22.541_2, 114.144_6],
    [22.542_5, 114.148_5],
    [22.547_2, 114.151],
    [22.549_5, 114.149_6],
    [22.554_8, 114.152_5],
    [22.555, 114.156_5],
    [22.561_8, 114.161_6],
    [22.559_2, 114.164],
    [22.561_3, 114.167_9],
    [22.559_6, 114.173],
    [22.559_9, 114.176_5],
    [22.555, 114.179],
    [22.555_4, 114.187_5],
    [22.554_3, 114.19],
    [22.556_8, 114.197_5],
    [22.556_8, 114.208_5],
    [22.554_9, 114.214],
    [22.555_8, 114.218],
    [22.552, 114.221],
    [22.548, 114.226_8],
    [22.543_7, 114.226_3],
    [22.543_7, 114.233_6],
    [22.550_7, 114.237_1],
    [22.565_5, 114.276],
    [22.568_3, 114.333],
    [22.562, 114.434],
    [22.545, 114.455_1],
    [22.468_7, 114.454_9],
    [22.365_1, 114.502_5],
    [22.148_5, 114.502_5],
    [22.148_5, 114.284],
    [22.138_5, 114.255_2],
    [22.148_5, 114.236],
    [22.148_5, 113.939_5],
    [22.136_7, 113.922_4],
    [22.142_5, 113.896_6],
    [22.183_3, 113.833_2],
    [22.217_3, 113.817_2],
    [22.257_6, 113.834_6],
    [22.267_7, 113.839],
    [22.273_1, 113.847_4],
    [22.333_3, 113.869_1],
];

/// Macau, true to 300 metres on land, on the sea roughly as order 665 of the
/// State Council (2015) has it. From Gongbei clockwise over the southern part of
/// the island of the great bridge and the sea to Coloane, around the university
/// on Hengqin, which is under Macau's law, then up the channel, the inner
/// harbour and Canal dos Patos.
pub(super) const MACAU: [[f64; 2]; 21] = [
    [22.216_7, 113.550_8],
    [22.209_7, 113.568_7],
    [22.212_5, 113.576_5],
    [22.212_5, 113.588_5],
    [22.204_6, 113.589],
    [22.204_6, 113.605],
    [22.107_8, 113.630_1],
    [22.077, 113.571_9],
    [22.109_1, 113.548_4],
    [22.122_5, 113.548],
    [22.122_5, 113.541_5],
    [22.135, 113.540_5],
    [22.135, 113.548_7],
    [22.145_2, 113.549_4],
    [22.155, 113.540_9],
    [22.182_7, 113.526_6],
    [22.206_1, 113.535_5],
    [22.212_4, 113.533],
    [22.213_7, 113.535_9],
    [22.213_1, 113.540_9],
    [22.216_9, 113.543_3],
];
