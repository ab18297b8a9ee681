//! The datums of maps of China. GCJ-02 shifts WGS-84 by some hundred metres
//! with a smooth polynomial; BD-09 turns and stretches GCJ-02 once more.
//!
//! Neither was ever published by its makers. The formulas here are public
//! knowledge, found in the same form in dozens of open projects since 2013; in
//! all of them GCJ-02 stands on the Krasovsky ellipsoid of 1940.

use std::f64::consts::PI;

use super::{
    Coordinate,
    outline::{Degrees, HONG_KONG, MACAU, Sides, in_box, in_ring},
};

/// What latitude and longitude of a position refer to.
///
/// Both shifted datums are those of the mainland: in Hong Kong, in Macau, on
/// Taiwan and abroad they equal WGS-84. How well the mainland's outline is
/// known is told at [`Datum::from_wgs84`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datum {
    /// That of satellites, of OSM, and of everything inside this crate.
    Wgs84,
    /// That of Chinese law, of Amap, Tencent and Google's map of China.
    Gcj02,
    /// That of Baidu.
    Bd09,
}

impl Datum {
    /// A WGS-84 position in this datum.
    ///
    /// The mainland is a few boxes without Taiwan and its islands, and without
    /// Hong Kong and Macau. The outline of Hong Kong is true to 150 metres, that
    /// of Macau to 300 on land. Along land borders with other countries the
    /// boxes are off by up to a few hundred kilometres. All of Shenzhen, its sea
    /// included, is inside; so is the port at Shenzhen Bay where Hong Kong has
    /// its counters.
    ///
    /// # Panics
    ///
    /// Never: the mainland is far from poles and 180th meridian.
    #[must_use]
    pub fn from_wgs84(self, position: Coordinate) -> Coordinate {
        if self == Self::Wgs84 || !is_mainland(position) {
            return position;
        }
        rounded(self.shift(Degrees::of(position)))
    }

    /// The WGS-84 position of a position in this datum.
    ///
    /// Inverts [`Self::from_wgs84`] by iteration: there and back is the same
    /// position within one unit of the resolution, which is due to rounding
    /// alone. Only where the shift ends, along the outline of the mainland, two
    /// positions may share one image; then this is the one on the mainland.
    ///
    /// # Panics
    ///
    /// Never: the mainland is far from poles and 180th meridian.
    #[must_use]
    pub fn to_wgs84(self, position: Coordinate) -> Coordinate {
        // No shift is longer than a twentieth of a degree.
        let near_mainland = in_boxes(Degrees::of(position), 0.05);
        if self == Self::Wgs84 || !near_mainland {
            return position;
        }
        let found = rounded(self.unshift(Degrees::of(position)));
        if is_mainland(found) { found } else { position }
    }

    fn shift(self, wgs84: Degrees) -> Degrees {
        match self {
            Self::Wgs84 => wgs84,
            Self::Gcj02 => gcj02_of_wgs84(wgs84),
            Self::Bd09 => bd09_of_gcj02(gcj02_of_wgs84(wgs84)),
        }
    }

    /// Inverts [`Self::shift`], to a hundredth of a millimetre.
    fn unshift(self, wanted: Degrees) -> Degrees {
        let mut guess = wanted;
        // The shift varies a hundred times slower than position does, so each
        // round gains two digits; the bound is for safety.
        for _ in 0..16 {
            let image = self.shift(guess);
            let (lat, lon) = (wanted.lat - image.lat, wanted.lon - image.lon);
            guess = Degrees { lat: guess.lat + lat, lon: guess.lon + lon };
            if lat.abs().max(lon.abs()) < 1e-10 {
                break;
            }
        }
        guess
    }
}

fn rounded(Degrees { lat, lon }: Degrees) -> Coordinate {
    Coordinate::from_degrees(lat, lon).expect("near the mainland every position is on earth")
}

