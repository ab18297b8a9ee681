//! What the rules need to know about a vehicle.

use super::{Dimensions, RoadClass, delay::Delays, turn::TurnTable};
use crate::{ids::Direction, osm::Tags, units::Speed};

/// A vehicle, or somebody on foot, as a table.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Vehicle {
    pub(super) name: &'static str,
    /// How large it is, unless a profile says otherwise.
    pub(super) dimensions: Dimensions,
    /// The keys of access that concern it, the most specific one first. The
    /// last one is `access` itself.
    pub(super) access: &'static [DirectedKey],
    /// The keys by which a ferry may name others, and so leave it out.
    pub(super) others: &'static [&'static str],
    /// The keys of one-way streets, the most specific one first.
    pub(super) oneway: &'static [&'static str],
    /// Whether motorways and roundabouts are one-way to it if nothing is said.
    pub(super) implied_oneway: bool,
    /// The keys of speed limits, the most specific one first.
    pub(super) maxspeed: &'static [DirectedKey],
    /// The keys of turn restrictions, the most specific one first.
    pub(super) restriction: &'static [&'static str],
    /// The names by which `except` excepts it from turn restrictions.
    pub(super) exceptions: &'static [&'static str],
    /// Whether it may travel on a class of road, if nothing is said.
    pub(super) class: fn(RoadClass) -> ClassRule,
    /// What becomes of that by tags which concern it alone.
    pub(super) adjusted: fn(ClassRule, RoadClass, &Tags) -> ClassRule,
    /// Whether it is pushed where it may not be ridden.
    pub(super) is_pushed: bool,
    pub(super) pace: Pace,
    /// As fast as the ground allows, by the values of `surface`, `tracktype`
    /// and `smoothness`; `None` where they allow any speed.
    pub(super) ground: Ground,
    /// Speed aboard a ferry that tells no duration, with waiting.
    pub(super) ferry: Speed,
    /// Whether it travels along the outlines of areas, in place of straight
    /// across them.
    pub(super) outlines: bool,
    /// Whether it gets past a barrier of this kind where no tag of access
    /// tells.
    pub(super) passes: fn(&str) -> bool,
    /// Whether it is somebody on foot: to whom signals, works and ways closed to
    /// wheels are something else.
    pub(super) walks: bool,
    pub(super) turns: TurnTable,
    pub(super) delays: &'static Delays,
}

/// What the speed of a vehicle comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// From the legal limit, or from the usual one of the class: it travels
    /// `percent` of it on the whole of a road, and never faster than `top`.
    Limit { percent: u16, top: Speed },
    /// From its own strength: the speed of the class is what it travels, and a
    /// legal limit can only make it slower.
    Own,
}

/// As fast as the ground allows, by the values of three keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    pub(super) surface: fn(&str) -> Option<Speed>,
    pub(super) tracktype: fn(&str) -> Option<Speed>,
    pub(super) smoothness: fn(&str) -> Option<Speed>,
}

impl Vehicle {
    /// Whether it may travel on a way of `class` with these tags, as long as
    /// no key of access tells.
    pub(super) fn rule(&self, class: RoadClass, tags: &Tags) -> ClassRule {
        (self.adjusted)((self.class)(class), class, tags)
    }

    /// Whether it is a vehicle with a motor.
    pub(super) fn has_motor(&self) -> bool {
        self.access.iter().any(|key| key.plain == "motor_vehicle")
    }

    /// Whether it needs passengers where a road is for those who have some, as
    /// all do that have a motor but motorcycles.
    pub(super) fn needs_passengers(&self) -> bool {
        self.has_motor() && !self.access.iter().any(|key| key.plain == "motorcycle")
    }
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
    /// It may not, unless a key for vehicles says so. Where `access` alone is
    /// general, it may begin or end there: the only way to a house is a path to
    /// some mappers.
    NotThrough { limit: Speed },
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
    /// Open, with so many km/h as the limit.
    pub(super) const fn open(kmh: u16) -> Self {
        Self::Open { limit: Speed::from_kmh(kmh) }
    }

    /// Open only if a key for the vehicle says so.
    pub(super) const fn only_if_granted(kmh: u16) -> Self {
        Self::OnlyIfGranted { limit: Speed::from_kmh(kmh) }
    }

    /// Open only if any key of access says so.
    pub(super) const fn only_if_said(kmh: u16) -> Self {
        Self::OnlyIfSaid { limit: Speed::from_kmh(kmh) }
    }

    /// Open if a key for the vehicle says so, and else only at its ends.
    pub(super) const fn not_through(kmh: u16) -> Self {
        Self::NotThrough { limit: Speed::from_kmh(kmh) }
    }

    /// Open unless the tags name others alone.
    pub(super) const fn unless_for_others(kmh: u16) -> Self {
        Self::UnlessForOthers { limit: Speed::from_kmh(kmh) }
    }

    /// The limit if none is tagged; `None` where it never travels.
    pub(super) fn limit(self) -> Option<Speed> {
        match self {
            Self::Open { limit }
            | Self::OnlyIfGranted { limit }
            | Self::OnlyIfSaid { limit }
            | Self::NotThrough { limit }
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
