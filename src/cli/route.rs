//! `luwang route`: the way between points, for people and for programs.

mod geojson;
pub(super) mod json;
pub(super) mod text;

use std::io::Write;

use clap::ValueEnum;

use super::{
    avoid::AvoidArg,
    dataset_file::DatasetFile,
    failure::{Exit, Failure},
    waypoint::{self, CoordinateSystem, WaypointArg},
};
use crate::{
    engine::{Cancel, Language, NoRouteReason, Route, RouteRequest, Waypoint},
    geo::Coordinate,
    profile::AvoidClasses,
    units::Metric,
};

const EXAMPLES: &str = "\
A point is a name, the id of a place such as node/123, or LAT,LON. A name that may mean several
places is never guessed: they are listed, and the exit code is 4.

Examples:
  luwang route baoan.luwang 松岗东方社区 世纪琥珀博物馆
  luwang route baoan.luwang 松岗站 22.7706,113.8405 --via 五指耙公园 --optimize-for distance
  luwang route baoan.luwang 松岗站 松岗人民医院 --avoid toll,ferry
  luwang route baoan.luwang 松岗站 松岗人民医院 --language en
  luwang route baoan.luwang 松岗站 松岗人民医院 --geojson > route.geojson";

/// Find the best way between points
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    dataset: DatasetFile,
    /// Where to begin
    #[arg(allow_hyphen_values = true)]
    from: WaypointArg,
    /// Where to end
    #[arg(allow_hyphen_values = true)]
    to: WaypointArg,
    /// A point to pass; may be given several times, in order
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    via: Vec<WaypointArg>,
    /// For whom [default: the dataset's first profile]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// What to make as small as possible
    #[arg(long, value_name = "METRIC", value_enum, default_value_t)]
    optimize_for: OptimizeFor,
    #[command(flatten)]
    avoid: AvoidArg,
    /// The language of street names, such as en or zh-Hant, where they are tagged in it
    /// [default: what is written on the spot]
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<Language>,
    /// How far the nearest road may be from a point [default: 1000]
    #[arg(long, value_name = "METRES")]
    snap_radius: Option<u32>,
    /// Where names are likely meant, such as where you are: of several places of a name, one
    /// within a kilometre of there and much nearer than the others is taken
    #[arg(long, value_name = "LAT,LON", value_parser = waypoint::position)]
    #[arg(allow_hyphen_values = true)]
    near: Option<Coordinate>,
    /// What positions refer to, both typed and printed
    #[arg(long, value_name = "SYSTEM", value_enum, default_value_t)]
    coordinate_system: CoordinateSystem,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print GeoJSON (RFC 7946): the route as a line, the waypoints as points
    #[arg(long, conflicts_with = "json")]
    geojson: bool,
}

/// What a route is optimised for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum OptimizeFor {
    /// The least time; among equals the least length
    #[default]
    Duration,
    /// The least length; among equals the least time
    Distance,
}

impl From<OptimizeFor> for Metric {
    fn from(optimize_for: OptimizeFor) -> Self {
        match optimize_for {
            OptimizeFor::Duration => Self::Duration,
            OptimizeFor::Distance => Self::Distance,
        }
    }
}

impl OptimizeFor {
    fn name(self) -> &'static str {
        match self {
            Self::Duration => "duration",
            Self::Distance => "distance",
        }
    }
}

/// An answer and what is needed to print it.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub(super) waypoints: &'a [Waypoint],
    pub(super) route: &'a Route,
    pub(super) profile: &'a str,
    pub(super) optimize_for: OptimizeFor,
    pub(super) avoid: AvoidClasses,
    pub(super) coordinate_system: CoordinateSystem,
    pub(super) dataset_id: &'a str,
    pub(super) attribution: &'a str,
}

/// Finds the route and prints it as was asked for.
pub(super) fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let engine = args.dataset.engine()?;
    let description = engine.describe();
    let datum = args.coordinate_system.datum();
    let avoid = args.avoid.classes();
    let points = [args.from].into_iter().chain(args.via).chain([args.to]);
    let near = args.near.map(|position| datum.to_wgs84(position));
    let request = RouteRequest {
        waypoints: points.map(|point| point.request(datum, args.snap_radius, near)).collect(),
        profile: args.profile,
        optimize_for: args.optimize_for.into(),
        avoid,
        language: args.language,
        with_steps: true,
    };
    let answer = engine
        .route(&request, &Cancel::never())
        .map_err(|error| Failure::refused(&error, datum))?;
    let waypoints = answer.waypoints.as_slice();
    let route =
        answer.route.map_err(|reason| no_route(reason, waypoints, args.coordinate_system))?;
    let answer = Answer {
        waypoints,
        route: &route,
        profile: request.profile.as_deref().or(first(&description.profiles)).unwrap_or_default(),
        optimize_for: args.optimize_for,
        avoid,
        coordinate_system: args.coordinate_system,
        dataset_id: &description.id,
        attribution: &description.attribution,
    };
    if args.json {
        json::write(&answer, out)
    } else if args.geojson {
        geojson::write(&answer, out)
    } else {
        Ok(text::write(&answer, out)?)
    }
}

fn first(names: &[String]) -> Option<&str> {
    names.first().map(String::as_str)
}

/// The failure that there is no route between two of the waypoints.
pub(super) fn no_route(
    reason: NoRouteReason,
    waypoints: &[Waypoint],
    system: CoordinateSystem,
) -> Failure {
    let message = match reason {
        NoRouteReason::Disconnected { leg } => {
            let name = |index: usize| match waypoints.get(index) {
                Some(waypoint) => text::name(waypoint, system),
                None => format!("waypoint {index}"),
            };
            format!("no allowed way leads from {} to {}", name(leg), name(leg + 1))
        }
    };
    Failure::new(Exit::NoRoute, message)
}

#[cfg(test)]
mod tests;
