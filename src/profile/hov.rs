//! Roads and lanes for cars with passengers.
//! See <https://wiki.openstreetmap.org/wiki/Key:hov>.

use super::{
    Access,
    vehicle::{DirectedKey, Vehicle, directed},
};
use crate::{ids::Direction, osm::Tags};

const ROAD: DirectedKey = directed!("hov");
const LANES: DirectedKey = directed!("hov:lanes");

/// To whom a road is open in `direction`, as far as passengers matter. Who
/// travels alone does not pass through where all lanes are for others, but may
/// have to begin or end there: such rules hold at some hours only, and OSRM
/// does the same.
pub(super) fn access(vehicle: &Vehicle, tags: &Tags, direction: Direction) -> Access {
    if vehicle.needs_passengers() && is_reserved(tags, direction) {
        Access::Destination
    } else {
        Access::Open
    }
}

/// Whether all of a road is for those with passengers.
fn is_reserved(tags: &Tags, direction: Direction) -> bool {
    let road = ROAD.values(tags, direction).next();
    let lanes = LANES.values(tags, direction).next();
    road == Some("designated")
        || lanes.is_some_and(|lanes| lanes.split('|').all(|lane| lane == "designated"))
}
