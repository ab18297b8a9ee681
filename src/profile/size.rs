//! Whether a vehicle fits: limits of height, width, length and weight.
//! See <https://wiki.openstreetmap.org/wiki/Key:maxheight> and its sisters.
//!
//! A limit may be given for one direction, and for trucks (`:hgv`): what
//! weighs more than 3.5 tonnes. The more specific key decides. All limits must
//! be kept.

use super::{Access, Dimensions, measure, vehicle::DirectedKey};
use crate::{
    ids::Direction,
    osm::Tags,
    units::{Centimeters, Kilograms},
};

/// Above it a vehicle is one of those that `hgv` means.
/// See <https://wiki.openstreetmap.org/wiki/Key:hgv>.
const HEAVY: Kilograms = Kilograms::new(3_500);

/// Wider than this is no car: too wide for what is tagged as narrow, without a
/// number. OSRM draws the line here too.
const WIDE: Centimeters = Centimeters::new(220);

/// What a vehicle may have without a permit, nearly everywhere, China included.
const USUAL_HEIGHT: Centimeters = Centimeters::new(400);

/// What there is room for where nothing is signed: bridges over China's roads
/// leave at least so much, and OSRM takes the same.
const DEFAULT_HEIGHT: Centimeters = Centimeters::new(450);

/// Whether limits of a way let such a vehicle travel in `direction`, and to
/// whom: `None` if it does not fit.
pub(super) fn access(dimensions: &Dimensions, tags: &Tags, direction: Direction) -> Option<Access> {
    if tags.iter().any(|(key, _)| is_limit(key)) {
        let fits = |limit: &&Limit| limit.is_exceeded(dimensions, tags, direction) != Some(true);
        if !SIGNED.iter().all(|limit| fits(&limit)) || !fits_between(dimensions, tags, direction) {
            return None;
        }
    }
    dangerous_load(dimensions, tags, direction)
}

/// Whether limits of a node let such a vehicle pass. Its width is that of an
/// opening only if it is a barrier: else of a crossing, or of something beside
/// the road.
pub(super) fn passes_node(dimensions: &Dimensions, tags: &Tags) -> bool {
    // Nodes have no direction.
    let direction = Direction::Forward;
    let signed =
        !SIGNED.iter().any(|limit| limit.is_exceeded(dimensions, tags, direction) == Some(true));
    signed && (!tags.has("barrier") || fits_between(dimensions, tags, direction))
}

/// Whether a key may be one of those of this file, as most ways have none.
fn is_limit(key: &str) -> bool {
    let is_sign = key.starts_with("max") && !key.starts_with("maxspeed");
    is_sign || key.starts_with("width") || key == "est_width" || key == "narrow"
}

/// Whether a vehicle has room on a road as wide as it is. No sign is needed for
/// that; where there is one, it is about the road as it is.
/// See <https://wiki.openstreetmap.org/wiki/Key:width>.
fn fits_between(dimensions: &Dimensions, tags: &Tags, direction: Direction) -> bool {
    let is_wide = dimensions.width > WIDE;
    let is_narrow = tags.is("narrow", "yes") || tags.is("width", "narrow");
    let is_signed = || tags.has("maxwidth") || tags.has("maxwidth:physical");
    let too_wide = || {
        let width =
            ROOM.iter().find_map(|key| key.values(tags, direction).find_map(measure::length));
        width.is_some_and(|width| dimensions.width >= width)
    };
    !(is_wide && is_narrow) && (is_signed() || !too_wide())
}

