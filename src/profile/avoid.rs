//! The classes of roads that a traveller may wish to avoid, and which of them
//! a way is of.
//!
//! Toll is a matter of the vehicle and of the direction, so classes belong to
//! travel along a way and not to the way.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{RoadClass, ferry::is_ferry, vehicle::Vehicle};
use crate::{ids::Direction, osm::Tags};

/// A class of roads that a request may avoid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum AvoidClass {
    /// Roads for which the vehicle pays by the tags of the way: `toll=yes`, or
    /// `toll:motorcar=yes` for cars. Booths alone say nothing.
    Toll,
    /// Motorways and their ramps, by `highway`.
    Motorway,
    /// Ferries, and trains that carry vehicles.
    Ferry,
    /// Tunnels, but not passages through buildings.
    Tunnel,
    /// What is not paved by `surface`; else by `tracktype`; and tracks that
    /// say neither. All other roads are taken to be paved.
    Unpaved,
}

impl AvoidClass {
    /// All of them, in the order of their bits.
    pub const ALL: [Self; 5] =
        [Self::Toll, Self::Motorway, Self::Ferry, Self::Tunnel, Self::Unpaved];

    /// Its name, as commands use it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Toll => "toll",
            Self::Motorway => "motorway",
            Self::Ferry => "ferry",
            Self::Tunnel => "tunnel",
            Self::Unpaved => "unpaved",
        }
    }
}

/// A set of [`AvoidClass`]. Written and read as names with commas between them:
/// `toll,ferry`.
#[derive(
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
    Serialize,
    Deserialize,
)]
#[serde(from = "Vec<AvoidClass>", into = "Vec<AvoidClass>")]
#[repr(transparent)]
pub struct AvoidClasses(u8);

impl AvoidClasses {
    /// No class at all.
    pub const NONE: Self = Self(0);

    /// This set, and `class` if `is_in`.
    #[must_use]
    pub const fn with(self, class: AvoidClass, is_in: bool) -> Self {
        if is_in { Self(self.0 | 1 << class as u8) } else { self }
    }

    /// Whether `class` is in it.
    #[must_use]
    pub const fn contains(self, class: AvoidClass) -> bool {
        self.0 & 1 << class as u8 != 0
    }

    /// Whether no class is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes that are in this set or in `other`.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes that are both in this set and in `other`.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The classes in it, in the order of [`AvoidClass::ALL`].
    pub fn iter(self) -> impl Iterator<Item = AvoidClass> {
        AvoidClass::ALL.into_iter().filter(move |&class| self.contains(class))
    }

    /// Whether it has bits of known classes alone, as every set has that does
    /// not come from a damaged file.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.iter().collect::<Self>() == self
    }
}

impl FromIterator<AvoidClass> for AvoidClasses {
    fn from_iter<I: IntoIterator<Item = AvoidClass>>(classes: I) -> Self {
        classes.into_iter().fold(Self::NONE, |set, class| set.with(class, true))
    }
}

impl From<Vec<AvoidClass>> for AvoidClasses {
    fn from(classes: Vec<AvoidClass>) -> Self {
        classes.into_iter().collect()
    }
}

impl From<AvoidClasses> for Vec<AvoidClass> {
    fn from(classes: AvoidClasses) -> Self {
        classes.iter().collect()
    }
}

impl fmt::Display for AvoidClasses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(AvoidClass::name).collect();
        f.write_str(&names.join(","))
    }
}

impl fmt::Debug for AvoidClasses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AvoidClasses({self})")
    }
}

/// A text that is not the name of an [`AvoidClass`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "\"{name}\" is no class of roads; there are: {}",
    AvoidClass::ALL.map(AvoidClass::name).join(", ")
)]
pub struct UnknownAvoidClass {
    /// The text.
    pub name: String,
}

impl FromStr for AvoidClass {
    type Err = UnknownAvoidClass;

    fn from_str(name: &str) -> Result<Self, UnknownAvoidClass> {
        let found = Self::ALL.into_iter().find(|class| class.name() == name);
        found.ok_or_else(|| UnknownAvoidClass { name: name.to_owned() })
    }
}

impl FromStr for AvoidClasses {
    type Err = UnknownAvoidClass;

    fn from_str(names: &str) -> Result<Self, UnknownAvoidClass> {
        names.split(',').map(|name| name.trim().parse::<AvoidClass>()).collect()
    }
}

