//! Why a request has no answer.

use std::fmt;

use thiserror::Error;

use super::{PlaceMatch, Stopped};
use crate::{
    geo::{BoundingBox, Coordinate},
    osm::ElementId,
    profile::AvoidClasses,
    query::Contradiction,
};

/// Which waypoint of a request an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaypointRole {
    /// The waypoint of a route at this position, from zero, of so many.
    Route {
        /// Zero is the origin.
        index: usize,
        /// The last of them is the destination.
        count: usize,
    },
    /// The origin of a matrix at this position.
    Origin(usize),
    /// The destination of a matrix at this position.
    Destination(usize),
    /// The point of a question about a point.
    Location,
    /// The way of an update at this position.
    UpdatedWay(usize),
    /// The street of an update at this position.
    UpdatedStreet(usize),
    /// The area of an update at this position.
    UpdatedArea(usize),
    /// The ways that a route is to do without, at this position.
    ClosedWay(usize),
    /// The areas that a route is to do without, at this position.
    ClosedArea(usize),
}

impl fmt::Display for WaypointRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Route { index: 0, .. } => f.write_str("origin"),
            Self::Route { index, count } if index + 1 == count => f.write_str("destination"),
            Self::Route { index, .. } => write!(f, "intermediates[{}]", index - 1),
            Self::Origin(index) => write!(f, "origins[{index}]"),
            Self::Destination(index) => write!(f, "destinations[{index}]"),
            Self::Location => f.write_str("location"),
            Self::UpdatedWay(index) => write!(f, "updates[{index}].way.way_id"),
            Self::UpdatedStreet(index) => write!(f, "updates[{index}].street"),
            Self::UpdatedArea(index) => write!(f, "updates[{index}].area.corners"),
            Self::ClosedWay(index) => write!(f, "closures.way_ids[{index}]"),
            Self::ClosedArea(index) => write!(f, "closures.areas[{index}]"),
        }
    }
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A route needs two waypoints, a matrix one on each side.
    #[error("{what}: {count} given, but at least {minimum} are needed")]
    TooFewWaypoints {
        /// `waypoints`, `origins` or `destinations`.
        what: &'static str,
        /// How many were given.
        count: usize,
        /// How many are needed.
        minimum: usize,
    },
    /// More waypoints than allowed.
    #[error("{count} waypoints are more than the limit of {limit}")]
    TooManyWaypoints {
        /// Which of the request's: `intermediates`, `origins` or `destinations`.
        what: &'static str,
        /// How many were given.
        count: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A matrix with more cells than allowed.
    #[error("a matrix of {origins} × {destinations} has more than {limit} elements")]
    TooManyElements {
        /// Rows.
        origins: usize,
        /// Columns.
        destinations: usize,
        /// How many cells are allowed.
        limit: usize,
    },
    /// A name or search text that is empty or too long.
    #[error(
        "{what}: a name has at least one letter or digit and at most {limit} characters, not {chars}"
    )]
    BadName {
        /// Where it stands in the request.
        what: String,
        /// How long it is.
        chars: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A page size out of range.
    #[error("a page of {size} places is more than the limit of {limit}")]
    PageTooLarge {
        /// What was asked for.
        size: usize,
        /// The limit.
        limit: usize,
    },
    /// A snap radius out of range.
    #[error("{at}: a snap radius of {radius_m} m is more than the limit of {limit_m} m")]
    SnapRadiusTooLarge {
        /// Which waypoint.
        at: WaypointRole,
        /// What was asked for.
        radius_m: u32,
        /// The limit.
        limit_m: u32,
    },
    /// A radius around a point out of range.
    #[error("a radius of {radius_m} m is more than the limit of {limit_m} m")]
    RadiusTooLarge {
        /// What was asked for.
        radius_m: u32,
        /// The limit.
        limit_m: u32,
    },
    /// No place is called that.
    #[error("{at}: no place is called \"{text}\"")]
    PlaceNotFound {
        /// Which waypoint.
        at: WaypointRole,
        /// The name that was given.
        text: String,
        /// Names that look alike, the likeliest first.
        suggestions: Vec<PlaceMatch>,
    },
    /// Several places are called that, and nothing tells which is meant.
    #[error("{at}: \"{text}\" {}", ambiguity(candidates.len()))]
    PlaceAmbiguous {
        /// Which waypoint.
        at: WaypointRole,
        /// The name that was given.
        text: String,
        /// The places, the likeliest first.
        candidates: Vec<PlaceMatch>,
    },
    /// No place has that id.
    #[error("{what}: there is no place with id {id}")]
    UnknownPlaceId {
        /// Where it stands in the request.
        what: String,
        /// The id that was given.
        id: ElementId,
    },
    /// A point outside the area that the dataset covers.
    #[error("{at}: {coordinate} is outside the area covered, {bounds}")]
    PointOutsideCoverage {
        /// Which waypoint.
        at: WaypointRole,
        /// The point that was given.
        coordinate: Coordinate,
        /// The area covered.
        bounds: BoundingBox,
    },
    /// No road that the profile may use and the request does not avoid is near
    /// enough.
    #[error(
        "{at}: no road for {profile}{} within {radius_m} m of {coordinate}",
        if avoid.is_empty() { String::new() } else { format!(" that avoids {avoid}") }
    )]
    PointNotSnappable {
        /// Which waypoint.
        at: WaypointRole,
        /// The point that was given.
        coordinate: Coordinate,
        /// The profile.
        profile: String,
        /// What the request avoids.
        avoid: AvoidClasses,
        /// The limit that was in force.
        radius_m: u32,
    },
    /// No road is meant.
    #[error("{at}: there is no road {what}")]
    NoSuchRoad {
        /// Where it stands in the request.
        at: WaypointRole,
        /// What was looked for.
        what: String,
    },
    /// A street was wanted, and the name is that of something else.
    #[error("{at}: \"{text}\" is no street but a {kind}")]
    NotAStreet {
        /// Where it stands in the request.
        at: WaypointRole,
        /// The name that was given.
        text: String,
        /// What it is.
        kind: &'static str,
    },
    /// A ring that is no area, or has too many corners.
    #[error(
        "{at}: an area has three corners or more that are not all in a line, and {limit} at most; {corners} are given"
    )]
    BadArea {
        /// Where it stands in the request.
        at: WaypointRole,
        /// How many corners are given.
        corners: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The dataset has no such profile.
    #[error("there is no profile \"{name}\"; this dataset has: {}", available.join(", "))]
    UnknownProfile {
        /// The name that was given.
        name: String,
        /// What there is.
        available: Vec<String>,
    },
    /// There is no such kind of place.
    #[error("there is no kind of place \"{kind}\"; there are: {}", available.join(", "))]
    UnknownKind {
        /// What was given.
        kind: String,
        /// What there is.
        available: Vec<&'static str>,
    },
    /// The dataset is not what an import makes.
    #[error("the dataset contradicts itself ({0}): import it anew")]
    Contradiction(#[from] Contradiction),
    /// Something that answers rest on could not be made.
    #[error("{what} could not be made, through a fault of ours")]
    Fault {
        /// What is missing.
        what: &'static str,
    },
    /// The work was stopped.
    #[error("the work was stopped: {}", match why {
        Stopped::Cancelled => "the caller has gone",
        Stopped::DeadlineExceeded => "the deadline is over",
    })]
    Stopped {
        /// Why.
        why: Stopped,
    },
}

/// Why a name is not clear of which so many places are told.
fn ambiguity(told: usize) -> String {
    match told {
        1 => "is too little to say which place is meant; one is told that may be".to_owned(),
        told => format!("may mean several places, {told} of which are told"),
    }
}
