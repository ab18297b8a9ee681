//! A made-up town, the same in every run: streets in a grid, some of them
//! missing or one-way, and a turn graph over them. Knows plain numbers only, so
//! that tests and benches can share it.

/// Streets and turns of a town.
pub(crate) struct Town {
    /// Latitude and longitude of each junction, in ten-millionths of a degree.
    pub positions: Vec<[i32; 2]>,
    /// The two ends of each segment.
    pub edges: Vec<[usize; 2]>,
    /// The segment of each node of the turn graph.
    pub segment_of: Vec<usize>,
    /// The turns: tail, head, milliseconds and centimetres. Sorted.
    pub turns: Vec<(usize, usize, u32, u32)>,
}

/// A small generator of numbers (xorshift64*), seeded.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % limit
    }

    fn number(&mut self, limit: u32) -> u32 {
        u32::try_from(self.below(u64::from(limit))).expect("below a limit of 32 bits")
    }
}

impl Town {
    /// A town of `width` × `width` junctions.
    pub(crate) fn new(width: usize, seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut positions = Vec::new();
        let mut streets: Vec<([usize; 2], u32)> = Vec::new();
        for junction in 0..width * width {
            let (row, column) = (junction / width, junction % width);
            positions.push([row, column].map(|place| {
                i32::try_from(place).expect("a town is small") * 10_000
                    + i32::try_from(dice.below(4_000)).expect("a town is small")
            }));
            // Every tenth street is a main road; a fifth of the others are missing.
            if column + 1 < width && (row % 10 == 0 || dice.below(5) > 0) {
                streets.push(([junction, junction + 1], if row % 10 == 0 { 3 } else { 1 }));
            }
            if row + 1 < width && (column % 10 == 0 || dice.below(5) > 0) {
                streets.push(([junction, junction + width], if column % 10 == 0 { 3 } else { 1 }));
            }
        }
        let mut town =
            Self { positions, edges: Vec::new(), segment_of: Vec::new(), turns: Vec::new() };
        town.expand(&streets, &mut dice);
        town
    }

    /// The turn graph: a node for each direction of each street.
    fn expand(&mut self, streets: &[([usize; 2], u32)], dice: &mut Dice) {
        // From where to where each node leads, and what that takes.
        let mut nodes: Vec<([usize; 2], u32, u32)> = Vec::new();
        for (segment, &([a, b], speed)) in streets.iter().enumerate() {
            self.edges.push([a, b]);
            let length = 8_000 + dice.number(5_000);
            let one_way = speed == 1 && dice.below(6) == 0;
            let ends = if one_way { vec![[a, b]] } else { vec![[a, b], [b, a]] };
            for ends in ends {
                nodes.push((ends, length * 7 / (10 * speed), length));
                self.segment_of.push(segment);
            }
        }
        let mut leaving = vec![Vec::new(); self.positions.len()];
        for (node, ([from, _], ..)) in nodes.iter().enumerate() {
            leaving[*from].push(node);
        }
        for (tail, ([_, at], ..)) in nodes.iter().enumerate() {
            for &head in &leaving[*at] {
                let u_turn = self.segment_of[tail] == self.segment_of[head];
                if !u_turn && dice.below(20) == 0 {
                    continue;
                }
                let turn = if u_turn { 20_000 } else { dice.number(4_000) };
                let (_, duration, length) = nodes[head];
                self.turns.push((tail, head, duration + turn, length));
            }
        }
        self.turns.sort_unstable();
    }
}
