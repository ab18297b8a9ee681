//! What people type, and the place that they mean: found first, or told to be
//! one of several. On the fixture, and on real extracts where they are.

mod addresses;
mod anything;
mod real;
mod shenzhen;
mod told;

use std::collections::BTreeSet;

use luwang::{
    engine::{
        Cancel, Engine, EngineError, PlaceMatch, PlaceSearch, RouteAnswer, RouteRequest,
        WaypointTarget,
    },
    geo::Coordinate,
    profile::AvoidClasses,
    units::Metric,
};

use crate::support::dataset;

fn search(engine: &Engine, text: &str, near: Option<Coordinate>) -> Vec<PlaceMatch> {
    let (text, kinds) = (text.to_owned(), Vec::new());
    let search = PlaceSearch { text, near, kinds, limit: 10, offset: 0 };
    engine.search(&search).unwrap_or_else(|error| panic!("{error}")).matches
}

/// Each text with the name and the kind of the place that is to be found first,
/// and how it matches.
#[track_caller]
fn check_first(engine: &Engine, table: &[(&str, &str, &str, &str)]) {
    for &(text, name, kind, how) in table {
        let found = search(engine, text, None);
        let first = found.first().unwrap_or_else(|| panic!("{text} is not found"));
        let place = &first.place;
        let is = (place.name.as_str(), place.kind.as_str(), first.match_kind);
        assert_eq!(is, (name, kind, how), "{text}: {place:?}");
    }
}

/// What is answered to who wants to go to where a text says.
fn go_to(engine: &Engine, text: &str) -> Result<RouteAnswer, EngineError> {
    let named = |text: &str| WaypointTarget::Name(text.to_owned()).into();
    let request = RouteRequest {
        waypoints: vec![named(text), named(text)],
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: false,
    };
    engine.route(&request, &Cancel::never())
}

/// What a text means: the name of the place, `several`, `perhaps` the only one
/// that is told, or `nothing`.
fn meaning(engine: &Engine, text: &str) -> String {
    match go_to(engine, text) {
        Ok(answer) => answer.waypoints[0].place.as_ref().expect("it was named").place.name.clone(),
        Err(EngineError::PlaceAmbiguous { candidates, .. }) => match &candidates[..] {
            [] => panic!("{text} may mean nothing"),
            [only] => format!("perhaps {}", only.place.name),
            _ => "several".to_owned(),
        },
        Err(EngineError::PlaceNotFound { .. }) => "nothing".to_owned(),
        Err(error) => panic!("{text}: {error}"),
    }
}

/// What a text may mean that is not clear.
fn refused(engine: &Engine, text: &str) -> Vec<PlaceMatch> {
    match go_to(engine, text) {
        Err(EngineError::PlaceAmbiguous { candidates, .. }) => candidates,
        other => panic!("{text}: {other:?}"),
    }
}

#[track_caller]
fn check_meaning(engine: &Engine, table: &[(&str, &str)]) {
    for &(text, expected) in table {
        assert_eq!(meaning(engine, text), expected, "{text}");
    }
}

fn songgang() -> Engine {
    Engine::open(dataset()).expect("the dataset of the fixture can be opened")
}

