//! A town that was built: what can be asked of it.

use std::{collections::BTreeMap, ops::ControlFlow};

use luwang::{
    engine::{
        Cancel, Engine, EngineError, MatrixRequest, MatrixRun, Route, RouteRequest, RouteWarning,
        WaypointRequest, WaypointTarget,
    },
    geo::Coordinate,
    import::ImportSummary,
    profile::AvoidClasses,
    progress::Silent,
    units::{Centimeters, Metric, Millis},
};

use crate::support::Imported;

/// An imported town.
pub(crate) struct Town {
    pub(crate) engine: Engine,
    imported: Imported,
    points: BTreeMap<char, Coordinate>,
    snap_radius_m: u32,
}

/// Time and length of a cell of a matrix, if there is a way.
type Cell = Option<(Millis, Centimeters)>;

/// Why there is no route: one of the points is not on a road.
const NO_ROAD: &str = "no road";

/// Why there is no route: no way leads there.
const NO_WAY: &str = "no way";

impl Town {
    pub(crate) fn new(imported: Imported, points: BTreeMap<char, Coordinate>, step_m: f64) -> Self {
        let engine = imported.engine();
        // Far below a step: a point on a closed road is on no road.
        let snap_radius_m = if step_m < 50.0 { 1 } else { 10 };
        let town = Self { engine, imported, points, snap_radius_m };
        town.check_against_dijkstra(AvoidClasses::NONE);
        town.check_matrices(AvoidClasses::NONE);
        town
    }

    /// Compares routes with what is expected. A row has the points of a route,
    /// and the names of the ways travelled, in order and parted by commas; with
    /// `!` at the end if the traveller is warned.
    #[track_caller]
    pub(crate) fn check(&self, table: &[(&str, &str)]) -> &Self {
        for &(points, expected) in table {
            assert_eq!(self.ways(points, Metric::Duration), expected, "from {points}");
        }
        self
    }

    /// As [`Self::check`], for the shortest routes.
    #[track_caller]
    pub(crate) fn check_shortest(&self, table: &[(&str, &str)]) -> &Self {
        for &(points, expected) in table {
            assert_eq!(self.ways(points, Metric::Distance), expected, "shortest from {points}");
        }
        self
    }

    /// As [`Self::check`] without roads of the classes `avoid`, after it was
    /// compared with Dijkstra and matrices under the same.
    #[track_caller]
    pub(crate) fn check_avoiding(&self, avoid: &str, table: &[(&str, &str)]) -> &Self {
        let avoid: AvoidClasses = avoid.parse().unwrap_or_else(|error| panic!("{error}"));
        self.check_against_dijkstra(avoid);
        self.check_matrices(avoid);
        for &(points, expected) in table {
            let found = described_or(self.ask_avoiding(avoid, points, Metric::Duration));
            assert_eq!(found, expected, "from {points} without {avoid}");
        }
        self
    }

    /// Compares the times of routes in seconds with what is expected.
    #[track_caller]
    pub(crate) fn check_seconds(&self, table: &[(&str, f64)]) -> &Self {
        for &(points, expected) in table {
            let seconds = self.route(points).duration.seconds();
            // Positions have a grain of a centimetre.
            assert!((seconds - expected).abs() < 0.05, "{points}: {seconds} s, not {expected} s");
        }
        self
    }

    /// The fastest route through all of `points`.
    #[track_caller]
    pub(crate) fn route(&self, points: &str) -> Route {
        self.ask(points, Metric::Duration).unwrap_or_else(|why| panic!("{points}: {why}"))
    }

    /// What the import said.
    pub(crate) fn summary(&self) -> &ImportSummary {
        &self.imported.summary
    }

