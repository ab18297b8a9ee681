//! The embedded fixture is what its tables say, and is a town that one can
//! drive in.

use std::{collections::BTreeMap, fs, path::PathBuf};

use luwang::osm::{Element, ElementKind, Member, Node, Relation, Way};
use petgraph::{algo::kosaraju_scc, graph::DiGraph};

#[path = "../../examples/draw_baoan/drawing/mod.rs"]
mod drawing;

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn elements() -> Vec<Element> {
    drawing::draw(&fixtures().join("baoan")).expect("the tables can be drawn")
}

fn nodes(elements: &[Element]) -> BTreeMap<i64, &Node> {
    let node = |element| node_of(element).map(|node| (node.id, node));
    elements.iter().filter_map(node).collect()
}

fn node_of(element: &Element) -> Option<&Node> {
    if let Element::Node(node) = element { Some(node) } else { None }
}

fn ways(elements: &[Element]) -> BTreeMap<i64, &Way> {
    let way = |element| way_of(element).map(|way| (way.id, way));
    elements.iter().filter_map(way).collect()
}

fn way_of(element: &Element) -> Option<&Way> {
    if let Element::Way(way) = element { Some(way) } else { None }
}

fn relations(elements: &[Element]) -> impl Iterator<Item = &Relation> {
    elements.iter().filter_map(relation_of)
}

fn relation_of(element: &Element) -> Option<&Relation> {
    if let Element::Relation(relation) = element { Some(relation) } else { None }
}

#[test]
fn the_fixture_is_what_its_tables_say() {
    let committed = fs::read(fixtures().join("baoan.osm.pbf")).unwrap();
    let drawn = drawing::extract(&elements()).unwrap();
    assert!(
        committed == drawn,
        "fixtures/baoan.osm.pbf is out of date: cargo run --release --example draw_baoan"
    );
    assert!(committed.len() < 2_000_000);
}

#[test]
fn ids_are_unique_and_references_exist() {
    let elements = elements();
    let ids: Vec<_> = elements.iter().map(|element| (element.kind(), element.number())).collect();
    assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
    let nodes = nodes(&elements);
    for way in ways(&elements).values() {
        assert!(way.refs.len() >= 2, "way/{} is too short", way.id);
        assert!(way.refs.iter().all(|node| nodes.contains_key(node)), "way/{}", way.id);
    }
    for relation in relations(&elements) {
        for member in &relation.members {
            let id = (member.element.kind, member.element.number);
            assert!(ids.binary_search(&id).is_ok(), "relation/{}", relation.id);
        }
    }
}

/// From nearly every node for cars to nearly every other, in the direction of
/// travel. What remains are the ends of the motorway and roads that only buses
/// may use.
#[test]
fn one_can_drive_nearly_everywhere() {
    let elements = elements();
    let mut graph = DiGraph::<i64, ()>::new();
    let mut indices = BTreeMap::new();
    for way in ways(&elements).values() {
        let highway = way.tags.get("highway").unwrap_or("footway");
        if ["footway", "cycleway"].contains(&highway) {
            continue;
        }
        for pair in way.refs.windows(2) {
            let [a, b] = [0, 1]
                .map(|end| *indices.entry(pair[end]).or_insert_with(|| graph.add_node(pair[end])));
            if !way.tags.is("oneway", "-1") {
                graph.add_edge(a, b, ());
            }
            let circle = way.tags.is("junction", "roundabout");
            if !way.tags.is("oneway", "yes") && !circle {
                graph.add_edge(b, a, ());
            }
        }
    }
    let largest = kosaraju_scc(&graph).into_iter().map(|piece| piece.len()).max().unwrap();
    let percent = 100 * largest / graph.node_count();
    let junctions =
        graph.node_indices().filter(|&node| graph.neighbors_undirected(node).count() >= 3);
    assert!(percent >= 99, "only {percent} % are in one piece");
    assert!(junctions.count() >= 3_000);
}

