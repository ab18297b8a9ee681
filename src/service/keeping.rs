//! The dataset in use and the state of its roads, changed one step at a time.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use rayon::prelude::*;
use tonic::Status;

use super::{
    keeper::{KeeperError, KeeperSettings, now_s},
    labels::LabelMaker,
    live::{Live, Served},
    roads::{
        Added, Book, DatasetId, Event, Kept, Meant, Numbers, Record, RoadLog, RoadLogError, meant,
    },
    status::{self, Reason, Refusal},
};
use crate::{
    engine::{Cancel, Engine, RoadUpdate as Update},
    geo::Datum,
    service::wire::luwang::admin::v1::RoadUpdate,
};

/// Directed segments that all updates together may be about: each is looked at again with
/// every update.
const MAX_REACH: usize = 1_000_000;

/// How long updates of roads wait until what requests need is ready; the rest is made while
/// the new state of the roads is answered from.
const MAX_READY_TIME: Duration = Duration::from_secs(1);

/// What a [`Keeper`](super::Keeper) keeps.
#[derive(Debug)]
pub(super) struct Keeping {
    settings: KeeperSettings,
    engine: Arc<Engine>,
    log: Option<RoadLog>,
    book: Book,
    /// What each update of the book does on this dataset; nothing where it has no such road.
    meant: BTreeMap<i64, Arc<Meant>>,
    labels: LabelMaker,
}

/// What there is after an event.
struct Next {
    record: Record,
    book: Book,
    meant: BTreeMap<i64, Arc<Meant>>,
    engine: Arc<Engine>,
}

/// What came of a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reloaded {
    /// The dataset before.
    pub previous_dataset_id: String,
    /// The dataset in use now.
    pub dataset_id: String,
    /// The state of its roads.
    pub roads_revision: i64,
    /// Updates of roads that it does not have.
    pub roadless: Vec<i64>,
}

impl Keeping {
    /// Opens dataset and log, and gives what to answer from.
    pub(super) fn load(settings: KeeperSettings) -> Result<(Self, Served), KeeperError> {
        let engine = Arc::new(open(&settings)?);
        let (log, book) = match &settings.road_log {
            Some(path) => {
                let (log, book) = RoadLog::open(path)?;
                (Some(log), book)
            }
            None => (None, Book::default()),
        };
        let labels = LabelMaker::start(settings.label_memory, Arc::clone(&settings.ready));
        let meant = BTreeMap::new();
        let mut keeping = Self { settings, engine, log, book, meant, labels };
        keeping.meant = keeping.meaning(&keeping.engine);
        keeping.settle(&Live::default())?;
        // Another engine where there are changes: it is made ready as it will be used.
        (keeping.settings.ready)(&keeping.engine, &Cancel::never())
            .map_err(|source| KeeperError::Ready { source })?;
        keeping.labels.serve(&keeping.engine);
        let served = keeping.served();
        Ok((keeping, served))
    }

    /// Notes the dataset, and does what is due.
    fn settle(&mut self, live: &Live) -> Result<(), KeeperError> {
        let id = &self.engine.describe().id;
        if self.book.dataset_id() != id {
            let id = id.clone();
            self.happen(live, Event::Dataset(DatasetId { id }), BTreeMap::new())?;
        }
        self.do_due(live, now_s())?;
        self.engine = changed(&self.engine, &self.book, &self.meant);
        Ok(())
    }

    /// Opens the dataset anew; if it is another, it is in use from then on.
    pub(super) fn reload(&mut self, live: &Live) -> Result<Reloaded, KeeperError> {
        let previous_dataset_id = self.engine.describe().id.clone();
        let engine = Arc::new(open(&self.settings)?);
        if engine.describe().id != previous_dataset_id {
            self.take_over(&engine, live)?;
        }
        let dataset_id = self.engine.describe().id.clone();
        let roads_revision = self.book.revision();
        let has_none = |kept: &&Kept| !self.meant.contains_key(&kept.id);
        let roadless: Vec<i64> = self.book.kept().filter(has_none).map(|kept| kept.id).collect();
        tracing::info!(previous_dataset_id, dataset_id, roads_revision, ?roadless, "reloaded");
        Ok(Reloaded { previous_dataset_id, dataset_id, roads_revision, roadless })
    }

    fn take_over(&mut self, imported: &Arc<Engine>, live: &Live) -> Result<(), KeeperError> {
        let meant = self.meaning(imported);
        let engine = changed(imported, &self.book, &meant);
        self.test(&engine)?;
        let record = self.book.next(Event::Dataset(DatasetId { id: engine.describe().id.clone() }));
        if let Some(log) = &mut self.log {
            log.append(&record)?;
        }
        self.book.apply(record);
        self.meant = meant;
        self.put_in_place(engine, live);
        self.labels.serve(&self.engine);
        Ok(())
    }

