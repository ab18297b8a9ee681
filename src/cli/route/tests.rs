use serde_json::Value;

use super::*;
use crate::{
    engine::{
        ExitSign, Leg, Place, PlaceMatch, PlaceName, RoadAttribute, RouteWarning, SnappedPoint,
        Step,
    },
    geo::Coordinate,
    osm::ElementId,
    profile::RoadClass,
    units::{Centimeters, Millis},
};

const AMBER: &str = "世纪琥珀博物馆";

fn at(lat: f64, lon: f64) -> Coordinate {
    Coordinate::from_degrees(lat, lon).unwrap()
}

fn museum() -> PlaceMatch {
    let place = Place {
        id: ElementId::parse("node/7").unwrap(),
        name: AMBER.to_owned(),
        names: vec![PlaceName { key: "name".to_owned(), text: AMBER.to_owned() }],
        kind: "museum".to_owned(),
        position: at(22.77, 113.85),
        access_points: Vec::new(),
        areas: vec!["松岗街道".to_owned(), "宝安区".to_owned()],
    };
    let matched_name = "松岗琥珀博物馆".to_owned();
    PlaceMatch {
        place,
        match_kind: "exact",
        matched_name,
        score: 1,
        street: String::new(),
        distance: None,
    }
}

fn waypoint(place: Option<PlaceMatch>, position: Coordinate, moved_cm: u32) -> Waypoint {
    let moved = Centimeters::new(moved_cm);
    let snapped = SnappedPoint { position, moved, road: "东方大道".to_owned() };
    Waypoint { place, requested: position, snapped }
}

fn step(name: &str, angle: i16, geometry: &[Coordinate]) -> Step {
    Step {
        duration: Millis::new(156_172),
        length: Centimeters::new(95_617),
        turn_angle_deg: angle,
        geometry: geometry.to_vec(),
        ..Step::on(name, RoadClass::Residential)
    }
}

struct Case {
    waypoints: Vec<Waypoint>,
    route: Route,
    system: CoordinateSystem,
}

impl Case {
    /// From a position to the museum, over two streets.
    fn new() -> Self {
        let [a, b, c] = [at(22.76, 113.84), at(22.76, 113.85), at(22.77, 113.85)];
        let (duration, length) = (Millis::new(312_344), Centimeters::new(191_234));
        let steps = vec![step("东方大道", 0, &[a, b]), step("", -90, &[b, c])];
        Self {
            waypoints: vec![waypoint(None, a, 512), waypoint(Some(museum()), c, 12_300)],
            route: Route {
                duration,
                length,
                legs: vec![Leg { duration, length, steps }],
                warnings: vec![RouteWarning::PassesDestinationOnlyRoads],
            },
            system: CoordinateSystem::Wgs84,
        }
    }

    fn print(&self, write: impl Fn(&Answer<'_>, &mut dyn Write) -> anyhow::Result<()>) -> String {
        let answer = Answer {
            waypoints: &self.waypoints,
            route: &self.route,
            profile: "car",
            optimize_for: OptimizeFor::Duration,
            avoid: AvoidClasses::NONE,
            coordinate_system: self.system,
            dataset_id: "abc",
            attribution: "© OpenStreetMap contributors",
        };
        let mut out = Vec::new();
        write(&answer, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.print(|answer, out| json::write(answer, out))).unwrap()
    }

    fn geojson(&self) -> Value {
        serde_json::from_str(&self.print(|answer, out| geojson::write(answer, out))).unwrap()
    }
}

#[test]
fn people_read_the_answer_first_then_what_was_meant_then_the_steps() {
    let text = Case::new().print(|answer, out| Ok(text::write(answer, out)?));
    let expected = "\
22.7600000,113.8400000 → 世纪琥珀博物馆: 1.9 km, 5 min 12 s

  22.7600000,113.8400000, on 东方大道
  世纪琥珀博物馆 (node/7, museum, 松岗街道, 宝安区, also 松岗琥珀博物馆), on 东方大道, 123 m from the point asked for

  turn   street                 distance    duration
  start  东方大道                  956 m  2 min 36 s
  left   (unnamed residential)     956 m  2 min 36 s

warning: the only way passes roads that are open only to those who begin or end there

© OpenStreetMap contributors
";
    assert_eq!(text, expected);
}

#[test]
fn steps_tell_what_the_signs_tell() {
    let mut case = Case::new();
    let steps = &mut case.route.legs[0].steps;
    steps[0].structure = "松岗大桥".to_owned();
    steps[1].class = RoadClass::MotorwayLink;
    steps[1].destinations = vec!["广州".to_owned(), "东莞".to_owned()];
    steps[1].destination_references = vec!["G4".to_owned()];
    steps[1].exit = Some(ExitSign { reference: "12A".to_owned(), name: "松岗".to_owned() });
    steps.push(Step {
        attributes: vec![RoadAttribute::Roundabout],
        roundabout_exit: Some(2),
        ..step("", 30, &[])
    });
    let text = case.print(|answer, out| Ok(text::write(answer, out)?));
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| {
            line.trim().split("  ").map(str::trim).filter(|part| !part.is_empty()).collect()
        })
        .collect();
    assert!(rows.contains(&vec!["start", "东方大道, 松岗大桥", "956 m", "2 min 36 s"]), "{text}");
    let ramp = "(unnamed motorway link) → G4, 广州, 东莞";
    assert!(rows.contains(&vec!["left, exit 12A", ramp, "956 m", "2 min 36 s"]), "{text}");
    assert!(rows.contains(&vec!["roundabout, exit 2", "(roundabout)", "956 m", "2 min 36 s"]));

