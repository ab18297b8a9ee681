//! Extracts that are written, read back, and clipped.

use std::{env, path::PathBuf, time::Instant};

use super::*;
use crate::{
    geo::{BoundingBox, Coordinate},
    progress::Silent,
};

mod border;
mod damage;

/// What a road importer wants, roughly.
struct Roads;

impl Keep for Roads {
    fn node(&self, tags: &Tags) -> bool {
        tags.has("barrier") || tags.has("name") || tags.has("highway")
    }
    fn way(&self, tags: &Tags) -> bool {
        tags.has("highway")
    }
    fn relation(&self, tags: &Tags) -> bool {
        tags.is("type", "restriction") || tags.has("boundary")
    }
    fn member_ways(&self, tags: &Tags) -> bool {
        tags.has("boundary")
    }
}

fn node(id: i64, lat: i32, lon: i32, tags: &[(&str, &str)]) -> Element {
    let coordinate = Coordinate::from_e7(lat, lon).unwrap();
    Element::Node(Node { id, coordinate, tags: tags.iter().copied().collect() })
}

fn tally(ids: &str) -> Tally {
    ids.split(' ').map(|id| ElementId::parse(id).unwrap()).collect()
}

fn way(id: i64, refs: &[i64], tags: &[(&str, &str)]) -> Element {
    Element::Way(Way { id, refs: refs.to_vec(), tags: tags.iter().copied().collect() })
}

fn relation(id: i64, members: &[(&str, &str)], tags: &[(&str, &str)]) -> Element {
    let member = |&(id, role): &(&str, &str)| Member {
        element: ElementId::parse(id).unwrap(),
        role: role.into(),
    };
    let members = members.iter().map(member).collect();
    Element::Relation(Relation { id, members, tags: tags.iter().copied().collect() })
}

/// A square from (0, 0) to (100, 100) whose boundary is made of two ways, a
/// road that leaves it, and a road far away with its own gate.
fn town() -> Vec<Element> {
    vec![
        node(-2, 50, 20, &[("name", "东方"), ("name:en", "East")]),
        node(-3, 500, 500, &[("name", "elsewhere")]),
        node(1, 0, 0, &[]),
        node(2, 0, 100, &[]),
        node(3, 100, 100, &[]),
        node(4, 100, 0, &[]),
        node(5, 50, 50, &[("highway", "traffic_signals")]),
        node(6, 50, 150, &[("barrier", "gate")]),
        node(7, 500, 600, &[("barrier", "bollard")]),
        node(8, 500, 700, &[]),
        way(20, &[1, 2, 3], &[]),
        way(21, &[1, 4, 3], &[]),
        way(22, &[5, 6, 99], &[("highway", "primary"), ("name", "东方大道")]),
        way(23, &[7, 8], &[("highway", "service")]),
        way(24, &[1, 5], &[("building", "yes")]),
        way(25, &[], &[("highway", "residential")]),
        relation(
            30,
            &[("way/20", "outer"), ("way/21", ""), ("node/5", "label"), ("way/98", "inner2")],
            &[("boundary", "administrative"), ("name", "宝安区"), ("name:en", "Bao'an")],
        ),
        relation(
            31,
            &[("way/22", "from"), ("node/6", "via"), ("way/22", "to")],
            &[("type", "restriction"), ("restriction", "no_u_turn")],
        ),
        relation(
            32,
            &[("way/23", "from"), ("node/8", "via"), ("way/23", "to")],
            &[("type", "restriction"), ("restriction", "no_u_turn")],
        ),
        relation(
            33,
            &[("way/20", "outer"), ("way/97", "outer")],
            &[("boundary", "administrative"), ("name", "open")],
        ),
    ]
}

fn pbf(elements: &[Element]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let header = Header {
        writing_program: Some("luwang".to_owned()),
        timestamp_s: Some(1_700_000_000),
        bounds: Some("113.7,22.5,114,22.9".parse().unwrap()),
    };
    write_extract(&mut bytes, &header, elements).unwrap();
    bytes
}

