//! The three kinds of elements that OSM is made of.

use std::fmt;

use super::Tags;
use crate::geo::Coordinate;

/// What kind of element an id belongs to; ids are unique only within a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementKind {
    /// A point.
    Node,
    /// A line through nodes.
    Way,
    /// A group of elements, each in a role.
    Relation,
}

/// The id by which OSM knows an element. Displays as `node/1`, `way/2` or
/// `relation/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId {
    /// The kind of element.
    pub kind: ElementKind,
    /// Its number within the kind; negative in files that were never uploaded.
    pub number: i64,
}

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ElementKind::Node => "node",
            ElementKind::Way => "way",
            ElementKind::Relation => "relation",
        };
        write!(f, "{kind}/{}", self.number)
    }
}

impl ElementId {
    /// Reads what [`Display`](fmt::Display) writes; `None` if `text` is
    /// anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, number) = text.split_once('/')?;
        let kind = match kind {
            "node" => ElementKind::Node,
            "way" => ElementKind::Way,
            "relation" => ElementKind::Relation,
            _ => return None,
        };
        Some(Self { kind, number: number.parse().ok()? })
    }
}

/// A point with its tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its number among nodes.
    pub id: i64,
    /// Where it is.
    pub coordinate: Coordinate,
    /// What it is.
    pub tags: Tags,
}

/// A line through nodes, or an area if it is closed and its tags say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Its number among ways.
    pub id: i64,
    /// The numbers of its nodes, in order.
    pub refs: Vec<i64>,
    /// What it is.
    pub tags: Tags,
}

/// A group of elements, each in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its number among relations.
    pub id: i64,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// What it is.
    pub tags: Tags,
}

/// An element as part of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which element.
    pub element: ElementId,
    /// What it does in the relation; often empty.
    pub role: Box<str>,
}

/// Any element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A point.
    Node(Node),
    /// A line.
    Way(Way),
    /// A group.
    Relation(Relation),
}

impl Element {
    /// What kind of element it is.
    #[must_use]
    pub fn kind(&self) -> ElementKind {
        match self {
            Self::Node(_) => ElementKind::Node,
            Self::Way(_) => ElementKind::Way,
            Self::Relation(_) => ElementKind::Relation,
        }
    }

    /// Its number among elements of its kind.
    #[must_use]
    pub fn number(&self) -> i64 {
        match self {
            Self::Node(node) => node.id,
            Self::Way(way) => way.id,
            Self::Relation(relation) => relation.id,
        }
    }

    /// What it is.
    #[must_use]
    pub fn tags(&self) -> &Tags {
        match self {
            Self::Node(node) => &node.tags,
            Self::Way(way) => &way.tags,
            Self::Relation(relation) => &relation.tags,
        }
    }
}
