//! Real extracts, where they are at hand.

use std::{env, path::PathBuf, time::Instant};

use super::super::*;
use crate::{
    osm::{Clip, read},
    progress::Silent,
};

#[test]
fn real_extracts_have_their_places() {
    for (name, texts) in [
        (
            "heidelberg",
            &["Heidelberger Schloss", "Schloss", "Hauptstraße", "a", "Heidelberg", "Neuenheim"][..],
        ),
        ("monaco", &["Casino", "Monaco", "Avenue Princesse Grace", "casino de monte-carlo"]),
        ("futian-nanshan", &["深南大道", "车公庙", "路"]),
        ("liechtenstein", &["Vaduz", "Schloss Vaduz", "Schaan"]),
    ] {
        let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
        let folder = env::var_os("LUWANG_TEST_DATA").map_or_else(beside, PathBuf::from);
        let path = folder.join(format!("{name}.osm.pbf"));
        if !path.exists() {
            println!("skipped: {} is not there", path.display());
            continue;
        }
        let start = Instant::now();
        let extract = read(&path, &KeepPlaces, &Clip::Everything, &Silent).unwrap();
        let read_in = start.elapsed();
        let start = Instant::now();
        let drafts = collect(&extract);
        let (collected_in, draft_count) = (start.elapsed(), drafts.len());
        let start = Instant::now();
        let gazetteer = Gazetteer::build(drafts);
        println!(
            "{name}: read {read_in:?}, {draft_count} drafts {collected_in:?}, \
             {} places {} suffixes {:?}",
            gazetteer.len(),
            gazetteer.parts().normal.suffixes.len(),
            start.elapsed()
        );
        for text in texts {
            let start = Instant::now();
            let found = gazetteer.search(&SearchQuery::new(text)).unwrap();
            println!("  {text}: {} in {:?}", found.total_is_at_least, start.elapsed());
            for found in found.matches.iter().take(3) {
                println!(
                    "    {:?} {} {} {}",
                    found.match_kind,
                    gazetteer.kind(found.place).as_str(),
                    gazetteer.full_name(found.place),
                    gazetteer.element(found.place)
                );
            }
            assert!(found.total_is_at_least > 0, "{name}: {text}");
            match gazetteer.resolve(text, None).unwrap() {
                Resolution::Clear(found) => {
                    println!("    clear: {}", gazetteer.element(found.place));
                }
                Resolution::Ambiguous(all) => println!("    ambiguous: {}", all.len()),
                Resolution::NotFound { .. } => panic!("{text} was found before"),
            }
        }
    }
}
