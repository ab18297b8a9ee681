//! The places nearest to a point.
//!
//! Boxes of a packed tree are opened in the order of their distance to the
//! point, so none is opened that is farther than what was found.
//!
//! G. Hjaltason, H. Samet, *Distance browsing in spatial databases*, ACM TODS
//! 24 (1999), §3.

use std::{cmp::Reverse, collections::BinaryHeap};

use rayon::prelude::*;

use super::{
    GazetteerError, KindSet, PlaceKind, PlaceRecord, TreeBox,
    checked::check,
    tree::{self, Branch, Inside, Tree},
};
use crate::{
    array::Array,
    geo::{BoundingBox, Coordinate, EARTH_RADIUS_M, distance_along_curve, distance_m},
    ids::{Id, PlaceId},
};

/// All places by position. Takes 5.6 bytes a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionIndex {
    /// All places along the Hilbert curve.
    pub order: Array<PlaceId>,
    /// The boxes of the tree over them, level by level.
    pub boxes: Array<TreeBox>,
}

/// A place and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearPlace {
    /// The place.
    pub place: PlaceId,
    /// How far its position is, in metres.
    pub distance_m: f64,
}

/// Which places are looked for.
pub(super) struct NearQuery<'a> {
    pub(super) at: Coordinate,
    /// How far they may be.
    pub(super) radius_m: f64,
    /// How many at most.
    pub(super) count: usize,
    pub(super) kinds: KindSet,
    /// What else must be true of a place.
    pub(super) accept: &'a dyn Fn(PlaceId) -> bool,
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

    /// The nearest places, the nearest first; of those as near, the one with
    /// the smallest id. Takes microseconds where many places are accepted.
    pub(super) fn nearest(&self, places: &[PlaceRecord], query: &NearQuery<'_>) -> Vec<NearPlace> {
        let reach = Reach::from(query.at);
        let mut nearest = Nearest { best: BinaryHeap::new(), query, reach: &reach };
        // Nothing else asks for the tree of parts that were not checked.
        let Some(tree) = Tree::new(self.order.len(), &self.boxes) else { return Vec::new() };
        let mut queue: BinaryHeap<Reverse<(u64, Branch)>> = BinaryHeap::new();
        let push = |queue: &mut BinaryHeap<_>, limit_m: f64, area: &TreeBox, branch| {
            let least_m = reach.least_m(&area.bounds);
            if area.kinds.meets(query.kinds) && least_m <= limit_m {
                // The order of the bits of floats that are not negative is that
                // of their values.
                queue.push(Reverse((least_m.to_bits(), branch)));
            }
        };
        if let Some((area, branch)) = tree.root() {
            push(&mut queue, query.radius_m, area, branch);
        }
        while let Some(Reverse((least, branch))) = queue.pop() {
            let limit_m = nearest.limit_m();
            if f64::from_bits(least) > limit_m {
                break;
            }
            match tree.inside(branch) {
                Inside::Boxes(boxes, first) => {
                    for (area, branch) in boxes.iter().zip(first.siblings()) {
                        push(&mut queue, limit_m, area, branch);
                    }
                }
                Inside::Things(range) => {
                    self.order[range].iter().for_each(|&place| nearest.offer(places, place));
                }
            }
        }
        nearest.sorted()
    }
}

/// The best that were found so far, the farthest on top.
struct Nearest<'q> {
    best: BinaryHeap<(u64, PlaceId)>,
    query: &'q NearQuery<'q>,
    reach: &'q Reach,
}

impl Nearest<'_> {
    /// How far what is still of interest can be; less than nothing if nothing
    /// is.
    fn limit_m(&self) -> f64 {
        match self.best.peek() {
            _ if self.query.count == 0 => -1.0,
            Some(&(farthest, _)) if self.best.len() == self.query.count => f64::from_bits(farthest),
            _ => self.query.radius_m,
        }
    }

    fn offer(&mut self, places: &[PlaceRecord], place: PlaceId) {
        if !self.query.kinds.meets(kind(places, place).into()) {
            return;
        }
        let position = places[place.index()].position;
        let here = BoundingBox { min: position, max: position };
        if self.reach.least_m(&here) > self.limit_m() {
            return;
        }
        let far_m = distance_m(self.query.at, position);
        if far_m <= self.limit_m() && (self.query.accept)(place) {
            self.best.push((far_m.to_bits(), place));
            if self.best.len() > self.query.count {
                self.best.pop();
            }
        }
    }

    fn sorted(self) -> Vec<NearPlace> {
        let near = |(far, place)| NearPlace { place, distance_m: f64::from_bits(far) };
        self.best.into_sorted_vec().into_iter().map(near).collect()
    }
}

/// The kind of a place. Kinds are checked on opening.
pub(super) fn kind(places: &[PlaceRecord], place: PlaceId) -> PlaceKind {
    PlaceKind::from_number(places[place.index()].kind).expect("kinds are checked on opening")
}

/// What distances from one point to boxes are told with. No sine is taken for it but one a
/// point: most boxes and places are told to be too far.
pub(super) struct Reach {
    lat: f64,
    lon: f64,
    cos_lat: f64,
}

impl Reach {
    pub(super) fn from(at: Coordinate) -> Self {
        let lat = at.lat().to_radians();
        Self { lat, lon: at.lon().to_radians(), cos_lat: lat.cos() }
    }

    /// How far anything in the box is at least, in metres: the haversine formula
    /// with the least that each of its terms can be there.
    ///
    /// For x up to half of π, sin² x ≥ x² (1 − x² / 3); asin x ≥ x; and as cosines change by no
    /// more than the angle, that of a latitude is at least ours less the difference.
    pub(super) fn least_m(&self, area: &BoundingBox) -> f64 {
        let [south, north] = [area.min.lat(), area.max.lat()].map(f64::to_radians);
        let [west, east] = [area.min.lon(), area.max.lon()].map(f64::to_radians);
        let (to_south, to_north) = (self.lat - south, north - self.lat);
        let half_lat = (-to_south).max(-to_north).max(0.0) / 2.0;
        // One way round to the near edge, or the other way round to the far one.
        let (to_west, to_east) = (west - self.lon, self.lon - east);
        let near = to_west.max(to_east).max(0.0);
        let half_lon = near.min(std::f64::consts::TAU + to_west.min(to_east)) / 2.0;
        let shrink = self.cos_lat * (self.cos_lat - to_south.max(to_north)).max(0.0);
        let least_sin_squared = |x: f64| x * x * (1.0 - x * x / 3.0);
        let haversine = least_sin_squared(half_lat) + shrink * least_sin_squared(half_lon);
        // A little less, for what floats round up.
        2.0 * EARTH_RADIUS_M * haversine.sqrt() * (1.0 - 1e-9)
    }
}

#[cfg(test)]
mod tests;