#[test]
fn in_songgang() {
    check_first(
        &songgang(),
        &[
            ("松岗东方社区", "东方社区", "neighbourhood", "exact"),
            ("深圳市宝安区松岗街道东方社区", "东方社区", "neighbourhood", "exact_in_area"),
            ("广东省深圳市宝安区东方社区", "东方社区", "neighbourhood", "exact_in_area"),
            ("東方社區", "东方社区", "neighbourhood", "exact"),
            ("深圳松岗", "松岗街道", "suburb", "exact_in_area"),
            ("广东深圳宝安松岗", "松岗街道", "suburb", "exact_in_area"),
            ("深圳宝安", "宝安区", "district", "without_generic"),
            ("深圳松岗站", "松岗站", "station", "exact_in_area"),
            ("深圳机场", "机场站", "station", "without_generic"),
            ("中国广东省深圳市宝安区松岗街道", "松岗街道", "suburb", "exact_in_area"),
            ("松岗琥珀博物馆", "世纪琥珀博物馆", "attraction", "exact"),
            ("琥珀博物馆", "世纪琥珀博物馆", "attraction", "contained"),
            ("世纪琥珀", "世纪琥珀博物馆", "attraction", "prefix"),
            ("世纪博物馆", "世纪琥珀博物馆", "attraction", "scattered"),
            ("世紀琥珀博物館", "世纪琥珀博物馆", "attraction", "exact"),
            ("世纪虎珀博物馆", "世纪琥珀博物馆", "attraction", "fuzzy"),
            ("世纪琥珀博馆", "世纪琥珀博物馆", "attraction", "scattered"),
            ("shijihupobowuguan", "世纪琥珀博物馆", "attraction", "exact"),
            ("Shìjì Hǔpò", "世纪琥珀博物馆", "attraction", "prefix"),
            ("hupobowuguan", "世纪琥珀博物馆", "attraction", "contained"),
            ("sjhpbwg", "世纪琥珀博物馆", "attraction", "initials"),
            ("松岗人民医院", "松岗人民医院", "health", "exact"),
            ("松崗人民醫院", "松岗人民医院", "health", "exact"),
            ("松岗医院", "松岗人民医院", "health", "scattered"),
            ("松岗人民一院", "松岗人民医院", "health", "fuzzy"),
            ("songgang renmin yiyuan", "松岗人民医院", "health", "pinyin"),
            ("songgangrenminyiyaun", "松岗人民医院", "health", "fuzzy"),
            ("songgangrenimnyiyuan", "松岗人民医院", "health", "fuzzy"),
            ("松岗站", "松岗站", "station", "exact"),
            ("松岗地铁站", "松岗站", "station", "exact"),
            ("松岗车站", "松岗站", "station", "without_generic"),
            ("sōng gǎng zhàn", "松岗站", "station", "pinyin"),
            ("sgz", "松岗站", "station", "initials"),
            ("红星社区", "红星村委", "neighbourhood", "without_generic"),
            ("医院 松岗", "松岗人民医院", "health", "all_words"),
            ("bihaiwan", "碧海湾站", "station", "pinyin"),
            ("baoan zhongxin", "宝安中心站", "station", "pinyin"),
            ("songang renmin yiyuan", "松岗人民医院", "health", "fuzzy"),
            ("baoan songgangzhan", "松岗站", "station", "exact_in_area"),
            ("baoanqu songgang renminyiyuan", "松岗人民医院", "health", "exact_in_area"),
            ("碧头村", "碧头", "locality", "without_generic"),
            ("沙浦围", "沙浦围居委会", "neighbourhood", "without_generic"),
            ("西岸华府", "中海西岸华府", "neighbourhood", "contained"),
            ("Industrial Time Museum", "工业时光博物馆", "attraction", "exact"),
            ("songgan renmin yiyuan", "松岗人民医院", "health", "fuzzy"),
            ("沙井", "沙井街道", "suburb", "exact"),
            ("沙井镇", "沙井街道", "suburb", "without_generic"),
            ("Shajing Subdistrict", "沙井街道", "suburb", "exact"),
            ("五指耙", "五指耙公园", "leisure", "prefix"),
            ("文天祥", "文天祥纪念馆", "attraction", "prefix"),
            ("wtxjng", "文天祥纪念馆", "attraction", "initials"),
            ("松岗人民医苑", "松岗人民医院", "health", "fuzzy"),
            ("松冈站", "松岗站", "station", "fuzzy"),
        ],
    );
}

