//! Names as they are read aloud: pinyin in full and by initials.
//!
//! A character may have several readings (重庆路 is chongqinglu, 重 alone may be
//! zhong), and nothing but knowledge of the name tells which one it is: so each
//! is indexed, the usual ones first, as long as there are not too many.

use pinyin::{ToPinyin, ToPinyinMulti};

use super::{generic, normalize::letters, numerals::with_digits};

/// How many spellings a name has at most.
const MAX_SPELLINGS: usize = 32;

/// The most characters of a name that is spelled.
const MAX_CHARS: usize = 40;

/// One way to spell a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spelling {
    /// All syllables, without tones and spaces.
    pub(super) full: String,
    /// Where in it each syllable or other character begins, in bytes.
    pub(super) syllables: Vec<u32>,
    /// The first letter of each syllable.
    pub(super) initials: String,
}

/// The ways to spell a name with Chinese characters, with its numerals read and
/// as digits; none for other names. What is no Chinese character stands for
/// itself.
pub(super) fn spellings(name: &str) -> Vec<Spelling> {
    let text = letters(name);
    let in_digits = with_digits(&text);
    let mut all = readings_of(&text);
    if in_digits != text {
        all.extend(readings_of(&in_digits));
    }
    all
}

fn readings_of(text: &str) -> Vec<Spelling> {
    let readings: Vec<Vec<String>> = text.chars().map(readings).collect();
    if readings.len() > MAX_CHARS || !text.chars().any(|c| c.to_pinyin().is_some()) {
        return Vec::new();
    }
    let mut spelled: Vec<Spelling> =
        choices(&readings).iter().map(|choice| spell(&readings, choice)).collect();
    let mut seen = std::collections::BTreeSet::new();
    spelled.retain(|spelling| seen.insert(spelling.full.clone()));
    spelled
}

/// Whether a form by which a name is found has its characters read as they mostly are, at
/// least those before a generic word.
pub(super) fn is_usual(name: &str, form: &str) -> bool {
    let form = form.strip_prefix(CORE).unwrap_or(form);
    let text = letters(name);
    let begins = |text: &str| {
        let core = generic::core(text).map_or(text, |(core, _)| core);
        let mut rest = form;
        core.chars().all(|character| {
            let usual = readings(character).into_iter().next().unwrap_or_default();
            let after = rest.strip_prefix(usual.as_str());
            rest = after.unwrap_or_default();
            after.is_some()
        })
    };
    begins(&text) || begins(&with_digits(&text))
}

/// Whether the syllables of a name, where it is spelled `full`, have these initials up to
/// `end`, where a syllable begins.
pub(super) fn begins(name: &str, full: &str, initials: &str, end: usize) -> bool {
    let is_it = |spelling: &Spelling| {
        let at = spelling.syllables.get(initials.len()).copied();
        spelling.full == full
            && spelling.initials.starts_with(initials)
            && at.is_some_and(|at| at as usize == end)
    };
    spellings(name).iter().any(is_it)
}

/// What somebody typed as pinyin, as names are spelled: `v` stands for `ü`.
pub(super) fn typed(text: &str) -> String {
    text.replace("lv", "lu").replace("nv", "nu")
}

/// What stands before the spelling of a name without its generic word.
const CORE: char = '~';

/// How a name is spelled that has a generic word at its end, without that word, in an
/// index: so that it is no whole name, and no beginning of one.
pub(super) fn of_core(spelled: &str) -> String {
    format!("{CORE}{spelled}")
}

/// English for what ends many names, and its pinyin.
const ENGLISH: [(&str, &str); 28] = [
    ("road", "lu"),
    ("rd", "lu"),
    ("street", "jie"),
    ("st", "jie"),
    ("avenue", "dadao"),
    ("ave", "dadao"),
    ("boulevard", "dadao"),
    ("blvd", "dadao"),
    ("station", "zhan"),
    ("metro", "ditiezhan"),
    ("subway", "ditiezhan"),
    ("hospital", "yiyuan"),
    ("park", "gongyuan"),
    ("school", "xuexiao"),
    ("museum", "bowuguan"),
    ("library", "tushuguan"),
    ("square", "guangchang"),
    ("village", "cun"),
    ("community", "shequ"),
    ("subdistrict", "jiedao"),
    ("district", "qu"),
    ("airport", "jichang"),
    ("north", "bei"),
    ("south", "nan"),
    ("east", "dong"),
    ("west", "xi"),
    ("center", "zhongxin"),
    ("centre", "zhongxin"),
];

