//! What stands on a way, for those on foot.

use super::{NodeRules, Passage, SignalScope, barrier::has_crossing_signals};
use crate::{osm::Tags, units::Millis};

/// To wait for a crossing's own signals: as long as for those of a junction.
const CROSSING_DELAY: Millis = Millis::new(2_000);

/// To call a lift, wait for it and ride in it.
/// See <https://wiki.openstreetmap.org/wiki/Tag:highway%3Delevator>.
const ELEVATOR_DELAY: Millis = Millis::new(30_000);

/// The rules of a node that lets pass as `passage` says. Gates and booths delay
/// nobody on foot, and signals stop all, whatever direction of traffic they
/// are for.
pub(super) fn node(passage: Passage, tags: &Tags) -> NodeRules {
    let delay = match tags.get("highway") {
        Some("elevator") => ELEVATOR_DELAY,
        _ if has_crossing_signals(tags) => CROSSING_DELAY,
        _ => Millis::ZERO,
    };
    let is_signal = delay == Millis::ZERO && tags.is("highway", "traffic_signals");
    NodeRules { passage, signals: is_signal.then_some(SignalScope::Both), delay }
}
