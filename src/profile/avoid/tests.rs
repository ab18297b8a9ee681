use super::*;
use crate::profile::{Profile, ProfileKind};

/// The classes of a way for cars, forward and backward: names, or `-`.
fn of_way(text: &str) -> String {
    of_way_for(ProfileKind::Car, text)
}

fn of_way_for(kind: ProfileKind, text: &str) -> String {
    let tags: Tags = text
        .split_whitespace()
        .map(|tag| tag.split_once('=').unwrap_or_else(|| panic!("{tag} is no tag")))
        .collect();
    let rules = Profile::new(kind).way(&tags).expect("it may be used");
    let classes = Direction::BOTH.map(|direction| match rules.travel(direction) {
        Some(travel) if travel.avoid.is_empty() => "-".to_owned(),
        Some(travel) => travel.avoid.to_string(),
        None => "closed".to_owned(),
    });
    if classes[0] == classes[1] { classes[0].clone() } else { classes.join(" ") }
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for &(tags, expected) in rows {
        assert_eq!(of_way(tags), expected, "{tags}");
    }
}

/// <https://wiki.openstreetmap.org/wiki/Key:toll>
#[test]
fn toll_is_paid_by_whom_the_tags_name() {
    check(&[
        ("highway=primary", "-"),
        ("highway=primary toll=yes", "toll"),
        ("highway=primary toll=no", "-"),
        ("highway=primary toll=unknown", "-"),
        ("highway=primary toll:motorcar=yes", "toll"),
        ("highway=primary toll=yes toll:motorcar=no", "-"),
        ("highway=primary toll=no toll:motor_vehicle=yes", "toll"),
        ("highway=primary toll:motor_vehicle=yes toll:motorcar=no", "-"),
        ("highway=primary toll=no toll:hgv=yes", "-"),
        ("highway=primary toll:hgv=yes", "-"),
        ("highway=primary toll=hgv", "-"),
        ("highway=primary toll=snowmobile", "-"),
        ("highway=primary toll=hgv;motorcar", "toll"),
        ("highway=primary toll:forward=yes", "toll -"),
        ("highway=primary toll=yes toll:backward=no", "toll -"),
        ("highway=primary toll:motorcar:backward=yes", "- toll"),
        ("highway=primary tollgate=yes", "-"),
        ("highway=primary oneway=yes toll=yes", "toll closed"),
    ]);
}

#[test]
fn trucks_pay_where_cars_do_not_and_walkers_are_let_off() {
    use ProfileKind::{Bicycle, Foot, Truck};
    for (kind, tags, expected) in [
        (Truck, "highway=primary toll=yes", "toll"),
        (Truck, "highway=primary toll=no toll:hgv=yes", "toll"),
        (Truck, "highway=primary toll=hgv", "toll"),
        (Truck, "highway=primary toll:N3=yes", "toll"),
        (Truck, "highway=primary toll=yes toll:hgv=no", "-"),
        (Bicycle, "highway=primary toll=yes", "toll"),
        (Bicycle, "highway=primary toll=yes toll:bicycle=no", "-"),
        (Foot, "highway=primary toll=yes toll:foot=no", "-"),
        (Foot, "highway=primary toll:motor_vehicle=yes", "-"),
    ] {
        assert_eq!(of_way_for(kind, tags), expected, "{kind:?} on {tags}");
    }
    assert_eq!(of_way("highway=primary toll:N3=yes"), "-");
}

/// <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dmotorway>
#[test]
fn motorways_and_their_ramps() {
    check(&[
        ("highway=motorway oneway=no", "motorway"),
        ("highway=motorway_link", "motorway"),
        ("highway=motorway oneway=no toll=yes", "toll,motorway"),
        ("highway=trunk motorroad=yes", "-"),
        ("highway=trunk_link", "-"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry>
#[test]
fn ferries_and_trains_that_carry_cars() {
    check(&[
        ("route=ferry", "ferry"),
        ("route=ferry toll=yes", "toll,ferry"),
        ("route=shuttle_train", "ferry"),
        ("highway=primary bridge=yes", "-"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:tunnel>
#[test]
fn tunnels_but_no_archways() {
    check(&[
        ("highway=primary tunnel=yes", "tunnel"),
        ("highway=primary tunnel=avalanche_protector", "tunnel"),
        ("highway=primary tunnel=no", "-"),
        ("highway=primary tunnel=building_passage", "-"),
        ("highway=primary tunnel=culvert", "-"),
        ("highway=primary covered=yes", "-"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:surface>,
/// <https://wiki.openstreetmap.org/wiki/Key:tracktype>
#[test]
fn what_is_not_paved() {
    check(&[
        ("highway=unclassified", "-"),
        ("highway=unclassified surface=unpaved", "unpaved"),
        ("highway=unclassified surface=gravel", "unpaved"),
        ("highway=unclassified surface=compacted", "unpaved"),
        ("highway=unclassified surface=ground", "unpaved"),
        ("highway=unclassified surface=asphalt", "-"),
        ("highway=unclassified surface=cobblestone", "-"),
        ("highway=unclassified surface=cobblestone:flattened", "-"),
        ("highway=unclassified surface=concrete:lanes", "-"),
        ("highway=unclassified surface=asphalt;gravel", "unpaved"),
        ("highway=unclassified surface=moon_dust", "-"),
        ("highway=unclassified smoothness=bad", "-"),
        ("highway=unclassified tracktype=grade3", "unpaved"),
        ("highway=track", "unpaved"),
        ("highway=track tracktype=grade1", "-"),
        ("highway=track tracktype=grade2", "unpaved"),
        ("highway=track tracktype=grade2 surface=asphalt", "-"),
        ("highway=track tracktype=grade1 surface=gravel", "unpaved"),
        ("highway=track surface=paved", "-"),
        ("highway=track surface=moon_dust", "unpaved"),
    ]);
}

#[test]
fn a_set_is_read_as_it_is_written() {
    for (text, written) in [
        ("toll", "toll"),
        ("ferry,toll", "toll,ferry"),
        ("unpaved, motorway,unpaved", "motorway,unpaved"),
    ] {
        let set: AvoidClasses = text.parse().unwrap();
        assert_eq!(set.to_string(), written);
        assert!(set.is_sound() && !set.is_empty());
    }
    for text in ["", "tolls", "toll,", "Toll", "toll;ferry"] {
        assert!(text.parse::<AvoidClasses>().is_err(), "{text:?}");
    }
    let error = "bridge".parse::<AvoidClasses>().unwrap_err().to_string();
    assert!(error.contains("\"bridge\"") && error.contains("toll, motorway, ferry"), "{error}");
    let all: AvoidClasses = AvoidClass::ALL.into_iter().collect();
    assert!(all.is_sound() && !AvoidClasses(1 << 5).is_sound());
}

#[test]
fn sets_are_joined_and_cut() {
    let [toll, both]: [AvoidClasses; 2] = ["toll", "toll,ferry"].map(|text| text.parse().unwrap());
    assert_eq!(toll.union(both), both);
    assert_eq!(toll.intersection(both), toll);
    assert!(both.contains(AvoidClass::Ferry) && !toll.contains(AvoidClass::Ferry));
    assert!(AvoidClasses::NONE.intersection(both).is_empty());
}
