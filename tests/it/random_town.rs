//! Random towns: grids of streets with everything that makes routing hard.

use std::io::Cursor;

use fastrand::Rng;
use luwang::{
    geo::Coordinate,
    osm::{
        Element, ElementId, ElementKind, Header, Member, Node, Relation, Tags, Way, write_extract,
    },
};

/// The bytes of an extract that holds `elements`.
pub(crate) fn pbf(elements: &[Element]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let header = Header { writing_program: Some("luwang's tests".to_owned()), ..Header::default() };
    write_extract(&mut bytes, &header, elements).expect("memory takes all bytes");
    bytes.into_inner()
}

/// A street of a town, before it is an element.
struct Street {
    refs: Vec<i64>,
    tags: Vec<(&'static str, String)>,
}

/// A grid of `side` × `side` crossings whose streets are in part one-way,
/// private, for destination traffic only, to be avoided or missing, with
/// barriers, signals and turn restrictions via nodes and via ways. The same seed gives the same
/// town.
pub(crate) fn random_town(seed: u64, side: usize) -> Vec<Element> {
    let mut rng = Rng::with_seed(seed);
    let mut nodes = crossings(&mut rng, side);
    let mut streets = Vec::new();
    for line in 0..side {
        let along: Vec<i64> = (0..side).map(|step| crossing(line, step, side)).collect();
        let across: Vec<i64> = (0..side).map(|step| crossing(step, line, side)).collect();
        for row in [along, across] {
            lay_streets(&mut rng, &row, &mut nodes, &mut streets);
        }
    }
    let ways = (1..).zip(&streets).map(|(id, street)| Way {
        id,
        refs: street.refs.clone(),
        tags: street.tags.iter().map(|(key, value)| (*key, value.as_str())).collect(),
    });
    let relations: Vec<Relation> =
        (1..=4 * side).filter_map(|id| restriction(&mut rng, number(id), &streets)).collect();
    let ways: Vec<Element> = ways.map(Element::Way).collect();
    let nodes = nodes.into_iter().map(Element::Node);
    nodes.chain(ways).chain(relations.into_iter().map(Element::Relation)).collect()
}

fn number(index: usize) -> i64 {
    i64::try_from(index).expect("towns are small")
}

fn crossing(row: usize, column: usize, side: usize) -> i64 {
    number(row * side + column + 1)
}

fn crossings(rng: &mut Rng, side: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let mut e7 = |start: i32, index: usize| {
                let index = i32::try_from(index).expect("towns are small");
                start + 12_000 * index + rng.i32(-4_000..4_000)
            };
            let (lat, lon) = (e7(227_000_000, row), e7(1_138_000_000, column));
            let tags = match rng.u8(..20) {
                0..3 => Tags::new([("highway", "traffic_signals")]),
                3 => Tags::new([("barrier", "gate"), ("access", "private")]),
                4 => Tags::new([("barrier", "bollard")]),
                _ => Tags::default(),
            };
            let coordinate = Coordinate::from_e7(lat, lon).expect("towns are on earth");
            nodes.push(Node { id: crossing(row, column, side), coordinate, tags });
        }
    }
    nodes
}

/// Cuts a row of crossings into streets of one to three blocks, some of them
/// with a bend, and leaves a few out.
fn lay_streets(rng: &mut Rng, row: &[i64], nodes: &mut Vec<Node>, streets: &mut Vec<Street>) {
    let mut start = 0;
    while start + 1 < row.len() {
        let end = (start + rng.usize(1..=3)).min(row.len() - 1);
        let mut refs = row[start..=end].to_vec();
        if rng.u8(..4) == 0 {
            let id = number(nodes.len() + 1);
            let at = |id: i64| nodes.iter().find(|node| node.id == id).map(|node| node.coordinate);
            let (a, b) = at(refs[0]).zip(at(refs[1])).expect("crossings come first");
            let lat = a.lat_e7().midpoint(b.lat_e7()) + rng.i32(-2_000..2_000);
            let lon = a.lon_e7().midpoint(b.lon_e7()) + rng.i32(-2_000..2_000);
            let coordinate = Coordinate::from_e7(lat, lon).expect("towns are on earth");
            nodes.push(Node { id, coordinate, tags: Tags::default() });
            refs.insert(1, id);
        }
        start = end;
        if rng.u8(..12) > 0 {
            let tags = street_tags(rng, streets.len());
            streets.push(Street { refs, tags });
        }
    }
}

fn street_tags(rng: &mut Rng, index: usize) -> Vec<(&'static str, String)> {
    let class = ["residential", "tertiary", "secondary", "primary", "service"][rng.usize(..5)];
    let mut tags = vec![("highway", class.to_owned()), ("name", format!("路 {}", index / 2))];
    match rng.u8(..24) {
        0..4 => tags.push(("oneway", "yes".to_owned())),
        4 => tags.push(("oneway", "-1".to_owned())),
        5 => tags.push(("access", "private".to_owned())),
        6 => tags.push(("motor_vehicle", "destination".to_owned())),
        7 => tags.push(("maxspeed", rng.u8(10..90).to_string())),
        8 => tags.push(("access", "no".to_owned())),
        _ => {}
    }
    match rng.u8(..30) {
        0 | 1 => tags.push(("toll", "yes".to_owned())),
        2 => tags.push(("toll:forward", "yes".to_owned())),
        3 => tags.push(("tunnel", "yes".to_owned())),
        4 => tags.push(("surface", "gravel".to_owned())),
        5 => "motorway_link".clone_into(&mut tags[0].1),
        _ => {}
    }
    tags
}

/// A restriction over a node, a way or two ways, in a random place.
fn restriction(rng: &mut Rng, id: i64, streets: &[Street]) -> Option<Relation> {
    let meeting = |node: i64, not: usize| {
        let ends = |street: &Street| {
            street.refs.first() == Some(&node) || street.refs.last() == Some(&node)
        };
        (0..streets.len()).filter(|&way| way != not && ends(&streets[way])).collect::<Vec<_>>()
    };
    let from = rng.usize(..streets.len());
    let first_via = *streets[from].refs.last()?;
    let vias = match rng.u8(..3) {
        0 => {
            let way = rng.choice(meeting(first_via, from))?;
            vec![ElementId { kind: ElementKind::Way, number: number(way + 1) }]
        }
        _ => vec![ElementId { kind: ElementKind::Node, number: first_via }],
    };
    let (from_node, last) = match vias[0].kind {
        ElementKind::Way => {
            let way = usize::try_from(vias[0].number - 1).expect("ways are numbered from one");
            let refs = &streets[way].refs;
            let (&begin, &end) = refs.first().zip(refs.last())?;
            (if begin == first_via { end } else { begin }, way)
        }
        _ => (first_via, from),
    };
    let to = if rng.u8(..6) == 0 { last } else { rng.choice(meeting(from_node, last))? };
    let kinds =
        ["no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "only_straight_on"];
    let way = |index: usize| ElementId { kind: ElementKind::Way, number: number(index + 1) };
    let member = |element, role: &str| Member { element, role: role.into() };
    let mut members = vec![member(way(from), "from")];
    members.extend(vias.iter().map(|&via| member(via, "via")));
    members.push(member(way(to), "to"));
    let kind = kinds[rng.usize(..kinds.len())];
    Some(Relation {
        id,
        members,
        tags: Tags::new([("type", "restriction"), ("restriction", kind)]),
    })
}
