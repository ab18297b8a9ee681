//! What is answered.

use crate::{
    geo::{BoundingBox, Coordinate},
    osm::ElementId,
    profile::{AvoidClasses, RoadClass},
    units::{Centimeters, Millis},
};

/// The answer to a route request.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteAnswer {
    /// The waypoints in the order of the request, as they were understood.
    pub waypoints: Vec<Waypoint>,
    /// The way, or why there is none.
    pub route: Result<Route, NoRouteReason>,
}

/// A waypoint as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Waypoint {
    /// The place that was meant, where one was named.
    pub place: Option<PlaceMatch>,
    /// The point that was asked for: the given position, or that of the place
    /// (the access point that was taken).
    pub requested: Coordinate,
    /// Where the route touches it.
    pub snapped: SnappedPoint,
}

/// A position on a road.
#[derive(Clone, Debug, PartialEq)]
pub struct SnappedPoint {
    /// Where it is.
    pub position: Coordinate,
    /// How far that is from the point asked for.
    pub moved: Centimeters,
    /// The name of the road; empty if it has none.
    pub road: String,
}

/// Why two good points have no route between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoRouteReason {
    /// No allowed way leads from this waypoint (counted from zero) to the next.
    Disconnected {
        /// The waypoint at which the leg without a way begins.
        leg: usize,
    },
}

/// A way through all waypoints.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The sum of the legs.
    pub duration: Millis,
    /// The sum of the legs.
    pub length: Centimeters,
    /// One for each pair of successive waypoints.
    pub legs: Vec<Leg>,
    /// What the traveller should know.
    pub warnings: Vec<RouteWarning>,
}

/// What a traveller should know about a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RouteWarning {
    /// The only way passes through roads that are open only to those who begin
    /// or end there.
    PassesDestinationOnlyRoads,
}

/// The way from one waypoint to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// Exactly the weight of the path found.
    pub duration: Millis,
    /// Exactly the weight of the path found.
    pub length: Centimeters,
    /// The stretches of road in order; empty if steps were not asked for.
    pub steps: Vec<Step>,
}

/// A stretch of a leg along one road, or around one roundabout.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The name of the road; empty if it has none.
    pub name: String,
    /// The number of the road, such as G107; empty if it has none.
    pub reference: String,
    /// The class of the road: what to call one without a name.
    pub class: RoadClass,
    /// What the road is besides, in the order of their kinds.
    pub attributes: Vec<RoadAttribute>,
    /// The name of the bridge or tunnel that it is on; empty if it has none.
    pub structure: String,
    /// Where the road leads by the signs at its beginning.
    pub destinations: Vec<String>,
    /// The numbers of the roads that it leads to by those signs.
    pub destination_references: Vec<String>,
    /// The exit by which another road is left for this one, where it is signed.
    pub exit: Option<ExitSign>,
    /// By which exit the roundabout is left, counted from one; `None` where it
    /// is none, and where the leg begins or ends on it.
    pub roundabout_exit: Option<u32>,
    /// The time on it, the turn into it included. The steps of a leg add up to
    /// the leg.
    pub duration: Millis,
    /// The length on it.
    pub length: Centimeters,
    /// The turn into it in degrees, positive to the right, within ±180; zero
    /// for the first.
    pub turn_angle_deg: i16,
    /// Its line, both ends included; the last point is the first of the next.
    pub geometry: Vec<Coordinate>,
}

impl Step {
    /// A step of no length on a road of which nothing else is known.
    #[must_use]
    pub fn on(name: &str, class: RoadClass) -> Self {
        Self {
            name: name.to_owned(),
            reference: String::new(),
            class,
            attributes: Vec::new(),
            structure: String::new(),
            destinations: Vec::new(),
            destination_references: Vec::new(),
            exit: None,
            roundabout_exit: None,
            duration: Millis::ZERO,
            length: Centimeters::ZERO,
            turn_angle_deg: 0,
            geometry: Vec::new(),
        }
    }
}

/// What a road is besides its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RoadAttribute {
    /// On a bridge.
    Bridge,
    /// In a tunnel.
    Tunnel,
    /// The profile pays toll for it, in this direction.
    Toll,
    /// A ferry, or a train that carries vehicles.
    Ferry,
    /// Part of a roundabout, or of another junction that one goes around.
    Roundabout,
}

