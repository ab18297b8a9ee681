//! What of an extract an import needs.

use crate::{
    osm::{Keep, Tags},
    places::KeepPlaces,
    profile::{Profile, exit_sign},
};

/// Roads of the given profiles, what stands and is written on them,
/// restrictions and places.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// For whom the roads are.
    pub profiles: &'a [Profile],
}

impl Keep for Wanted<'_> {
    fn node(&self, tags: &Tags) -> bool {
        self.profiles.iter().any(|profile| !profile.node(tags).is_plain())
            || exit_sign(tags).is_some()
            || KeepPlaces.node(tags)
    }

    fn way(&self, tags: &Tags) -> bool {
        self.profiles.iter().any(|profile| profile.way(tags).is_some()) || KeepPlaces.way(tags)
    }

    fn relation(&self, tags: &Tags) -> bool {
        let restricts = |profile: &Profile| {
            profile.restriction(tags).is_some() || profile.is_conditional_restriction(tags)
        };
        self.profiles.iter().any(restricts) || KeepPlaces.relation(tags)
    }

    fn member_ways(&self, tags: &Tags) -> bool {
        KeepPlaces.member_ways(tags)
    }
}
