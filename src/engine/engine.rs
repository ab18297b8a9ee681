//! The engine: a dataset that answers.

use std::{ops::ControlFlow, path::Path, sync::Arc};

use super::{
    Cancel, DatasetDescription, EngineError, Limits, MatrixRequest, MatrixRun, Place, PlaceMatch,
    PlaceSearch, ReverseAnswer, ReverseRequest, RouteAnswer, RouteRequest, SearchPage,
    labels::CurrentLabels,
    matrix, places, reverse,
    roads::Roads,
    route,
    variants::{Prepared, VariantKey, Variants},
    ways::Ways,
    workspace::Workspaces,
};
use crate::{
    dataset::{Dataset, DatasetError, OpenDataset, Opening},
    geo::Coordinate,
    network::RoadChanges,
    osm::ElementId,
    profile::AvoidClasses,
    units::Metric,
};

/// Answers requests from one dataset, on the roads as imported or with changes. Immutable;
/// share one among all threads.
#[derive(Debug)]
pub struct Engine {
    open: Arc<OpenDataset>,
    pub(super) roads: Arc<Roads>,
    description: DatasetDescription,
    limits: Limits,
    pub(super) workspaces: Workspaces,
    pub(super) variants: Variants,
    pub(super) labels: CurrentLabels,
    pub(super) ways: Arc<Ways>,
}

impl Engine {
    /// An engine on the dataset at `path`, with the default limits. Costs what
    /// [`OpenDataset::open`] costs.
    ///
    /// # Errors
    ///
    /// As [`OpenDataset::open`].
    pub fn open(path: &Path) -> Result<Self, DatasetError> {
        Self::open_with(path, Opening::default())
    }

    /// The same, but as `opening` says.
    ///
    /// # Errors
    ///
    /// As [`OpenDataset::open_with`].
    pub fn open_with(path: &Path, opening: Opening) -> Result<Self, DatasetError> {
        OpenDataset::open_with(path, opening).map(|open| Self::new(open, Limits::default()))
    }

    /// An engine on an open dataset.
    #[must_use]
    pub fn new(open: OpenDataset, limits: Limits) -> Self {
        let roads = Arc::new(Roads::as_imported(&open.dataset));
        let variants = Variants::new(&roads, limits.variants);
        let description = describe(&open, variants.all_classes());
        Self {
            open: Arc::new(open),
            roads,
            description,
            limits,
            workspaces: Workspaces::default(),
            variants,
            labels: CurrentLabels::default(),
            ways: Arc::default(),
        }
    }

    /// Another engine on the same dataset, on whose roads `changes` hold, one set for each
    /// profile: these, and none of those that hold on the roads of this one. This one goes on
    /// as it was, so that queries may run on it all the while.
    ///
    /// The weights come from this engine's by partial customization: they are exactly what they
    /// would be if made from the roads as imported, at a price that grows with what differs
    /// from this engine. Runs on the current pool. What this one has prepared of
    /// [avoided roads](Self::prepare) is not carried over, and its [labels](Self::build_labels)
    /// for those profiles alone that do not change: answers are exact from the first moment,
    /// and as fast as with labels again when those are made.
    ///
    /// For each profile with changes it takes what [`Self::prepare`] takes for both metrics.
    ///
    /// # Panics
    ///
    /// If there is not one set of changes for each profile of the dataset, in its order.
    #[must_use]
    pub fn with_changes(&self, changes: Vec<RoadChanges>) -> Self {
        let roads = Arc::new(self.roads.with_changes(changes));
        let (before, after) = (self.roads.changes(), roads.changes());
        let is_same = |profile: usize| before[profile] == after[profile];
        Self {
            open: Arc::clone(&self.open),
            description: self.description.clone(),
            limits: self.limits,
            workspaces: Workspaces::default(),
            variants: self.variants.of_other(&roads, self.limits.variants),
            labels: self.labels.of_profiles(is_same),
            ways: Arc::clone(&self.ways),
            roads,
        }
    }

    /// Lets go of what this engine may do without, now that another one is in use: its labels
    /// and the weights that it has prepared, but for those that a request has now. Answers are
    /// the same; what is in work and holds this engine for long shall not hold all of that.
    pub fn retire(&self) {
        self.labels.forget();
        self.variants.forget();
    }

    /// How the roads differ from what was imported, for each profile.
    #[must_use]
    pub fn changes(&self) -> &[RoadChanges] {
        self.roads.changes()
    }

    /// The way through the waypoints of `request`, leg by leg.
    ///
    /// Every leg is a lightest path: it equals Dijkstra's answer on the same
    /// turn graph, and the cell of a matrix. Among equally fast ways the
    /// shortest is meant, and the other way round.
    ///
    /// # Errors
    ///
    /// If a waypoint cannot be understood or is too far from any road, or if
    /// the request is beyond [`Limits`]. That there is no way between good
    /// points is not an error but an answer.
    pub fn route(
        &self,
        request: &RouteRequest,
        cancel: &Cancel,
    ) -> Result<RouteAnswer, EngineError> {
        route::route(self, request, cancel)
    }

    /// The time and length from every origin to every destination, in runs,
    /// row by row. Everything is understood and checked before the first run.
    ///
    /// Holds one block of rows in memory. Stops early, and says so with
    /// [`EngineError::Stopped`], if `cancel` or `emit` tells it to.
    ///
    /// # Errors
    ///
    /// As [`Self::route`].
    pub fn matrix(
        &self,
        request: &MatrixRequest,
        cancel: &Cancel,
        emit: &mut dyn FnMut(MatrixRun) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        matrix::matrix(self, request, cancel, emit)
    }

