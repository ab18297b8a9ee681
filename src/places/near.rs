//! What is nearest to a point, of whatever a packed tree holds.
//!
//! Boxes of the tree are opened in the order of their distance to the point,
//! so none is opened that is farther than what was found.
//!
//! G. Hjaltason, H. Samet, *Distance browsing in spatial databases*, ACM TODS
//! 24 (1999), §3.

use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

use super::{
    KindSet, TreeBox,
    tree::{Branch, Inside, Tree},
};
use crate::{
    geo::{BoundingBox, Coordinate, EARTH_RADIUS_M},
    ids::PlaceId,
    units::Centimeters,
};

/// A place and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearPlace {
    /// The place.
    pub place: PlaceId,
    /// How far it is, in metres.
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

/// What looks at the things of a tree, the nearest boxes first.
pub(super) trait Finder {
    /// How far what is still of interest can be, in metres; less than nothing
    /// if nothing is.
    fn limit_m(&self) -> f64;

    /// Looks at the things in a box.
    fn visit(&mut self, things: Range<usize>);
}

/// Shows `finder` the things of a tree in boxes with some of the kinds, until all others are
/// farther than its limit.
pub(super) fn browse(tree: &Tree<'_>, reach: &Reach, kinds: KindSet, finder: &mut impl Finder) {
    let mut queue: BinaryHeap<Reverse<(u64, Branch)>> = BinaryHeap::new();
    let push = |queue: &mut BinaryHeap<_>, limit_m: f64, area: &TreeBox, branch| {
        let least_m = reach.least_m(&area.bounds);
        if area.kinds.meets(kinds) && least_m <= limit_m {
            // The order of the bits of floats that are not negative is that
            // of their values.
            queue.push(Reverse((least_m.to_bits(), branch)));
        }
    };
    if let Some((area, branch)) = tree.root() {
        push(&mut queue, finder.limit_m(), area, branch);
    }
    while let Some(Reverse((least, branch))) = queue.pop() {
        let limit_m = finder.limit_m();
        if f64::from_bits(least) > limit_m {
            break;
        }
        match tree.inside(branch) {
            Inside::Boxes(boxes, first) => {
                for (area, branch) in boxes.iter().zip(first.siblings()) {
                    push(&mut queue, limit_m, area, branch);
                }
            }
            Inside::Things(things) => finder.visit(things),
        }
    }
}

/// The best places that were found so far, the farthest on top. Of those as near, the smaller is
/// the better, then the one with the smaller id.
pub(super) struct Nearest<'q> {
    best: BinaryHeap<(u64, Centimeters, PlaceId)>,
    pub(super) query: &'q NearQuery<'q>,
    pub(super) reach: Reach,
}

impl<'q> Nearest<'q> {
    pub(super) fn new(query: &'q NearQuery<'q>) -> Self {
        Self { best: BinaryHeap::new(), query, reach: Reach::from(query.at) }
    }

    /// How far what is still of interest can be; less than nothing if nothing
    /// is.
    pub(super) fn limit_m(&self) -> f64 {
        match self.best.peek() {
            _ if self.query.count == 0 => -1.0,
            Some(&(farthest, ..)) if self.best.len() == self.query.count => {
                f64::from_bits(farthest)
            }
            _ => self.query.radius_m,
        }
    }

    /// Takes a place that extends so far, unless there are enough that are nearer. Of a place
    /// that comes more than once, what is nearest counts.
    pub(super) fn offer(&mut self, far_m: f64, extent: Centimeters, place: PlaceId) {
        if far_m > self.limit_m() || !(self.query.accept)(place) {
            return;
        }
        let entry = (far_m.to_bits(), extent, place);
        if let Some(&known) = self.best.iter().find(|(.., known)| *known == place) {
            if entry.0 < known.0 {
                self.best.retain(|other| *other != known);
                self.best.push(entry);
            }
        } else if self.best.len() < self.query.count {
            self.best.push(entry);
        } else if let Some(mut farthest) = self.best.peek_mut()
            && entry < *farthest
        {
            *farthest = entry;
        }
    }

    pub(super) fn sorted(self) -> Vec<NearPlace> {
        let near = |(far, _, place)| NearPlace { place, distance_m: f64::from_bits(far) };
        self.best.into_sorted_vec().into_iter().map(near).collect()
    }
}

/// What distances from one point to boxes are told with. No sine is taken for it but one a
/// point: most boxes and places are told to be too far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) from: Coordinate,
    lat: f64,
    lon: f64,
    cos_lat: f64,
}

impl Reach {
    pub(super) fn from(at: Coordinate) -> Self {
        let lat = at.lat().to_radians();
        Self { from: at, lat, lon: at.lon().to_radians(), cos_lat: lat.cos() }
    }

    /// How far anything between two latitudes, in ten-millionths of a degree, is at least.
    pub(super) fn least_to_lats_m(&self, south_e7: i32, north_e7: i32) -> f64 {
        let lat_e7 = i64::from(self.from.lat_e7());
        let beyond = (i64::from(south_e7) - lat_e7).max(lat_e7 - i64::from(north_e7));
        let beyond_e7 = u32::try_from(beyond).map_or(0.0, f64::from);
        (beyond_e7 * 1e-7).to_radians() * EARTH_RADIUS_M * (1.0 - 1e-9)
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
