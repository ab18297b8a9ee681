//! Finding places by name, and names by position. `cargo bench --bench places`.

use divan::{Bencher, black_box};
use fastrand::Rng;
use luwang::{
    engine::ReverseRequest,
    geo::{BoundingBox, Coordinate},
    ids::{Id, PlaceId},
    places::{Gazetteer, SearchQuery},
};
use pinyin::{Pinyin, ToPinyin};

use data::Area;

mod data;

fn main() {
    divan::main();
}

/// The areas with names in Chinese characters.
fn in_chinese() -> impl Iterator<Item = &'static Area> {
    let names = ["baoan-fixture", "futian-nanshan"];
    Area::all().iter().filter(move |area| names.contains(&area.to_string().as_str()))
}

/// How many texts take turns.
const TEXTS: usize = 1_000;

/// What is typed to find a place of which this is the name; nothing, if it
/// cannot be found so.
type Typed = fn(&str) -> String;

/// The whole name.
fn whole(name: &str) -> String {
    name.to_owned()
}

/// Its first two characters, as a search field sends them while people type.
fn beginning(name: &str) -> String {
    name.chars().take(2).collect()
}

/// All but its first character.
fn ending(name: &str) -> String {
    name.chars().skip(1).collect()
}

/// A longer name whose middle character is another.
fn slip(name: &str) -> String {
    let mut chars: Vec<char> = name.chars().collect();
    let middle = chars.len() / 2;
    if chars.len() < 6 {
        return String::new();
    }
    chars[middle] = if chars[middle].is_ascii() { 'x' } else { '叶' };
    chars.into_iter().collect()
}

/// A Chinese name of more than two characters as it is read aloud.
fn pinyin(name: &str) -> String {
    syllables(name).concat()
}

/// The first letters of the syllables.
fn initials(name: &str) -> String {
    syllables(name).iter().map(|syllable| &syllable[..1]).collect()
}

fn syllables(name: &str) -> Vec<&'static str> {
    let syllables: Option<Vec<_>> = name.to_pinyin().map(|read| read.map(Pinyin::plain)).collect();
    syllables.filter(|syllables| syllables.len() > 2).unwrap_or_default()
}

/// The main names of random places, the same in every run, as they are typed.
/// Texts without a letter or digit are left out: to search for them is an error.
fn texts(gazetteer: &Gazetteer, typed: Typed) -> Vec<String> {
    let mut random = Rng::with_seed(1);
    let mut places: Vec<PlaceId> = (0..gazetteer.len()).map(PlaceId::from_index).collect();
    random.shuffle(&mut places);
    places
        .into_iter()
        .map(|place| typed(gazetteer.title(place)))
        .filter(|text| gazetteer.search(&SearchQuery::new(text)).is_ok())
        .take(TEXTS)
        .collect()
}

fn search_for(bencher: Bencher<'_, '_>, area: &Area, typed: Typed) {
    let gazetteer = &area.engine().dataset().gazetteer;
    let texts = texts(gazetteer, typed);
    let mut texts = texts.iter().cycle();
    bencher.bench_local(|| {
        let text = texts.next().expect("the area has such names");
        gazetteer.search(&SearchQuery::new(black_box(text)))
    });
}

/// The ten best places for a whole name.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn search_for_name(bencher: Bencher<'_, '_>, area: &Area) {
    search_for(bencher, area, whole);
}

/// The ten best places for the first two characters of a name.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn search_for_beginning(bencher: Bencher<'_, '_>, area: &Area) {
    search_for(bencher, area, beginning);
}

/// The ten best places for a name without its first character.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn search_for_ending(bencher: Bencher<'_, '_>, area: &Area) {
    search_for(bencher, area, ending);
}

/// The ten best places for a name of which one character is wrong.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn search_for_slip(bencher: Bencher<'_, '_>, area: &Area) {
    search_for(bencher, area, slip);
}

/// The ten best places for the pinyin of a name.
#[divan::bench(args = in_chinese(), sample_count = 100, sample_size = 10)]
fn search_for_pinyin(bencher: Bencher<'_, '_>, area: &Area) {
    search_for(bencher, area, pinyin);
}

/// The ten best places for the initials of a name.
#[divan::bench(args = in_chinese(), sample_count = 100, sample_size = 10)]
fn search_for_initials(bencher: Bencher<'_, '_>, area: &Area) {
    search_for(bencher, area, initials);
}

/// Which single place a whole name means, or that it does not say so.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn resolve_name(bencher: Bencher<'_, '_>, area: &Area) {
    let gazetteer = &area.engine().dataset().gazetteer;
    let texts = texts(gazetteer, whole);
    let mut texts = texts.iter().cycle();
    bencher.bench_local(|| {
        let text = texts.next().expect("the area has such names");
        gazetteer.resolve(black_box(text), None)
    });
}

/// What is at a random point within the bounds: address, street, areas and the
/// ten nearest places.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn reverse(bencher: Bencher<'_, '_>, area: &Area) {
    let engine = area.engine();
    let mut requests = points(engine.describe().bounds).into_iter().map(about).cycle();
    bencher.bench_local(|| {
        let request = requests.next().expect("there is no end of points");
        engine.reverse(black_box(&request))
    });
}

/// The same at the positions of random places, where much is around.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn reverse_at_place(bencher: Bencher<'_, '_>, area: &Area) {
    let engine = area.engine();
    let gazetteer = &engine.dataset().gazetteer;
    let mut random = Rng::with_seed(2);
    let position = || gazetteer.position(PlaceId::from_index(random.usize(..gazetteer.len())));
    let positions: Vec<Coordinate> = std::iter::repeat_with(position).take(TEXTS).collect();
    let mut requests = positions.into_iter().map(about).cycle();
    bencher.bench_local(|| {
        let request = requests.next().expect("there is no end of points");
        engine.reverse(black_box(&request))
    });
}

/// Random points, the same in every run.
fn points(bounds: BoundingBox) -> Vec<Coordinate> {
    let mut random = Rng::with_seed(1);
    let point = || {
        let lat_e7 = random.i32(bounds.min.lat_e7()..=bounds.max.lat_e7());
        let lon_e7 = random.i32(bounds.min.lon_e7()..=bounds.max.lon_e7());
        Coordinate::from_e7(lat_e7, lon_e7).expect("the bounds are on earth")
    };
    std::iter::repeat_with(point).take(TEXTS).collect()
}

fn about(location: Coordinate) -> ReverseRequest {
    ReverseRequest { location, radius_m: None, kinds: Vec::new(), limit: 10, language: None }
}
