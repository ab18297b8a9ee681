//! On which side of the road traffic keeps, by country.

mod left;

use super::{
    Coordinate,
    outline::{Degrees, HONG_KONG, MACAU, in_box, in_ring},
};

/// The side of the road on which traffic keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DrivingSide {
    /// As in China.
    #[default]
    Right,
    /// As in Hong Kong.
    Left,
}

/// The side on which traffic keeps at `position`, as the law of the country
/// says; on the sea, that of a country near by.
///
/// The borders of Hong Kong and Macau are true to 150 and 300 metres. Other
/// land borders between the two sides are coarse: within some twenty kilometres
/// of them the answer may be the neighbour's. Costs a comparison with each of
/// some sixty outlines. The list of countries follows
/// <https://wiki.openstreetmap.org/wiki/Key:driving_side>.
#[must_use]
pub fn driving_side(position: Coordinate) -> DrivingSide {
    let position = Degrees::of(position);
    let ring_holds = |ring: &&[[f64; 2]]| in_ring(ring, position);
    let keeps_left = left::BOXES.iter().any(|sides| in_box(sides, 0.0, position))
        || left::RINGS.iter().any(ring_holds)
        || ring_holds(&HONG_KONG.as_slice())
        || ring_holds(&MACAU.as_slice());
    if keeps_left { DrivingSide::Left } else { DrivingSide::Right }
}

#[cfg(test)]
mod tests;
