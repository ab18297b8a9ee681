//! What kind of place tags describe, and whether they describe one at all.

use super::{kind_rest, name};
use crate::osm::Tags;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $text:literal,)*) => {
        /// What a place is. The order is that of prominence: of two matches
        /// that are equally good, the kind that comes first here is listed first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum PlaceKind {
            $($(#[$doc])* $kind,)*
        }

        impl PlaceKind {
            /// All kinds, in their order.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// The kind in one or two lower-case words, such as `bus stop`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $text,)* }
            }
        }
    };
}

kinds! {
    /// A country, a province, a state.
    Region = "region",
    /// A city.
    City = "city",
    /// A district (区) or county.
    District = "district",
    /// A town.
    Town = "town",
    /// A subdistrict (街道) or suburb.
    Suburb = "suburb",
    /// A village or hamlet.
    Village = "village",
    /// A neighbourhood, quarter or community (社区).
    Neighbourhood = "neighbourhood",
    /// A place without inhabitants, a square, an island.
    Locality = "locality",
    /// A station of railway or metro, a bus or ferry terminal.
    Station = "station",
    /// An airport or a terminal of one.
    Airport = "airport",
    /// A museum, a sight, a monument.
    Attraction = "attraction",
    /// A park or another place of leisure.
    Leisure = "leisure",
    /// A street, with all ways that belong to it.
    Street = "street",
    /// A hospital, doctor or pharmacy.
    Health = "health",
    /// A school, a university, a library.
    Education = "education",
    /// An office of the state, police, fire brigade, post.
    Government = "government",
    /// A place of worship, a theatre, a cinema, a community centre.
    Culture = "culture",
    /// A hotel or another lodging.
    Lodging = "lodging",
    /// A restaurant, café or bar.
    Food = "food",
    /// A shop, a market, a mall.
    Shop = "shop",
    /// An office or workshop.
    Office = "office",
    /// A residential estate.
    Estate = "estate",
    /// A factory, a works, an industrial area.
    Industry = "industry",
    /// A stop of bus or tram, both sides of the street together. Stops are named
    /// after what stands there, and so come after it.
    Stop = "stop",
    /// An entrance of a station.
    StationEntrance = "station entrance",
    /// Water, a mountain, a wood.
    Nature = "nature",
    /// A junction or an exit of a motorway.
    Junction = "junction",
    /// A building.
    Building = "building",
    /// A service of any other kind: parking, fuel, bank.
    Service = "service",
    /// An address.
    Address = "address",
}

/// Which places can be one and the same thing tagged twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KindGroup {
    Settlement,
    Transit,
    Street,
    Entrance,
    Other,
}

impl PlaceKind {
    /// Whether other places lie in places of this kind.
    #[must_use]
    pub fn is_area(self) -> bool {
        self <= Self::Neighbourhood
    }

    /// The kind with this number, as a dataset stores it.
    pub(super) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    pub(super) fn group(self) -> KindGroup {
        match self {
            kind if kind.is_area() => KindGroup::Settlement,
            Self::Station | Self::Stop => KindGroup::Transit,
            Self::Street => KindGroup::Street,
            Self::StationEntrance => KindGroup::Entrance,
            _ => KindGroup::Other,
        }
    }
}

/// Whether an element with these tags is a place: it has a kind and a name, or
/// is an entrance of a station with a letter or number, or a road on a bridge that has one.
#[must_use]
pub fn is_place(tags: &Tags) -> bool {
    kind_of(tags).is_some_and(|kind| {
        name::is_named(tags, kind)
            || kind == PlaceKind::StationEntrance && tags.has("ref")
            || kind == PlaceKind::Street && !name::names_of_structure(tags).is_empty()
    })
}

/// Whether a node with these tags is a way into the area on whose outline it
/// lies, or into the station near it.
#[must_use]
pub fn is_access_point(tags: &Tags) -> bool {
    let open = !["no", "private"].iter().any(|value| tags.is("access", value));
    let entrance = tags.get("entrance").is_some_and(|value| !matches!(value, "no" | "emergency"));
    let gate = matches!(
        tags.get("barrier"),
        Some("gate" | "lift_gate" | "swing_gate" | "sliding_gate" | "entrance" | "toll_booth")
    );
    open && (entrance || gate || is_station_entrance(tags))
}

