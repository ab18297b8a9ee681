//! `luwang how-far`: the whole way on the extract inside the binary. It is
//! imported, contracted and served on a free local port; a gRPC client asks,
//! and what it hears is printed. Nothing of it stays.

mod wire;

use std::{
    convert::Infallible,
    future::ready,
    io::{self, Write},
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot, task};

use super::{
    fixture::{BAOAN, BAOAN_NAME},
    format::{length, travel_time},
    progress,
    route::{self, Answer, OptimizeFor, text},
    signal,
    table::{Align, Table},
    waypoint::{CoordinateSystem, WaypointArg},
};
use crate::{
    engine::{Engine, RouteAnswer, RouteRequest, Step},
    geo::Datum,
    import::{ImportSettings, ImportSource, import},
    osm::Clip,
    profile::{AvoidClasses, Profile},
    service::{self, ServeSettings},
};

const EXAMPLES: &str = "\
The map is a schematic of Bao'an district in Shenzhen that is part of the program; for real
answers import a real extract. The exit codes are those of `luwang --help`.

Examples:
  luwang how-far 松岗东方社区 松岗琥珀博物馆
  luwang how-far 松岗站 文天祥纪念馆 --optimize-for distance --json
  luwang how-far 松岗东方社区 松岗琥珀博物馆 --profile foot";

/// Say how far it is between two places of Bao'an, on the map inside the program
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Where to begin: a name, the id of a place such as node/123, or LAT,LON
    #[arg(allow_hyphen_values = true)]
    from: WaypointArg,
    /// Where to end
    #[arg(allow_hyphen_values = true)]
    to: WaypointArg,
    /// What to make as small as possible
    #[arg(long, value_name = "METRIC", value_enum, default_value_t)]
    optimize_for: OptimizeFor,
    /// For whom: car, motorcycle, truck, bicycle or foot
    #[arg(long, value_name = "PROFILE", default_value = "car")]
    profile: Profile,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What came back over the wire, and from what it was made.
struct Heard {
    answer: RouteAnswer,
    dataset_id: String,
    profile: String,
    attribution: String,
}

/// Asks, cleans up, and prints the answer.
pub(super) fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let Args { from, to, optimize_for, profile, json } = args;
    let request = RouteRequest {
        waypoints: [from, to].map(|point| point.request(Datum::Wgs84, None, None)).into(),
        profile: None,
        optimize_for: optimize_for.into(),
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: true,
    };
    let Heard { answer, dataset_id, profile, attribution } = ask_and_clean_up(request, profile)?;
    let waypoints = answer.waypoints.as_slice();
    let coordinate_system = CoordinateSystem::Wgs84;
    let route =
        answer.route.map_err(|reason| route::no_route(reason, waypoints, coordinate_system))?;
    let answer = Answer {
        waypoints,
        route: &route,
        profile: &profile,
        optimize_for,
        avoid: AvoidClasses::NONE,
        coordinate_system,
        dataset_id: &dataset_id,
        attribution: &attribution,
    };
    if json { route::json::write(&answer, out) } else { Ok(write_text(&answer, out)?) }
}

/// Whatever happens, a signal included, the dataset is gone afterwards.
fn ask_and_clean_up(request: RouteRequest, profile: Profile) -> anyhow::Result<Heard> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let runtime = Runtime::new().context("cannot start the service")?;
    let heard = runtime.block_on(async {
        let shutdown = signal::shutdown().context("cannot wait for signals")?;
        tokio::select! {
            heard = ask(request, profile, folder.path()) => heard,
            () = shutdown => bail!("interrupted"),
        }
    });
    // An import that nobody waits for any more is not waited for here either.
    runtime.shutdown_background();
    let removed = folder.close().context("cannot remove the temporary folder");
    let heard = heard?;
    removed?;
    Ok(heard)
}

