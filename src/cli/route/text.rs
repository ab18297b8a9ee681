//! A route for people.

use std::io::{self, Write};

use super::{
    super::{
        format::{length, plain, travel_time, turn},
        table::{Align, Table},
        waypoint::CoordinateSystem,
    },
    Answer,
};
use crate::{
    engine::{RoadAttribute, RouteWarning, Step, Waypoint},
    units::Centimeters,
};

/// A shift of the waypoint worth telling.
const MOVED_FAR: Centimeters = Centimeters::new(10_000);

/// Writes distance and duration, the places meant, and the steps.
pub(in super::super) fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { waypoints, route, coordinate_system, .. } = *answer;
    let names: Vec<String> = waypoints.iter().map(|w| name(w, coordinate_system)).collect();
    let (distance, duration) = (length(route.length), travel_time(route.duration));
    writeln!(out, "{}: {distance}, {duration}\n", names.join(" → "))?;
    for waypoint in waypoints {
        writeln!(out, "  {}", meant(waypoint, coordinate_system))?;
    }
    for (leg, ends) in route.legs.iter().zip(names.windows(2)) {
        writeln!(out)?;
        if route.legs.len() > 1 {
            let (distance, duration) = (length(leg.length), travel_time(leg.duration));
            writeln!(out, "  {} → {}: {distance}, {duration}", ends[0], ends[1])?;
        }
        steps(&leg.steps).write(out)?;
    }
    for warning in &route.warnings {
        writeln!(out, "\nwarning: {}", in_words(*warning))?;
    }
    writeln!(out, "\n{}", answer.attribution)
}

/// The place that was meant, or the position that was asked for.
pub(in super::super) fn name(waypoint: &Waypoint, system: CoordinateSystem) -> String {
    match &waypoint.place {
        Some(found) => plain(&found.place.name),
        None => system.datum().from_wgs84(waypoint.requested).to_string(),
    }
}

/// What was meant and where the route touches it.
pub(in super::super) fn meant(waypoint: &Waypoint, system: CoordinateSystem) -> String {
    let mut text = name(waypoint, system);
    if let Some(found) = &waypoint.place {
        let place = &found.place;
        let mut facts = vec![place.id.to_string(), plain(&place.kind)];
        facts.extend(place.areas.iter().map(|area| plain(area)));
        if !found.matched_name.is_empty() && found.matched_name != place.name {
            facts.push(format!("also {}", plain(&found.matched_name)));
        }
        text = format!("{text} ({})", facts.join(", "));
    }
    let snapped = &waypoint.snapped;
    if !snapped.road.is_empty() {
        text = format!("{text}, on {}", plain(&snapped.road));
    }
    if snapped.moved >= MOVED_FAR {
        text = format!("{text}, {} from the point asked for", length(snapped.moved));
    }
    text
}

fn steps(steps: &[Step]) -> Table<4> {
    let mut table = Table::new([
        ("turn", Align::Left),
        ("street", Align::Left),
        ("distance", Align::Right),
        ("duration", Align::Right),
    ]);
    for (index, step) in steps.iter().enumerate() {
        let maneuver = if index == 0 { "start".to_owned() } else { maneuver(step) };
        table.row([maneuver, signed(step), length(step.length), travel_time(step.duration)]);
    }
    table
}

/// What to do at the beginning of a step.
fn maneuver(step: &Step) -> String {
    if let Some(exit) = step.roundabout_exit {
        return format!("roundabout, exit {exit}");
    }
    let turn = turn(step.turn_angle_deg);
    match &step.exit {
        None => turn.to_owned(),
        Some(exit) if exit.reference.is_empty() => format!("{turn}, exit {}", plain(&exit.name)),
        Some(exit) => format!("{turn}, exit {}", plain(&exit.reference)),
    }
}

/// The street, its bridge or tunnel, and where it leads.
fn signed(step: &Step) -> String {
    let mut text = street(step);
    if !step.structure.is_empty() {
        text = format!("{text}, {}", plain(&step.structure));
    }
    let leads_to: Vec<String> = step
        .destination_references
        .iter()
        .chain(&step.destinations)
        .map(|place| plain(place))
        .collect();
    if leads_to.is_empty() { text } else { format!("{text} → {}", leads_to.join(", ")) }
}

/// How a street is called in print.
pub(in super::super) fn street(step: &Step) -> String {
    match (step.name.as_str(), step.reference.as_str()) {
        ("", "") if step.attributes.contains(&RoadAttribute::Roundabout) => {
            "(roundabout)".to_owned()
        }
        ("", "") => format!("(unnamed {})", step.class.name().replace('_', " ")),
        (name, "") => plain(name),
        ("", reference) => plain(reference),
        (name, reference) => format!("{} ({})", plain(name), plain(reference)),
    }
}

pub(in super::super) fn in_words(warning: RouteWarning) -> &'static str {
    match warning {
        RouteWarning::PassesDestinationOnlyRoads => {
            "the only way passes roads that are open only to those who begin or end there"
        }
    }
}