/// The same of two words.
const PHRASES: [(&str, &str, &str); 7] = [
    ("middle", "school", "zhongxue"),
    ("high", "school", "zhongxue"),
    ("primary", "school", "xiaoxue"),
    ("police", "station", "paichusuo"),
    ("bus", "station", "qichezhan"),
    ("railway", "station", "huochezhan"),
    ("industrial", "park", "gongyeyuan"),
];

/// What pinyin may be meant by words that are none: with the last one in English
/// (Songhuan Road), or with tones as digits (song1gang3).
pub(super) fn respelled(words: &[String]) -> Vec<String> {
    let mut all = of_exit(words);
    let is_plain = words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let Some((last, rest)) = words.split_last().filter(|_| is_plain) else { return all };
    let english = ENGLISH.iter().find(|&&(english, _)| english == last);
    if let Some(&(_, pinyin)) = english.filter(|_| !rest.is_empty()) {
        let of_metro = |word: &str| matches!(word, "metro" | "subway" | "railway");
        let name = rest.split_last().filter(|(word, _)| of_metro(word)).map_or(rest, |(_, r)| r);
        all.push(typed(&(name.concat() + pinyin)));
        // Songgang Park Station, Airport East.
        let in_pinyin = |(at, word): (usize, &String)| {
            let known = ENGLISH.iter().find(|&&(english, _)| english == word);
            let known = known.filter(|_| at > 0 || word == "airport");
            known.map_or_else(|| word.clone(), |&(_, pinyin)| pinyin.to_owned())
        };
        let name: Vec<String> = name.iter().enumerate().map(in_pinyin).collect();
        let whole = typed(&(name.concat() + pinyin));
        if !all.contains(&whole) {
            all.push(whole);
        }
    }
    if let [name @ .., one, other] = words
        && let Some(&(_, _, pinyin)) = PHRASES.iter().find(|p| p.0 == one && p.1 == other)
    {
        all.push(typed(&(name.concat() + pinyin)));
    }
    all.extend(of_house(words));
    let text = words.concat();
    let is_tone = |c: char| ('1'..='5').contains(&c);
    let tones = text.matches(is_tone).count();
    if tones > 1 && text.bytes().filter(u8::is_ascii_digit).count() == tones {
        all.push(typed(&text.replace(is_tone, "")));
    }
    all
}

/// A house in a street in English: Nanhai Avenue 3688.
fn of_house(words: &[String]) -> Option<String> {
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let (street, number) = match words {
        [street @ .., number] if is_number(number) => (street, number),
        [number, street @ ..] if is_number(number) => (street, number),
        _ => return None,
    };
    let (last, rest) = street.split_last().filter(|(_, rest)| !rest.is_empty())?;
    let &(_, pinyin) = ENGLISH.iter().find(|&&(english, _)| english == last)?;
    Some(typed(&(rest.concat() + pinyin + number + "hao")))
}

/// The exit of a station: Songgang Station Exit A, Exit A of Songgang Station.
fn of_exit(words: &[String]) -> Vec<String> {
    let (station, exit, letter) = match words {
        [exit, letter, of, station @ ..] if exit == "exit" && of == "of" => (station, exit, letter),
        [exit, letter, station @ ..] if exit == "exit" => (station, exit, letter),
        [station @ .., exit, letter] => (station, exit, letter),
        _ => return Vec::new(),
    };
    if exit != "exit" || station.is_empty() || letter.len() > 2 {
        return Vec::new();
    }
    let plain = typed(&station.concat());
    let stations = respelled(station).into_iter().chain([format!("{plain}zhan"), plain]);
    stations.map(|station| format!("{station}{letter}kou")).collect()
}

/// All readings of a character, the usual one first.
fn readings(character: char) -> Vec<String> {
    let plain = |reading: &str| reading.replace('ü', "u");
    let mut all: Vec<String> =
        character.to_pinyin().map(|usual| plain(usual.plain())).into_iter().collect();
    if let Some(multi) = character.to_pinyin_multi() {
        for other in multi {
            let other = plain(other.plain());
            if !all.contains(&other) {
                all.push(other);
            }
        }
    }
    if all.is_empty() { vec![character.to_string()] } else { all }
}

