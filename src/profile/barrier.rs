//! What stands on a road, and who gets past it.
//! See <https://wiki.openstreetmap.org/wiki/Key:barrier>.

use super::{
    Dimensions,
    access::{self, Grant},
    delay,
    halt::{self, Halt},
    size,
    vehicle::Vehicle,
};
use crate::{ids::Direction, osm::Tags, units::Millis};

/// The rules of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeRules {
    /// Who gets past it.
    pub passage: Passage,
    /// Signals or a sign, which [`turn_cost`](super::Profile::turn_cost)
    /// charges.
    pub halt: Option<Halt>,
    /// Whether there is room to turn round, as in a turning circle.
    pub turning_place: bool,
    /// How long it takes to get past, apart from signals and signs.
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

impl NodeRules {
    /// Those of a node that is like any other point of a road.
    pub const PLAIN: Self =
        Self { passage: Passage::Open, halt: None, turning_place: false, delay: Millis::ZERO };

    /// Whether the node is like any other point of a road.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::PLAIN
    }
}

pub(super) fn rules(vehicle: &Vehicle, dimensions: &Dimensions, tags: &Tags) -> NodeRules {
    let fits = size::passes_node(dimensions, tags);
    NodeRules {
        passage: if fits { passage(vehicle, tags) } else { Passage::Closed },
        halt: if vehicle.walks { halt::on_foot(tags) } else { halt::halt(tags) },
        turning_place: is_turning_place(tags),
        delay: delay::delay(vehicle.delays, tags),
    }
}

/// Whether there is room to turn round. See
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dturning_circle>.
fn is_turning_place(tags: &Tags) -> bool {
    matches!(tags.get("highway"), Some("turning_circle" | "turning_loop" | "mini_roundabout"))
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
            | "width_restrictor"
            | "entrance"
            | "arch"
            | "coupure"
            | "no"
    )
}

/// What stops cars alone: buses and trucks are wide enough to drive over it, and
/// motorcycles narrow enough to pass beside it. See
/// <https://wiki.openstreetmap.org/wiki/Tag:barrier%3Dbus_trap>.
pub(super) fn is_for_wide_tracks(barrier: &str) -> bool {
    matches!(barrier, "bus_trap" | "sump_buster")
}
