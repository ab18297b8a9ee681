//! Positions along the line of a segment.
//!
//! An offset is in the centimetres of the segment's length, which was rounded;
//! the line has a length of its own in metres. The two are proportional, and
//! the ends are exact.

use super::plane::difference;
use crate::{
    geo::{Coordinate, distance_m},
    ids::{DirectedSegmentId, Direction, SegmentId},
    network::RoadNetwork,
    units::Centimeters,
};

const HALF_CIRCLE: f64 = 1_800_000_000.0;

/// The position on `segment` that is `offset` from its tail.
///
/// # Panics
///
/// If the segment is not that long.
#[must_use]
pub fn position_at(network: &RoadNetwork, segment: SegmentId, offset: Centimeters) -> Coordinate {
    let whole = network.segment(segment).length;
    assert!(offset <= whole, "an offset is within its segment");
    let line = network.line(segment);
    match (line.first(), line.last()) {
        (Some(&first), _) if offset == Centimeters::ZERO => first,
        (_, Some(&last)) if offset == whole => last,
        _ => Measured::new(line).position(share(offset, whole)),
    }
}

/// The geometry of `directed` from the offset `from` to the offset `to`, both
/// in the direction of travel and both included. Consecutive positions differ,
/// so that a line of no length is a single position.
///
/// # Panics
///
/// If `to` is before `from` or beyond the end of the segment.
#[must_use]
pub fn partial_line(
    network: &RoadNetwork,
    directed: DirectedSegmentId,
    from: Centimeters,
    to: Centimeters,
) -> Vec<Coordinate> {
    let segment = directed.segment();
    let whole = network.segment(segment).length;
    assert!(from <= to && to <= whole, "a part is within its segment");
    let (start, end) = match directed.direction() {
        Direction::Forward => (from, to),
        Direction::Backward => (whole - to, whole - from),
    };
    let mut line = if (start, end) == (Centimeters::ZERO, whole) {
        network.line(segment).to_vec()
    } else {
        let measured = Measured::new(network.line(segment));
        let mut part = vec![position_at(network, segment, start)];
        part.extend(measured.between(share(start, whole), share(end, whole)));
        part.push(position_at(network, segment, end));
        part
    };
    line.dedup();
    if directed.direction() == Direction::Backward {
        line.reverse();
    }
    line
}

/// The offset of the position at `fraction` of a piece of the segment's line,
/// rounded to the nearest centimetre. Both ends of the line are exact.
pub(super) fn offset_of(
    network: &RoadNetwork,
    segment: SegmentId,
    piece: usize,
    fraction: f64,
) -> Centimeters {
    let whole = network.segment(segment).length;
    let share = Measured::new(network.line(segment)).share(piece, fraction);
    let offset = (f64::from(whole.get()) * share).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the share is from 0 to 1, and a length fits in 32 bits"
    )]
    Centimeters::new(offset as u32).min(whole)
}

/// What share of the segment an offset is: from 0 to 1.
fn share(offset: Centimeters, whole: Centimeters) -> f64 {
    f64::from(offset.get()) / f64::from(whole.get())
}

/// The position at `fraction` of the way from `a` to `b`, exact at both ends.
pub(super) fn between(a: Coordinate, b: Coordinate, fraction: f64) -> Coordinate {
    if fraction >= 1.0 {
        return b;
    }
    let north = f64::from(b.lat_e7()) - f64::from(a.lat_e7());
    let lat = f64::from(a.lat_e7()) + fraction * north;
    let lon = f64::from(a.lon_e7()) + fraction * difference(b.lon_e7(), a.lon_e7());
    // A line across the 180th meridian comes out on its other side.
    let lon = if lon.abs() > HALF_CIRCLE { lon - (2.0 * HALF_CIRCLE).copysign(lon) } else { lon };
    #[expect(clippy::cast_possible_truncation, reason = "180e7 fits in 31 bits")]
    let position = Coordinate::from_e7(lat.round() as i32, lon.round() as i32);
    position.expect("between two positions on earth lies a third")
}

/// A line and how far along it each of its points is.
struct Measured<'l> {
    line: &'l [Coordinate],
    /// By point, in metres, ascending from zero.
    along: Vec<f64>,
    /// How long the line is, in metres.
    whole: f64,
}

impl<'l> Measured<'l> {
    fn new(line: &'l [Coordinate]) -> Self {
        let mut whole = 0.0;
        let mut along = Vec::with_capacity(line.len());
        along.push(whole);
        for pair in line.windows(2) {
            whole += distance_m(pair[0], pair[1]);
            along.push(whole);
        }
        Self { line, along, whole }
    }

