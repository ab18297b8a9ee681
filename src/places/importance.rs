//! How well known a place is, and how large.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::osm::Tags;

/// What an encyclopedia adds to fame.
const KNOWN: u8 = 3;

/// The largest fame: the population has ten digits at most.
const MAX_FAME: u8 = 2 * 10 + KNOWN;

/// How far things extend that are of each size above the least, in metres.
const REACHES_M: [f64; 3] = [100.0, 300.0, 1000.0];

/// The classes of roads of each size above the least. Those of ramps are not told from those
/// of their roads; where people walk is the middle of a town.
const CLASSES: [&[&str]; 3] = [
    &["unclassified", "residential", "living_street"],
    &["secondary", "tertiary", "pedestrian"],
    &["motorway", "trunk", "primary"],
];

/// How much a place matters: its fame, and among what is equally well known its size.
///
/// Fame is twice the decimal digits of the population, and a little more for what an
/// encyclopedia knows; most places have none. Size has four steps: how far a place extends,
/// or which class of road a street is. Fame alone decides what a name means, and which
/// places come before nearer ones; nobody means a street because it is wide.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
)]
#[repr(transparent)]
pub struct Importance(u8);

impl Importance {
    /// What tags tell.
    #[must_use]
    pub fn of(tags: &Tags) -> Self {
        let population = tags.get("population").map_or(0, |text| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            u8::try_from(digits.min(10)).unwrap_or(10)
        });
        let known = KNOWN * u8::from(tags.has("wikidata") || tags.has("wikipedia"));
        let class = tags.get("highway").map_or("", |class| class.trim_end_matches("_link"));
        let size = CLASSES.iter().position(|classes| classes.contains(&class));
        Self::new(2 * population + known, size.map_or(0, |at| at + 1))
    }

    fn new(fame: u8, size: usize) -> Self {
        Self(fame.min(MAX_FAME) << 2 | u8::try_from(size).unwrap_or(3).min(3))
    }

    /// The same of what extends so far from its middle.
    #[must_use]
    pub fn reaching(self, reach_m: f64) -> Self {
        let size = REACHES_M.iter().filter(|&&least_m| reach_m >= least_m).count();
        self.joined(Self::new(0, size))
    }

    /// That of two places that are one: the better of each.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self::new(self.fame().max(other.fame()), usize::from(self.size().max(other.size())))
    }

    /// How well known it is.
    #[must_use]
    pub fn fame(self) -> u8 {
        self.0 >> 2
    }

    /// How large it is, from 0 to 3.
    #[must_use]
    pub fn size(self) -> u8 {
        self.0 & 3
    }

    /// Whether an encyclopedia knows it, or people live there.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.fame() >= KNOWN
    }

    /// Both as one number, fame first.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &[(&str, &str)]) -> Importance {
        Importance::of(&Tags::new(tags.iter().copied()))
    }

    #[test]
    fn fame_comes_before_size() {
        let shenzhen = of(&[("population", "17681600"), ("wikidata", "Q15174")]);
        assert_eq!((shenzhen.fame(), shenzhen.size()), (19, 0));
        let known = of(&[("wikipedia", "de:Heidelberger Schloss")]);
        let roads = ["track", "residential", "tertiary", "motorway_link"].map(|class| {
            let road = of(&[("highway", class)]);
            assert!(road < known && !road.is_known(), "{class}");
            road.size()
        });
        assert_eq!(roads, [0, 1, 2, 3]);
        assert!(known < shenzhen && known.is_known());
    }

    #[test]
    fn places_are_as_large_as_they_extend() {
        let park = of(&[("leisure", "park")]);
        let sizes = [0.0, 99.0, 100.0, 300.0, 5e4].map(|reach_m| park.reaching(reach_m).size());
        assert_eq!(sizes, [0, 0, 1, 2, 3]);
        let both = of(&[("wikidata", "Q1")]).joined(park.reaching(400.0));
        assert_eq!((both.fame(), both.size()), (3, 2));
    }

    #[test]
    fn no_population_is_too_much() {
        let digits = "9".repeat(300);
        assert_eq!(of(&[("population", &digits), ("wikidata", "Q1")]).fame(), MAX_FAME);
    }
}
