use std::{
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use super::*;

/// Squares of numbers, which are slow to make.
struct Squares {
    shared: Arc<Shared<u32, u32>>,
    made: AtomicUsize,
}

impl Squares {
    fn new(limit: usize) -> Self {
        Self { shared: Arc::new(Shared::new(limit)), made: AtomicUsize::new(0) }
    }

    fn get(&self, number: u32) -> u32 {
        let got = self.shared.get(&number, &Cancel::never(), |maker| {
            self.made.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(2));
            maker.finish(number * number);
        });
        *got.unwrap()
    }

    /// Asks for all of `numbers`; how many had to be made.
    fn made_for(&self, numbers: &[u32]) -> usize {
        let before = self.made.load(Ordering::Relaxed);
        for &number in numbers {
            assert_eq!(self.get(number), number * number);
        }
        self.made.load(Ordering::Relaxed) - before
    }
}

#[test]
fn what_many_ask_for_at_once_is_made_once() {
    let squares = Squares::new(4);
    let start = Barrier::new(8);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                start.wait();
                assert_eq!(squares.get(7), 49);
            });
        }
    });
    assert_eq!(squares.made.load(Ordering::Relaxed), 1);
}

#[test]
fn what_nobody_asked_for_the_longest_goes_first() {
    let squares = Squares::new(2);
    assert_eq!(squares.made_for(&[1, 2, 1, 2]), 2);
    // One was asked for last, so two goes.
    assert_eq!(squares.made_for(&[1, 3]), 1);
    assert_eq!(squares.made_for(&[1, 3]), 0);
    assert_eq!(squares.made_for(&[2]), 1);
    assert_eq!(squares.made_for(&[1]), 1);
}

#[test]
fn what_is_in_use_does_not_go() {
    let squares = Squares::new(1);
    let held = squares.shared.get(&5, &Cancel::never(), |maker| maker.finish(25)).unwrap();
    assert_eq!(squares.made_for(&[1, 2]), 2);
    assert_eq!(squares.shared.there(&5), Some(Arc::clone(&held)));
    drop(held);
    assert_eq!(squares.made_for(&[3]), 1);
    assert_eq!(squares.shared.there(&5), None);
}

#[test]
fn what_nobody_waits_for_is_not_made() {
    let shared = Arc::new(Shared::new(1));
    let mut makers = Vec::new();
    let late = Cancel::at(Some(Instant::now()));
    let late = shared.get(&5, &late, |maker| makers.push(maker));
    assert!(matches!(late, Err(NoValue::Stopped(_))));
    let maker = makers.pop().unwrap();
    assert!(!maker.is_wanted());
    // Another one is made before the first maker is gone, and stays.
    let other = shared.get(&5, &Cancel::never(), |maker| {
        assert!(maker.is_wanted());
        maker.finish(25);
    });
    drop(maker);
    assert_eq!(shared.there(&5), other.ok());
}

#[test]
fn with_no_room_at_all_every_answer_is_made_and_still_right() {
    let squares = Squares::new(0);
    // The last one goes when another is made.
    assert_eq!(squares.made_for(&[1, 2, 1, 2]), 4);
}

#[test]
fn many_threads_that_want_more_than_is_kept_get_right_answers() {
    let squares = Squares::new(3);
    thread::scope(|scope| {
        for thread in 0..8 {
            let squares = &squares;
            scope.spawn(move || {
                for round in 0..200 {
                    let number = (thread * 7 + round) % 6;
                    assert_eq!(squares.get(number), number * number);
                }
            });
        }
    });
    assert_eq!(lock(&squares.shared.entries).len(), 3);
}

#[test]
fn who_does_not_wait_any_more_goes_and_the_value_comes_all_the_same() {
    let shared = Arc::new(Shared::new(1));
    let mut kept = None;
    let soon = Cancel::at(Some(Instant::now() + Duration::from_millis(20)));
    let late = shared.get(&1, &soon, |maker| kept = Some(maker));
    assert_eq!(late.unwrap_err(), NoValue::Stopped(Stopped::DeadlineExceeded));

    let gone = Cancel::never();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| shared.get(&1, &gone, |_| panic!("it is in the making")));
        thread::sleep(Duration::from_millis(20));
        gone.cancel();
        let stopped = waiting.join().unwrap();
        assert_eq!(stopped.unwrap_err(), NoValue::Stopped(Stopped::Cancelled));
    });

    kept.unwrap().finish("late");
    // What is there is given even to those who have no time.
    assert_eq!(*shared.get(&1, &gone, |_| panic!("it is there")).unwrap(), "late");
}

#[test]
fn a_maker_that_panics_breaks_its_promise_and_no_other() {
    let shared = Arc::new(Shared::new(1));
    thread::scope(|scope| {
        let mut owed = None;
        let soon = Cancel::at(Some(Instant::now()));
        let _ = shared.get(&1, &soon, |maker| owed = Some(maker));
        let waiting = scope.spawn(|| shared.get(&1, &Cancel::never(), |_| panic!("in the making")));
        thread::sleep(Duration::from_millis(20));
        drop(owed);
        assert_eq!(waiting.join().unwrap().unwrap_err(), NoValue::Broken);
    });
    let again = shared.get(&1, &Cancel::never(), |maker| maker.finish(5));
    assert_eq!(*again.unwrap(), 5);
}
