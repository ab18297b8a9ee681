//! What is in force, by what happened.

use std::collections::{BTreeMap, BTreeSet};

use crate::service::wire::luwang::admin::v1::RoadUpdate;

/// Something that happened to the roads; what the log keeps.
#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::service) struct Record {
    /// The state of the roads after it: one more than before, or as many more as
    /// there are new updates, or the same where the roads are.
    #[prost(int64, tag = "1")]
    pub(in crate::service) revision: i64,
    /// What happened.
    #[prost(oneof = "Event", tags = "2, 3, 4, 5, 6")]
    pub(in crate::service) event: Option<Event>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(in crate::service) enum Event {
    /// All that is in the book, in place of all that came before.
    #[prost(message, tag = "2")]
    Whole(Whole),
    /// There are new updates, the last of which has the number of the revision.
    #[prost(message, tag = "3")]
    Added(Added),
    /// Updates are reverted, or their time is over.
    #[prost(message, tag = "4")]
    Removed(Numbers),
    /// The time of updates has come.
    #[prost(message, tag = "5")]
    Begun(Numbers),
    /// From now on they hold on this dataset.
    #[prost(message, tag = "6")]
    Dataset(DatasetId),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::service) struct Whole {
    #[prost(string, tag = "1")]
    dataset_id: String,
    #[prost(message, repeated, tag = "2")]
    kept: Vec<Kept>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::service) struct Added {
    #[prost(message, repeated, tag = "1")]
    pub(in crate::service) kept: Vec<Kept>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::service) struct Numbers {
    #[prost(int64, repeated, tag = "1")]
    pub(in crate::service) ids: Vec<i64>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::service) struct DatasetId {
    #[prost(string, tag = "1")]
    pub(in crate::service) id: String,
}

/// An update that was accepted.
#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::service) struct Kept {
    #[prost(int64, tag = "1")]
    pub(in crate::service) id: i64,
    /// As it was asked, with positions in WGS-84.
    #[prost(message, required, tag = "2")]
    pub(in crate::service) update: RoadUpdate,
    /// When it was accepted, in seconds since 1970.
    #[prost(int64, tag = "3")]
    pub(in crate::service) created_s: i64,
    /// Whether its time has come.
    #[prost(bool, tag = "4")]
    pub(in crate::service) is_active: bool,
}

/// The updates in force and to come. Changes by [`Record`]s alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::service) struct Book {
    revision: i64,
    dataset_id: String,
    kept: BTreeMap<i64, Kept>,
}

/// Whose time has come, and whose is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::service) struct Due {
    pub(in crate::service) begun: Vec<i64>,
    pub(in crate::service) over: Vec<i64>,
}

impl Book {
    pub(in crate::service) fn revision(&self) -> i64 {
        self.revision
    }

    /// The dataset on whose roads they hold; empty before the first.
    pub(in crate::service) fn dataset_id(&self) -> &str {
        &self.dataset_id
    }

    /// In the order of their numbers.
    pub(in crate::service) fn kept(&self) -> impl ExactSizeIterator<Item = &Kept> {
        self.kept.values()
    }

    /// The first of `ids` that is not there.
    pub(in crate::service) fn missing(&self, ids: &[i64]) -> Option<i64> {
        ids.iter().copied().find(|id| !self.kept.contains_key(id))
    }

    /// The record of an event that comes next.
    pub(in crate::service) fn next(&self, event: Event) -> Record {
        let steps = match &event {
            Event::Added(added) => i64::try_from(added.kept.len()).unwrap_or(i64::MAX),
            // Where nothing is changed, nothing changes with the dataset.
            Event::Dataset(_) if self.kept.is_empty() => 0,
            Event::Whole(_) => 0,
            Event::Removed(_) | Event::Begun(_) | Event::Dataset(_) => 1,
        };
        Record { revision: self.revision.saturating_add(steps), event: Some(event) }
    }

    /// What stands for all records so far.
    pub(in crate::service) fn whole(&self) -> Record {
        let kept = self.kept.values().cloned().collect();
        self.next(Event::Whole(Whole { dataset_id: self.dataset_id.clone(), kept }))
    }

