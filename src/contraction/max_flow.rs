//! Maximum flow, and so minimum cuts, where every edge carries one unit either
//! way.
//!
//! E. A. Dinic, *Algorithm for solution of a problem of maximum flow in
//! networks with power estimation*, Soviet Mathematics Doklady 11 (1970).

use crate::array::{first_positions, row};

/// An undirected graph with the flow through it. Each edge is two arcs, one in
/// each direction, that know each other.
#[derive(Debug)]
pub(super) struct FlowNetwork {
    first_out: Vec<u32>,
    head: Vec<u32>,
    twin: Vec<u32>,
    /// How many more units each arc can carry: 1, and 0 or 2 where its edge is
    /// used.
    residual: Vec<u8>,
    /// How many units flow.
    flow: usize,
    /// Distance from the sources, for the current phase.
    level: Vec<u32>,
    /// The arc at which each node continues to look, for the current phase; means something
    /// for nodes with a level.
    next: Vec<u32>,
    queue: Vec<u32>,
    /// The sinks that have a level.
    sinks: Vec<u32>,
    path: Vec<u32>,
    /// The sources that have neighbours which are none: flow begins with them.
    border: Vec<u32>,
}

/// The part that a node plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Source,
    Inner,
    Sink,
}

const UNSEEN: u32 = u32::MAX;

impl FlowNetwork {
    /// The network of `edges` between `node_count` nodes. Loops are left out:
    /// nothing flows through them.
    pub(super) fn new(node_count: usize, edges: impl Iterator<Item = [u32; 2]> + Clone) -> Self {
        let edges = edges.filter(|[a, b]| a != b);
        let mut degree = vec![0; node_count];
        for end in edges.clone().flatten() {
            degree[end as usize] += 1;
        }
        let first_out = first_positions(degree);
        let mut next = first_out.clone();
        let arc_count = first_out[node_count] as usize;
        let (mut head, mut twin) = (vec![0; arc_count], vec![0; arc_count]);
        for [a, b] in edges {
            let arcs = [a, b].map(|end| {
                next[end as usize] += 1;
                next[end as usize] - 1
            });
            (head[arcs[0] as usize], head[arcs[1] as usize]) = (b, a);
            (twin[arcs[0] as usize], twin[arcs[1] as usize]) = (arcs[1], arcs[0]);
        }
        Self {
            first_out,
            head,
            twin,
            residual: vec![1; arc_count],
            flow: 0,
            level: vec![UNSEEN; node_count],
            next,
            queue: Vec::new(),
            sinks: Vec::new(),
            path: Vec::new(),
            border: Vec::new(),
        }
    }

    /// Forgets the flow.
    pub(super) fn begin(&mut self) {
        self.residual.fill(1);
        self.flow = 0;
    }

    /// Sends as much more as possible from all sources to all sinks, and says how
    /// much flows then; `None` as soon as it is more than `limit`.
    ///
    /// What flows already may come from fewer sources and go to fewer sinks.
    pub(super) fn maximize(&mut self, roles: &[Role], limit: usize) -> Option<usize> {
        self.find_border(roles);
        while self.flow <= limit && self.find_levels(roles) {
            for place in 0..self.border.len() {
                while self.flow <= limit && self.augment(self.border[place] as usize, roles) {
                    self.flow += 1;
                }
            }
        }
        self.forget_levels();
        (self.flow <= limit).then_some(self.flow)
    }

    /// Which nodes can still be reached from a source: one side of a minimum
    /// cut, the one nearest to the sources. It is the same whichever way the flow takes.
    pub(super) fn source_side(&mut self, roles: &[Role]) -> Vec<bool> {
        // Other sources lead to sources alone.
        self.queue.extend_from_slice(&self.border);
        self.reach(roles, Role::Source, |residual, arc, _| residual[arc] > 0)
    }

    /// Which nodes can still reach a sink: one side of a minimum cut, the one
    /// nearest to the sinks.
    pub(super) fn sink_side(&mut self, roles: &[Role]) -> Vec<bool> {
        let sinks = (0_u32..).zip(roles).filter(|&(_, &role)| role == Role::Sink);
        self.queue.extend(sinks.map(|(node, _)| node));
        self.reach(roles, Role::Sink, |residual, _, twin| residual[twin] > 0)
    }

    /// The nodes with the role `start`, and those that `open` arcs lead to from what is in
    /// the queue.
    fn reach(
        &mut self,
        roles: &[Role],
        start: Role,
        open: impl Fn(&[u8], usize, usize) -> bool,
    ) -> Vec<bool> {
        let mut reached: Vec<bool> = roles.iter().map(|&role| role == start).collect();
        while let Some(node) = self.queue.pop() {
            for arc in row(&self.first_out, node as usize) {
                let head = self.head[arc];
                if !reached[head as usize] && open(&self.residual, arc, self.twin[arc] as usize) {
                    reached[head as usize] = true;
                    self.queue.push(head);
                }
            }
        }
        reached
    }

