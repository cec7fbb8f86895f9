//! One file a command: read, call, write. The only place that prints.

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::{Cli, Color, Command, Flags, flags};
use crate::completion;
use crate::exit::{self, Exit};
use crate::stage::StageExit;
use crate::terminal;

mod alarm;
mod analyze;
mod append;
mod backfill;
mod browse;
mod calibrate;
mod context;
mod demo;
mod desk;
mod diff;
mod export;
mod extract;
mod fetch;
mod find;
mod import;
mod incremental;
mod influence;
mod match_plan;
mod model;
mod outlets;
mod output;
mod plan;
mod read_line;
mod run_analysis;
mod run_file;
mod sample;
mod scan;
mod seen;
mod selection;
mod settings;
mod show;
mod stage;
mod stage_line;
mod tag;
mod vectors;

use context::Context;

/// The program: arguments in, exit code out.
pub(crate) fn main() -> ExitCode {
    keep_silent_what_is_reported();
    match completion::answer() {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => error.exit(),
    }
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, matches))
    });
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        // An engine looks at the code alone.
        Err(error)
            if error.use_stderr() && std::env::args_os().nth(1).is_some_and(|a| a == "stage") =>
        {
            terminal::say_error(&error.to_string());
            return StageExit::Usage.into();
        }
        Err(error) => error.exit(),
    };
    if let Command::Stage(args) = &cli.command {
        return stage::run(args);
    }
    let ended = run(cli, &flags(&matches)).unwrap_or_else(|error| {
        let exit = exit::of_error(&error);
        if exit != Exit::Done {
            terminal::say_error(&format!("{error:#}"));
        }
        exit
    });
    ended.into()
}

/// A decoder that gives up on a damaged file does so on a thread of its own, and the file is named then: what the thread
/// itself says would look like a crash.
fn keep_silent_what_is_reported() {
    let say = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(crate::formats::parquet::READER_THREAD) {
            say(panic);
        }
    }));
}

/// Runs the command and returns how it ended.
///
/// # Errors
///
/// An [`exit::UserError`] where the user can mend it, any other error where not.
fn run(cli: Cli, flags: &Flags) -> anyhow::Result<Exit> {
    set_terminal(&cli);
    survive_file_size_limit();
    let context = || Ok::<_, anyhow::Error>(Context::new(&cli.global)?.given(flags));
    match cli.command {
        Command::Scan(args) => scan::run(context()?, &args),
        Command::Demo(args) => demo::run(context()?, &args),
        Command::Fetch(args) => fetch::run(context()?, &args),
        Command::Analyze(args) => analyze::run(context()?, &args),
        Command::Match(args) => match_plan::run(&context()?, &args),
        // Ends with codes of its own, above.
        Command::Stage(_) => Ok(Exit::Done),
        Command::Plan { json } => stage::plan(json),
        Command::Diff(args) => diff::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Browse(args) => browse::run(&context()?, &args),
        Command::Find(args) => find::run(&context()?, &args),
        Command::Outlets(args) => outlets::run(context()?, &args),
        Command::Import(args) => import::run(&context()?, &args),
        Command::Export(args) => export::run(&context()?, &args),
        Command::Model(command) => model::run(&context()?, &command),
        Command::Extract(args) => extract::run(&context()?, &args),
        Command::Calibrate(args) => calibrate::run(context()?, &args),
        Command::Sample(args) => sample::run(&args),
        Command::Tag(args) => tag::run(context()?, &args),
        Command::Influence(args) => influence::run(&context()?, &args),
        Command::Completions { shell } => {
            terminal::stdout().write_all(&completion::script(shell)?)?;
            Ok(Exit::Done)
        }
        Command::Config { command } => settings::run(context()?, &command),
        Command::Man { dir: Some(dir) } => {
            std::fs::create_dir_all(&dir)?;
            clap_mangen::generate_to(Cli::command(), &dir)?;
            Ok(Exit::Done)
        }
        Command::Man { dir: None } => {
            clap_mangen::Man::new(Cli::command()).render(&mut terminal::stdout())?;
            Ok(Exit::Done)
        }
    }
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

/// Sets colour and the log filter. Logs go to stderr; a library's chatter only with `-vv`.
fn set_terminal(cli: &Cli) {
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