#[test]
fn named_arterials_are_there() {
    let elements = elements();
    let ways = ways(&elements);
    for name in [
        "宝安大道",
        "广深公路",
        "松白路",
        "松明大道",
        "沙江路",
        "东方大道",
        "立业路",
        "松裕路",
        "松福大道",
        "朗碧路",
        "燕罗路",
        "华美路",
        "松瑞路",
        "西环路",
        "外环路",
        "民主大道",
        "松环路",
        "松园路",
        "东方大巷",
        "广深高速",
    ] {
        assert!(ways.values().any(|way| way.tags.is("name", name)), "{name}");
    }
}

#[test]
fn places_of_the_story_lie_in_the_district() {
    let elements = elements();
    let nodes = nodes(&elements);
    let ways = ways(&elements);
    let district =
        relations(&elements).find(|relation| relation.tags.is("name", "宝安区")).unwrap();
    let outline = ring(district, &ways);
    let outline: Vec<_> = outline.iter().map(|node| nodes[node].coordinate).collect();
    for name in [
        "东方社区",
        "世纪琥珀博物馆",
        "文天祥纪念馆",
        "松岗街道党群服务中心",
        "沙浦进士第",
        "茅洲河毗邻党建党群服务中心",
        "松岗非遗农具展示厅",
        "工业时光博物馆",
        "五指耙公园",
        "松岗人民医院",
        "松岗站",
        "松岗站C口",
    ] {
        let node = nodes.values().find(|n| n.tags.is("name", name) && !n.tags.has("highway"));
        let area = || ways.values().find(|way| way.tags.is("name", name)).unwrap();
        let point = node.map_or_else(|| nodes[&area().refs[0]].coordinate, |node| node.coordinate);
        let crossings = outline.windows(2).filter(|side| {
            let (a, b) = (side[0], side[1]);
            let part = (point.lat() - a.lat()) / (b.lat() - a.lat());
            (a.lat() > point.lat()) != (b.lat() > point.lat())
                && point.lon() < a.lon() + part * (b.lon() - a.lon())
        });
        assert!(crossings.count() % 2 == 1, "{name} is not in the district");
    }
}

#[test]
fn outlines_are_closed() {
    let elements = elements();
    let ways = ways(&elements);
    let boundaries = relations(&elements).filter(|relation| relation.tags.is("type", "boundary"));
    assert!(boundaries.inspect(|boundary| drop(ring(boundary, &ways))).count() >= 11);
}

/// The nodes around a boundary whose members come in order.
fn ring(boundary: &Relation, ways: &BTreeMap<i64, &Way>) -> Vec<i64> {
    let members: Vec<&[i64]> = boundary
        .members
        .iter()
        .map(|member| ways[&member.element.number].refs.as_slice())
        .collect();
    let mut ring = members[0].to_vec();
    for refs in &members[1..] {
        let last = ring[ring.len() - 1];
        if refs[0] == last {
            ring.extend(&refs[1..]);
        } else {
            assert_eq!(refs.last(), Some(&last), "relation/{} has a gap", boundary.id);
            ring.extend(refs.iter().rev().skip(1));
        }
    }
    assert_eq!(ring.first(), ring.last(), "relation/{} is open", boundary.id);
    ring
}

#[test]
fn members_of_restrictions_meet_at_their_ends() {
    let elements = elements();
    let ways = ways(&elements);
    let ends = |member: &Member| {
        if member.element.kind == ElementKind::Node {
            return vec![member.element.number];
        }
        let refs = &ways[&member.element.number].refs;
        vec![refs[0], refs[refs.len() - 1]]
    };
    let restrictions: Vec<_> =
        relations(&elements).filter(|r| r.tags.is("type", "restriction")).collect();
    assert!(restrictions.len() >= 7);
    for restriction in restrictions {
        let [from, via, to] = restriction.members.as_slice() else { panic!("three members") };
        let roles = [from, via, to].map(|member| &*member.role);
        assert_eq!(roles, ["from", "via", "to"]);
        let via = ends(via);
        for member in [from, to] {
            assert!(
                ends(member).iter().any(|end| via.contains(end)),
                "relation/{}",
                restriction.id
            );
        }
    }
}
