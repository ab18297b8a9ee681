//! Places: everything in an extract that has a name, and how it is found.
//!
//! [`collect()`] reads tags and shapes into [`PlaceDraft`]s, [`Gazetteer::build`]
//! makes one place of what is one thing, tells in which areas each place lies,
//! and indexes all names. [`Gazetteer::search`] finds places by text,
//! [`Gazetteer::resolve`] says which single place a text means, or that it
//! does not say so: names are never guessed. [`Gazetteer::reverse`] says what
//! is at a point.

mod addressed;
mod area;
mod area_names;
mod areas_said;
mod asked;
mod bearers;
mod branches;
mod build;
mod checked;
mod collect;
mod course;
mod crossing;
mod dominance;
mod draft;
mod fences;
mod fuzzy;
mod gazetteer;
mod generic;
mod giver;
mod having_word;
mod house_numbers;
mod importance;
mod in_areas;
mod join;
mod kind;
mod kind_rest;
mod kind_set;
mod kind_words;
mod kinds_han;
mod kinds_said;
mod lat_index;
mod line;
mod locality;
mod locality_at;
mod locality_index;
mod merge;
mod name;
mod near;
mod near_miss;
mod normalize;
mod numerals;
mod otherwise;
mod outline;
mod outlines;
mod overpass;
mod part;
mod pick;
mod positions;
mod ranks;
mod resolve;
mod reverse;
mod reworded;
mod ring;
mod rivals;
mod said_after;
mod search;
mod services_said;
mod simplified;
mod skeleton;
mod sort;
mod spelled;
mod spelling;
mod station;
mod steps;
mod street;
mod street_lines;
mod suggestions;
#[cfg(test)]
mod tests;
mod text_index;
mod translated;
mod tree;
mod typed;
mod unmeant;
mod without_generic;
mod worded;
mod words;

pub use checked::GazetteerError;
pub use collect::{KeepPlaces, collect};
pub use draft::PlaceDraft;
pub use gazetteer::{Gazetteer, GazetteerParts, NameRecord, NameRef, PlaceRecord};
pub use importance::Importance;
pub use kind::{PlaceKind, is_access_point, is_place, kind_of};
pub use kind_set::KindSet;
pub use locality::Locality;
pub use locality_index::LocalityIndex;
pub use name::{Name, NameKind, names_of};
pub use near::NearPlace;
pub use normalize::normalize;
pub use outline::Outline;
pub use outlines::{OutlineIndex, OutlineRecord, Strand};
pub use positions::PositionIndex;
pub use resolve::Resolution;
pub use reverse::{ADDRESS_RADIUS_M, ReverseQuery, Surroundings};
pub use search::{MatchKind, PERFECT_SCORE, PlaceMatch, SearchError, SearchQuery, SearchResults};
pub use street_lines::{NearStreet, StreetLines};
pub use text_index::TextIndex;
pub use tree::TreeBox;
