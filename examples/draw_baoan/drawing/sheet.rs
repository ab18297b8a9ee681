//! The sheet that roads are drawn on. A line drawn at grade gets a junction
//! with every line at grade that it meets.

use super::{
    plane::{Point, crossing, projection},
    table::Row,
};

/// Where a thing was drawn from; each has its own range of OSM ids, so that an
/// edit of one table leaves the ids of the others alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Roads = 1,
    Links,
    Blocks,
    Ramps,
    Roundabouts,
    Islands,
    Stops,
    Places,
    Story,
    Stations,
    Boundaries,
    Restrictions,
}

pub(crate) type Tag = (String, String);

/// A tag of two words that are known beforehand.
pub(crate) fn tag(key: &str, value: &str) -> Tag {
    (key.to_owned(), value.to_owned())
}

/// A point of the sheet.
pub(crate) struct Vertex {
    pub(crate) point: Point,
    pub(crate) source: Source,
    pub(crate) tags: Vec<Tag>,
    /// The neighbours at grade, each with the line that leads there.
    pub(crate) edges: Vec<(usize, usize)>,
}

/// What is to be drawn.
#[derive(Clone)]
pub(crate) struct Pen {
    pub(crate) source: Source,
    /// The row of the table.
    pub(crate) number: usize,
    pub(crate) tags: Vec<Tag>,
    /// Whether the line crosses others without junctions; only its ends join.
    pub(crate) over: bool,
    /// A line goes through the points of others so near to it, in metres.
    pub(crate) reach: f64,
}

impl Pen {
    /// A pen for the row of a table whose first field is its number.
    pub(crate) fn of_row(source: Source, row: &Row, tags: Vec<Tag>) -> anyhow::Result<Self> {
        Ok(Self { source, number: row.number(0)?, tags, over: false, reach: 12.0 })
    }
}

/// A line, as the points it goes through.
pub(crate) struct Line {
    pub(crate) pen: Pen,
    pub(crate) chain: Vec<usize>,
    /// How many bus lines use it, as far as is known.
    pub(crate) load: u32,
}

impl Line {
    pub(crate) fn tag(&self, key: &str) -> Option<&str> {
        self.pen.tags.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is(&self, key: &str, value: &str) -> bool {
        self.tag(key) == Some(value)
    }
}

/// All that is drawn.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) vertices: Vec<Vertex>,
    pub(crate) lines: Vec<Line>,
}

impl Sheet {
    pub(crate) fn point(&self, vertex: usize) -> Point {
        self.vertices[vertex].point
    }

    pub(crate) fn add_vertex(&mut self, point: Point, source: Source) -> usize {
        self.vertices.push(Vertex { point, source, tags: Vec::new(), edges: Vec::new() });
        self.vertices.len() - 1
    }

    /// The vertex at grade nearest to `point`, within `reach` metres.
    pub(crate) fn nearest_vertex(&self, point: Point, reach: f64) -> Option<usize> {
        let near = (0..self.vertices.len())
            .filter(|&vertex| !self.vertices[vertex].edges.is_empty())
            .map(|vertex| (self.point(vertex).distance(point), vertex));
        let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
        (nearest.0 <= reach).then_some(nearest.1)
    }

    /// The vertex of a road at `point`: one within `vertex_reach` metres, or a
    /// new one in the middle of a line within `line_reach` metres.
    pub(crate) fn attach(
        &mut self,
        point: Point,
        source: Source,
        vertex_reach: f64,
        line_reach: f64,
    ) -> Option<usize> {
        if let Some(vertex) = self.nearest_vertex(point, vertex_reach) {
            return Some(vertex);
        }
        let mut nearest: Option<(f64, usize, usize, Point)> = None;
        for (line, at, a, b) in self.segments() {
            let foot = a + (b - a) * projection(a, b, point);
            let distance = foot.distance(point);
            if distance <= line_reach && nearest.is_none_or(|(best, ..)| distance < best) {
                nearest = Some((distance, line, at, foot));
            }
        }
        let (_, line, at, foot) = nearest?;
        Some(self.split(line, at, foot, source))
    }

    /// Draws a line through `points`. Its ends are joined to a road within
    /// `end_reach` metres. Gives the vertices it goes through.
    pub(crate) fn draw(&mut self, pen: &Pen, points: &[Point], end_reach: f64) -> Vec<usize> {
        let mut chain = Vec::new();
        for (index, &point) in points.iter().enumerate() {
            let end = index == 0 || index + 1 == points.len();
            let reach = if end { end_reach } else { 14.0 };
            let joined = if pen.over && !end {
                None
            } else {
                self.attach(point, pen.source, reach.min(30.0), reach)
            };
            chain.push(joined.unwrap_or_else(|| self.add_vertex(point, pen.source)));
        }
        if !pen.over {
            chain = self.with_crossings(&chain, pen);
        }
        chain.dedup();
        self.put(pen, &chain);
        chain
    }

    /// Draws a line from one vertex straight to another.
    pub(crate) fn draw_between(&mut self, pen: &Pen, from: usize, to: usize) {
        let mut chain = self.with_crossings(&[from, to], pen);
        chain.dedup();
        self.put(pen, &chain);
    }

