//! One-way streets: <https://wiki.openstreetmap.org/wiki/Key:oneway>.

use super::{plan::Plan, tables::check_roads};

/// Values of `oneway`, and what implies it.
/// <https://wiki.openstreetmap.org/wiki/Key:oneway#Values>
#[test]
fn values() {
    check_roads(&[
        ("oneway=yes", "56 -"),
        ("oneway=true", "56 -"),
        ("oneway=1", "56 -"),
        ("oneway=-1", "- 56"),
        ("oneway=reverse", "- 56"),
        ("oneway=no", "56 56"),
        ("oneway=false", "56 56"),
        ("oneway=0", "56 56"),
        ("oneway=nonsense", "56 56"),
        ("oneway=alternating", "39.2 39.2"),
        ("oneway=reversible", "- -"),
    ]);
}

/// A block of one-way streets is driven around.
#[test]
fn a_block_of_oneways_is_driven_around() {
    let map = "
        a--b
        |  |
        d--c";
    let town = Plan::new(map).ways("ab bc cd da", "oneway=yes").build();
    town.check(&[
        ("ab", "ab"),
        ("ba", "bc,cd,da"),
        ("db", "da,ab"),
        ("ca", "cd,da"),
        ("ad", "ab,bc,cd"),
        ("aa", ""),
    ]);
}

/// The more specific key decides; bicycles have their own.
/// <https://wiki.openstreetmap.org/wiki/Key:oneway#Exceptions>
#[test]
fn exceptions() {
    check_roads(&[
        ("oneway=yes oneway:bicycle=no", "56 -"),
        ("oneway=no oneway:bicycle=yes", "56 56"),
        ("oneway=yes oneway:motor_vehicle=no", "56 56"),
        ("oneway=no oneway:motorcar=yes", "56 -"),
        ("oneway:vehicle=yes oneway:motor_vehicle=no", "56 56"),
        ("oneway=-1 oneway:vehicle=yes", "56 -"),
    ]);
}

/// Motorways and roundabouts are one-way by themselves; ramps are not. To give
/// way before a roundabout takes two seconds, which makes it the slower.
/// <https://wiki.openstreetmap.org/wiki/Key:oneway#Implied_oneway_restriction>
#[test]
fn implied() {
    check_roads(&[
        ("highway=motorway", "88 -"),
        ("highway=motorway oneway=no", "88 88"),
        ("highway=motorway oneway=-1", "- 88"),
        ("highway=motorway_link", "48 48"),
        ("highway=motorway_link oneway=yes", "48 -"),
        ("junction=roundabout", "52.7 -"),
        ("junction=circular", "52.7 -"),
        ("junction=roundabout oneway=no", "52.7 52.7"),
        ("junction=roundabout oneway=-1", "- 52.7"),
        ("junction=roundabout oneway:bicycle=no", "52.7 -"),
        ("junction=jughandle", "56 56"),
    ]);
}

/// One goes around a roundabout as it was drawn, however long that is.
/// <https://wiki.openstreetmap.org/wiki/Tag:junction%3Droundabout>
#[test]
fn roundabouts_are_driven_around() {
    let map = "
           n
           |
          _d_
         /   \\
        wa   ce
         \\_ _/
           b
           |
           s";
    let town = Plan::new(map).ways("wa sb ec nd", "").way("abcda", "junction=roundabout").build();
    town.check(&[
        ("ws", "wa,abcda,sb"),
        ("we", "wa,abcda,ec"),
        ("wn", "wa,abcda,nd"),
        ("sw", "sb,abcda,wa"),
        ("ad", "abcda"),
        ("ww", ""),
    ]);
    let (around, ahead) = (town.route("sw"), town.route("ws"));
    assert!(around.length > ahead.length, "{around:?} {ahead:?}");
    // Giving way is priced once, and turns within the roundabout are not.
    let lengths = |points: &str| town.route(points).length.meters();
    let seconds = town.route("ws").duration.seconds();
    let free = (lengths("ws") / 56.0) * 3.6;
    assert!((seconds - free - 2.0).abs() < 0.05, "{seconds} s, and {free} s without giving way");
}