    pub(crate) fn ask(&self, points: &str, metric: Metric) -> Result<Route, &'static str> {
        self.ask_avoiding(AvoidClasses::NONE, points, metric)
    }

    /// The fastest route, with the names of roads in `language`.
    #[track_caller]
    pub(crate) fn route_in(&self, language: &str, points: &str) -> Route {
        let mut request = self.request(AvoidClasses::NONE, points, Metric::Duration);
        request.language = Some(language.parse().expect("it is a language"));
        let answer = self.engine.route(&request, &Cancel::never());
        answer.expect("the points are on roads").route.expect("there is a way")
    }

    fn request(&self, avoid: AvoidClasses, points: &str, metric: Metric) -> RouteRequest {
        RouteRequest {
            waypoints: points.chars().map(|letter| self.waypoint(letter)).collect(),
            profile: None,
            optimize_for: metric,
            avoid,
            language: None,
            with_steps: true,
        }
    }

    fn ask_avoiding(
        &self,
        avoid: AvoidClasses,
        points: &str,
        metric: Metric,
    ) -> Result<Route, &'static str> {
        let request = self.request(avoid, points, metric);
        match self.engine.route(&request, &Cancel::never()) {
            Ok(answer) => answer.route.or(Err(NO_WAY)),
            Err(
                EngineError::PointNotSnappable { .. } | EngineError::PointOutsideCoverage { .. },
            ) => Err(NO_ROAD),
            Err(_) => Err("an error"),
        }
    }

    fn ways(&self, points: &str, metric: Metric) -> String {
        described_or(self.ask(points, metric))
    }

    /// A point that may be moved so far to a road.
    pub(crate) fn waypoint_within(&self, letter: char, radius_m: u32) -> WaypointRequest {
        let target = WaypointTarget::Location(self.points[&letter]);
        WaypointRequest { target, snap_radius_m: Some(radius_m), near: None }
    }

    fn waypoint(&self, letter: char) -> WaypointRequest {
        self.waypoint_within(letter, self.snap_radius_m)
    }

    fn check_against_dijkstra(&self, avoid: AvoidClasses) {
        let result = self.engine.verify(200, 1, avoid, &Silent);
        result.unwrap_or_else(|difference| panic!("{difference}"));
    }

    /// Between all points on roads, a cell of a matrix is the route.
    fn check_matrices(&self, avoid: AvoidClasses) {
        let is_on_road = |&letter: &char| {
            let point = letter.to_string().repeat(2);
            !matches!(self.ask_avoiding(avoid, &point, Metric::Duration), Err(NO_ROAD))
        };
        let letters: Vec<char> = self.points.keys().copied().filter(is_on_road).collect();
        for metric in Metric::ALL {
            for (from, to, cell) in self.matrix(avoid, &letters, metric) {
                let points = String::from_iter([from, to]);
                let route = self.ask_avoiding(avoid, &points, metric).ok();
                let route = route.map(|route| {
                    check_sums(&route);
                    (route.duration, route.length)
                });
                assert_eq!(cell, route, "{from} to {to}, optimised for {metric:?}");
            }
        }
    }

    fn matrix(
        &self,
        avoid: AvoidClasses,
        letters: &[char],
        metric: Metric,
    ) -> Vec<(char, char, Cell)> {
        let waypoints: Vec<_> = letters.iter().map(|&letter| self.waypoint(letter)).collect();
        let request = MatrixRequest {
            origins: waypoints.clone(),
            destinations: waypoints,
            profile: None,
            optimize_for: metric,
            avoid,
        };
        let mut cells = Vec::new();
        let mut emit = |run: MatrixRun| {
            cells.extend(run.cells());
            ControlFlow::Continue(())
        };
        let done = self.engine.matrix(&request, &Cancel::never(), &mut emit);
        done.expect("all points are on roads");
        assert_eq!(cells.len(), letters.len() * letters.len());
        let named = cells.into_iter();
        named.map(|cell| (letters[cell.origin], letters[cell.destination], cell.path)).collect()
    }
}

/// The steps of a route add up to it.
fn check_sums(route: &Route) {
    let steps = || route.legs.iter().flat_map(|leg| &leg.steps);
    let duration = steps().fold(Millis::ZERO, |sum, step| sum + step.duration);
    let length = steps().fold(Centimeters::ZERO, |sum, step| sum + step.length);
    assert_eq!((duration, length), (route.duration, route.length));
}

/// The ways of a route, or why there is none.
fn described_or(route: Result<Route, &'static str>) -> String {
    route.map_or_else(str::to_owned, |route| described(&route))
}

/// The names of the ways of a route, each stretch once, and its warning.
pub(crate) fn described(route: &Route) -> String {
    let steps = route.legs.iter().flat_map(|leg| &leg.steps);
    let names: Vec<&str> = steps
        .filter(|step| step.length > Centimeters::ZERO)
        .map(|step| step.name.as_str())
        .collect();
    let warned = route.warnings.contains(&RouteWarning::PassesDestinationOnlyRoads);
    names.join(",") + if warned { "!" } else { "" }
}
