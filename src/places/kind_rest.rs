//! Named things that no other rule takes for a place: gates, fields, passes.

use super::PlaceKind;
use crate::osm::Tags;

/// What an element is that has a name and nothing better to go by.
pub(super) fn rest(tags: &Tags) -> Option<PlaceKind> {
    by_use(tags).or_else(|| by_access(tags)).or_else(|| by_nature(tags))
}

/// Land by its use, of those uses that say least of what stands there.
fn by_use(tags: &Tags) -> Option<PlaceKind> {
    Some(match tags.get("landuse")? {
        "winter_sports" | "allotments" => PlaceKind::Leisure,
        "construction"
        | "farmyard"
        | "farm"
        | "plant_nursery"
        | "greenhouse_horticulture"
        | "brownfield"
        | "greenfield"
        | "landfill"
        | "military"
        | "railway"
        | "aquaculture" => PlaceKind::Industry,
        "education" => PlaceKind::Education,
        "religious" => PlaceKind::Culture,
        "grass" | "greenery" | "basin" | "flowerbed" => PlaceKind::Nature,
        _ => return None,
    })
}

/// Gates, entrances and lifts: nobody goes there for their own sake.
fn by_access(tags: &Tags) -> Option<PlaceKind> {
    (is_gate(tags) || tags.is("barrier", "toll_booth")).then_some(PlaceKind::Service)
}

/// Whether the tags are of a gate, an entrance or a lift, which are called after what they
/// belong to.
pub(super) fn is_gate(tags: &Tags) -> bool {
    let is_gate = matches!(
        tags.get("barrier"),
        Some("gate" | "lift_gate" | "swing_gate" | "sliding_gate" | "entrance")
    );
    let is_entrance = tags.get("entrance").is_some_and(|value| value != "no");
    is_gate || is_entrance || tags.is("highway", "elevator")
}

fn by_nature(tags: &Tags) -> Option<PlaceKind> {
    let is_climbed = tags.is("highway", "via_ferrata") || tags.has("sport");
    match () {
        () if tags.is("aeroway", "helipad") => {
            // Pads of a heliport have numbers.
            let has_letters = tags.get("name")?.chars().any(char::is_alphabetic);
            Some(if has_letters { PlaceKind::Airport } else { PlaceKind::Service })
        }
        () if tags.is("mountain_pass", "yes") => Some(PlaceKind::Nature),
        () if is_climbed => Some(PlaceKind::Leisure),
        () if tags.is("power", "plant") => Some(PlaceKind::Industry),
        () if tags.is("area", "yes") => Some(PlaceKind::Locality),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{kind_of, names_of};
    use super::*;

    #[test]
    fn what_has_a_name_is_a_place() {
        for (tags, kind) in [
            (&[("barrier", "toll_booth")][..], PlaceKind::Service),
            (&[("barrier", "lift_gate")], PlaceKind::Service),
            (&[("entrance", "yes")], PlaceKind::Service),
            (&[("highway", "elevator")], PlaceKind::Service),
            (&[("landuse", "construction")], PlaceKind::Industry),
            (&[("landuse", "winter_sports")], PlaceKind::Leisure),
            (&[("landuse", "grass")], PlaceKind::Nature),
            (&[("landuse", "grass"), ("tourism", "museum")], PlaceKind::Attraction),
            (&[("tourism", "information"), ("information", "office")], PlaceKind::Office),
            (&[("area", "yes")], PlaceKind::Locality),
            (&[("aeroway", "helipad")], PlaceKind::Airport),
            (&[("highway", "via_ferrata")], PlaceKind::Leisure),
            (&[("mountain_pass", "yes")], PlaceKind::Nature),
            (&[("sport", "gymnastics")], PlaceKind::Leisure),
            // A river that is a boundary too.
            (
                &[("waterway", "river"), ("boundary", "administrative"), ("admin_level", "8")],
                PlaceKind::Nature,
            ),
        ] {
            let named = [&[("name", "X")][..], tags].concat();
            assert_eq!(kind_of(&Tags::new(named)), Some(kind), "{tags:?}");
        }
        let board = [("tourism", "information"), ("information", "board")];
        assert_eq!(kind_of(&Tags::new(board)), None);
    }

    #[test]
    fn names_of_regions_count() {
        let tags =
            [("name", "Rue Philibert Florence"), ("reg_name", "Carrugiu Philibert Florence")];
        assert_eq!(names_of(&Tags::new(tags), PlaceKind::Street).len(), 2);
    }
}
