//! The outlines of areas as a dataset holds them: which of them hold a point, and how far it is
//! from the others.
//!
//! An outline is cut into strands, runs of corners that follow each other, and
//! of each strand its latitudes are known. A point is inside if an odd number
//! of edges lie east of it: only strands at its latitude are looked at, and
//! only of the outlines that a packed tree of their boxes leaves over.

use std::ops::Range;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    GazetteerError, Outline, PlaceKind, PlaceRecord, TreeBox,
    checked::{check, check_rows},
    near::{Finder, Nearest, Reach, browse},
    outline::crossing,
    positions::kind,
    tree::{self, Tree},
};
use crate::{
    array::{Array, first_positions, row},
    geo::{BoundingBox, Coordinate, Projection, distance_along_curve, distance_m, project},
    ids::{Id, PlaceId},
    units::Centimeters,
};

/// How many edges a strand has at most.
const STRAND_EDGES: usize = 32;

/// An outline as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OutlineRecord {
    /// Whose outline it is.
    pub place: PlaceId,
    /// How far from the place's position it extends.
    pub reach: Centimeters,
    /// The smallest box around it.
    pub bounds: BoundingBox,
}

/// The latitudes of a strand, in ten-millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Strand {
    /// That of its southernmost corner.
    pub south_e7: i32,
    /// That of its northernmost corner.
    pub north_e7: i32,
}

/// The outlines of all areas that have one. Takes 9 bytes a corner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineIndex {
    /// All outlines, by place; no place has two.
    pub outlines: Array<OutlineRecord>,
    /// The positions of all outlines in `outlines`, along the Hilbert curve.
    pub order: Array<u32>,
    /// The boxes of the tree over them, level by level.
    pub boxes: Array<TreeBox>,
    /// The strands of each outline.
    pub first_strand: Array<u32>,
    /// All strands.
    pub strands: Array<Strand>,
    /// The corners of each strand.
    pub first_corner: Array<u32>,
    /// All corners; the last one of a strand may be the first of the next.
    pub corners: Array<Coordinate>,
}

/// An area before its outline is stored.
pub(super) struct Area<'a> {
    pub(super) place: PlaceId,
    pub(super) kind: PlaceKind,
    pub(super) reach_m: f64,
    pub(super) outline: &'a Outline,
}

impl OutlineIndex {
    /// The index of these areas, which are in the order of their places. Takes
    /// linear time in the edges and O(n log n) in the areas.
    pub(super) fn build(areas: &[Area<'_>]) -> Self {
        let record = |area: &Area<'_>| OutlineRecord {
            place: area.place,
            reach: Centimeters::from_f64(area.reach_m * 100.0),
            bounds: area.outline.bounds(),
        };
        let along = |&index: &u32| {
            let BoundingBox { min, max } = areas[index as usize].outline.bounds();
            let lat_e7 = i32::midpoint(min.lat_e7(), max.lat_e7());
            let lon_e7 = i32::midpoint(min.lon_e7(), max.lon_e7());
            let middle = Coordinate::from_e7(lat_e7, lon_e7);
            distance_along_curve(middle.expect("between two positions on earth is a third"))
        };
        let mut order: Vec<u32> = (0..).zip(areas).map(|(index, _)| index).collect();
        order.sort_by_cached_key(along);
        let thing = |&index: &u32| {
            let area = &areas[index as usize];
            TreeBox { kinds: area.kind.into(), bounds: area.outline.bounds() }
        };
        let things: Vec<TreeBox> = order.iter().map(thing).collect();
        let strands: Vec<Vec<Vec<Coordinate>>> =
            areas.iter().map(|area| strands(area.outline)).collect();
        let all = || strands.iter().flatten();
        Self {
            outlines: areas.iter().map(record).collect(),
            boxes: tree::build(&things).into(),
            order: order.into(),
            first_strand: first_positions(strands.iter().map(Vec::len)).into(),
            strands: all().map(|corners| strand(corners)).collect(),
            first_corner: first_positions(all().map(Vec::len)).into(),
            corners: all().flatten().copied().collect(),
        }
    }

    /// Whether questions can be put to it without a panic.
    pub(super) fn check(&self, place_count: usize) -> Result<(), GazetteerError> {
        let (count, strand_count) = (self.outlines.len(), self.strands.len());
        check_rows("outlines/first_strand", &self.first_strand, count, strand_count)?;
        check_rows("outlines/first_corner", &self.first_corner, strand_count, self.corners.len())?;
        tree::check_count("outlines/order", self.order.len(), count)?;
        tree::check("outlines/boxes", count, &self.boxes)?;
        check("outlines/outlines", &self.outlines, |outline| {
            outline.place.index() < place_count
                && outline.bounds.min.is_on_earth()
                && outline.bounds.max.is_on_earth()
        })?;
        check("outlines/order", &self.order, |&outline| (outline as usize) < count)?;
        check("outlines/corners", &self.corners, |corner| corner.is_on_earth())
    }

