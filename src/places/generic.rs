//! Words that say what a place is and not how it is called: they may be left
//! out, added, or said otherwise (松岗站, 松岗地铁站, 松岗).

use super::PlaceKind;

/// What a generic word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generic {
    Area(Level),
    /// Where an area of that level is governed from, and no area.
    Seat(Level),
    Station(Mode),
    Stop,
    Estate,
    Building,
    Junction,
    Street,
    Address,
}

/// How large an area a word is said of. What is called 松岗社区 is not 松岗街道: words of
/// two levels do not stand for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// 省.
    Province,
    /// 市, 区, 县.
    District,
    /// 街道, 镇, 乡.
    Town,
    /// 社区, and the committee (居委会) that is called like it.
    Community,
    /// 村委会, of a village or of the community that it has become.
    Committee,
    /// 村.
    Village,
}

impl Level {
    /// Whether what is called by a word of one level may be called by one of the other.
    pub(super) fn fits(self, other: Self) -> bool {
        let is_committee =
            |a, b| a == Self::Committee && matches!(b, Self::Community | Self::Village);
        self == other || is_committee(self, other) || is_committee(other, self)
    }

    /// Whether an area of this kind whose name has no such word may be called by one of
    /// this level.
    pub(super) fn fits_kind(self, kind: PlaceKind) -> bool {
        match self {
            Self::Province => kind == PlaceKind::Region,
            Self::District => matches!(kind, PlaceKind::City | PlaceKind::District),
            Self::Town => {
                matches!(kind, PlaceKind::Town | PlaceKind::Suburb | PlaceKind::Village)
            }
            Self::Community => kind == PlaceKind::Neighbourhood,
            Self::Committee | Self::Village => {
                matches!(kind, PlaceKind::Village | PlaceKind::Neighbourhood | PlaceKind::Locality)
            }
        }
    }
}

/// Words that are said of one community and another.
pub(super) const COMMUNITIES: [&str; 6] = ["居委会", "村委会", "社区", "居委", "村委", "村"];

/// What an area is called without a word for communities, if it may have another one or one at
/// all: 江边 of 江边居委会.
pub(super) fn community(name: &str, kind: PlaceKind) -> Option<&str> {
    match core(name) {
        Some((core, Generic::Area(Level::Community | Level::Committee | Level::Village))) => {
            Some(core)
        }
        Some(_) => None,
        None => {
            let is_one = matches!(kind, PlaceKind::Village | PlaceKind::Neighbourhood);
            (is_one && super::name::is_han(name)).then_some(name)
        }
    }
}

/// What leaves from a station: 松岗汽车站 is not the station of the metro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Whatever it is: 站.
    Any,
    /// Coaches and buses.
    Bus,
    /// The metro.
    Metro,
    /// Trains.
    Rail,
}

impl Mode {
    /// Whether a station that is called by a word of this mode may be called by one of the
    /// other. Of some stations of the metro the map says no more than that trains stop
    /// there.
    pub(super) fn is_said_of(self, station: Self) -> bool {
        self == Self::Any || self == station || self == Self::Metro && station == Self::Rail
    }
}