    /// Makes the weights that requests with this profile, metric and `avoid`
    /// need, if they are not at hand, so that the next one need not wait.
    ///
    /// Takes 8 bytes for each turn, 16 for each arc of the hierarchy and 9 for
    /// each segment either way, until what this gives is dropped and
    /// [`Limits::variants`] others were asked for later.
    ///
    /// # Errors
    ///
    /// If there is no such profile, or `cancel` says to stop.
    pub fn prepare(
        &self,
        profile: Option<&str>,
        metric: Metric,
        avoid: AvoidClasses,
        cancel: &Cancel,
    ) -> Result<Prepared, EngineError> {
        self.ground(profile, metric, avoid, cancel).map(|ground| Prepared(ground.variant))
    }

    /// What [`Self::prepare`] gives, if it need not be made.
    ///
    /// # Errors
    ///
    /// If there is no such profile.
    pub fn prepared(
        &self,
        profile: Option<&str>,
        metric: Metric,
        avoid: AvoidClasses,
    ) -> Result<Option<Prepared>, EngineError> {
        let profile = self.profile_index(profile)?;
        Ok(self.variants.at_hand(VariantKey { profile, metric, avoid }))
    }

    /// Places by name, the best first.
    ///
    /// # Errors
    ///
    /// If the text or the page is beyond [`Limits`], or a kind is unknown.
    pub fn search(&self, search: &PlaceSearch) -> Result<SearchPage, EngineError> {
        places::search(self, search)
    }

    /// Places whose names look like `text`, the likeliest first, for a text that a
    /// search does not find; often none.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadName`] if the text is empty, too long, or has no letters
    /// and no digits.
    pub fn suggest(
        &self,
        text: &str,
        near: Option<Coordinate>,
    ) -> Result<Vec<PlaceMatch>, EngineError> {
        places::suggest(self, text, near)
    }

    /// What is at a point: address, street, areas, and the places around it.
    ///
    /// Takes some ten microseconds; more where the radius is large and no place
    /// is of the kinds that are wanted.
    ///
    /// # Errors
    ///
    /// If the point is outside the area covered, by the rule for waypoints that
    /// do not say their snap radius; if the radius or the number of places is
    /// beyond [`Limits`], or a kind is unknown. That nothing is there is not an
    /// error but an answer.
    pub fn reverse(&self, request: &ReverseRequest) -> Result<ReverseAnswer, EngineError> {
        reverse::reverse(self, request)
    }

    /// The place of that id, if there is one.
    #[must_use]
    pub fn place(&self, id: ElementId) -> Option<Place> {
        let gazetteer = &self.dataset().gazetteer;
        Some(places::describe(gazetteer, gazetteer.get(id)?))
    }

    /// What the dataset is.
    #[must_use]
    pub fn describe(&self) -> &DatasetDescription {
        &self.description
    }

    /// How much may be asked at once.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The dataset itself.
    #[must_use]
    pub fn dataset(&self) -> &Dataset {
        &self.open.dataset
    }

    /// The position of the profile called so, or of the first one.
    pub(super) fn profile_index(&self, name: Option<&str>) -> Result<usize, EngineError> {
        let Some(name) = name else { return Ok(0) };
        let available = &self.description.profiles;
        position_of(name, available).ok_or_else(|| EngineError::UnknownProfile {
            name: name.to_owned(),
            available: available.clone(),
        })
    }
}

/// The profile called `name`, or the only one of this kind:
/// `truck` is enough where `truck:height=4.2` is the only truck.
fn position_of(name: &str, profiles: &[String]) -> Option<usize> {
    let is_kind = |profile: &String| {
        profile.strip_prefix(name).is_some_and(|properties| properties.starts_with(':'))
    };
    profiles.iter().position(|profile| profile == name).or_else(|| {
        let mut of_kind = (0..profiles.len()).filter(|&index| is_kind(&profiles[index]));
        of_kind.next().filter(|_| of_kind.next().is_none())
    })
}

fn describe(open: &OpenDataset, avoid_classes: AvoidClasses) -> DatasetDescription {
    let manifest = &open.dataset.manifest;
    DatasetDescription {
        id: open.id.clone(),
        source: manifest.source.clone(),
        osm_timestamp_s: manifest.osm_timestamp_s,
        bounds: manifest.bounds().expect("opening a dataset checks its bounds"),
        profiles: manifest.profiles.iter().map(|profile| profile.name.clone()).collect(),
        avoid_classes,
        junction_count: manifest.counts.junctions,
        segment_count: manifest.counts.segments,
        place_count: manifest.counts.places,
        attribution: manifest.attribution.clone(),
        luwang_version: manifest.luwang_version.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_found_by_its_name_or_as_the_only_one_of_its_kind() {
        let profiles = ["car", "truck:height=4", "lorry", "bus:a", "bus:b"].map(str::to_owned);
        let found = |name| position_of(name, &profiles);
        assert_eq!([found("car"), found("lorry")], [Some(0), Some(2)]);
        assert_eq!([found("truck"), found("truck:height=4")], [Some(1), Some(1)]);
        assert_eq!([found("bus"), found("tru"), found(""), found("truck:")], [None; 4]);
    }
}
