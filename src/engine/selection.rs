//! Which roads are meant: by way, by street, by area.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, EngineError, WaypointRole, places};
use crate::{
    geo::{BoundingBox, Coordinate, distance_m},
    ids::{DirectedSegmentId, Direction, Id, RoadId, SegmentId},
    osm::{ElementId, ElementKind},
    places::{Outline, PlaceKind, Resolution, normalize},
};

/// Roads as people name them. On whatever dataset, it is told anew which
/// segments these are.
#[derive(Clone, Debug, PartialEq)]
pub enum RoadSelection {
    /// A way of OpenStreetMap.
    Way {
        /// Its id.
        id: i64,
        /// As the way was drawn, or against it; `None` for both.
        direction: Option<Direction>,
    },
    /// A street by its name, with the area that it is in or without. Never guessed: it is
    /// clear, or an error.
    Street(String),
    /// A street by the id of its place.
    StreetId(ElementId),
    /// What lies in a ring or crosses its edge, in both directions.
    Area(Vec<Coordinate>),
}

/// The largest number of corners of an area.
pub const MAX_AREA_POINTS: usize = 1_000;

/// Pieces of one name that come as near as this belong to one street, in metres: as
/// `places` has it.
const NEAR_M: f64 = 300.0;

impl Engine {
    /// The directed segments that are meant, ascending; `at` is where the selection stands
    /// in the request. Whether a profile may travel them does not matter.
    ///
    /// Takes time by how many segments are there or near, and a search for a name; the first
    /// way, a pass over all segments.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoSuchRoad`] if there is none; if the name is not clear, as for
    /// waypoints; if it is no street's; if the ring has less than three corners or too many.
    pub fn select(
        &self,
        selection: &RoadSelection,
        at: WaypointRole,
    ) -> Result<Vec<DirectedSegmentId>, EngineError> {
        let network = &self.dataset().network;
        let both = |segments: Vec<SegmentId>| {
            let directed = |segment: SegmentId| Direction::BOTH.map(|d| segment.directed(d));
            segments.into_iter().flat_map(directed).collect()
        };
        let (found, what): (Vec<DirectedSegmentId>, _) = match selection {
            RoadSelection::Way { id, direction } => {
                let of_way = self.ways.segments_of(network, *id);
                let found = match direction {
                    Some(direction) => {
                        of_way.iter().map(|segment| segment.directed(*direction)).collect()
                    }
                    None => both(of_way.to_vec()),
                };
                (found, format!("way {id}"))
            }
            RoadSelection::Street(name) => {
                let id = self.street(name, at)?;
                (both(street_segments(self, id)), format!("\"{name}\""))
            }
            RoadSelection::StreetId(id) => (both(street_segments(self, *id)), id.to_string()),
            RoadSelection::Area(ring) => {
                let what = "in this area".to_owned();
                (both(segments_in(self, ring, at)?), what)
            }
        };
        if found.is_empty() {
            return Err(EngineError::NoSuchRoad { at, what });
        }
        let mut found = found;
        found.sort_unstable();
        Ok(found)
    }

    /// The place of the street that `name` means.
    ///
    /// # Errors
    ///
    /// As [`Self::select`].
    pub fn street(&self, name: &str, at: WaypointRole) -> Result<ElementId, EngineError> {
        let gazetteer = &self.dataset().gazetteer;
        let text = || name.to_owned();
        let is_street = |place| gazetteer.kind(place) == PlaceKind::Street;
        let clear = match places::resolve(self, &format!("{at}.name"), name, None)? {
            Resolution::Clear(found) => found,
            Resolution::Ambiguous(mut found) => {
                // Things named after a street are not what is closed.
                let streets = found.iter().filter(|found| is_street(found.place)).count();
                if streets != 1 {
                    let candidates = places::candidates(self, found);
                    return Err(EngineError::PlaceAmbiguous { at, text: text(), candidates });
                }
                found.retain(|found| is_street(found.place));
                found.remove(0)
            }
            Resolution::NotFound { suggestions } => {
                let suggestions = places::candidates(self, suggestions);
                return Err(EngineError::PlaceNotFound { at, text: text(), suggestions });
            }
        };
        if !is_street(clear.place) {
            let kind = gazetteer.kind(clear.place).as_str();
            return Err(EngineError::NotAStreet { at, text: text(), kind });
        }
        Ok(gazetteer.element(clear.place))
    }
}

