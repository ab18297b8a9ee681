//! What makes those who arrive at a node stop or give way: signals and signs.
//! See <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dtraffic_signals>,
//! <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dstop> and
//! <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dgive_way>.

use crate::{ids::Direction, osm::Tags};

/// Signals or a sign, and whom they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Halt {
    /// What it is.
    pub kind: HaltKind,
    /// Whom it is for.
    pub scope: HaltScope,
}

/// What makes one stop or give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HaltKind {
    /// Traffic signals.
    Signals,
    /// A stop sign.
    Stop,
    /// A give-way sign.
    GiveWay,
}

/// Whom signals or a sign are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HaltScope {
    /// All who arrive.
    All,
    /// Those who travel as the way was drawn that they stand on.
    Forward,
    /// Those who travel against it.
    Backward,
    /// Those who arrive on a road that is less important than another one
    /// there.
    Minor,
    /// A sign that does not tell: one beside a junction is for those who travel
    /// towards it, a stop sign on a junction for all, a give-way sign on one
    /// for the less important roads.
    Unsaid,
}

impl HaltScope {
    /// Whether this alone tells that those who travel in `direction` are
    /// meant; where `Minor` and `Unsaid` are, the roads tell.
    #[must_use]
    pub fn is_for(self, direction: Direction) -> bool {
        match self {
            Self::All => true,
            Self::Forward => direction == Direction::Forward,
            Self::Backward => direction == Direction::Backward,
            Self::Minor | Self::Unsaid => false,
        }
    }
}

/// The signals or the sign of a node for vehicles.
pub(super) fn halt(tags: &Tags) -> Option<Halt> {
    let kind = match tags.get("highway")? {
        "traffic_signals" if is_often_red(tags) => HaltKind::Signals,
        "stop" => HaltKind::Stop,
        "give_way" => HaltKind::GiveWay,
        _ => return None,
    };
    // Where signals stand at a stop line, their direction tells whom they stop.
    let own = if kind == HaltKind::Signals { tags.get("traffic_signals:direction") } else { None };
    let scope = match (own.or_else(|| tags.get("direction")), tags.get("stop"), kind) {
        (Some("forward"), ..) => HaltScope::Forward,
        (Some("backward" | "reverse"), ..) => HaltScope::Backward,
        (Some("both"), ..) | (_, _, HaltKind::Signals) | (_, Some("all"), _) => HaltScope::All,
        (_, Some("minor"), _) => HaltScope::Minor,
        _ => HaltScope::Unsaid,
    };
    Some(Halt { kind, scope })
}

/// The signals of a node for people on foot, whom they stop whatever direction
/// of traffic they are for.
pub(super) fn on_foot(tags: &Tags) -> Option<Halt> {
    let signals = halt(tags).filter(|halt| halt.kind == HaltKind::Signals)?;
    Some(Halt { scope: HaltScope::All, ..signals })
}

/// Whether signals are for the traffic on the road, and mostly in use.
fn is_often_red(tags: &Tags) -> bool {
    let kind = tags.get("traffic_signals").unwrap_or("signal");
    !matches!(kind, "emergency" | "blinker" | "blink_mode" | "no") && !has_crossing_signals(tags)
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
