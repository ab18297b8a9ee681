//! Small towns through the real reader, random names against a naive scan.

mod besides;
mod joined;
mod meant;
mod numbers;
mod ranked;
mod real;
mod said;
mod told;

use super::*;
use crate::{
    geo::Coordinate,
    ids::{Id, PlaceId},
    osm::{
        Clip, Element, ElementId, ElementKind, Header, Member, Node, Relation, Tags, Way,
        read_bytes, write_extract,
    },
    progress::Silent,
};
use proptest::prelude::*;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn node(id: i64, lat: f64, lon: f64, tags: Pairs<'_>) -> Element {
    let coordinate = Coordinate::from_degrees(lat, lon).unwrap();
    Element::Node(Node { id, coordinate, tags: Tags::new(tags.iter().copied()) })
}

fn way(id: i64, refs: &[i64], tags: Pairs<'_>) -> Element {
    Element::Way(Way { id, refs: refs.to_vec(), tags: Tags::new(tags.iter().copied()) })
}

fn relation(id: i64, members: &[(&str, &str)], tags: Pairs<'_>) -> Element {
    let id_of = |element: &str| ElementId::parse(element).unwrap();
    let member =
        |&(element, role): &(&str, &str)| Member { element: id_of(element), role: role.into() };
    Element::Relation(Relation {
        id,
        members: members.iter().map(member).collect(),
        tags: Tags::new(tags.iter().copied()),
    })
}

/// The gazetteer of elements that went through a file.
fn gazetteer(mut elements: Vec<Element>) -> Gazetteer {
    elements.sort_by_key(|element| (element.kind(), element.number()));
    let mut file = Vec::new();
    write_extract(&mut file, &Header::default(), &elements).unwrap();
    let extract = read_bytes("town", &file, &KeepPlaces, &Clip::Everything, &Silent).unwrap();
    Gazetteer::build(collect(&extract))
}

/// A subdistrict with a community, a museum, a station, a street, and more.
fn songgang() -> Gazetteer {
    gazetteer([boundaries(), inhabitants()].concat())
}

/// Two subdistricts and the district around both.
fn boundaries() -> Vec<Element> {
    vec![
        node(1, 22.70, 113.80, &[]),
        node(2, 22.70, 113.90, &[]),
        node(3, 22.80, 113.90, &[]),
        node(4, 22.80, 113.80, &[]),
        node(5, 22.70, 113.70, &[]),
        node(6, 22.80, 113.70, &[]),
        way(1, &[1, 2, 3, 4], &[]),
        way(2, &[4, 1], &[]),
        way(3, &[4, 6, 5, 1], &[]),
        relation(
            1,
            &[("way/1", "outer"), ("way/2", "outer"), ("node/10", "label")],
            &[
                ("type", "boundary"),
                ("boundary", "administrative"),
                ("admin_level", "8"),
                ("name", "松岗街道"),
            ],
        ),
        relation(
            2,
            &[("way/3", "outer"), ("way/2", "outer")],
            &[
                ("type", "boundary"),
                ("boundary", "administrative"),
                ("admin_level", "8"),
                ("name", "沙井街道"),
            ],
        ),
        relation(
            3,
            &[("way/1", "outer"), ("way/3", "outer")],
            &[
                ("type", "boundary"),
                ("boundary", "administrative"),
                ("admin_level", "6"),
                ("name", "宝安区"),
            ],
        ),
    ]
}

