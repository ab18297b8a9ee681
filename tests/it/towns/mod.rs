//! Towns drawn in text: one for each rule of the road, through the real
//! importer. A map, tags in a table, and the ways that are travelled.

mod access;
mod avoid;
mod barriers;
mod bicycle;
mod both_metrics;
mod conditional;
mod driving_side;
mod enclosures;
mod ferries;
mod foot;
mod halts;
mod names;
mod oneway;
mod plan;
mod profiles;
mod restrictions;
mod restrictions_over_several_ways;
mod restrictions_over_ways;
mod snapping;
mod speed;
mod tables;
mod town;
mod truck;
mod turning_places;
mod turns;
