"""Where routes begin and end: random positions beside the roads of an extract.

The extract is read with the code of none of the engines, so that none is asked
where it likes to be asked."""

import random
from collections import defaultdict

import osmium

CAR_ROADS = {
    kind + suffix
    for kind in ("motorway", "trunk", "primary", "secondary", "tertiary")
    for suffix in ("", "_link")
} | {"unclassified", "residential", "living_street"}

# How far a position is from a node of its road at most, in degrees: some 50 m.
JITTER = 0.0005

# Areas of an extract that do not touch are told apart by empty cells between them.
CELL = 0.1


class Positions:
    """Positions of an extract, always the same for a seed."""

    def __init__(self, extract):
        nodes = _nodes_of_roads(extract)
        if not nodes:
            raise ValueError(f"{extract} has no roads")
        areas = _areas({_cell(node) for node in nodes})
        by_area = defaultdict(list)
        for node in nodes:
            by_area[areas[_cell(node)]].append(node)
        # The largest first.
        self.areas = sorted(by_area.values(), key=len, reverse=True)

    def pairs(self, count, seed):
        """Both ends of each in one area; areas as often as they have nodes."""
        dice = random.Random(seed)
        sizes = [len(area) for area in self.areas]
        drawn = dice.choices(self.areas, sizes, k=count)
        return [(_beside(dice, area), _beside(dice, area)) for area in drawn]

    def in_largest(self, count, seed):
        """Positions in the area with most nodes of roads."""
        dice = random.Random(seed)
        return [_beside(dice, self.areas[0]) for _ in range(count)]


def _nodes_of_roads(extract):
    ways = osmium.FileProcessor(str(extract), osmium.osm.NODE | osmium.osm.WAY)
    ways = ways.with_locations().with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    nodes = []
    for way in ways:
        if way.tags.get("highway") in CAR_ROADS:
            nodes += [(node.lat, node.lon) for node in way.nodes if node.location.valid()]
    return nodes


def _cell(node):
    lat, lon = node
    return int(lat // CELL), int(lon // CELL)


def _areas(cells):
    """The number of the area of each cell: cells that touch are of one area."""
    area_of = {}
    for first in sorted(cells):
        if first in area_of:
            continue
        area_of[first] = first
        waiting = [first]
        while waiting:
            row, column = waiting.pop()
            for next_to in ((row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)):
                if next_to in cells and next_to not in area_of:
                    area_of[next_to] = first
                    waiting.append(next_to)
    return area_of


def _beside(dice, area):
    lat, lon = dice.choice(area)
    return (
        round(lat + dice.uniform(-JITTER, JITTER), 6),
        round(lon + dice.uniform(-JITTER, JITTER), 6),
    )
