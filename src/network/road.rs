//! What all profiles share: junctions, segments with their geometry, roads
//! with their names.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::{
    array::{Array, row},
    geo::Coordinate,
    ids::{DirectedSegmentId, Direction, Id, JunctionId, NameId, RoadId, SegmentId},
    profile::SignKind,
    strings::StringTable,
    units::Centimeters,
};

/// Junctions, segments and roads, immutable, mappable from a file.
#[derive(Clone, Debug, Default)]
pub struct RoadNetwork {
    /// Where each junction is, by [`JunctionId`].
    pub junctions: Array<Coordinate>,
    /// By [`SegmentId`]; those of a way side by side in the order of the way.
    pub segments: Array<Segment>,
    /// Where the line of each segment begins in `points`; one entry more.
    pub first_point: Array<u32>,
    /// The lines of all segments, both ends included.
    pub points: Array<Coordinate>,
    /// By [`RoadId`], in ascending order of OSM's way ids.
    pub roads: Array<Road>,
    /// Where the signs of each road begin in `signs`; one entry more.
    pub first_sign: Array<u32>,
    /// What is to be read along roads besides name and number.
    pub signs: Array<RoadSign>,
    /// The signed exits, in ascending order of their junctions.
    pub exits: Array<ExitSign>,
    /// All texts.
    pub names: StringTable,
}

/// A stretch of road between two junctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Segment {
    /// Where it begins, as the way was drawn.
    pub tail: JunctionId,
    /// Where it ends.
    pub head: JunctionId,
    /// How long it is; never zero.
    pub length: Centimeters,
    /// The way that it is part of.
    pub road: RoadId,
}

/// What the segments of a way have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Road {
    /// OSM's id of the way.
    pub way: i64,
    /// Its name.
    pub name: NameId,
    /// Its number, such as G107.
    pub reference: NameId,
    /// The class of road, as `profile::RoadClass` numbers them.
    pub class: u8,
    /// Bits of [`RoadFlags`].
    pub flags: RoadFlags,
    padding: [u8; 6],
}

impl Road {
    /// A road.
    #[must_use]
    pub fn new(way: i64, name: NameId, reference: NameId, class: u8, flags: RoadFlags) -> Self {
        Self { way, name, reference, class, flags, padding: [0; 6] }
    }
}

/// A text along a road, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RoadSign {
    /// What is written there.
    pub text: NameId,
    /// The language, as BCP 47 writes it; the empty string for that of the
    /// place.
    pub language: NameId,
    /// What it is, as [`SignKind`] numbers them.
    kind: u8,
    /// 0 for both directions, 1 forward, 2 backward.
    direction: u8,
    padding: [u8; 2],
}

impl RoadSign {
    /// A sign for those who travel in `direction`, or for all.
    #[must_use]
    pub fn new(
        kind: SignKind,
        direction: Option<Direction>,
        language: NameId,
        text: NameId,
    ) -> Self {
        let direction = match direction {
            None => 0,
            Some(Direction::Forward) => 1,
            Some(Direction::Backward) => 2,
        };
        Self { text, language, kind: kind as u8, direction, padding: [0; 2] }
    }

    /// What it is; `None` only in a file that was tampered with.
    #[must_use]
    pub fn kind(&self) -> Option<SignKind> {
        SignKind::from_number(self.kind)
    }

    /// Whether those read it who travel in `direction`.
    #[must_use]
    pub fn is_for(&self, direction: Direction) -> bool {
        match self.direction {
            1 => direction == Direction::Forward,
            2 => direction == Direction::Backward,
            _ => true,
        }
    }

    /// Whether it is for one direction alone.
    #[must_use]
    pub fn is_directed(&self) -> bool {
        self.direction != 0
    }
}

/// The sign of an exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ExitSign {
    /// Where it is.
    pub junction: JunctionId,
    /// Its number.
    pub reference: NameId,
    /// Its name.
    pub name: NameId,
}

/// What a road is besides its class.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct RoadFlags(u8);

impl RoadFlags {
    /// Part of a roundabout.
    pub const ROUNDABOUT: Self = Self(1);
    /// In a tunnel.
    pub const TUNNEL: Self = Self(2);
    /// On a bridge.
    pub const BRIDGE: Self = Self(4);
    /// A ferry or a train that carries vehicles.
    pub const FERRY: Self = Self(8);

    /// These flags, and `flag` if `set`.
    #[must_use]
    pub fn with(self, flag: Self, set: bool) -> Self {
        if set { Self(self.0 | flag.0) } else { self }
    }

    /// Whether all bits of `flag` are set.
    #[must_use]
    pub fn has(self, flag: Self) -> bool {
        self.0 & flag.0 == flag.0
    }
}

impl RoadNetwork {
    /// The segment of that id.
    #[inline]
    #[must_use]
    pub fn segment(&self, segment: SegmentId) -> Segment {
        self.segments[segment.index()]
    }

    /// The road that a segment is part of.
    #[must_use]
    pub fn road(&self, segment: SegmentId) -> Road {
        self.roads[self.segment(segment).road.index()]
    }

    /// The signs along a road, in no order of rank.
    #[must_use]
    pub fn signs(&self, road: RoadId) -> &[RoadSign] {
        &self.signs[row(&self.first_sign, road.index())]
    }

    /// The sign of the exit at a junction, if it has one.
    #[must_use]
    pub fn exit(&self, junction: JunctionId) -> Option<ExitSign> {
        let found = self.exits.binary_search_by_key(&junction, |exit| exit.junction);
        found.ok().map(|index| self.exits[index])
    }

    /// The line of a segment in the direction in which it was drawn.
    #[must_use]
    pub fn line(&self, segment: SegmentId) -> &[Coordinate] {
        &self.points[row(&self.first_point, segment.index())]
    }

    /// The junctions where travel along `directed` begins and ends.
    #[inline]
    #[must_use]
    pub fn ends(&self, directed: DirectedSegmentId) -> (JunctionId, JunctionId) {
        let segment = self.segment(directed.segment());
        match directed.direction() {
            Direction::Forward => (segment.tail, segment.head),
            Direction::Backward => (segment.head, segment.tail),
        }
    }

    /// All segments.
    pub fn segment_ids(&self) -> impl ExactSizeIterator<Item = SegmentId> + use<> {
        (0..self.segments.len()).map(SegmentId::from_index)
    }

    /// All segments in both directions.
    pub fn directed_segment_ids(&self) -> impl ExactSizeIterator<Item = DirectedSegmentId> + use<> {
        (0..2 * self.segments.len()).map(DirectedSegmentId::from_index)
    }
}