/// Settlements, a station, a park, streets, shops.
fn inhabitants() -> Vec<Element> {
    vec![
        node(
            10,
            22.77,
            113.84,
            &[("place", "suburb"), ("name", "松岗街道"), ("name:en", "Songgang")],
        ),
        node(11, 22.75, 113.83, &[("place", "neighbourhood"), ("name", "东方社区")]),
        node(12, 22.75, 113.75, &[("place", "neighbourhood"), ("name", "东方社区")]),
        node(
            13,
            22.752,
            113.832,
            &[
                ("tourism", "museum"),
                ("name", "世纪琥珀博物馆"),
                ("alt_name", "松岗琥珀博物馆;琥珀馆"),
                ("addr:street", "东方大巷"),
                ("addr:housenumber", "3"),
            ],
        ),
        node(20, 22.770, 113.840, &[("railway", "station"), ("name", "松岗站"), ("ref", "1130")]),
        node(21, 22.7705, 113.8405, &[("railway", "subway_entrance"), ("ref", "C")]),
        node(
            22,
            22.7695,
            113.8400,
            &[("railway", "subway_entrance"), ("ref", "A"), ("name", "A出口")],
        ),
        node(23, 22.7702, 113.8402, &[("public_transport", "stop_position"), ("name", "松岗站")]),
        node(30, 22.7600, 113.8500, &[("highway", "bus_stop"), ("name", "沙江东路口")]),
        node(31, 22.7602, 113.8520, &[("highway", "bus_stop"), ("name", "沙江东路口")]),
        node(40, 22.7600, 113.8600, &[("barrier", "gate")]),
        node(41, 22.7600, 113.8620, &[]),
        node(42, 22.7620, 113.8620, &[]),
        way(40, &[40, 41, 42, 40], &[("leisure", "park"), ("name", "五指耙公园")]),
        node(43, 22.7610, 113.8615, &[("leisure", "park"), ("name", "五指耙公园")]),
        way(51, &[1, 5], &[("highway", "primary"), ("name", "松明大道"), ("ref", "S3")]),
        way(50, &[2, 1], &[("highway", "primary"), ("name", "松明大道")]),
        node(60, 22.71, 113.81, &[("shop", "convenience"), ("name", "7-Eleven")]),
        node(61, 22.71, 113.812, &[("shop", "convenience"), ("name", "7-Eleven")]),
        node(62, 22.79, 113.812, &[("shop", "convenience"), ("name", "7-Eleven")]),
        relation(9, &[("way/50", "")], &[("type", "route"), ("name", "M123")]),
    ]
}

fn id(gazetteer: &Gazetteer, place: PlaceId) -> String {
    gazetteer.element(place).to_string()
}

/// The ids of what a text means: one if it is clear.
fn meant(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    match gazetteer.resolve(text, None).unwrap() {
        Resolution::Clear(found) => vec![id(gazetteer, found.place)],
        Resolution::Ambiguous(all) => {
            assert!(all.len() > 1 || text.chars().count() == 1, "{text}");
            all.iter().map(|found| id(gazetteer, found.place)).collect()
        }
        Resolution::NotFound { .. } => Vec::new(),
    }
}

#[test]
fn a_text_means_one_place_or_says_which() {
    let town = songgang();
    for (text, expected) in [
        // Exact, by the name or another name, however it is written.
        ("世纪琥珀博物馆", &["node/13"][..]),
        ("松岗 琥珀 博物馆", &["node/13"]),
        ("东方大巷3号", &["node/13"]),
        // Two communities of one name, and how to say which.
        ("东方社区", &["node/11", "node/12"]),
        ("松岗东方社区", &["node/11"]),
        ("松岗街道东方社区", &["node/11"]),
        ("宝安区松岗街道东方社区", &["node/11"]),
        ("宝安沙井东方社区", &["node/12"]),
        ("宝安东方社区", &["node/11", "node/12"]),
        // The smaller area cannot come before the larger one.
        ("松岗宝安东方社区", &[]),
        // Boundary and node of a settlement are one place, and so are station
        // and stop, both sides of a street, and the two taggings of a park.
        ("松岗街道", &["node/10"]),
        ("songgang", &["node/10"]),
        ("松岗站", &["node/20"]),
        ("松岗站C口", &["node/21"]),
        ("松岗站C出口", &["node/21"]),
        ("松岗站A出口", &["node/22"]),
        ("沙江东路口", &["node/30"]),
        ("五指耙公园", &["node/43"]),
        ("松明大道", &["way/50"]),
        ("S3", &["way/50"]),
        // Two shops of a chain are two.
        ("7-Eleven", &["node/60", "node/61", "node/62"]),
        ("世纪琥珀", &["node/13"]),
        ("珀博物", &["node/13"]),
        ("五", &["node/43"]),
        ("不在这里", &[]),
        ("M123", &[]),
    ] {
        assert_eq!(meant(&town, text), expected, "{text}");
    }
}

#[test]
fn a_point_nearby_decides_between_equals() {
    let town = songgang();
    let resolve =
        |text: &str, near: &str| match town.resolve(text, Some(near.parse().unwrap())).unwrap() {
            Resolution::Clear(found) => id(&town, found.place),
            _ => "unclear".to_owned(),
        };
    assert_eq!(resolve("东方社区", "22.751,113.831"), "node/11");
    assert_eq!(resolve("东方社区", "22.751,113.749"), "node/12");
    assert_eq!(resolve("东方社区", "22.75,113.79"), "unclear");
    assert_eq!(resolve("7-Eleven", "22.71,113.81"), "unclear", "two are within 300 m");
    assert_eq!(resolve("7-Eleven", "22.79,113.812"), "node/62");
}

