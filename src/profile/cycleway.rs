//! Lanes and tracks for bicycles along a road: which direction they lead, and
//! whether they are mapped as ways of their own.
//! See <https://wiki.openstreetmap.org/wiki/Key:cycleway>.

use super::{
    access::{self, Grant},
    vehicle::Vehicle,
};
use crate::{ids::Direction, osm::Tags};

/// The keys for a side of the road, and where its lane leads on a two-way road
/// with traffic on the right; `None` for both sides, and so both directions.
const SIDES: [(&str, &str, Option<Direction>); 4] = [
    ("cycleway", "cycleway:oneway", None),
    ("cycleway:both", "cycleway:both:oneway", None),
    ("cycleway:right", "cycleway:right:oneway", Some(Direction::Forward)),
    ("cycleway:left", "cycleway:left:oneway", Some(Direction::Backward)),
];

/// Whether a lane or track along the road leads in `direction`. `flow` is where
/// bicycles may ride among the traffic.
///
/// What lies along a one-way street follows its traffic on either side, unless
/// it is said to lead against it (`opposite`, or a `oneway` of its own).
pub(super) fn leads(tags: &Tags, flow: &[Direction], direction: Direction) -> bool {
    SIDES.iter().any(|&(key, oneway, side)| {
        let is_against = match tags.get(key) {
            Some("opposite" | "opposite_lane" | "opposite_track" | "opposite_share_busway") => true,
            Some("track" | "lane" | "share_busway" | "sharrow" | "shared" | "shared_lane") => false,
            _ => return false,
        };
        match tags.get(oneway) {
            Some("no") => true,
            Some("yes") => direction == Direction::Forward,
            Some("-1") => direction == Direction::Backward,
            _ if flow.len() == 1 => is_against || flow.contains(&direction),
            _ => side.map_or(!is_against, |side| (side == direction) != is_against),
        }
    })
}

/// Whether bicycles have to take a way beside the road that is mapped by
/// itself: on the side where one rides in `direction`, as long as nothing says
/// that they may ride on the road too, and no lane of the road leads there.
/// See <https://wiki.openstreetmap.org/wiki/Tag:cycleway%3Dseparate>.
pub(super) fn is_separate(
    vehicle: &Vehicle,
    tags: &Tags,
    flow: &[Direction],
    direction: Direction,
) -> bool {
    let is_one_way = flow.len() == 1;
    let is_separate = SIDES.iter().any(|&(key, _, side)| {
        let is_here = is_one_way || side.is_none_or(|side| side == direction);
        is_here && tags.is(key, "separate")
    });
    is_separate
        && !leads(tags, flow, direction)
        && !matches!(
            access::own_grant(vehicle, tags, direction),
            Some(Grant::Open | Grant::Destination)
        )
}
