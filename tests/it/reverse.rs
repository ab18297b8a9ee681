//! What is at a point: on the fixture and on real extracts.

use std::collections::BTreeSet;

use luwang::{
    engine::{Engine, EngineError, ReverseAnswer, ReverseRequest},
    geo::Coordinate,
    ids::{Id, PlaceId},
    import::ImportSource,
    places::PlaceKind,
};

use crate::support::{Imported, dataset, extract};

fn about(lat: f64, lon: f64) -> ReverseRequest {
    let location = Coordinate::from_degrees(lat, lon).expect("it is on earth");
    ReverseRequest { location, radius_m: None, kinds: Vec::new(), limit: 10, language: None }
}

fn fixture() -> Engine {
    Engine::open(dataset()).expect("the fixture can be opened")
}

fn areas(answer: &ReverseAnswer) -> Vec<&str> {
    answer.areas.iter().map(|area| area.name.as_str()).collect()
}

/// Whatever is told is within its radius, in order, and of the kinds wanted.
#[track_caller]
fn check(engine: &Engine, request: &ReverseRequest) -> ReverseAnswer {
    let answer = engine.reverse(request).expect("the point is covered");
    assert_eq!(answer, engine.reverse(request).expect("it was before"));
    let radius_m = request.radius_m.unwrap_or(500);
    assert!(answer.places.len() <= request.limit);
    assert!(answer.places.is_sorted_by_key(|near| near.distance));
    for near in &answer.places {
        assert!(near.distance.meters() <= f64::from(radius_m) + 0.01, "{near:?}");
        assert!(request.kinds.is_empty() || request.kinds.contains(&near.place.kind));
    }
    assert!(answer.address.iter().all(|near| near.distance.meters() <= 50.01));
    assert!(answer.street.iter().all(|near| near.distance.meters() <= 200.01));
    answer
}

#[test]
fn songgang() {
    let engine = fixture();
    let answer = check(&engine, &about(22.7706, 113.8405));
    assert!(areas(&answer).ends_with(&["松岗街道", "宝安区"]), "{answer:?}");
    assert!(answer.description.starts_with("宝安区松岗街道"), "{}", answer.description);
    assert!(answer.description.ends_with(" 附近"), "{}", answer.description);
    assert!(answer.places.iter().all(|near| !matches!(&*near.place.kind, "street" | "suburb")));
    let kinds = vec!["station".to_owned()];
    assert_eq!(address(&engine, 22.778_881, 113.834_945), "沙江路2号");
    let request = ReverseRequest { radius_m: Some(5_000), kinds, ..about(22.7706, 113.8405) };
    let stations = check(&engine, &request);
    assert!(stations.places.iter().any(|near| near.place.name == "松岗站"), "{stations:?}");
}

/// The address of the building at a point, a hundred metres from its middle or more.
#[track_caller]
fn address(engine: &Engine, lat: f64, lon: f64) -> String {
    let answer = check(engine, &about(lat, lon));
    let address = answer.address.expect("an address is there");
    assert!(address.distance.meters() < 1.0, "{address:?}");
    address.text
}