    /// How far along the line `fraction` of a piece is: from 0 to 1.
    fn share(&self, piece: usize, fraction: f64) -> f64 {
        let (start, end) = (self.along[piece], self.along[piece + 1]);
        let here = if fraction < 1.0 { start + fraction * (end - start) } else { end };
        if self.whole > 0.0 { (here / self.whole).min(1.0) } else { 0.0 }
    }

    /// The position at `share` of the line, which has two points.
    fn position(&self, share: f64) -> Coordinate {
        let target = share * self.whole;
        let piece = self.along[1..self.along.len() - 1].partition_point(|&end| end < target);
        let (start, end) = (self.along[piece], self.along[piece + 1]);
        let fraction = if end > start { (target - start) / (end - start) } else { 0.0 };
        between(self.line[piece], self.line[piece + 1], fraction.clamp(0.0, 1.0))
    }

    /// The points of the line that lie truly between two shares of it.
    fn between(&self, start: f64, end: f64) -> &'l [Coordinate] {
        let (start, end) = (start * self.whole, end * self.whole);
        let first = self.along.partition_point(|&along| along <= start);
        let last = self.along.partition_point(|&along| along < end);
        self.line.get(first..last).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ids::Id,
        snap::testing::{self, at},
    };

    /// A bent road: 20 up, then 10 to the right, each unit about 11 m.
    fn bent_road() -> RoadNetwork {
        testing::network(&[(0, 1, &[at(0, 0), at(20_000, 0), at(20_000, 10_000)])])
    }

    #[test]
    fn ends_are_exact_and_the_bend_is_two_thirds_along() {
        let network = bent_road();
        let segment = SegmentId::from_index(0);
        let whole = network.segment(segment).length;
        assert_eq!(position_at(&network, segment, Centimeters::ZERO), at(0, 0));
        assert_eq!(position_at(&network, segment, whole), at(20_000, 10_000));
        for (piece, fraction, part) in [(0, 0.0, 0.0), (0, 0.5, 1.0), (1, 0.0, 2.0), (1, 1.0, 3.0)]
        {
            let offset = offset_of(&network, segment, piece, fraction);
            assert_eq!(offset, Centimeters::from_f64(f64::from(whole.get()) * part / 3.0));
        }
    }

    #[test]
    fn a_part_runs_in_the_direction_of_travel() {
        let network = bent_road();
        let segment = SegmentId::from_index(0);
        let whole = network.segment(segment).length;
        let [forward, backward] = Direction::BOTH.map(|direction| segment.directed(direction));
        let all = network.line(segment);
        assert_eq!(partial_line(&network, forward, Centimeters::ZERO, whole), all);
        let mut reversed = all.to_vec();
        reversed.reverse();
        assert_eq!(partial_line(&network, backward, Centimeters::ZERO, whole), reversed);

        let sixth = Centimeters::new(whole.get() / 6);
        let start = partial_line(&network, backward, Centimeters::ZERO, sixth);
        assert_eq!(start.len(), 2);
        assert_eq!(start[0], at(20_000, 10_000));
        assert_eq!(partial_line(&network, forward, sixth, sixth).len(), 1);
    }

    #[test]
    fn a_line_across_the_180th_meridian_stays_on_earth() {
        let (west, east) = (at(0, 1_799_999_000), at(0, -1_799_999_000));
        assert_eq!(between(west, east, 0.25), at(0, 1_799_999_500));
        assert_eq!(between(west, east, 0.75), at(0, -1_799_999_500));
        assert_eq!(between(west, east, 1.0), east);
    }

    proptest! {
        /// Cut anywhere, the two parts put together again are the whole.
        #[test]
        fn parts_join_where_they_were_cut(
            steps in proptest::collection::vec((-900..900_i32, -900..900_i32), 1..12),
            cut in 0.0..=1.0_f64,
            backward: bool,
        ) {
            let mut line = vec![at(0, 0)];
            for (lat, lon) in steps {
                let last = line[line.len() - 1];
                line.push(at(last.lat_e7() + lat, last.lon_e7() + lon));
            }
            let network = testing::network(&[(0, 1, &line)]);
            let segment = SegmentId::from_index(0);
            let directed = segment.directed(Direction::BOTH[usize::from(backward)]);
            let whole = network.segment(segment).length;
            let cut = Centimeters::from_f64(f64::from(whole.get()) * cut).min(whole);

            let first = partial_line(&network, directed, Centimeters::ZERO, cut);
            let second = partial_line(&network, directed, cut, whole);
            prop_assert_eq!(first.last(), second.first());
            let travelled = if backward { whole - cut } else { cut };
            prop_assert_eq!(first.last(), Some(&position_at(&network, segment, travelled)));

            let mut joined = first;
            joined.extend(&second[1..]);
            line.dedup();
            if backward {
                line.reverse();
            }
            let kept = joined.iter().filter(|point| line.contains(point)).count();
            prop_assert!(kept >= line.len());
        }
    }
}