#[test]
fn places_know_where_they_lie_and_are_entered() {
    let town = songgang();
    let place = |text: &str| town.get(ElementId::parse(text).unwrap()).unwrap();
    assert_eq!(town.full_name(place("node/11")), "东方社区 (松岗街道, 宝安区)");
    assert_eq!(town.full_name(place("node/10")), "松岗街道 (宝安区)");
    assert_eq!(town.full_name(place("node/13")), "世纪琥珀博物馆 (东方社区, 松岗街道, 宝安区)");
    assert_eq!(town.full_name(place("relation/3")), "宝安区");
    assert_eq!(town.access(place("node/43")), ["22.76,113.86".parse().unwrap()]);
    assert_eq!(town.access(place("node/20")).len(), 2);
    assert_eq!(town.title(place("node/21")), "松岗站 C口");
    assert_eq!(town.kind(place("node/30")), PlaceKind::Stop);
    assert_eq!(town.kind(place("node/30")).as_str(), "stop");
    assert!(town.get(ElementId::parse("relation/1").unwrap()).is_none(), "it is node/10");
    let names: Vec<_> = town.names(place("node/10")).collect();
    assert_eq!((names[1].language, names[1].text), ("en", "Songgang"));
}

#[test]
fn searches_are_ranked_and_paged() {
    let town = songgang();
    let all = town.search(&SearchQuery { limit: 100, ..SearchQuery::new("松岗") }).unwrap();
    assert!(all.is_complete && all.total_is_at_least == all.matches.len());
    assert!(all.matches.is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(id(&town, all.matches[0].place), "node/10");
    let page =
        town.search(&SearchQuery { limit: 2, offset: 1, ..SearchQuery::new("松岗") }).unwrap();
    assert_eq!(page.matches, all.matches[1..3]);
    let stations = SearchQuery { kinds: &[PlaceKind::Station], ..SearchQuery::new("松岗") };
    let found = town.search(&stations).unwrap();
    assert_eq!(found.matches.len(), 1);
    assert_eq!(&*found.matches[0].matched_name, "松岗站");
}

#[test]
fn what_cannot_be_searched_for_is_refused() {
    let town = songgang();
    let long = "松".repeat(257);
    let too_long = SearchError::TooLong { length: 257, limit: 256 };
    assert_eq!(town.search(&SearchQuery::new(&long)), Err(too_long.clone()));
    assert_eq!(town.resolve(&long, None), Err(too_long));
    for text in ["", " ", "—·", "\0"] {
        assert_eq!(town.search(&SearchQuery::new(text)), Err(SearchError::Empty), "{text:?}");
    }
    let Resolution::NotFound { suggestions } = town.resolve("琥珀展览院", None).unwrap()
    else {
        panic!("it has no such name");
    };
    assert_eq!(id(&town, suggestions[0].place), "node/13");
    assert_eq!(Gazetteer::default().search(&SearchQuery::new("松")).unwrap().matches, []);
    assert!(Gazetteer::default().is_empty() && Gazetteer::build(Vec::new()).is_empty());
}

#[test]
fn a_damaged_gazetteer_is_an_error() {
    let whole = songgang().parts().clone();
    assert!(Gazetteer::from_parts(whole.clone()).is_ok());
    let mut broken = Vec::new();
    let mut break_one = |change: &dyn Fn(&mut GazetteerParts)| {
        let mut parts = whole.clone();
        change(&mut parts);
        broken.push(parts);
    };
    break_one(&|parts| parts.first_name = Vec::new().into());
    break_one(&|parts| parts.first_text = parts.first_text.iter().rev().copied().collect());
    break_one(&|parts| parts.normal.bytes = Vec::new().into());
    break_one(&|parts| parts.cores.owner = vec![u32::MAX; parts.cores.owner.len()].into());
    break_one(&|parts| parts.pinyin.sorted_heads = Vec::new().into());
    break_one(&|parts| parts.normal.sorted = vec![u32::MAX].into());
    break_one(&|parts| parts.pinyin.suffixes = vec![u32::MAX].into());
    break_one(&|parts| parts.areas = parts.areas.iter().map(|_| PlaceId::NONE).collect());
    break_one(&|parts| {
        parts.names = parts.names.iter().map(|n| NameRecord { kind: 99, ..*n }).collect();
    });
    break_one(&|parts| {
        parts.places = parts.places.iter().map(|p| PlaceRecord { kind: 99, ..*p }).collect();
    });
    for (index, parts) in broken.into_iter().enumerate() {
        assert!(Gazetteer::from_parts(parts).is_err(), "damage {index}");
    }
    // Texts are not checked; they must do no harm.
    let text = whole.text.iter().map(|byte| byte ^ 0x80).collect();
    let odd = |index: &TextIndex| TextIndex {
        bytes: index.bytes.iter().rev().map(|byte| byte ^ 0x81).collect(),
        suffixes: index.suffixes.iter().rev().copied().collect(),
        sorted: index.sorted.iter().rev().copied().collect(),
        sorted_ranks: index.sorted_ranks.iter().map(|rank| !rank).collect(),
        owner: index.owner.iter().rev().copied().collect(),
        ..index.clone()
    };
    let parts = GazetteerParts {
        text,
        normal: odd(&whole.normal),
        cores: odd(&whole.cores),
        pinyin: odd(&whole.pinyin),
        initials: odd(&whole.initials),
        ..whole
    };
    let odd = Gazetteer::from_parts(parts).unwrap();
    for text in ["松", "站", "a", "松岗东方社区", "songgang", "sgdf", "松岗的东方社区"]
    {
        odd.search(&SearchQuery::new(text)).unwrap();
        odd.resolve(text, None).unwrap();
    }
}

/// Shops with these names, far from one another.
fn shops(names: &[String]) -> Gazetteer {
    let drafts = (0_i32..).zip(names).filter_map(|(index, name)| {
        let element = ElementId { kind: ElementKind::Node, number: index.into() };
        let tags = Tags::new([("shop", "yes"), ("name", &**name)]);
        let position = Coordinate::from_degrees(f64::from(index % 80), f64::from(index / 80));
        PlaceDraft::new(element, &tags, position.unwrap())
    });
    Gazetteer::build(drafts.filter(|draft| !draft.names.is_empty()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Each kind of match against a look at every name.
    #[test]
    fn the_index_agrees_with_a_scan(
        names in prop::collection::vec("[ab东方岗 ·]{0,8}", 1..60),
        text in "[ab东方岗]{1,4}",
    ) {
        let gazetteer = shops(&names);
        let query = SearchQuery { limit: usize::MAX, ..SearchQuery::new(&text) };
        let mut found: Vec<(i64, MatchKind)> = gazetteer
            .search(&query)
            .unwrap()
            .matches
            .iter()
            .map(|found| (gazetteer.element(found.place).number, found.match_kind))
            .filter(|(_, kind)| [MatchKind::Exact, MatchKind::Prefix, MatchKind::Contained].contains(kind))
            .collect();
        found.sort_unstable();
        let kind = |name: &str| match normalize(name) {
            name if name == text => Some(MatchKind::Exact),
            name if name.starts_with(&text) => Some(MatchKind::Prefix),
            name if name.contains(&text) => Some(MatchKind::Contained),
            _ => None,
        };
        let expected: Vec<(i64, MatchKind)> =
            (0..).zip(&names).filter_map(|(index, name)| Some((index, kind(name)?))).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_text_may_be_searched_for(text in ".{0,40}", names in prop::collection::vec(".{0,12}", 0..20)) {
        let gazetteer = shops(&names);
        let _ = gazetteer.search(&SearchQuery::new(&text));
        let _ = gazetteer.resolve(&text, None);
        for name in names {
            let _ = gazetteer.resolve(&name, Some(Coordinate::from_e7(0, 0).unwrap()));
        }
    }
}

#[test]
fn the_order_of_drafts_does_not_matter() {
    let names: Vec<String> = (0..200).map(|n| format!("东{}方{}", n % 7, n % 5)).collect();
    let gazetteer = shops(&names);
    let mut drafts: Vec<PlaceDraft> = (0..gazetteer.len())
        .rev()
        .map(|index| {
            let place = PlaceId::from_index(index);
            let tags = Tags::new([("shop", "yes"), ("name", gazetteer.title(place))]);
            PlaceDraft::new(gazetteer.element(place), &tags, gazetteer.position(place)).unwrap()
        })
        .collect();
    assert_eq!(Gazetteer::build(drafts.clone()).parts(), gazetteer.parts());
    drafts.rotate_left(77);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one.install(|| Gazetteer::build(drafts)).parts(), gazetteer.parts());
}