    /// Answers from `engine` from now on, and tells whether it is another one. What is in work
    /// goes on with the one before, and without all that is not needed, however long its reader takes.
    fn put_in_place(&mut self, engine: Arc<Engine>, live: &Live) -> bool {
        let before = std::mem::replace(&mut self.engine, engine);
        live.replace(self.served());
        let is_other = !Arc::ptr_eq(&before, &self.engine);
        if is_other {
            before.retire();
        }
        is_other
    }

    /// Whether an engine answers as it should, and all that requests need is there.
    fn test(&self, engine: &Engine) -> Result<(), KeeperError> {
        let tested = engine.self_test(self.settings.self_test_pairs);
        tested.map_err(|source| KeeperError::SelfTest { source: Box::new(source) })?;
        (self.settings.ready)(engine, &Cancel::never())
            .map_err(|source| KeeperError::Ready { source })
    }

    /// Takes in new updates, which were accepted; gives their numbers. If `cancel` says to stop,
    /// nothing changes.
    pub(super) fn add(
        &mut self,
        live: &Live,
        updates: Vec<RoadUpdate>,
        datum: Datum,
        cancel: &Cancel,
    ) -> Result<Vec<i64>, Status> {
        let (count, limit) =
            (self.book.kept().len() + updates.len(), self.settings.max_road_updates);
        if count > limit {
            let message = format!("{count} updates of roads are more than the limit of {limit}");
            return Err(Refusal::new(Reason::TooManyUpdates, message)
                .with("count", count)
                .with("limit", limit)
                .into());
        }
        let now_s = now_s();
        let mut kept = Vec::new();
        let mut does = BTreeMap::new();
        let mut reach: usize = self.meant.values().map(|meant| meant.roads.len()).sum();
        for (index, mut update) in updates.into_iter().enumerate() {
            let steps = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
            let id = self.book.revision().saturating_add(steps);
            go_on_for(cancel)?;
            let found = meant(&self.engine, &mut update, index, datum, true)?;
            reach += found.roads.len();
            check_reach(reach)?;
            does.insert(id, Arc::new(found));
            let begin = update.valid_from.map(|time| super::roads::seconds(&time));
            let is_active = begin.is_none_or(|begin| begin <= now_s);
            kept.push(Kept { id, update, created_s: now_s, is_active });
        }
        let ids = kept.iter().map(|kept| kept.id).collect();
        self.happen_for(live, Event::Added(Added { kept }), does, cancel)?;
        Ok(ids)
    }

    /// Takes back updates, or all for `None`; gives their numbers. If `cancel` says to stop,
    /// nothing changes.
    pub(super) fn revert(
        &mut self,
        live: &Live,
        ids: Option<Vec<i64>>,
        cancel: &Cancel,
    ) -> Result<Vec<i64>, Status> {
        let mut ids = ids.unwrap_or_else(|| self.book.kept().map(|kept| kept.id).collect());
        let mut told = BTreeSet::new();
        ids.retain(|&id| told.insert(id));
        if let Some(id) = self.book.missing(&ids) {
            let message = format!("there is no update {id} of roads in force or to come");
            return Err(Refusal::new(Reason::UpdateNotFound, message)
                .with("update_id", id)
                .at("update_ids")
                .into());
        }
        if !ids.is_empty() {
            let event = Event::Removed(Numbers { ids: ids.clone() });
            self.happen_for(live, event, BTreeMap::new(), cancel)?;
        }
        Ok(ids)
    }

    /// Does what is due at `now_s`.
    pub(super) fn pass(&mut self, live: &Live, now_s: i64) -> Result<(), Status> {
        self.do_due(live, now_s).map_err(|error| not_stored(&error))
    }

    fn do_due(&mut self, live: &Live, now_s: i64) -> Result<(), RoadLogError> {
        let due = self.book.due(now_s);
        let (begun, over) = (Numbers { ids: due.begun }, Numbers { ids: due.over });
        for (ids, event) in
            [(over.ids.clone(), Event::Removed(over)), (begun.ids.clone(), Event::Begun(begun))]
        {
            if !ids.is_empty() {
                tracing::info!(?ids, "the time of updates of roads has come, or is over");
                self.happen(live, event, BTreeMap::new())?;
            }
        }
        Ok(())
    }

    /// When something is due next, in seconds since 1970.
    pub(super) fn next_due_s(&self) -> Option<i64> {
        self.book.next_due_s()
    }

    /// Lets an event happen.
    fn happen(
        &mut self,
        live: &Live,
        event: Event,
        does: BTreeMap<i64, Arc<Meant>>,
    ) -> Result<(), RoadLogError> {
        let next = self.after(event, does, &Cancel::never());
        self.go_on(live, next)
    }

