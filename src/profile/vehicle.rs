//! What the rules need to know about a vehicle.

use super::{RoadClass, turn::TurnTable};
use crate::{ids::Direction, osm::Tags, units::Speed};

/// A vehicle, as a table.
#[derive(Debug)]
pub(super) struct Vehicle {
    pub(super) name: &'static str,
    /// The keys of access that concern it, the most specific one first. The
    /// last one is `access` itself.
    pub(super) access: &'static [DirectedKey],
    /// The keys of one-way streets, the most specific one first.
    pub(super) oneway: &'static [&'static str],
    /// The keys of speed limits, the most specific one first.
    pub(super) maxspeed: &'static [DirectedKey],
    /// The keys of turn restrictions, the most specific one first.
    pub(super) restriction: &'static [&'static str],
    /// The names by which `except` excepts it from turn restrictions.
    pub(super) exceptions: &'static [&'static str],
    /// Whether it may travel on a class of road, if nothing is said.
    pub(super) class: fn(RoadClass) -> ClassRule,
    /// How much of the legal limit it travels, on the whole of a road.
    pub(super) limit_percent: u16,
    /// As fast as it ever travels.
    pub(super) top_speed: Speed,
    pub(super) turns: TurnTable,
}

/// Whether a vehicle may travel on a class of road, and the limit there if
/// none is tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClassRule {
    /// It may, unless it is told otherwise.
    Open { limit: Speed },
    /// It may not, unless a key for vehicles says so: `access=yes` on a
    /// footway is not meant for cars.
    OnlyIfGranted { limit: Speed },
    /// It may not, unless any key of access says so.
    OnlyIfSaid { limit: Speed },
    /// It may, unless it is told otherwise or the tags name others alone.
    UnlessForOthers { limit: Speed },
    /// Never.
    Closed,
}

/// A key that may be given for one direction alone. See
/// [Forward & backward](https://wiki.openstreetmap.org/wiki/Forward_%26_backward,_left_%26_right).
#[derive(Debug)]
pub(super) struct DirectedKey {
    pub(super) plain: &'static str,
    pub(super) forward: &'static str,
    pub(super) backward: &'static str,
}

impl ClassRule {
    /// The limit if none is tagged; `None` where it never travels.
    pub(super) fn limit(self) -> Option<Speed> {
        match self {
            Self::Open { limit }
            | Self::OnlyIfGranted { limit }
            | Self::OnlyIfSaid { limit }
            | Self::UnlessForOthers { limit } => Some(limit),
            Self::Closed => None,
        }
    }
}

impl DirectedKey {
    /// The values that hold in `direction`, the more specific one first.
    pub(super) fn values<'a>(
        &self,
        tags: &'a Tags,
        direction: Direction,
    ) -> impl Iterator<Item = &'a str> {
        let directed = match direction {
            Direction::Forward => self.forward,
            Direction::Backward => self.backward,
        };
        [directed, self.plain].into_iter().filter_map(|key| tags.get(key))
    }
}

/// A key with its forms for one direction.
macro_rules! directed {
    ($key:literal) => {
        DirectedKey {
            plain: $key,
            forward: concat!($key, ":forward"),
            backward: concat!($key, ":backward"),
        }
    };
}
pub(super) use directed;
