//! How a road is built, and what that does to speed: lanes, width, markings,
//! and who goes first.
//!
//! Two vehicles that meet on a narrow road slow down or wait. OSRM counts that
//! when it compares routes, but not in the time that it tells; here both are
//! one number. What is usual for a class supposes a road for two, so a narrow
//! one loses half of what it loses there: a single lane, half as good to OSRM,
//! is travelled at three quarters of the usual speed. Who signs a limit has
//! seen the road: it stays, but nobody is fast where others may come.

use super::{Dimensions, RoadClass, measure, vehicle::Vehicle};
use crate::{
    ids::Direction,
    osm::Tags,
    units::{Centimeters, Speed},
};

/// What is narrower than this gets past others on any road.
const SLIM: Centimeters = Centimeters::new(120);

/// Two cars get past each other on a road that is wider.
const TWO_ABREAST: Centimeters = Centimeters::new(400);

/// As fast as anybody goes on a single lane with traffic in both directions.
const SINGLE_LANE: Speed = Speed::from_kmh(50);

/// A road as it is built, for a vehicle.
pub(super) struct Build<'a> {
    pub(super) vehicle: &'a Vehicle,
    pub(super) dimensions: &'a Dimensions,
    pub(super) class: RoadClass,
    pub(super) tags: &'a Tags,
    pub(super) is_oneway: bool,
}

impl Build<'_> {
    /// The limit on it in `direction` where none is tagged and `usual` is that
    /// of its class.
    ///
    /// In mainland China the class of a road is its rank among the
    /// administration's roads: the arterial of a new town may be `residential`,
    /// and an urban expressway `primary`. Such roads are known by their lanes.
    /// Three in a direction are an arterial, signed with 60 km/h in towns; two
    /// are a road of 50, the urban limit; a road for motor traffic alone is an
    /// expressway, and 80 is usual there.
    pub(super) fn limit(&self, usual: Speed, direction: Direction) -> Speed {
        let is_ramp = self.class.name().ends_with("_link");
        if !self.vehicle.has_motor() || is_ramp || self.class >= RoadClass::LivingStreet {
            return usual.percent(self.meeting(direction));
        }
        let lanes = self.lanes().map(|lanes| if self.is_oneway { lanes } else { lanes / 2 });
        let built = match lanes {
            _ if self.tags.is("motorroad", "yes") => 80,
            Some(3..) => 60,
            Some(2) => 50,
            _ => 0,
        };
        usual.max(Speed::from_kmh(built)).percent(self.meeting(direction))
    }

    /// What is left of a speed on such a road, whatever the limit is.
    pub(super) fn travelled(&self, speed: Speed) -> Speed {
        if !self.vehicle.has_motor() {
            return speed;
        }
        let is_side_road = matches!(self.tags.get("side_road"), Some("yes" | "rotary"));
        let percent = if self.tags.is("oneway", "alternating") {
            // Traffic takes turns and waits.
            70
        } else if is_side_road {
            90
        } else {
            100
        };
        let speed = speed.percent(percent);
        if self.is_single_lane() { speed.min(SINGLE_LANE) } else { speed }
    }

    /// What is left of the usual limit where others come towards one, in
    /// percent.
    fn meeting(&self, direction: Direction) -> u16 {
        if !self.vehicle.has_motor() || self.dimensions.width < SLIM {
            return 100;
        }
        let against = match direction {
            Direction::Forward => "backward",
            Direction::Backward => "forward",
        };
        let priority = if self.tags.is("priority", against) { 85 } else { 100 };
        if self.is_oneway {
            return priority;
        }
        let width = match self.width().get() {
            0..=300 => 75,
            301..400 => 80,
            400..500 => 88,
            500..600 => 90,
            _ => 100,
        };
        let lanes = if self.lanes() == Some(1) { 75 } else { 100 };
        // Small streets have no markings anyway, tagged or not.
        let is_small = self.class >= RoadClass::Residential;
        let is_unmarked = !is_small && self.tags.is("lane_markings", "no");
        priority.min(width).min(lanes).min(if is_unmarked { 88 } else { 100 })
    }

    /// Whether one of two that meet has to stop.
    fn is_single_lane(&self) -> bool {
        let is_narrow = self.lanes() == Some(1) || self.width() < TWO_ABREAST;
        is_narrow && !self.is_oneway && self.dimensions.width >= SLIM
    }

    /// The width of the road, without end if nothing is said.
    fn width(&self) -> Centimeters {
        self.tags.get("width").and_then(measure::length).unwrap_or(Centimeters::MAX)
    }

    /// The number of lanes; of `2.5` or `2;3` the whole number at its
    /// beginning. See <https://wiki.openstreetmap.org/wiki/Key:lanes>.
    fn lanes(&self) -> Option<u32> {
        let value = self.tags.get("lanes")?;
        let digits = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
        value[..digits].parse().ok().filter(|&lanes| lanes > 0)
    }
}
