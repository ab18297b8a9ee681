//! A packed tree of boxes over things that are sorted along the Hilbert curve.
//!
//! Sixteen neighbours share a box, sixteen boxes one on the next level, and so
//! on up to one root. There are no pointers: where a level begins follows from
//! the number of things. A box also tells which kinds of places are in it, so
//! that what is rare is found as fast as what is near.
//!
//! I. Kamel, C. Faloutsos, *On packing R-trees*, CIKM 1993.

use std::ops::Range;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{GazetteerError, KindSet};
use crate::geo::BoundingBox;

/// How many things, or boxes, share a box.
const FAN_OUT: usize = 16;

/// A box of the tree, or around one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TreeBox {
    /// The kinds of what is in it.
    pub kinds: KindSet,
    /// Where all of it is.
    pub bounds: BoundingBox,
}

/// The boxes of a tree, and where its levels are.
#[derive(Clone, Debug)]
pub(super) struct Tree<'a> {
    boxes: &'a [TreeBox],
    levels: Vec<Range<usize>>,
    thing_count: usize,
}

/// A part of the tree that is to be looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Branch {
    level: usize,
    index: usize,
}

/// What is in a box.
#[derive(Clone, Debug)]
pub(super) enum Inside<'a> {
    /// Smaller boxes.
    Boxes(&'a [TreeBox], Branch),
    /// Things, by their place on the curve.
    Things(Range<usize>),
}

/// The boxes of the tree over things with these boxes, level by level, the root
/// last. Takes linear time.
pub(super) fn build(things: &[TreeBox]) -> Vec<TreeBox> {
    let join = |children: &[TreeBox]| -> Option<TreeBox> {
        children.iter().copied().reduce(|a, b| TreeBox {
            kinds: a.kinds.union(b.kinds),
            bounds: a.bounds.extended(b.bounds.min).extended(b.bounds.max),
        })
    };
    let mut boxes: Vec<TreeBox> = things.chunks(FAN_OUT).filter_map(join).collect();
    for level in levels(things.len()).windows(2) {
        let parents: Vec<_> = boxes[level[0].clone()].chunks(FAN_OUT).filter_map(join).collect();
        boxes.extend(parents);
    }
    boxes
}

/// Where the boxes of each level stand, from those of the things to the root.
fn levels(thing_count: usize) -> Vec<Range<usize>> {
    let mut levels = Vec::new();
    let (mut start, mut count) = (0, thing_count.div_ceil(FAN_OUT));
    while count > 0 {
        levels.push(start..start + count);
        start += count;
        count = if count == 1 { 0 } else { count.div_ceil(FAN_OUT) };
    }
    levels
}

/// Whether there are as many boxes as the tree over so many things has.
pub(super) fn check(
    array: &'static str,
    thing_count: usize,
    boxes: &[TreeBox],
) -> Result<(), GazetteerError> {
    let expected = levels(thing_count).last().map_or(0, |root| root.end);
    check_count(array, boxes.len(), expected)
}

/// Whether an array has as many entries as it should.
pub(super) fn check_count(
    array: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), GazetteerError> {
    if found == expected { Ok(()) } else { Err(GazetteerError::Count { array, found, expected }) }
}

impl<'a> Tree<'a> {
    /// The tree over so many things; `None` if it has another number of boxes.
    pub(super) fn new(thing_count: usize, boxes: &'a [TreeBox]) -> Option<Self> {
        let levels = levels(thing_count);
        let expected = levels.last().map_or(0, |root| root.end);
        (boxes.len() == expected).then_some(Self { boxes, levels, thing_count })
    }

    /// The box of everything; `None` if there is nothing.
    pub(super) fn root(&self) -> Option<(&'a TreeBox, Branch)> {
        let level = self.levels.len().checked_sub(1)?;
        let index = self.levels[level].start;
        Some((&self.boxes[index], Branch { level, index }))
    }

    /// What is in the box of a branch.
    pub(super) fn inside(&self, branch: Branch) -> Inside<'a> {
        let Branch { level, index } = branch;
        let first = (index - self.levels[level].start) * FAN_OUT;
        let Some(below) = level.checked_sub(1) else {
            return Inside::Things(first..(first + FAN_OUT).min(self.thing_count));
        };
        let Range { start, end } = self.levels[below];
        let first = start + first;
        let boxes = &self.boxes[first..(first + FAN_OUT).min(end)];
        Inside::Boxes(boxes, Branch { level: below, index: first })
    }

    /// The things in all boxes that `enter` lets pass, with those beside them.
    pub(super) fn walk(
        &self,
        enter: impl Fn(&TreeBox) -> bool,
        mut visit: impl FnMut(Range<usize>),
    ) {
        let mut open: Vec<Branch> = Vec::new();
        open.extend(self.root().filter(|(area, _)| enter(area)).map(|(_, branch)| branch));
        while let Some(branch) = open.pop() {
            match self.inside(branch) {
                Inside::Things(things) => visit(things),
                Inside::Boxes(boxes, first) => {
                    let branches = first.siblings().zip(boxes);
                    open.extend(branches.filter(|(_, area)| enter(area)).map(|(b, _)| b));
                }
            }
        }
    }
}

impl Branch {
    /// This branch and those after it.
    pub(super) fn siblings(self) -> impl Iterator<Item = Self> {
        (self.index..).map(move |index| Self { index, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{geo::Coordinate, places::PlaceKind};

    #[test]
    fn every_thing_is_in_the_boxes_above_it() {
        for count in [0, 1, 16, 17, 256, 257, 5000] {
            let thing = |i: usize| {
                let e7 = i32::try_from(i).unwrap();
                let at = Coordinate::from_e7(e7 % 70, e7 / 70).unwrap();
                let kinds = PlaceKind::ALL[i % PlaceKind::ALL.len()].into();
                TreeBox { kinds, bounds: BoundingBox { min: at, max: at } }
            };
            let things: Vec<TreeBox> = (0..count).map(thing).collect();
            let boxes = build(&things);
            let tree = Tree::new(count, &boxes).unwrap();
            assert!(Tree::new(count + 16, &boxes).is_none());
            for wanted in things.iter().step_by(7) {
                let mut found = false;
                let holds = |area: &TreeBox| {
                    area.bounds.contains(wanted.bounds.min) && area.kinds.meets(wanted.kinds)
                };
                tree.walk(holds, |range| found |= things[range].contains(wanted));
                assert!(found);
            }
            let mut all = 0;
            tree.walk(|_| true, |range| all += range.len());
            assert_eq!(all, count);
        }
    }
}
