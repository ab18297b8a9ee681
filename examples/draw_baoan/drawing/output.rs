//! From the sheet to elements of OSM, each with an id in the range of its
//! source.

use std::collections::{BTreeMap, BTreeSet};

use luwang::osm::{Element, Member, Node, Relation, Tags, Way};

use super::{
    plane::Point,
    restrictions::Restriction,
    sheet::{Sheet, Source, Tag},
};

/// Every source has so many ids of each kind.
const RANGE: i64 = 10_000_000;

/// A line of a table becomes at most so many ways.
const PIECES: usize = 256;

/// The elements made so far.
#[derive(Default)]
pub(crate) struct Output {
    nodes: Vec<Node>,
    ways: Vec<Way>,
    relations: Vec<Relation>,
    /// How many nodes each source has.
    counts: BTreeMap<Source, i64>,
    /// The ids of the vertices of the sheet.
    vertices: Vec<i64>,
}

/// The id of the thing `number` of a source.
pub(crate) fn id(source: Source, number: usize) -> i64 {
    source as i64 * RANGE + i64::try_from(number).expect("tables are short") + 1
}

pub(crate) fn tags(tags: &[Tag]) -> Tags {
    tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
}

impl Output {
    /// The roads of the sheet. Ways end where a restriction needs them to.
    pub(crate) fn of(sheet: &Sheet, restrictions: &[Restriction]) -> Self {
        let mut output = Self::default();
        let used: BTreeSet<usize> =
            sheet.lines.iter().flat_map(|line| line.chain.iter().copied()).collect();
        for (index, vertex) in sheet.vertices.iter().enumerate() {
            let id = if used.contains(&index) {
                output.node(vertex.source, vertex.point, &vertex.tags)
            } else {
                0
            };
            output.vertices.push(id);
        }
        let ends: BTreeSet<usize> =
            restrictions.iter().flat_map(|restriction| restriction.via.iter().copied()).collect();
        let mut pieces: BTreeMap<(Source, usize), usize> = BTreeMap::new();
        for line in &sheet.lines {
            let tags = tags(&line.pen.tags);
            for chain in stretches(&line.chain, &ends) {
                let piece = pieces.entry((line.pen.source, line.pen.number)).or_default();
                assert!(
                    *piece < PIECES,
                    "{} of {:?} is in pieces",
                    line.pen.number,
                    line.pen.source
                );
                let id = id(line.pen.source, line.pen.number * PIECES + *piece);
                *piece += 1;
                let refs = chain.iter().map(|&vertex| output.vertices[vertex]).collect();
                output.ways.push(Way { id, refs, tags: tags.clone() });
            }
        }
        output
    }

    /// A new node, with the next id of its source.
    pub(crate) fn node(&mut self, source: Source, point: Point, tags: &[Tag]) -> i64 {
        let count = self.counts.entry(source).or_default();
        *count += 1;
        let id = source as i64 * RANGE + *count;
        self.node_with_id(id, point, tags);
        id
    }

    pub(crate) fn node_with_id(&mut self, id: i64, point: Point, tags: &[Tag]) {
        let coordinate = point.coordinate().expect("the sheet is small and on earth");
        self.nodes.push(Node { id, coordinate, tags: self::tags(tags) });
    }

    pub(crate) fn way(&mut self, id: i64, refs: Vec<i64>, tags: &[Tag]) {
        self.ways.push(Way { id, refs, tags: self::tags(tags) });
    }

    pub(crate) fn relation(&mut self, id: i64, members: Vec<Member>, tags: &[Tag]) {
        self.relations.push(Relation { id, members, tags: self::tags(tags) });
    }

    /// The node of a vertex of the sheet.
    pub(crate) fn node_of(&self, vertex: usize) -> i64 {
        self.vertices[vertex]
    }

    /// The way in which two nodes follow one another, in either order.
    pub(crate) fn way_along(&self, from: i64, to: i64) -> Option<i64> {
        let along =
            |way: &&Way| way.refs.windows(2).any(|pair| pair == [from, to] || pair == [to, from]);
        self.ways.iter().find(along).map(|way| way.id)
    }

    /// All elements in the order of extracts: nodes, ways, relations, each in
    /// the order of ids.
    pub(crate) fn into_elements(mut self) -> Vec<Element> {
        self.nodes.sort_by_key(|node| node.id);
        self.ways.sort_by_key(|way| way.id);
        self.relations.sort_by_key(|relation| relation.id);
        let nodes = self.nodes.into_iter().map(Element::Node);
        let ways = self.ways.into_iter().map(Element::Way);
        nodes.chain(ways).chain(self.relations.into_iter().map(Element::Relation)).collect()
    }
}

/// `chain` cut at `ends`.
fn stretches(chain: &[usize], ends: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let mut stretches = vec![Vec::new()];
    for (at, &vertex) in chain.iter().enumerate() {
        let stretch = stretches.last_mut().expect("there is a stretch");
        stretch.push(vertex);
        if at > 0 && at + 1 < chain.len() && ends.contains(&vertex) {
            stretches.push(vec![vertex]);
        }
    }
    stretches.retain(|stretch| stretch.len() >= 2);
    stretches
}
