//! What tags mean for a vehicle: where it may travel, how fast, and what turns
//! and barriers cost it. Pure functions of tags.
//!
//! A profile is a table of data about a vehicle (`vehicle.rs` says which) and
//! the rules that all vehicles share, one file for each group of keys. What a
//! rule follows is said beside it, by the page of the key in OSM's wiki,
//! `https://wiki.openstreetmap.org/wiki/Key:…`.

mod access;
mod avoid;
mod barrier;
mod bicycle;
mod build;
mod car;
mod condition;
mod conditional;
mod cycleway;
mod delay;
mod dimension;
mod ferry;
mod foot;
mod halt;
mod hours;
mod hov;
mod kind;
mod maxspeed;
mod measure;
mod moment;
mod motorcycle;
mod oneway;
mod pushing;
mod restriction;
mod road_class;
mod sidewalk;
mod sign;
mod size;
mod spec;
mod speed;
mod truck;
mod turn;
mod vehicle;
mod way;

pub use access::Access;
pub use avoid::{AvoidClass, AvoidClasses, UnknownAvoidClass};
pub use barrier::{NodeRules, Passage};
pub use conditional::ConditionProblem;
pub use dimension::Dimensions;
pub use halt::{Halt, HaltKind, HaltScope};
pub use kind::ProfileKind;
pub use moment::{Moment, MomentError};
pub use restriction::{RestrictionKind, TurnKind};
pub use road_class::RoadClass;
pub use sign::{ExitSign, Sign, SignKind, exit_sign, road_name, signs};
pub use spec::ProfileError;
pub use turn::{TurnGeometry, tagged_driving_side};
pub use way::{Travel, WayRules};

pub use crate::geo::DrivingSide;
use crate::{osm::Tags, units::Millis};
use condition::Situation;
use conditional::{depends_on_destination, resolved};

/// The rules for one vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    name: String,
    kind: ProfileKind,
    dimensions: Dimensions,
    moment: Option<Moment>,
}

impl Profile {
    /// The profile of a kind, called like it, of the usual size.
    #[must_use]
    pub fn new(kind: ProfileKind) -> Self {
        Self {
            name: kind.name().to_owned(),
            kind,
            dimensions: kind.vehicle().dimensions,
            moment: None,
        }
    }

    /// This profile at `moment`, the local time everywhere: tags that hold at
    /// times, such as `access:conditional`, hold if they do then. Without a
    /// moment they do not. See `docs/conditional.md`.
    #[must_use]
    pub fn at(self, moment: Option<Moment>) -> Self {
        Self { moment, ..self }
    }

    /// When its vehicle travels, if that is said.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        self.moment
    }

    /// Which kind of vehicle it is for.
    #[must_use]
    pub fn kind(&self) -> ProfileKind {
        self.kind
    }

    /// Its name, as commands and requests use it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How large the vehicle is.
    #[must_use]
    pub fn dimensions(&self) -> Dimensions {
        self.dimensions
    }

    /// The rules of a way, or `None` if the vehicle may not travel on it in
    /// any direction.
    #[must_use]
    pub fn way(&self, tags: &Tags) -> Option<WayRules> {
        let rules = |is_destination| {
            let tags = resolved(tags, &self.situation(is_destination));
            way::rules(self.kind.vehicle(), &self.dimensions, &tags)
        };
        if depends_on_destination(tags) {
            way::merged(rules(false), rules(true))
        } else {
            rules(false)
        }
    }

    /// The rules of a node that ways run through.
    #[must_use]
    pub fn node(&self, tags: &Tags) -> NodeRules {
        let rules = |is_destination| {
            let tags = resolved(tags, &self.situation(is_destination));
            barrier::rules(self.kind.vehicle(), &self.dimensions, &tags)
        };
        let through = rules(false);
        let is_behind = || rules(true).passage < through.passage;
        if depends_on_destination(tags) && is_behind() {
            NodeRules { passage: Passage::Destination, ..through }
        } else {
            through
        }
    }

    /// What it costs to go from one segment to the next, in time alone; the
    /// delay of a barrier between them is in [`NodeRules`].
    #[must_use]
    pub fn turn_cost(&self, turn: &TurnGeometry) -> Millis {
        turn::cost(self.kind.vehicle(), *turn)
    }

    /// What it costs to turn where riders may not, on foot beside the vehicle;
    /// `None` if it cannot be pushed.
    #[must_use]
    pub fn pushed_turn_cost(&self) -> Option<Millis> {
        self.kind.vehicle().is_pushed.then_some(pushing::PUSHED_TURN)
    }

    /// What a relation forbids to the vehicle, or `None` if it is no turn
    /// restriction, does not concern it, or holds only at other times.
    #[must_use]
    pub fn restriction(&self, tags: &Tags) -> Option<RestrictionKind> {
        restriction::kind(self.kind.vehicle(), &resolved(tags, &self.situation(false)))
    }

    /// Whether a relation is a turn restriction with a condition. It may
    /// forbid something at other times, or to others.
    #[must_use]
    pub fn is_conditional_restriction(&self, tags: &Tags) -> bool {
        restriction::is_conditional(tags)
    }

    /// Why conditional tags among `tags` were left out; each reason once,
    /// none if they were not.
    #[must_use]
    pub fn condition_problems(&self, tags: &Tags) -> Vec<ConditionProblem> {
        conditional::problems(tags, &self.situation(false))
    }

    fn situation(&self, is_destination: bool) -> Situation {
        Situation { moment: self.moment, dimensions: self.dimensions, is_destination }
    }
}

#[cfg(test)]
mod tests;
