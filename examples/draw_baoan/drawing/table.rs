//! Reading the tables: lines of fields, with comments; positions; tags.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};

use super::plane::Point;

/// One line of a table.
pub(crate) struct Row {
    fields: Vec<String>,
    line: String,
}

/// The lines of the table `name` in `folder` that are not comments. Tables
/// that end in `.csv` have commas between fields and a line of titles first,
/// others have bars and no titles.
pub(crate) fn rows(folder: &Path, name: &str) -> Result<Vec<Row>> {
    let text = fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"))?;
    let csv = Path::new(name).extension().is_some_and(|extension| extension == "csv");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| Row {
        fields: line.split(if csv { ',' } else { '|' }).map(|field| field.trim().into()).collect(),
        line: format!("{name}: {line}"),
    };
    Ok(lines.skip(usize::from(csv)).map(row).collect())
}

impl Row {
    /// The line itself, for messages.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    pub(crate) fn text(&self, field: usize) -> Result<&str> {
        let text = self.fields.get(field).with_context(|| format!("too short: {}", self.line))?;
        Ok(text)
    }

    pub(crate) fn number<T: std::str::FromStr>(&self, field: usize) -> Result<T> {
        let text = self.text(field)?;
        text.parse().ok().with_context(|| format!("`{text}` is not a number: {}", self.line))
    }

    /// The position in the field `field`, latitude before longitude, or in
    /// that one and the next.
    pub(crate) fn point(&self, field: usize) -> Result<Point> {
        let text = self.text(field)?;
        let point = if text.contains(' ') {
            degrees(text)
        } else {
            degrees(&format!("{text} {}", self.text(field + 1)?))
        };
        point.with_context(|| format!("no position: {}", self.line))
    }

    pub(crate) fn tags(&self, field: usize) -> Result<Vec<(String, String)>> {
        let mut tags: Vec<(String, String)> = Vec::new();
        for part in self.text(field)?.split(';').filter(|part| !part.is_empty()) {
            match (part.split_once('='), tags.last_mut()) {
                (Some((key, value)), _) => tags.push((key.to_owned(), value.to_owned())),
                // A semicolon within a value, as OSM lists several.
                (None, Some((_, value))) => *value = format!("{value};{part}"),
                (None, None) => bail!("`{part}` is no tag: {}", self.line),
            }
        }
        Ok(tags)
    }
}

/// Reads `lat lon`.
pub(crate) fn degrees(text: &str) -> Option<Point> {
    let (lat, lon) = text.split_once(' ')?;
    Some(Point::from_degrees(lat.parse().ok()?, lon.parse().ok()?))
}

/// A bus stop as it was published.
pub(crate) struct Stop {
    pub(crate) name: String,
    pub(crate) point: Point,
    /// How far apart its published positions are.
    pub(crate) spread_m: u32,
}

/// All bus stops.
pub(crate) struct Stops(pub(crate) Vec<Stop>);

impl Stops {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let stop = |row: &Row| {
            let name = row.text(0)?.to_owned();
            Ok(Stop { name, point: row.point(1)?, spread_m: row.number(4)? })
        };
        Ok(Self(rows(folder, "stops.csv")?.iter().map(stop).collect::<Result<_>>()?))
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|stop| stop.name == name)
    }

    /// The points of a road: stops, or positions. Also whether each has the
    /// mark `+`.
    pub(crate) fn points(&self, text: &str) -> Result<Vec<(Point, bool)>> {
        let point = |part: &str| {
            let (name, marked) = match part.trim().strip_suffix('+') {
                Some(name) => (name, true),
                None => (part.trim(), false),
            };
            let stop = || self.find(name).map(|stop| self.0[stop].point);
            let point = degrees(name).or_else(stop);
            Ok((point.with_context(|| format!("no such stop or position: {name}"))?, marked))
        };
        text.split('>').map(point).collect()
    }
}