fn read_all(bytes: &[u8]) -> Result<Extract, OsmError> {
    read_bytes("town", bytes, &Roads, &Clip::Everything, &Silent)
}

fn clipped(clip: &Clip) -> Result<Extract, OsmError> {
    read_bytes("town", &pbf(&town()), &Roads, clip, &Silent)
}

fn ids(extract: &Extract) -> (Vec<i64>, Vec<i64>, Vec<i64>) {
    let nodes = extract.nodes.iter().map(|node| node.id).collect();
    let ways = extract.ways.iter().map(|way| way.id).collect();
    (nodes, ways, extract.relations.iter().map(|relation| relation.id).collect())
}

#[test]
fn what_is_written_is_read_back() {
    let extract = read_all(&pbf(&town())).unwrap();
    assert_eq!(extract.header.writing_program.as_deref(), Some("luwang"));
    assert_eq!(extract.header.timestamp_s, Some(1_700_000_000));
    assert_eq!(extract.header.bounds, "113.7,22.5,114,22.9".parse().ok());
    assert_eq!(
        ids(&extract),
        (vec![-3, -2, 5, 6, 7], vec![20, 21, 22, 23, 25], vec![30, 31, 32, 33])
    );
    let read_elements = extract.nodes.iter().cloned().map(Element::Node);
    let read_elements = read_elements.chain(extract.ways.iter().cloned().map(Element::Way));
    let read_elements =
        read_elements.chain(extract.relations.iter().cloned().map(Element::Relation));
    for element in read_elements {
        assert!(town().contains(&element), "{element:?}");
    }
    assert_eq!(extract.locations.get(8), Coordinate::from_e7(500, 700));
    assert_eq!(extract.locations.get(99), None);
    let expected = ReadReport {
        nodes: 10,
        ways: 6,
        relations: 4,
        missing_nodes: tally("node/99"),
        missing_members: tally("way/97 way/98"),
        ..ReadReport::default()
    };
    assert_eq!(extract.report, expected);
    assert_eq!(pbf(&town()), pbf(&town()));
}

#[test]
fn many_blocks_are_read_in_order() {
    let count = 20_001;
    let mut elements: Vec<_> = (0..count).map(|id| node(id, 1, 1, &[])).collect();
    let pair = |id: i64| way(id, &[id, (id + 1) % count], &[("highway", "road")]);
    elements.extend((0..count).map(pair));
    let extract = read_all(&pbf(&elements)).unwrap();
    assert_eq!(extract.ways.len(), extract.locations.len());
    assert!(extract.ways.iter().zip(0..).all(|(way, id)| way.id == id));
    assert_eq!((extract.report.unsorted.count, extract.report.missing_nodes.count), (0, 0));
}

#[test]
fn unsorted_files_and_duplicates_are_counted() {
    let mut elements = town();
    elements.reverse();
    elements.push(way(23, &[8, 7], &[("highway", "track")]));
    elements.push(node(6, 51, 150, &[("barrier", "lift_gate")]));
    let extract = read_all(&pbf(&elements)).unwrap();
    let sorted = read_all(&pbf(&town())).unwrap();
    assert_eq!(ids(&extract), ids(&sorted));
    assert_eq!(extract.report.duplicates.count, 2);
    assert!(extract.report.unsorted.count > 10);
    assert!(extract.ways[3].tags.is("highway", "track"), "the last one counts");
    assert!(extract.nodes[3].tags.is("barrier", "lift_gate"));
    assert_eq!(extract.locations.get(6), Coordinate::from_e7(51, 150));
}

#[test]
fn a_box_keeps_whole_ways() {
    let bounds = BoundingBox::around(
        [(40, 10), (60, 60)].map(|(lat, lon)| Coordinate::from_e7(lat, lon).unwrap()),
    );
    let extract = clipped(&Clip::Box(bounds.unwrap())).unwrap();
    // Node 6 is outside, but on a way that is kept.
    assert_eq!(ids(&extract), (vec![-2, 5, 6], vec![22], vec![30, 31]));
    assert_eq!(extract.locations.get(6), Coordinate::from_e7(50, 150));
}

