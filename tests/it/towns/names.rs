//! What steps are called: <https://wiki.openstreetmap.org/wiki/Key:name>,
//! <https://wiki.openstreetmap.org/wiki/Key:ref>.

use luwang::{
    engine::{ExitSign, RoadAttribute},
    profile::RoadClass,
};

use super::{plan::Plan, town::Town};

/// Name and number of each step.
fn signs(town: &Town, points: &str) -> Vec<(String, String)> {
    let legs = town.route(points).legs.into_iter();
    legs.flat_map(|leg| leg.steps).map(|step| (step.name, step.reference)).collect()
}

fn sign(name: &str, reference: &str) -> (String, String) {
    (name.to_owned(), reference.to_owned())
}

/// Ways of one name, number and class are one step, however often they are
/// split; another number makes another step.
#[test]
fn names_and_numbers() {
    let town = Plan::new("a--b--c--d--e--f--g")
        .way("ab", "name=宝安大道")
        .way("bc", "name=宝安大道")
        .way("cd", "name=107国道 ref=G107")
        .way("de", "name=107国道 ref=G107;S1")
        .way("ef", "name= ref=")
        .way("fg", "name=松明大道 bridge=yes")
        .build();
    assert_eq!(
        signs(&town, "ag"),
        [
            sign("宝安大道", ""),
            sign("107国道", "G107"),
            sign("107国道", "G107;S1"),
            sign("", ""),
            sign("松明大道", ""),
        ]
    );
    assert_eq!(signs(&town, "dc"), [sign("107国道", "G107")]);
}

/// A step tells the turn into it, and its line leads from the last point of
/// the one before.
#[test]
fn turns_and_lines() {
    let map = "
        a--b
           |
        d--c";
    let town = Plan::new(map).ways("ab bc cd", "").build();
    let route = town.route("ad");
    let steps = &route.legs[0].steps;
    let turns: Vec<i16> = steps.iter().map(|step| step.turn_angle_deg).collect();
    assert_eq!(turns, [0, 90, 90]);
    for pair in steps.windows(2) {
        assert_eq!(pair[0].geometry.last(), pair[1].geometry.first());
    }
    let turns = |points: &str| -> Vec<i16> {
        town.route(points).legs[0].steps.iter().map(|step| step.turn_angle_deg).collect()
    };
    assert_eq!(turns("da"), [0, -90, -90]);
}

/// Names are those of the language that is asked for, or of what it is a form
/// of; else what is written on the spot.
/// <https://wiki.openstreetmap.org/wiki/Multilingual_names>
#[test]
fn languages() {
    let town = Plan::new("a--b--c--d")
        .way("ab", "name=松白路 name:en=Songbai·Road name:zh-Hant=松白路(繁)")
        .way("bc", "name=宝安大道 name:zh=宝安大道(简)")
        .way("cd", "name= name:en=Nameless·Lane")
        .build();
    let names = |language: &str| -> Vec<String> {
        let route = town.route_in(language, "ad");
        route.legs[0].steps.iter().map(|step| step.name.clone()).collect()
    };
    assert_eq!(names("en"), ["Songbai Road", "宝安大道", "Nameless Lane"]);
    assert_eq!(names("en-GB"), ["Songbai Road", "宝安大道", "Nameless Lane"]);
    assert_eq!(names("zh-Hant-TW"), ["松白路(繁)", "宝安大道(简)", ""]);
    assert_eq!(names("fr"), ["松白路", "宝安大道", ""]);
    let on_the_spot: Vec<_> = signs(&town, "ad").into_iter().map(|(name, _)| name).collect();
    assert_eq!(on_the_spot, ["松白路", "宝安大道", ""]);
}

/// Bridges and tunnels are steps of their own, with their names:
/// <https://wiki.openstreetmap.org/wiki/Key:bridge:name>. Roads without a name
/// have a class.
#[test]
fn bridges_tunnels_and_roads_without_a_name() {
    let town = Plan::new("a--b--c--d--e--f")
        .way("ab", "name=松白路")
        .way("bc", "name=松白路 bridge=viaduct bridge:name=茅洲河大桥")
        .way("cd", "name=松白路 tunnel=yes tunnel:name=塘朗山隧道 toll=yes")
        .way("de", "highway=service name= bridge=no")
        .way("ef", "route=ferry duration=10 name=")
        .build();
    let route = town.route("af");
    let steps: Vec<_> = route.legs[0]
        .steps
        .iter()
        .map(|step| (step.class, step.attributes.as_slice(), step.structure.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            (RoadClass::Primary, &[][..], ""),
            (RoadClass::Primary, &[RoadAttribute::Bridge][..], "茅洲河大桥"),
            (RoadClass::Primary, &[RoadAttribute::Tunnel, RoadAttribute::Toll][..], "塘朗山隧道"),
            (RoadClass::Service, &[][..], ""),
            (RoadClass::Ferry, &[RoadAttribute::Ferry][..], ""),
        ]
    );
}

