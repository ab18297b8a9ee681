//! Roads and what is written along them: every text once.

use super::{
    ExitSign, Road, RoadFlags, RoadNetwork, RoadSign,
    build::RoadWay,
    junctions::{Junctions, RoadNodes},
};
use crate::{
    array::first_positions,
    osm::Node,
    profile::{Sign, exit_sign, road_name, signs},
    strings::StringTableBuilder,
};

/// A network without any segment: the roads of `ways`, in their order, and the
/// exits among the `tagged` nodes.
pub(super) fn lay_roads(
    ways: &[RoadWay<'_>],
    tagged: &[Node],
    nodes: &RoadNodes,
    junctions: &Junctions,
) -> RoadNetwork {
    let mut names = StringTableBuilder::default();
    let roads = ways.iter().map(|way| road(way, &mut names)).collect();
    let signs: Vec<Vec<RoadSign>> = ways.iter().map(|way| road_signs(way, &mut names)).collect();
    let exits = exits(tagged, nodes, junctions, &mut names);
    RoadNetwork {
        roads,
        first_sign: first_positions(signs.iter().map(Vec::len)).into(),
        signs: signs.concat().into(),
        exits: exits.into(),
        names: names.build(),
        ..RoadNetwork::default()
    }
}

fn road(road: &RoadWay<'_>, names: &mut StringTableBuilder) -> Road {
    let tags = &road.way.tags;
    let mut text = |found: Option<&str>| names.add(found.unwrap_or_default());
    let (name, reference) = (text(road_name(tags)), text(tags.get("ref")));
    // The profiles agree on what a road is; they differ in who may use it.
    let rules = road.rules.iter().flatten().next().expect("a road is used by some profile");
    let flags = RoadFlags::default()
        .with(RoadFlags::ROUNDABOUT, rules.roundabout)
        .with(RoadFlags::TUNNEL, rules.tunnel)
        .with(RoadFlags::BRIDGE, rules.bridge)
        .with(RoadFlags::FERRY, rules.ferry);
    Road::new(road.way.id, name, reference, rules.class as u8, flags)
}

fn road_signs(road: &RoadWay<'_>, names: &mut StringTableBuilder) -> Vec<RoadSign> {
    let sign = |sign: Sign<'_>| {
        let (language, text) = (names.add(&sign.language), names.add(sign.text));
        RoadSign::new(sign.kind, sign.direction, language, text)
    };
    signs(&road.way.tags).map(sign).collect()
}

fn exits(
    tagged: &[Node],
    nodes: &RoadNodes,
    junctions: &Junctions,
    names: &mut StringTableBuilder,
) -> Vec<ExitSign> {
    let exit = |node: &Node| {
        let sign = exit_sign(&node.tags)?;
        let junction = junctions.at(nodes.find(node.id)?)?;
        let (reference, name) = (names.add(sign.reference), names.add(sign.name));
        Some(ExitSign { junction, reference, name })
    };
    let mut exits: Vec<_> = tagged.iter().filter_map(exit).collect();
    exits.sort_unstable_by_key(|exit| exit.junction);
    exits
}