/// What the tags say the element is, whether it has a name or not; `None` if
/// it is no place: a route, a part of a boundary, a lamp.
#[must_use]
pub fn kind_of(tags: &Tags) -> Option<PlaceKind> {
    if matches!(tags.get("type"), Some("route" | "route_master" | "restriction" | "network")) {
        return None;
    }
    settlement(tags)
        .or_else(|| transit(tags))
        .or_else(|| tags.get("amenity").and_then(amenity))
        .or_else(|| facility(tags))
        .or_else(|| surroundings(tags))
        .or_else(|| name::has_address(tags).then_some(PlaceKind::Address))
        .or_else(|| kind_rest::rest(tags))
}

fn settlement(tags: &Tags) -> Option<PlaceKind> {
    let place = tags.get("place").and_then(|place| match place {
        "country" | "state" | "province" | "region" => Some(PlaceKind::Region),
        "city" | "municipality" => Some(PlaceKind::City),
        "district" | "county" | "borough" => Some(PlaceKind::District),
        "town" => Some(PlaceKind::Town),
        "suburb" | "subdistrict" => Some(PlaceKind::Suburb),
        "village" | "hamlet" | "isolated_dwelling" => Some(PlaceKind::Village),
        "neighbourhood" | "quarter" | "city_block" | "allotments" => Some(PlaceKind::Neighbourhood),
        "locality" | "square" | "island" | "islet" | "farm" | "plot" | "archipelago" => {
            Some(PlaceKind::Locality)
        }
        _ => None,
    });
    place.or_else(|| {
        // A piece of a boundary is what it is besides: a river, a road.
        let is_more = ["waterway", "highway", "railway"].iter().any(|key| tags.has(key));
        if !tags.is("boundary", "administrative") || is_more {
            return None;
        }
        match tags.get("admin_level")?.parse::<u8>().ok()? {
            1..=4 => Some(PlaceKind::Region),
            5 => Some(PlaceKind::City),
            6 | 7 => Some(PlaceKind::District),
            8 | 9 => Some(PlaceKind::Suburb),
            10 | 11 => Some(PlaceKind::Neighbourhood),
            _ => None,
        }
    })
}

fn is_station_entrance(tags: &Tags) -> bool {
    matches!(tags.get("railway"), Some("subway_entrance" | "train_station_entrance"))
}

fn transit(tags: &Tags) -> Option<PlaceKind> {
    if is_station_entrance(tags) {
        return Some(PlaceKind::StationEntrance);
    }
    let by_rail = ["train", "subway", "light_rail", "monorail"];
    match (tags.get("railway"), tags.get("public_transport"), tags.get("highway")) {
        (Some("station" | "halt"), _, _) | (_, Some("station"), _) => Some(PlaceKind::Station),
        (_, Some("stop_area"), _) if by_rail.iter().any(|key| tags.is(key, "yes")) => {
            Some(PlaceKind::Station)
        }
        (Some("tram_stop" | "stop" | "platform"), _, _)
        | (_, Some("platform" | "stop_position" | "stop_area"), _)
        | (_, _, Some("bus_stop" | "platform")) => Some(PlaceKind::Stop),
        (_, _, Some("motorway_junction")) => Some(PlaceKind::Junction),
        (_, _, Some("services" | "rest_area")) => Some(PlaceKind::Service),
        (_, _, Some(highway)) if is_street(highway) => Some(PlaceKind::Street),
        _ => match (tags.get("aeroway"), tags.get("aerialway")) {
            (Some("aerodrome" | "terminal" | "heliport"), _) => Some(PlaceKind::Airport),
            (_, Some("station")) => Some(PlaceKind::Station),
            _ => None,
        },
    }
}

/// Whether ways with this value of `highway` can be streets.
fn is_street(highway: &str) -> bool {
    matches!(
        highway.strip_suffix("_link").unwrap_or(highway),
        "motorway"
            | "trunk"
            | "primary"
            | "secondary"
            | "tertiary"
            | "unclassified"
            | "residential"
            | "living_street"
            | "service"
            | "road"
            | "pedestrian"
            | "track"
            | "footway"
            | "cycleway"
            | "path"
            | "steps"
            | "bridleway"
            | "busway"
    )
}

/// Whether a thing of this kind with these tags is named after what it belongs to or stands at,
/// as car parks and landings are.
pub(super) fn borrows_name(kind: PlaceKind, tags: &Tags) -> bool {
    match kind {
        PlaceKind::Service => is_borrower(tags),
        PlaceKind::Station => tags.is("amenity", "ferry_terminal") && !tags.has("railway"),
        _ => false,
    }
}

