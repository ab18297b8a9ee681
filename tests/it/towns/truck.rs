//! Where trucks cannot go: <https://wiki.openstreetmap.org/wiki/Key:hgv>.

use super::plan::Plan;

/// The straight way `bc`, and the detour `befc` around it.
const MAP: &str = "
    a--b-----c--d
       |     |
       e-----f";

fn town(profile: &'static str, tags: &str) -> Plan {
    Plan::new(MAP).profile(profile).ways("ab cd befc", "").way("bc", tags)
}

/// Who does not fit drives around, and so does who may only begin or end there.
/// <https://wiki.openstreetmap.org/wiki/Key:maxheight>,
/// <https://wiki.openstreetmap.org/wiki/Key:maxweight>,
/// <https://wiki.openstreetmap.org/wiki/Key:hazmat>
#[test]
fn what_a_truck_drives_around() {
    for (tags, profile, fits) in [
        ("maxheight=3.5", "truck", false),
        ("maxheight=3.5", "truck:height=3.4", true),
        ("maxheight=3.5", "car", true),
        ("maxheight=4.2", "truck", true),
        ("maxheight=4.2", "truck:height=4.3", false),
        ("maxwidth=2.3", "truck", false),
        ("maxlength=9", "truck", false),
        ("maxweight=10", "truck", false),
        ("maxweight=10", "truck:weight=9.5", true),
        ("maxaxleload=8", "truck", false),
        ("hgv=no", "truck", false),
        ("hgv=destination", "truck", false),
        ("hgv=no", "car", true),
        ("hgv=no", "motorcycle", true),
        ("hazmat=no", "truck", true),
        ("hazmat=no", "truck:hazmat=yes", false),
    ] {
        let way = if fits { "ab,bc,cd" } else { "ab,befc,cd" };
        town(profile, tags).build().check(&[("ad", way)]);
    }
}

/// A beam over the road at a node is as low as one over all of it.
/// <https://wiki.openstreetmap.org/wiki/Tag:barrier%3Dheight_restrictor>
#[test]
fn a_beam_over_the_road() {
    for (profile, way) in [("truck", "ab,befc,cd"), ("truck:height=2.4", "ab,bgc,cd")] {
        Plan::new(
            "
            a--b--g--c--d
               |     |
               e-----f",
        )
        .profile(profile)
        .ways("ab cd befc bgc", "")
        .node('g', "barrier=height_restrictor maxheight=2.5")
        .build()
        .check(&[("ad", way)]);
    }
}

/// Where there is no way around, there is none at all.
#[test]
fn a_truck_never_squeezes_through() {
    let town = Plan::new("a--b--c--d").profile("truck").ways("ab cd", "");
    town.clone().way("bc", "maxheight=3.5").build().check(&[("ad", "no way")]);
    town.way("bc", "hgv=destination").build().check(&[("ad", "ab,bc,cd!")]);
}