/// To whom a way is open with such a load.
/// See <https://wiki.openstreetmap.org/wiki/Key:hazmat>. Of the categories of
/// tunnels, which tell the goods apart, any may be the one of the load.
fn dangerous_load(dimensions: &Dimensions, tags: &Tags, direction: Direction) -> Option<Access> {
    if !dimensions.hazmat || !tags.iter().any(|(key, _)| key.starts_with("hazmat")) {
        return Some(Access::Open);
    }
    let direction = match direction {
        Direction::Forward => ":forward",
        Direction::Backward => ":backward",
    };
    let concerns = |key: &str| {
        let key = key.strip_suffix(direction).unwrap_or(key);
        let of_load =
            key.strip_prefix("hazmat").is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
        of_load && ![":forward", ":backward", ":conditional"].iter().any(|end| key.ends_with(end))
    };
    let one = |(key, value): (&str, &str)| match value {
        "no" | "restricted" => None,
        // Tunnels of category A are open to all goods.
        "B" | "C" | "D" | "E" if key.ends_with("_cat") => None,
        "destination" | "delivery" | "private" | "permit" => Some(Access::Destination),
        _ => Some(Access::Open),
    };
    let mut found = tags.iter().filter(|(key, _)| concerns(key));
    found.try_fold(Access::Open, |all, tag| Some(all.max(one(tag)?)))
}

/// A limit that is signed.
struct Limit {
    /// For trucks.
    hgv: DirectedKey,
    /// For all.
    all: DirectedKey,
    /// Whether a value is exceeded; `None` if it says nothing.
    exceeded: fn(&Dimensions, &str) -> Option<bool>,
}

impl Limit {
    fn is_exceeded(
        &self,
        dimensions: &Dimensions,
        tags: &Tags,
        direction: Direction,
    ) -> Option<bool> {
        let hgv = (dimensions.weight > HEAVY).then_some(&self.hgv);
        let mut keys = hgv.into_iter().chain([&self.all]);
        keys.find_map(|key| {
            key.values(tags, direction).find_map(|value| (self.exceeded)(dimensions, value))
        })
    }
}

fn height(dimensions: &Dimensions, value: &str) -> Option<bool> {
    match value {
        // Nobody signs what is lower than usual but not told: then only what is
        // lower than usual gets through.
        "below_default" => Some(dimensions.height >= USUAL_HEIGHT),
        "default" => Some(dimensions.height > DEFAULT_HEIGHT),
        _ => Some(dimensions.height > measure::length(value)?),
    }
}

fn width(dimensions: &Dimensions, value: &str) -> Option<bool> {
    Some(dimensions.width > measure::length(value)?)
}

fn length(dimensions: &Dimensions, value: &str) -> Option<bool> {
    Some(dimensions.length > measure::length(value)?)
}

fn weight(dimensions: &Dimensions, value: &str) -> Option<bool> {
    Some(dimensions.weight > measure::mass(value)?)
}

fn axle_load(dimensions: &Dimensions, value: &str) -> Option<bool> {
    Some(dimensions.axle_load > measure::mass(value)?)
}

/// A key with its forms for one direction; with a suffix, those of it.
macro_rules! key {
    ($key:literal $($suffix:literal)?) => {
        DirectedKey {
            plain: concat!($key, $($suffix)?),
            forward: concat!($key, $($suffix,)? ":forward"),
            backward: concat!($key, $($suffix,)? ":backward"),
        }
    };
}

macro_rules! limits {
    ($($key:literal $exceeded:ident,)*) => {
        &[$(Limit { hgv: key!($key ":hgv"), all: key!($key), exceeded: $exceeded },)*]
    };
}

/// What signs and rules limit. Ratings are what a vehicle may weigh, which is
/// taken to be what it does.
const SIGNED: &[Limit] = limits! {
    "maxheight" height,
    "maxheight:physical" height,
    "maxwidth" width,
    "maxwidth:physical" width,
    "maxlength" length,
    "maxweight" weight,
    "maxweightrating" weight,
    "maxgcweight" weight,
    "maxgcweightrating" weight,
    "maxaxleload" axle_load,
};

/// How wide a road is, the better measured one first.
const ROOM: &[DirectedKey] = &[key!("width"), key!("est_width")];
