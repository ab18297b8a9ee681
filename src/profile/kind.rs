//! The kinds of vehicles that there are rules for.

use super::{bicycle, car, foot, motorcycle, truck, vehicle::Vehicle};

/// A kind of vehicle, or none at all: on foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProfileKind {
    /// A car with one driver and no permits.
    Car,
    /// A motorcycle.
    Motorcycle,
    /// A truck without a trailer, two axles and 18 tonnes if nothing is said.
    Truck,
    /// A bicycle, pushed where it may not be ridden.
    Bicycle,
    /// Somebody who walks.
    Foot,
}

impl ProfileKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Car, Self::Motorcycle, Self::Truck, Self::Bicycle, Self::Foot];

    /// The kind of this [`name`](Self::name).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name: `car`, `motorcycle`, `truck`, `bicycle` or `foot`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.vehicle().name
    }

    /// Whether it is a motor vehicle.
    #[must_use]
    pub fn has_motor(self) -> bool {
        matches!(self, Self::Car | Self::Motorcycle | Self::Truck)
    }

    pub(super) fn vehicle(self) -> &'static Vehicle {
        match self {
            Self::Car => &car::CAR,
            Self::Motorcycle => &motorcycle::MOTORCYCLE,
            Self::Truck => &truck::TRUCK,
            Self::Bicycle => &bicycle::BICYCLE,
            Self::Foot => &foot::FOOT,
        }
    }
}
