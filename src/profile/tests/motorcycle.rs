//! The rules for motorcycles: those of cars, but for their own keys and size.

use super::{check_of, tags};
use crate::profile::{Passage, Profile, ProfileKind, RestrictionKind, TurnKind};

fn motorcycle() -> Profile {
    Profile::new(ProfileKind::Motorcycle)
}

fn check(table: &[(&str, &str)]) {
    check_of(&motorcycle(), table);
}

/// <https://wiki.openstreetmap.org/wiki/Key:motorcycle>
#[test]
fn its_own_key_decides() {
    check(&[
        ("highway=primary", "O56 O56"),
        ("highway=primary motorcycle=no", "closed"),
        ("highway=primary motor_vehicle=no motorcycle=yes", "O56 O56"),
        ("highway=primary motorcycle:backward=no", "O56 -"),
        ("highway=primary motorcar=no", "O56 O56"),
        ("highway=primary motorcycle=destination", "D56 D56"),
        ("highway=primary vehicle=no", "closed"),
        ("highway=primary oneway=yes oneway:motorcycle=no", "O56 O56"),
        ("highway=primary maxspeed=80 maxspeed:motorcycle=50", "O40 O40"),
        ("highway=path motorcycle=yes", "O8 O8"),
        ("highway=path", "closed"),
        ("route=ferry motorcycle=yes", "O5 O5"),
        ("highway=primary motor_vehicle=motorcycle", "O56 O56"),
        ("highway=primary motor_vehicle=hgv", "closed"),
        ("highway=primary motor_vehicle=hgv;motorcycle", "O56 O56"),
        ("route=ferry motorcar=yes", "O5 O5"),
        ("route=ferry bicycle=yes", "closed"),
    ]);
}

/// It is narrow, and takes lanes for passengers.
/// <https://wiki.openstreetmap.org/wiki/Key:hov>
#[test]
fn size() {
    check(&[
        ("highway=primary width=1.5", "O56 O56"),
        ("highway=primary width=0.8", "closed"),
        ("highway=primary lanes=1", "O56 O56"),
        ("highway=primary maxheight=1.9", "O56 O56"),
        ("highway=primary hov=designated", "O56 O56"),
        ("highway=primary access=hov", "O56 O56"),
    ]);
}

#[test]
fn barriers_and_restrictions() {
    for (text, passage) in [
        ("barrier=bollard", Passage::Closed),
        ("barrier=bollard motorcycle=yes", Passage::Open),
        ("barrier=gate motorcycle=no", Passage::Closed),
        ("barrier=motorcycle_barrier", Passage::Closed),
    ] {
        assert_eq!(motorcycle().node(&tags(text)).passage, passage, "{text}");
    }
    let restriction = |text: &str| motorcycle().restriction(&tags(text));
    let base = "type=restriction restriction=no_left_turn";
    assert_eq!(restriction(base), Some(RestrictionKind::No(TurnKind::Left)));
    assert_eq!(restriction(&format!("{base} except=motorcycle")), None);
    assert!(restriction(&format!("{base} except=motorcar")).is_some());
    assert!(restriction("type=restriction restriction:motorcycle=no_u_turn").is_some());
}
