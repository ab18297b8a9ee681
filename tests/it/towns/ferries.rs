//! Ferries: <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry>.

use super::{plan::Plan, tables::check_roads};

/// A ferry takes cars if it says so, and also if it says nothing of anybody.
/// <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry#Tags_used_in_combination>
#[test]
fn whom_a_ferry_takes() {
    check_roads(&[
        ("route=ferry", "5 5"),
        ("route=ferry motor_vehicle=yes foot=yes", "5 5"),
        ("route=ferry motorcar=yes", "5 5"),
        ("route=ferry motorcar=no", "- -"),
        ("route=ferry foot=yes", "- -"),
        ("route=ferry foot=yes bicycle=yes", "- -"),
        ("route=ferry access=no", "- -"),
        ("route=ferry motor_vehicle=private", "5! 5!"),
        ("route=ferry oneway=yes", "5 -"),
        ("route=shuttle_train", "10 10"),
        ("route=shuttle_train motorcar=no", "- -"),
        ("railway=rail route=train", "- -"),
    ]);
}

/// A duration is for the whole way, and each part of it has its share.
/// <https://wiki.openstreetmap.org/wiki/Key:duration>
#[test]
fn durations() {
    for duration in ["00:01:40", "PT1M40S", "PT100S"] {
        let text = format!("route=ferry motorcar=yes duration={duration}");
        let town = Plan::new("a--b-1--c--d").ways("ab cd", "").way("bc", &text).build();
        town.check_seconds(&[("bc", 100.0), ("cb", 100.0), ("b1", 40.0), ("1c", 60.0)]);
        town.check(&[("ad", "ab,bc,cd"), ("bd", "bc,cd")]);
    }
}

/// A slow ferry is not worth the wait.
#[test]
fn the_bridge_is_faster() {
    let map = "
        a--b--------c--d
           |        |
           |        |
           e--------f";
    let town = Plan::new(map)
        .ways("ab cd befc", "")
        .way("bc", "route=ferry motor_vehicle=yes duration=00:30")
        .build();
    town.check(&[("ad", "ab,befc,cd")]).check_shortest(&[("ad", "ab,bc,cd")]);
}