    /// The positions in `outlines` of those that hold a point, in no order.
    /// Takes O(log n) time, and for each outline found that of
    /// [`Self::contains`].
    pub(super) fn holding(&self, point: Coordinate) -> Vec<usize> {
        let mut holding = Vec::new();
        if let Some(tree) = Tree::new(self.order.len(), &self.boxes) {
            tree.walk(
                |area| area.bounds.contains(point),
                |range| {
                    let outlines = self.order[range].iter().map(|&outline| outline as usize);
                    holding.extend(outlines.filter(|&outline| self.contains(outline, point)));
                },
            );
        }
        holding
    }

    /// Whether a point is inside an outline: as [`Outline::contains`] has it.
    /// Takes a nanosecond for each 32 edges, and a few for each edge of the
    /// strands at that latitude.
    pub(super) fn contains(&self, outline: usize, point: Coordinate) -> bool {
        if !self.outlines[outline].bounds.contains(point) {
            return false;
        }
        let strands = row(&self.first_strand, outline);
        let lat_e7 = point.lat_e7();
        let mut is_inside = false;
        for (index, strand) in strands.clone().zip(&self.strands[strands]) {
            if strand.south_e7 <= lat_e7 && lat_e7 < strand.north_e7 {
                let corners = &self.corners[row(&self.first_corner, index)];
                let edges = corners.windows(2).map(|edge| [edge[0], edge[1]]);
                let east = edges.filter_map(|edge| crossing(edge, lat_e7));
                is_inside ^= east.filter(|&lon| point.lon() < lon).count() % 2 == 1;
            }
        }
        is_inside
    }

    /// How far a point is from what is inside an outline, in metres: 0 if it is inside. What is
    /// farther than `limit_m` may be told to be infinitely far.
    fn distance_m(&self, outline: usize, reach: &Reach, limit_m: f64) -> f64 {
        let point = reach.from;
        if self.contains(outline, point) {
            return 0.0;
        }
        let strands = row(&self.first_strand, outline);
        let mut nearest: Option<Projection> = None;
        for (index, strand) in strands.clone().zip(&self.strands[strands]) {
            let limit_m = nearest.map_or(limit_m, |nearest| nearest.distance_m.min(limit_m));
            if reach.least_to_lats_m(strand.south_e7, strand.north_e7) > limit_m {
                continue;
            }
            let corners = &self.corners[row(&self.first_corner, index)];
            let edges = corners.windows(2).map(|edge| project(point, edge[0], edge[1]));
            nearest = nearest
                .into_iter()
                .chain(edges)
                .min_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        }
        nearest.map_or(f64::INFINITY, |nearest| distance_m(point, nearest.position))
    }

    /// Offers places by their outlines.
    pub(super) fn offer(&self, places: &[PlaceRecord], nearest: &mut Nearest<'_>) {
        // Nothing else asks for the tree of parts that were not checked.
        let Some(tree) = Tree::new(self.order.len(), &self.boxes) else { return };
        let (reach, kinds) = (nearest.reach, nearest.query.kinds);
        browse(&tree, &reach, kinds, &mut Outlines { index: self, places, nearest });
    }

    /// Whether a place has an outline. Takes O(log n) time.
    pub(super) fn has(&self, place: PlaceId) -> bool {
        self.outlines.binary_search_by_key(&place, |outline| outline.place).is_ok()
    }
}

/// Offers the outlines in boxes.
struct Outlines<'o, 'q> {
    index: &'o OutlineIndex,
    places: &'o [PlaceRecord],
    nearest: &'o mut Nearest<'q>,
}

impl Finder for Outlines<'_, '_> {
    fn limit_m(&self) -> f64 {
        self.nearest.limit_m()
    }

    fn visit(&mut self, things: Range<usize>) {
        for &outline in &self.index.order[things] {
            let OutlineRecord { place, reach, bounds } = self.index.outlines[outline as usize];
            let limit_m = self.nearest.limit_m();
            let is_wanted = self.nearest.query.kinds.meets(kind(self.places, place).into());
            if is_wanted && self.nearest.reach.least_m(&bounds) <= limit_m {
                let far_m = self.index.distance_m(outline as usize, &self.nearest.reach, limit_m);
                self.nearest.offer(far_m, reach, place);
            }
        }
    }
}

/// The edges of an outline as runs of corners.
fn strands(outline: &Outline) -> Vec<Vec<Coordinate>> {
    let mut strands: Vec<Vec<Coordinate>> = Vec::new();
    for &[from, to] in outline.edges() {
        match strands.last_mut() {
            Some(strand) if strand.last() == Some(&from) && strand.len() <= STRAND_EDGES => {
                strand.push(to);
            }
            _ => strands.push(vec![from, to]),
        }
    }
    strands
}

fn strand(corners: &[Coordinate]) -> Strand {
    let lats = || corners.iter().map(|corner| corner.lat_e7());
    Strand {
        south_e7: lats().min().expect("a strand has two corners"),
        north_e7: lats().max().expect("a strand has two corners"),
    }
}

#[cfg(test)]
mod tests;
