//! Whatever is typed has an answer, soon, and no longer one than was asked for.

use std::time::{Duration, Instant};

use fastrand::Rng;
use luwang::{
    engine::{EngineError, PlaceSearch},
    ids::{Id, PlaceId},
    places::{Gazetteer, Resolution},
};

use super::songgang;

/// How long one text may take, in a test build on a machine that does other things too.
const LIMIT: Duration = Duration::from_secs(2);

/// The beginning of a name with a slip, or bytes.
fn typed(random: &mut Rng, gazetteer: &Gazetteer) -> String {
    let place = PlaceId::from_index(random.usize(..gazetteer.len()));
    let names: Vec<&str> = gazetteer.names(place).map(|name| name.text).collect();
    let name: Vec<char> = names[random.usize(..names.len())].chars().collect();
    let mut typed: Vec<char> = name[..random.usize(1..=name.len())].to_vec();
    match random.u8(..7) {
        0 => typed.insert(random.usize(..=typed.len()), random.char('一'..='龥')),
        1 => typed.insert(random.usize(..=typed.len()), random.char(..)),
        2 => {
            typed.remove(random.usize(..typed.len()));
        }
        3 => {
            let (one, other) = (random.usize(..typed.len()), random.usize(..typed.len()));
            typed.swap(one, other);
        }
        4 => {
            let bytes: Vec<u8> = (0..random.usize(1..60)).map(|_| random.u8(..)).collect();
            typed = String::from_utf8_lossy(&bytes).chars().collect();
        }
        // Names after names, with all that may join them.
        5 => {
            for joint in ["与", " ", "/", "号线", "区", ", "] {
                let place = PlaceId::from_index(random.usize(..gazetteer.len()));
                typed.extend(joint.chars().chain(gazetteer.title(place).chars()));
            }
        }
        _ => {}
    }
    typed.into_iter().take(200).collect()
}

#[test]
fn anything_may_be_typed() {
    let engine = songgang();
    let gazetteer = &engine.dataset().gazetteer;
    let mut random = Rng::with_seed(7);
    for _ in 0..10_000 {
        let text = typed(&mut random, gazetteer);
        let (kinds, near) = (Vec::new(), None);
        let search = PlaceSearch { text, near, kinds, limit: 5, offset: random.usize(..20) };
        let text = search.text.as_str();
        let start = Instant::now();
        match engine.search(&search) {
            Ok(page) => assert!(page.matches.len() <= 5, "{text:?}"),
            Err(EngineError::BadName { .. }) => {}
            Err(error) => panic!("{text:?}: {error}"),
        }
        let told = match gazetteer.resolve(text, None) {
            Ok(Resolution::Ambiguous(told) | Resolution::NotFound { suggestions: told }) => told,
            Ok(Resolution::Clear(_)) | Err(_) => Vec::new(),
        };
        assert!(told.len() <= 10, "{text:?}");
        let took = start.elapsed();
        assert!(took < LIMIT, "{text:?} took {took:?}");
    }
}
