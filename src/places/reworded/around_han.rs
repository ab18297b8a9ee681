//! What people write around an address or a name in Chinese, and how they tell exits.

use crate::places::generic::{self, ends_in_street};

/// What is said after a name of what is near it.
const BESIDE: [&str; 41] = [
    "附近",
    "旁边",
    "对面",
    "斜对面",
    "隔壁",
    "门口",
    "大门口",
    "大门",
    "正门口",
    "正门",
    "前门",
    "后门",
    "侧门",
    "门前",
    "入口",
    "西侧",
    "东侧",
    "南侧",
    "北侧",
    "东北角",
    "西北角",
    "东南角",
    "西南角",
    "东北侧",
    "西北侧",
    "东南侧",
    "西南侧",
    "东边",
    "西边",
    "南边",
    "北边",
    "边上",
    "里面",
    "后面",
    "前面",
    "周边",
    "一带",
    "这里",
    "急诊",
    "旁",
    "内",
];

/// What is said before it.
const TOWARDS: [&str; 10] =
    ["导航到", "导航去", "前往", "位于", "靠近", "去", "到", "中国", "在", "我在"];

/// Words for a building of several, each with its number.
const BUILDINGS: [&str; 5] = ["号楼", "栋", "座", "幢", "楼"];

/// What follows the number of a floor or a room.
const ROOMS: [&str; 8] = ["号楼", "楼", "层", "室", "房", "单元", "栋", "座"];

/// What follows 号 where it ends no address: 11号线.
const NO_ADDRESS: [&str; 8] = ["线", "口", "出", "入", "院", "路", "公", "地"];

/// What says where two streets cross, before what is there.
const CROSSINGS: [&str; 4] = ["交汇处", "交叉口", "交界处", "十字路口"];

/// The same without what stands around it.
pub(super) fn plain(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    if !text.chars().any(is_han) {
        return all;
    }
    all.extend(bare(text));
    all.extend(junction(text));
    all.extend(without_room(text));
    let numbered = text.match_indices('号').map(|(at, sign)| (at, &text[at + sign.len()..]));
    let mut numbered = numbered.filter(|(at, rest)| {
        text[..*at].ends_with(|c: char| c.is_ascii_digit())
            && *at > 0
            && !matches!(*rest, "" | "门")
            && !rest.starts_with('楼')
            && !NO_ADDRESS.iter().any(|word| rest.starts_with(word))
    });
    if let Some((at, rest)) = numbered.next() {
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        if before.trim().is_empty() {
            all.push(format!("{}{}号", rest.trim(), &text[..at]));
        } else {
            all.push(format!("{}号", &text[..at]));
        }
    }
    let after = CROSSINGS.iter().find_map(|word| Some(text.split_once(word)?.1));
    all.extend(after.filter(|rest| is_long(rest)).map(str::to_owned));
    all.extend(piece(text));
    // 518105 深圳市, 518105松岗.
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_parted = |c: char| c.is_whitespace() || is_han(c);
    if text.len() - rest.len() == 6 && rest.chars().next().is_some_and(is_parted) {
        all.push(rest.trim().to_owned());
    }
    all
}

/// Without what says that something is near to it.
pub(super) fn bare(text: &str) -> Vec<String> {
    if !text.chars().any(is_han) {
        return Vec::new();
    }
    let ends = BESIDE.iter().filter_map(|word| text.strip_suffix(word));
    let starts = TOWARDS.iter().filter_map(|word| text.strip_prefix(word));
    // The entrance of a motorway is a place of its own.
    let is_whole = |rest: &&str| is_long(rest) && !rest.ends_with("高速");
    let rests = ends.chain(starts).map(str::trim).filter(is_whole);
    rests.map(str::to_owned).collect()
}

fn is_long(rest: &str) -> bool {
    rest.chars().filter(|c| c.is_alphanumeric()).count() > 2
}

/// Where two streets cross, by other words for it: 宝安大道松明大道红绿灯, 松明大道宝安大道口.
fn junction(text: &str) -> Option<String> {
    let lights = text.strip_suffix("红绿灯");
    let mouth = || text.strip_suffix('口').filter(|rest| !rest.ends_with('路'));
    let streets = lights.or_else(mouth).map(str::trim_end)?;
    ends_in_street(streets).then(|| format!("{streets}路口"))
}

/// Without a gate at the end of which nobody knows whether it is there: 松岗中学北门.
pub(super) fn without_gate(text: &str) -> Vec<String> {
    generic::without_gate(text).map(str::to_owned).into_iter().collect()
}

