//! What a request is answered on: the weights of the roads as they are now, for a
//! profile and a metric, or a variant of them.

use std::sync::Arc;

use super::{
    Cancel, Engine, EngineError,
    labels::LabelSet,
    leg::Realm,
    roads::Roads,
    variants::{Variant, VariantKey},
};
use crate::{dataset::ProfileData, network::RoadChanges, profile::AvoidClasses, units::Metric};

/// Holds what a [`Realm`] borrows, for as long as a request is worked on.
pub(super) struct Ground<'e> {
    roads: &'e Roads,
    name: &'e str,
    metric: Metric,
    avoid: AvoidClasses,
    /// In place of the turn graph and weights that the profile has.
    pub(super) variant: Option<Arc<Variant>>,
    /// Of the profile's own weights.
    labels: Option<Arc<LabelSet>>,
    profile_index: usize,
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
        let profile_index = self.profile_index(profile)?;
        let variant = if avoid.is_empty() {
            None
        } else {
            self.variants.get(VariantKey { profile: profile_index, metric, avoid }, cancel)?
        };
        let dataset = self.dataset();
        Ok(Ground {
            roads: &self.roads,
            name: &dataset.manifest.profiles[profile_index].name,
            metric,
            avoid,
            variant,
            labels: self.labels.get(),
            profile_index,
        })
    }
}

impl Ground<'_> {
    pub(super) fn realm(&self) -> Realm<'_> {
        self.realm_with(self.labels.as_deref())
    }

    /// Takes the labels out. Who works for long asks for those of the moment now and then,
    /// and holds no others: they are many times as large as all the rest.
    pub(super) fn without_labels(self) -> Self {
        Self { labels: None, ..self }
    }

    /// The same with the labels of that set.
    pub(super) fn realm_with<'r>(&'r self, labels: Option<&'r LabelSet>) -> Realm<'r> {
        let (turn_graph, weights, learnt, labels) = match &self.variant {
            None => {
                let labels = labels.and_then(|set| set.get(self.profile_index, self.metric));
                let turn_graph = self.roads.turn_graph(self.profile_index);
                let weights = self.roads.metric(self.profile_index, self.metric);
                (turn_graph, weights, self.roads.learnt(self.profile_index, self.metric), labels)
            }
            Some(variant) => (&variant.turn_graph, &variant.weights, &variant.learnt, None),
        };
        Realm {
            name: self.name,
            network: &self.roads.dataset().network,
            hierarchy: &self.profile().hierarchy,
            turn_graph,
            metric: self.metric,
            weights,
            learnt,
            labels,
            avoid: self.avoid,
        }
    }

    /// What the dataset has for the profile: as imported, without any variant.
    pub(super) fn profile(&self) -> &ProfileData {
        self.roads.imported(self.profile_index)
    }

    /// How the roads of the profile differ from that, besides what is avoided.
    pub(super) fn changes(&self) -> &RoadChanges {
        &self.roads.changes()[self.profile_index]
    }
}
