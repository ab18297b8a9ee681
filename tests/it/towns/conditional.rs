//! Rules that hold at some times:
//! <https://wiki.openstreetmap.org/wiki/Conditional_restrictions>.

use super::plan::Plan;

/// A Tuesday, in the morning and at night.
const MORNING: Option<&str> = Some("2026-11-24T08:30");
const NIGHT: Option<&str> = Some("2026-11-24T23:15");

/// The street `ab` with these tags, and a way around it: whether it is
/// travelled there and back, at some times.
#[track_caller]
fn check_street(profile: &'static str, text: &str, times: &[(Option<&str>, [bool; 2])]) {
    let map = "
        a--b
        |  |
        d--c";
    for &(moment, [there, back]) in times {
        let plan = Plan::new(map).profile(profile).at(moment);
        let town = plan.way("ab", text).ways("ad dc cb", "").build();
        println!("{text} at {moment:?}");
        town.check(&[
            ("ab", if there { "ab" } else { "ad,dc,cb" }),
            ("ba", if back { "ab" } else { "cb,dc,ad" }),
        ]);
    }
}

#[test]
fn a_street_is_closed_at_times() {
    let text = "motor_vehicle:conditional=no@(Mo-Fr·07:00-09:00)";
    let open = [true, true];
    check_street("car", text, &[(None, open), (MORNING, [false, false]), (NIGHT, open)]);
    let text = "access=no access:conditional=yes@(07:00-20:00)";
    let closed = [false, false];
    check_street("car", text, &[(None, closed), (MORNING, open), (NIGHT, closed)]);
}

#[test]
fn a_street_is_one_way_at_times() {
    let text = "oneway:conditional=yes·@·07:00-09:00;-1·@·(22:00-06:00)";
    check_street(
        "car",
        text,
        &[(None, [true, true]), (MORNING, [true, false]), (NIGHT, [false, true])],
    );
}

#[test]
fn a_street_is_closed_to_some_at_times() {
    let text = "hgv:conditional=no@(weight>7.5·AND·07:00-19:00)";
    check_street("car", text, &[(MORNING, [true, true])]);
    check_street("truck:weight=7", text, &[(MORNING, [true, true])]);
    check_street("truck", text, &[(None, [true, true]), (MORNING, [false, false])]);
    let text = "access:conditional=no@(weight>7.5)";
    check_street("truck", text, &[(None, [false, false]), (NIGHT, [false, false])]);
}

#[test]
fn a_gate_is_locked_at_night() {
    let map = "
        a--g--b
        |     |
        d-----c";
    for (moment, route) in [(MORNING, "ag,gb"), (NIGHT, "ad,dc,cb"), (None, "ad,dc,cb")] {
        let town = Plan::new(map)
            .at(moment)
            .node('g', "barrier=gate access=no access:conditional=yes@(06:00-22:00)")
            .ways("ag gb ad dc cb", "")
            .build();
        town.check(&[("ab", route)]);
    }
}

/// At 80 % of 90 and of 30 km/h.
#[test]
fn a_limit_is_lower_at_night() {
    let text = "maxspeed=90 maxspeed:conditional=30@(22:00-06:00)";
    for (moment, seconds) in [(None, 50.0), (MORNING, 50.0), (NIGHT, 150.0)] {
        let town = Plan::new("a----1----b").at(moment).way("ab", text).build();
        town.check_seconds(&[("ab", seconds), ("ba", seconds)]);
    }
}

/// From the south, a turn to the west is forbidden at times.
#[track_caller]
fn check_turn(profile: &'static str, text: &str, times: &[(Option<&str>, bool)]) {
    let map = "
           n
           |
        w--j--e
           |
           s";
    for &(moment, is_open) in times {
        let plan = Plan::new(map).profile(profile).at(moment).way("sj", "oneway=yes");
        let plan = plan.ways("nj wj ej", "oneway=-1").restriction("sj", "j", "wj", text);
        let town = plan.build();
        println!("{text} at {moment:?}");
        town.check(&[("sw", if is_open { "sj,wj" } else { "no way" }), ("se", "sj,ej")]);
        let in_force = town.summary().manifest.profiles[0].restrictions;
        assert_eq!(in_force, usize::from(!is_open));
    }
}

#[test]
fn a_turn_is_forbidden_at_times() {
    let by_time = [(None, true), (MORNING, false), (NIGHT, true)];
    check_turn("car", "restriction:conditional=no_left_turn@(Mo-Fr·07:00-09:00)", &by_time);
    check_turn("car", "restriction=no_left_turn hour_on=7 hour_off=09:00", &by_time);
    let text = "restriction=no_left_turn restriction:conditional=none@(22:00-06:00)";
    check_turn("car", text, &[(None, false), (MORNING, false), (NIGHT, true)]);
    let text = "restriction:hgv:conditional=no_left_turn@(07:00-09:00)";
    check_turn("car", text, &[(MORNING, true)]);
    check_turn("truck", text, &by_time);
}

/// Where a turn is forbidden at other times, nothing else changes.
#[test]
fn where_no_road_branches_off_a_restriction_changes_nothing() {
    let text = "restriction:conditional=no_u_turn@(07:00-09:00)";
    let town = Plan::new("a--j--b").way("ajb", "").restriction("ajb", "j", "ajb", text).build();
    town.check(&[("ab", "ajb"), ("ba", "ajb")]);
}

#[test]
fn an_import_tells_its_moment_and_what_it_left_out() {
    let plan = Plan::new("a--b--c")
        .way("ab", "access:conditional=no@(Sa)")
        .way("bc", "access:conditional=no@(Mo-Fr·7-9);no@(Su)");
    for (moment, left_out) in [
        (
            None,
            &[
                ("conditional tags that depend on the time, as none is given", "way/1, way/2"),
                ("conditional tags that cannot be read", "way/2"),
            ][..],
        ),
        (MORNING, &[("conditional tags that cannot be read", "way/2")]),
    ] {
        let town = plan.clone().at(moment).build();
        assert_eq!(town.summary().manifest.conditions_at.as_deref(), moment);
        let ignored = &town.summary().ignored;
        let told: Vec<_> = ignored.iter().map(|i| (&*i.reason, i.examples.join(", "))).collect();
        let expected: Vec<_> =
            left_out.iter().map(|&(reason, ways)| (reason, ways.to_owned())).collect();
        assert_eq!(told, expected);
    }
}
