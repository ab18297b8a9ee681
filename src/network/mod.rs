//! The road network: junctions, segments and roads, and for each profile the
//! turn graph over them.
//!
//! Ways are split at junctions into segments; a segment belongs to one way, so
//! that a closure of a way is a closure of whole segments. In a turn graph a
//! node is a directed segment and an arc an allowed turn: restrictions are arcs
//! that are not there, turn costs are weights, and no query knows about either.

mod build;
mod change;
mod check;
mod closed;
mod components;
mod enclosures;
mod halts;
mod junctions;
mod restrictions;
mod road;
mod roads;
mod turn_automaton;
mod turn_graph;
mod turn_graph_build;
mod turns;

pub use build::{NetworkReport, build};
pub use change::{RoadChange, RoadChanges};
pub use restrictions::{RestrictionProblem, RestrictionReport};
pub use road::{ExitSign, Road, RoadFlags, RoadNetwork, RoadSign, Segment};
pub use turn_graph::{Layer, TurnGraph};
pub use turns::turn_angle_deg;
