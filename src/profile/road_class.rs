//! The classes of ways, by `highway` or `route`.

use crate::osm::Tags;

macro_rules! road_classes {
    ($($(#[$doc:meta])* $name:ident = $value:literal,)*) => {
        /// The class of a way: its value of `highway`, or what carries
        /// vehicles where there is no road. In mainland China the value
        /// follows the administrative class of the road, so that a `trunk` may
        /// be a city street with signals and a `residential` road the arterial
        /// of a new town.
        ///
        /// See <https://wiki.openstreetmap.org/wiki/Key:highway>.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum RoadClass {
            $($(#[$doc])* $name,)*
        }

        impl RoadClass {
            /// All classes, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The class as OSM writes it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $value,)*
                }
            }
        }
    };
}

road_classes! {
    /// A road with separated carriageways and without crossings.
    Motorway = "motorway",
    /// A ramp of a motorway.
    MotorwayLink = "motorway_link",
    /// The most important roads that are no motorways.
    Trunk = "trunk",
    /// A ramp of a trunk road.
    TrunkLink = "trunk_link",
    /// A road between large towns.
    Primary = "primary",
    /// A ramp of a primary road.
    PrimaryLink = "primary_link",
    /// A road between towns.
    Secondary = "secondary",
    /// A ramp of a secondary road.
    SecondaryLink = "secondary_link",
    /// A road between villages or quarters.
    Tertiary = "tertiary",
    /// A ramp of a tertiary road.
    TertiaryLink = "tertiary_link",
    /// A minor road that is no residential street.
    Unclassified = "unclassified",
    /// A street with houses.
    Residential = "residential",
    /// A street where people on foot go first.
    LivingStreet = "living_street",
    /// A way to or within a site: drive, aisle, alley.
    Service = "service",
    /// A road for farms and forests.
    Track = "track",
    /// A road of a class that nobody knows.
    Road = "road",
    /// A road for buses alone.
    Busway = "busway",
    /// A street or square for people on foot.
    Pedestrian = "pedestrian",
    /// A way for bicycles.
    Cycleway = "cycleway",
    /// A way for people on foot.
    Footway = "footway",
    /// A way for horses.
    Bridleway = "bridleway",
    /// A narrow way for many uses.
    Path = "path",
    /// Stairs.
    Steps = "steps",
    /// A passage inside a building.
    Corridor = "corridor",
    /// A lift.
    Elevator = "elevator",
    /// Where people wait for a train or a bus.
    Platform = "platform",
    /// A ferry.
    Ferry = "ferry",
    /// A train that carries vehicles.
    ShuttleTrain = "shuttle_train",
    /// A train that takes travellers and what they bring along.
    Train = "train",
    /// A walk built out over the water.
    Pier = "pier",
    /// A car park, along its outline.
    Parking = "parking",
    /// What is left of a railway, or will be one.
    Railbed = "railbed",
    /// A bridge that opens for ships and is no highway by its tags.
    MovableBridge = "movable_bridge",
    /// A way whose class is none of these.
    Other = "other",
}

impl RoadClass {
    /// The class of a way, or `None` if it carries nobody: not a road, or one
    /// that is not there yet or any more (`highway=construction`, `proposed`).
    #[must_use]
    pub fn of(tags: &Tags) -> Option<Self> {
        match tags.get("route") {
            Some("ferry") => return Some(Self::Ferry),
            Some("shuttle_train") => return Some(Self::ShuttleTrain),
            _ => {}
        }
        let Some(value) = tags.get("highway") else { return Self::of_no_highway(tags) };
        // Roads over snow and ice are roads like others while they are there.
        if matches!(value, "winter_road" | "ice_road") {
            return Some(Self::Unclassified);
        }
        let is_road = |class: &Self| *class < Self::Ferry && class.name() == value;
        let known = Self::ALL.iter().copied().find(is_road);
        known.or_else(|| (!is_no_road(value)).then_some(Self::Other))
    }

    /// The class of what is walked on without being called a highway.
    ///
    /// See <https://wiki.openstreetmap.org/wiki/Tag:railway%3Dplatform>,
    /// <https://wiki.openstreetmap.org/wiki/Tag:public_transport%3Dplatform>,
    /// <https://wiki.openstreetmap.org/wiki/Tag:man_made%3Dpier>,
    /// <https://wiki.openstreetmap.org/wiki/Tag:amenity%3Dparking> and
    /// <https://wiki.openstreetmap.org/wiki/Key:bridge:movable>.
    fn of_no_highway(tags: &Tags) -> Option<Self> {
        if tags.is("railway", "platform") || tags.is("public_transport", "platform") {
            Some(Self::Platform)
        } else if tags.is("man_made", "pier") {
            Some(Self::Pier)
        } else if matches!(tags.get("amenity"), Some("parking" | "parking_entrance")) {
            (!is_inside(tags)).then_some(Self::Parking)
        } else if let Some(railway) = tags.get("railway") {
            Self::of_railway(railway)
        } else {
            tags.is("bridge", "movable").then_some(Self::MovableBridge)
        }
    }

    /// The class of a railway. Tracks in use are no way for anybody, be it that
    /// a train of theirs takes bicycles.
    ///
    /// See <https://wiki.openstreetmap.org/wiki/Key:railway>.
    fn of_railway(value: &str) -> Option<Self> {
        match value {
            "train" | "railway" | "subway" | "light_rail" | "monorail" | "tram" => {
                Some(Self::Train)
            }
            "construction" | "proposed" | "planned" | "rail" | "narrow_gauge" | "funicular"
            | "miniature" | "station" | "halt" | "yard" | "turntable" | "traverser"
            | "roundhouse" | "depot" | "workshop" | "wash" | "signal_box" => None,
            _ => Some(Self::Railbed),
        }
    }

    /// The class with this number, for datasets.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// Whether the outline of a car park is the wall of a building, or lies under
/// the ground. See <https://wiki.openstreetmap.org/wiki/Key:parking>.
fn is_inside(tags: &Tags) -> bool {
    let kind = tags.get("parking");
    tags.get("building").is_some_and(|value| value != "no")
        || matches!(kind, Some("multi-storey" | "underground" | "rooftop"))
}

/// Whether a value of `highway` is for what is beside the road, for sports, or
/// not there.
fn is_no_road(value: &str) -> bool {
    matches!(
        value,
        "construction"
            | "proposed"
            | "planned"
            | "abandoned"
            | "disused"
            | "razed"
            | "demolished"
            | "dismantled"
            | "historic"
            | "no"
            | "bus_stop"
            | "bus_guideway"
            | "services"
            | "rest_area"
            | "emergency_bay"
            | "escape"
            | "crossing"
            | "traffic_island"
            | "ladder"
            | "via_ferrata"
            | "raceway"
    )
}
