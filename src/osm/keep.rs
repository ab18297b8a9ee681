//! What of an extract is wanted.

use super::Tags;
use crate::geo::BoundingBox;

/// Says by their tags which elements are wanted. Asked from many threads.
pub trait Keep: Sync {
    /// Whether to keep a node with these tags; nodes without any are kept only
    /// as positions of ways.
    fn node(&self, tags: &Tags) -> bool;

    /// Whether to keep a way with these tags.
    fn way(&self, tags: &Tags) -> bool;

    /// Whether to keep a relation with these tags.
    fn relation(&self, tags: &Tags) -> bool;

    /// Whether to keep also the ways that are members of such a relation,
    /// whatever their own tags. Asked only of relations that are kept.
    fn member_ways(&self, tags: &Tags) -> bool;
}

/// Which part of an extract is wanted.
///
/// Of what is wanted by its tags, a clipped extract holds nodes inside; ways
/// with at least one node inside, whole, and the nodes on them; and relations
/// with at least one member that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clip {
    /// All of it.
    Everything,
    /// What is in the rectangle.
    Box(BoundingBox),
    /// What is within the administrative boundary of this name, or of this id
    /// (`relation/123`). The extract itself must hold the whole boundary.
    Place(String),
}
