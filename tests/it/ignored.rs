//! What an import tells of elements that it did not use: how many, why, and a
//! few of them.

use std::collections::BTreeMap;

use luwang::{
    geo::Coordinate,
    import::{Ignored, ImportSource},
    osm::{Element, ElementId, ElementKind, Header, Member, Node, Relation, Way, write_extract},
};

use crate::support::Imported;

fn node(id: i64, lat: f64) -> Element {
    let coordinate = Coordinate::from_degrees(lat, 113.84).expect("it is on earth");
    Element::Node(Node { id, coordinate, tags: [("barrier", "gate")].into_iter().collect() })
}

fn way(id: i64, refs: &[i64], tags: &[(&str, &str)]) -> Element {
    Element::Way(Way { id, refs: refs.to_vec(), tags: tags.iter().copied().collect() })
}

fn relation(id: i64, members: &[(ElementKind, i64, &str)], tags: &[(&str, &str)]) -> Element {
    let member = |&(kind, number, role): &(ElementKind, i64, &str)| Member {
        element: ElementId { kind, number },
        role: role.into(),
    };
    let members = members.iter().map(member).collect();
    Element::Relation(Relation { id, members, tags: tags.iter().copied().collect() })
}

/// The counts and examples by reason.
fn told(elements: &[Element], profiles: &[&str]) -> BTreeMap<String, (u64, String)> {
    let mut pbf = Vec::new();
    write_extract(&mut pbf, &Header::default(), elements).expect("memory can be written to");
    let bytes: &'static [u8] = pbf.leak();
    let source = ImportSource::Bytes { name: "town".to_owned(), bytes };
    let told = |ignored: Ignored| (ignored.reason, (ignored.count, ignored.examples.join(" ")));
    Imported::for_profiles(source, profiles).summary.ignored.into_iter().map(told).collect()
}

#[test]
fn elements_are_told_by_reason_with_a_few_ids() {
    use ElementKind::{Node, Way};
    let road = [("highway", "primary")];
    let mut elements: Vec<Element> = [1, 2, 3, 4]
        .into_iter()
        .zip([22.7, 22.701, 22.702, 22.703])
        .map(|(id, lat)| node(id, lat))
        .collect();
    elements.extend([
        node(2, 22.702),
        way(9, &[2, 3], &road),
        way(5, &[1, 2, 77, 78, 3, 4], &road),
        way(6, &[1, 79, 2], &road),
        way(7, &[3, 4], &[("highway", "primary"), ("access:conditional", "no @ (Mo 7-9")]),
        relation(
            1,
            &[(Way, 9, "from"), (Node, 3, "via"), (Way, 444, "to")],
            &[("type", "restriction"), ("restriction", "no_left_turn")],
        ),
        relation(
            2,
            &[(Way, 9, "from"), (Way, 7, "to")],
            &[("type", "restriction"), ("restriction", "no_left_turn"), ("except", "bicycle")],
        ),
    ]);
    let told = told(&elements, &["car", "truck", "bicycle", "foot"]);
    let row = |reason: &str| {
        let (count, examples) = told.get(reason).unwrap_or_else(|| panic!("{reason}: {told:?}"));
        (*count, examples.as_str())
    };
    assert_eq!(row("elements out of order, sorted"), (2, "node/2 way/5"));
    assert_eq!(row("elements that come twice, of which the last is taken"), (1, "node/2"));
    assert_eq!(row("nodes of roads that the extract does not hold"), (3, "way/5 way/6"));
    assert_eq!(row("conditional tags that cannot be read"), (1, "way/7"));
    assert_eq!(
        row("turn restriction on ways that are not in the network (car, truck, bicycle)"),
        (1, "relation/1")
    );
    assert_eq!(row("turn restriction without from, via or to (car, truck)"), (1, "relation/2"));
    assert_eq!(told.len(), 6, "{told:?}");
}
