//! Words that say what a place is and not which one: there is a school in every village.
//!
//! A text of nothing else is clear only if it is near; with the name of an area it asks for
//! all that are called so there, whatever language or compound says it.

use super::{
    Gazetteer, PlaceKind,
    in_areas::{ENDS, LINKS, Side},
    normalize, skeleton,
    steps::Ranked,
    typed::Typed,
};

/// Words that say what a place is, before its name or after it.
const KINDS: [(&str, PlaceKind); 44] = [
    ("gare", PlaceKind::Station),
    ("bahnhof", PlaceKind::Station),
    ("bhf", PlaceKind::Station),
    ("bf", PlaceKind::Station),
    ("estacio", PlaceKind::Station),
    ("estacion", PlaceKind::Station),
    ("station", PlaceKind::Station),
    ("hotel", PlaceKind::Lodging),
    ("hostal", PlaceKind::Lodging),
    ("pension", PlaceKind::Lodging),
    ("gasthof", PlaceKind::Lodging),
    ("gasthaus", PlaceKind::Food),
    ("restaurant", PlaceKind::Food),
    ("cafe", PlaceKind::Food),
    ("bar", PlaceKind::Food),
    ("eglise", PlaceKind::Culture),
    ("esglesia", PlaceKind::Culture),
    ("kirche", PlaceKind::Culture),
    ("church", PlaceKind::Culture),
    ("museum", PlaceKind::Attraction),
    ("musee", PlaceKind::Attraction),
    ("museu", PlaceKind::Attraction),
    ("burg", PlaceKind::Attraction),
    ("schloss", PlaceKind::Attraction),
    ("park", PlaceKind::Leisure),
    ("parking", PlaceKind::Service),
    ("parkplatz", PlaceKind::Service),
    ("parkhaus", PlaceKind::Service),
    ("tiefgarage", PlaceKind::Service),
    ("tankstelle", PlaceKind::Service),
    ("gasolinera", PlaceKind::Service),
    ("benzinera", PlaceKind::Service),
    ("bank", PlaceKind::Service),
    ("haltestelle", PlaceKind::Stop),
    ("bushaltestelle", PlaceKind::Stop),
    ("arret", PlaceKind::Stop),
    ("parada", PlaceKind::Stop),
    ("supermarkt", PlaceKind::Shop),
    ("hospital", PlaceKind::Health),
    ("hopital", PlaceKind::Health),
    ("krankenhaus", PlaceKind::Health),
    ("ecole", PlaceKind::Education),
    ("escola", PlaceKind::Education),
    ("schule", PlaceKind::Education),
];

/// Words for the same kind of place; each of them, or a word that ends with it, says that
/// a place is of it.
const SAME_KINDS: [&[&str]; 33] = [
    &["schule", "ecole", "escola", "school", "gymnasium", "lycee", "schulhaus"],
    &[
        "kindergarten",
        "kita",
        "kindertagesstatte",
        "krippe",
        "kinderhaus",
        "creche",
        "escolabressol",
    ],
    &["museum", "musee", "museu", "museo"],
    &["hotel", "hostal", "hostel", "pension", "herberge", "alberg"],
    &["restaurant", "gasthof", "gasthaus", "wirtshaus", "ristorante", "pizzeria"],
    &["klinik", "klinikum", "krankenhaus", "hospital", "hopital", "spital", "clinique", "clinica"],
    &["bar", "pub"],
    &["cafe"],
    &["kirche", "eglise", "esglesia", "church", "kapelle", "chapelle", "capella"],
    &["polizei", "police", "policia", "commissariat", "polizeirevier", "polizeiposten"],
    &["feuerwehr", "feuerwache", "pompiers", "bombers"],
    &["apotheke", "pharmacie", "farmacia"],
    &["theater", "theatre", "teatre"],
    &["supermarkt", "supermarche", "supermercat"],
    &["bank", "banque", "banc"],
    &["post", "poste", "correus", "postamt"],
    &["parking", "parkplatz", "parkhaus", "tiefgarage", "aparcament"],
    &["schwimmbad", "freibad", "hallenbad", "piscina", "piscine"],
    &["camping", "campingplatz"],
    &["tennisplatz", "tennis", "tennisclub"],
    &["metzgerei", "boucherie"],
    &["backerei", "boulangerie"],
    &["buchhandlung", "librairie", "llibreria"],
    &["tierarzt", "veterinaire", "veterinari"],
    &["friedhof", "cimetiere", "cementiri"],
    &["stadion", "stade", "estadi", "sportplatz"],
    &["bibliothek", "bibliotheque", "biblioteca"],
    &["rathaus", "mairie", "comu", "gemeindeverwaltung"],
    &["kino", "cinema"],
    &["zoll", "duana", "aduana", "douane"],
    &["tankstelle", "gasolinera", "benzinera"],
    &["hutte", "refugi", "refuge"],
    &["spielplatz"],
];

