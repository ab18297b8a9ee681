//! Writing extracts: a small PBF writer for fixtures and for tests. The same
//! elements give the same bytes.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use flate2::{Compression, write::ZlibEncoder};
use prost::Message as _;

use super::{
    Element, ElementKind, Header, Node, Relation, Tags, Way,
    format::{
        self, BLOB_LIMIT, Blob, BlobHeader, DATA_BLOB, DenseNodes, HEADER_BLOB, HeaderBlock,
        HeaderBounds, KNOWN_FEATURES, MemberKind, PrimitiveBlock, PrimitiveGroup, SORTED_FEATURE,
        StringTable,
    },
};

/// As many elements as PBF writers put into a block.
const BLOCK_ELEMENTS: usize = 8_000;

/// A block closes when its elements may need so many bytes, far below what
/// readers accept.
const BLOCK_BYTES: usize = 8 << 20;

/// Writes `elements` in the order in which they are given. Readers like nodes
/// first, then ways, then relations, each in ascending order of ids; a file in
/// that order says so in its header.
///
/// # Errors
///
/// If `out` does not take the bytes, or if a single element is too large for
/// the format (32 MiB).
pub fn write_extract(mut out: impl Write, header: &Header, elements: &[Element]) -> io::Result<()> {
    let sorted = elements.is_sorted_by_key(|element| (element.kind(), element.number()));
    write_blob(&mut out, HEADER_BLOB, &header_block(header, sorted).encode_to_vec())?;
    let mut rest = elements;
    while !rest.is_empty() {
        let (block, after) = rest.split_at(block_len(rest));
        write_blob(&mut out, DATA_BLOB, &primitive_block(block)?.encode_to_vec())?;
        rest = after;
    }
    out.flush()
}

/// How many of `elements`, all of one kind, go into one block.
fn block_len(elements: &[Element]) -> usize {
    let kind = elements[0].kind();
    let mut bytes = 0;
    let fits = |element: &&Element| {
        bytes += size_bound(element);
        element.kind() == kind && bytes <= BLOCK_BYTES
    };
    elements.iter().take(BLOCK_ELEMENTS).take_while(fits).count().max(1)
}

/// About how many bytes an element needs at most.
fn size_bound(element: &Element) -> usize {
    let (tags, parts) = match element {
        Element::Node(node) => (&node.tags, 0),
        Element::Way(way) => (&way.tags, 10 * way.refs.len()),
        Element::Relation(relation) => {
            let roles = relation.members.iter().map(|member| member.role.len());
            (&relation.tags, 24 * relation.members.len() + roles.sum::<usize>())
        }
    };
    let text: usize = tags.iter().map(|(key, value)| key.len() + value.len() + 24).sum();
    32 + parts + text
}

fn header_block(header: &Header, sorted: bool) -> HeaderBlock {
    let nanodegrees = |units_e7: i32| i64::from(units_e7) * 100;
    HeaderBlock {
        bounds: header.bounds.map(|bounds| HeaderBounds {
            left: nanodegrees(bounds.min.lon_e7()),
            right: nanodegrees(bounds.max.lon_e7()),
            top: nanodegrees(bounds.max.lat_e7()),
            bottom: nanodegrees(bounds.min.lat_e7()),
        }),
        required_features: KNOWN_FEATURES.map(str::to_owned).into(),
        optional_features: sorted.then(|| SORTED_FEATURE.to_owned()).into_iter().collect(),
        writing_program: header.writing_program.clone(),
        replication_timestamp: header.timestamp_s,
    }
}

fn primitive_block(elements: &[Element]) -> io::Result<PrimitiveBlock> {
    let strings = Strings::of(elements);
    let mut group = PrimitiveGroup::default();
    let mut nodes = Vec::new();
    for element in elements {
        match element {
            Element::Node(node) => nodes.push(node),
            Element::Way(way) => group.ways.push(way_message(way, &strings)),
            Element::Relation(relation) => {
                group.relations.push(relation_message(relation, &strings)?);
            }
        }
    }
    if !nodes.is_empty() {
        group.dense = Some(dense_nodes(&nodes, &strings)?);
    }
    Ok(PrimitiveBlock { strings: strings.table, groups: vec![group] })
}

