//! The words in Chinese that say what a place is and not how it is called, at the end of names.

/// Words at the end of Chinese names after which stations and stops are called.
const HAN_LANDMARKS: [&str; 15] = [
    "公园",
    "机场",
    "医院",
    "学校",
    "大学",
    "学院",
    "中学",
    "小学",
    "博物馆",
    "图书馆",
    "体育馆",
    "口岸",
    "码头",
    "广场",
    "市场",
];

/// Words for inns at the end of Chinese names, which may be said after a name too.
const HAN_INNS: [&str; 5] = ["餐厅", "快餐", "酒店", "宾馆", "饭店"];

/// What else places are in Chinese, at the end of their names.
const HAN: [&str; 45] = [
    "教堂",
    "纪念馆",
    "牌坊",
    "工作站",
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
    "人民医院",
    "幼儿园",
    "体育场",
    "体育中心",
    "文化中心",
    "派出所",
    "公安局",
    "消防站",
    "法院",
    "检察院",
    "税务局",
    "海关",
    "农贸市场",
    "菜市场",
    "商场",
    "超市",
    "便利店",
    "银行",
    "药店",
    "药房",
    "诊所",
    "加油站",
    "停车场",
    "工业区",
    "工业园",
    "社康中心",
    "党群服务中心",
    "电影院",
    "公寓",
];

/// Offices of which an area may have one alone.
const HAN_ONES: [&str; 6] = ["派出所", "公安局", "消防站", "法院", "检察院", "税务局"];

/// Whether an area may have one place alone that is called so.
pub(super) fn may_be_one(word: &str) -> bool {
    HAN_ONES.contains(&word)
}

/// The words that places are called by at the end of Chinese names.
pub(super) fn of_han() -> impl Iterator<Item = &'static str> {
    let station = std::iter::once("地铁站");
    HAN.into_iter().chain(HAN_LANDMARKS).chain(HAN_INNS).chain(station)
}

/// Whether a normalised text says something that stations are called after: 松岗公园 is no
/// station.
pub(super) fn says_landmark(text: &str) -> bool {
    HAN_LANDMARKS.iter().any(|word| text.ends_with(word))
}

/// A name without the word for an inn at its end: 麦当劳餐厅.
pub(super) fn without_inn(text: &str) -> Option<&str> {
    let rest = HAN_INNS.iter().find_map(|word| text.strip_suffix(word))?;
    rest.chars().nth(1).is_some().then_some(rest)
}