/// The real path: import, open, serve, ask over gRPC, stop.
async fn ask(request: RouteRequest, profile: Profile, folder: &Path) -> anyhow::Result<Heard> {
    let file = folder.join("baoan.luwang");
    let prepared = task::spawn_blocking(move || prepare(file, profile)).await;
    let engine = Arc::new(prepared.context("the import ended early")??);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .context("cannot listen on a local port")?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(service::serve(
        listener,
        ready(Ok::<_, Infallible>(Arc::clone(&engine))),
        // Who asks one question is not to wait for the answers to others.
        ServeSettings { self_test_pairs: 0, ..ServeSettings::default() },
        // Also where the sender is gone without a word.
        async { drop(stopped.await) },
    ));
    let heard = wire::compute_route(address, request).await;
    drop(stop);
    // If the service failed, that is the cause of whatever the client says.
    server.await.context("the service ended early")??;
    let (answer, dataset_id) = heard?;
    let description = engine.describe();
    Ok(Heard {
        answer,
        dataset_id,
        profile: description.profiles.first().cloned().unwrap_or_default(),
        attribution: description.attribution.clone(),
    })
}

fn prepare(file: PathBuf, profile: Profile) -> anyhow::Result<Engine> {
    let settings = ImportSettings {
        source: ImportSource::Bytes { name: BAOAN_NAME.to_owned(), bytes: BAOAN },
        output: file,
        clip: Clip::Everything,
        profiles: vec![profile],
        threads: None,
    };
    import(&settings, &*progress::for_terminal())?;
    Ok(Engine::open(&settings.output)?)
}

fn write_text(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { waypoints, route, coordinate_system, .. } = *answer;
    let names: Vec<_> = waypoints.iter().map(|w| text::name(w, coordinate_system)).collect();
    let (distance, duration) = (length(route.length), travel_time(route.duration));
    writeln!(out, "{}: {distance}, {duration}\n", names.join(" → "))?;
    let mut table = Table::bare([Align::Left, Align::Left]);
    let mut row = |label: &str, text| table.row([label.to_owned(), text]);
    row("距离 distance", format!("{distance} ({:.2} m)", route.length.meters()));
    row("时间 duration", format!("{duration} ({:.3} s)", route.duration.seconds()));
    for (label, waypoint) in ["起点 from", "终点 to"].into_iter().zip(waypoints) {
        row(label, text::meant(waypoint, coordinate_system));
    }
    let steps = route.legs.iter().flat_map(|leg| &leg.steps);
    row("途经 by way of", by_way_of(steps));
    table.write(out)?;
    for &warning in &route.warnings {
        writeln!(out, "\n提示 warning: {}", text::in_words(warning))?;
    }
    writeln!(out, "\n示意路网 on a schematic map; {}", answer.attribution)
}

/// The streets in order, each with the length on it; successive steps on one
/// street are one.
fn by_way_of<'a>(steps: impl Iterator<Item = &'a Step>) -> String {
    let mut streets: Vec<(String, _)> = Vec::new();
    for step in steps {
        let street = text::street(step);
        match streets.last_mut() {
            Some((last, sum)) if *last == street => *sum += step.length,
            _ => streets.push((street, step.length)),
        }
    }
    let streets = streets.iter().map(|(street, sum)| format!("{street} {}", length(*sum)));
    streets.collect::<Vec<_>>().join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{profile::RoadClass, units::Centimeters};

    #[test]
    fn a_summary_names_each_street_once_in_a_row() {
        let step = |name: &str, meters: u32| Step {
            length: Centimeters::new(meters * 100),
            ..Step::on(name, RoadClass::Residential)
        };
        let steps =
            [step("东方大道", 400), step("东方大道", 500), step("", 20), step("东方大道", 1_000)];
        let expected = "东方大道 900 m → (unnamed residential) 20 m → 东方大道 1.0 km";
        assert_eq!(by_way_of(steps.iter()), expected);
    }
}
