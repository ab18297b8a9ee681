//! Two crates of other origins judge the formulas: `coordtransform`, whose
//! sines come from angle sums, and `gcoord`, after a JavaScript library.
//!
//! Neither judges where the mainland is. `gcoord` shifts all of a box from
//! India to Japan; `coordtransform` has an outline, which is wrong in Shenzhen
//! (see [`a_judge_gives_no_shift_at_dachan_bay`]).

use fastrand::Rng;

use super::*;

const BOTH: [Datum; 2] = [Datum::Gcj02, Datum::Bd09];

/// Half a unit of the resolution, for rounding, and a little for the judge.
const ROUNDING_DEG: f64 = 0.51e-7;

/// A tenth of a millimetre.
const EXACT_DEG: f64 = 1e-9;

/// A judge's image of a position, wherever it is.
type Judge = fn(Datum, Degrees) -> Degrees;

const JUDGES: [(&str, Judge); 2] = [("coordtransform", coordtransform), ("gcoord", gcoord)];

fn coordtransform(datum: Datum, Degrees { lat, lon }: Degrees) -> Degrees {
    let (lon, lat) = ::coordtransform::wgs84_to_gcj02_in_mainland(lon, lat);
    let (lon, lat) = match datum {
        Datum::Bd09 => ::coordtransform::gcj02_to_bd09(lon, lat),
        _ => (lon, lat),
    };
    Degrees { lat, lon }
}

fn gcoord(datum: Datum, Degrees { lat, lon }: Degrees) -> Degrees {
    use ::gcoord::{CoordSystem, Coordinate, transform};
    let system = if datum == Datum::Bd09 { CoordSystem::BD09 } else { CoordSystem::GCJ02 };
    let image = transform(Coordinate::new(lon, lat), CoordSystem::WGS84, system).unwrap();
    Degrees { lat: image.lat, lon: image.lng }
}

/// The larger difference of the two components.
fn apart(a: Degrees, b: Degrees) -> f64 {
    (a.lat - b.lat).abs().max((a.lon - b.lon).abs())
}

/// Every image of a position on the mainland agrees with both judges, and
/// leads back.
#[track_caller]
fn check(wgs84: Coordinate) {
    assert!(is_mainland(wgs84), "{wgs84} is on the mainland");
    for datum in BOTH {
        let exact = datum.shift(Degrees::of(wgs84));
        let image = datum.from_wgs84(wgs84);
        for (name, judge) in JUDGES {
            let judged = judge(datum, Degrees::of(wgs84));
            let off = apart(judged, exact);
            assert!(off < EXACT_DEG, "{name}, {datum:?} {wgs84}: {off} degrees off");
            let off = apart(judged, Degrees::of(image));
            assert!(off < ROUNDING_DEG, "{name}, {datum:?} {wgs84}: {image} is {off} degrees off");
        }
        let off = apart(datum.unshift(exact), Degrees::of(wgs84));
        assert!(off < EXACT_DEG, "{datum:?} {wgs84}: {off} degrees off on return");
        let back = datum.to_wgs84(image);
        let off =
            (back.lat_e7() - wgs84.lat_e7()).abs().max((back.lon_e7() - wgs84.lon_e7()).abs());
        assert!(off <= 1, "{datum:?} {wgs84}: {off} units off on return");
    }
}

/// From 22.50 to 22.87 N and from 113.70 to 114.05 E, every 110 metres or so.
fn grid_of_bao_an() -> impl Iterator<Item = Coordinate> {
    let lines = |first: i32, last: i32| (first..=last).step_by(10_037);
    lines(225_000_000, 228_700_000).flat_map(move |lat| {
        let at = move |lon| Coordinate::from_e7(lat, lon).unwrap();
        lines(1_137_000_000, 1_140_500_000).map(at)
    })
}

#[test]
fn all_of_bao_an_agrees_and_returns() {
    let (mainland, hong_kong): (Vec<_>, Vec<_>) = grid_of_bao_an().partition(|&at| is_mainland(at));
    assert!(mainland.len() > 128_000 && hong_kong.len() < 600, "{}", hong_kong.len());
    mainland.into_iter().for_each(check);
    // The south-east corner of the grid lies across Deep Bay.
    for position in hong_kong {
        assert!(position.lat() < 22.511 && position.lon() > 113.98, "{position}");
    }
}

#[test]
fn the_sea_and_the_airport_agree_and_return() {
    for text in [
        "22.64,113.81",     // Bao'an airport
        "22.6393,113.8145", // its terminal
        "22.53,113.85",     // Dachan Bay
        "22.51,113.83",     // off Dachan Island
        "22.60,113.72",     // the Lingding channel
        "22.75,113.70",     // Humen
    ] {
        check(at(text));
    }
}

#[test]
fn cities_of_the_mainland_agree_and_return() {
    let mut rng = Rng::with_seed(21);
    for (city, lat, lon) in [
        ("Beijing", 39.904, 116.407),
        ("Shanghai", 31.230, 121.474),
        ("Guangzhou", 23.129, 113.264),
        ("Chengdu", 30.572, 104.066),
        ("Chongqing", 29.563, 106.551),
        ("Xi'an", 34.341, 108.940),
        ("Urumqi", 43.825, 87.617),
        ("Kashgar", 39.470, 75.990),
        ("Lhasa", 29.650, 91.120),
        ("Harbin", 45.803, 126.535),
        ("Mohe", 52.972, 122.538),
        ("Kunming", 25.038, 102.718),
        ("Haikou", 20.044, 110.199),
        ("Sanya", 18.253, 109.512),
        ("Xiamen", 24.480, 118.089),
    ] {
        for _ in 0..500 {
            let mut near = |degrees: f64| degrees + (rng.f64() - 0.5) / 20.0;
            let position = Coordinate::from_degrees(near(lat), near(lon)).unwrap();
            assert!(is_mainland(position), "{city}: {position}");
            check(position);
        }
    }
}

#[test]
fn random_points_of_the_mainland_agree_and_return() {
    let seed = 22;
    let mut rng = Rng::with_seed(seed);
    let mut between = |min: f64, max: f64| min + rng.f64() * (max - min);
    let mut random =
        || Coordinate::from_degrees(between(17.9, 54.1), between(73.2, 134.9)).unwrap();
    let points: Vec<_> = (0..20_000).map(|_| random()).filter(|&at| is_mainland(at)).collect();
    assert!(points.len() > 10_000, "seed {seed}: {} points", points.len());
    points.into_iter().for_each(check);
}

/// `coordtransform` 0.4 takes Hong Kong for a ring that reaches to 22.54 N, over
/// all of Qianhai, Shekou and Houhai. On the grid of Bao'an that is the only
/// place where it errs, and there it gives no shift at all.
#[test]
fn a_judge_gives_no_shift_at_dachan_bay() {
    let dachan_bay = at("22.53,113.85");
    assert!(!::coordtransform::is_in_gcj02_region(113.85, 22.53), "it has been put right");
    assert_eq!(::coordtransform::wgs84_to_gcj02(113.85, 22.53), (113.85, 22.53));
    let shift_m = distance_m(dachan_bay, Datum::Gcj02.from_wgs84(dachan_bay));
    assert!((500.0..700.0).contains(&shift_m), "{shift_m} m");
    for position in grid_of_bao_an().filter(|&position| is_mainland(position)) {
        let shifts = ::coordtransform::is_in_gcj02_region(position.lon(), position.lat());
        let in_its_ring = position.lat() < 22.541 && position.lon() > 113.829;
        assert!(shifts || in_its_ring, "{position}");
    }
}