    fn find_border(&mut self, roles: &[Role]) {
        let Self { first_out, head, border, .. } = self;
        let leads_out = |&(node, &role): &(u32, &Role)| {
            let heads = &head[row(first_out, node as usize)];
            role == Role::Source && heads.iter().any(|&head| roles[head as usize] != Role::Source)
        };
        border.clear();
        border.extend((0_u32..).zip(roles).filter(leads_out).map(|(node, _)| node));
    }

    /// Breadth first from the sources; whether a sink can be reached. Stops at
    /// the level of the nearest sink, as longer ways are for later phases.
    fn find_levels(&mut self, roles: &[Role]) -> bool {
        self.forget_levels();
        self.queue.extend_from_slice(&self.border);
        for &source in &self.border {
            self.level[source as usize] = 0;
            self.next[source as usize] = self.first_out[source as usize];
        }
        let mut done = 0;
        let mut last_level = UNSEEN;
        while let Some(&node) = self.queue.get(done) {
            done += 1;
            let level = self.level[node as usize] + 1;
            if last_level < level {
                break;
            }
            for arc in row(&self.first_out, node as usize) {
                let head = self.head[arc] as usize;
                if self.residual[arc] == 0 || self.level[head] != UNSEEN {
                    continue;
                }
                match roles[head] {
                    // Where it flows back to a source, it need not have come from there.
                    Role::Source => continue,
                    Role::Inner => {
                        self.next[head] = self.first_out[head];
                        self.queue.push(self.head[arc]);
                    }
                    Role::Sink => {
                        last_level = level;
                        self.sinks.push(self.head[arc]);
                    }
                }
                self.level[head] = level;
            }
        }
        last_level != UNSEEN
    }

    /// Takes the levels of the last phase away.
    fn forget_levels(&mut self) {
        for node in self.queue.drain(..).chain(self.sinks.drain(..)) {
            self.level[node as usize] = UNSEEN;
        }
    }

    /// Sends one more unit from `source` to a sink, level by level, if it can.
    fn augment(&mut self, source: usize, roles: &[Role]) -> bool {
        self.path.clear();
        let mut node = source;
        while roles[node] != Role::Sink {
            let arc = self.next[node] as usize;
            if arc == self.first_out[node + 1] as usize {
                // A dead end: nobody shall come here again in this phase.
                let Some(last) = self.path.pop() else { return false };
                node = self.head[self.twin[last as usize] as usize] as usize;
                self.next[node] += 1;
                continue;
            }
            let head = self.head[arc] as usize;
            if self.residual[arc] > 0 && self.level[head] == self.level[node] + 1 {
                self.path.push(self.next[node]);
                node = head;
            } else {
                self.next[node] += 1;
            }
        }
        for &arc in &self.path {
            self.residual[arc as usize] -= 1;
            self.residual[self.twin[arc as usize] as usize] += 1;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// 0 - 1 = 2 - 3      = is two parallel edges
    ///  \     /
    ///   4 --
    /// ```
    #[test]
    fn a_minimum_cut_has_as_many_edges_as_the_flow_has_units() {
        let edges = [[0, 1], [1, 2], [2, 1], [2, 3], [0, 4], [4, 2], [3, 3]];
        let mut network = FlowNetwork::new(5, edges.into_iter());
        let mut roles = [Role::Inner; 5];
        (roles[0], roles[2]) = (Role::Source, Role::Sink);
        assert_eq!(network.maximize(&roles, usize::MAX), Some(2));
        assert_eq!(network.source_side(&roles), [true, false, false, false, false]);
        assert_eq!(network.sink_side(&roles), [false, true, true, true, false]);
        assert_eq!(network.maximize(&roles, 1), None);
        // It goes on from what flows already, and comes to the same as from nothing.
        (roles[1], roles[3]) = (Role::Source, Role::Sink);
        assert_eq!(network.maximize(&roles, usize::MAX), Some(3));
        network.begin();
        assert_eq!(network.maximize(&roles, usize::MAX), Some(3));
    }

    #[test]
    fn nothing_flows_between_parts() {
        let mut network = FlowNetwork::new(4, [[0, 1], [2, 3]].into_iter());
        let roles = [Role::Source, Role::Inner, Role::Inner, Role::Sink];
        assert_eq!(network.maximize(&roles, usize::MAX), Some(0));
    }
}
