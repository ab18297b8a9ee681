//! The words that say that a car park or the like is meant.

/// What tells that a car park, a place for bicycles or the like is meant: whole words, and
/// words that others contain.
const SERVICES: [&str; 9] = ["p", "parc", "rad", "bike", "velo", "taxi", "wc", "aire", "atm"];
const OF_SERVICES: [&str; 31] = [
    "parkplatz",
    "parkhaus",
    "parking",
    "garage",
    "aparca",
    "stellplatz",
    "carsharing",
    "fahrrad",
    "toilet",
    "station",
    "ladesaule",
    "raststatte",
    "rasthof",
    "autohof",
    "automat",
    "recycling",
    "停车",
    "车库",
    "充电",
    "厕所",
    "服务区",
    "anleger",
    "schiff",
    "fahr",
    "ferry",
    "terminal",
    "pier",
    "embarca",
    "hafen",
    "码头",
    "轮渡",
];

/// Whether a text says that a car park or another thing is meant that takes its name from
/// what it belongs to. A number says it too: nothing else is called P7.
pub(super) fn says_service(words: &[String]) -> bool {
    let says = |word: &String| {
        let is_known = SERVICES.contains(&word.as_str());
        is_known
            || OF_SERVICES.iter().any(|own| word.contains(own))
            || word.bytes().any(|byte| byte.is_ascii_digit())
    };
    words.iter().any(says)
}
