//! Which way bicycles go: one-way streets, roundabouts, and the lanes and ways
//! made for them.

use super::{bicycle::BICYCLE, check_of};

#[track_caller]
fn check(table: &[(&str, &str)]) {
    check_of(&BICYCLE, table);
}

/// <https://wiki.openstreetmap.org/wiki/Key:oneway>
#[test]
fn oneways() {
    check(&[
        ("highway=primary foot=no oneway=1", "O15 -"),
        ("highway=primary foot=no oneway=true", "O15 -"),
        ("highway=primary foot=no oneway=-1", "- O15"),
        ("highway=primary foot=no oneway=no", "O15 O15"),
        ("highway=primary foot=no oneway=nonsense", "O15 O15"),
        ("highway=primary foot=no oneway=alternating", "O15 O15"),
        ("highway=primary foot=no oneway:car=yes", "O15 O15"),
        ("highway=primary foot=no oneway:motor_vehicle=yes", "O15 O15"),
        ("highway=primary foot=no oneway:bicycle=yes", "O15 -"),
        ("highway=primary foot=no oneway:bicycle=yes oneway=-1", "O15 -"),
        ("highway=primary foot=no oneway:bicycle=no oneway=yes", "O15 O15"),
        ("highway=primary foot=no oneway:bicycle=-1 oneway=yes", "- O15"),
        ("highway=primary foot=no oneway:bicycle=no junction=roundabout", "O15 O15"),
        ("highway=primary foot=no oneway=yes bicycle:backward=yes", "O15 O15"),
        ("highway=motorway foot=no bicycle=yes oneway=no", "O15 O15"),
    ]);
}

/// One goes round a roundabout as all do, on foot too.
/// <https://wiki.openstreetmap.org/wiki/Tag:junction%3Droundabout>
#[test]
fn roundabouts() {
    check(&[
        ("highway=primary junction=roundabout", "O15 -"),
        ("highway=primary junction=circular", "O15 -"),
        ("highway=primary junction=roundabout foot=yes", "O15 -"),
        ("highway=primary junction=roundabout oneway=no", "O15 O15"),
        ("highway=primary junction=roundabout oneway=-1", "- O15"),
        ("highway=motorway junction=roundabout bicycle=yes", "O15 -"),
        ("highway=footway junction=roundabout", "O4 O4"),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Key:cycleway>
#[test]
fn lanes_against_the_traffic() {
    check(&[
        ("highway=primary foot=no oneway=yes cycleway=opposite", "O15 O15"),
        ("highway=primary foot=no oneway=yes cycleway=opposite_lane", "O15 O15"),
        ("highway=primary foot=no oneway=yes cycleway=opposite_track", "O15 O15"),
        ("highway=primary foot=no oneway=-1 cycleway=opposite", "O15 O15"),
        ("highway=primary foot=no oneway=yes cycleway:left=opposite_lane", "O15 O15"),
        ("highway=primary foot=no oneway=yes cycleway=track", "O15 -"),
        ("highway=primary foot=no oneway=yes cycleway:left=track", "O15 -"),
        ("highway=primary foot=no oneway=yes cycleway:both=lane", "O15 -"),
        (
            "highway=primary foot=no oneway=yes cycleway:left=lane cycleway:left:oneway=-1",
            "O15 O15",
        ),
        (
            "highway=primary foot=no oneway=yes cycleway:right=track cycleway:right:oneway=no",
            "O15 O15",
        ),
        (
            "highway=primary foot=no oneway=yes cycleway:both=track cycleway:both:oneway=no",
            "O15 O15",
        ),
        ("highway=primary foot=no oneway=yes cycleway:left:oneway=-1", "O15 -"),
        ("highway=primary oneway=yes cycleway:left=track", "O15 O4"),
        ("highway=primary oneway=-1 foot=yes cycleway:left=track", "O4 O15"),
    ]);
}

/// A lane opens what is closed by its class, where it leads.
#[test]
fn lanes_on_other_roads() {
    check(&[
        ("highway=motorway cycleway=track", "O15 -"),
        ("highway=motorway cycleway=shared_lane", "O15 -"),
        ("highway=motorway cycleway:left=track", "O15 -"),
        ("highway=motorway cycleway:right=opposite", "O15 O15"),
        ("highway=motorway cycleway=yes", "closed"),
        ("highway=motorway cycleway=no", "closed"),
        ("highway=motorway cycleway=track access=no", "closed"),
        ("highway=nonsense cycleway=share_busway", "O15 O15"),
        ("highway=nonsense cycleway:right=track", "O15 -"),
        ("highway=footway cycleway=lane", "O15 O15"),
        ("highway=footway cycleway:right=track", "O15 O4"),
        ("highway=footway cycleway:left=track", "O4 O15"),
        ("highway=footway oneway=yes cycleway=track", "O15 O4"),
        ("highway=footway cycleway=opposite", "O4 O4"),
        ("highway=footway cycleway:right=opposite", "O4 O15"),
        ("highway=steps cycleway=lane", "O2 O2"),
        ("highway=residential cycleway=track access=no", "closed"),
    ]);
}

/// A cycleway mapped by itself is taken instead of the road.
/// <https://wiki.openstreetmap.org/wiki/Tag:cycleway%3Dseparate>
#[test]
fn separate_cycleways() {
    check(&[
        ("highway=primary cycleway=separate", "closed"),
        ("highway=primary cycleway:both=separate", "closed"),
        ("highway=primary cycleway:right=separate", "- O15"),
        ("highway=primary cycleway:left=separate", "O15 -"),
        ("highway=primary oneway=yes cycleway:left=separate", "closed"),
        (
            "highway=primary cycleway:right=separate cycleway:left=lane cycleway:left:oneway=no",
            "O15 O15",
        ),
        ("highway=primary cycleway=separate vehicle=yes", "closed"),
        ("highway=primary cycleway:right=separate bicycle=yes", "O15 O15"),
        ("highway=primary cycleway:right=separate bicycle=destination", "D15 D15"),
    ]);
}
