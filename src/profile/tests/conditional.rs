//! Conditional tags: what holds when, and for whom.
//! <https://wiki.openstreetmap.org/wiki/Conditional_restrictions>

use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    osm::Tags,
    profile::{
        ConditionProblem, Profile, ProfileKind,
        condition::Situation,
        conditional::{problems, resolved},
    },
};

/// A Tuesday in November.
pub(super) const TUESDAY: &str = "2026-11-24T08:00";

/// For a car, unless `profile` says otherwise; with no moment if it is empty.
fn situation(profile: &str, moment: &str) -> Situation {
    let profile: Profile = profile.parse().unwrap();
    Situation {
        moment: moment.parse().ok(),
        dimensions: profile.dimensions(),
        is_destination: false,
    }
}

/// What `access` is with `access=plain` and `access:conditional=value`.
fn access(value: &str, situation: &Situation) -> String {
    let tags = Tags::new([("access", "plain"), ("access:conditional", value)]);
    resolved(&tags, situation).get("access").unwrap().to_owned()
}

/// Values, moments, and whether the value `no` holds then.
#[track_caller]
fn check_times(table: &[(&str, &[(&str, bool)])]) {
    for &(condition, moments) in table {
        for &(moment, holds) in moments {
            let found = access(&format!("no @ ({condition})"), &situation("car", moment));
            let expected = if holds { "no" } else { "plain" };
            assert_eq!(found, expected, "{condition} at {moment}");
        }
    }
}

/// <https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>
#[test]
fn times() {
    check_times(&[
        (
            "Mo-Fr 07:00-09:00",
            &[
                ("2026-11-23T07:00", true),
                ("2026-11-24T06:59", false),
                ("2026-11-24T08:59", true),
                ("2026-11-24T09:00", false),
                ("2026-11-28T08:00", false),
            ],
        ),
        (
            "22:00-06:00",
            &[
                ("2026-11-24T21:59", false),
                ("2026-11-24T23:00", true),
                ("2026-11-25T05:59", true),
                ("2026-11-25T06:00", false),
            ],
        ),
        ("Fr 22:00-06:00", &[("2026-11-28T03:00", true), ("2026-11-27T03:00", false)]),
        ("7:30-9:00", &[(TUESDAY, true)]),
        ("07:00 - 24:00", &[(TUESDAY, true), ("2026-11-24T23:59", true)]),
        ("mo-fr 07:00-09:00", &[(TUESDAY, true)]),
        ("Mo-Fr 07:00-09:00,15:00-17:00", &[(TUESDAY, true), ("2026-11-24T16:00", true)]),
        ("Mo-Fr 07:00-09:00; Sa 10:00-12:00;", &[("2026-11-28T11:00", true), (TUESDAY, true)]),
        ("Tu-Su 07:00-09:00; Th 12:00-21:00", &[("2026-11-26T08:00", false), (TUESDAY, true)]),
        ("Mo-Fr 07:00-09:00; Tu off", &[(TUESDAY, false), ("2026-11-25T08:00", true)]),
        ("Tu[4]", &[(TUESDAY, true), ("2026-11-17T08:00", false)]),
        (
            "Nov 01 - Apr 8",
            &[(TUESDAY, true), ("2026-04-08T12:00", true), ("2026-05-01T12:00", false)],
        ),
        ("2016 Apr 25 - 2016 Sep 26", &[(TUESDAY, false), ("2016-05-01T12:00", true)]),
        ("week 40-50", &[(TUESDAY, true), ("2026-06-01T12:00", false)]),
        ("easter", &[("2026-04-05T12:00", true), (TUESDAY, false)]),
        ("24/7", &[(TUESDAY, true)]),
        ("08:00+", &[(TUESDAY, true), ("2026-11-24T07:59", false)]),
    ]);
}

