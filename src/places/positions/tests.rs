//! The tree against a look at every place.

use proptest::prelude::*;

use super::*;
use crate::{
    geo::Coordinate,
    places::{Importance, KindSet},
};

fn record((lat, lon, kind): (i32, i32, u8)) -> PlaceRecord {
    PlaceRecord {
        number: 0,
        position: Coordinate::from_e7(lat, lon).unwrap(),
        kind,
        element_kind: 0,
        importance: Importance::default(),
        borrows: 0,
        is_centred: 0,
        sort: 0,
        reserved: [0; 2],
    }
}

/// Places as they come in towns, at one position now and then, and at the 180th
/// meridian and the poles.
fn places() -> impl Strategy<Value = Vec<PlaceRecord>> {
    let kind = || 0..4_u8;
    let town = (0..40_i32, 0..40_i32, kind()).prop_map(|(lat, lon, kind)| {
        (227_600_000 + 10_000 * lat, 1_138_300_000 + 10_000 * lon, kind)
    });
    let west = -1_800_000_000..-1_799_900_000_i32;
    let dateline = (0..99_999_i32, west, any::<bool>(), kind())
        .prop_map(|(lat, lon, east, kind)| (lat, if east { -lon } else { lon }, kind));
    let pole = (899_000_000..=900_000_000, -1_800_000_000..=1_800_000_000, kind());
    let anywhere = (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000, kind()).boxed();
    prop::collection::vec(prop_oneof![6 => town, 1 => dateline, 1 => pole, 1 => anywhere], 0..400)
        .prop_map(|places| places.into_iter().map(record).collect())
}

proptest! {
    #[test]
    fn the_nearest_are_those_of_a_linear_scan(
        places in places(),
        from in any::<prop::sample::Index>(),
        moved in (-20_000..20_000_i32, -20_000..20_000_i32),
        kinds in prop::collection::vec(0..4_u8, 0..3),
        count in 0..20_usize,
        radius_m in prop_oneof![Just(0.0), 1.0..3_000.0, Just(1e9)],
    ) {
        prop_assume!(!places.is_empty());
        let near = from.get(&places).position;
        let lat_e7 = (near.lat_e7() + moved.0).clamp(-900_000_000, 900_000_000);
        let lon_e7 = (near.lon_e7() + moved.1).clamp(-1_800_000_000, 1_800_000_000);
        let at = Coordinate::from_e7(lat_e7, lon_e7).unwrap();
        let index = PositionIndex::build(&places);
        prop_assert_eq!(index.check(places.len()), Ok(()));
        let kinds: KindSet = kinds.iter().filter_map(|&k| PlaceKind::from_number(k)).collect();
        let accept = |place: PlaceId| place.index() % 5 != 1;
        let found = index.nearest(&places, &NearQuery { at, radius_m, count, kinds, accept: &accept });

        let mut all: Vec<NearPlace> = (0..places.len())
            .map(|index| NearPlace {
                place: PlaceId::from_index(index),
                distance_m: distance_m(at, places[index].position),
            })
            .filter(|near| near.distance_m <= radius_m && accept(near.place))
            .filter(|near| kinds.meets(kind(&places, near.place).into()))
            .collect();
        all.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.place.cmp(&b.place)));
        all.truncate(count);
        prop_assert_eq!(found, all);
    }
}

#[test]
fn damage_is_found() {
    let places: Vec<PlaceRecord> = (0..40).map(|lat| record((lat, 7, 0))).collect();
    let whole = PositionIndex::build(&places);
    assert!(whole.check(40).is_ok() && PositionIndex::default().check(0).is_ok());
    assert!(whole.check(41).is_err());
    let order = whole.order.iter().map(|_| PlaceId::NONE).collect();
    assert!(PositionIndex { order, ..whole.clone() }.check(40).is_err());
    let boxes = whole.boxes[1..].to_vec().into();
    assert!(PositionIndex { boxes, ..whole }.check(40).is_err());
}