#[test]
fn stations_and_exits_in_songgang() {
    check_first(
        &songgang(),
        &[
            ("松岗站A口", "松岗站A口", "station entrance", "exact"),
            ("松岗地铁站A出口", "松岗站A口", "station entrance", "without_generic"),
            ("地铁松岗站", "松岗站", "station", "without_generic"),
            ("松岗地铁口", "松岗站", "station", "without_generic"),
            ("松岗地铁", "松岗站", "station", "without_generic"),
            ("11号线松岗站", "松岗站", "station", "without_generic"),
            ("松岗站（地铁11号线）", "松岗站", "station", "without_generic"),
            ("songgang station", "松岗站", "station", "pinyin"),
            ("Songgang Metro Station", "松岗站", "station", "pinyin"),
            ("songgang ditiezhan", "松岗站", "station", "pinyin"),
            ("固戌地铁站", "固戍站", "station", "fuzzy"),
            ("松岗站 Ａ 出口", "松岗站A口", "station entrance", "exact"),
            ("6号线松岗站", "松岗站", "station", "without_generic"),
            ("深圳地铁十一号线松岗站", "松岗站", "station", "without_generic"),
            ("gushu subway", "固戍站", "station", "pinyin"),
            ("Gushu Station Exit A", "固戍站A口", "station entrance", "pinyin"),
            ("固戍地铁A出口", "固戍站A口", "station entrance", "without_generic"),
            ("松岗站11号线B口", "松岗站B口", "station entrance", "without_generic"),
            ("松岗站B出入口", "松岗站B口", "station entrance", "without_generic"),
            ("B口松岗站", "松岗站B口", "station entrance", "without_generic"),
            ("11号线机场北站A出口", "机场北站A口", "station entrance", "without_generic"),
            ("固戍地铁站C", "固戍站C口", "station entrance", "without_generic"),
            ("机场北A口", "机场北站A口", "station entrance", "without_generic"),
            ("后瑞站A", "后瑞站A口", "station entrance", "without_generic"),
        ],
    );
}

#[test]
fn streets_crossings_and_addresses_in_songgang() {
    check_first(
        &songgang(),
        &[
            ("宝安大道", "宝安大道", "street", "exact"),
            ("Bao'an Avenue", "宝安大道", "street", "exact"),
            ("baoan大道", "宝安大道", "street", "pinyin"),
            ("bao3an1 da4dao4", "宝安大道", "street", "pinyin"),
            ("Songhuan Rd", "松环路", "street", "pinyin"),
            ("107国道", "广深公路", "street", "exact"),
            ("G107", "广深公路", "street", "exact"),
            ("松环路与松园路交界处", "松园路与松环路路口", "junction", "crossing"),
            ("松园路和松环路路口", "松园路与松环路路口", "junction", "crossing"),
            ("松园路/松环路", "松园路与松环路路口", "junction", "crossing"),
            ("松园路松环路十字路口", "松园路与松环路路口", "junction", "crossing"),
            ("松环路松园路口", "松园路与松环路路口", "junction", "crossing"),
            ("songhuanlu yu songyuanlu", "松园路与松环路路口", "junction", "crossing"),
            ("Songhuan Rd and Songyuan Rd", "松园路与松环路路口", "junction", "crossing"),
            ("松环路 松园路", "松园路与松环路路口", "junction", "crossing"),
            ("宝安区松岗街道松环路与松园路的交接处", "松园路与松环路路口", "junction", "crossing"),
            ("松岗宝安大道", "宝安大道", "street", "exact_in_area"),
            ("宝安区沙井街道宝安大道", "宝安大道", "street", "exact_in_area"),
            ("宝安大道福永", "宝安大道", "street", "exact_in_area"),
            ("107国道与松明大道路口", "广深公路与松明大道路口", "junction", "crossing"),
            ("宝安大道与松明大道路口", "宝安大道与松明大道路口", "junction", "crossing"),
            ("松明大道和宝安大道交叉口", "宝安大道与松明大道路口", "junction", "crossing"),
            ("G107与松白路", "广深公路与松白路路口", "junction", "crossing"),
            ("107国道松白路口", "广深公路与松白路路口", "junction", "crossing"),
            ("宝安大道与松明大道相交处", "宝安大道与松明大道路口", "junction", "crossing"),
            ("宝安大道松明大道交汇处", "宝安大道与松明大道路口", "junction", "crossing"),
            ("宝安大道与松明大道丁字路口", "宝安大道与松明大道路口", "junction", "crossing"),
            ("宝安大道与松明大道东北角", "宝安大道与松明大道路口", "junction", "crossing"),
            ("Bao'an Avenue at Songming Ave", "宝安大道与松明大道路口", "junction", "crossing"),
            ("宝安大道@松明大道", "宝安大道与松明大道路口", "junction", "crossing"),
            ("东方大", "东方大道", "street", "prefix"),
            ("松裕5横巷", "松裕五横巷", "street", "exact"),
            ("宝安大道 松明大道", "宝安大道与松明大道路口", "junction", "crossing"),
            ("宝安大道松明大道路口", "宝安大道与松明大道路口", "junction", "crossing"),
            ("松岗宝安大道与松明大道交汇处", "宝安大道与松明大道路口", "junction", "crossing"),
            ("Bao'an Ave & Songming Ave", "宝安大道与松明大道路口", "junction", "crossing"),
            ("广深公路与松裕路立交", "广深公路与松裕路路口", "junction", "crossing"),
            ("沙江路/松瑞路", "松瑞路与沙江路路口", "junction", "crossing"),
            ("国道107", "广深公路", "street", "exact"),
            ("G107广深公路", "广深公路", "street", "exact_in_area"),
            ("smdd", "松明大道", "street", "initials"),
            ("沙江路2号", "松岗人民医院", "health", "exact"),
            ("松岗人民医院 沙江路2号", "松岗人民医院", "health", "exact_in_area"),
            ("东方大巷3号", "文天祥纪念馆", "attraction", "exact"),
            ("东方大巷三号", "文天祥纪念馆", "attraction", "exact"),
            ("东方大巷 3", "文天祥纪念馆", "attraction", "without_generic"),
            ("松岗东方大巷3号", "文天祥纪念馆", "attraction", "exact_in_area"),
            ("东方大巷3号文天祥纪念馆", "文天祥纪念馆", "attraction", "exact_in_area"),
            (
                "深圳市宝安区松岗街道东方大巷3号文天祥纪念馆",
                "文天祥纪念馆",
                "attraction",
                "exact_in_area",
            ),
            ("宝安", "宝安区", "district", "without_generic"),
            ("宝安区", "宝安区", "district", "exact"),
        ],
    );
}