/// Where the place is and what happens there nobody knows.
#[test]
fn times_that_depend_on_the_place() {
    check_times(&[
        ("PH", &[(TUESDAY, false), ("2026-01-01T12:00", false), ("2026-12-25T12:00", false)]),
        ("SH", &[(TUESDAY, false), ("2026-08-01T12:00", false)]),
        ("Su,PH", &[("2026-11-29T12:00", true), (TUESDAY, false)]),
        ("Mo-Fr 07:00-09:00; PH off; SH off", &[(TUESDAY, true)]),
        (
            "sunset-sunrise",
            &[
                ("2026-11-24T06:59", true),
                ("2026-11-24T07:00", false),
                ("2026-11-24T18:59", false),
                ("2026-11-24T19:00", true),
                ("2026-06-21T19:00", true),
            ],
        ),
        ("dawn-dusk", &[("2026-11-24T06:00", true), ("2026-11-24T20:00", false)]),
        ("(sunset-01:00)-(sunrise+01:00)", &[("2026-11-24T18:00", true), (TUESDAY, false)]),
        ("Mo-Fr 07:00-09:00 \"school days\"", &[(TUESDAY, false)]),
        ("\"when the lights flash\"", &[(TUESDAY, false)]),
        ("Mo-Fr 07:00-09:00 unknown", &[(TUESDAY, false)]),
    ]);
}

/// <https://wiki.openstreetmap.org/wiki/Conditional_restrictions#Tagging>
#[test]
fn clauses() {
    for (value, expected) in [
        ("no @ (Mo-Fr 07:00-09:00)", "no"),
        ("no@(Mo-Fr 07:00-09:00)", "no"),
        ("no @ Mo-Fr 07:00-09:00", "no"),
        ("no @ ((Mo-Fr 07:00-09:00))", "no"),
        // The last clause that holds decides.
        ("no @ (07:00-09:00); destination @ (Tu)", "destination"),
        ("destination @ (Tu);no @ (07:00-09:00)", "no"),
        ("no @ (07:00-09:00); destination @ (We)", "no"),
        ("no @ (05:00-06:00); no @ (07:00-10:00);", "no"),
        // In parentheses, and without, a semicolon may belong to the hours.
        ("no @ (Mo 07:00-09:00; Tu 07:00-09:00); yes @ (We)", "no"),
        ("no @ Mo 07:00-09:00; Tu 07:00-09:00", "no"),
        ("no @ We; Tu 07:00-09:00; yes @ Mo", "no"),
        // All of several conditions must hold.
        ("no @ (Tu AND 07:00-09:00)", "no"),
        ("no @ (Tu) AND (07:00-09:00)", "no"),
        ("no @ Tu and 07:00-09:00", "no"),
        ("no @ (Tu AND 09:00-10:00)", "plain"),
        ("no @ ((Tu AND (07:00-09:00)) AND weight<3)", "no"),
        ("no @ (07:00-09:00 AND wet)", "plain"),
        // What cannot be read does not hold; the rest does.
        ("no", "plain"),
        ("", "plain"),
        ("@ (Tu)", "plain"),
        ("no @", "plain"),
        ("no @ ()", "plain"),
        ("no @ (Tu", "plain"),
        ("no @ Tu)", "plain"),
        ("no @ (Tu AND )", "plain"),
        ("no @ (AND Tu)", "plain"),
        ("no @ (Tu OR We)", "plain"),
        ("no @ Tu @ We", "plain"),
        ("yes; no @ (Tu)", "no"),
        ("no @ (Mo-Fr 7-9); destination @ (Tu)", "destination"),
        ("no @ (Mo-Fr 17:00,19:00)", "plain"),
    ] {
        assert_eq!(access(value, &situation("car", TUESDAY)), expected, "{value}");
    }
}

