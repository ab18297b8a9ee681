//! Between wire types and the engine's words. Positions change their datum
//! here and nowhere else.

mod inward;
mod outward;
mod reverse;

pub(super) use inward::{
    avoid, closures, coordinate, datum, layout, matrix_request, metric, optional_location,
    place_id, profile, route_request,
};
pub(super) use outward::{
    LineFormat, avoid_class, matrix_response, place, place_match, place_match_in_brief,
    route_response,
};
pub(super) use reverse::{reverse_request, reverse_response};

use super::wire;
