//! The border of Hong Kong against real roads on both of its banks.

use super::*;
use crate::geo::{Datum, DrivingSide, driving_side};

/// Hong Kong names its roads in Chinese and English at once, Shenzhen in
/// Chinese with at most a letter for a lane.
fn is_named_as_in_hong_kong(name: &str) -> bool {
    name.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic))
}

/// The extract reaches over the river. No road of Shenzhen has a node on the
/// other side of the outline, nor the other way round, and only the bridge
/// crosses it.
#[test]
fn roads_lie_on_their_own_side_of_shenzhen_river() {
    let Some(path) = real("futian-nanshan.osm.pbf") else { return };
    let extract = read(&path, &Roads, &Clip::Everything, &Silent).unwrap();
    let (mut in_shenzhen, mut in_hong_kong, mut bridges) = (0, 0, 0);
    for way in &extract.ways {
        let name = way.tags.get("name").unwrap_or_default();
        let nodes = way.refs.iter().filter_map(|&id| extract.locations.get(id));
        let (mainland, hong_kong): (Vec<_>, Vec<_>) =
            nodes.partition(|&node| Datum::Gcj02.from_wgs84(node) != node);
        for &node in &hong_kong {
            assert_eq!(driving_side(node), DrivingSide::Left, "way {} at {node}", way.id);
        }
        match (mainland.is_empty(), hong_kong.is_empty()) {
            (false, false) => {
                assert!(name.starts_with("落馬洲橋"), "way {} crosses: {name}", way.id);
                bridges += 1;
            }
            (_, true) => {
                assert!(!is_named_as_in_hong_kong(name), "way {} is in Shenzhen: {name}", way.id);
                in_shenzhen += 1;
            }
            (true, _) => {
                assert!(
                    name.is_empty() || is_named_as_in_hong_kong(name),
                    "way {} is in Hong Kong: {name}",
                    way.id
                );
                in_hong_kong += 1;
            }
        }
    }
    println!("{in_shenzhen} ways in Shenzhen, {in_hong_kong} in Hong Kong, {bridges} bridges");
    assert!(in_shenzhen > 6_000 && in_hong_kong > 100 && bridges == 4);
}