#[test]
fn in_songgang_a_name_is_clear_or_told_to_be_ambiguous() {
    check_meaning(
        &songgang(),
        &[
            ("松岗东方社区", "东方社区"),
            ("松岗琥珀博物馆", "世纪琥珀博物馆"),
            ("松岗人民医院", "松岗人民医院"),
            ("松岗地铁站", "松岗站"),
            ("shijihupobowuguan", "世纪琥珀博物馆"),
            ("松环路与松园路路口", "松园路与松环路路口"),
            ("人民医院", "several"),
            ("sg", "several"),
            ("松岗站", "松岗站"),
            // Stops are named after others, which are meant.
            ("后瑞", "后瑞站"),
            ("松岗公交站", "several"),
            // It is a bus stop at one of them, and a stop is named after others.
            ("停车场", "perhaps 李松蓢停车场"),
            ("会展中心", "perhaps 光明会展中心"),
            ("松岗地铁口", "松岗站"),
            ("11号线松岗站", "松岗站"),
            ("12号线松岗站", "松岗站"),
            // No line 3 stops there: it is told, with the bus stop at the station.
            ("3号线松岗站", "several"),
            ("宝安大道与松明大道路口", "宝安大道与松明大道路口"),
            // A street beside a station, and stops of its name.
            ("宝安中心", "宝安中心站"),
            ("bihaiwan", "碧海湾站"),
            ("松岗", "松岗街道"),
            ("沙井", "沙井街道"),
            // The stop 水围路口, or the street and the village that it is named after.
            ("水围", "several"),
            ("水围路口", "水围路口"),
            // The stop is called like the centre.
            ("sgtyzx", "松岗体育中心"),
            ("花果山公园", "松岗花果山公园"),
            ("机场北", "several"),
            // However it is spelled, it is in three names.
            ("琥珀", "several"),
            ("hupo", "several"),
            ("wuzhipa", "several"),
            ("shajiang", "several"),
            ("songbai", "several"),
            ("松岗站3号线B口", "nothing"),
            ("福田区宝安大道与松明大道路口", "nothing"),
            ("东莞市宝安大道与松明大道路口", "nothing"),
            ("S3", "nothing"),
            ("A13", "nothing"),
            ("baoan songgang", "松岗街道"),
            ("大洋一横巷", "楼岗大洋一横巷"),
            ("楼岗大洋", "several"),
            ("松岗二小", "perhaps 松岗第二小学"),
            ("红桥头", "nothing"),
            ("琥珀馆", "perhaps 世纪琥珀博物馆"),
            ("songang renmin yiyuan", "perhaps 松岗人民医院"),
            // Both ends of a name are too little, and so is a part of a name of
            // something that is no district.
            ("世纪博物馆", "perhaps 世纪琥珀博物馆"),
            ("南山区", "perhaps 南山区委"),
            ("松明大道888号", "nothing"),
            // It lies in another city.
            ("东莞市松岗站", "nothing"),
            ("东莞松岗", "nothing"),
            // A slip is told, not mended.
            ("世纪虎珀博物馆", "perhaps 世纪琥珀博物馆"),
            ("松裕路与松明大道路口", "nothing"),
            ("没有这个地方", "nothing"),
        ],
    );
}