fn gcj02_of_wgs84(wgs84: Degrees) -> Degrees {
    /// Half of the long axis of the Krasovsky ellipsoid, in metres.
    const A: f64 = 6_378_245.0;
    /// The square of its eccentricity.
    const EE: f64 = 0.006_693_421_622_965_943;

    let (x, y) = (wgs84.lon - 105.0, wgs84.lat - 35.0);
    let wave = |t: f64, [a, b]: [f64; 2], [k, l]: [f64; 2]| {
        (a * (t * k * PI).sin() + b * (t * l * PI).sin()) * 2.0 / 3.0
    };
    let common = wave(x, [20.0, 20.0], [6.0, 2.0]);
    let root = 0.1 * x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 2.0 * root
        + common
        + wave(y, [20.0, 40.0], [1.0, 1.0 / 3.0])
        + wave(y, [160.0, 320.0], [1.0 / 12.0, 1.0 / 30.0]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + root
        + common
        + wave(x, [20.0, 40.0], [1.0, 1.0 / 3.0])
        + wave(x, [150.0, 300.0], [1.0 / 12.0, 1.0 / 30.0]);

    // Metres to degrees by the two radii of curvature of the ellipsoid.
    let (sin, cos) = wgs84.lat.to_radians().sin_cos();
    let w = 1.0 - EE * sin * sin;
    let meridian = A * (1.0 - EE) / (w * w.sqrt());
    let parallel = A / w.sqrt() * cos;
    Degrees {
        lat: wgs84.lat + (north / meridian).to_degrees(),
        lon: wgs84.lon + (east / parallel).to_degrees(),
    }
}

fn bd09_of_gcj02(gcj02: Degrees) -> Degrees {
    const WAVE: f64 = PI * 3000.0 / 180.0;
    let radius = gcj02.lon.hypot(gcj02.lat) + 0.000_02 * (gcj02.lat * WAVE).sin();
    let angle = gcj02.lat.atan2(gcj02.lon) + 0.000_003 * (gcj02.lon * WAVE).cos();
    Degrees { lat: radius * angle.sin() + 0.006, lon: radius * angle.cos() + 0.0065 }
}

/// Whether positions in WGS-84 are shifted here.
fn is_mainland(wgs84: Coordinate) -> bool {
    let position = Degrees::of(wgs84);
    in_boxes(position, 0.0) && !in_ring(&HONG_KONG, position) && !in_ring(&MACAU, position)
}

/// Boxes that cover the mainland and its coast.
const COVERED: [Sides; 6] = [
    [42.889_9, 79.446_2, 49.220_4, 96.33],
    [39.374_2, 109.687_2, 54.141_5, 135.000_2],
    [29.529_7, 73.124_6, 42.889_9, 124.143_255],
    [26.718_6, 82.968_4, 29.529_7, 97.035_2],
    [20.414_096, 97.025_3, 29.529_7, 124.367_395],
    [17.871_542, 107.975_793, 20.414_096, 111.744_104],
];

/// Boxes within those that belong to others: Taiwan, Penghu, Kinmen and Matsu
/// first.
const EXCEPTED: [Sides; 9] = [
    [21.785_006, 119.921_265, 25.398_623, 122.497_559],
    [23.1, 119.25, 23.9, 119.95],
    [24.38, 118.205, 24.53, 118.52],
    [25.92, 119.9, 26.3, 120.08],
    [20.098_8, 101.865_2, 22.284, 106.665],
    [20.487_8, 106.452_5, 21.542_2, 108.051],
    [50.325_7, 109.032_3, 55.817_5, 119.127],
    [49.557_4, 127.456_8, 55.817_5, 137.022_7],
    [42.569_2, 131.266_2, 44.892_2, 137.022_7],
];

fn in_boxes(position: Degrees, margin: f64) -> bool {
    COVERED.iter().any(|covered| in_box(covered, margin, position))
        && !EXCEPTED.iter().any(|excepted| in_box(excepted, -margin, position))
}

#[cfg(test)]
mod tests;
