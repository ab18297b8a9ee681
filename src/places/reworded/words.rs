//! Words that go without saying, or mean the same as others.

use crate::places::{generic, normalize};

/// What is said before the number of a house.
const NUMBERS: [&str; 13] = [
    "nr",
    "no",
    "num",
    "núm",
    "nº",
    "n°",
    "n",
    "número",
    "numero",
    "numéro",
    "hausnummer",
    "number",
    "№",
];

/// Without words for numbers before them, and 号 after them.
pub(super) fn without_number_words(text: &str) -> Vec<String> {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let plain = text.replace("门牌号", "").replace("门牌", "");
    let mut kept: Vec<String> = Vec::new();
    let mut words = plain.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let lower = word.to_lowercase();
        let said = lower.trim_matches(['.', ',', ':']);
        let is_before = words.peek().is_some_and(|next| number(next));
        if is_before && NUMBERS.contains(&said) {
            continue;
        }
        let joined = NUMBERS.iter().filter_map(|said| lower.strip_prefix(said));
        let rest = joined.map(|rest| rest.trim_start_matches('.')).find(|rest| number(rest));
        let rest =
            rest.filter(|_| !lower.starts_with(['n', 'N']) || lower.contains(['.', 'º', '°']));
        let word = rest.map_or(word, |rest| &word[word.len() - rest.len()..]);
        let bare = word.strip_suffix('号').filter(|rest| number(rest) && rest.is_ascii());
        kept.push(bare.filter(|_| kept.iter().any(|w| w.is_ascii())).unwrap_or(word).to_owned());
    }
    let said = kept.join(" ");
    (said != text && kept.len() + plain.len() > 1).then_some(said).into_iter().collect()
}

/// With single vowels for those that may stand for umlauts, as names are compared: in each
/// word alone.
pub(super) fn with_plain_vowels(text: &str) -> Vec<String> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '-');
    let words = text.split_inclusive(is_end).scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        Some((start, word))
    });
    let plain = words.filter_map(|(at, word)| {
        let plain = plain_vowels(word)?;
        Some(format!("{}{plain}{}", &text[..at], &text[at + word.len()..]))
    });
    plain.collect()
}

/// A word with u for ue and so on, before a consonant and after another or none: neither
/// Avenue nor Feuer has an umlaut.
fn plain_vowels(word: &str) -> Option<String> {
    let chars: Vec<char> = word.chars().collect();
    let is_vowel = |at: usize| chars.get(at).is_some_and(|c| "aeiouyAEIOUY".contains(*c));
    let mut plain = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let is_second = c == 'e'
            && before.is_some_and(|before| "aouAOU".contains(before))
            && !at.checked_sub(2).is_some_and(|at| is_vowel(at) || "qgQG".contains(chars[at]))
            && chars.get(at + 1).is_some_and(|c| c.is_alphabetic())
            && !is_vowel(at + 1);
        if !is_second {
            plain.push(c);
        }
    }
    (plain.len() < word.len()).then_some(plain)
}

/// The shortest adjective that a town may have.
const MIN_ADJECTIVE_CHARS: usize = 7;

/// A town for its adjective, but for streets: Heidelberger Hauptbahnhof.
pub(super) fn without_adjective(text: &str) -> Vec<String> {
    let Some((first, rest)) = text.trim().split_once(' ') else { return Vec::new() };
    let town = first.strip_suffix("er").filter(|_| first.chars().count() >= MIN_ADJECTIVE_CHARS);
    let is_street = || {
        let normal = normalize(rest);
        generic::ends_in_street(&normal) || normal.ends_with(|c: char| c.is_ascii_digit())
    };
    let town = town.filter(|_| !is_street());
    town.map(|town| format!("{} {town}", rest.trim())).into_iter().collect()
}

/// Words in English of which there are several for one.
const STATIONS: [[&str; 2]; 9] = [
    ["main station", "hauptbahnhof"],
    ["central station", "hauptbahnhof"],
    ["main train station", "hauptbahnhof"],
    ["train station", "bahnhof"],
    ["railway station", "bahnhof"],
    ["bus station", "busbahnhof"],
    ["town hall", "rathaus"],
    ["city hall", "rathaus"],
    ["post office", "post"],
];

/// With a word for several that say what a place is.
pub(super) fn stations(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let said = STATIONS.iter().filter_map(|[said, word]| {
        let at = lower.find(said).filter(|_| lower.len() == text.len())?;
        Some(format!("{}{word}{}", &text[..at], &text[at + said.len()..]))
    });
    said.collect()
}

/// The fewest letters of what follows Uni in a word: neither Union nor Unik is short for more.
const MIN_OF_UNIVERSITY: usize = 5;

/// With the university for which Uni stands at the beginning of a word: Uniplatz.
pub(super) fn with_university(text: &str) -> Vec<String> {
    let full = |word: &str| {
        let rest = word.strip_prefix("Uni").or_else(|| word.strip_prefix("uni"))?;
        let is_short = rest.chars().count() >= MIN_OF_UNIVERSITY
            && !rest.starts_with("vers")
            && rest.chars().all(char::is_alphabetic);
        is_short.then(|| format!("Universitäts{rest}"))
    };
    let words: Vec<String> =
        text.split(' ').map(|word| full(word).unwrap_or_else(|| word.to_owned())).collect();
    let said = words.join(" ");
    (said != text).then_some(said).into_iter().collect()
}

/// In how many ways a sound is written at most.
const MAX_SOUNDS: usize = 4;

/// With one f for ph, or one ph for f, which sound alike: Philosofenweg.
pub(super) fn sounding_alike(text: &str) -> Vec<String> {
    let sounds = [("ph", "f"), ("Ph", "F"), ("f", "ph"), ("F", "Ph")];
    let all = sounds.iter().flat_map(|&(one, other)| {
        let written = move |(at, _)| format!("{}{other}{}", &text[..at], &text[at + one.len()..]);
        text.match_indices(one).map(written)
    });
    all.take(MAX_SOUNDS).collect()
}

/// Words at the end of Chinese names that are often taken for each other.
const SAME: [&[&str]; 13] = [
    &["购物中心", "购物广场", "商场", "商城"],
    &["体育中心", "体育馆", "体育场"],
    &["社康中心", "社区健康服务中心"],
    &["环岛", "转盘"],
    &["公司", "厂"],
    &["邮局", "邮电局", "邮政局"],
    &["大酒店", "酒店", "宾馆"],
    &["农贸市场", "菜市场", "集市", "市场"],
    &["幼儿园", "幼稚园"],
    &["实验学校", "学校"],
    &["立交桥", "立交"],
    &["科技园", "科技"],
    &["森林公园", "公园"],
];

/// With a word at the end that is taken for the one that is there, or a bank by its other
/// name.
pub(super) fn synonyms(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for same in SAME {
        let Some((core, own)) = same.iter().find_map(|word| Some((text.strip_suffix(word)?, word)))
        else {
            continue;
        };
        if core.chars().nth(1).is_some() {
            let others = same.iter().filter(|word| *word != own);
            all.extend(others.map(|word| format!("{core}{word}")));
        }
    }
    all.extend(generic::bank_within(text));
    all
}
