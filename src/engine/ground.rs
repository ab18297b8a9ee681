//! What a request is answered on: the weights that the dataset has for a
//! profile and a metric, or a variant of them.

use std::sync::Arc;

use super::{
    Cancel, Engine, EngineError,
    leg::Realm,
    variants::{Variant, VariantKey},
};
use crate::{dataset::ProfileData, network::RoadNetwork, profile::AvoidClasses, units::Metric};

/// Holds what a [`Realm`] borrows, for as long as a request is worked on.
pub(super) struct Ground<'e> {
    network: &'e RoadNetwork,
    profile: &'e ProfileData,
    name: &'e str,
    metric: Metric,
    avoid: AvoidClasses,
    /// In place of the profile's own turn graph and weights.
    variant: Option<Arc<Variant>>,
}

impl Engine {
    /// What queries for a profile stand on; the first profile if none is named.
    /// Waits for a variant if one is needed, and for nothing otherwise.
    pub(super) fn ground(
        &self,
        profile: Option<&str>,
        metric: Metric,
        avoid: AvoidClasses,
        cancel: &Cancel,
    ) -> Result<Ground<'_>, EngineError> {
        let profile = self.profile_index(profile)?;
        let variant = if avoid.is_empty() {
            None
        } else {
            self.variants.get(VariantKey { profile, metric, avoid }, cancel)?
        };
        let dataset = self.dataset();
        Ok(Ground {
            network: &dataset.network,
            profile: &dataset.profiles[profile],
            name: &dataset.manifest.profiles[profile].name,
            metric,
            avoid,
            variant,
        })
    }
}

impl Ground<'_> {
    pub(super) fn realm(&self) -> Realm<'_> {
        let (turn_graph, weights) = match &self.variant {
            None => (&self.profile.turn_graph, self.profile.metric(self.metric)),
            Some(variant) => (&variant.turn_graph, &variant.weights),
        };
        Realm {
            name: self.name,
            network: self.network,
            hierarchy: &self.profile.hierarchy,
            turn_graph,
            metric: self.metric,
            weights,
            avoid: self.avoid,
        }
    }

    /// What the profile has without any variant.
    pub(super) fn profile(&self) -> &ProfileData {
        self.profile
    }
}
