//! Speeds: <https://wiki.openstreetmap.org/wiki/Key:maxspeed>.

use super::{plan::Plan, tables::check_roads};

/// A car makes four fifths of the limit.
/// <https://wiki.openstreetmap.org/wiki/Key:maxspeed#Values>
#[test]
fn limits() {
    check_roads(&[
        ("maxspeed=60", "48 48"),
        ("maxspeed=50mph", "64.4 64.4"),
        ("maxspeed=10knots", "14.8 14.8"),
        ("maxspeed=walk", "5.6 5.6"),
        ("highway=motorway maxspeed=none", "112 -"),
        ("maxspeed=CN:urban", "40 40"),
        ("maxspeed=CN:motorway", "96 96"),
        ("maxspeed=DE:rural", "80 80"),
        ("maxspeed=DE:zone30", "24 24"),
        ("source:maxspeed=RO:urban", "40 40"),
        ("maxspeed=signals", "56 56"),
        ("maxspeed=nonsense", "56 56"),
        ("maxspeed=0", "56 56"),
        ("maxspeed=80 maxspeed:hgv=40", "64 64"),
        ("maxspeed=80 maxspeed:motorcar=40", "32 32"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:maxspeed#Speed_limits_in_one_direction>
#[test]
fn limits_for_one_direction() {
    check_roads(&[
        ("maxspeed:forward=80 maxspeed:backward=60", "64 48"),
        ("maxspeed=80 maxspeed:backward=40", "64 32"),
        ("maxspeed:forward=40", "32 56"),
        ("oneway=-1 maxspeed:backward=40", "- 32"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:surface>,
/// <https://wiki.openstreetmap.org/wiki/Key:smoothness>
#[test]
fn the_ground() {
    check_roads(&[
        ("surface=asphalt", "56 56"),
        ("surface=gravel", "40 40"),
        ("surface=mud", "10 10"),
        ("highway=track tracktype=grade5", "12 12"),
        ("smoothness=very_bad", "20 20"),
    ]);
}

/// Of two equally long ways the faster one is taken, in each direction its own.
#[test]
fn limits_decide_the_route() {
    let map = "
        a--b--------c--d
           |        |
           e--------f";
    let town = Plan::new(map)
        .ways("ab cd", "")
        .way("bc", "maxspeed:forward=100 maxspeed:backward=10")
        .way("befc", "maxspeed=60")
        .build();
    town.check(&[("ad", "ab,bc,cd"), ("da", "cd,befc,ab")]);
    town.check_shortest(&[("ad", "ab,bc,cd"), ("da", "cd,bc,ab")]);
}

/// 72 kilometres an hour are 20 metres a second.
#[test]
fn times_are_lengths_over_speeds() {
    let town = Plan::new("a----1----b").way("ab", "maxspeed=90").build();
    town.check_seconds(&[("ab", 50.0), ("ba", 50.0), ("a1", 25.0), ("1b", 25.0)]);
}
