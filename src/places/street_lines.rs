//! The lines of streets by position: which street is nearest to a point, whoever may use it.
//!
//! The network of a profile lacks what that profile may not use. Here are all streets with a
//! name but for motorways, and for what is in a tunnel, which is the street of nothing above.
//! Lines are cut into short runs, with a packed tree over them.

use std::ops::Range;

use super::{
    GazetteerError, KindSet, PlaceDraft, PlaceKind, TreeBox,
    checked::{check, check_rows},
    near::{Finder, Reach, browse},
    tree::{self, Tree},
};
use crate::{
    array::{Array, first_positions, row},
    geo::{BoundingBox, Coordinate, distance_along_curve, project},
    ids::{Id, PlaceId},
};

/// How many edges a run has at most.
const RUN_EDGES: usize = 6;

/// The lines of all streets. Takes about 12 bytes a corner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreetLines {
    /// The street of each run; runs are sorted along the Hilbert curve.
    pub streets: Array<PlaceId>,
    /// Where the corners of each run begin, and where all end.
    pub first_corner: Array<u32>,
    /// The corners of all runs; the last one of a run may be the first of another.
    pub corners: Array<Coordinate>,
    /// The boxes of the tree over the runs, level by level.
    pub boxes: Array<TreeBox>,
}

/// The point of a street that is nearest to another point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearStreet {
    /// The street.
    pub street: PlaceId,
    /// Where on it.
    pub position: Coordinate,
    /// How far that is, in metres.
    pub distance_m: f64,
}

impl StreetLines {
    /// The index of the lines of all places, which are in their order. Takes O(n log n) time.
    pub(super) fn build(places: &[PlaceDraft]) -> Self {
        let runs_of = |(index, place): (usize, &PlaceDraft)| {
            let street = PlaceId::from_index(index);
            let runs = place.ways.iter().flat_map(|way| runs(way));
            runs.map(|run| (bounds(run), street, run.to_vec())).collect::<Vec<_>>()
        };
        let mut runs: Vec<_> = places.iter().enumerate().flat_map(runs_of).collect();
        runs.sort_by_cached_key(|(bounds, street, run)| {
            let lat_e7 = i32::midpoint(bounds.min.lat_e7(), bounds.max.lat_e7());
            let lon_e7 = i32::midpoint(bounds.min.lon_e7(), bounds.max.lon_e7());
            let middle = Coordinate::from_e7(lat_e7, lon_e7);
            let middle = middle.expect("between two positions on earth is a third");
            (distance_along_curve(middle), *street, run.clone())
        });
        let kinds = PlaceKind::Street.into();
        let things: Vec<TreeBox> =
            runs.iter().map(|&(bounds, ..)| TreeBox { kinds, bounds }).collect();
        Self {
            streets: runs.iter().map(|(_, street, _)| *street).collect(),
            first_corner: first_positions(runs.iter().map(|(.., run)| run.len())).into(),
            corners: runs.iter().flat_map(|(.., run)| run).copied().collect(),
            boxes: tree::build(&things).into(),
        }
    }

    /// Whether questions can be put to it without a panic.
    pub(super) fn check(&self, place_count: usize) -> Result<(), GazetteerError> {
        let count = self.streets.len();
        check_rows("street_lines/first_corner", &self.first_corner, count, self.corners.len())?;
        tree::check("street_lines/boxes", count, &self.boxes)?;
        check("street_lines/streets", &self.streets, |street| street.index() < place_count)?;
        check("street_lines/corners", &self.corners, |corner| corner.is_on_earth())
    }

    /// The street nearest to a point, if one is within the radius; of those as near, the one with
    /// the smallest id. Takes microseconds.
    pub(super) fn nearest(&self, at: Coordinate, radius_m: f64) -> Option<NearStreet> {
        // Nothing else asks for the tree of parts that were not checked.
        let tree = Tree::new(self.streets.len(), &self.boxes)?;
        let reach = Reach::from(at);
        let mut runs = Runs { lines: self, at, reach, radius_m, best: None };
        browse(&tree, &reach, KindSet::ALL, &mut runs);
        runs.best
    }
}

