//! From a directed graph to a customized hierarchy: order, contraction,
//! customization. Knows nodes, arcs and weights, and nothing of roads.
//!
//! * [`edge_order`] dissects the road network, and [`Order`] carries that over
//!   to the nodes of a graph.
//! * [`contract()`] makes the chordal supergraph of the order: the [`Hierarchy`].
//! * [`customize()`] gives its arcs their weights: a [`CustomizedMetric`].
//! * [`recustomize()`] carries some changed weights of the graph over to them.
//! * [`Labels`] are the weights from each node to all its ancestors, and back: what
//!   a query would search, written down in the places of a [`LabelLayout`].
//!
//! J. Dibbelt, B. Strasser, D. Wagner, *Customizable Contraction Hierarchies*,
//! ACM JEA 21 (2016), arXiv:1402.0402.

mod common_ancestors;
mod contract;
mod customize;
mod elimination_tree;
mod hierarchy;
mod inertial_flow;
mod input_arcs;
mod label_layout;
mod labels;
mod max_flow;
mod nested_dissection;
mod order;
mod parts;
mod recustomize;
mod subtrees;

pub use contract::contract;
pub use customize::{CustomizedMetric, customize};
pub use hierarchy::Hierarchy;
pub use input_arcs::InputArc;
pub use label_layout::{LabelLayout, LabelSize};
pub use labels::{Label, LabelRows, Labels};
pub use nested_dissection::edge_order;
pub use order::{Order, OrderError};
pub use parts::{HierarchyError, HierarchyParts};
pub use recustomize::recustomize;
pub use subtrees::Subtrees;
