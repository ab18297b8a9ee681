//! The `luwang` command.

use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};

use luwang::cli::{self, Output};

fn main() -> ExitCode {
    let cli = match cli::parse(env::args_os(), env::vars_os()) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
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

/// Says what is wrong with the command line, or the help that it asks for.
fn refuse(error: &anyhow::Error) -> ExitCode {
    let Some(told) = error.downcast_ref::<clap::Error>() else {
        return cli::report(error, &mut io::stderr().lock()).into();
    };
    // Where there is no one left to read it, there is no one to complain to.
    let _ = told.print();
    u8::try_from(told.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}
