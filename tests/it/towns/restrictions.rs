//! Turn restrictions: <https://wiki.openstreetmap.org/wiki/Relation:restriction>.

use super::plan::Plan;

/// A crossing of one-way streets: all come from the south.
fn crossing() -> Plan {
    let map = "
           n
           |
        w--j--e
           |
           s";
    Plan::new(map).way("sj", "oneway=yes").ways("nj wj ej", "oneway=-1")
}

/// Routes with the restrictions of a plan, and without them.
#[track_caller]
pub(super) fn check(plan: &Plan, table: &[(&str, &str, &str)]) {
    let (with, without) = (plan.build(), plan.without_restrictions().build());
    assert_eq!(with.summary().ignored, [], "every restriction is in force");
    for &(points, restricted, free) in table {
        with.check(&[(points, restricted)]);
        without.check(&[(points, free)]);
    }
}

/// One kind of restriction at the crossing: from `sj` into the road of `to`,
/// and whether there is a way to the west, the north and the east.
#[track_caller]
fn check_kind(text: &str, to: &str, ways: [bool; 3]) {
    let town = crossing().restriction("sj", "j", to, text).build();
    for ((points, route), is_open) in
        [("sw", "sj,wj"), ("sn", "sj,nj"), ("se", "sj,ej")].into_iter().zip(ways)
    {
        let expected = if is_open { route } else { "no way" };
        town.check(&[(points, expected)]);
    }
}

/// <https://wiki.openstreetmap.org/wiki/Relation:restriction#Tags>
#[test]
fn kinds() {
    check_kind("restriction=no_left_turn", "wj", [false, true, true]);
    check_kind("restriction=no_right_turn", "ej", [true, true, false]);
    check_kind("restriction=no_straight_on", "nj", [true, false, true]);
    check_kind("restriction=no_u_turn", "wj", [false, true, true]);
    check_kind("restriction=no_weird_zigzags", "wj", [false, true, true]);
    check_kind("restriction=only_left_turn", "wj", [true, false, false]);
    check_kind("restriction=only_right_turn", "ej", [false, false, true]);
    check_kind("restriction=only_straight_on", "nj", [false, true, false]);
    check_kind("restriction=only_weird_zigzags", "nj", [false, true, false]);
    check_kind("restriction=yield", "wj", [true, true, true]);
}

/// Those for other vehicles, and those that except cars, are not for cars.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction#Vehicle-specific_restrictions>
#[test]
fn whom_they_concern() {
    check_kind("restriction:hgv=no_left_turn", "wj", [true, true, true]);
    check_kind("restriction:motorcar=no_left_turn", "wj", [false, true, true]);
    check_kind("restriction:motor_vehicle=no_left_turn", "wj", [false, true, true]);
    check_kind("restriction=no_left_turn except=psv", "wj", [false, true, true]);
    check_kind("restriction=no_left_turn except=motorcar", "wj", [true, true, true]);
    check_kind("restriction=no_left_turn except=psv;motorcar", "wj", [true, true, true]);
    check_kind("restriction=no_left_turn except=motor_vehicle", "wj", [true, true, true]);
    check_kind("restriction=only_straight_on except=motorcar", "nj", [true, true, true]);
    check_kind("restriction:conditional=no_left_turn@(Mo-Fr)", "wj", [true, true, true]);
}

/// Several from or to one crossing.
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction#Members>
#[test]
fn several_roads_in_one_relation() {
    check_kind("restriction=no_exit", "wj,nj", [false, false, true]);
    let map = "
           n
           |
        w--j--e
           |
           s";
    let plan = Plan::new(map).ways("sj nj wj je", "");
    let plan = plan.restriction("sj,wj", "j", "nj", "restriction=no_entry");
    check(
        &plan,
        &[
            ("sn", "sj,je,je,nj", "sj,nj"),
            ("wn", "wj,je,je,nj", "wj,nj"),
            ("en", "je,nj", "je,nj"),
            ("sw", "sj,wj", "sj,wj"),
        ],
    );
}

/// A road that passes through the via instead of ending there: the kind of the
/// turn tells which part of it is meant.
#[test]
fn roads_that_are_not_split_at_the_via() {
    let map = "
        w--j--e
           |
           s";
    let plan = || Plan::new(map).ways("sj wje", "");
    let left = plan().restriction("sj", "j", "wje", "restriction=no_left_turn");
    check(&left, &[("sw", "sj,wje,wje", "sj,wje"), ("se", "sj,wje", "sj,wje")]);
    let right = plan().restriction("sj", "j", "wje", "restriction=only_right_turn");
    check(&right, &[("sw", "sj,wje,wje", "sj,wje"), ("se", "sj,wje", "sj,wje")]);
    let from_the_left = plan().restriction("wje", "j", "sj", "restriction=no_right_turn");
    check(&from_the_left, &[("ws", "wje,wje,sj", "wje,sj"), ("es", "wje,sj", "wje,sj")]);
}

/// What cannot be meant closes nothing, and is counted.
#[test]
fn demands_that_cannot_be_obeyed() {
    let map = "
        w--j--e
           |
           s";
    for (from, to, text) in [
        // Straight on, but in which direction?
        ("wje", "wje", "restriction=only_straight_on"),
        // No one turns around at a crossing.
        ("sj", "sj", "restriction=only_u_turn"),
    ] {
        let town = Plan::new(map).ways("sj wje", "").restriction(from, "j", to, text).build();
        town.check(&[("we", "wje"), ("se", "sj,wje"), ("sw", "sj,wje")]);
        assert_eq!(town.summary().ignored.len(), 1, "{text}");
    }
}

