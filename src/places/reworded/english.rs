//! Chinese addresses as they are written in English: with commas, the smaller area first, and
//! numbers of streets as ordinals: 28 Keji South 12th Road, Nanshan District.

use crate::places::{skeleton, spelling};

/// Words within the names of streets, and their pinyin.
const WITHIN: [(&str, &str); 8] = [
    ("north", "bei"),
    ("south", "nan"),
    ("east", "dong"),
    ("west", "xi"),
    ("middle", "zhong"),
    ("central", "zhong"),
    ("inner", "nei"),
    ("outer", "wai"),
];

/// The same parts in pinyin, the first of them as it is or in pinyin.
pub(super) fn in_pinyin(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split([',', '，']).map(str::trim).collect();
    let Some((&first, areas)) = parts.split_first().filter(|_| text.is_ascii()) else {
        return Vec::new();
    };
    let areas: Vec<String> = areas
        .iter()
        .map(|area| spelled(area).pop().unwrap_or_else(|| (*area).to_owned()))
        .collect();
    let firsts = spelled(first).into_iter().rev().chain([first.to_owned()]);
    let all = firsts.map(|first| [&[first], &*areas].concat().join(", "));
    all.filter(|other| other != text).collect()
}

/// The pinyin for which a part may stand, the likeliest last; none if it has no English word.
fn spelled(part: &str) -> Vec<String> {
    let words = skeleton::words(part).into_iter().enumerate();
    let words: Vec<String> = words.map(|(at, word)| plain(at, &word)).collect();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let told: usize = words.iter().map(|word| digits(word)).sum();
    // E35 is no e in two tones.
    let mut all = spelling::respelled(&words);
    all.retain(|said| digits(said) == told);
    all
}

fn plain(at: usize, word: &str) -> String {
    let known = WITHIN.iter().find(|(english, _)| at > 0 && *english == word);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    let number = digits.filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    number.or(known.map(|&(_, pinyin)| pinyin)).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_english_is_said_in_pinyin() {
        for (text, expected) in [
            ("28 Keji South 12th Road", "kejinan12lu28hao"),
            ("Keji South 12th Rd 28", "kejinan12lu28hao"),
            ("28 Keji South 12th Road, Nanshan, Shenzhen", "kejinan12lu28hao, Nanshan, Shenzhen"),
            ("Songgang People's Hospital, Bao'an District", "Songgang People's Hospital, baoanqu"),
            (
                "Dongfang Community, Songgang Subdistrict, Bao'an",
                "dongfangshequ, songgangjiedao, Bao'an",
            ),
        ] {
            let forms = in_pinyin(text);
            assert!(forms.iter().any(|form| form == expected), "{text}: {forms:?}");
        }
        assert_eq!(in_pinyin("Hauptstraße 5, Heidelberg"), Vec::<String>::new());
        assert_eq!(in_pinyin("Casino, Monaco"), Vec::<String>::new());
        assert_eq!(in_pinyin("E35"), Vec::<String>::new());
    }
}