/// The first of those words of which a village or town may have one place alone.
const ONES: [&str; 10] = [
    "kirche",
    "polizei",
    "feuerwehr",
    "theater",
    "schwimmbad",
    "friedhof",
    "stadion",
    "bibliothek",
    "rathaus",
    "kino",
];

/// More words that say what a place is, of which there are several in the country.
const CATEGORIES: [&str; 32] = [
    "musikschule",
    "grundschule",
    "primarschule",
    "realschule",
    "pfarrkirche",
    "temple",
    "mirador",
    "esqui",
    "ski",
    "ruine",
    "copyshop",
    "reiseburo",
    "pressing",
    "kebab",
    "golf",
    "minigolf",
    "tourisme",
    "tourismus",
    "turisme",
    "office",
    "oficina",
    "golfplatz",
    "bushof",
    "coiffeur",
    "coiffure",
    "perruqueria",
    "friseur",
    "notaire",
    "garage",
    "marche",
    "markt",
    "mercat",
];

/// What places are in Chinese, at the end of their names.
const HAN: [&str; 62] = [
    "教堂",
    "纪念馆",
    "牌坊",
    "工作站",
    "机场",
    "邮政",
    "邮局",
    "宗祠",
    "祠堂",
    "古庙",
    "百货",
    "篮球场",
    "足球场",
    "网球场",
    "羽毛球场",
    "游泳池",
    "游泳馆",
    "公园",
    "医院",
    "人民医院",
    "学校",
    "小学",
    "中学",
    "大学",
    "学院",
    "幼儿园",
    "博物馆",
    "图书馆",
    "体育馆",
    "体育场",
    "体育中心",
    "文化中心",
    "派出所",
    "公安局",
    "消防站",
    "法院",
    "检察院",
    "税务局",
    "市场",
    "农贸市场",
    "菜市场",
    "商场",
    "超市",
    "便利店",
    "酒店",
    "宾馆",
    "饭店",
    "餐厅",
    "银行",
    "药店",
    "药房",
    "诊所",
    "加油站",
    "停车场",
    "广场",
    "工业区",
    "工业园",
    "社康中心",
    "党群服务中心",
    "电影院",
    "公寓",
    "地铁站",
];

/// The shortest word that ends compounds, in bytes: a Dorfbar is rare, and a word that ends
/// with bar is not.
const MIN_COMPOUND_BYTES: usize = 4;

/// What places are that have this word before or after their names.
pub(super) fn kind_said(word: &str) -> Option<PlaceKind> {
    KINDS.iter().find(|&&(known, _)| known == word).map(|&(_, kind)| kind)
}

/// Whether a word says what a place is, and not how it is called.
pub(super) fn says_kind(word: &str) -> bool {
    kind_said(word).is_some()
        || CATEGORIES.contains(&word)
        || HAN.contains(&word)
        || SAME_KINDS.iter().any(|same| same.contains(&word))
}

/// Whether all words of a text say what a place is, or join such words.
pub(super) fn says_kinds(words: &[String]) -> bool {
    let is_said = |word: &String| says_kind(word) || skeleton::is_link(word);
    words.iter().any(|word| says_kind(word)) && words.iter().all(is_said)
}

/// Whether a place may be called so: who eats in a hotel may call it a restaurant.
pub(super) fn may_be(kind: PlaceKind, said: PlaceKind) -> bool {
    let feeds = |kind| matches!(kind, PlaceKind::Lodging | PlaceKind::Food);
    kind == said || feeds(kind) && feeds(said)
}

/// Whether the words say that what is meant is one of the things of this kind that take
/// their names from others: Bushaltestelle Zoo is not the zoo.
pub(super) fn says_borrower(words: &[String], kind: PlaceKind) -> bool {
    let parks = |word: &String| {
        SAME_KINDS.iter().any(|same| same[0] == "parking" && same.contains(&word.as_str()))
    };
    let stops = |word: &String| kind_said(word) == Some(PlaceKind::Stop);
    match kind {
        PlaceKind::Stop => words.iter().any(stops),
        PlaceKind::Service => words.iter().any(parks),
        _ => false,
    }
}

/// The words that say of a place what `word` does.
fn same_kind(word: &str) -> Vec<&str> {
    let same = SAME_KINDS.iter().find(|same| same.contains(&word));
    same.map_or_else(|| vec![word], |same| same.to_vec())
}