    /// What there would be after an event, with what requests need made ready, as far as there
    /// is time for it, so that they do not all wait for it at once. Takes nearly all of the time, and changes nothing.
    fn after(&self, event: Event, does: BTreeMap<i64, Arc<Meant>>, cancel: &Cancel) -> Next {
        let record = self.book.next(event);
        let mut book = self.book.clone();
        book.apply(record.clone());
        let mut meant = self.meant.clone();
        meant.extend(does);
        meant.retain(|id, _| book.missing(&[*id]).is_none());
        let engine = changed(&self.engine, &book, &meant);
        if !Arc::ptr_eq(&engine, &self.engine) {
            let ready = (self.settings.ready)(&engine, &cancel.within(MAX_READY_TIME));
            if let Err(error) = ready {
                tracing::debug!(%error, "not all is prepared yet");
            }
        }
        Next { record, book, meant, engine }
    }

    /// Goes on with what was made ready: on disk first, and then in the next answer.
    fn go_on(&mut self, live: &Live, next: Next) -> Result<(), RoadLogError> {
        if let Some(log) = &mut self.log {
            log.append(&next.record)?;
        }
        (self.book, self.meant) = (next.book, next.meant);
        if self.put_in_place(next.engine, live) {
            self.labels.serve(&self.engine);
        }
        if let Some(log) = &mut self.log
            && let Err(error) = log.tidy(&self.book)
        {
            // It is as good as before, only longer than it need be.
            tracing::warn!(error = &error as &dyn std::error::Error, "cannot shorten the log");
        }
        Ok(())
    }

    /// As [`Self::happen`], unless nobody waits for it any more: then nothing changes.
    fn happen_for(
        &mut self,
        live: &Live,
        event: Event,
        does: BTreeMap<i64, Arc<Meant>>,
        cancel: &Cancel,
    ) -> Result<(), Status> {
        let next = self.after(event, does, cancel);
        go_on_for(cancel)?;
        self.go_on(live, next).map_err(|error| not_stored(&error))
    }

    /// What the updates of the book do on the dataset of `engine`; those of which it has no
    /// road are left out.
    fn meaning(&self, engine: &Engine) -> BTreeMap<i64, Arc<Update>> {
        let of = |kept: &Kept| {
            let mut update = kept.update.clone();
            match meant(engine, &mut update, 0, Datum::Wgs84, false) {
                Ok(does) => Some((kept.id, Arc::new(does))),
                Err(error) => {
                    let error = error.message();
                    tracing::warn!(id = kept.id, error, "an update of roads holds nowhere");
                    None
                }
            }
        };
        let kept: Vec<_> = self.book.kept().collect();
        kept.into_par_iter().filter_map(of).collect()
    }

    pub(super) fn dataset_id(&self) -> &str {
        &self.engine.describe().id
    }

    pub(super) fn book(&self) -> &Book {
        &self.book
    }

    /// How many directed segments an update is about.
    pub(super) fn reach(&self, id: i64) -> usize {
        self.meant.get(&id).map_or(0, |meant| meant.roads.len())
    }

    fn served(&self) -> Served {
        Served { engine: Arc::clone(&self.engine), roads_revision: self.book.revision() }
    }
}

/// The engine with what `book` says, or itself if that is how it is.
fn changed(engine: &Arc<Engine>, book: &Book, meant: &BTreeMap<i64, Arc<Meant>>) -> Arc<Engine> {
    let active = book.kept().filter(|kept| kept.is_active);
    let changes = engine.changes_by(active.filter_map(|kept| meant.get(&kept.id).map(Arc::as_ref)));
    if changes == engine.changes() {
        return Arc::clone(engine);
    }
    Arc::new(engine.with_changes(changes))
}

fn check_reach(reach: usize) -> Result<(), Refusal> {
    if reach <= MAX_REACH {
        return Ok(());
    }
    let message = format!(
        "all updates together would be about {reach} directed segments, more than {MAX_REACH}"
    );
    Err(Refusal::new(Reason::TooManyUpdates, message)
        .with("count", reach)
        .with("limit", MAX_REACH)
        .at("updates"))
}

fn open(settings: &KeeperSettings) -> Result<Engine, KeeperError> {
    (settings.open)().map_err(|source| KeeperError::Open { source })
}

/// Whether anybody still waits.
fn go_on_for(cancel: &Cancel) -> Result<(), Status> {
    cancel.check().map_err(|error| status::refusal(&error, Datum::Wgs84))
}

fn not_stored(error: &RoadLogError) -> Status {
    tracing::error!(error = error as &dyn std::error::Error, "an update of roads is not stored");
    let message = "the updates of roads cannot be written, and nothing was changed";
    Refusal::new(Reason::UpdatesNotStored, message).into()
}
