//! What an extract says about itself.

use crate::geo::BoundingBox;

/// What an extract says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The program that wrote the file.
    pub writing_program: Option<String>,
    /// The time up to which the file holds the edits of OSM, in seconds since
    /// 1970-01-01 UTC.
    pub timestamp_s: Option<i64>,
    /// The rectangle that the file was cut to.
    pub bounds: Option<BoundingBox>,
}