impl RoadAttribute {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Bridge, Self::Tunnel, Self::Toll, Self::Ferry, Self::Roundabout];

    /// Its name, in one lower-case word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bridge => "bridge",
            Self::Tunnel => "tunnel",
            Self::Toll => "toll",
            Self::Ferry => "ferry",
            Self::Roundabout => "roundabout",
        }
    }
}

/// The sign of an exit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExitSign {
    /// Its number, such as `12A`; empty if it has none.
    pub reference: String,
    /// Its name; empty if it has none.
    pub name: String,
}

/// Cells of a matrix that follow on each other, row by row; a run may end within a row.
///
/// Takes 8 bytes a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRun {
    /// How many cells of the matrix come before it.
    pub first: usize,
    /// How many cells a row has.
    pub columns: usize,
    /// Time and length of one and the same path, for each cell; [`Self::NO_WAY`] where there is none.
    pub durations: Vec<Millis>,
    /// As many.
    pub lengths: Vec<Centimeters>,
}

impl MatrixRun {
    /// What stands for both quantities of a cell without a way: more than those of any.
    pub const NO_WAY: (Millis, Centimeters) = (Millis::MAX, Centimeters::MAX);

    /// The cells by themselves.
    pub fn cells(&self) -> impl Iterator<Item = MatrixCell> {
        let paths = self.durations.iter().copied().zip(self.lengths.iter().copied());
        paths.enumerate().map(|(position, path)| {
            let cell = self.first + position;
            MatrixCell {
                origin: cell / self.columns,
                destination: cell % self.columns,
                path: (path != Self::NO_WAY).then_some(path),
            }
        })
    }
}

/// One cell of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatrixCell {
    /// The row, in the order of the request.
    pub origin: usize,
    /// The column.
    pub destination: usize,
    /// Time and length of one and the same path; `None` if there is no way.
    pub path: Option<(Millis, Centimeters)>,
}

/// A named place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// OSM's id of it, stable between extracts.
    pub id: ElementId,
    /// Its main name.
    pub name: String,
    /// All names, the main one included.
    pub names: Vec<PlaceName>,
    /// What it is, in one word: `station`, `attraction`, `street`, ...
    pub kind: String,
    /// Where it is; inside it, if it is an area.
    pub position: Coordinate,
    /// Where it is entered; if empty, at its position.
    pub access_points: Vec<Coordinate>,
    /// The areas that it lies in, from small to large.
    pub areas: Vec<String>,
}

/// One of the names of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceName {
    /// The key of the tag that it came from: `name`, `name:en`, `alt_name`, ...
    pub key: String,
    /// The name as it was written.
    pub text: String,
}

/// A place that a text may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMatch {
    /// The place.
    pub place: Place,
    /// How the text matched, in one word: `id`, `exact`, `exact_in_area`,
    /// `crossing`, `without_generic`, `prefix`, `all_words`, `contained`,
    /// `scattered`, `pinyin`, `initials` or `fuzzy`: see [`crate::places::MatchKind`].
    pub match_kind: &'static str,
    /// The name that matched, as it was written.
    pub matched_name: String,
    /// How good the match is: larger is better, equal is equal. Only scores for
    /// one text and one dataset can be compared.
    pub score: u32,
    /// The name of the street beside it, within 200 m, which tells candidates of
    /// one name apart. Empty if there is none, for streets, and wherever nothing
    /// has to be told apart.
    pub street: String,
    /// How far it is from the bias point, where there was one.
    pub distance: Option<Centimeters>,
}

/// A page of search results, the best first.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    /// The places.
    pub matches: Vec<PlaceMatch>,
    /// The offset of the next page, if there is more.
    pub next_offset: Option<usize>,
}

/// What a dataset is.
#[derive(Clone, Debug, PartialEq)]
pub struct DatasetDescription {
    /// Changes whenever the contents do.
    pub id: String,
    /// The file name of the extract that it was made from.
    pub source: String,
    /// How old the extract is, in seconds of Unix time, if it says.
    pub osm_timestamp_s: Option<i64>,
    /// The rectangle that holds every road.
    pub bounds: BoundingBox,
    /// The names of the profiles; the first is the default.
    pub profiles: Vec<String>,
    /// The classes that any road of any profile is of: to avoid another one
    /// changes nothing.
    pub avoid_classes: AvoidClasses,
    /// Junctions of the road network.
    pub junction_count: usize,
    /// Segments of the road network.
    pub segment_count: usize,
    /// Named places.
    pub place_count: usize,
    /// Whom to name when the answers are shown.
    pub attribution: String,
    /// The version of luwang that made the file.
    pub luwang_version: String,
}