/// The segments of the street whose place is that way: those of its name that hang together
/// with it, or nearly.
fn street_segments(engine: &Engine, id: ElementId) -> Vec<SegmentId> {
    let network = &engine.dataset().network;
    let of_way = match id.kind {
        ElementKind::Way => engine.ways.segments_of(network, id.number),
        ElementKind::Node | ElementKind::Relation => &[],
    };
    let mut wanted: BTreeSet<SegmentId> = of_way.iter().copied().collect();
    let mut open: Vec<SegmentId> = wanted.iter().copied().collect();
    let road = |segment: SegmentId| network.segment(segment).road;
    let name = |road: RoadId| normalize(network.names.get(network.roads[road.index()].name));
    let own = open.first().map(|&first| name(road(first))).unwrap_or_default();
    // Each road's name is looked at once.
    let mut is_named = BTreeMap::new();
    while let Some(segment) = open.pop().filter(|_| !own.is_empty()) {
        let line = network.line(segment);
        let mut near = BTreeSet::new();
        if let Some(bounds) = BoundingBox::around(line.iter().copied()) {
            let index = &engine.dataset().segment_index;
            index.for_each_segment_in(&bounds.grown_m(NEAR_M), |other| {
                near.insert(other);
            });
        }
        for other in near {
            let is_other = !wanted.contains(&other);
            let road = road(other);
            if is_other
                && *is_named.entry(road).or_insert_with(|| name(road) == own)
                && are_near(line, network.line(other))
            {
                wanted.insert(other);
                open.push(other);
            }
        }
    }
    wanted.into_iter().collect()
}

fn are_near(a: &[Coordinate], b: &[Coordinate]) -> bool {
    a.iter().any(|&from| b.iter().any(|&to| distance_m(from, to) <= NEAR_M))
}

/// The segments of which something lies in the ring or on it.
fn segments_in(
    engine: &Engine,
    ring: &[Coordinate],
    at: WaypointRole,
) -> Result<Vec<SegmentId>, EngineError> {
    let mut closed = ring.to_vec();
    if closed.first() != closed.last() {
        closed.extend(ring.first());
    }
    let corners = closed.len().saturating_sub(1);
    let outline = Outline::new(&[closed.clone()]);
    let (Some(outline), 3..=MAX_AREA_POINTS) = (outline, corners) else {
        return Err(EngineError::BadArea { at, corners: ring.len(), limit: MAX_AREA_POINTS });
    };
    let (bounds, network) = (outline.bounds(), &engine.dataset().network);
    let is_met = |segment: &SegmentId| {
        let line = network.line(*segment);
        line.iter().any(|&point| outline.contains(point))
            || line
                .windows(2)
                .any(|leg| closed.windows(2).any(|edge| meet([leg[0], leg[1]], [edge[0], edge[1]])))
    };
    let mut found = BTreeSet::new();
    engine.dataset().segment_index.for_each_segment_in(&bounds, |segment| {
        found.insert(segment);
    });
    found.retain(is_met);
    Ok(found.into_iter().collect())
}

/// Whether two straight lines have a point in common, exactly.
fn meet(a: [Coordinate; 2], b: [Coordinate; 2]) -> bool {
    let side = |line: [Coordinate; 2], point: Coordinate| {
        let x =
            |from: Coordinate, to: Coordinate| i128::from(to.lon_e7()) - i128::from(from.lon_e7());
        let y =
            |from: Coordinate, to: Coordinate| i128::from(to.lat_e7()) - i128::from(from.lat_e7());
        let [from, to] = line;
        (x(from, to) * y(from, point) - y(from, to) * x(from, point)).signum()
    };
    let boxes = |line: [Coordinate; 2]| BoundingBox::around(line);
    let (Some(box_a), Some(box_b)) = (boxes(a), boxes(b)) else { return false };
    box_a.overlaps(&box_b)
        && side(a, b[0]) * side(a, b[1]) <= 0
        && side(b, a[0]) * side(b, a[1]) <= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: i32, lon: i32) -> Coordinate {
        Coordinate::from_e7(lat, lon).unwrap()
    }

    #[test]
    fn lines_meet_where_they_share_a_point() {
        let line = |a: (i32, i32), b: (i32, i32)| [point(a.0, a.1), point(b.0, b.1)];
        let level = line((0, 0), (0, 10));
        for (other, expected) in [
            (line((-5, 5), (5, 5)), true),
            (line((-5, 11), (5, 11)), false),
            (line((0, 10), (7, 30)), true),
            (line((0, 4), (0, 6)), true),
            (line((0, 11), (0, 12)), false),
            (line((1, 0), (1, 10)), false),
            (line((1, 0), (9, 10)), false),
            (line((0, 10), (0, 10)), true),
        ] {
            assert_eq!(meet(level, other), expected, "{other:?}");
            assert_eq!(meet(other, level), expected, "{other:?}");
        }
    }
}