/// The house that the number of a building beside a street may be: 东方大巷3号楼.
pub(super) fn building(text: &str) -> Vec<String> {
    let rest = BUILDINGS.iter().find_map(|word| text.strip_suffix(word));
    let house = rest.filter(|rest| {
        let street = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        street.len() < rest.len() && ends_in_street(street)
    });
    house.map(|house| format!("{house}号")).into_iter().collect()
}

/// The part of a street that lies in an area: 宝安大道松岗段 is 宝安大道 in 松岗.
fn piece(text: &str) -> Option<String> {
    let said = text.strip_suffix(['段', ')', '）'])?;
    let said = said.strip_suffix('段').unwrap_or(said);
    let ends = ["大道", "公路", "路", "街", "国道", "省道", "高速"];
    let at = ends.iter().find_map(|end| Some(said.find(end)? + end.len()))?;
    let (street, area) = said.split_at(at);
    let area = area.trim_start_matches(['(', '（', ' ']);
    let is_area = text.contains('段') && area.chars().nth(1).is_some() && area.chars().all(is_han);
    is_area.then(|| format!("{area}{street}"))
}

/// Without a floor or a room at the end.
fn without_room(text: &str) -> Option<String> {
    let rest = ROOMS.iter().find_map(|word| text.strip_suffix(word))?;
    let numbers = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
    let plain = rest.trim_end_matches(numbers).trim_end_matches(['-', ' ']);
    // No house is meant without its number.
    let is_named = plain.ends_with(|c: char| is_han(c) || c == ')') && !ends_in_street(plain);
    (plain.len() < rest.len() && is_named).then(|| plain.to_owned())
}

/// The exit of a station as the map writes it, and the station before its stop: 松岗站 Exit A,
/// 后亭站出口B, 松岗汽车站公交站.
pub(super) fn exits(text: &str) -> Vec<String> {
    let stops = ["公交站台", "公交车站", "公交站"];
    let stop = stops.iter().find_map(|word| text.strip_suffix(word));
    let stop = stop.filter(|rest| rest.ends_with('站')).map(str::to_owned);
    let station = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let letter = &text[station.len()..];
    let is_letter = (1..=3).contains(&letter.len());
    let said = station.strip_suffix("出口").or_else(|| station.strip_suffix("出入口"));
    let said = said.filter(|said| is_letter && said.ends_with(is_han));
    let said = said.map(|station| format!("{station}{letter}口"));
    stop.into_iter().chain(said).chain(in_english(text)).collect()
}

/// How many digits a postcode has in China.
const POSTCODE_DIGITS: usize = 6;

/// Without a postcode at either end.
pub(super) fn without_postcode(text: &str) -> Vec<String> {
    let digit = |c: char| c.is_ascii_digit();
    let (after, before) = (text.trim_start_matches(digit), text.trim_end_matches(digit));
    let cut = |rest: &str| text.len() - rest.len() == POSTCODE_DIGITS && rest.contains(is_han);
    [after, before].iter().filter(|rest| cut(rest)).map(|rest| rest.trim().to_owned()).collect()
}

/// What ends the names of areas that have a government of the people.
const GOVERNED: [&str; 7] = ["省", "市", "区", "县", "镇", "乡", "街道"];

/// The government of an area by its other name: 宝安区政府 is 宝安区人民政府.
pub(super) fn governments(text: &str) -> Vec<String> {
    let (area, word) = match (text.strip_suffix("人民政府"), text.strip_suffix("政府")) {
        (Some(area), _) => (area, "政府"),
        (None, Some(area)) => (area, "人民政府"),
        (None, None) => return Vec::new(),
    };
    let is_governed = GOVERNED.iter().any(|end| area.ends_with(end));
    is_governed.then(|| format!("{area}{word}")).into_iter().collect()
}

/// The same with `Exit` or `Station` in words of their own.
fn in_english(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |at: usize, said: &str| words.get(at).is_some_and(|w| w.eq_ignore_ascii_case(said));
    let exit = (0..words.len()).find(|&at| is(at, "exit") || is(at, "entrance"));
    let at = match exit {
        Some(at) => at + 1,
        None => words.len().checked_sub(1).filter(|&at| at > 1 && is(at - 1, "station"))?,
    };
    let letter = words.get(at).filter(|letter| {
        letter.len() <= 2 && letter.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })?;
    let others = (0..words.len()).filter(|&other| other != at && Some(other) != exit);
    let station: Vec<&str> = others.map(|other| words[other]).collect();
    match &station[..] {
        [only] if only.ends_with(is_han) => Some(format!("{only}{letter}口")),
        [name @ .., last] if last.eq_ignore_ascii_case("station") && !name.is_empty() => {
            Some(format!("{}zhan {letter}kou", name.concat().to_lowercase()))
        }
        _ => None,
    }
}

fn is_han(c: char) -> bool {
    crate::places::typed::is_han(c)
}