fn is_borrower(tags: &Tags) -> bool {
    let is_at_road = matches!(tags.get("highway"), Some("services" | "rest_area"));
    is_at_road
        || kind_rest::is_gate(tags)
        || matches!(
            tags.get("amenity"),
            Some(
                "parking"
                    | "parking_entrance"
                    | "parking_space"
                    | "motorcycle_parking"
                    | "bicycle_parking"
                    | "bicycle_rental"
                    | "car_sharing"
                    | "charging_station"
                    | "taxi"
                    | "toilets"
                    | "recycling"
                    | "post_box"
                    | "telephone"
            )
        )
}

fn amenity(value: &str) -> Option<PlaceKind> {
    Some(match value {
        "bus_station" | "ferry_terminal" => PlaceKind::Station,
        "hospital" | "clinic" | "doctors" | "dentist" | "pharmacy" | "veterinary"
        | "nursing_home" | "social_facility" => PlaceKind::Health,
        "school" | "university" | "college" | "kindergarten" | "library" | "music_school"
        | "driving_school" | "language_school" | "childcare" | "research_institute" => {
            PlaceKind::Education
        }
        "townhall" | "police" | "fire_station" | "post_office" | "courthouse" | "embassy"
        | "prison" | "public_building" | "community_centre" => PlaceKind::Government,
        "place_of_worship" | "theatre" | "cinema" | "arts_centre" | "nightclub" | "casino"
        | "events_venue" | "conference_centre" | "monastery" | "exhibition_centre" => {
            PlaceKind::Culture
        }
        "restaurant" | "cafe" | "fast_food" | "bar" | "pub" | "food_court" | "ice_cream"
        | "biergarten" => PlaceKind::Food,
        "marketplace" => PlaceKind::Shop,
        "fountain" => PlaceKind::Attraction,
        "swimming_pool" | "public_bath" => PlaceKind::Leisure,
        // Street furniture: when it has a name it is that of something else.
        "bench" | "waste_basket" | "vending_machine" | "hunting_stand" | "loading_dock" => {
            return None;
        }
        _ => PlaceKind::Service,
    })
}

fn facility(tags: &Tags) -> Option<PlaceKind> {
    let has = |key: &str| tags.get(key).is_some_and(|value| value != "no");
    if let Some(tourism) = tags.get("tourism") {
        return match tourism {
            "hotel" | "motel" | "hostel" | "guest_house" | "apartment" | "chalet" | "camp_site"
            | "alpine_hut" | "wilderness_hut" | "caravan_site" => Some(PlaceKind::Lodging),
            "information" => {
                let is_office =
                    matches!(tags.get("information"), Some("office" | "visitor_centre"));
                is_office.then_some(PlaceKind::Office)
            }
            "no" => None,
            _ => Some(PlaceKind::Attraction),
        };
    }
    [
        ("historic", PlaceKind::Attraction),
        ("healthcare", PlaceKind::Health),
        ("shop", PlaceKind::Shop),
        ("office", PlaceKind::Office),
        ("craft", PlaceKind::Office),
        ("leisure", PlaceKind::Leisure),
        ("emergency", PlaceKind::Service),
    ]
    .into_iter()
    .find_map(|(key, kind)| has(key).then_some(kind))
}

fn surroundings(tags: &Tags) -> Option<PlaceKind> {
    let has = |key: &str| tags.get(key).is_some_and(|value| value != "no");
    match tags.get("landuse") {
        Some("residential") => return Some(PlaceKind::Estate),
        Some("industrial" | "commercial" | "quarry" | "port" | "depot") => {
            return Some(PlaceKind::Industry);
        }
        Some("retail") => return Some(PlaceKind::Shop),
        Some("recreation_ground" | "village_green" | "cemetery") => {
            return Some(PlaceKind::Leisure);
        }
        Some("forest" | "reservoir" | "meadow" | "orchard" | "vineyard" | "farmland") => {
            return Some(PlaceKind::Nature);
        }
        _ => {}
    }
    // People go to see them, and stops are called after them.
    if tags.is("natural", "cave_entrance") {
        return Some(PlaceKind::Attraction);
    }
    if ["national_park", "protected_area"].iter().any(|value| tags.is("boundary", value)) {
        return Some(PlaceKind::Leisure);
    }
    [
        ("natural", PlaceKind::Nature),
        ("waterway", PlaceKind::Nature),
        ("junction", PlaceKind::Junction),
        ("aerialway", PlaceKind::Leisure),
        ("piste:type", PlaceKind::Leisure),
        ("club", PlaceKind::Culture),
        ("building", PlaceKind::Building),
        ("man_made", PlaceKind::Building),
        ("bridge", PlaceKind::Building),
    ]
    .into_iter()
    .find_map(|(key, kind)| has(key).then_some(kind))
}