/// Looks for the nearest street in boxes.
struct Runs<'l> {
    lines: &'l StreetLines,
    at: Coordinate,
    reach: Reach,
    radius_m: f64,
    best: Option<NearStreet>,
}

impl Finder for Runs<'_> {
    fn limit_m(&self) -> f64 {
        self.best.map_or(self.radius_m, |best| best.distance_m)
    }

    fn visit(&mut self, things: Range<usize>) {
        things.for_each(|run| self.offer(run));
    }
}

impl Runs<'_> {
    /// Takes the nearest point of a run if it is nearer than the best.
    fn offer(&mut self, run: usize) {
        let street = self.lines.streets[run];
        let corners = &self.lines.corners[row(&self.lines.first_corner, run)];
        if corners.is_empty() || self.reach.least_m(&bounds(corners)) > self.limit_m() {
            return;
        }
        for edge in corners.windows(2) {
            let near = project(self.at, edge[0], edge[1]);
            let is_nearer = match self.best {
                Some(best) => (near.distance_m, street) < (best.distance_m, best.street),
                None => near.distance_m <= self.radius_m,
            };
            if is_nearer {
                let (position, distance_m) = (near.position, near.distance_m);
                self.best = Some(NearStreet { street, position, distance_m });
            }
        }
    }
}

/// A line in pieces of a few edges.
fn runs(line: &[Coordinate]) -> impl Iterator<Item = &[Coordinate]> {
    let starts = (0..line.len().saturating_sub(1)).step_by(RUN_EDGES);
    starts.map(|start| &line[start..line.len().min(start + RUN_EDGES + 1)])
}

/// The box around some corners.
fn bounds(corners: &[Coordinate]) -> BoundingBox {
    let first = BoundingBox { min: corners[0], max: corners[0] };
    corners.iter().fold(first, |bounds, &corner| bounds.extended(corner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        osm::{ElementId, ElementKind, Tags},
        places::Gazetteer,
    };

    fn street(number: i64, name: &str, line: &[(f64, f64)]) -> PlaceDraft {
        let tags = Tags::new([("highway", "pedestrian"), ("name", name)]);
        let at = |&(lat, lon): &(f64, f64)| Coordinate::from_degrees(lat, lon).unwrap();
        let line: Vec<Coordinate> = line.iter().map(at).collect();
        let element = ElementId { kind: ElementKind::Way, number };
        let draft = PlaceDraft::new(element, &tags, line[0]).unwrap();
        PlaceDraft { ways: vec![line], ..draft }
    }

    #[test]
    fn the_nearest_of_many_lines_is_found() {
        // Streets to the north, a hundred metres apart, each of fifty corners.
        let line = |column: u32| -> Vec<(f64, f64)> {
            let at = |row: u32| (47.0 + f64::from(row) * 1e-4, 9.0 + f64::from(column) * 1e-3);
            (0..50).map(at).collect()
        };
        let drafts = (0..40).map(|i| street(i64::from(i) + 1, &format!("Gasse {i}"), &line(i)));
        let town = Gazetteer::build(drafts.collect());
        let at = |lat, lon| Coordinate::from_degrees(lat, lon).unwrap();
        for column in 0..40_u32 {
            let here = at(47.00234, 9.0 + f64::from(column) * 1e-3 + 2e-4);
            let near = town.street_at(here, 200.0).unwrap();
            assert_eq!(town.title(near.street), format!("Gasse {column}"));
            assert!((10.0..20.0).contains(&near.distance_m), "{near:?}");
            assert!((near.position.lat() - 47.00234).abs() < 1e-6);
        }
        assert_eq!(town.street_at(at(47.01, 9.02), 200.0), None);
        assert_eq!(Gazetteer::default().street_at(at(47.0, 9.0), 200.0), None);
    }
}
