//! Tells people how far long work is: bars on a terminal, plain lines in a log.
//! Everything goes to standard error, so that it never mixes with an answer.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use super::format::elapsed;
use crate::progress::{Progress, Silent};

/// A bar for each stage on a terminal, a line for each stage elsewhere, nothing
/// at all if `quiet`.
pub(super) fn for_people(quiet: bool) -> Box<dyn Progress + Send> {
    if quiet {
        Box::new(Silent)
    } else if io::stderr().is_terminal() {
        Box::new(Stages::new(true))
    } else {
        Box::new(Stages::new(false))
    }
}

/// Bars on a terminal, nothing elsewhere: for commands whose answer is not the
/// work itself.
pub(super) fn for_terminal() -> Box<dyn Progress + Send> {
    for_people(!io::stderr().is_terminal())
}

struct Stages {
    bars: bool,
    current: Mutex<Option<Stage>>,
}

struct Stage {
    name: String,
    began: Instant,
    bar: ProgressBar,
}

impl Stages {
    fn new(bars: bool) -> Self {
        Self { bars, current: Mutex::new(None) }
    }

    /// A worker that panicked while it held the lock has spoilt a picture and
    /// nothing else.
    fn current(&self) -> MutexGuard<'_, Option<Stage>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Stages {
    fn begin(&self, stage: &str, total: u64) {
        let bar = if self.bars { bar(stage, total) } else { ProgressBar::hidden() };
        *self.current() = Some(Stage { name: stage.to_owned(), began: Instant::now(), bar });
    }

    fn advance(&self, steps: u64) {
        if let Some(stage) = &*self.current() {
            stage.bar.inc(steps);
        }
    }

    fn end(&self, outcome: &str) {
        let Some(Stage { name, began, bar }) = self.current().take() else { return };
        bar.finish_and_clear();
        // A closed standard error is no reason to stop the work.
        let _ = writeln!(io::stderr(), "{}", line(&name, began.elapsed(), outcome));
    }
}

fn line(stage: &str, time: Duration, outcome: &str) -> String {
    format!("{stage:<28} {:>9}  {outcome}", elapsed(time)).trim_end().to_owned()
}

fn bar(stage: &str, total: u64) -> ProgressBar {
    let (bar, template) = if total == 0 {
        (ProgressBar::new_spinner(), "{prefix:<28} {spinner} {elapsed}")
    } else {
        (ProgressBar::new(total), "{prefix:<28} {wide_bar} {percent:>3} %  {elapsed}, {eta} to go")
    };
    let style = ProgressStyle::with_template(template).expect("the template is well-formed");
    bar.set_style(style);
    bar.set_prefix(stage.to_owned());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_stage_time_and_outcome() {
        let text = line("contraction", Duration::from_millis(1_234), "7,654 arcs");
        assert_eq!(text, "contraction                     1.23 s  7,654 arcs");
    }

    #[test]
    fn stages_out_of_step_do_no_harm() {
        for bars in [false, true] {
            let stages = Stages::new(bars);
            stages.advance(1);
            stages.end("nothing began");
            stages.begin("read", 0);
            stages.begin("order", 10);
            stages.advance(11);
            stages.end("");
        }
    }
}
