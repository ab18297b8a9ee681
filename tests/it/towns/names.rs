//! What steps are called: <https://wiki.openstreetmap.org/wiki/Key:name>,
//! <https://wiki.openstreetmap.org/wiki/Key:ref>.

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