/// <https://wiki.openstreetmap.org/wiki/Key:destination>,
/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dmotorway_junction>
#[test]
fn where_signs_lead_and_which_exit_it_is() {
    let map = "
        a--b--c--d--e
            \\    \\
             g    h";
    let town = Plan::new(map)
        .ways("abcd de", "highway=motorway oneway=yes name=广深高速 ref=G4")
        .way("bg", "highway=motorway_link oneway=yes name= destination=松岗;沙井·西 destination:ref=G107")
        .way(
            "dh",
            "highway=motorway_link name= junction:ref=13 destination:forward=福永 destination:backward=广州 \
             destination:lang:en:forward=Fuyong",
        )
        .node('b', "highway=motorway_junction ref=12A name=松岗")
        .node('d', "highway=motorway_junction name=福永北")
        .build();
    let second = |points: &str| town.route(points).legs[0].steps[1].clone();
    let ramp = second("ag");
    assert_eq!(ramp.destinations, ["松岗", "沙井 西"]);
    assert_eq!(ramp.destination_references, ["G107"]);
    let exit = |reference: &str, name: &str| {
        Some(ExitSign { reference: reference.to_owned(), name: name.to_owned() })
    };
    assert_eq!(ramp.exit, exit("12A", "松岗"));
    let ramp = second("ah");
    assert_eq!(ramp.destinations, ["福永"]);
    assert_eq!(ramp.exit, exit("13", "福永北"));
    assert_eq!(town.route_in("en", "ah").legs[0].steps[1].destinations, ["Fuyong"]);
    // Who stays on the motorway takes no exit.
    assert_eq!(town.route("ae").legs[0].steps.len(), 1);
}

/// A roundabout is one step, whatever its ways are called, and tells by which
/// exit it is left. <https://wiki.openstreetmap.org/wiki/Tag:junction%3Droundabout>
#[test]
fn roundabouts() {
    let map = "
              n
              |
              a
             / \\
        w---b   d---e
             \\ /
              c
              |
              s";
    let town = Plan::new(map)
        .ways("nw", "highway=path")
        .way("abc", "junction=roundabout name=西半圆")
        .way("cda", "junction=roundabout name=东半圆")
        .ways("na wb de cs", "")
        .build();
    let around = |points: &str| {
        let steps = town.route(points).legs.remove(0).steps;
        let step = steps.iter().find(|step| step.attributes.contains(&RoadAttribute::Roundabout));
        step.map(|step| (step.name.clone(), step.roundabout_exit))
    };
    assert_eq!(around("wb"), None);
    assert_eq!(around("ws"), Some(("西半圆".to_owned(), Some(1))));
    assert_eq!(around("we"), Some((String::new(), Some(2))));
    assert_eq!(around("wn"), Some((String::new(), Some(3))));
    // All around, back to where one came from.
    assert_eq!(around("sc"), None);
    // Whoever begins or ends on it does not leave it by a number.
    assert_eq!(around("wd"), Some((String::new(), None)));
    assert_eq!(around("dw"), Some((String::new(), None)));
    let steps = town.route("wn").legs.remove(0).steps;
    assert_eq!(steps.len(), 3, "{steps:?}");
}

/// A walk beside a road is called like the road:
/// <https://wiki.openstreetmap.org/wiki/Key:is_sidepath:of:name>.
#[test]
fn walks_beside_roads() {
    let town = Plan::new("a--b--c")
        .profile("foot")
        .way("ab", "highway=footway footway=sidewalk name= is_sidepath:of:name=松白路")
        .way("bc", "highway=path is_sidepath=yes name= street:name=松裕路")
        .build();
    assert_eq!(signs(&town, "ac"), [sign("松白路", ""), sign("松裕路", "")]);
}
