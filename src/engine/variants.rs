//! Variants: other weights for a profile and a metric than those that the
//! dataset has, made while queries run.
//!
//! The hierarchy was contracted without weights, so that to close segments is
//! to customize it anew. Which segments a variant closes follows from its key
//! alone; a variant is made by whoever asks for it first, on threads of its
//! own, and shared from then on. Requests on the plain weights know nothing of
//! all this: they neither wait nor take a lock.

use std::{
    num::NonZero,
    sync::{Arc, OnceLock},
    thread::available_parallelism,
};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::{
    Cancel, EngineError,
    leg::Learnt,
    roads::Roads,
    shared::{NoValue, Shared},
};
use crate::{
    dataset::MetricData, ids::Id, network::TurnGraph, profile::AvoidClasses, units::Metric,
};

/// Which variant is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VariantKey {
    /// The position of the profile in the dataset.
    pub(super) profile: usize,
    pub(super) metric: Metric,
    /// The classes of segments that are closed.
    pub(super) avoid: AvoidClasses,
}

/// What queries need in place of the profile's own.
#[derive(Debug)]
pub(super) struct Variant {
    /// With the nodes and arcs of the profile's turn graph.
    pub(super) turn_graph: TurnGraph,
    /// Of the arcs of that turn graph, and of the profile's hierarchy.
    pub(super) weights: MetricData,
    /// Of these weights.
    pub(super) learnt: Learnt,
}

impl Variant {
    /// Takes one customization, and a few passes over the turn graph.
    fn new(roads: &Roads, key: VariantKey) -> Self {
        let turn_graph = roads.turn_graph(key.profile);
        let turn_graph = turn_graph.without(|segment| {
            !turn_graph.avoid[segment.index()].intersection(key.avoid).is_empty()
        });
        let network = &roads.dataset().network;
        let hierarchy = &roads.imported(key.profile).hierarchy;
        let weights = MetricData::new(network, &turn_graph, hierarchy, key.metric);
        Self { turn_graph, weights, learnt: Learnt::default() }
    }
}

/// What requests that avoid some roads need, which stays at hand until this is dropped.
#[derive(Clone, Debug)]
#[must_use = "it may be let go when this is dropped"]
pub struct Prepared(#[expect(dead_code, reason = "it is held")] pub(super) Option<Arc<Variant>>);

/// The variants of some roads, as far as somebody asked for them.
#[derive(Debug)]
pub(super) struct Variants {
    roads: Arc<Roads>,
    shared: Arc<Shared<VariantKey, Variant>>,
    /// Where variants are made; none if the system has no threads to spare.
    pool: Arc<OnceLock<Option<ThreadPool>>>,
    /// By profile: the classes that any of its segments is of.
    classes: Vec<AvoidClasses>,
}

impl Variants {
    /// Keeps `limit` variants at most.
    pub(super) fn new(roads: &Arc<Roads>, limit: usize) -> Self {
        let profiles = &roads.dataset().manifest.profiles;
        Self {
            roads: Arc::clone(roads),
            shared: Arc::new(Shared::new(limit)),
            pool: Arc::default(),
            classes: profiles.iter().map(|profile| profile.avoid_classes).collect(),
        }
    }

    /// None yet of other `roads` of the same dataset, made where these are.
    pub(super) fn of_other(&self, roads: &Arc<Roads>, limit: usize) -> Self {
        Self {
            roads: Arc::clone(roads),
            shared: Arc::new(Shared::new(limit)),
            pool: Arc::clone(&self.pool),
            classes: self.classes.clone(),
        }
    }

    /// Lets go of all that no request uses.
    pub(super) fn forget(&self) {
        self.shared.forget();
    }

    /// The classes that any segment of any profile is of.
    pub(super) fn all_classes(&self) -> AvoidClasses {
        self.classes.iter().fold(AvoidClasses::NONE, |set, &one| set.union(one))
    }

    /// The variant of `key`, which is made if it is not there; `None` where
    /// the profile's own weights are meant, because there is nothing to avoid.
    pub(super) fn get(
        &self,
        key: VariantKey,
        cancel: &Cancel,
    ) -> Result<Option<Arc<Variant>>, EngineError> {
        let Some(key) = self.reduced(key) else { return Ok(None) };
        let variant = self.shared.get(&key, cancel, |maker| {
            let roads = Arc::clone(&self.roads);
            let make = move || {
                if maker.is_wanted() {
                    maker.finish(Variant::new(&roads, key));
                }
            };
            match self.pool() {
                Some(pool) => pool.spawn(make),
                None => make(),
            }
        });
        variant.map(Some).map_err(|none| match none {
            NoValue::Stopped(why) => EngineError::Stopped { why },
            NoValue::Broken => EngineError::Fault { what: "weights that avoid roads" },
        })
    }

    /// As [`Self::get`], if it need not be made.
    pub(super) fn at_hand(&self, key: VariantKey) -> Option<Prepared> {
        match self.reduced(key) {
            Some(key) => self.shared.there(&key).map(|variant| Prepared(Some(variant))),
            None => Some(Prepared(None)),
        }
    }

    /// Without what is nowhere: that need not be avoided, and shall not be a variant.
    fn reduced(&self, key: VariantKey) -> Option<VariantKey> {
        let avoid = key.avoid.intersection(self.classes[key.profile]);
        (!avoid.is_empty()).then_some(VariantKey { avoid, ..key })
    }

    /// Threads apart from those of queries, and fewer than there are cores, so
    /// that nobody else waits until a variant is made.
    fn pool(&self) -> Option<&ThreadPool> {
        let start = || {
            let cores = available_parallelism().map_or(1, NonZero::get);
            ThreadPoolBuilder::new()
                .num_threads((cores / 2).max(1))
                .thread_name(|index| format!("variants-{index}"))
                // Those who wait learn of a panic; other variants are not harmed.
                .panic_handler(drop)
                .build()
                .ok()
        };
        self.pool.get_or_init(start).as_ref()
    }
}
