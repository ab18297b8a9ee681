//! A small index of points by latitude, for questions at the scale of a street.

use std::collections::BTreeMap;

use crate::geo::{Coordinate, EARTH_RADIUS_M, distance_m};

/// Points with a number each; grows, and finds those near a position.
#[derive(Debug, Default)]
pub(super) struct LatIndex(BTreeMap<(i32, usize), Coordinate>);

impl LatIndex {
    pub(super) fn insert(&mut self, position: Coordinate, number: usize) {
        self.0.insert((position.lat_e7(), number), position);
    }

    /// The points within `limit_m` of `position`, with their distance, from
    /// south to north. Looks at all points of the same band of latitude.
    pub(super) fn within(
        &self,
        position: Coordinate,
        limit_m: f64,
    ) -> impl Iterator<Item = (usize, f64)> + '_ {
        let degrees = limit_m / EARTH_RADIUS_M.to_radians();
        #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, as is wanted")]
        let units = (degrees * 1e7).ceil() as i32;
        let lat = position.lat_e7();
        let band = (lat.saturating_sub(units), 0)..=(lat.saturating_add(units), usize::MAX);
        self.0.range(band).filter_map(move |(&(_, number), &point)| {
            let far_m = distance_m(position, point);
            (far_m <= limit_m).then_some((number, far_m))
        })
    }

    /// The nearest point within `limit_m`; among equals the smallest number.
    pub(super) fn nearest(&self, position: Coordinate, limit_m: f64) -> Option<usize> {
        self.within(position, limit_m)
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
            .map(|(number, _)| number)
    }
}

impl FromIterator<(Coordinate, usize)> for LatIndex {
    fn from_iter<I: IntoIterator<Item = (Coordinate, usize)>>(points: I) -> Self {
        let mut index = Self::default();
        points.into_iter().for_each(|(position, number)| index.insert(position, number));
        index
    }
}
