//! What a place is, more exactly than its kind: a police station and a post office are both of
//! the government, and whoever asks for one does not mean the other.

use super::kinds_said;
use crate::osm::Tags;

/// A sort of places: one of the words that say it, and the tags that tell it.
type Told = (&'static str, &'static [(&'static str, &'static str)]);

/// All sorts. A dataset stores their positions, with one added.
const SORTS: [Told; 40] = [
    ("police", &[("amenity", "police")]),
    ("feuerwehr", &[("amenity", "fire_station")]),
    ("rathaus", &[("amenity", "townhall")]),
    ("post", &[("amenity", "post_office")]),
    ("zoll", &[("amenity", "customs")]),
    ("botschaft", &[("amenity", "embassy"), ("office", "diplomatic"), ("diplomatic", "embassy")]),
    ("kindergarten", &[("amenity", "kindergarten"), ("amenity", "childcare")]),
    ("universitat", &[("amenity", "university")]),
    ("schule", &[("amenity", "school"), ("amenity", "music_school")]),
    ("bibliothek", &[("amenity", "library")]),
    ("hospital", &[("amenity", "hospital"), ("healthcare", "hospital"), ("amenity", "clinic")]),
    ("apotheke", &[("amenity", "pharmacy")]),
    ("tierarzt", &[("amenity", "veterinary")]),
    (
        "kirche",
        &[
            ("amenity", "place_of_worship"),
            ("building", "church"),
            ("building", "chapel"),
            ("building", "cathedral"),
        ],
    ),
    ("theater", &[("amenity", "theatre")]),
    ("kino", &[("amenity", "cinema")]),
    ("zoo", &[("tourism", "zoo")]),
    ("museum", &[("tourism", "museum")]),
    ("schloss", &[("historic", "castle"), ("historic", "fort")]),
    ("camping", &[("tourism", "camp_site"), ("tourism", "caravan_site")]),
    ("hutte", &[("tourism", "alpine_hut"), ("tourism", "wilderness_hut")]),
    ("hotel", &[("tourism", "hotel"), ("tourism", "motel"), ("tourism", "guest_house")]),
    ("cafe", &[("amenity", "cafe")]),
    ("bar", &[("amenity", "bar"), ("amenity", "pub")]),
    ("restaurant", &[("amenity", "restaurant"), ("amenity", "food_court")]),
    ("supermarkt", &[("shop", "supermarket"), ("shop", "convenience")]),
    ("metzgerei", &[("shop", "butcher")]),
    ("backerei", &[("shop", "bakery")]),
    ("buchhandlung", &[("shop", "books")]),
    ("baumarkt", &[("shop", "doityourself"), ("shop", "hardware")]),
    ("autohaus", &[("shop", "car")]),
    ("bank", &[("amenity", "bank")]),
    ("tankstelle", &[("amenity", "fuel")]),
    ("therme", &[("leisure", "spa"), ("amenity", "spa"), ("leisure", "water_park")]),
    ("schwimmbad", &[("leisure", "swimming_pool"), ("amenity", "swimming_pool")]),
    ("friedhof", &[("landuse", "cemetery"), ("amenity", "grave_yard")]),
    ("stadion", &[("leisure", "stadium")]),
    ("spielplatz", &[("leisure", "playground")]),
    ("park", &[("leisure", "park"), ("leisure", "garden")]),
    ("strand", &[("natural", "beach"), ("leisure", "beach_resort")]),
];

/// The number of a sort; 0 is none of them.
pub(super) type Sort = u8;

/// What tags tell, 0 if nothing.
pub(super) fn sort_of(tags: &Tags) -> Sort {
    // A temple is no church.
    let is_other = tags.get("religion").is_some_and(|religion| religion != "christian");
    let told = number(|(_, told)| told.iter().any(|&(key, value)| tags.is(key, value)));
    if is_other && told == sort_said("kirche") { 0 } else { told }
}

/// The sort of which a word says that it is meant, in any language; 0 if none.
pub(super) fn sort_said(word: &str) -> Sort {
    if kinds_said::kind_meant(word).is_none() {
        return 0;
    }
    let same = kinds_said::same_kind(word);
    number(|(own, _)| same.contains(own))
}

/// The most that there may be.
pub(super) fn is_sort(sort: Sort) -> bool {
    usize::from(sort) <= SORTS.len()
}

fn number(is_it: impl Fn(&Told) -> bool) -> Sort {
    let at = SORTS.iter().position(is_it).map_or(0, |at| at + 1);
    Sort::try_from(at).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tags_tell_sorts() {
        for (word, key, value) in [
            ("polizei", "amenity", "police"),
            ("gasolinera", "amenity", "fuel"),
            ("supermercat", "shop", "supermarket"),
            ("burg", "historic", "castle"),
            ("restaurants", "amenity", "restaurant"),
        ] {
            let sort = sort_of(&Tags::new([(key, value)]));
            assert!(sort > 0 && sort == sort_said(word), "{word}");
        }
        assert_eq!(sort_said("songgang"), 0);
        assert_eq!(sort_of(&Tags::new([("amenity", "bench")])), 0);
        for (word, _) in &SORTS {
            assert!(kinds_said::kind_meant(word).is_some(), "{word} says no kind");
        }
    }
}