    /// The book after what `record` tells.
    pub(in crate::service) fn apply(&mut self, record: Record) {
        self.revision = record.revision;
        match record.event {
            Some(Event::Whole(Whole { dataset_id, kept })) => {
                self.dataset_id = dataset_id;
                self.kept = kept.into_iter().map(|kept| (kept.id, kept)).collect();
            }
            Some(Event::Added(Added { kept })) => {
                self.kept.extend(kept.into_iter().map(|kept| (kept.id, kept)));
            }
            Some(Event::Removed(Numbers { ids })) => {
                let ids: BTreeSet<i64> = ids.into_iter().collect();
                self.kept.retain(|id, _| !ids.contains(id));
            }
            Some(Event::Begun(Numbers { ids })) => {
                for id in ids {
                    if let Some(kept) = self.kept.get_mut(&id) {
                        kept.is_active = true;
                    }
                }
            }
            Some(Event::Dataset(DatasetId { id })) => self.dataset_id = id,
            // Of a later version: that it happened is all that is known.
            None => {}
        }
    }

    /// What is due at `now_s`, in seconds since 1970.
    pub(in crate::service) fn due(&self, now_s: i64) -> Due {
        let mut due = Due::default();
        for kept in self.kept.values() {
            if kept.ends_s().is_some_and(|end| end <= now_s) {
                due.over.push(kept.id);
            } else if !kept.is_active && kept.begins_s().is_none_or(|begin| begin <= now_s) {
                due.begun.push(kept.id);
            }
        }
        due
    }

    /// When something is due next, in seconds since 1970.
    pub(in crate::service) fn next_due_s(&self) -> Option<i64> {
        let times = self.kept.values().flat_map(|kept| {
            let begin = kept.begins_s().filter(|_| !kept.is_active);
            [begin, kept.ends_s()]
        });
        times.flatten().min()
    }
}

impl Kept {
    fn begins_s(&self) -> Option<i64> {
        self.update.valid_from.map(|time| super::seconds(&time))
    }

    fn ends_s(&self) -> Option<i64> {
        self.update.valid_until.map(|time| super::seconds(&time))
    }
}

#[cfg(test)]
mod tests {
    use prost_types::Timestamp;

    use super::*;

    fn kept(id: i64, from: Option<i64>, until: Option<i64>) -> Kept {
        let time = |seconds: i64| Timestamp { seconds, nanos: 0 };
        let update = RoadUpdate {
            valid_from: from.map(time),
            valid_until: until.map(time),
            ..Default::default()
        };
        Kept { id, update, created_s: 0, is_active: from.is_none() }
    }

    #[test]
    fn the_book_is_what_its_records_say() {
        let mut book = Book::default();
        let mut records = Vec::new();
        let mut happen = |book: &mut Book, event| {
            let record = book.next(event);
            records.push(record.clone());
            book.apply(record);
        };
        happen(&mut book, Event::Dataset(DatasetId { id: "a".to_owned() }));
        let added = vec![kept(1, None, None), kept(2, Some(50), Some(90))];
        happen(&mut book, Event::Added(Added { kept: added }));
        assert_eq!((book.revision(), book.next_due_s()), (2, Some(50)));
        assert_eq!(book.due(49), Due::default());
        assert_eq!(book.due(50), Due { begun: vec![2], over: vec![] });
        assert_eq!(book.due(90), Due { begun: vec![], over: vec![2] });
        happen(&mut book, Event::Begun(Numbers { ids: vec![2] }));
        assert_eq!((book.revision(), book.next_due_s()), (3, Some(90)));
        assert_eq!(book.due(50), Due::default());
        happen(&mut book, Event::Removed(Numbers { ids: vec![1] }));
        assert_eq!(book.missing(&[2, 1]), Some(1));

        let mut again = Book::default();
        for record in records {
            again.apply(record);
        }
        assert_eq!(again, book);
        // And so is what stands for all of them.
        let mut short = Book::default();
        short.apply(book.whole());
        assert_eq!(short, book);
    }
}