/// Which reading is taken of each character: first the usual ones, then those
/// with one that is unusual, then those with two.
fn choices(readings: &[Vec<String>]) -> Vec<Vec<usize>> {
    let usual = vec![0; readings.len()];
    let mut all = vec![usual];
    let mut next = 0;
    while let Some(choice) = all.get(next).cloned() {
        next += 1;
        // Only characters after the last unusual one, so that none comes twice.
        let after = choice.iter().rposition(|&reading| reading > 0).map_or(0, |last| last + 1);
        for at in after..readings.len() {
            for reading in 1..readings[at].len() {
                if all.len() == MAX_SPELLINGS {
                    return all;
                }
                let mut other = choice.clone();
                other[at] = reading;
                all.push(other);
            }
        }
    }
    all
}

fn spell(readings: &[Vec<String>], choice: &[usize]) -> Spelling {
    let mut spelling =
        Spelling { full: String::new(), syllables: Vec::new(), initials: String::new() };
    for (of_character, &chosen) in readings.iter().zip(choice) {
        let syllable = &of_character[chosen];
        let start = u32::try_from(spelling.full.len()).expect("a name is short");
        spelling.syllables.push(start);
        spelling.full.push_str(syllable);
        spelling.initials.extend(syllable.chars().next());
    }
    spelling
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(name: &str) -> Vec<String> {
        spellings(name).into_iter().map(|spelling| spelling.full).collect()
    }

    #[test]
    fn names_are_spelled_in_all_their_readings() {
        assert!(full("松岗东方社区").contains(&"songgangdongfangshequ".to_owned()));
        let chongqing = full("重庆路");
        assert!(chongqing.contains(&"chongqinglu".to_owned()), "{chongqing:?}");
        assert!(chongqing.contains(&"zhongqinglu".to_owned()));
        assert!(full("厦门大厦").contains(&"xiamendasha".to_owned()));
        assert!(full("绿景花园").contains(&"lujinghuayuan".to_owned()));
        assert_eq!(typed("lvjinghuayuan"), "lujinghuayuan");
        assert!(full("東方一路3号").contains(&"dongfangyilu3hao".to_owned()));
        assert!(full("東方一路3号").contains(&"dongfang1lu3hao".to_owned()));
        assert_eq!(full("Casino"), Vec::<String>::new());
    }

    #[test]
    fn some_readings_are_usual() {
        for (name, form, expected) in [
            ("百花路", "baihualu", true),
            ("松岗站", "~songgang", true),
            ("白芒村", "baihuangcun", false),
            ("白芒村", "baimangcun", true),
            ("松岗站", "songgangditiezhan", true),
            ("福华一路", "fuhuayilu", true),
            ("福华一路", "fuhua1lu", true),
        ] {
            assert_eq!(is_usual(name, form), expected, "{name} {form}");
        }
    }

    #[test]
    fn initials_and_syllables_go_with_the_spelling() {
        let usual = &spellings("松岗 A8 音乐")[0];
        assert_eq!(usual.full.len(), "songganga8yinle".len());
        assert_eq!(usual.syllables, [0, 4, 8, 9, 10, 13]);
        assert_eq!(usual.initials, "sga8yl");
    }

    #[test]
    fn english_and_tones_are_pinyin_too() {
        let respelled =
            |text: &str| respelled(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(respelled("songhuan road"), ["songhuanlu"]);
        assert_eq!(respelled("songgang metro station"), ["songgangzhan"]);
        assert!(respelled("songgang park station").contains(&"songganggongyuanzhan".to_owned()));
        assert_eq!(respelled("airport north")[1], "jichangbei");
        assert_eq!(respelled("nanhai avenue 3688"), ["nanhaidadao3688hao"]);
        assert_eq!(respelled("exit b songgang station")[0], "songgangzhanbkou");
        assert_eq!(respelled("bao3an1 da4dao4"), ["baoandadao"]);
        assert_eq!(respelled("fuhua1lu"), Vec::<String>::new());
        assert_eq!(respelled("road"), Vec::<String>::new());
    }

    #[test]
    fn there_are_never_too_many() {
        assert_eq!(spellings(&"重".repeat(20)).len(), MAX_SPELLINGS);
        assert_eq!(spellings(&"重".repeat(41)).len(), 0);
        assert!(full(&"大".repeat(9)).contains(&"da".repeat(9)));
    }
}
