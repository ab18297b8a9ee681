//! The `luwang` command.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::Parser as _;
use luwang::cli::{self, Cli, Output};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version come this way too. Where there is no one left to
        // read them, there is no one to complain to.
        Err(told) => {
            let _ = told.print();
            return u8::try_from(told.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    let mut out = Output::new(io::stdout().lock());
    let done = cli::run(cli, &mut out);
    // Whoever read the output, such as `head`, may have seen enough: that is no
    // failure, but it does not hide one either.
    let unread = out.is_closed();
    let error = match (done, out.flush()) {
        (Err(error), _) if !unread => error,
        (Ok(()), Err(error)) if !out.is_closed() => error.into(),
        _ => return ExitCode::SUCCESS,
    };
    cli::report(&error, &mut io::stderr().lock()).into()
}