    let json = case.json();
    let steps = &json["legs"][0]["steps"];
    assert_eq!(steps[0]["structure_name"], "松岗大桥");
    assert_eq!(steps[1]["road_class"], "motorway_link");
    assert_eq!(steps[1]["destinations"], serde_json::json!(["广州", "东莞"]));
    assert_eq!(steps[1]["destination_references"], serde_json::json!(["G4"]));
    assert_eq!(steps[1]["exit"], serde_json::json!({"reference": "12A", "name": "松岗"}));
    assert_eq!(steps[2]["road_attributes"], serde_json::json!(["roundabout"]));
    assert_eq!(steps[2]["roundabout_exit"], 2);
    assert_eq!(steps[0]["roundabout_exit"], Value::Null);
}

#[test]
fn json_is_exact_to_the_centimetre_and_the_millisecond() {
    let json = Case::new().json();
    assert_eq!(json["distance_m"], 1_912.34);
    assert_eq!(json["duration_s"], 312.344);
    assert_eq!(json["places"][0], Value::Null);
    assert_eq!(json["places"][1]["id"], "node/7");
    assert_eq!(json["places"][1]["areas"][0], "松岗街道");
    assert_eq!(json["snapped"][1]["moved_m"], 123.0);
    assert_eq!(json["snapped"][0]["position"]["lon"], 113.84);
    assert_eq!(json["legs"][0]["steps"][0]["street_name"], "东方大道");
    assert_eq!(json["legs"][0]["steps"][1]["distance_m"], 956.17);
    assert_eq!(json["legs"][0]["steps"][1]["duration_s"], 156.172);
    assert_eq!(json["warnings"][0], "passes_destination_only_roads");
}

#[test]
fn geojson_is_a_line_and_its_waypoints_longitude_first() {
    let mut case = Case::new();
    let json = case.geojson();
    assert_eq!(json["type"], "FeatureCollection");
    let line = &json["features"][0]["geometry"];
    assert_eq!(line["type"], "LineString");
    let expected = serde_json::json!([[113.84, 22.76], [113.85, 22.76], [113.85, 22.77]]);
    assert_eq!(line["coordinates"], expected);
    assert_eq!(json["features"][0]["properties"]["distance_m"], 1_912.34);
    let roles = [1, 2].map(|index| &json["features"][index]["properties"]["role"]);
    assert_eq!(roles, ["origin", "destination"]);
    assert_eq!(json["features"][2]["geometry"]["type"], "Point");
    assert!(json.get("coordinate_system").is_none());

    case.system = CoordinateSystem::Gcj02;
    let shifted = case.geojson();
    assert_eq!(shifted["coordinate_system"], "gcj02");
    assert_ne!(shifted["features"][0]["geometry"]["coordinates"], expected);
}

#[test]
fn a_line_has_two_positions_even_where_the_route_goes_nowhere() {
    let mut case = Case::new();
    let there = case.waypoints[1].clone();
    case.waypoints = vec![there.clone(), there];
    case.route.legs[0].steps.clear();
    let json = case.geojson();
    let line = json["features"][0]["geometry"]["coordinates"].as_array().unwrap();
    assert_eq!(line.len(), 2);
}

#[test]
fn no_route_names_the_ends_of_the_leg() {
    let Case { waypoints, system, .. } = Case::new();
    let failure = no_route(NoRouteReason::Disconnected { leg: 0 }, &waypoints, system);
    assert_eq!(failure.exit, Exit::NoRoute);
    assert!(failure.message.ends_with("from 22.7600000,113.8400000 to 世纪琥珀博物馆"));
}