/// The words at the end of names, a longer one before those that it ends with.
const WORDS: &[(&str, Generic)] = &[
    ("街道办事处", Generic::Seat(Level::Town)),
    ("特别行政区", Generic::Area(Level::Province)),
    ("自治区", Generic::Area(Level::Province)),
    ("居委会", Generic::Area(Level::Community)),
    ("村委会", Generic::Area(Level::Committee)),
    ("办事处", Generic::Seat(Level::Town)),
    ("街道办", Generic::Seat(Level::Town)),
    ("工作站", Generic::Seat(Level::Community)),
    ("居委", Generic::Area(Level::Community)),
    ("村委", Generic::Area(Level::Committee)),
    ("街道", Generic::Area(Level::Town)),
    ("社区", Generic::Area(Level::Community)),
    ("新区", Generic::Area(Level::District)),
    ("城区", Generic::Area(Level::District)),
    ("住宅小区", Generic::Estate),
    ("小区", Generic::Estate),
    ("区", Generic::Area(Level::District)),
    ("市", Generic::Area(Level::District)),
    ("县", Generic::Area(Level::District)),
    ("镇", Generic::Area(Level::Town)),
    ("乡", Generic::Area(Level::Town)),
    ("村", Generic::Area(Level::Village)),
    ("省", Generic::Area(Level::Province)),
    ("长途汽车客运站", Generic::Station(Mode::Bus)),
    ("汽车客运站", Generic::Station(Mode::Bus)),
    ("长途客运站", Generic::Station(Mode::Bus)),
    ("长途汽车站", Generic::Station(Mode::Bus)),
    ("汽车总站", Generic::Station(Mode::Bus)),
    ("客运站", Generic::Station(Mode::Bus)),
    ("汽车站", Generic::Station(Mode::Bus)),
    ("公交首末站", Generic::Stop),
    ("公交总站", Generic::Stop),
    ("公交车站", Generic::Stop),
    ("公交站台", Generic::Stop),
    ("公交站", Generic::Stop),
    ("巴士站", Generic::Stop),
    ("地铁站", Generic::Station(Mode::Metro)),
    ("轻轨站", Generic::Station(Mode::Metro)),
    ("火车站", Generic::Station(Mode::Rail)),
    ("高铁站", Generic::Station(Mode::Rail)),
    ("动车站", Generic::Station(Mode::Rail)),
    ("城轨站", Generic::Station(Mode::Rail)),
    ("城际站", Generic::Station(Mode::Rail)),
    ("车站", Generic::Station(Mode::Any)),
    ("站", Generic::Station(Mode::Any)),
    ("高速公路", Generic::Street),
    ("高速", Generic::Street),
    ("写字楼", Generic::Building),
    ("大厦", Generic::Building),
    ("大楼", Generic::Building),
    ("十字路口", Generic::Junction),
    ("交叉口", Generic::Junction),
    ("路口", Generic::Junction),
    ("号", Generic::Address),
    ("metrostation", Generic::Station(Mode::Any)),
    ("subwaystation", Generic::Station(Mode::Any)),
    ("railwaystation", Generic::Station(Mode::Any)),
    ("trainstation", Generic::Station(Mode::Any)),
    ("station", Generic::Station(Mode::Any)),
    ("hauptbahnhof", Generic::Station(Mode::Any)),
    ("bahnhof", Generic::Station(Mode::Any)),
    ("hbf", Generic::Station(Mode::Any)),
    ("busstop", Generic::Stop),
];

/// A normalised name without the generic word at its end, and what that says;
/// `None` if it has none, or if nothing that could be a name is left.
pub(super) fn core(name: &str) -> Option<(&str, Generic)> {
    let (rest, generic) =
        WORDS.iter().find_map(|&(word, generic)| Some((name.strip_suffix(word)?, generic)))?;
    // One character is no name, and 东方一路 is not the 东方 of something.
    let is_name = rest.chars().nth(1).is_some();
    is_name.then_some((rest, generic))
}

/// Whether a normalised name says that it is that of a station.
pub(super) fn says_station(name: &str) -> bool {
    WORDS
        .iter()
        .any(|&(word, generic)| matches!(generic, Generic::Station(_)) && name.ends_with(word))
}

/// What ends the names of streets.
const STREETS: [&str; 16] = [
    "路", "街", "大道", "大街", "道", "公路", "巷", "lu", "strasse", "str", "weg", "gasse",
    "allee", "platz", "ring", "street",
];

/// Words for large streets that stand for each other to who does not remember which it is.
const LARGE_STREETS: [&str; 3] = ["大道", "大街", "路"];