#[test]
fn a_place_is_found_by_name_or_id() {
    for name in ["宝安区", "Bao'an", "relation/30"] {
        let extract = clipped(&Clip::Place(name.to_owned())).unwrap();
        assert_eq!(ids(&extract), (vec![-2, 5, 6], vec![20, 21, 22], vec![30, 31, 33]), "{name}");
    }
}

#[test]
fn a_place_that_encloses_nothing_is_refused() {
    let missing = clipped(&Clip::Place("南山区".to_owned()));
    assert!(matches!(missing, Err(OsmError::PlaceNotFound { .. })), "{missing:?}");
    let open = clipped(&Clip::Place("open".to_owned())).unwrap_err();
    let OsmError::PlaceNotClosed { missing_ways: 1, ref loose_ends, .. } = open else {
        panic!("{open}")
    };
    assert_eq!(loose_ends, &[1, 3]);
    assert!(open.to_string().contains("node/1, node/3"), "{open}");

    // One that comes twice in the file is still one.
    let mut again = town();
    again.push(town()[16].clone());
    let clip = Clip::Place("宝安区".to_owned());
    assert!(read_bytes("again", &pbf(&again), &Roads, &clip, &Silent).is_ok());

    let mut twins = town();
    twins.push(relation(
        34,
        &[("way/20", "outer"), ("way/21", "outer")],
        &[("boundary", "administrative"), ("name", "宝安区"), ("admin_level", "6")],
    ));
    let twins = read_bytes("twins", &pbf(&twins), &Roads, &clip, &Silent).unwrap_err();
    assert!(twins.to_string().contains("relation/34 (admin_level 6)"), "{twins}");
}

/// A real extract, or a printed line that it is not there.
fn real(name: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = env::var_os("LUWANG_TEST_DATA").map_or_else(beside, PathBuf::from);
    let path = folder.join(name);
    let found = path.exists().then_some(path);
    if found.is_none() {
        println!("skipped: {} has no {name}", folder.display());
    }
    found
}

#[test]
fn real_extracts_are_read() {
    for name in ["futian-nanshan", "heidelberg", "monaco", "helsinki-missing-nodes", "composite"] {
        let Some(path) = real(&format!("{name}.osm.pbf")) else { continue };
        let start = Instant::now();
        let extract = read(&path, &Roads, &Clip::Everything, &Silent).unwrap();
        println!("{name}: {:?}, {:?}", start.elapsed(), extract.report);
        let counts = (extract.nodes.len(), extract.ways.len(), extract.relations.len());
        println!("  kept {counts:?}, {} positions", extract.locations.len());
        assert!(extract.ways.len() > 1_000);
        if name == "helsinki-missing-nodes" {
            assert!(extract.report.missing_nodes.count > 500);
        }
    }
}

#[test]
fn one_thread_reads_what_all_do() {
    let Some(path) = real("heidelberg.osm.pbf") else { return };
    let read = || read(&path, &Roads, &Clip::Everything, &Silent).unwrap();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert!(one.install(read) == read());
}

#[test]
fn countries_are_clipped_out_of_their_extracts() {
    for (file, name) in
        [("monaco", "Monaco"), ("liechtenstein", "Liechtenstein"), ("andorra", "Andorra")]
    {
        let Some(path) = real(&format!("{file}.osm.pbf")) else { continue };
        let start = Instant::now();
        let clip = Clip::Place(name.to_owned());
        match read(&path, &Roads, &clip, &Silent) {
            Ok(extract) => {
                println!("{name}: {:?}, {} ways", start.elapsed(), extract.ways.len());
                let all = read(&path, &Roads, &Clip::Everything, &Silent).unwrap();
                assert!((all.ways.len() / 3..=all.ways.len()).contains(&extract.ways.len()));
            }
            Err(error) => panic!("{error}"),
        }
    }
}
