//! The labels that queries are answered from, where there is memory for them.
//!
//! They are no part of a dataset: they are made in milliseconds where a dataset
//! has tens of megabytes, and would be several times as large. An engine answers without them from the first moment, and
//! from those of each profile and metric as soon as they are there.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::{Cancel, Engine, EngineError};
use crate::{
    contraction::{LabelLayout, LabelSize, Labels},
    dataset::{Dataset, ProfileData},
    query::Labelled,
    units::Metric,
};

/// How much memory labels take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelMemory {
    /// Nodes with fewer nodes below them have no row of their own. A query between two
    /// such nodes puts rows together, and takes longer.
    pub cut: usize,
    /// What labels of all profiles and metrics take, in bytes.
    pub bytes: usize,
}

/// Labels of all profiles and metrics, as far as they are made.
#[derive(Debug)]
pub(super) struct LabelSet {
    memory: LabelMemory,
    by_profile: Vec<Arc<ProfileLabels>>,
}

#[derive(Debug)]
struct ProfileLabels {
    layout: Arc<LabelLayout>,
    /// In the order of [`Metric::ALL`].
    metrics: [OnceLock<Labels>; Metric::ALL.len()],
}

impl ProfileLabels {
    fn new(layout: Arc<LabelLayout>) -> Arc<Self> {
        Arc::new(Self { layout, metrics: Default::default() })
    }
}

impl LabelSet {
    /// The labels of that profile and metric, if they are there already.
    pub(super) fn get(&self, profile: usize, metric: Metric) -> Option<Labelled<'_>> {
        let ProfileLabels { layout, metrics } = &*self.by_profile[profile];
        metrics[metric.position()].get().map(|labels| Labelled { layout, labels })
    }

    /// With empty places for all labels.
    fn new(dataset: &Dataset, memory: LabelMemory) -> Option<Self> {
        let profile = |profile: &ProfileData| {
            let layout = LabelLayout::new(&profile.hierarchy, memory.cut)?;
            Some(ProfileLabels::new(Arc::new(layout)))
        };
        let by_profile: Option<_> = dataset.profiles.iter().map(profile).collect();
        Some(Self { memory, by_profile: by_profile? })
    }
}

/// The labels of an engine; none at first.
#[derive(Debug, Default)]
pub(super) struct CurrentLabels(RwLock<Option<Arc<LabelSet>>>);

impl CurrentLabels {
    pub(super) fn get(&self) -> Option<Arc<LabelSet>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// These labels for the profiles for which `is_same` holds, and empty places for the others.
    pub(super) fn of_profiles(&self, is_same: impl Fn(usize) -> bool) -> Self {
        let set = self.get().map(|set| {
            let of_profile = |(profile, labels): (usize, &Arc<ProfileLabels>)| {
                if is_same(profile) {
                    Arc::clone(labels)
                } else {
                    ProfileLabels::new(Arc::clone(&labels.layout))
                }
            };
            let by_profile = set.by_profile.iter().enumerate().map(of_profile).collect();
            Arc::new(LabelSet { memory: set.memory, by_profile })
        });
        Self(RwLock::new(set))
    }

    /// Lets them go.
    pub(super) fn forget(&self) {
        self.set(None);
    }

    fn set(&self, labels: Option<Arc<LabelSet>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = labels;
    }
}

/// What the labels of all profiles and metrics of `dataset` take, for different cuts
/// in ascending order; nothing if a hierarchy is too large to have any.
/// Takes some passes over the nodes.
#[must_use]
pub fn label_memory(dataset: &Dataset) -> Vec<LabelMemory> {
    let mut all: Option<Vec<LabelMemory>> = None;
    for profile in &dataset.profiles {
        let sizes = LabelLayout::sizes(&profile.hierarchy);
        let memory =
            |size: LabelSize| LabelMemory { cut: size.cut, bytes: size.total(Metric::ALL.len()) };
        let sizes = sizes.into_iter().map(memory);
        all = Some(match all {
            None => sizes.collect(),
            Some(sums) => {
                let pairs = sums.into_iter().zip(sizes);
                pairs.map(|(sum, of)| LabelMemory { bytes: sum.bytes + of.bytes, ..of }).collect()
            }
        });
    }
    all.unwrap_or_default()
}

impl Engine {
    /// Makes labels for all profiles and metrics, within `budget` bytes: those with
    /// most rows that fit. Queries are answered all the while, and are the same with
    /// labels and without; with them nothing is searched between snapping and the answer,
    /// but where both ends are in one cell. In parallel, on the current pool. What is there
    /// already with the same cut stays, and what has another cut is let go first. `None` if
    /// nothing fits; queries then go without.
    ///
    /// # Errors
    ///
    /// If `cancel` says to stop; what is made by then is used.
    pub fn build_labels(
        &self,
        budget: usize,
        cancel: &Cancel,
    ) -> Result<Option<LabelMemory>, EngineError> {
        let dataset = self.dataset();
        let memory = label_memory(dataset).into_iter().find(|memory| memory.bytes <= budget);
        let old = self.labels.get().filter(|set| Some(set.memory) == memory);
        self.labels.set(old.clone());
        let Some(memory) = memory else { return Ok(None) };
        cancel.check()?;
        let set = old.or_else(|| LabelSet::new(dataset, memory).map(Arc::new));
        let Some(set) = set else { return Ok(None) };
        self.labels.set(Some(Arc::clone(&set)));
        for (index, (labels, profile)) in set.by_profile.iter().zip(&dataset.profiles).enumerate() {
            for metric in Metric::ALL {
                cancel.check()?;
                labels.metrics[metric.position()].get_or_init(|| {
                    let weights = &self.roads.metric(index, metric).customized;
                    Labels::new(&profile.hierarchy, &labels.layout, weights)
                });
            }
        }
        Ok(Some(memory))
    }

    /// Whether what is optimised for that profile is answered from labels already.
    #[must_use]
    pub fn has_labels(&self, profile: Option<&str>, metric: Metric) -> bool {
        let (Ok(profile), Some(set)) = (self.profile_index(profile), self.labels.get()) else {
            return false;
        };
        set.get(profile, metric).is_some()
    }

    /// What the labels take that are there or in the making.
    #[must_use]
    pub fn labels(&self) -> Option<LabelMemory> {
        self.labels.get().map(|set| set.memory)
    }
}