/// The name of a street with other words for large streets: 深南大道 for 深南路.
pub(super) fn large_streets(name: &str) -> impl Iterator<Item = String> {
    let core = LARGE_STREETS.iter().find_map(|word| name.strip_suffix(word));
    let core = core.filter(|core| core.chars().nth(1).is_some());
    let of = |core: &str| LARGE_STREETS.map(|word| format!("{core}{word}"));
    core.map(of).into_iter().flatten().filter(move |other| other != name)
}

/// Words for streets that stand for each other.
const SAME_STREETS: [[&str; 2]; 2] = [["公路", "路"], ["大街", "街"]];

/// The name of a street with another word for streets: 松白路 for 松白公路. `None` if there is
/// none.
pub(super) fn other_street(name: &str) -> Option<String> {
    let mut pairs = SAME_STREETS.iter();
    let other = |[long, short]: &[&str; 2]| match name.strip_suffix(long) {
        Some(core) => Some(format!("{core}{short}")),
        None => Some(format!("{}{long}", name.strip_suffix(short)?)),
    };
    pairs.find_map(other)
}

/// What banks are called for short.
const BANKS: [[&str; 2]; 6] = [
    ["招行", "招商银行"],
    ["工行", "工商银行"],
    ["建行", "建设银行"],
    ["农行", "农业银行"],
    ["交行", "交通银行"],
    ["中行", "中国银行"],
];

/// What shops are called by their numbers.
const NUMBERED: [[&str; 2]; 2] = [["711", "7eleven"], ["7111", "711"]];

/// The name of a shop that is called by its number: 7-Eleven for 711.
pub(super) fn numbered_shop(text: &str) -> Option<&'static str> {
    NUMBERED.iter().find(|[short, _]| *short == text).map(|[_, full]| *full)
}

/// Other names of a bank: in full, and with 中国 before it or without.
pub(super) fn other_banks(text: &str) -> Vec<String> {
    let full = BANKS.iter().find(|[short, _]| *short == text).map_or(text, |[_, full]| full);
    if !full.ends_with("银行") || full.chars().count() < 3 {
        return Vec::new();
    }
    let plain = full.strip_prefix("中国").filter(|rest| rest.chars().count() > 2);
    let other = match plain {
        Some(plain) => Some(plain.to_owned()),
        None => (!full.starts_with("中国")).then(|| format!("中国{full}")),
    };
    other.into_iter().chain((full != text).then(|| full.to_owned())).collect()
}

/// A text with a bank by its other name, at its beginning or after an area: 招行松岗支行.
pub(super) fn bank_within(text: &str) -> Option<String> {
    let other = |[short, full]: &[&str; 2]| match text.split_once(full) {
        Some((before, after)) => Some(format!("{before}{short}{after}")),
        None => text.split_once(short).map(|(before, after)| format!("{before}{full}{after}")),
    };
    BANKS.iter().find_map(other)
}

/// What is called after a thing because it is a part of its grounds, with a number or a side.
const GATES: [&str; 9] = ["前门", "后门", "正门", "侧门", "东门", "西门", "南门", "北门", "大门"];

