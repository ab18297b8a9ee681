//! How large and how heavy a vehicle is.

use crate::units::{Centimeters, Kilograms};

/// The size of a vehicle, with its load. Zero is what no limit stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimensions {
    /// From the road to the highest point.
    pub height: Centimeters,
    /// Mirrors not included, as signs do not count them.
    pub width: Centimeters,
    /// With a trailer, if it has one.
    pub length: Centimeters,
    /// All of it.
    pub weight: Kilograms,
    /// On the axle that bears most.
    pub axle_load: Kilograms,
    /// Whether the load is dangerous.
    pub hazmat: bool,
}

/// A property of a vehicle, as a profile's text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Property {
    Height,
    Width,
    Length,
    Weight,
    AxleLoad,
    Hazmat,
}

impl Property {
    pub(super) const ALL: [Self; 6] =
        [Self::Height, Self::Width, Self::Length, Self::Weight, Self::AxleLoad, Self::Hazmat];

    /// As it is typed.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Height => "height",
            Self::Width => "width",
            Self::Length => "length",
            Self::Weight => "weight",
            Self::AxleLoad => "axleload",
            Self::Hazmat => "hazmat",
        }
    }

    /// The largest value there is, in metres or tonnes, and the unit: above is
    /// a slip of the pen, such as centimetres.
    const fn limit(self) -> (f64, &'static str) {
        match self {
            Self::Height | Self::Width => (10.0, "metres"),
            Self::Length => (100.0, "metres"),
            Self::Weight => (500.0, "tonnes"),
            Self::AxleLoad => (100.0, "tonnes"),
            Self::Hazmat => (0.0, "yes or no"),
        }
    }

    /// What would be accepted, for errors.
    pub(super) fn expected(self) -> String {
        match self {
            Self::Hazmat => "yes or no".to_owned(),
            _ => format!("more than 0 and at most {} {}", self.limit().0, self.limit().1),
        }
    }
}

impl Dimensions {
    /// What no limit stops.
    pub const NONE: Self = Self {
        height: Centimeters::ZERO,
        width: Centimeters::ZERO,
        length: Centimeters::ZERO,
        weight: Kilograms::ZERO,
        axle_load: Kilograms::ZERO,
        hazmat: false,
    };

    /// Sets `property` to what `value` says: metres, tonnes, or yes and no.
    /// Tells whether it does say something.
    pub(super) fn set(&mut self, property: Property, value: &str) -> bool {
        if property == Property::Hazmat {
            self.hazmat = value == "yes";
            return matches!(value, "yes" | "no");
        }
        let plain = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = value.parse::<f64>().ok().filter(|_| plain);
        let Some(number) = number.filter(|n| 0.0 < *n && *n <= property.limit().0) else {
            return false;
        };
        let (length, mass) =
            (Centimeters::from_f64(number * 100.0), Kilograms::from_f64(number * 1_000.0));
        match property {
            Property::Height => self.height = length,
            Property::Width => self.width = length,
            Property::Length => self.length = length,
            Property::Weight => self.weight = mass,
            Property::AxleLoad => self.axle_load = mass,
            Property::Hazmat => {}
        }
        true
    }
}
