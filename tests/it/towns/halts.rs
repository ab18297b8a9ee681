//! Signals and signs, and whom they stop.

use super::{plan::Plan, town::Town};

/// Compares how many seconds more routes take than without what stands there.
#[track_caller]
fn check_delays(town: &Town, free: &Town, table: &[(&str, f64)]) {
    for &(points, expected) in table {
        let seconds = |town: &Town| town.route(points).duration.seconds();
        let delay = seconds(town) - seconds(free);
        assert!((delay - expected).abs() < 0.01, "{points}: {delay} s, not {expected} s");
    }
}

/// On a road, far from any other: the direction tells.
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dstop#Tagging_stop_sign_direction>
#[test]
fn signs_with_a_direction() {
    let free = Plan::new("a----b----c").way("abc", "");
    for (text, [there, back]) in [
        ("highway=stop", [3.0, 3.0]),
        ("highway=stop direction=forward", [3.0, 0.0]),
        ("highway=stop direction=backward", [0.0, 3.0]),
        ("highway=stop direction=both", [3.0, 3.0]),
        ("highway=give_way", [1.5, 1.5]),
        ("highway=give_way direction=forward", [1.5, 0.0]),
        ("highway=give_way direction=backward", [0.0, 1.5]),
        ("highway=traffic_signals direction=backward", [0.0, 4.0]),
    ] {
        let town = free.clone().node('b', text).build();
        check_delays(&town, &free.build(), &[("ac", there), ("ca", back)]);
    }
}

/// Beside a junction or the end of a road, those stop who come to it.
#[test]
fn signs_without_a_direction_are_for_the_nearer_junction() {
    let map = "
                   d
                   |
                   |
        a---------sbt---------c
                   |
                   |
                   e";
    let free = Plan::new(map).step_m(10.0).ways("asbtc dbe", "");
    let town = free.clone().node('s', "highway=stop").node('t', "highway=give_way").build();
    let none = [("da", 0.0), ("de", 0.0), ("dc", 0.0), ("ec", 0.0)];
    check_delays(&town, &free.build(), &none);
    let first = [("ac", 3.0), ("ad", 3.0), ("ae", 3.0), ("ca", 1.5), ("ce", 1.5), ("as", 0.0)];
    check_delays(&town, &free.build(), &first);
    let free = Plan::new("a--------sb").step_m(10.0).way("asb", "");
    let town = free.clone().node('s', "highway=stop").build();
    check_delays(&town, &free.build(), &[("ab", 3.0), ("ba", 0.0)]);
}

/// On the junction itself: all, or only the less important road.
/// <https://wiki.openstreetmap.org/wiki/Key:stop>
#[test]
fn signs_on_a_junction() {
    let map = "
           n
           |
        w--j--e
           |
           s";
    let free = Plan::new(map).way("wje", "").way("njs", "highway=secondary");
    for (text, [major, minor]) in [
        ("highway=stop", [3.0, 3.0]),
        ("highway=stop stop=all", [3.0, 3.0]),
        ("highway=stop stop=minor", [0.0, 3.0]),
        ("highway=give_way", [0.0, 1.5]),
        ("highway=give_way direction=both", [1.5, 1.5]),
    ] {
        let town = free.clone().node('j', text).build();
        let table = [("we", major), ("ew", major), ("ws", major), ("ns", minor), ("nw", minor)];
        check_delays(&town, &free.build(), &table);
    }
}

/// Signals at the stop lines and in the middle of one junction are one set.
#[test]
fn signals_of_one_junction_are_paid_once() {
    let map = "
                  d
                  |
        a--------sbt--------c
                  |
                  e";
    let free = Plan::new(map).step_m(10.0).ways("asbtc dbe", "");
    let signal = "highway=traffic_signals";
    let at_lines = free
        .clone()
        .node('s', "highway=traffic_signals direction=forward")
        .node('t', "highway=traffic_signals direction=backward");
    let table = [("ac", 4.0), ("ca", 4.0), ("ad", 4.0), ("ce", 4.0)];
    check_delays(&at_lines.build(), &free.build(), &table);
    check_delays(&at_lines.build(), &free.build(), &[("de", 0.0)]);
    let with_middle = at_lines.node('b', signal).build();
    check_delays(&with_middle, &free.build(), &table);
    check_delays(&with_middle, &free.build(), &[("de", 4.0), ("da", 4.0)]);
    // Two junctions that are farther apart are paid both.
    let free = Plan::new("a---b---c---d").step_m(10.0).way("abcd", "");
    let town = free.clone().node('b', signal).node('c', signal).build();
    check_delays(&town, &free.build(), &[("ad", 8.0), ("da", 8.0)]);
}

/// The carriageways of two dual roads cross in four points with one set of
/// signals.
#[test]
fn signals_where_dual_carriageways_cross() {
    let map = "
              i h
              | |
        b-----k-l-----a
              | |
        c-----m-n-----d
              | |
              e f";
    let free =
        Plan::new(map).step_m(10.0).ways("alkb cmnd", "oneway=yes").ways("ikme fnlh", "oneway=yes");
    let town =
        "klmn".chars().fold(free.clone(), |plan, node| plan.node(node, "highway=traffic_signals"));
    let table = [("ab", 4.0), ("cd", 4.0), ("ie", 4.0), ("fh", 4.0), ("ch", 4.0)];
    check_delays(&town.build(), &free.build(), &table);
}

/// Railways, bumps and fords delay; how long depends on who comes.
#[test]
fn what_lies_on_the_road() {
    for (profile, text, seconds) in [
        ("car", "railway=level_crossing", 4.0),
        ("car", "railway=level_crossing crossing:barrier=full", 8.0),
        ("car", "traffic_calming=hump", 2.0),
        ("bicycle", "traffic_calming=hump", 0.0),
        ("foot", "traffic_calming=hump", 0.0),
        ("car", "highway=mini_roundabout", 2.0),
        ("car", "ford=yes", 10.0),
        ("bicycle", "highway=stop", 2.0),
        ("foot", "highway=stop", 0.0),
    ] {
        let free = Plan::new("a----b----c").profile(profile).way("abc", "");
        let town = free.clone().node('b', text).build();
        check_delays(&town, &free.build(), &[("ac", seconds), ("ca", seconds)]);
    }
}
