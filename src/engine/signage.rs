//! What is to be read along a road, in the language of the request.

use super::Language;
use crate::{
    ids::{DirectedSegmentId, Direction, Id, NameId, RoadId},
    network::{RoadNetwork, RoadSign},
    profile::SignKind,
};

/// The texts of a network for somebody who reads a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signage<'d> {
    pub(super) network: &'d RoadNetwork,
    /// `None` for what is written on the spot.
    pub(super) language: Option<&'d Language>,
}

impl<'d> Signage<'d> {
    /// The name of the road; empty if it has none.
    pub(super) fn name(&self, segment: DirectedSegmentId) -> &'d str {
        let (road, direction) = self.place(segment);
        let plain = self.network.roads[road.index()].name;
        self.find(road, direction, SignKind::Name).unwrap_or_else(|| self.text(plain))
    }

    /// The name of its bridge or tunnel; empty if it has none.
    pub(super) fn structure(&self, segment: DirectedSegmentId) -> &'d str {
        let (road, direction) = self.place(segment);
        self.find(road, direction, SignKind::Structure).unwrap_or_default()
    }

    /// What the signs of that kind list.
    pub(super) fn listed(&self, segment: DirectedSegmentId, kind: SignKind) -> Vec<String> {
        let (road, direction) = self.place(segment);
        let text = self.find(road, direction, kind).unwrap_or_default();
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// The number of the exit that the road is by itself; empty if it is none.
    pub(super) fn exit_reference(&self, segment: DirectedSegmentId) -> &'d str {
        let (road, direction) = self.place(segment);
        self.find(road, direction, SignKind::ExitReference).unwrap_or_default()
    }

    pub(super) fn text(&self, name: NameId) -> &'d str {
        self.network.names.get(name)
    }

    fn place(&self, segment: DirectedSegmentId) -> (RoadId, Direction) {
        (self.network.segment(segment.segment()).road, segment.direction())
    }

    /// The text of a kind for those who travel in `direction`: in the language
    /// that is wanted, or else in that of the place; of one language rather
    /// what is meant for that direction alone.
    fn find(&self, road: RoadId, direction: Direction, kind: SignKind) -> Option<&'d str> {
        let signs = self.network.signs(road);
        if signs.is_empty() {
            return None;
        }
        let in_language = |language: &str| {
            let fits = |sign: &&RoadSign| {
                sign.kind() == Some(kind)
                    && sign.is_for(direction)
                    && self.text(sign.language).eq_ignore_ascii_case(language)
            };
            signs.iter().filter(fits).max_by_key(|sign| sign.is_directed())
        };
        let mut ranges = self.language.into_iter().flat_map(Language::ranges).chain([""]);
        ranges.find_map(in_language).map(|sign| self.text(sign.text))
    }
}