/// Whether a word is `said`, or a compound of it.
fn is_compound(word: &str, said: &str) -> bool {
    word == said || said.len() >= MIN_COMPOUND_BYTES && word.ends_with(said)
}

/// What places of one kind are called, and the area in which they are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KindInArea {
    /// The words that say the kind.
    words: Vec<String>,
    areas: String,
    side: Side,
    /// Whether an area may have one such place alone. Most schools and inns do not say in
    /// their names what they are, so that one that does tells nothing.
    may_be_one: bool,
}

impl Gazetteer {
    /// What a text asks for that is a word for places of which there may be many and the
    /// name of an area, and nothing else: Museum Vaduz, 松岗街道公园.
    pub(super) fn kind_in_area(&self, typed: &Typed) -> Option<KindInArea> {
        let asks = |word: &str, areas: String, side| {
            let is_asked = self.may_be_areas(&areas, side) && !areas.is_empty();
            let is_number = areas.bytes().all(|byte| byte.is_ascii_digit());
            let is_many = kind_said(word) != Some(PlaceKind::Station) && says_kind(word);
            (is_many && is_asked && !is_number).then(|| KindInArea {
                words: same_kind(word).into_iter().map(str::to_owned).collect(),
                areas,
                side,
                may_be_one: ONES.contains(&same_kind(word)[0]),
            })
        };
        if typed.is_han() {
            // What is no area by its word may be a name: 松岗公园.
            let is_area = |areas: &&str| ENDS.iter().any(|end| areas.ends_with(end));
            let mut cuts = HAN.iter().filter_map(|word| {
                let areas = typed.normal.strip_suffix(word).filter(is_area)?;
                Some((word, areas))
            });
            return cuts.find_map(|(word, areas)| asks(word, areas.to_owned(), Side::Before));
        }
        let said = |word: &&String| !skeleton::is_link(word) && !LINKS.contains(&word.as_str());
        let words: Vec<&str> = typed.words.iter().filter(said).map(String::as_str).collect();
        let all: Vec<&str> = typed.words.iter().map(String::as_str).collect();
        let ([first, _, ..], [.., last]) = (&words[..], &words[..]) else { return None };
        let rest =
            |at: usize, tail: bool| if tail { all[at + 1..].concat() } else { all[..at].concat() };
        let at = |word: &str| all.iter().position(|own| *own == word).unwrap_or(0);
        asks(first, rest(at(first), true), Side::After)
            .or_else(|| asks(last, rest(at(last), false), Side::Before))
    }

    /// The places that are asked for, by their names.
    pub(super) fn of_kind_in_area(&self, asked: &KindInArea) -> Ranked {
        let mut names = Vec::new();
        for said in &asked.words {
            let is_it = |name: u32| self.says_kind_of(name, said);
            let is_there = |name: u32| self.is_in(&asked.areas, self.place_of(name), asked.side);
            let found = self.containing(said, |_| true, |name| is_it(name) && is_there(name));
            names.extend(found.into_iter().map(|(_, name)| name));
        }
        self.ranked(names)
    }

    /// Whether a place may be all that is asked for, for all that names tell.
    pub(super) fn may_be_all(&self, asked: &KindInArea, name: u32) -> bool {
        asked.may_be_one && asked.words.iter().any(|said| self.says_kind_of(name, said))
    }

    /// Whether a name has a word that says its kind so.
    fn says_kind_of(&self, name: u32, said: &str) -> bool {
        let kind = self.kind_by(name);
        let is_thing = !kind.is_area()
            && !matches!(kind, PlaceKind::Street | PlaceKind::Stop | PlaceKind::Junction)
            && !matches!(kind, PlaceKind::StationEntrance | PlaceKind::Address | PlaceKind::Nature);
        let text = self.name(name as usize).text;
        if !is_thing {
            return false;
        }
        if said.is_ascii() {
            skeleton::words(text).iter().any(|word| is_compound(word, said))
        } else {
            let text = normalize(text.split(['(', '（']).next().unwrap_or(text));
            text.ends_with(said)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_kinds() {
        for word in ["museum", "kita", "kebab", "教堂", "hotel"] {
            assert!(says_kind(word), "{word}");
        }
        assert!(!says_kind("松岗") && !says_kind("heidelberg"));
        assert!(is_compound("kunstmuseum", "museum") && is_compound("bar", "bar"));
        assert!(!is_compound("bartomeu", "bar") && !is_compound("sandbar", "bar"));
        assert!(same_kind("musee").contains(&"museum"));
    }
}
