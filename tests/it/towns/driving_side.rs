//! Traffic keeps right in Shenzhen and left in Hong Kong:
//! <https://wiki.openstreetmap.org/wiki/Key:driving_side>.

use super::plan::Plan;

const CROSS: &str = "
           n
           |
        w--j--e
           |
           s";

/// Every way is 300 m at 20 m/s; the turn across the oncoming traffic takes
/// four seconds, the other one two.
#[test]
fn the_cheap_turn_is_the_near_one() {
    let (left, right) = ([4.0, 2.0], [2.0, 4.0]);
    for (place, lat, lon, [to_the_left, to_the_right]) in [
        ("Futian", 22.530, 114.060, left),
        ("Songgang", 22.770, 113.840, left),
        ("Sheung Shui", 22.505, 114.128, right),
        ("Central", 22.282, 114.158, right),
        ("Macau", 22.200, 113.541, right),
        ("Zhuhai", 22.230, 113.545, left),
    ] {
        let plan = Plan::new(CROSS).corner(lat, lon).ways("nj ej sj wj", "maxspeed=90");
        let town = plan.build();
        let seconds = |points| town.route(points).duration.seconds() - 25.0;
        let turns = [seconds("sw"), seconds("se")];
        let off = [turns[0] - to_the_left, turns[1] - to_the_right];
        assert!(off.iter().all(|off| off.abs() < 0.05), "{place}: {turns:?}");
    }
}

/// What a way says of itself counts for more than where it is.
#[test]
fn the_tag_decides_first() {
    for (text, lat, lon, expected) in [
        ("driving_side=left", 22.770, 113.840, 25.0 + 2.0),
        ("driving_side=right", 22.282, 114.158, 25.0 + 4.0),
        ("driving_side=nonsense", 22.770, 113.840, 25.0 + 4.0),
    ] {
        let ways = format!("maxspeed=90 {text}");
        let town = Plan::new(CROSS).corner(lat, lon).ways("nj ej sj wj", &ways).build();
        town.check_seconds(&[("sw", expected)]);
    }
}
