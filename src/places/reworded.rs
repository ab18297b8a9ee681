//! A text in other words, for one that is nobody's name: without what people write around an
//! address (floor, country, 附近), with a number where it belongs, with a word that means the
//! same.
//!
//! Each rule gives other texts, to which all rules apply again. None is looked at where the
//! text itself is a name.

mod around;
mod around_han;
mod beside;
mod english;
mod words;

/// The most forms of a text.
const MAX_FORMS: usize = 12;

/// Another form of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reworded {
    pub(super) text: String,
    /// Whether it means the same, and not only what is likely to be meant.
    pub(super) is_sure: bool,
}

/// A rule, and whether what it gives means the same.
type Rule = (fn(&str) -> Vec<String>, bool);

const RULES: [Rule; 22] = [
    (words::without_number_words, true),
    (around::without_floors, true),
    (around::without_country, true),
    (beside::without, true),
    (around_han::plain, true),
    (around_han::exits, true),
    (english::in_pinyin, true),
    (words::with_plain_vowels, true),
    (words::without_adjective, true),
    (words::stations, true),
    (words::with_university, true),
    (around_han::governments, true),
    (around_han::without_postcode, true),
    (beside::without_preposition, false),
    (around_han::building, false),
    (around::without_country_of_a_name, false),
    (around::without_unknown_part, false),
    (around::without_postcodes, false),
    (around::without_bracket, false),
    (words::synonyms, false),
    (words::sounding_alike, false),
    (around_han::without_gate, false),
];

/// What is left of a text without what says that something is near to it, if it says so: the
/// barest last.
pub(super) fn bare(text: &str) -> Vec<String> {
    [beside::without(text), around_han::bare(text)].concat()
}

/// The other forms of a text, the nearest to it first.
pub(super) fn reworded(text: &str) -> Vec<Reworded> {
    let mut all = vec![Reworded { text: text.trim().to_owned(), is_sure: true }];
    let mut at = 0;
    while at < all.len() && all.len() < MAX_FORMS {
        let of = all[at].clone();
        for (rule, is_sure) in RULES {
            for text in rule(&of.text) {
                let is_new = all.iter().all(|known| known.text != text);
                if is_new && text.chars().any(char::is_alphanumeric) {
                    all.push(Reworded { text, is_sure: is_sure && of.is_sure });
                }
            }
        }
        at += 1;
    }
    all.remove(0);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_said_in_other_words() {
        for (text, other) in [
            ("Berliner Straße Nr. 47", "Berliner Straße 47"),
            ("Avinguda Carlemany nº 63", "Avinguda Carlemany 63"),
            ("Avinguda Carlemany nº63", "Avinguda Carlemany 63"),
            ("avinguda meritxell num 80", "avinguda meritxell 80"),
            ("Am Bischofswald No. 19", "Am Bischofswald 19"),
            ("Landstrasse 10号", "Landstrasse 10"),
            ("3号东方大巷", "东方大巷3号"),
            ("东方大巷门牌3号", "东方大巷3号"),
            ("Willy-Brandt-Platz 5, 3. OG", "Willy-Brandt-Platz 5"),
            ("Berliner Straße 47 (Eingang)", "Berliner Straße 47"),
            ("Bergheimer Straße 20, Hinterhaus", "Bergheimer Straße 20"),
            ("Bergheimer Str 20 2. Stock", "Bergheimer Str 20"),
            ("Bergheimer Straße 20 Heidelberg Deutschland", "Bergheimer Straße 20 Heidelberg"),
            ("Sandgasse 3, Altstadt, Heidelberg", "Sandgasse 3, Heidelberg"),
            ("Foo GmbH, Sandgasse 3, Heidelberg", "Sandgasse 3, Heidelberg"),
            ("东方大巷3号楼", "东方大巷3号"),
            ("518105松岗人民医院", "松岗人民医院"),
            ("松岗中学正门", "松岗中学"),
            ("宝安大道松明大道红绿灯", "宝安大道松明大道路口"),
            ("107国道松岗段", "松岗107国道"),
            (
                "Berliner Straße 47, 69120 Heidelberg, Germany",
                "Berliner Straße 47, 69120 Heidelberg",
            ),
            ("D-69120 Heidelberg, Berliner Straße 47", "Heidelberg, Berliner Straße 47"),
            ("MC 98000 Monaco, 2 Avenue Albert II", "Monaco, 2 Avenue Albert II"),
            ("中国松岗人民医院", "松岗人民医院"),
            ("518105 深圳市松岗街道沙江路2号", "深圳市松岗街道沙江路2号"),
            ("沙江路2号1楼101室", "沙江路2号"),
            ("沙江路2号门诊楼", "沙江路2号"),
            ("松岗人民医院附近", "松岗人民医院"),
            ("松岗站西侧", "松岗站"),
            ("去松岗站", "松岗站"),
            ("宝安大道(松岗段)", "松岗宝安大道"),
            ("near Casino", "Casino"),
            ("松岗站 Exit A", "松岗站A口"),
            ("Exit A 松岗站", "松岗站A口"),
            ("后亭站出口B", "后亭站B口"),
            ("Songgang Station A", "songgangzhan Akou"),
            ("松岗汽车站公交站", "松岗汽车站"),
            ("Hauptstr Neckargemuend", "Hauptstr Neckargemund"),
            ("Heidelberger Hauptbahnhof", "Hauptbahnhof Heidelberg"),
            ("Heidelberg main station", "Heidelberg hauptbahnhof"),
            ("星港城购物广场", "星港城购物中心"),
            ("招商银行松岗支行", "招行松岗支行"),
            ("Uniplatz", "Universitätsplatz"),
            ("Heidelberg Unibibliothek", "Heidelberg Universitätsbibliothek"),
            ("宝安区政府", "宝安区人民政府"),
            ("518105松岗人民医院", "松岗人民医院"),
            ("松岗人民医院 518105", "松岗人民医院"),
            ("松岗街道人民政府", "松岗街道政府"),
            ("Philosofenweg", "Philosophenweg"),
            ("Sophienstraße", "Sofienstraße"),
            ("松岗中学北门", "松岗中学"),
        ] {
            let forms = reworded(text);
            assert!(forms.iter().any(|form| form.text == other), "{text}: {forms:?}");
        }
        for text in [
            "松岗站",
            "Hauptstraße 5",
            "Avenue Princesse Grace",
            "11号线松岗站",
            "Neuenheim",
            "政府",
        ] {
            assert_eq!(reworded(text), [], "{text}");
        }
    }
}
