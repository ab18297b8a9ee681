//! The rules for trucks: those of cars, but for their own keys and size.

use super::{check_of, tags};
use crate::profile::{Passage, Profile, ProfileKind, RestrictionKind, TurnKind};

fn truck() -> Profile {
    Profile::new(ProfileKind::Truck)
}

fn check(table: &[(&str, &str)]) {
    check_of(&truck(), table);
}

/// <https://wiki.openstreetmap.org/wiki/Key:hgv>
#[test]
fn its_own_key_decides() {
    check(&[
        ("highway=primary", "O56 O56"),
        ("highway=primary hgv=no", "closed"),
        ("highway=primary hgv=designated", "O56 O56"),
        ("highway=primary hgv=destination", "D56 D56"),
        ("highway=primary hgv=delivery", "D56 D56"),
        ("highway=primary hgv=unsuitable", "D56 D56"),
        ("highway=primary hgv:forward=no", "- O56"),
        ("highway=primary motor_vehicle=no hgv=yes", "O56 O56"),
        ("highway=primary goods=no", "O56 O56"),
        ("highway=primary motorcar=no", "O56 O56"),
        ("highway=primary hov=designated", "D56 D56"),
        ("highway=primary oneway=yes oneway:hgv=no", "O56 O56"),
        ("route=ferry hgv=yes", "O5 O5"),
        ("highway=primary vehicle=no motor_vehicle=hgv", "O56 O56"),
        ("highway=primary motor_vehicle=motorcar;motorcycle", "closed"),
        ("highway=primary hgv=local", "D56 D56"),
        ("route=ferry motorcar=yes", "closed"),
        ("highway=footway", "closed"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:maxspeed:hgv>. No truck is faster
/// than its limiter lets it.
#[test]
fn speeds() {
    check(&[
        ("highway=motorway", "O80 -"),
        ("highway=motorway maxspeed=120", "O80 -"),
        ("highway=motorway maxspeed=120 maxspeed:hgv=80", "O64 -"),
        ("highway=primary maxspeed:hgv:forward=50", "O40 O56"),
        ("highway=primary maxspeed=60", "O48 O48"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:maxheight> and its sisters: 4.0 m
/// high, 2.55 m wide, 12 m long, 18 t, 11.5 t on an axle.
#[test]
fn size() {
    check(&[
        ("highway=primary maxheight=3.8", "closed"),
        ("highway=primary maxheight=4", "O56 O56"),
        ("highway=primary maxheight=13'", "closed"),
        ("highway=primary maxheight=14'6\"", "O56 O56"),
        ("highway=primary maxheight=default", "O56 O56"),
        ("highway=primary maxheight=below_default", "closed"),
        ("highway=primary maxheight:hgv=3.5", "closed"),
        ("highway=primary maxwidth=2.5", "closed"),
        ("highway=primary maxwidth=2.55", "O56 O56"),
        ("highway=primary width=2.5", "closed"),
        ("highway=primary narrow=yes", "closed"),
        ("highway=primary width=narrow", "closed"),
        ("highway=primary maxlength=10", "closed"),
        ("highway=primary maxlength=12m", "O56 O56"),
        ("highway=primary maxweight=7.5", "closed"),
        ("highway=primary maxweight:hgv=12", "closed"),
        ("highway=primary maxweight=3.5 maxweight:hgv=20", "O56 O56"),
        ("highway=primary maxweight:forward=7.5", "- O56"),
        ("highway=primary maxweight:hgv:backward=7.5", "O56 -"),
        ("highway=primary maxweightrating=7.5", "closed"),
        ("highway=primary maxgcweight=12", "closed"),
        ("highway=primary maxweight=40", "O56 O56"),
        ("highway=primary maxaxleload=10", "closed"),
        ("highway=primary maxaxleload=11.5", "O56 O56"),
        ("highway=primary hazmat=no", "O56 O56"),
    ]);
}

/// A profile may say how large the truck is.
#[test]
fn size_that_is_chosen() {
    let small: Profile =
        "truck:height=2.8,weight=7.5,width=2.3,length=8,axleload=5".parse().unwrap();
    check_of(
        &small,
        &[
            ("highway=primary maxheight=3", "O56 O56"),
            ("highway=primary maxheight=below_default", "O56 O56"),
            ("highway=primary maxweight=7.5", "O56 O56"),
            ("highway=primary maxweight=7", "closed"),
            ("highway=primary maxlength=10", "O56 O56"),
        ],
    );
    let high: Profile = "truck:height=4.6".parse().unwrap();
    check_of(&high, &[("highway=primary maxheight=default", "closed")]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:hazmat>
#[test]
fn dangerous_load() {
    let tanker: Profile = "truck:hazmat=yes".parse().unwrap();
    check_of(
        &tanker,
        &[
            ("highway=primary", "O56 O56"),
            ("highway=primary hazmat=no", "closed"),
            ("highway=primary hazmat=destination", "D56 D56"),
            ("highway=primary hazmat=designated", "O56 O56"),
            ("highway=primary hazmat:forward=no", "- O56"),
            ("highway=primary hazmat:water=no", "closed"),
            ("highway=primary tunnel=yes hazmat:E=no", "closed"),
        ],
    );
}

#[test]
fn barriers_and_restrictions() {
    for (text, passage) in [
        ("barrier=height_restrictor", Passage::Open),
        ("barrier=height_restrictor maxheight=2.5", Passage::Closed),
        ("barrier=height_restrictor maxheight=4.5", Passage::Open),
        ("maxweight=7.5", Passage::Closed),
        ("barrier=gate width=2.5", Passage::Closed),
        ("highway=crossing width=2.5", Passage::Open),
        ("barrier=gate hgv=no", Passage::Closed),
        ("barrier=lift_gate hgv=private", Passage::Destination),
    ] {
        assert_eq!(truck().node(&tags(text)).passage, passage, "{text}");
    }
    let restriction = |text: &str| truck().restriction(&tags(text));
    let base = "type=restriction restriction=no_left_turn";
    assert_eq!(restriction(base), Some(RestrictionKind::No(TurnKind::Left)));
    assert_eq!(restriction(&format!("{base} except=hgv")), None);
    assert!(restriction("type=restriction restriction:hgv=no_u_turn").is_some());
    assert_eq!(restriction("type=restriction restriction:motorcar=no_u_turn"), None);
}
