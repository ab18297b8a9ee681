//! What is asked for by a kind, a part and an area: found, and told where no name says it.

use super::*;

#[test]
fn a_part_of_a_name_in_an_area_is_told() {
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &at(&named("highway", "bus_stop", "宝安图书馆①"), "宝安区")),
        node(2, 22.51, 113.80, &at(&named("highway", "bus_stop", "同乐海关"), "宝安区")),
        node(3, 22.52, 113.80, &at(&named("amenity", "school", "第二小学"), "松岗街道")),
        node(4, 22.53, 113.80, &at(&named("shop", "mall", "百佳华佳漾邻(松岗店)"), "松岗街道")),
        node(5, 22.54, 113.80, &at(&named("amenity", "school", "松岗第三小学"), "松岗街道")),
        node(6, 22.55, 113.80, &at(&named("amenity", "hospital", "复亚医院"), "松岗街道")),
        node(7, 22.56, 113.80, &at(&named("amenity", "police", "东方派出所"), "松岗街道")),
    ]);
    check(
        &town,
        &[
            ("宝安区图书馆", false, &["node/1"]),
            ("宝安区海关", false, &["node/2"]),
            ("松岗街道学校", false, &["node/3", "node/5"]),
            ("松岗街道第二小学", true, &["node/3"]),
            ("松岗街道第三小学", true, &["node/5"]),
            ("松岗百佳华", false, &["node/4"]),
            ("松岗家乐福", false, &[]),
            // There may be more hospitals, and one police station.
            ("松岗街道医院", false, &["node/6"]),
            ("松岗街道派出所", true, &["node/7"]),
        ],
    );
}

#[test]
fn a_kind_in_an_area_is_told_where_no_name_says_it() {
    let town = gazetteer(vec![
        node(1, 43.72, 7.40, &at(&named("amenity", "post_office", "CAP D AIL"), "Cap-d'Ail")),
        node(2, 43.73, 7.41, &at(&named("highway", "bus_stop", "Roseraie"), "Fontvieille")),
        node(
            3,
            43.77,
            7.50,
            &at(&named("amenity", "hospital", "Centre Hospitalier - La Palmosa"), "Menton"),
        ),
        node(4, 47.10, 9.50, &named("amenity", "bus_station", "Bushof")),
    ]);
    check(
        &town,
        &[
            // The post office is called after the town.
            ("poste Cap d'Ail", true, &["node/1"]),
            ("école Cap d'Ail", false, &[]),
            ("arrêt de bus Fontvieille", false, &["node/2"]),
            ("arret Fontvieille", false, &["node/2"]),
            ("hopital menton", false, &["node/3"]),
            ("Busbahnhof", true, &["node/4"]),
        ],
    );
}

#[test]
fn what_is_likely_is_told() {
    let house = [("addr:street", "Grabengasse"), ("addr:housenumber", "3")];
    let town = gazetteer(vec![
        node(1, 49.40, 8.60, &house),
        node(2, 22.50, 113.80, &named("shop", "convenience", "7-Eleven")),
        node(3, 22.51, 113.80, &named("landuse", "residential", "白石洲")),
        node(4, 22.52, 113.80, &named("highway", "bus_stop", "丽景城")),
        node(5, 22.53, 113.80, &named("highway", "bus_stop", "沙井中心客运站")),
        node(6, 22.54, 113.80, &named("amenity", "hospital", "松岗人民医院")),
        node(7, 22.55, 113.80, &named("amenity", "school", "松岗中学")),
        node(8, 22.56, 113.80, &at(&[], "深圳")),
        node(9, 22.57, 113.80, &[]),
        way(1, &[8, 9], &named("highway", "primary", "深南大道")),
        way(2, &[8, 9], &at(&named("highway", "primary", "福华路"), "深圳")),
        node(10, 22.566, 113.80, &at(&named("amenity", "cafe", "星巴克"), "深圳")),
    ]);
    check(
        &town,
        &[
            ("Grabengasse 3-5", false, &["node/1"]),
            ("Grabengasse 5-7", false, &[]),
            ("711", true, &["node/2"]),
            ("7-11", true, &["node/2"]),
            ("白石洲村", false, &["node/3"]),
            ("丽景城小区", false, &["node/4"]),
            ("沙井汽车客运站", false, &["node/5"]),
            ("沙井地铁站", false, &[]),
            ("songgang yiyuan", false, &["node/6"]),
            ("Middle School", false, &["node/7"]),
            ("Songgang Middle School", true, &["node/7"]),
            ("深南路", false, &["way/1"]),
            ("深圳福田福华路", false, &["way/2"]),
        ],
    );
}
