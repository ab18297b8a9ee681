//! How a road is built, and what that does to speed: lanes, width, markings,
//! and who goes first.
//!
//! Two vehicles that meet on a narrow road slow down or wait. OSRM counts that
//! when it compares routes, but not in the time that it tells; here both are
//! one number, so a road loses half of what it loses there: a single lane, half
//! as good to OSRM, is travelled at three quarters of the speed.

use super::{Dimensions, RoadClass, measure, vehicle::Vehicle};
use crate::{
    ids::Direction,
    osm::Tags,
    units::{Centimeters, Speed},
};

/// What is narrower than this gets past others on any road.
const SLIM: Centimeters = Centimeters::new(120);

/// A road as it is built.
pub(super) struct Build<'a> {
    pub(super) class: RoadClass,
    pub(super) tags: &'a Tags,
    pub(super) is_oneway: bool,
}

impl Build<'_> {
    /// The limit on it where none is tagged and `usual` is that of its class.
    ///
    /// In mainland China the class of a road is its rank among the
    /// administration's roads: the arterial of a new town may be `residential`,
    /// and an urban expressway `primary`. Such roads are known by their lanes.
    /// Three in a direction are an arterial, signed with 60 km/h in towns; two
    /// are a road of 50, the urban limit; a road for motor traffic alone is an
    /// expressway, and 80 is usual there.
    pub(super) fn limit(&self, vehicle: &Vehicle, usual: Speed) -> Speed {
        let is_ramp = self.class.name().ends_with("_link");
        if !vehicle.has_motor() || is_ramp || self.class >= RoadClass::LivingStreet {
            return usual;
        }
        let lanes = self.lanes().map(|lanes| if self.is_oneway { lanes } else { lanes / 2 });
        let built = match lanes {
            _ if self.tags.is("motorroad", "yes") => 80,
            Some(3..) => 60,
            Some(2) => 50,
            _ => 0,
        };
        usual.max(Speed::from_kmh(built))
    }

    /// How much of its speed a vehicle keeps in `direction`, in percent.
    pub(super) fn percent(
        &self,
        vehicle: &Vehicle,
        dimensions: &Dimensions,
        direction: Direction,
    ) -> u16 {
        if !vehicle.has_motor() {
            return 100;
        }
        let against = match direction {
            Direction::Forward => "backward",
            Direction::Backward => "forward",
        };
        let is_side_road = matches!(self.tags.get("side_road"), Some("yes" | "rotary"));
        let reasons = [
            (self.tags.is("priority", against), 85),
            // Traffic takes turns, with signals or without.
            (self.tags.is("oneway", "alternating"), 70),
            (is_side_road, 90),
        ];
        let meeting = if dimensions.width < SLIM { 100 } else { self.meeting() };
        let reasons = reasons.into_iter().filter(|&(holds, _)| holds);
        reasons.map(|(_, percent)| percent).min().unwrap_or(100).min(meeting)
    }

    /// What is left of the speed where others come towards one.
    fn meeting(&self) -> u16 {
        if self.is_oneway {
            return 100;
        }
        let width = self.tags.get("width").and_then(measure::length);
        let by_width = match width.map_or(u32::MAX, Centimeters::get) {
            0..=300 => 75,
            301..400 => 80,
            400..500 => 88,
            500..600 => 90,
            _ => 100,
        };
        let by_lanes = if self.lanes() == Some(1) { 75 } else { 100 };
        // Small streets have no markings anyway, tagged or not.
        let is_small = self.class >= RoadClass::Residential;
        let is_unmarked = !is_small && self.tags.is("lane_markings", "no");
        by_width.min(by_lanes).min(if is_unmarked { 88 } else { 100 })
    }

    /// The number of lanes; of `2.5` or `2;3` the whole number at its
    /// beginning. See <https://wiki.openstreetmap.org/wiki/Key:lanes>.
    fn lanes(&self) -> Option<u32> {
        let value = self.tags.get("lanes")?;
        let digits = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
        value[..digits].parse().ok().filter(|&lanes| lanes > 0)
    }
}