/// What two restrictions say of one approach: demands add up, and what one
/// forbids no other allows.
#[test]
fn overlapping_restrictions() {
    let two_demands = crossing()
        .restriction("sj", "j", "wj", "restriction=only_left_turn")
        .restriction("sj", "j", "nj", "restriction=only_straight_on");
    check(&two_demands, &[("sw", "sj,wj", "sj,wj"), ("sn", "sj,nj", "sj,nj")]);
    check(&two_demands, &[("se", "no way", "sj,ej")]);
    let demanded_and_forbidden = crossing()
        .restriction("sj", "j", "wj", "restriction=only_left_turn")
        .restriction("sj", "j", "wj", "restriction=no_left_turn");
    check(&demanded_and_forbidden, &[("sw", "no way", "sj,wj"), ("sn", "no way", "sj,nj")]);
    let twice = crossing().restriction("sj", "j", "wj", "restriction=no_left_turn").restriction(
        "sj",
        "j",
        "wj",
        "restriction=no_left_turn",
    );
    check(&twice, &[("sw", "no way", "sj,wj"), ("se", "sj,ej", "sj,ej")]);
}

/// Who may not turn left drives around the block.
#[test]
fn around_the_block() {
    let map = "
           n--m
           |  |
        w--j--e
           |
           s";
    let plan = Plan::new(map).ways("sj nj nm me", "").way("wj", "").way("je", "");
    let plan = plan.restriction("sj", "j", "wj", "restriction=no_left_turn");
    check(&plan, &[("sw", "sj,nj,nm,me,je,wj", "sj,wj"), ("ws", "wj,sj", "wj,sj")]);
    check(&plan, &[("nw", "nj,wj", "nj,wj"), ("se", "sj,je", "sj,je")]);
}

/// A restriction on a street that passes through the crossing of another one,
/// where only the named part of the way is meant.
#[test]
fn on_a_way_that_has_bends() {
    let map = "
                    i
                    |
                f---e
                |   |
        a---b---c---d
                |
                g
                |
                h";
    let plan = Plan::new(map).ways("abc cde efc cgh ei", "");
    let plan = plan.restriction("abc", "c", "cgh", "restriction=no_right_turn");
    check(&plan, &[("ah", "abc,cde,efc,cgh", "abc,cgh")]);
}

/// No U-turn at a crossing is what holds without any relation, and one that
/// says it all the same does no harm.
#[test]
fn no_u_turn_on_one_way() {
    let map = "
        a--b--c
           |
           d";
    let plan = Plan::new(map).ways("ab bc bd", "");
    let plan = plan.restriction("ab", "b", "ab", "restriction=no_u_turn");
    check(&plan, &[("ac", "ab,bc", "ab,bc"), ("ad", "ab,bd", "ab,bd")]);
    let dead_end = Plan::new("a--b").way("ab", "");
    let town = dead_end.restriction("ab", "b", "ab", "restriction=no_u_turn").build();
    town.check(&[("ab", "ab"), ("ba", "ab")]);
}

/// A relation that is not right is told and does no harm: it closes nothing.
#[test]
fn wrong_relations_are_ignored_and_counted() {
    let rows = [
        ("sj", "", "wj", "turn restriction without from, via or to"),
        ("sj", "j", "", "turn restriction without from, via or to"),
        ("sj", "n", "wj", "turn restriction whose members do not meet"),
        ("sj", "j", "fg", "turn restriction whose members do not meet"),
        ("sj", "fg", "wj", "turn restriction whose members do not meet"),
        ("sj", "j", "xy", "turn restriction on ways that are not in the network"),
        ("sj", "xy", "wj", "turn restriction on ways that are not in the network"),
    ];
    let map = "
           n     f--g
           |
        w--j--e  x--y
           |
           s";
    for (from, via, to, reason) in rows {
        let plan = Plan::new(map).way("sj", "oneway=yes").ways("nj wj ej", "oneway=-1");
        let plan = plan.way("fg", "").way("xy", "highway=footway");
        let town = plan.restriction(from, via, to, "restriction=only_right_turn").build();
        let ignored = &town.summary().ignored;
        assert_eq!(ignored.len(), 1, "{from} {via} {to}: {ignored:?}");
        assert_eq!((ignored[0].reason.as_str(), ignored[0].count), (reason, 1));
        assert_eq!(ignored[0].examples, ["relation/1"]);
        town.check(&[("sw", "sj,wj"), ("sn", "sj,nj"), ("se", "sj,ej")]);
    }
}

/// A demand for a turn that cars may not make closes nothing.
#[test]
fn a_demand_that_cars_cannot_obey() {
    let map = "
           n
           |
        w--j--e
           |
           s";
    let closed = Plan::new(map).ways("sj nj je", "").way("wj", "motor_vehicle=no access=yes");
    let town = closed.restriction("sj", "j", "wj", "restriction=only_left_turn").build();
    assert_eq!(town.summary().ignored.len(), 1);
    town.check(&[("se", "sj,je"), ("sn", "sj,nj")]);
}
