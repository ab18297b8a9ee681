//! Datasets that are believed to be whole.

use luwang::{
    dataset::{OpenDataset, Opening},
    engine::{Engine, Limits, PlaceSearch},
    profile::AvoidClasses,
    progress::Silent,
};

use crate::damage::{HEADER, Patient, number};

/// Only what is looked at can be refused, and what is whole answers as ever.
#[test]
fn a_trusted_file_is_looked_at_where_it_must_be() {
    let patient = Patient::new();
    let opening = Opening { trusted: true, ..Opening::default() };
    let open = |bytes: &[u8]| {
        let _unread = patient.open(bytes);
        OpenDataset::open_with(&patient.path, opening)
    };
    let engine = Engine::new(open(&patient.whole).unwrap(), Limits::default());
    let checked = Engine::new(patient.open(&patient.whole).unwrap(), Limits::default());
    assert_eq!(engine.describe(), checked.describe());
    let report = engine.verify(200, 1, AvoidClasses::NONE, &Silent).unwrap();
    assert!(report.reachable > 0);
    let search =
        PlaceSearch { text: "店 7".to_owned(), near: None, kinds: vec![], limit: 20, offset: 0 };
    let found = engine.search(&search).unwrap();
    assert_eq!(found, checked.search(&search).unwrap());
    assert!(!found.matches.is_empty());

    for (name, range) in patient.sections().into_iter().filter(|(_, range)| !range.is_empty()) {
        let mut bytes = patient.whole.clone();
        bytes[range.start] ^= 1;
        let opened = open(&bytes);
        assert_eq!(opened.is_err(), name == "manifest", "{name}");
        assert!(patient.open(&bytes).is_err(), "{name}");
    }
    let table = number(&patient.whole, 16);
    for at in [0, 8, 20, HEADER - 1, table, patient.whole.len() - 1] {
        let mut bytes = patient.whole.clone();
        bytes[at] ^= 1;
        assert!(open(&bytes).is_err(), "byte {at}");
    }
    assert!(open(&patient.whole[..patient.whole.len() - 1]).is_err());
}