/// The classes that a way is of, for a vehicle that travels it in `direction`.
pub(super) fn classes(
    vehicle: &Vehicle,
    class: RoadClass,
    tags: &Tags,
    direction: Direction,
) -> AvoidClasses {
    let is_motorway = matches!(class, RoadClass::Motorway | RoadClass::MotorwayLink);
    AvoidClasses::NONE
        .with(AvoidClass::Toll, is_toll(vehicle, tags, direction))
        .with(AvoidClass::Motorway, is_motorway)
        .with(AvoidClass::Ferry, is_ferry(class))
        .with(AvoidClass::Tunnel, is_tunnel(tags))
        .with(AvoidClass::Unpaved, is_unpaved(class, tags))
}

/// Whether the vehicle pays: the most specific key that says it decides, as
/// with access. See <https://wiki.openstreetmap.org/wiki/Key:toll>.
fn is_toll(vehicle: &Vehicle, tags: &Tags, direction: Direction) -> bool {
    let direction = match direction {
        Direction::Forward => ":forward",
        Direction::Backward => ":backward",
    };
    // What follows `toll` in the key, and the value; on most ways there is none.
    let tolls: Vec<(&str, &str)> =
        tags.iter().filter_map(|(key, value)| Some((key.strip_prefix("toll")?, value))).collect();
    if tolls.is_empty() {
        return false;
    }
    let keys = || payers(vehicle);
    let pays = |value: &str| match value {
        "yes" => Some(true),
        "no" => Some(false),
        // Some name those who pay: `toll=hgv`.
        names => names.split(';').any(|name| keys().any(|key| key == name.trim())).then_some(true),
    };
    let said = |of: &str| {
        [direction, ""].into_iter().find_map(|end| {
            let found = tolls.iter().find(|(rest, _)| rest.strip_suffix(end) == Some(of));
            found.and_then(|(_, value)| pays(value))
        })
    };
    let of_vehicle = keys().find_map(|key| said(&format!(":{key}")));
    of_vehicle.or_else(|| said("")).unwrap_or(false)
}

/// What tolls call the vehicle: as keys of access do, and trucks by their
/// category in the law as well, as in Germany (`toll:N3=yes`).
fn payers(vehicle: &Vehicle) -> impl Iterator<Item = &'static str> {
    let is_truck = vehicle.access.iter().any(|key| key.plain == "hgv");
    let categories: &[_] = if is_truck { &["N3", "N2"] } else { &[] };
    categories.iter().copied().chain(vehicle.access.iter().map(|key| key.plain))
}

/// An archway is not what those fear who avoid tunnels, and a culvert carries
/// the water below the road. See <https://wiki.openstreetmap.org/wiki/Key:tunnel>.
pub(super) fn is_tunnel(tags: &Tags) -> bool {
    let value = tags.get("tunnel");
    value.is_some_and(|value| !matches!(value, "no" | "building_passage" | "culvert"))
}

/// Of several surfaces one that is not paved is enough.
fn is_unpaved(class: RoadClass, tags: &Tags) -> bool {
    let surfaces = tags.get("surface").into_iter().flat_map(|value| value.split(';'));
    let by_surface = surfaces.filter_map(|value| surface_is_unpaved(value.trim())).max();
    let by_track = || tags.get("tracktype").and_then(tracktype_is_unpaved);
    by_surface.or_else(by_track).unwrap_or(class == RoadClass::Track)
}

/// By the two groups of <https://wiki.openstreetmap.org/wiki/Key:surface>;
/// `None` for a value that is in neither.
fn surface_is_unpaved(value: &str) -> Option<bool> {
    // Of concrete in lanes, plates and the like.
    let material = value.split_once(':').map_or(value, |(material, _)| material);
    Some(match material {
        "unpaved" | "compacted" | "fine_gravel" | "gravel" | "shells" | "rock" | "stone"
        | "pebblestone" | "ground" | "dirt" | "earth" | "soil" | "clay" | "grass" | "mud"
        | "sand" | "woodchips" | "snow" | "ice" | "salt" => true,
        "paved" | "asphalt" | "chipseal" | "concrete" | "paving_stones" | "grass_paver"
        | "sett" | "unhewn_cobblestone" | "cobblestone" | "bricks" | "metal" | "metal_grid"
        | "wood" | "stepping_stones" | "rubber" | "tiles" | "acrylic" | "plastic" => false,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:tracktype>.
fn tracktype_is_unpaved(value: &str) -> Option<bool> {
    match value {
        "grade1" => Some(false),
        "grade2" | "grade3" | "grade4" | "grade5" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