#[test]
fn sizes_and_words() {
    let truck = "truck:weight=12,axleload=8,height=3.5,width=2.5,length=9,hazmat=yes";
    for (condition, for_car, for_truck) in [
        ("weight>7.5", false, true),
        ("weight > 7.5 t", false, true),
        ("weight>7500 kg", false, true),
        ("weight>12", false, false),
        ("weight>=12", false, true),
        ("weight<=12", true, true),
        ("weight<3.5", true, false),
        ("weight=12", false, true),
        ("weightrating>7.5", false, true),
        ("axleload>7", false, true),
        ("height>3.2", false, true),
        ("height>10'6\"", false, true),
        ("width>2.2", false, true),
        ("length>8 m", false, true),
        ("length>9", false, false),
        ("hazmat", false, true),
        ("hazmat=yes", false, true),
        ("weight>7.5 AND length>9.5", false, false),
        ("07:00-09:00 AND weight>7.5", false, true),
        ("weight>heavy", false, false),
        ("weight>", false, false),
        ("weight=>7.5", false, false),
        // Of these nothing is known.
        ("trailers>0", false, false),
        ("occupants=1", false, false),
        ("stay<2 hours", false, false),
        // Through traffic, unless the situation says otherwise.
        ("destination", false, false),
        ("!destination", true, true),
        ("delivery", false, false),
        ("maxweightrating>7.5", false, true),
        ("wet", false, false),
        ("snow", false, false),
        ("winter", false, false),
    ] {
        for (profile, holds) in [("car", for_car), (truck, for_truck)] {
            let found = access(&format!("no @ {condition}"), &situation(profile, TUESDAY));
            assert_eq!(found == "no", holds, "{condition} for {profile}");
        }
    }
}

#[test]
fn without_a_moment_no_time_holds() {
    let situation = situation("truck:weight=12", "");
    for (value, expected) in [
        ("no @ (24/7)", "plain"),
        ("no @ (07:00-09:00 AND weight>7.5)", "plain"),
        ("no @ (weight>7.5)", "no"),
        ("no @ (weight>7.5); yes @ (07:00-09:00)", "no"),
    ] {
        assert_eq!(access(value, &situation), expected, "{value}");
    }
}

/// A conditional tag takes the place of its own plain key and no other; which
/// key is more specific is decided by the rules of that key.
#[test]
fn keys() {
    for (given, expected) in [
        (&[("oneway:conditional", "yes @ (Tu)")][..], ("oneway", Some("yes"))),
        (&[("oneway:bicycle:conditional", "no @ (Tu)")], ("oneway:bicycle", Some("no"))),
        (&[("maxspeed", "50"), ("maxspeed:conditional", "30 @ (Tu)")], ("maxspeed", Some("30"))),
        (
            &[("maxspeed:forward:conditional", "30 @ (Tu)"), ("maxspeed:forward", "60")],
            ("maxspeed:forward", Some("30")),
        ),
        (&[("hgv:conditional", "no @ (Tu)")], ("hgv", Some("no"))),
        (&[("hgv:conditional", "no @ (We)")], ("hgv", None)),
        (
            &[("maxweight", "7"), ("maxweight:conditional", "none @ (Tu)")],
            ("maxweight", Some("none")),
        ),
        (
            &[("restriction:hgv:conditional", "no_left_turn @ (Tu)")],
            ("restriction:hgv", Some("no_left_turn")),
        ),
        // A list by lane has conditions inside of it.
        (&[("hgv:lanes:conditional", "yes|no @ (Tu)")], ("hgv:lanes", None)),
        (&[("parking:left:conditional", "no @ (Tu)")], ("parking:left", None)),
        (&[("name", "no @ (Tu)")], ("name", Some("no @ (Tu)"))),
    ] {
        let tags = Tags::new(given.iter().copied());
        let found = resolved(&tags, &situation("car", TUESDAY));
        let (key, value) = expected;
        assert_eq!(found.get(key), value, "{given:?}");
    }
}

