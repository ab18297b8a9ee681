//! What turns cost, and what relations forbid.

use super::{CAR, tags};
use crate::{
    profile::{
        DrivingSide, HaltKind, Profile, ProfileKind, RestrictionKind, TurnGeometry, TurnKind,
        tagged_driving_side,
    },
    units::Millis,
};

fn at(angle_deg: i16, leg_count: u8) -> TurnGeometry {
    TurnGeometry { angle_deg, leg_count, ..Default::default() }
}

#[test]
fn turns() {
    let halt = |kind, turn| TurnGeometry { halt: Some(kind), ..turn };
    for (turn, millis) in [
        (at(0, 4), 0),
        (at(15, 3), 0),
        (at(-15, 3), 0),
        (at(45, 4), 500),
        (at(-45, 4), 1_000),
        (at(90, 4), 2_000),
        (at(-90, 4), 4_000),
        (at(-100, 4), 4_444),
        (at(180, 4), 6_000),
        (at(-180, 4), 8_000),
        (at(i16::MIN, 4), 8_000),
        // A bend is no turn, and a dead end is one only back.
        (at(90, 2), 0),
        (TurnGeometry { u_turn: true, ..at(180, 4) }, 20_000),
        (TurnGeometry { u_turn: true, ..at(180, 1) }, 20_000),
        (TurnGeometry { u_turn: true, turning_place: true, ..at(180, 1) }, 5_000),
        (TurnGeometry { turning_place: true, ..at(0, 2) }, 0),
        (halt(HaltKind::Signals, at(0, 4)), 4_000),
        (halt(HaltKind::Signals, at(0, 2)), 4_000),
        (halt(HaltKind::Signals, at(-90, 4)), 8_000),
        (halt(HaltKind::Stop, at(0, 2)), 3_000),
        (halt(HaltKind::GiveWay, at(90, 3)), 3_500),
        (TurnGeometry { onto_roundabout: true, ..at(60, 3) }, 2_000),
        (TurnGeometry { from_roundabout: true, onto_roundabout: true, ..at(-40, 3) }, 0),
        (TurnGeometry { from_roundabout: true, ..at(60, 3) }, 0),
    ] {
        assert_eq!(CAR.turn_cost(&turn), Millis::new(millis), "{turn:?}");
    }
}

#[test]
fn the_other_side_is_the_mirror_image() {
    let left = |turn| TurnGeometry { side: DrivingSide::Left, ..turn };
    for angle in -180..=180 {
        assert_eq!(CAR.turn_cost(&at(angle, 4)), CAR.turn_cost(&left(at(-angle, 4))));
        let sharper = CAR.turn_cost(&at(angle + angle.signum(), 4));
        assert!(CAR.turn_cost(&at(angle, 4)) <= sharper, "sharper is dearer");
    }
    for (text, side) in [
        ("driving_side=left", Some(DrivingSide::Left)),
        ("driving_side=right", Some(DrivingSide::Right)),
        ("driving_side=both", None),
        ("", None),
    ] {
        assert_eq!(tagged_driving_side(&tags(text)), side, "{text}");
    }
}

#[test]
fn restrictions() {
    use RestrictionKind::{No, Only};
    for (text, kind) in [
        ("restriction=no_left_turn", Some(No(TurnKind::Left))),
        ("restriction=no_right_turn", Some(No(TurnKind::Right))),
        ("restriction=no_straight_on", Some(No(TurnKind::StraightOn))),
        ("restriction=no_u_turn", Some(No(TurnKind::UTurn))),
        ("restriction=no_entry", Some(No(TurnKind::Entry))),
        ("restriction=no_exit", Some(No(TurnKind::Exit))),
        ("restriction=no_turn", Some(No(TurnKind::Other))),
        ("restriction=no_right_turn_on_red", None),
        ("restriction=no_left_turn_on_red;no_u_turn", Some(No(TurnKind::UTurn))),
        ("restriction=only_straight_on", Some(Only(TurnKind::StraightOn))),
        ("restriction=only_left_turn", Some(Only(TurnKind::Left))),
        ("restriction:motorcar=no_left_turn", Some(No(TurnKind::Left))),
        ("restriction:motor_vehicle=no_left_turn", Some(No(TurnKind::Left))),
        ("restriction:hgv=no_left_turn", None),
        ("restriction=no_left_turn restriction:motorcar=none", None),
        ("restriction=no_left_turn except=psv", Some(No(TurnKind::Left))),
        ("restriction=no_left_turn except=psv;motorcar", None),
        ("restriction=no_left_turn except=motor_vehicle", None),
        ("restriction:conditional=no_left_turn", None),
        ("restriction=no_left_turn day_on=Monday", None),
        ("restriction=nonsense", None),
        ("", None),
    ] {
        assert_eq!(CAR.restriction(&tags(&format!("type=restriction {text}"))), kind, "{text}");
        assert_eq!(CAR.restriction(&tags(text)), None, "{text} of no restriction");
    }
}

/// Who is meant: by the key, by the type of the relation, or by exception.
#[test]
fn restrictions_for_some() {
    use ProfileKind::{Bicycle, Car, Foot, Motorcycle, Truck};
    for (text, expected) in [
        ("type=restriction restriction=no_left_turn", [true, true, true, true, false]),
        ("type=restriction restriction:motor_vehicle=no_u_turn", [true, true, true, false, false]),
        ("type=restriction restriction:hgv=no_left_turn", [false, false, true, false, false]),
        ("type=restriction:hgv restriction:hgv=no_left_turn", [false, false, true, false, false]),
        ("type=restriction:hgv restriction=no_left_turn", [false, false, true, false, false]),
        ("type=restriction restriction:bicycle=no_left_turn", [false, false, false, true, false]),
        ("type=restriction restriction:foot=no_left_turn", [false, false, false, false, true]),
        (
            "type=restriction restriction=no_left_turn except=bicycle",
            [true, true, true, false, false],
        ),
        (
            "type=restriction restriction=no_left_turn except=bus,bicycle",
            [true, true, true, false, false],
        ),
        ("type=restriction restriction=no_left_turn except=hgv", [true, true, false, true, false]),
        ("type=route restriction=no_left_turn", [false; 5]),
    ] {
        let restricted = [Car, Motorcycle, Truck, Bicycle, Foot]
            .map(|kind| Profile::new(kind).restriction(&tags(text)).is_some());
        assert_eq!(restricted, expected, "{text}");
    }
}
