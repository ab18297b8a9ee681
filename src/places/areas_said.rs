//! The words that say of a name that it is one of an area, or one of several things of the name.

/// Words for settlements and what they are parts of, which people put before their names.
const AREAS: [&str; 26] = [
    "parroquia",
    "paroisse",
    "parish",
    "commune",
    "comune",
    "gemeinde",
    "stadt",
    "stadtteil",
    "ortsteil",
    "ort",
    "dorf",
    "municipi",
    "municipio",
    "municipality",
    "municipalite",
    "quartier",
    "quarter",
    "barri",
    "barrio",
    "district",
    "town",
    "city",
    "village",
    "ville",
    "poble",
    "pueblo",
];

/// Those of them that stand after names too.
const AREAS_AFTER: [&str; 5] = ["parish", "commune", "town", "city", "village"];

/// Whether a word says after a name that an area is meant.
pub(super) fn says_area_after(word: &str) -> bool {
    AREAS_AFTER.contains(&word)
}

/// Whether a word says before a name that an area is meant.
pub(super) fn says_area(word: &str) -> bool {
    AREAS.contains(&word)
}

/// Words that tell one of several things of a name from the others.
const SIDES: [&str; 25] = [
    "nord", "north", "norte", "sud", "south", "sur", "est", "east", "este", "ost", "oest", "west",
    "ouest", "oeste", "mig", "mitte", "ober", "oberer", "obere", "oberes", "unter", "unterer",
    "untere", "unteres", "superior",
];

/// Whether a word tells one of several things of a name from the others.
pub(super) fn says_side(word: &str) -> bool {
    SIDES.contains(&word)
}
