//! What a text may well mean besides, on the fixture.

use super::{check_meaning, songgang};

#[test]
fn words_say_what_is_meant() {
    check_meaning(
        &songgang(),
        &[
            // Coaches do not leave from the station of the metro.
            ("白石洲汽车站", "nothing"),
            ("西乡汽车站", "perhaps 西乡客运站"),
            ("沙井汽车站", "several"),
            ("松岗汽车站", "松岗汽车站"),
            ("松岗长途汽车站", "松岗汽车站"),
            ("松岗火车站", "nothing"),
            // A subdistrict is no community and no village.
            ("新桥社区", "perhaps 新桥街道"),
            ("福永社区", "perhaps 福永街道"),
            ("沙井村", "perhaps 沙井街道"),
            ("沙井镇", "沙井街道"),
            ("红星社区", "红星村委"),
            ("西乡街道办", "西乡街道办"),
            ("燕罗街道办", "perhaps 燕罗街道"),
            ("松岗街道办事处", "松岗街道办事处"),
            ("龙华", "perhaps 龙华法院"),
            // The park, the airport and the district are not in the extract.
            ("松岗公园", "perhaps 松岗公园站"),
            ("松岗公园站", "松岗公园站"),
            ("机场", "perhaps 机场站"),
            ("光明", "several"),
            // Nor does pinyin say more, nor 路口 a community.
            ("songgang gongyuan", "perhaps 松岗公园站"),
            ("松岗gongyuan", "perhaps 松岗公园站"),
            ("guangming", "several"),
            ("songgang", "松岗街道"),
            ("Songgang Park Station", "松岗公园站"),
            ("Airport East Station Exit B", "机场东站B口"),
            ("红星路口", "perhaps 红星路"),
            ("花果山路口", "perhaps 花果山路"),
            ("教堂", "perhaps 松岗教堂"),
            ("灵芝公园", "perhaps 灵芝公园北"),
            ("松岗街道派出所", "松岗派出所"),
            ("松岗街道人民医院", "松岗人民医院"),
            ("中国银行", "perhaps 中国银行沙井支行"),
            ("松岗 博物馆", "several"),
            ("518105松岗人民医院", "松岗人民医院"),
            ("松岗天虹门口", "松岗天虹商场"),
            ("马鞍山站", "several"),
        ],
    );
}

#[test]
fn what_belongs_to_a_place_is_no_rival_and_words_have_others() {
    check_meaning(
        &songgang(),
        &[
            // A gate of it and a stop are no rivals, but both ends of a name are never enough.
            ("松岗医院", "perhaps 松岗人民医院"),
            ("江边村", "江边村委"),
            ("松白公路", "松白路"),
            ("地址东方大巷3号", "文天祥纪念馆"),
            ("Exit B Songgang Station", "松岗站B口"),
            ("wuzhipa", "several"),
            ("txdasha", "nothing"),
        ],
    );
}
