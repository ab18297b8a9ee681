//! What stands on a road: barriers and signals.
//! See <https://wiki.openstreetmap.org/wiki/Key:barrier> and
//! <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dtraffic_signals>.

use super::{
    Dimensions,
    access::{self, Grant},
    size,
    vehicle::Vehicle,
    walking,
};
use crate::{ids::Direction, osm::Tags, units::Millis};

/// The rules of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeRules {
    /// Who gets past it.
    pub passage: Passage,
    /// Traffic signals, and whom they stop. They are charged by
    /// [`turn_cost`](super::Profile::turn_cost).
    pub signals: Option<SignalScope>,
    /// How long it takes to get past, apart from signals.
    pub delay: Millis,
}

/// Who gets past a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// All.
    Open,
    /// Only those who begin or end their route behind it.
    Destination,
    /// Nobody; the road ends on both sides.
    Closed,
}

/// Whom signals stop: those who travel in a direction of the way that they
/// stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalScope {
    /// All.
    Both,
    /// Those who travel as the way was drawn.
    Forward,
    /// Those who travel against it.
    Backward,
}

impl SignalScope {
    /// Whether the signals stop those who travel in `direction`.
    #[must_use]
    pub fn stops(self, direction: Direction) -> bool {
        match self {
            Self::Both => true,
            Self::Forward => direction == Direction::Forward,
            Self::Backward => direction == Direction::Backward,
        }
    }
}

impl NodeRules {
    /// Whether the node is like any other point of a road.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.passage == Passage::Open && self.signals.is_none() && self.delay == Millis::ZERO
    }
}

/// A crossing where people on foot have signals of their own. Those beside a
/// junction are one with its signals, so all of them together weigh little.
const CROSSING_DELAY: Millis = Millis::new(1_000);

pub(super) fn rules(vehicle: &Vehicle, dimensions: &Dimensions, tags: &Tags) -> NodeRules {
    if vehicle.walks {
        return walking::node(passage(vehicle, tags), tags);
    }
    let barrier_delay = tags.get("barrier").map_or(Millis::ZERO, delay);
    let crossing = if has_crossing_signals(tags) { CROSSING_DELAY } else { Millis::ZERO };
    NodeRules {
        passage: if size::passes_node(dimensions, tags) {
            passage(vehicle, tags)
        } else {
            Passage::Closed
        },
        signals: signals(tags),
        delay: barrier_delay + crossing,
    }
}

/// Who gets past a node. Its tags of access decide, be it a barrier or not.
/// Where they say nothing, a barrier that vehicles can pass is open and any
/// other one closed; one of unknown kind is taken for one that stops.
fn passage(vehicle: &Vehicle, tags: &Tags) -> Passage {
    let barrier = tags.get("barrier");
    // The tags of a crossing say who may cross the road, not who may travel it.
    if barrier.is_none() && (tags.is("highway", "crossing") || tags.has("crossing")) {
        return Passage::Open;
    }
    let unless_said = || {
        let passable = barrier.is_none_or(|barrier| is_passable(vehicle, barrier, tags));
        if passable && !tags.is("locked", "yes") { Grant::Open } else { Grant::Closed }
    };
    // Nodes have no direction: what holds for one holds for both.
    let granted = access::grant(vehicle, tags, Direction::Forward);
    match granted.map_or_else(unless_said, |(grant, _)| grant) {
        Grant::Open => Passage::Open,
        Grant::Destination => Passage::Destination,
        Grant::OnFoot if !vehicle.has_motor() => Passage::Open,
        Grant::OnFoot | Grant::Closed => Passage::Closed,
    }
}

/// Whether a vehicle gets past a barrier that says nothing of access.
fn is_passable(vehicle: &Vehicle, barrier: &str, tags: &Tags) -> bool {
    // https://wiki.openstreetmap.org/wiki/Key:bollard
    let is_sunk = barrier == "bollard" && tags.is("bollard", "rising");
    // https://wiki.openstreetmap.org/wiki/Key:kerb; a crossing has one on
    // either side of the road, not across it.
    let is_low = matches!(tags.get("kerb"), Some("lowered" | "flush" | "rolled" | "no"));
    let is_flat = barrier == "kerb" && (is_low || tags.is("highway", "crossing"));
    // A fence that only animals hear: https://wiki.openstreetmap.org/wiki/Key:sensory
    let is_heard = barrier == "fence" && matches!(tags.get("sensory"), Some("audible" | "audio"));
    is_sunk || is_flat || is_heard || (vehicle.passes)(barrier)
}

/// The barriers that are made for vehicles with a motor to pass.
pub(super) fn motor_passes(barrier: &str) -> bool {
    matches!(
        barrier,
        "gate"
            | "lift_gate"
            | "swing_gate"
            | "sliding_gate"
            | "hampshire_gate"
            | "bump_gate"
            | "sally_port"
            | "toll_booth"
            | "border_control"
            | "checkpoint"
            | "cattle_grid"
            | "height_restrictor"
            | "entrance"
            | "arch"
            | "coupure"
            | "no"
    )
}

/// How long it takes to get past a barrier, on average over the day.
fn delay(barrier: &str) -> Millis {
    Millis::new(match barrier {
        "border_control" => 120_000,
        "checkpoint" => 30_000,
        "gate" | "swing_gate" | "sliding_gate" | "hampshire_gate" | "toll_booth" => 10_000,
        "lift_gate" | "bump_gate" | "sally_port" => 5_000,
        _ => 0,
    })
}

/// The signals of a node for vehicles. Where they stand at a stop line, their
/// direction tells whom they stop.
fn signals(tags: &Tags) -> Option<SignalScope> {
    let kind = tags.get("traffic_signals").unwrap_or("signal");
    if !tags.is("highway", "traffic_signals") || is_rarely_red(kind) || has_crossing_signals(tags) {
        return None;
    }
    let direction = tags.get("traffic_signals:direction").or_else(|| tags.get("direction"));
    Some(match direction {
        Some("forward") => SignalScope::Forward,
        Some("backward") => SignalScope::Backward,
        _ => SignalScope::Both,
    })
}

fn is_rarely_red(kind: &str) -> bool {
    matches!(kind, "emergency" | "blinker" | "blink_mode" | "no")
}

/// Whether people on foot make the signals red, and nobody else.
pub(super) fn has_crossing_signals(tags: &Tags) -> bool {
    let crossing = tags.is("crossing", "traffic_signals") || tags.is("crossing:signals", "yes");
    match tags.get("highway") {
        Some("crossing") => crossing,
        Some("traffic_signals") => {
            matches!(tags.get("traffic_signals"), Some("pedestrian_crossing" | "crossing"))
        }
        _ => false,
    }
}
