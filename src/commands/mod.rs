//! One file a command: read, call, write. The only place that prints.

use std::io::Write;

use clap::CommandFactory;

use crate::cli::{Cli, Color, Command};
use crate::exit::Exit;

mod analyze;
mod calibrate;
mod context;
mod demo;
pub mod demo_server;
mod diff;
mod export;
mod extract;
mod fetch;
mod import;
mod incremental;
mod influence;
mod input;
mod load_run;
mod measure;
mod outlets;
mod output;
mod parquet_io;
mod run_analysis;
mod scan;
mod show;
mod style;
mod warc;

use context::Context;

/// Runs the command and returns how it ended.
///
/// # Errors
///
/// An [`crate::exit::Refusal`] where the user can mend it, any other error where not.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    terminal(&cli);
    survive_file_size_limit();
    let context = || Context::new(&cli.global);
    match cli.command {
        Command::Scan(args) => scan::run(context()?, &args),
        Command::Demo(args) => demo::run(context()?, &args),
        Command::Fetch(args) => fetch::run(context()?, &args),
        Command::Analyze(args) => analyze::run(context()?, &args),
        Command::Diff(args) => diff::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Outlets(args) => outlets::run(context()?, &args),
        Command::Import(args) => import::run(&context()?, &args),
        Command::Export(args) => export::run(&context()?, &args),
        Command::Extract(args) => extract::run(&context()?, &args),
        Command::Calibrate(args) => calibrate::run(context()?, &args),
        Command::Influence(args) => influence::run(&context()?, &args),
        Command::Completions { shell } => {
            // Into memory first: the generator panics on a pipe that was closed.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "fimi", &mut script);
            stdout().write_all(&script)?;
            Ok(Exit::Done)
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut stdout())?;
            Ok(Exit::Done)
        }
    }
}

/// Data output: colour is removed where the terminal or the user does not want it.
fn stdout() -> impl Write {
    Stdout(anstream::AutoStream::auto(std::io::stdout()))
}

/// Standard output whose errors say so.
struct Stdout<W>(W);

impl<W: Write> Write for Stdout<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes).map_err(|error| of_stdout(&error))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush().map_err(|error| of_stdout(&error))
    }
}

fn of_stdout(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("cannot write to standard output: {error}"))
}

/// A write beyond the limit of `ulimit -f` becomes an error like that of a full disk; without a handler
/// the signal would kill the run without a word.
#[cfg(unix)]
fn survive_file_size_limit() {
    use tokio::signal::unix::{SignalKind, signal};
    /// `SIGXFSZ` on Linux, macOS and the BSDs.
    const FILE_SIZE_EXCEEDED: i32 = 25;
    // Once installed the handler stays, without the runtime too. If it cannot be, all is as before.
    if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() {
        let _entered = runtime.enter();
        let _ = signal(SignalKind::from_raw(FILE_SIZE_EXCEEDED));
    }
}

#[cfg(not(unix))]
fn survive_file_size_limit() {}

/// Columns of the terminal on stdout; 100 for a file or pipe.
fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// Sets colour and the log filter. Logs go to stderr; a library's chatter only with `-vv`.
fn terminal(cli: &Cli) {
    match cli.global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let filter = match cli.global.verbose {
        0 => "error,trafilatura=off,html5ever=off",
        1 => "fimi=info,warn,trafilatura=off,html5ever=off",
        _ => "fimi=debug,info",
    };
    // A second call, as in tests, keeps the first filter.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .without_time()
        .try_init();
}
