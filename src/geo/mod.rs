//! Positions on the earth: coordinates, datums, distances, projections onto
//! lines, encoded polylines, a curve through all of them, and on which side of
//! the road traffic keeps.

mod bounds;
mod coordinate;
mod datum;
mod distance;
mod driving_side;
mod hilbert;
mod outline;
mod polyline;

pub use bounds::BoundingBox;
pub use coordinate::{Coordinate, CoordinateError};
pub use datum::Datum;
pub use distance::{EARTH_RADIUS_M, Projection, bearing_deg, distance_m, polyline_length, project};
pub use driving_side::{DrivingSide, driving_side};
pub(crate) use hilbert::distance_along_curve;
pub use polyline::{Precision, decode_polyline, encode_polyline};
