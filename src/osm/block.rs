//! The elements of one block, checked: what osmpbf gives up silently, such as
//! an index into the table of strings that is out of bounds, is an error here.

use osmpbf::{PrimitiveBlock, RelMemberType};

use super::{ElementId, ElementKind, Member};
use crate::geo::Coordinate;

/// A decoded block and the text of its strings.
pub(super) struct Block<'a> {
    block: &'a PrimitiveBlock,
    strings: Vec<Option<&'a str>>,
}

/// One element as it lies in the block.
pub(super) enum Raw<'a> {
    /// A point; its position is missing if it is not on earth.
    Node { id: i64, coordinate: Option<Coordinate> },
    /// A line.
    Way { id: i64, refs: Refs<'a> },
    /// A group.
    Relation { id: i64, members: Vec<Member> },
    /// Something that was deleted and is still listed.
    Deleted(ElementId),
}

/// Which kinds of elements are of interest: the others are passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds {
    pub(super) nodes: bool,
    pub(super) ways: bool,
    pub(super) relations: bool,
}

impl Kinds {
    pub(super) const ALL: Self = Self { nodes: true, ways: true, relations: true };
    pub(super) const NODES: Self = Self { nodes: true, ways: false, relations: false };
    pub(super) const WAYS: Self = Self { nodes: false, ways: true, relations: false };
}

/// Keys and values.
pub(super) type Pairs<'a> = Vec<(&'a str, &'a str)>;

impl<'a> Block<'a> {
    pub(super) fn new(block: &'a PrimitiveBlock) -> Self {
        // Names of users are in the table too and may be anything: only what
        // is used must be text.
        let strings = block.raw_stringtable().iter().map(|bytes| str::from_utf8(bytes).ok());
        Self { block, strings: strings.collect() }
    }

    /// Calls `visit` on each element of the kinds, with its tags.
    pub(super) fn for_each(
        &self,
        kinds: Kinds,
        mut visit: impl FnMut(Raw<'_>, &Pairs<'a>),
    ) -> Result<(), String> {
        let mut pairs = Vec::new();
        for group in self.block.groups() {
            if kinds.nodes {
                self.nodes(&group, &mut pairs, &mut visit)?;
            }
            for way in group.ways().filter(|_| kinds.ways) {
                self.read_tags(way.raw_tags().map(unsigned), way.raw_tags().len(), &mut pairs)?;
                let refs = Refs { differences: way.raw_refs().iter(), value: 0 };
                let raw = Raw::Way { id: way.id(), refs };
                let deleted = way.info().deleted().then(|| deleted(ElementKind::Way, way.id()));
                visit(deleted.unwrap_or(raw), &pairs);
            }
            for relation in group.relations().filter(|_| kinds.relations) {
                let tags = relation.raw_tags();
                self.read_tags(tags.clone().map(unsigned), tags.len(), &mut pairs)?;
                let raw = Raw::Relation { id: relation.id(), members: self.members(&relation)? };
                let is_deleted = relation.info().deleted();
                let deleted = is_deleted.then(|| deleted(ElementKind::Relation, relation.id()));
                visit(deleted.unwrap_or(raw), &pairs);
            }
        }
        Ok(())
    }

    fn nodes(
        &self,
        group: &osmpbf::PrimitiveGroup<'a>,
        pairs: &mut Pairs<'a>,
        visit: &mut impl FnMut(Raw<'_>, &Pairs<'a>),
    ) -> Result<(), String> {
        let dense = group.dense_nodes();
        let (expected, mut found) = (dense.len(), 0);
        for node in dense {
            found += 1;
            self.read_tags(node.raw_tags().map(signed), node.raw_tags().len(), pairs)?;
            let is_deleted = node.info().is_some_and(osmpbf::DenseNodeInfo::deleted);
            let deleted = is_deleted.then(|| deleted(ElementKind::Node, node.id()));
            let coordinate = position(node.nano_lat(), node.nano_lon());
            let raw = Raw::Node { id: node.id(), coordinate };
            visit(deleted.unwrap_or(raw), pairs);
        }
        same("nodes and positions", expected, found)?;
        for node in group.nodes() {
            self.read_tags(node.raw_tags().map(unsigned), node.raw_tags().len(), pairs)?;
            let coordinate = position(node.nano_lat(), node.nano_lon());
            let raw = Raw::Node { id: node.id(), coordinate };
            let deleted = node.info().deleted().then(|| deleted(ElementKind::Node, node.id()));
            visit(deleted.unwrap_or(raw), pairs);
        }
        Ok(())
    }

    fn members(&self, relation: &osmpbf::Relation<'_>) -> Result<Vec<Member>, String> {
        let members = relation.members();
        let expected = members.len();
        let members = members.map(|member| {
            let kind = match member.member_type {
                RelMemberType::Node => ElementKind::Node,
                RelMemberType::Way => ElementKind::Way,
                RelMemberType::Relation => ElementKind::Relation,
            };
            let role = self.text(usize::try_from(member.role_sid).ok())?.into();
            Ok(Member { element: ElementId { kind, number: member.member_id }, role })
        });
        let members: Vec<_> = members.collect::<Result<_, String>>()?;
        same("members and roles", expected, members.len())?;
        Ok(members)
    }

    /// Fills `pairs` with the text at `indices`, of which there are to be
    /// `expected`.
    fn read_tags(
        &self,
        indices: impl Iterator<Item = (Option<usize>, Option<usize>)>,
        expected: usize,
        pairs: &mut Pairs<'a>,
    ) -> Result<(), String> {
        pairs.clear();
        for (key, value) in indices {
            pairs.push((self.text(key)?, self.text(value)?));
        }
        same("keys and values", expected, pairs.len())
    }

    fn text(&self, index: Option<usize>) -> Result<&'a str, String> {
        let count = self.strings.len();
        let text = index.and_then(|index| self.strings.get(index)).ok_or_else(|| {
            format!("an element uses a string that is not among the block's {count}")
        })?;
        text.ok_or_else(|| "an element uses a string that is not UTF-8".to_owned())
    }
}

fn deleted<'a>(kind: ElementKind, number: i64) -> Raw<'a> {
    Raw::Deleted(ElementId { kind, number })
}

fn signed((key, value): (i32, i32)) -> (Option<usize>, Option<usize>) {
    (usize::try_from(key).ok(), usize::try_from(value).ok())
}

fn unsigned((key, value): (u32, u32)) -> (Option<usize>, Option<usize>) {
    (usize::try_from(key).ok(), usize::try_from(value).ok())
}

fn same(what: &str, expected: usize, found: usize) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("it has not as many {what}")) }
}

/// The position at so many nanodegrees, if that is on earth.
fn position(lat_nano: i64, lon_nano: i64) -> Option<Coordinate> {
    let e7 = |nano: i64| i32::try_from(nano.checked_add(50)?.div_euclid(100)).ok();
    Coordinate::from_e7(e7(lat_nano)?, e7(lon_nano)?)
}

/// The nodes of a way, from differences. Wraps around where osmpbf's own
/// iterator may panic.
pub(super) struct Refs<'a> {
    differences: std::slice::Iter<'a, i64>,
    value: i64,
}

impl Iterator for Refs<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        self.value = self.value.wrapping_add(*self.differences.next()?);
        Some(self.value)
    }
}
