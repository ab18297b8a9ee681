//! Published pairs, the way there and back, and what others make of it.

use super::*;
use crate::geo::distance_m;

mod borders;
mod judges;

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
