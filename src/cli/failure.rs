//! How a failure looks to people and to scripts.

use std::{io::Write, process::ExitCode};

use thiserror::Error;

use super::{
    format::plain,
    table::{Align, Table},
};
use crate::{
    engine::{EngineError, PlaceMatch},
    geo::Datum,
};

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A file cannot be read, is damaged or cannot be written; a check found a
    /// difference; whatever has no code of its own.
    Failed = 1,
    /// The command line is wrong or asks for too much.
    Usage = 2,
    /// No place has that name or id.
    PlaceNotFound = 3,
    /// Several places have that name.
    PlaceAmbiguous = 4,
    /// There is no route.
    NoRoute = 5,
    /// A point is outside the area covered, or no road is near it.
    OffRoad = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failure that has its own exit code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub(super) struct Failure {
    pub(super) exit: Exit,
    pub(super) message: String,
    /// The places that may have been meant, the likeliest first.
    pub(super) candidates: Vec<Candidate>,
}

/// A place that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    /// From small to large.
    pub(super) areas: Vec<String>,
    /// The street beside it; empty if none is known.
    pub(super) street: String,
    /// As `LAT,LON`.
    pub(super) position: String,
}

impl Failure {
    /// A failure without candidates.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), candidates: Vec::new() }
    }

    /// What the engine refused. Positions of candidates are given in `datum`.
    pub(super) fn refused(error: &EngineError, datum: Datum) -> Self {
        let (exit, candidates) = match error {
            EngineError::PlaceNotFound { suggestions, .. } => {
                (Exit::PlaceNotFound, suggestions.as_slice())
            }
            EngineError::PlaceAmbiguous { candidates, .. } => {
                (Exit::PlaceAmbiguous, candidates.as_slice())
            }
            EngineError::UnknownPlaceId { .. } => (Exit::PlaceNotFound, [].as_slice()),
            EngineError::PointOutsideCoverage { .. } | EngineError::PointNotSnappable { .. } => {
                (Exit::OffRoad, [].as_slice())
            }
            EngineError::TooFewWaypoints { .. }
            | EngineError::TooManyWaypoints { .. }
            | EngineError::TooManyElements { .. }
            | EngineError::BadName { .. }
            | EngineError::PageTooLarge { .. }
            | EngineError::SnapRadiusTooLarge { .. }
            | EngineError::RadiusTooLarge { .. }
            | EngineError::UnknownProfile { .. }
            | EngineError::NoSuchRoad { .. }
            | EngineError::NotAStreet { .. }
            | EngineError::BadArea { .. }
            | EngineError::UnknownKind { .. } => (Exit::Usage, [].as_slice()),
            EngineError::Contradiction(_)
            | EngineError::Fault { .. }
            | EngineError::Stopped { .. } => (Exit::Failed, [].as_slice()),
        };
        Self::new(exit, error.to_string()).with_candidates(candidates, datum)
    }

    /// The same failure with the places that may have been meant. Positions are
    /// given in `datum`.
    pub(super) fn with_candidates(mut self, candidates: &[PlaceMatch], datum: Datum) -> Self {
        self.candidates = candidates.iter().map(|found| Candidate::new(found, datum)).collect();
        self
    }
}

impl Candidate {
    fn new(found: &PlaceMatch, datum: Datum) -> Self {
        let place = &found.place;
        Self {
            id: place.id.to_string(),
            name: place.name.clone(),
            kind: place.kind.clone(),
            areas: place.areas.clone(),
            street: found.street.clone(),
            position: datum.from_wgs84(place.position).to_string(),
        }
    }
}

/// Says to people, on `err`, why a command failed: the error, its causes, the
/// places that may have been meant. Gives the code to exit with.
pub fn report(error: &anyhow::Error, err: &mut dyn Write) -> Exit {
    let failure = error.downcast_ref::<Failure>();
    // Nobody can be told that standard error is closed.
    let _ = write_report(error, failure, err);
    failure.map_or(Exit::Failed, |failure| failure.exit)
}

fn write_report(
    error: &anyhow::Error,
    failure: Option<&Failure>,
    err: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(err, "error: {error}")?;
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        // Some errors already say their cause.
        if !said.contains(&cause) {
            writeln!(err, "  because: {cause}")?;
        }
        said = cause;
    }
    let Some(failure) = failure else { return Ok(()) };
    let Some(first) = failure.candidates.first() else { return Ok(()) };
    if failure.exit == Exit::PlaceNotFound {
        writeln!(err, "\nNames that look alike:\n")?;
    } else {
        writeln!(err)?;
    }
    let headings = ["id", "name", "kind", "street", "in", "position"];
    let mut table = Table::new(headings.map(|heading| (heading, Align::Left)));
    for candidate in &failure.candidates {
        let Candidate { id, name, kind, areas, street, position } = candidate;
        table.row([id, name, kind, street, &areas.join(", "), position].map(|text| plain(text)));
    }
    table.write(err)?;
    writeln!(err, "\nSay which one is meant by its id, such as {}.", first.id)
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    fn reported(error: &anyhow::Error) -> (Exit, String) {
        let mut out = Vec::new();
        let exit = report(error, &mut out);
        (exit, String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_chain_of_causes_is_told_once() {
        let error = anyhow::anyhow!("no such file").context("cannot read a").context("no dataset");
        let (exit, text) = reported(&error);
        assert_eq!(exit, Exit::Failed);
        let expected = "error: no dataset\n  because: cannot read a\n  because: no such file\n";
        assert_eq!(text, expected);
        let said = anyhow::anyhow!("no such file").context("cannot read a: no such file");
        assert_eq!(reported(&said).1, "error: cannot read a: no such file\n");
    }

    #[test]
    fn candidates_are_listed_with_what_tells_them_apart() {
        let candidate = |id: &str, areas: &[&str]| Candidate {
            id: id.to_owned(),
            name: "人民医院\u{1b}[2J".to_owned(),
            kind: "hospital".to_owned(),
            areas: areas.iter().map(|&area| area.to_owned()).collect(),
            street: "松明大道".to_owned(),
            position: "22.7664000,113.8409000".to_owned(),
        };
        let failure = Failure {
            exit: Exit::PlaceAmbiguous,
            message: "origin: \"人民医院\" may mean 2 places".to_owned(),
            candidates: vec![
                candidate("node/1", &["松岗街道", "宝安区"]),
                candidate("way/22", &[]),
            ],
        };
        let (exit, text) = reported(&failure.into());
        assert_eq!(exit, Exit::PlaceAmbiguous);
        assert!(text.contains("node/1") && text.contains("松岗街道, 宝安区"), "{text}");
        assert!(text.contains("松明大道"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.ends_with("by its id, such as node/1.\n"), "{text}");
    }

    #[test]
    fn context_does_not_hide_the_code() {
        let failure = Failure::new(Exit::NoRoute, "there is no way");
        let error = Err::<(), _>(failure).context("while testing").unwrap_err();
        assert_eq!(report(&error, &mut Vec::new()), Exit::NoRoute);
    }

    #[test]
    fn every_refusal_has_its_code() {
        let unknown = EngineError::UnknownKind { kind: "x".to_owned(), available: vec!["street"] };
        assert_eq!(Failure::refused(&unknown, Datum::Wgs84).exit, Exit::Usage);
        let id = crate::osm::ElementId::parse("node/1").unwrap();
        let unknown = EngineError::UnknownPlaceId { what: "origin".to_owned(), id };
        assert_eq!(Failure::refused(&unknown, Datum::Wgs84).exit, Exit::PlaceNotFound);
    }
}
