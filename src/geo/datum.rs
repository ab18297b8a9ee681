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
/// Both shifted datums are those of the mainland: in Hong Kong, in Macau and
/// abroad they equal WGS-84. The outline of the mainland is rough (see
/// [`Datum::from_wgs84`]).
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
    /// The mainland is a few boxes without Taiwan, and without Hong Kong and
    /// Macau, whose outlines are true to a few hundred metres. Along land
    /// borders with other countries the boxes are off by up to a few hundred
    /// kilometres. All of Shenzhen, its sea included, is inside.
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
    /// position within one unit of the resolution. Only where the shift ends,
    /// along the outline of the mainland, two positions may share one image;
    /// then this is the one on the mainland.
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
        let wanted = Degrees::of(position);
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
        let found = rounded(guess);
        if is_mainland(found) { found } else { position }
    }

    fn shift(self, wgs84: Degrees) -> Degrees {
        match self {
            Self::Wgs84 => wgs84,
            Self::Gcj02 => gcj02_of_wgs84(wgs84),
            Self::Bd09 => bd09_of_gcj02(gcj02_of_wgs84(wgs84)),
        }
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

/// Boxes within those that belong to others.
const EXCEPTED: [Sides; 6] = [
    [21.785_006, 119.921_265, 25.398_623, 122.497_559],
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
mod tests {
    use super::*;
    use crate::geo::distance_m;

    const SHIFTED: [Datum; 2] = [Datum::Gcj02, Datum::Bd09];

    fn at(text: &str) -> Coordinate {
        text.parse().unwrap()
    }

    #[test]
    fn bao_an_returns_to_where_it_was() {
        // All of the district, with airport, Dachan Bay and the estuary.
        for lat in 0..=40 {
            for lon in 0..=35 {
                let wgs84 = Coordinate::from_degrees(
                    22.51 + f64::from(lat) / 100.0,
                    113.7 + f64::from(lon) / 100.0,
                )
                .unwrap();
                for datum in SHIFTED {
                    let image = datum.from_wgs84(wgs84);
                    let shift_m = distance_m(wgs84, image);
                    // BD-09 adds another shift of up to 1.5 km.
                    assert!((200.0..2000.0).contains(&shift_m), "{wgs84}: {shift_m} m");
                    let back = datum.to_wgs84(image);
                    let off = (back.lat_e7() - wgs84.lat_e7())
                        .abs()
                        .max((back.lon_e7() - wgs84.lon_e7()).abs());
                    assert!(off <= 1, "{datum:?} {wgs84}: {off} units off");
                }
            }
        }
    }

    /// Metro stations of Shenzhen: GCJ-02 as Amap publishes it, WGS-84 as
    /// others have converted it, to a millionth of a degree.
    #[test]
    fn stations_of_shenzhen() {
        for (gcj02, wgs84) in [
            ("22.536900,113.974216", "22.539857,113.969295"),
            ("22.539604,113.967048", "22.542579,113.962141"),
            ("22.540236,113.953842", "22.543240,113.948958"),
            ("22.538667,113.944173", "22.541689,113.939301"),
            ("22.601363,113.846792", "22.604345,113.841812"),
            ("22.568964,113.904158", "22.572015,113.899289"),
            ("22.624026,113.813663", "22.626943,113.808593"),
        ] {
            let converted = Datum::Gcj02.to_wgs84(at(gcj02));
            let off_m = distance_m(converted, at(wgs84));
            assert!(off_m < 0.2, "{gcj02}: {converted} is {off_m} m from {wgs84}");
        }
    }

    /// A shop in Songgang, as Baidu publishes it and as others converted it.
    #[test]
    fn a_shop_of_songgang() {
        let converted = Datum::Bd09.to_wgs84(at("22.7737267,113.8538565"));
        let off_m = distance_m(converted, at("22.770720,113.842377"));
        assert!(off_m < 0.2, "{converted} is {off_m} m off");
    }

    /// The value that the tests of many open implementations share.
    #[test]
    fn a_published_pair() {
        let gcj02 = Datum::Gcj02.from_wgs84(at("39.915,116.404"));
        assert!(distance_m(gcj02, at("39.91640428150164,116.41024449916938")) < 0.02, "{gcj02}");
        let bd09 = Datum::Bd09.from_wgs84(Datum::Gcj02.to_wgs84(at("39.915,116.404")));
        assert!(distance_m(bd09, at("39.92133699351021,116.41036949371029")) < 0.02, "{bd09}");
    }

    #[test]
    fn only_the_mainland_is_shifted() {
        let elsewhere = [
            "22.2819,114.1582", // Central, Hong Kong
            "22.3089,113.9145", // Hong Kong airport
            "22.5010,114.1280", // Sheung Shui
            "22.4670,113.9980", // Deep Bay, southern shore
            "22.5450,114.4350", // Tung Ping Chau
            "22.1970,113.5410", // Macau, Senado Square
            "22.1200,113.5600", // Coloane
            "25.0330,121.5654", // Taipei
            "21.0285,105.8542", // Hanoi
            "37.5665,126.9780", // Seoul
            "49.4094,8.6947",   // Heidelberg
            "90,0",
            "-90,180",
        ];
        let mainland = [
            "22.4600,113.8850", // Chiwan
            "22.5200,113.8600", // Dachan Bay
            "22.6393,113.8145", // Bao'an airport
            "22.5340,114.1180", // Luohu
            "22.5200,114.0600", // Futian
            "22.5730,114.2500", // Yantian
            "22.2250,113.5450", // Gongbei
            "22.1300,113.5300", // Hengqin
        ];
        for datum in SHIFTED {
            for text in elsewhere {
                assert_eq!(datum.from_wgs84(at(text)), at(text), "{text}");
            }
            // Within two kilometres of the mainland an image may be that of a
            // position there; Macau is smaller than that.
            for text in elsewhere.into_iter().filter(|text| !text.starts_with("22.1970")) {
                assert_eq!(datum.to_wgs84(at(text)), at(text), "{text}");
            }
            for text in mainland {
                assert_ne!(datum.from_wgs84(at(text)), at(text), "{text}");
            }
        }
        assert_eq!(Datum::Wgs84.from_wgs84(at("22.76,113.84")), at("22.76,113.84"));
        assert_eq!(Datum::Wgs84.to_wgs84(at("22.76,113.84")), at("22.76,113.84"));
    }
}
