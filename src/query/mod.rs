//! Shortest paths over a customized hierarchy, and over the plain graph.
//!
//! * [`EliminationTreeQuery`]: from some nodes to some others, with the path.
//! * [`LabelQuery`]: the same from labels, without a search.
//! * [`ManyToMany`]: a matrix of such queries.
//! * [`OneToAll`]: from some nodes to all nodes, or to all within a bound.
//! * [`Dijkstra`]: the same answers from the graph alone. Shares no code with
//!   the others, and judges them.
//!
//! A query object is cheap to reuse and allocates nothing once it is warm. What
//! cannot be reached is [`Weight::UNREACHABLE`] or `None`.

mod batch;
mod climb;
mod dijkstra;
mod elimination_tree;
mod label;
mod many;
mod middles;
mod one_to_all;
mod row;
#[cfg(test)]
mod tests;
mod unpack;
mod within;

use thiserror::Error;

use crate::{
    adjacency::Adjacency,
    contraction::{CustomizedMetric, Hierarchy},
    ids::NodeId,
    units::Weight,
};

pub use dijkstra::Dijkstra;
pub use elimination_tree::EliminationTreeQuery;
pub use label::{LabelQuery, Labelled};
pub use many::{ManyToMany, MatrixRows};
pub use middles::Middles;
pub use one_to_all::{OneToAll, Reached};
pub use within::Within;

/// A hierarchy with its weights, and the graph and weights that it was made
/// from: what it takes to find a path.
#[derive(Clone, Copy, Debug)]
pub struct Network<'a> {
    /// The contracted graph.
    pub hierarchy: &'a Hierarchy,
    /// The weights of its arcs.
    pub metric: &'a CustomizedMetric,
    /// What these arcs stand for, as far as it was found: those of this metric alone.
    pub middles: &'a Middles,
    /// The graph that was contracted.
    pub graph: &'a Adjacency,
    /// By arc of the graph: the weights that the metric was customized with.
    pub arc_weights: &'a [Weight],
}

/// The weights of a hierarchy are not those of the graph: an arc weighs neither
/// what an arc of the graph weighs nor what a triangle below it does. No import
/// makes such a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the weights of the hierarchy are not those of the graph")]
pub struct Contradiction;

/// One of the nodes at which a path may begin or end, and what that adds to
/// its weight.
///
/// A path may begin at any of several states and end at any of several others;
/// the lightest way counts. The weights of all of them are
/// [`Weight::UNREACHABLE`] at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// The node.
    pub node: NodeId,
    /// What is added to the weight of a path that begins or ends here.
    pub weight: Weight,
}

/// A lightest path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The weight of its arcs, and of the two states it begins and ends with.
    pub weight: Weight,
    /// Its nodes in the order of travel, both ends included.
    pub nodes: Vec<NodeId>,
    /// With which source it begins: its position in the query.
    pub source: usize,
    /// With which target it ends: its position in the query.
    pub target: usize,
}
