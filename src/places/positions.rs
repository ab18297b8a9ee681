//! The places whose positions are nearest to a point.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    GazetteerError, PlaceKind, PlaceRecord, TreeBox,
    checked::check,
    near::{Finder, NearPlace, NearQuery, Nearest, browse},
    tree::{self, Tree},
};
use crate::{
    array::Array,
    geo::{BoundingBox, distance_along_curve, distance_m},
    ids::{Id, PlaceId},
    units::Centimeters,
};

/// All places by position. Takes 5.6 bytes a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionIndex {
    /// All places along the Hilbert curve.
    pub order: Array<PlaceId>,
    /// The boxes of the tree over them, level by level.
    pub boxes: Array<TreeBox>,
}

impl PositionIndex {
    /// The index of all places. Takes O(n log n) time, on all cores.
    pub(super) fn build(places: &[PlaceRecord]) -> Self {
        let along = |index: usize| (distance_along_curve(places[index].position), index);
        let mut order: Vec<_> = (0..places.len()).into_par_iter().map(along).collect();
        order.par_sort_unstable();
        let order: Vec<PlaceId> =
            order.into_iter().map(|(_, index)| PlaceId::from_index(index)).collect();
        let thing = |place: &PlaceId| {
            let PlaceRecord { position, .. } = places[place.index()];
            let bounds = BoundingBox { min: position, max: position };
            TreeBox { kinds: kind(places, *place).into(), bounds }
        };
        let boxes = tree::build(&order.iter().map(thing).collect::<Vec<_>>());
        Self { order: order.into(), boxes: boxes.into() }
    }

    /// Whether questions can be put to it without a panic.
    pub(super) fn check(&self, place_count: usize) -> Result<(), GazetteerError> {
        tree::check_count("positions/order", self.order.len(), place_count)?;
        check("positions/order", &self.order, |place| place.index() < place_count)?;
        tree::check("positions/boxes", place_count, &self.boxes)
    }

    /// The places whose positions are nearest, the nearest first; of those as near, the one
    /// with the smallest id. Takes microseconds where many places are accepted.
    pub(super) fn nearest(&self, places: &[PlaceRecord], query: &NearQuery<'_>) -> Vec<NearPlace> {
        let mut nearest = Nearest::new(query);
        self.offer(places, &mut nearest);
        nearest.sorted()
    }

    /// Offers places by their positions.
    pub(super) fn offer(&self, places: &[PlaceRecord], nearest: &mut Nearest<'_>) {
        // Nothing else asks for the tree of parts that were not checked.
        let Some(tree) = Tree::new(self.order.len(), &self.boxes) else { return };
        let (reach, kinds) = (nearest.reach, nearest.query.kinds);
        browse(&tree, &reach, kinds, &mut Positions { order: &self.order, places, nearest });
    }
}

/// Offers the positions in boxes.
struct Positions<'p, 'q> {
    order: &'p [PlaceId],
    places: &'p [PlaceRecord],
    nearest: &'p mut Nearest<'q>,
}

impl Finder for Positions<'_, '_> {
    fn limit_m(&self) -> f64 {
        self.nearest.limit_m()
    }

    fn visit(&mut self, things: Range<usize>) {
        for &place in &self.order[things] {
            let position = self.places[place.index()].position;
            let here = BoundingBox { min: position, max: position };
            let nearest = &mut *self.nearest;
            if nearest.query.kinds.meets(kind(self.places, place).into())
                && nearest.reach.least_m(&here) <= nearest.limit_m()
            {
                let far_m = distance_m(nearest.query.at, position);
                nearest.offer(far_m, Centimeters::ZERO, place);
            }
        }
    }
}

/// The kind of a place. Kinds are checked on opening.
pub(super) fn kind(places: &[PlaceRecord], place: PlaceId) -> PlaceKind {
    PlaceKind::from_number(places[place.index()].kind).expect("kinds are checked on opening")
}

#[cfg(test)]
mod tests;