/// No line names a town beside the areas around the point if that town is known to be another
/// one; of many points, the share of those with a postcode is returned.
#[track_caller]
fn check_towns(engine: &Engine, seed: u64) -> f64 {
    let gazetteer = &engine.dataset().gazetteer;
    let places = (0..gazetteer.len()).map(PlaceId::from_index);
    let is_town = |place: &PlaceId| {
        let kind = gazetteer.kind(*place);
        kind.is_area() && kind <= PlaceKind::Village
    };
    let outlines = &gazetteer.parts().outlines.outlines;
    let is_bounded = |place: &PlaceId| outlines.iter().any(|outline| outline.place == *place);
    let towns = places.filter(|place| is_town(place) && is_bounded(place));
    let towns: BTreeSet<&str> = towns.map(|place| gazetteer.title(place)).collect();
    let bounds = engine.describe().bounds;
    let mut random = fastrand::Rng::with_seed(seed);
    let (mut told, mut with_postcode) = (0, 0);
    for _ in 0..2_000 {
        let lat_e7 = random.i32(bounds.min.lat_e7()..=bounds.max.lat_e7());
        let lon_e7 = random.i32(bounds.min.lon_e7()..=bounds.max.lon_e7());
        let location = Coordinate::from_e7(lat_e7, lon_e7).expect("the bounds are on earth");
        let Ok(answer) = engine.reverse(&ReverseRequest { location, ..about(0.0, 0.0) }) else {
            continue;
        };
        told += 1;
        for part in answer.description.split(", ") {
            let Some((postcode, town)) = part.split_once(' ') else { continue };
            if postcode.chars().filter(char::is_ascii_digit).count() >= 3 && towns.contains(town) {
                with_postcode += 1;
                let (areas, line) = (areas(&answer), &answer.description);
                assert!(areas.contains(&town), "{line}: {areas:?} at {location}, seed {seed}");
            }
        }
    }
    assert!(told > 200, "{told}");
    f64::from(with_postcode) / f64::from(told)
}

