//! A small index of points by latitude, for questions at the scale of a street.

use std::{collections::BTreeMap, f64::consts::FRAC_PI_2};

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
        // A parallel is shortest at the side of the band towards the pole, and an angle is at most π / 2
        // times its sine: what is farther than that to the east or west takes no sines to tell.
        let shrink = (position.lat().abs() + degrees).min(90.0).to_radians().cos();
        let is_beside = move |point: Coordinate| {
            let degrees_lon = (point.lon() - position.lon()).abs();
            degrees_lon.min(360.0 - degrees_lon) * shrink > degrees * FRAC_PI_2
        };
        let band = self.0.range(band).filter(move |&(_, &point)| !is_beside(point));
        band.filter_map(move |(&(_, number), &point)| {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Near each other, near a pole or the 180th meridian, or anywhere.
    fn coordinate() -> impl Strategy<Value = Coordinate> {
        let lat = prop_oneof![1_000_000..1_100_000, 899_000_000..=900_000_000, -900_000_000..=0];
        let lon = prop_oneof![
            -100_000..100_000,
            1_799_900_000..=1_800_000_000,
            -1_800_000_000..=-1_799_900_000,
            -1_800_000_000..=1_800_000_000
        ];
        (lat, lon).prop_map(|(lat, lon)| Coordinate::from_e7(lat, lon).unwrap())
    }

    proptest! {
        #[test]
        fn all_within_the_limit_are_found(
            points in prop::collection::vec(coordinate(), 1..40),
            limit_m in prop_oneof![1.0..2_000.0, 1e3..3e7],
        ) {
            let index: LatIndex = points.iter().copied().zip(0..).collect();
            let mut found: Vec<_> = index.within(points[0], limit_m).collect();
            found.sort_by_key(|&(number, _)| number);
            let is_near = |&(_, far_m): &(usize, f64)| far_m <= limit_m;
            let all = points.iter().map(|&point| distance_m(points[0], point));
            prop_assert_eq!(found, all.enumerate().filter(is_near).collect::<Vec<_>>());
        }
    }
}