    /// Adds `chain` as lines, without the stretches that are there already.
    fn put(&mut self, pen: &Pen, chain: &[usize]) {
        let mut run: Vec<usize> = Vec::new();
        for &vertex in chain {
            let drawn = run.last().is_some_and(|&last| {
                !pen.over && self.vertices[last].edges.iter().any(|&(head, _)| head == vertex)
            });
            if drawn {
                self.finish(pen, std::mem::take(&mut run));
            }
            run.push(vertex);
        }
        self.finish(pen, run);
    }

    fn finish(&mut self, pen: &Pen, chain: Vec<usize>) {
        if chain.len() < 2 {
            return;
        }
        let line = self.lines.len();
        if !pen.over {
            for pair in chain.windows(2) {
                self.vertices[pair[0]].edges.push((pair[1], line));
                self.vertices[pair[1]].edges.push((pair[0], line));
            }
        }
        self.lines.push(Line { pen: pen.clone(), chain, load: 0 });
    }

    /// `chain` with the points where it meets what is drawn.
    fn with_crossings(&mut self, chain: &[usize], pen: &Pen) -> Vec<usize> {
        let mut whole = vec![chain[0]];
        for pair in chain.windows(2) {
            let (start, end) = (self.point(pair[0]), self.point(pair[1]));
            let mut met = self.vertices_near(pair[0], pair[1], pen.reach);
            while let Some((line, at, part)) = self.next_crossing(pair, &met) {
                let vertex = self.split(line, at, start + (end - start) * part, pen.source);
                met.push((part, vertex));
            }
            met.sort_by(|a, b| a.0.total_cmp(&b.0));
            whole.extend(met.into_iter().map(|(_, vertex)| vertex));
            whole.push(pair[1]);
        }
        whole
    }

    /// The vertices at grade within `reach` of the straight line between two.
    fn vertices_near(&self, from: usize, to: usize, reach: f64) -> Vec<(f64, usize)> {
        let (start, end) = (self.point(from), self.point(to));
        let mut near = Vec::new();
        for (vertex, at) in self.vertices.iter().enumerate() {
            let part = projection(start, end, at.point);
            let foot = start + (end - start) * part;
            if ![from, to].contains(&vertex)
                && !at.edges.is_empty()
                && part > 0.0
                && part < 1.0
                && foot.distance(at.point) < reach
            {
                near.push((part, vertex));
            }
        }
        near
    }

    /// A line that the stretch between two vertices crosses away from what it
    /// has met so far: the line, the place of the segment in it, and how far
    /// along the stretch.
    fn next_crossing(&self, pair: &[usize], met: &[(f64, usize)]) -> Option<(usize, usize, f64)> {
        let (start, end) = (self.point(pair[0]), self.point(pair[1]));
        let known =
            |vertex: usize| pair.contains(&vertex) || met.iter().any(|&(_, seen)| seen == vertex);
        self.segments().find_map(|(line, at, a, b)| {
            let chain = &self.lines[line].chain;
            if known(chain[at]) || known(chain[at + 1]) {
                return None;
            }
            crossing(start, end, a, b).map(|(part, _)| (line, at, part))
        })
    }

    /// The segments of lines at grade: line, place in it, and both ends.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (usize, usize, Point, Point)> + '_ {
        let at_grade = self.lines.iter().enumerate().filter(|(_, line)| !line.pen.over);
        at_grade.flat_map(|(index, line)| {
            let ends = |at: usize| (self.point(line.chain[at]), self.point(line.chain[at + 1]));
            (0..line.chain.len().saturating_sub(1)).map(move |at| {
                let (a, b) = ends(at);
                (index, at, a, b)
            })
        })
    }

    /// Puts a vertex at `point` into the line, after its vertex `at`.
    pub(crate) fn split(&mut self, line: usize, at: usize, point: Point, source: Source) -> usize {
        let middle = self.add_vertex(point, source);
        let (a, b) = (self.lines[line].chain[at], self.lines[line].chain[at + 1]);
        self.lines[line].chain.insert(at + 1, middle);
        for (end, other) in [(a, b), (b, a)] {
            for edge in &mut self.vertices[end].edges {
                if *edge == (other, line) {
                    edge.0 = middle;
                }
            }
        }
        self.vertices[middle].edges = vec![(a, line), (b, line)];
        middle
    }

    /// Takes away the stretches of lines at grade for which `gone` says so.
    pub(crate) fn erase(&mut self, gone: impl Fn(&Self, usize, usize, usize) -> bool) {
        for line in 0..self.lines.len() {
            let chain = self.lines[line].chain.clone();
            let kept = |pair: &[usize]| !gone(self, line, pair[0], pair[1]);
            if self.lines[line].pen.over || chain.windows(2).all(kept) {
                continue;
            }
            let mut runs = vec![vec![chain[0]]];
            for pair in chain.windows(2) {
                if !kept(pair) {
                    runs.push(Vec::new());
                }
                runs.last_mut().expect("there is a run").push(pair[1]);
            }
            for &vertex in &chain {
                self.vertices[vertex].edges.retain(|&(_, of)| of != line);
            }
            self.lines[line].chain = Vec::new();
            let (pen, load) = (self.lines[line].pen.clone(), self.lines[line].load);
            for run in runs {
                self.finish(&pen, run);
                self.lines.last_mut().expect("there is a line").load = load;
            }
        }
    }
}