/// A place lies where a point at its position does.
#[test]
fn a_point_at_a_place_is_at_the_place() {
    let engine = fixture();
    let gazetteer = &engine.dataset().gazetteer;
    let mut checked = 0;
    for record in gazetteer.parts().places.iter().step_by(37) {
        let request = ReverseRequest {
            location: record.position,
            radius_m: Some(1),
            limit: 100,
            kinds: PlaceKind::ALL.iter().map(|k| k.as_str().to_owned()).collect(),
            language: None,
        };
        // Some stops lie beyond the last road.
        if let Err(EngineError::PointOutsideCoverage { .. }) = engine.reverse(&request) {
            continue;
        }
        checked += 1;
        let answer = check(&engine, &request);
        let here = answer.places.iter().find(|near| near.place.id.number == record.number);
        let here = here.unwrap_or_else(|| panic!("{record:?} is not in {answer:?}"));
        // An area lies only in areas above it.
        let kind = PlaceKind::ALL.iter().find(|kind| kind.as_str() == here.place.kind);
        let is_area = kind.is_some_and(|kind| kind.is_area());
        assert!(is_area || areas(&answer) == here.place.areas, "{here:?} {answer:?}");
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn too_much_and_too_far() {
    let engine = fixture();
    let good = || about(22.7706, 113.8405);
    let refused = |request: ReverseRequest| engine.reverse(&request).unwrap_err();
    let error = refused(ReverseRequest { radius_m: Some(5_001), ..good() });
    assert_eq!(error, EngineError::RadiusTooLarge { radius_m: 5_001, limit_m: 5_000 });
    let error = refused(ReverseRequest { limit: 101, ..good() });
    assert_eq!(error, EngineError::PageTooLarge { size: 101, limit: 100 });
    let error = refused(ReverseRequest { kinds: vec!["dragon".to_owned()], ..good() });
    assert!(matches!(error, EngineError::UnknownKind { .. }));
    let error = refused(about(0.0, 0.0));
    assert!(error.to_string().starts_with("location: 0.0000000,0.0000000 is outside"), "{error}");
    assert!(check(&engine, &ReverseRequest { limit: 0, ..good() }).places.is_empty());
}

#[test]
fn heidelberg() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    let engine = Imported::new(ImportSource::File(path)).engine();
    let castle = check(&engine, &about(49.4106, 8.7153));
    println!("{}", castle.description);
    assert_eq!(castle.places[0].place.name, "Heidelberger Schloss");
    let kinds = vec!["address".to_owned()];
    let addresses = check(&engine, &ReverseRequest { kinds, ..about(49.4118, 8.7080) });
    let near = addresses.places.first().expect("houses have numbers there");
    let at = near.place.position;
    let there = check(&engine, &about(at.lat(), at.lon()));
    println!("{}", there.description);
    let address = there.address.expect("a house is at its own address");
    assert!(address.distance.meters() < 0.01 && !address.text.is_empty());
    assert!(there.description.starts_with(&address.text), "{}", there.description);
    // The extract has streets and houses but neither settlements nor boundaries.
    assert!(there.areas.is_empty());
    assert!(there.description.ends_with(", 69117 Heidelberg"), "{}", there.description);
    // On steps, and on a square where nobody drives.
    assert_eq!(street(&engine, 49.40750, 8.72127), "Himmelsleiter");
    assert_eq!(street(&engine, 49.41134, 8.70570), "Grabengasse");
}

#[track_caller]
fn street(engine: &Engine, lat: f64, lon: f64) -> String {
    let answer = check(engine, &about(lat, lon));
    answer.street.expect("a street is there").name
}

#[test]
fn futian() {
    let Some(path) = extract("futian-nanshan.osm.pbf") else { return };
    let engine = Imported::new(ImportSource::File(path)).engine();
    // No boundary is there, and some addresses are in other letters: Shenzhen.
    let there = check(&engine, &about(22.544_485, 113.924_732));
    assert!(there.description.starts_with("广东省深圳市南山区 "), "{}", there.description);
    assert!(there.description.ends_with(" 附近"), "{}", there.description);
    println!("{}", address(&engine, 22.544_321, 113.938_913));
    assert_eq!(address(&engine, 22.541_849, 113.950_167), "科技南十二路9号");
}

#[test]
fn liechtenstein() {
    let Some(path) = extract("liechtenstein.osm.pbf") else { return };
    let engine = Imported::new(ImportSource::File(path)).engine();
    let vaduz = check(&engine, &about(47.1390, 9.5227));
    println!("{}", vaduz.description);
    assert!(areas(&vaduz).contains(&"Vaduz"), "{vaduz:?}");
    let language = Some("en".parse().expect("it is a language"));
    let english = check(&engine, &ReverseRequest { language, ..about(47.1390, 9.5227) });
    assert_eq!(english.areas.len(), vaduz.areas.len());
    // A pedestrian zone, a road that is closed to all, and a path.
    assert_eq!(street(&engine, 47.13765, 9.52247), "Städtle");
    assert_eq!(street(&engine, 47.20769, 9.52710), "Schwarze Strasse");
    assert_eq!(street(&engine, 47.20219, 9.583_361), "Älpele Güterweg");
    // Beyond the boundary of the village.
    let ridge = check(&engine, &about(47.20219, 9.583_361));
    assert!(!areas(&ridge).contains(&"Schaanwald"), "{ridge:?}");
    let share = check_towns(&engine, 5);
    println!("{share}");
    assert!(share > 0.05, "{share}");
}

#[test]
fn andorra() {
    let Some(path) = extract("andorra.osm.pbf") else { return };
    let engine = Imported::new(ImportSource::File(path)).engine();
    let share = check_towns(&engine, 6);
    println!("{share}");
    assert!(share > 0.05, "{share}");
}

#[test]
fn monaco() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let engine = Imported::new(ImportSource::File(path)).engine();
    let casino = check(&engine, &about(43.7392, 7.4277));
    println!("{}", casino.description);
    assert!(areas(&casino).contains(&"Monaco"), "{casino:?}");
    assert!(casino.street.is_some() && !casino.places.is_empty());
    assert_eq!(street(&engine, 43.73101, 7.42207), "Rue Comte Félix Gastaldi");
    assert_eq!(address(&engine, 43.730_118, 7.416_087), "Rue de la Lüjerneta 2");
    println!("{}", check_towns(&engine, 7));
    // The postcode of Beausoleil, in France, is none of Monaco.
    for (lat, lon) in [(43.743_968, 7.42591), (43.74102, 7.425_143)] {
        let border = check(&engine, &about(lat, lon));
        assert!(!border.description.contains("06240 Mona"), "{}", border.description);
    }
}