/// Whoever has to choose is told what stands where; better matches have higher
/// scores.
#[test]
fn candidates_are_told_apart() {
    let engine = songgang();
    let candidates = refused(&engine, "人民医院");
    let told: BTreeSet<_> =
        candidates.iter().map(|found| (&found.street, &found.place.areas)).collect();
    assert!(told.len() > 2, "{told:?}");
    for found in &candidates {
        assert!(!found.street.is_empty() && !found.place.areas.is_empty(), "{found:?}");
    }
    assert!(candidates.is_sorted_by(|a, b| a.score >= b.score), "{candidates:?}");
    assert!(
        refused(&engine, "路")
            .iter()
            .all(|found| found.place.kind != "street" || found.street.is_empty())
    );

    let found = search(&engine, "松岗", None);
    assert!(found.is_sorted_by(|a, b| a.score >= b.score), "{found:?}");
    assert!(found.iter().all(|found| found.street.is_empty() && found.score > 0));
}

/// Of places that are equally good, the nearest; and everything else before
/// that.
#[test]
fn the_nearest_comes_first_among_equals() {
    let engine = songgang();
    let hospital = Coordinate::from_degrees(22.5660, 113.9087).expect("it is on earth");
    let far = search(&engine, "人民医院", None);
    let near = search(&engine, "人民医院", Some(hospital));
    assert_eq!(near[0].place.kind, far[0].place.kind);
    let stops = |found: &[PlaceMatch]| -> Vec<String> {
        let stops = found.iter().filter(|found| found.place.kind == "stop");
        stops.map(|found| found.place.name.clone()).collect()
    };
    assert_eq!(stops(&near)[0], "宝安人民医院");
    let distances: Vec<_> = near
        .iter()
        .filter(|found| found.place.kind == "stop")
        .map(|found| found.distance)
        .collect();
    assert!(distances.is_sorted(), "{distances:?}");
}

/// Pages follow each other without a gap, whatever their size.
#[test]
fn pages_are_parts_of_one_list() {
    let engine = songgang();
    for text in ["松岗", "s", "路", "song", "人民医院"] {
        let page = |offset, limit| {
            let (text, near) = (text.to_owned(), None);
            let search = PlaceSearch { text, near, kinds: Vec::new(), limit, offset };
            engine.search(&search).expect("it can be searched for")
        };
        let all = page(0, 60).matches;
        for size in [1, 7, 25] {
            let mut offset = Some(0);
            let mut pages = Vec::new();
            while let Some(next) = offset.filter(|&next| next < 60) {
                let page = page(next, size.min(60 - next));
                pages.extend(page.matches);
                offset = page.next_offset;
            }
            assert_eq!(pages, all, "{text} by {size}");
        }
    }
}
