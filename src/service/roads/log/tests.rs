//! What the log keeps, whatever happens to it.

use tempfile::TempDir;

use super::*;
use crate::service::{
    roads::book::{Added, DatasetId, Event, Kept, Numbers},
    wire::luwang::admin::v1::RoadUpdate,
};

fn added(book: &Book) -> Record {
    let id = book.revision() + 1;
    let kept = Kept { id, update: RoadUpdate::default(), created_s: 7, is_active: true };
    book.next(Event::Added(Added { kept: vec![kept] }))
}

/// A log of `count` updates.
fn filled(path: &Path, count: usize) -> Book {
    let (mut log, mut book) = RoadLog::open(path).unwrap();
    for _ in 0..count {
        let record = added(&book);
        log.append(&record).unwrap();
        book.apply(record);
    }
    book
}

#[test]
fn what_was_written_is_read_wherever_it_breaks_off() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    let book = filled(&path, 3);
    assert_eq!(RoadLog::open(&path).unwrap().1, book);
    let bytes = fs::read(&path).unwrap();
    let mut sizes = vec![0];
    let mut at = MAGIC.len();
    while at < bytes.len() {
        sizes.push(at);
        let length = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        at += HEAD_BYTES + usize::try_from(length).unwrap();
    }
    for cut in 0..bytes.len() {
        fs::write(&path, &bytes[..cut]).unwrap();
        let (mut log, mut book) = RoadLog::open(&path).unwrap();
        let whole = sizes[1..].iter().filter(|&&size| size <= cut).count().saturating_sub(1);
        assert_eq!(book.kept().len(), whole, "{cut}");
        // And goes on from there.
        let record = added(&book);
        log.append(&record).unwrap();
        book.apply(record);
        drop(log);
        assert_eq!(RoadLog::open(&path).unwrap().1, book, "{cut}");
    }
}

#[test]
fn damage_is_told_and_never_passed_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    let book = filled(&path, 3);
    let bytes = fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0x41;
        fs::write(&path, &wrong).unwrap();
        match RoadLog::open(&path) {
            // What is not the last thing that was written.
            Ok((_, read)) => assert!(read.kept().len() + 1 >= book.kept().len(), "{at}"),
            Err(RoadLogError::Foreign { .. }) => assert!(at < MAGIC.len(), "{at}"),
            Err(RoadLogError::Damaged { .. }) => {}
            Err(error) => panic!("{at}: {error}"),
        }
    }
    fs::write(&path, b"something else").unwrap();
    assert!(matches!(RoadLog::open(&path), Err(RoadLogError::Foreign { .. })));
}

#[test]
fn two_do_not_write_one_log() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    let first = RoadLog::open(&path).unwrap();
    assert!(matches!(RoadLog::open(&path), Err(RoadLogError::InUse { .. })));
    drop(first);
    assert!(RoadLog::open(&path).is_ok());
}

#[cfg(unix)]
#[test]
fn nor_do_they_by_other_names_of_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    let (soft, hard) = (folder.path().join("soft"), folder.path().join("hard"));
    std::os::unix::fs::symlink(&path, &soft).unwrap();
    // The first by a name that leads nowhere yet.
    let book = filled(&soft, 3);
    fs::hard_link(&path, &hard).unwrap();
    for own in [&path, &soft, &hard] {
        let held = RoadLog::open(own).unwrap();
        assert_eq!(held.1, book);
        for other in [&path, &soft, &hard] {
            let second = RoadLog::open(other);
            assert!(matches!(second, Err(RoadLogError::InUse { .. })), "{own:?} {other:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_to_a_log_that_nobody_will_find() {
    let folder = TempDir::new().unwrap();
    let (path, moved) = (folder.path().join("log"), folder.path().join("moved"));
    let (mut log, book) = RoadLog::open(&path).unwrap();
    fs::rename(&path, &moved).unwrap();
    let is_gone = |written| matches!(written, Err(RoadLogError::Gone { .. }));
    assert!(is_gone(log.append(&added(&book))));
    fs::copy(&moved, &path).unwrap();
    assert!(is_gone(log.append(&added(&book))));
    fs::rename(&moved, &path).unwrap();
    log.append(&added(&book)).unwrap();
    // As those do who copy a log and truncate it, and who put an old one back.
    let mut bytes = fs::read(&path).unwrap();
    File::create(&path).unwrap();
    assert!(is_gone(log.append(&added(&book))));
    bytes.extend(b"and more");
    fs::write(&path, bytes).unwrap();
    assert!(is_gone(log.append(&added(&book))));
}

#[test]
fn what_is_gone_takes_no_room_for_ever() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    let (mut log, mut book) = RoadLog::open(&path).unwrap();
    let mut largest = 0;
    for round in 0..3_000 {
        let event = match round % 2 {
            0 => added(&book),
            _ => book.next(Event::Removed(Numbers { ids: vec![book.revision()] })),
        };
        log.append(&event).unwrap();
        book.apply(event);
        log.tidy(&book).unwrap();
        largest = largest.max(fs::metadata(&path).unwrap().len());
    }
    let id = "other".to_owned();
    let last = book.next(Event::Dataset(DatasetId { id }));
    log.append(&last).unwrap();
    book.apply(last);
    drop(log);
    assert!(largest < 60_000, "{largest}");
    assert_eq!(RoadLog::open(&path).unwrap().1, book);
    assert_eq!(book.revision(), 3_000);
}
