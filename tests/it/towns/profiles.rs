//! One town, and who may go where in it.

use super::plan::Plan;

/// The shortest way is a footway, the next one a cycleway, the longest a
/// motorway.
#[test]
fn everyone_takes_the_ways_that_are_theirs() {
    for (profile, expected) in [
        ("car", "am,mb"),
        ("motorcycle", "am,mb"),
        ("truck", "am,mb"),
        ("bicycle", "ac,cb"),
        ("foot", "af,fb"),
    ] {
        let town = Plan::new(
            "
            a   f   b

                c

                m",
        )
        .profile(profile)
        .ways("af fb", "highway=footway bicycle=no")
        .ways("ac cb", "highway=cycleway foot=no")
        .ways("am mb", "highway=motorway oneway=no")
        .build();
        town.check(&[
            ("ab", expected),
            ("ba", &expected.split(',').rev().collect::<Vec<_>>().join(",")),
        ]);
    }
}
