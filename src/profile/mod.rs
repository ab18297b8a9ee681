//! What tags mean for a vehicle: where it may travel, how fast, and what turns
//! and barriers cost it. Pure functions of tags.
//!
//! A profile is a table of data about a vehicle (`vehicle.rs` says which) and
//! the rules that all vehicles share, one file for each group of keys. What a
//! rule follows is said beside it, by the page of the key in OSM's wiki,
//! `https://wiki.openstreetmap.org/wiki/Key:…`.

mod access;
mod barrier;
mod car;
mod ferry;
mod maxspeed;
mod oneway;
mod restriction;
mod road_class;
mod speed;
mod turn;
mod vehicle;
mod way;

pub use access::Access;
pub use barrier::{NodeRules, Passage, SignalScope};
pub use restriction::{RestrictionKind, TurnKind};
pub use road_class::RoadClass;
pub use turn::{DrivingSide, TurnGeometry};
pub use way::{Travel, WayRules};

use crate::{osm::Tags, units::Millis};
use vehicle::Vehicle;

/// The vehicles that there are profiles for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileKind {
    /// A car with one driver and no permits.
    Car,
}

impl ProfileKind {
    /// All of them, in the order in which a dataset stores them.
    pub const ALL: [Self; 1] = [Self::Car];
}

/// The rules for one vehicle.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    kind: ProfileKind,
    vehicle: &'static Vehicle,
    driving_side: DrivingSide,
}

impl Profile {
    /// The profile of a kind, for traffic on the right.
    #[must_use]
    pub const fn new(kind: ProfileKind) -> Self {
        let vehicle = match kind {
            ProfileKind::Car => &car::CAR,
        };
        Self { kind, vehicle, driving_side: DrivingSide::Right }
    }

    /// The profile of this [`name`](Self::name), for traffic on the right.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ProfileKind::ALL.map(Self::new).into_iter().find(|profile| profile.name() == name)
    }

    /// This profile for traffic on the other side of the road or the same.
    #[must_use]
    pub const fn with_driving_side(self, driving_side: DrivingSide) -> Self {
        Self { driving_side, ..self }
    }

    /// Which profile it is.
    #[must_use]
    pub const fn kind(&self) -> ProfileKind {
        self.kind
    }

    /// Its name, as commands and requests use it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.vehicle.name
    }

    /// The rules of a way, or `None` if the vehicle may not travel on it in
    /// any direction.
    #[must_use]
    pub fn way(&self, tags: &Tags) -> Option<WayRules> {
        way::rules(self.vehicle, tags)
    }

    /// The rules of a node that ways run through.
    #[must_use]
    pub fn node(&self, tags: &Tags) -> NodeRules {
        barrier::rules(self.vehicle, tags)
    }

    /// What it costs to go from one segment to the next, in time alone; the
    /// delay of a barrier between them is in [`NodeRules`].
    #[must_use]
    pub fn turn_cost(&self, turn: &TurnGeometry) -> Millis {
        turn::cost(&self.vehicle.turns, self.driving_side, *turn)
    }

    /// What a relation forbids to the vehicle, or `None` if it is no turn
    /// restriction or does not concern it. Restrictions that hold only at some
    /// times (`restriction:conditional`) are not among them.
    #[must_use]
    pub fn restriction(&self, tags: &Tags) -> Option<RestrictionKind> {
        restriction::kind(self.vehicle, tags)
    }
}

#[cfg(test)]
mod tests;
