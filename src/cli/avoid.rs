//! What people type for the roads that they avoid.

use crate::profile::AvoidClasses;

/// The option of all commands that can avoid roads.
#[derive(Debug, Default, clap::Args)]
pub(super) struct AvoidArg {
    /// Roads not to use at all: any of toll, motorway, ferry, tunnel, unpaved, with commas
    /// between them; may be given several times
    #[arg(long, value_name = "CLASSES")]
    avoid: Vec<AvoidClasses>,
}

impl AvoidArg {
    /// All classes that were typed.
    pub(super) fn classes(&self) -> AvoidClasses {
        self.avoid.iter().fold(AvoidClasses::NONE, |all, &some| all.union(some))
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser};

    use super::*;
    use crate::profile::AvoidClass;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        avoid: AvoidArg,
    }

    fn classes(line: &[&str]) -> Option<String> {
        let line = Line::try_parse_from(["luwang"].iter().chain(line)).ok()?;
        Some(line.avoid.classes().to_string())
    }

    #[test]
    fn classes_are_typed_together_or_one_by_one() {
        assert_eq!(classes(&[]).as_deref(), Some(""));
        assert_eq!(classes(&["--avoid", "ferry,toll"]).as_deref(), Some("toll,ferry"));
        let twice = classes(&["--avoid", "unpaved", "--avoid=toll,unpaved"]);
        assert_eq!(twice.as_deref(), Some("toll,unpaved"));
        for wrong in ["", "tolls", "toll ferry"] {
            assert_eq!(classes(&["--avoid", wrong]), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_help_names_every_class() {
        let help = Line::command().render_long_help().to_string();
        for class in AvoidClass::ALL {
            assert!(help.contains(class.name()), "{help}");
        }
    }
}