/// <https://wiki.openstreetmap.org/wiki/Relation:restriction#Tags>
#[test]
fn turn_restrictions_of_the_old_way() {
    let forbids = |text: &str, moment: &str| {
        let profile = Profile::new(ProfileKind::Car).at(moment.parse().ok());
        let tags = super::tags(&format!("type=restriction restriction=no_left_turn {text}"));
        profile.restriction(&tags).is_some()
    };
    for (text, moment, holds) in [
        ("hour_on=7 hour_off=9", TUESDAY, true),
        ("hour_on=07:30 hour_off=08:00", TUESDAY, false),
        ("hour_on=20 hour_off=03", "2026-11-24T02:59", true),
        ("day_on=Mo day_off=Fr", TUESDAY, true),
        ("day_on=Sa day_off=Su", TUESDAY, false),
        ("day_on=Mo day_off=Fr hour_on=18 hour_off=20", TUESDAY, false),
        ("day_on=Mo day_off=Fr hour_on=7 hour_off=9", TUESDAY, true),
        ("day_on=Mo day_off=Fr hour_on=7 hour_off=9", "", false),
        ("day_on=Mo", TUESDAY, false),
        ("day_on=Monday day_off=Friday", TUESDAY, true),
        ("day_on=saturday day_off=SUNDAY", TUESDAY, false),
        ("", "", true),
    ] {
        assert_eq!(forbids(text, moment), holds, "{text} at {moment}");
    }
}

#[test]
fn what_is_left_out_is_told() {
    use ConditionProblem::{NoMoment, Unreadable};
    for (value, moment, expected) in [
        ("no @ (Mo-Fr 07:00-09:00)", TUESDAY, &[][..]),
        ("no @ (Mo-Fr 07:00-09:00)", "", &[NoMoment]),
        ("no @ (Mo-Fr 7-9)", TUESDAY, &[Unreadable]),
        ("no @ (Mo-Fr 7-9); yes @ (Su); no @ (Sa)", "", &[NoMoment, Unreadable]),
        ("no @ (weight>7.5)", "", &[]),
        ("no @ (weight>7.5 AND Su)", "", &[]),
        ("no @ wet", "", &[]),
        ("no", "", &[Unreadable]),
    ] {
        let tags = Tags::new([("access:conditional", value)]);
        assert_eq!(problems(&tags, &situation("car", moment)), expected, "{value}");
    }
    let old = super::tags("type=restriction restriction=no_left_turn day_on=Mo");
    assert_eq!(problems(&old, &situation("car", TUESDAY)), [Unreadable]);
}

/// What is known to make the crate that reads hours panic, or take hours.
#[test]
fn traps() {
    let many = |text: &str| text.repeat(255 / text.len());
    for condition in [
        "(sunset+23:00)-40:00",
        "(dusk+05:00)-0:00",
        "22:00-06:00/24:00",
        "22:00-06:00 / 24:00",
        &many("Nov Tu[4],"),
        &many("2026 Nov Tu[4],"),
        &many("("),
        &many("Tu AND "),
        &"Tu,".repeat(100_000),
        &"🚗".repeat(300),
    ] {
        assert_eq!(access(&format!("no @ {condition}"), &situation("car", TUESDAY)), "plain");
    }
}

/// Pieces of conditions, so that many of the texts are read far.
const PIECES: &[&str] = &[
    "no",
    "yes",
    "@",
    ";",
    ",",
    ", ",
    " ",
    "(",
    ")",
    " AND ",
    "\"",
    "-",
    "+",
    "/",
    ":",
    "[",
    "]",
    "Mo",
    "Su",
    "Mo-Fr",
    "PH",
    "SH",
    "Tu[4]",
    "Nov Tu[-1]",
    "Nov 24",
    "Feb 29",
    "Jan",
    "2026",
    "2000-2100/4",
    "week 1-53/2",
    "easter",
    " +1 day",
    " -999 days",
    "07:00-09:00",
    "22:00-06:00",
    "24:00",
    "47:59",
    "0:00",
    "sunset",
    "(dawn-01:30)",
    "(dusk+05:00)",
    "off",
    "unknown",
    "||",
    "24/7",
    "weight>7.5",
    "<",
    "wet",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_value_has_an_answer(pieces in vec(select(PIECES), 0..40), text in r"\PC{0,60}") {
        for value in [pieces.concat(), format!("no @ ({})", pieces.join(" ")), text] {
            let tags = Tags::new([("access:conditional", value.as_str())]);
            for moment in [TUESDAY, "1900-01-01T00:00", "9999-12-31T23:59", ""] {
                let situation = situation("truck", moment);
                let _ = (resolved(&tags, &situation), problems(&tags, &situation));
            }
        }
    }
}