fn dense_nodes(nodes: &[&Node], strings: &Strings<'_>) -> io::Result<DenseNodes> {
    let mut dense = DenseNodes {
        ids: differences(nodes.iter().map(|node| node.id)),
        lats: differences(nodes.iter().map(|node| node.coordinate.lat_e7().into())),
        lons: differences(nodes.iter().map(|node| node.coordinate.lon_e7().into())),
        keys_values: Vec::new(),
    };
    if nodes.iter().any(|node| !node.tags.is_empty()) {
        for node in nodes {
            for text in node.tags.iter().flat_map(|(key, value)| [key, value]) {
                dense.keys_values.push(signed(strings.position(text))?);
            }
            dense.keys_values.push(0);
        }
    }
    Ok(dense)
}

fn way_message(way: &Way, strings: &Strings<'_>) -> format::Way {
    let (keys, values) = strings.tags(&way.tags);
    format::Way { id: way.id, keys, values, refs: differences(way.refs.iter().copied()) }
}

fn relation_message(relation: &Relation, strings: &Strings<'_>) -> io::Result<format::Relation> {
    let (keys, values) = strings.tags(&relation.tags);
    let members = &relation.members;
    let kind = |kind| match kind {
        ElementKind::Node => MemberKind::Node,
        ElementKind::Way => MemberKind::Way,
        ElementKind::Relation => MemberKind::Relation,
    };
    let roles = members.iter().map(|member| signed(strings.position(&member.role)));
    Ok(format::Relation {
        id: relation.id,
        keys,
        values,
        roles: roles.collect::<io::Result<_>>()?,
        members: differences(members.iter().map(|member| member.element.number)),
        kinds: members.iter().map(|member| kind(member.element.kind).into()).collect(),
    })
}

/// Each value less the one before; wraps around, as readers do when they add.
fn differences(values: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut before = 0_i64;
    values.map(|value| value.wrapping_sub(std::mem::replace(&mut before, value))).collect()
}

fn signed(position: u32) -> io::Result<i32> {
    i32::try_from(position)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error.to_string()))
}

/// The strings of a block and where in its table they are: the most frequent
/// ones first, where their positions need the fewest bytes.
struct Strings<'a> {
    positions: BTreeMap<&'a str, u32>,
    table: StringTable,
}

impl<'a> Strings<'a> {
    fn of(elements: &'a [Element]) -> Self {
        let mut counts = BTreeMap::<&str, usize>::new();
        for element in elements {
            let roles = match element {
                Element::Relation(relation) => relation.members.as_slice(),
                Element::Node(_) | Element::Way(_) => &[],
            };
            let tags = element.tags().iter().flat_map(|(key, value)| [key, value]);
            for text in tags.chain(roles.iter().map(|member| &*member.role)) {
                *counts.entry(text).or_default() += 1;
            }
        }
        let mut frequent: Vec<_> = counts.into_iter().collect();
        frequent.sort_by_key(|&(text, count)| (std::cmp::Reverse(count), text));
        let texts = frequent.iter().map(|&(text, _)| text);
        let strings = [""].into_iter().chain(texts.clone()).map(|text| text.as_bytes().to_vec());
        Self {
            table: StringTable { strings: strings.collect() },
            positions: texts.zip(1..).collect(),
        }
    }

    fn position(&self, text: &str) -> u32 {
        self.positions[text]
    }

    fn tags(&self, tags: &Tags) -> (Vec<u32>, Vec<u32>) {
        tags.iter().map(|(key, value)| (self.position(key), self.position(value))).unzip()
    }
}

/// Writes one blob in its frame.
pub(super) fn write_blob(out: &mut impl Write, kind: &str, content: &[u8]) -> io::Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    let blob = Blob { raw_size: Some(size(content)?), zlib_data: Some(encoder.finish()?) };
    let blob = blob.encode_to_vec();
    let header = BlobHeader { kind: kind.to_owned(), size: size(&blob)? };
    let header = header.encode_to_vec();
    out.write_all(&size(&header)?.to_be_bytes())?;
    out.write_all(&header)?;
    out.write_all(&blob)
}

/// The number of `bytes`, if readers accept so many.
fn size(bytes: &[u8]) -> io::Result<i32> {
    let size = i32::try_from(bytes.len()).ok();
    size.filter(|size| size.unsigned_abs() < BLOB_LIMIT).ok_or_else(|| {
        let message =
            format!("a block of {} bytes is not below the format's {BLOB_LIMIT}", bytes.len());
        io::Error::new(io::ErrorKind::InvalidInput, message)
    })
}
