//! How long it takes to get past what stands or lies on a road.

use super::halt;
use crate::{osm::Tags, units::Millis};

/// Delays on average over the day.
#[derive(Debug)]
pub(super) struct Delays {
    pub(super) stop_sign: Millis,
    pub(super) give_way_sign: Millis,
    /// To turn round where there is a place for it.
    pub(super) turning_place: Millis,
    /// To give way before a mini roundabout, and to go around it.
    pub(super) mini_roundabout: Millis,
    /// A gate that somebody opens.
    pub(super) gate: Millis,
    /// A gate that opens by itself.
    pub(super) lift_gate: Millis,
    /// What is made for people on foot, to squeeze through or to step over.
    pub(super) narrow_gate: Millis,
    pub(super) toll_booth: Millis,
    pub(super) checkpoint: Millis,
    pub(super) border_control: Millis,
    /// A crossing where people on foot have signals of their own. Those beside
    /// a junction are one with its signals, so all of them together weigh
    /// little.
    pub(super) crossing_signals: Millis,
    /// A crossing where people on foot go first.
    pub(super) marked_crossing: Millis,
    /// A railway with barriers or lights: a train is seldom there, and then
    /// for long.
    pub(super) guarded_railway: Millis,
    /// A railway where one looks oneself.
    pub(super) open_railway: Millis,
    /// What shakes those who are fast.
    pub(super) bump: Millis,
    /// What is gentler than a bump: a table, a cushion.
    pub(super) table: Millis,
    /// What one steers or waits around.
    pub(super) chicane: Millis,
    pub(super) ford: Millis,
    /// To call a lift, wait for it and ride in it.
    pub(super) elevator: Millis,
}

/// Of vehicles with a motor.
pub(super) static MOTOR_DELAYS: Delays = Delays {
    stop_sign: Millis::new(3_000),
    give_way_sign: Millis::new(1_500),
    turning_place: Millis::new(5_000),
    mini_roundabout: Millis::new(2_000),
    gate: Millis::new(10_000),
    lift_gate: Millis::new(5_000),
    narrow_gate: Millis::ZERO,
    toll_booth: Millis::new(10_000),
    checkpoint: Millis::new(30_000),
    border_control: Millis::new(120_000),
    crossing_signals: Millis::new(1_000),
    marked_crossing: Millis::new(500),
    guarded_railway: Millis::new(8_000),
    open_railway: Millis::new(4_000),
    bump: Millis::new(2_000),
    table: Millis::new(1_000),
    chicane: Millis::new(2_000),
    ford: Millis::new(10_000),
    elevator: Millis::new(30_000),
};

/// Of bicycles, which are as slow as a bump demands.
pub(super) static BICYCLE_DELAYS: Delays = Delays {
    stop_sign: Millis::new(2_000),
    give_way_sign: Millis::new(1_000),
    turning_place: Millis::new(5_000),
    mini_roundabout: Millis::new(1_000),
    gate: Millis::new(10_000),
    lift_gate: Millis::new(2_000),
    narrow_gate: Millis::new(10_000),
    toll_booth: Millis::ZERO,
    checkpoint: Millis::new(10_000),
    border_control: Millis::new(60_000),
    crossing_signals: Millis::new(1_000),
    marked_crossing: Millis::ZERO,
    guarded_railway: Millis::new(8_000),
    open_railway: Millis::new(2_000),
    bump: Millis::ZERO,
    table: Millis::ZERO,
    chicane: Millis::new(1_000),
    ford: Millis::new(10_000),
    elevator: Millis::new(30_000),
};

/// Of people on foot, whom gates and booths do not delay.
pub(super) static FOOT_DELAYS: Delays = Delays {
    stop_sign: Millis::ZERO,
    give_way_sign: Millis::ZERO,
    turning_place: Millis::ZERO,
    mini_roundabout: Millis::ZERO,
    gate: Millis::ZERO,
    lift_gate: Millis::ZERO,
    narrow_gate: Millis::ZERO,
    toll_booth: Millis::ZERO,
    checkpoint: Millis::ZERO,
    border_control: Millis::ZERO,
    crossing_signals: Millis::new(2_000),
    marked_crossing: Millis::ZERO,
    guarded_railway: Millis::new(8_000),
    open_railway: Millis::new(2_000),
    bump: Millis::ZERO,
    table: Millis::ZERO,
    chicane: Millis::ZERO,
    ford: Millis::new(20_000),
    elevator: Millis::new(30_000),
};

/// All delays at a node, apart from signals and signs.
pub(super) fn delay(delays: &Delays, tags: &Tags) -> Millis {
    barrier(delays, tags)
        + crossing(delays, tags)
        + railway(delays, tags)
        + calming(delays, tags)
        + match tags.get("highway") {
            Some("mini_roundabout") => delays.mini_roundabout,
            // https://wiki.openstreetmap.org/wiki/Tag:highway%3Delevator
            Some("elevator") => delays.elevator,
            _ => Millis::ZERO,
        }
        + if is_ford(tags) { delays.ford } else { Millis::ZERO }
}

/// <https://wiki.openstreetmap.org/wiki/Key:barrier>
fn barrier(delays: &Delays, tags: &Tags) -> Millis {
    match tags.get("barrier") {
        Some("border_control") => delays.border_control,
        Some("checkpoint") => delays.checkpoint,
        Some("toll_booth") => delays.toll_booth,
        Some("gate" | "swing_gate" | "sliding_gate" | "hampshire_gate") => delays.gate,
        Some("lift_gate" | "bump_gate" | "sally_port") => delays.lift_gate,
        Some("kissing_gate" | "stile" | "turnstile" | "wicket_gate") => delays.narrow_gate,
        _ => Millis::ZERO,
    }
}

/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dcrossing>
fn crossing(delays: &Delays, tags: &Tags) -> Millis {
    if halt::has_crossing_signals(tags) {
        return delays.crossing_signals;
    }
    let is_marked = matches!(tags.get("crossing"), Some("marked" | "zebra" | "uncontrolled"))
        || tags.get("crossing:markings").is_some_and(|markings| markings != "no")
        || tags.is("crossing_ref", "zebra");
    if tags.is("highway", "crossing") && is_marked { delays.marked_crossing } else { Millis::ZERO }
}

/// <https://wiki.openstreetmap.org/wiki/Tag:railway%3Dlevel_crossing>. Trams
/// wait for nobody, but seldom long enough to count.
fn railway(delays: &Delays, tags: &Tags) -> Millis {
    if !matches!(tags.get("railway"), Some("level_crossing" | "crossing")) {
        return Millis::ZERO;
    }
    let has = |key| tags.get(key).is_some_and(|value| value != "no");
    let is_guarded = has("crossing:barrier") || has("crossing:light") || has("crossing:bell");
    if is_guarded { delays.guarded_railway } else { delays.open_railway }
}

/// <https://wiki.openstreetmap.org/wiki/Key:traffic_calming>
fn calming(delays: &Delays, tags: &Tags) -> Millis {
    match tags.get("traffic_calming") {
        Some("bump" | "hump" | "dip" | "double_dip" | "yes") => delays.bump,
        Some("mini_bumps" | "table" | "cushion") => delays.table,
        Some("chicane" | "choker" | "choked_table" | "choked_island") => delays.chicane,
        // An island narrows nothing, and a rumble strip only sounds.
        _ => Millis::ZERO,
    }
}

/// <https://wiki.openstreetmap.org/wiki/Key:ford>
fn is_ford(tags: &Tags) -> bool {
    tags.is("highway", "ford") || tags.get("ford").is_some_and(|value| value != "no")
}
