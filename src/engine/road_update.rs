//! Updates of roads, one after the other, and what they come to.

use super::{Engine, EngineError};
use crate::{
    ids::DirectedSegmentId,
    network::{RoadChange, RoadChanges},
    units::Speed,
};

/// What an update does to roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoadEffect {
    /// Nobody may travel them, or begin or end there.
    Close,
    /// They are again as they were imported.
    Open,
    /// All who may travel them do so at this speed.
    Speed(Speed),
}

/// An update of roads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadUpdate {
    /// Which.
    pub roads: Vec<DirectedSegmentId>,
    /// For which profiles, by their position in the dataset.
    pub profiles: Vec<usize>,
    /// What becomes of them.
    pub effect: RoadEffect,
}

/// What holds of each road in the end, of effects one after the other.
fn last_of_each(mut effects: Vec<(DirectedSegmentId, RoadEffect)>) -> RoadChanges {
    // The sort is stable.
    effects.sort_by_key(|&(road, _)| road);
    let ends = effects.chunk_by(|a, b| a.0 == b.0).filter_map(|of_road| of_road.last());
    let change = |&(road, effect): &(DirectedSegmentId, RoadEffect)| match effect {
        RoadEffect::Close => Some((road, RoadChange::Closed)),
        RoadEffect::Speed(speed) => Some((road, RoadChange::Speed(speed))),
        RoadEffect::Open => None,
    };
    ends.filter_map(change).collect()
}

impl Engine {
    /// What is different from the roads as imported when `updates` are in force, in their
    /// order: what comes later counts. One set for each profile, for
    /// [`Self::with_changes`].
    ///
    /// Takes O(k log k) for k roads in all updates.
    ///
    /// # Panics
    ///
    /// If an update names a profile that is not there.
    #[must_use]
    pub fn changes_by<'u>(
        &self,
        updates: impl IntoIterator<Item = &'u RoadUpdate>,
    ) -> Vec<RoadChanges> {
        let mut all = vec![Vec::new(); self.describe().profiles.len()];
        for update in updates {
            for &profile in &update.profiles {
                all[profile].extend(update.roads.iter().map(|&road| (road, update.effect)));
            }
        }
        all.into_iter().map(last_of_each).collect()
    }

    /// Another engine on which `roads` are closed besides, for one profile: what a single
    /// request wants closed. Costs what [`Self::with_changes`] costs.
    ///
    /// # Errors
    ///
    /// If there is no such profile.
    pub fn with_closed(
        &self,
        profile: Option<&str>,
        roads: impl IntoIterator<Item = DirectedSegmentId>,
    ) -> Result<Self, EngineError> {
        let profile = self.profile_index(profile)?;
        let mut changes = self.changes().to_vec();
        changes[profile].extend(roads.into_iter().map(|road| (road, RoadChange::Closed)));
        Ok(self.with_changes(changes))
    }

    /// The positions of the profiles of these names.
    ///
    /// # Errors
    ///
    /// If there is no such profile.
    pub fn profiles_of(&self, names: &[String]) -> Result<Vec<usize>, EngineError> {
        names.iter().map(|name| self.profile_index(Some(name))).collect()
    }
}
