//! What can be asked.

use super::Language;
use crate::{geo::Coordinate, osm::ElementId, profile::AvoidClasses, units::Metric};

/// A way from an origin to a destination, through points in between.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteRequest {
    /// Origin, intermediates in order, destination: two at least.
    pub waypoints: Vec<WaypointRequest>,
    /// The name of a profile of the dataset; `None` for its first.
    pub profile: Option<String>,
    /// What to optimise.
    pub optimize_for: Metric,
    /// Classes of roads that are not used at all, not even to begin or to end
    /// at. The first request for a set that is not at hand takes as long as the
    /// weights without them take to compute.
    pub avoid: AvoidClasses,
    /// The language of road names and signs, where they are tagged in it;
    /// `None` for what is written on the spot.
    pub language: Option<Language>,
    /// Whether steps, with names and geometry, are wanted; without them an
    /// answer is the numbers alone.
    pub with_steps: bool,
}

/// Every origin to every destination.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRequest {
    /// Where to begin; the rows.
    pub origins: Vec<WaypointRequest>,
    /// Where to end; the columns.
    pub destinations: Vec<WaypointRequest>,
    /// The name of a profile of the dataset; `None` for its first.
    pub profile: Option<String>,
    /// What to optimise.
    pub optimize_for: Metric,
    /// Classes of roads that are not used at all, not even to begin or to end
    /// at. The first request for a set that is not at hand takes as long as the
    /// weights without them take to compute.
    pub avoid: AvoidClasses,
}

/// A point that a route begins at, passes or ends at.
#[derive(Clone, Debug, PartialEq)]
pub struct WaypointRequest {
    /// Which point.
    pub target: WaypointTarget,
    /// How far the nearest road may be, in metres; `None` for the default of
    /// [`Limits::default_snap_radius_m`].
    pub snap_radius_m: Option<u32>,
    /// Where a name is likely meant: of several places that it may mean, one within a
    /// kilometre of there, and much nearer than all others, is the one.
    pub near: Option<Coordinate>,
}

impl From<WaypointTarget> for WaypointRequest {
    fn from(target: WaypointTarget) -> Self {
        Self { target, snap_radius_m: None, near: None }
    }
}

/// The ways to name a point.
#[derive(Clone, Debug, PartialEq)]
pub enum WaypointTarget {
    /// By position.
    Location(Coordinate),
    /// By the id of a place.
    PlaceId(ElementId),
    /// By what people call it. Never guessed: it is clear, or an error.
    Name(String),
}

/// A search for places by name.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSearch {
    /// The name, or a part of it.
    pub text: String,
    /// Nearer places come first among equals.
    pub near: Option<Coordinate>,
    /// Only places of these kinds (`station`, `attraction`, `street`, ...); all if
    /// empty.
    pub kinds: Vec<String>,
    /// How many at most.
    pub limit: usize,
    /// How many of the best to pass over.
    pub offset: usize,
}

/// How much may be asked at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Waypoints of a route.
    pub waypoints: usize,
    /// Cells of a matrix.
    pub matrix_elements: usize,
    /// Origins of a matrix, and destinations: each is held in memory as it was
    /// understood.
    pub matrix_side: usize,
    /// Characters of a name.
    pub name_chars: usize,
    /// Places in one page of a search.
    pub page_size: usize,
    /// How far a point may be from a road where the request does not say.
    pub default_snap_radius_m: u32,
    /// The largest such radius that a request may ask for.
    pub snap_radius_m: u32,
    /// How far places around a point may be where the request does not say.
    pub default_reverse_radius_m: u32,
    /// The largest such radius that a request may ask for.
    pub reverse_radius_m: u32,
    /// Sets of classes to avoid, each for one profile and one metric, whose
    /// weights are kept in memory. No request is refused for it: what is not
    /// kept is computed anew.
    pub variants: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            waypoints: 100,
            matrix_elements: 4_000_000,
            matrix_side: 10_000,
            name_chars: 256,
            page_size: 100,
            default_snap_radius_m: 1_000,
            snap_radius_m: 50_000,
            default_reverse_radius_m: 500,
            reverse_radius_m: 5_000,
            variants: 16,
        }
    }
}
