//! Whether arrays from a file fit together: what a query may rely on.

use super::{RoadNetwork, TurnGraph};
use crate::{
    array::{are_rows, row},
    geo::Coordinate,
    ids::{DirectedSegmentId, Id, NameId, NodeId},
    strings::StringTable,
    units::{Centimeters, Millis},
};

/// No turn and no segment takes so long: two of them can be added.
pub(super) const LONGEST: Millis = Millis::new(1 << 31);

impl RoadNetwork {
    /// Checks that every id names something and every row lies in its array.
    /// Takes one pass over the arrays.
    ///
    /// # Errors
    ///
    /// The name of the first array that does not fit.
    pub fn check(&self) -> Result<(), &'static str> {
        let junctions = self.junctions.len();
        let roads = self.roads.len();
        let ends_exist = self.segments.iter().all(|segment| {
            segment.tail.index() < junctions
                && segment.head.index() < junctions
                && segment.road.index() < roads
                && segment.length > Centimeters::ZERO
        });
        let names = self.names.len();
        let exists = |name: NameId| name.index() < names;
        let names_exist = self.roads.iter().all(|road| exists(road.name) && exists(road.reference));
        let signs_exist = self.signs.iter().all(|sign| exists(sign.text) && exists(sign.language));
        let exits_exist = self.exits.iter().all(|exit| {
            exit.junction.index() < junctions && exists(exit.reference) && exists(exit.name)
        });
        let lines = are_rows(&self.first_point, self.segments.len(), self.points.len());
        let has_lines = self.first_point.windows(2).all(|pair| pair[1].saturating_sub(pair[0]) > 1);
        let on_earth = |point: &Coordinate| point.is_on_earth();
        demand(self.junctions.iter().all(on_earth), "junctions")?;
        demand(ends_exist, "segments")?;
        demand(lines && has_lines, "first_point")?;
        demand(self.points.iter().all(on_earth), "points")?;
        demand(is_table(&self.names), "names")?;
        demand(names_exist, "roads")?;
        let rows = are_rows(&self.first_sign, self.roads.len(), self.signs.len());
        demand(rows, "first_sign")?;
        demand(signs_exist, "signs")?;
        demand(exits_exist && self.exits.is_sorted_by_key(|exit| exit.junction), "exits")
    }
}

impl TurnGraph {
    /// Checks that this is a turn graph of a network with so many directed
    /// segments. Takes one pass over the arrays.
    ///
    /// # Errors
    ///
    /// The name of the first array that does not fit.
    pub fn check(&self, directed_segment_count: usize) -> Result<(), &'static str> {
        let nodes = self.directed_segment.len();
        let arcs = self.adjacency.head.len();
        let exists = |node: &NodeId| node.index() < nodes;
        let of_each_segment = [
            (self.duration.len(), "duration"),
            (self.avoid.len(), "avoid"),
            (self.origin.len(), "origin"),
            (self.connection.len(), "connection"),
        ];
        let is_time = |&time: &Millis| time < LONGEST;
        let durations: &[Millis] = &self.duration;
        let directed_segment: &[DirectedSegmentId] = &self.directed_segment;
        let duration_of = |segment: &DirectedSegmentId| durations.get(segment.index());
        let is_usable = |segment| duration_of(segment).is_some_and(|&time| time != Millis::MAX);
        let stands_for = |node: NodeId, index: usize| {
            directed_segment.get(node.index()).is_some_and(|segment| segment.index() == index)
        };
        demand(are_rows(&self.adjacency.first_out, nodes, arcs), "first_out")?;
        demand(self.adjacency.head.iter().all(exists), "head")?;
        demand(self.turn_cost.len() == arcs && self.turn_cost.iter().all(is_time), "turn_cost")?;
        demand(self.gates.len() == arcs, "gates")?;
        demand(self.layer.len() == nodes, "layer")?;
        for (count, array) in of_each_segment {
            demand(count == directed_segment_count, array)?;
        }
        let is_time_or_none = |time: &Millis| *time == Millis::MAX || is_time(time);
        demand(self.duration.iter().all(is_time_or_none), "duration")?;
        demand(self.avoid.iter().all(|classes| classes.is_sound()), "avoid")?;
        demand(self.directed_segment.iter().all(is_usable), "directed_segment")?;
        let begins_there = |(index, node): (usize, &NodeId)| {
            node.some().is_none_or(|node| stands_for(node, index))
        };
        demand(self.origin.iter().enumerate().all(begins_there), "origin")?;
        let destinations = self.destination.len();
        let rows = are_rows(&self.first_destination, directed_segment_count, destinations);
        demand(rows, "first_destination")?;
        let (first_destination, destination): (&[u32], &[NodeId]) =
            (&self.first_destination, &self.destination);
        let ends_there = |index: usize| {
            let nodes = &destination[row(first_destination, index)];
            nodes.iter().all(|&node| stands_for(node, index))
        };
        demand((0..directed_segment_count).all(ends_there), "destination")
    }
}

fn demand(holds: bool, array: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(array) }
}

fn is_table(table: &StringTable) -> bool {
    !table.is_empty()
        && are_rows(&table.first_byte, table.len(), table.bytes.len())
        && str::from_utf8(&table.bytes).is_ok()
}
