//! A real extract where people write Chinese, if it is at hand.

use super::{check_first, check_meaning, real::imported};
use crate::support::extract;

#[test]
fn in_futian() {
    let Some(path) = extract("futian-nanshan.osm.pbf") else { return };
    let engine = imported(&path);
    check_first(
        &engine,
        &[
            ("深南大道", "深南大道", "street", "exact"),
            ("shennandadao", "深南大道", "street", "exact"),
            ("sndd", "深南大道", "street", "initials"),
            ("Shennan Avenue", "深南大道", "street", "pinyin"),
            ("Fuhua 1st Rd", "福华一路", "street", "without_generic"),
            ("车公庙", "车公庙", "stop", "exact"),
            ("車公廟", "车公庙", "stop", "exact"),
            ("福华一路", "福华一路", "street", "exact"),
            ("福华1路", "福华一路", "street", "exact"),
            ("fuhua1lu", "福华一路", "street", "pinyin"),
            ("彩天路", "彩田路", "street", "fuzzy"),
            ("福华一路与彩田路路口", "彩田路与福华一路路口", "junction", "crossing"),
        ],
    );
    check_meaning(
        &engine,
        &[
            ("福华一路", "福华一路"),
            ("彩天路", "nothing"),
            ("1号线车公庙站", "车公庙"),
            ("11号线高新园站", "perhaps 高新园"),
            ("北环大道与皇岗路立交", "北环大道与皇岗路路口"),
            ("世界之窗站", "世界之窗"),
            ("皇岗路", "皇岗路"),
            ("高新园站A口", "高新园 A"),
            ("深大A1口", "深大 A1"),
            ("金田路福强路西南角", "福强路与金田路路口"),
            ("彩田路@福华路", "彩田路与福华路路口"),
            ("福华3路 金田路", "福华三路与金田路路口"),
            ("福田区福华路与金田路路口", "perhaps 福华路与金田路路口"),
            ("大冲村", "大冲"),
            ("麦当劳", "several"),
            ("白石洲汽车站", "白石洲长途汽车站"),
            ("高新园汽车站", "nothing"),
            ("深大汽车站", "nothing"),
            ("深大地铁站", "深大"),
            ("腾讯大厦 深南大道", "腾讯大厦"),
            ("Nanhai Avenue 3688", "深圳大学"),
            ("科技园站", "several"),
            ("keyuan lu", "perhaps KeYuan Lu 5号"),
            // The stop is called after the works.
            ("科兴", "several"),
            ("kexing", "several"),
            ("福民", "perhaps 福民路"),
            ("window of the world", "世界之窗"),
            ("G4", "several"),
            ("S3", "nothing"),
            ("深圳深南大道", "深南大道"),
            // Nothing in the extract says where the district is.
            ("福田区福华一路", "perhaps 福华一路"),
            // That some addresses say 深圳 tells nothing of a street without any.
            ("深圳市福田区福华路", "perhaps 福华路"),
            ("深圳市福华路", "perhaps 福华路"),
            ("深圳福华路", "perhaps 福华路"),
        ],
    );
}
