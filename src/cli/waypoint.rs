//! What people type for a point: a name, the id of a place, or a position; and
//! what positions refer to.

use std::str::FromStr;

use clap::ValueEnum;
use thiserror::Error;

use crate::{
    engine::{WaypointRequest, WaypointTarget},
    geo::{Coordinate, CoordinateError, Datum},
    osm::ElementId,
};

/// A point as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WaypointArg {
    target: WaypointTarget,
}

/// Why a text is not a point.
#[derive(Clone, Debug, PartialEq, Error)]
pub(super) enum WaypointError {
    #[error("a point is a name, a place id such as node/123, or LAT,LON")]
    Empty,
    #[error("this is neither an option of the command nor a point")]
    Option,
    #[error("a place id is node/, way/ or relation/ and a number")]
    PlaceId,
    #[error("{0}")]
    Coordinate(CoordinateError),
    #[error("{0}; the latitude comes first: did you mean {1}?")]
    Swapped(CoordinateError, String),
}

impl WaypointArg {
    /// What is asked of the engine. Positions refer to `datum`.
    pub(super) fn request(
        self,
        datum: Datum,
        snap_radius_m: Option<u32>,
        near: Option<Coordinate>,
    ) -> WaypointRequest {
        let target = match self.target {
            WaypointTarget::Location(position) => {
                WaypointTarget::Location(datum.to_wgs84(position))
            }
            named => named,
        };
        WaypointRequest { target, snap_radius_m, near }
    }
}

impl FromStr for WaypointArg {
    type Err = WaypointError;

    fn from_str(text: &str) -> Result<Self, WaypointError> {
        let text = text.trim();
        let target = if let Some(position) = parse_position(text) {
            WaypointTarget::Location(position?)
        } else if text.is_empty() {
            return Err(WaypointError::Empty);
        } else if text.starts_with('-') {
            return Err(WaypointError::Option);
        } else if let Some(id) = ElementId::parse(text) {
            WaypointTarget::PlaceId(id)
        } else if ["node/", "way/", "relation/"].iter().any(|kind| text.starts_with(kind)) {
            return Err(WaypointError::PlaceId);
        } else {
            WaypointTarget::Name(text.to_owned())
        };
        Ok(Self { target })
    }
}

/// The position that `text` is; `None` if it is not two numbers with a comma,
/// which may be a Chinese one, between them.
fn parse_position(text: &str) -> Option<Result<Coordinate, WaypointError>> {
    let parts: Vec<&str> = text.split([',', '，']).map(str::trim).collect();
    let is_number = |part: &&str| part.parse::<f64>().is_ok_and(f64::is_finite);
    let [lat, lon] = parts[..] else { return None };
    if !parts.iter().all(is_number) {
        return None;
    }
    Some(format!("{lat},{lon}").parse().map_err(|error: CoordinateError| {
        let swapped = format!("{lon},{lat}");
        if swapped.parse::<Coordinate>().is_ok() {
            WaypointError::Swapped(error, swapped)
        } else {
            WaypointError::Coordinate(error)
        }
    }))
}

/// Reads a position for options that take nothing else.
pub(super) fn position(text: &str) -> Result<Coordinate, WaypointError> {
    let not_a_position =
        || WaypointError::Coordinate(CoordinateError::Text { text: text.to_owned() });
    parse_position(text).ok_or_else(not_a_position)?
}

/// What positions refer to, both those that are typed and those that are
/// printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CoordinateSystem {
    /// That of satellites and of OpenStreetMap.
    #[default]
    Wgs84,
    /// That of Amap, Tencent and Google's map of China.
    Gcj02,
    /// That of Baidu.
    Bd09,
}

impl CoordinateSystem {
    /// The same, for geometry.
    pub(super) fn datum(self) -> Datum {
        match self {
            Self::Wgs84 => Datum::Wgs84,
            Self::Gcj02 => Datum::Gcj02,
            Self::Bd09 => Datum::Bd09,
        }
    }

    /// How it is typed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::ElementKind;

    fn read(text: &str) -> Result<WaypointTarget, WaypointError> {
        text.parse().map(|waypoint: WaypointArg| waypoint.target)
    }

    #[test]
    fn a_point_is_a_name_an_id_or_a_position() {
        let there = Coordinate::from_degrees(22.7664, 113.8409).unwrap();
        for text in ["22.7664,113.8409", " 22.7664, 113.8409 ", "22.7664，113.8409"] {
            assert_eq!(read(text), Ok(WaypointTarget::Location(there)), "{text}");
        }
        let south = Coordinate::from_degrees(-33.9, 151.2).unwrap();
        assert_eq!(read("-33.9,151.2"), Ok(WaypointTarget::Location(south)));
        let id = ElementId { kind: ElementKind::Way, number: -12 };
        assert_eq!(read("way/-12"), Ok(WaypointTarget::PlaceId(id)));
        for name in ["松岗东方社区", "A座,B座", "107国道", "24/7 shop", "1,2,3", "nan,nan"]
        {
            assert_eq!(read(name), Ok(WaypointTarget::Name(name.to_owned())), "{name}");
        }
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        assert_eq!(read("  "), Err(WaypointError::Empty));
        assert_eq!(read("--jsn"), Err(WaypointError::Option));
        assert_eq!(read("node/12x"), Err(WaypointError::PlaceId));
        let swapped = read("113.8409,22.7664").unwrap_err().to_string();
        assert!(swapped.contains("did you mean 22.7664,113.8409"), "{swapped}");
        assert!(matches!(read("95,200"), Err(WaypointError::Coordinate(_))));
        assert!(position("松岗").is_err() && position("22.7,113.8").is_ok());
    }

    #[test]
    fn positions_are_taken_from_their_datum_and_names_are_left_alone() {
        let shown = Coordinate::from_degrees(22.7664, 113.8409).unwrap();
        let waypoint: WaypointArg = shown.to_string().parse().unwrap();
        let request = waypoint.clone().request(Datum::Gcj02, Some(50), None);
        let WaypointTarget::Location(meant) = request.target else { panic!("it is a position") };
        assert_ne!(meant, shown);
        assert_eq!(request.snap_radius_m, Some(50));
        let same = waypoint.request(Datum::Wgs84, None, None);
        assert_eq!(same.target, WaypointTarget::Location(shown));
    }
}