/// Whether a normalised text says a gate.
pub(super) fn is_gate(text: &str) -> bool {
    GATES.contains(&text.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// A text without a gate at its end that is one of several.
pub(super) fn without_gate(text: &str) -> Option<&str> {
    let mut gates = GATES.iter().filter(|gate| **gate != "大门");
    let rest = gates.find_map(|gate| text.strip_suffix(gate))?;
    rest.chars().nth(2).map(|_| rest)
}

/// What says that a junction or an exit of a motorway is meant.
const JUNCTIONS: [&str; 22] = [
    "出口",
    "入口",
    "立交",
    "互通",
    "枢纽",
    "路口",
    "交叉",
    "收费站",
    "ausfahrt",
    "auffahrt",
    "exit",
    "sortie",
    "sortida",
    "saida",
    "anschluss",
    "junction",
    "interchange",
    "kreuz",
    "dreieck",
    "rotonda",
    "rondpoint",
    "kreis",
];

/// Whether a normalised text says that it is the name of a junction.
pub(super) fn says_junction(text: &str) -> bool {
    JUNCTIONS.iter().any(|word| text.contains(word))
}

/// A normalised text in Chinese with each word for streets after it.
pub(super) fn as_streets(text: &str) -> impl Iterator<Item = String> {
    STREETS.iter().filter(|word| !word.is_ascii()).map(move |word| format!("{text}{word}"))
}

/// Whether a normalised text ends with a word for streets.
pub(super) fn ends_in_street(text: &str) -> bool {
    STREETS.iter().any(|word| text.ends_with(word))
}

/// What tells one of several Chinese streets of a name, before the word for streets: 东街, 二路,
/// and the road beside the main one.
const STREET_SIDES: [char; 14] =
    ['东', '西', '南', '北', '中', '上', '下', '前', '后', '内', '外', '横', '新', '辅'];

/// Whether a normalised text is a word for streets and nothing else, or one for one of several
/// streets of a name.
pub(super) fn is_street_word(text: &str) -> bool {
    let is_side = |c: char| STREET_SIDES.contains(&c) || c.is_ascii_digit();
    let word = text.trim_start_matches(is_side);
    STREETS.contains(&text) || super::name::is_han(text) && STREETS.contains(&word)
}

/// Whether a normalised name says that it is where lines of buses end.
pub(super) fn is_terminus(name: &str) -> bool {
    ["总站", "首末站"].iter().any(|word| name.ends_with(word))
}

/// Whether a normalised text is a generic word and nothing else.
pub(super) fn is_word(text: &str) -> bool {
    WORDS.iter().any(|&(word, _)| word == text)
}

impl Generic {
    /// Whether a place of this kind may be called so.
    pub(super) fn fits(self, kind: PlaceKind) -> bool {
        match self {
            Self::Area(Level::Village) => kind.is_area() || kind == PlaceKind::Locality,
            Self::Area(_) => kind.is_area(),
            Self::Seat(_) => !kind.is_area(),
            Self::Station(_) => matches!(kind, PlaceKind::Station | PlaceKind::Airport),
            Self::Stop => kind == PlaceKind::Stop,
            Self::Estate => matches!(kind, PlaceKind::Estate | PlaceKind::Neighbourhood),
            Self::Building => matches!(
                kind,
                PlaceKind::Building
                    | PlaceKind::Office
                    | PlaceKind::Shop
                    | PlaceKind::Lodging
                    | PlaceKind::Industry
            ),
            Self::Junction => matches!(kind, PlaceKind::Junction | PlaceKind::Stop),
            Self::Street => kind == PlaceKind::Street,
            Self::Address => kind == PlaceKind::Address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_words_are_taken_off_the_end() {
        for (name, expected) in [
            ("松岗地铁站", Some(("松岗", Generic::Station(Mode::Metro)))),
            ("松岗长途汽车站", Some(("松岗", Generic::Station(Mode::Bus)))),
            ("松岗站", Some(("松岗", Generic::Station(Mode::Any)))),
            ("松岗公交站", Some(("松岗", Generic::Stop))),
            ("松岗街道", Some(("松岗", Generic::Area(Level::Town)))),
            ("松岗街道办", Some(("松岗", Generic::Seat(Level::Town)))),
            ("宝安区", Some(("宝安", Generic::Area(Level::District)))),
            ("东方小区", Some(("东方", Generic::Estate))),
            ("碧海湾", None),
            ("壹方城", None),
            ("沙井大厦", Some(("沙井", Generic::Building))),
            ("东方大巷3号", Some(("东方大巷3", Generic::Address))),
            ("heidelberghauptbahnhof", Some(("heidelberg", Generic::Station(Mode::Any)))),
            ("站", None),
            ("东站", None),
            ("", None),
        ] {
            assert_eq!(core(name), expected, "{name}");
        }
    }
}
