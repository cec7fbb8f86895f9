//! `fimi match`: shared text in more articles than fit in memory.

use super::{Context, output};
use crate::cli::MatchArgs;
use crate::corpus::CalendarConfig;
use crate::exchange::{self, MATCHES_FILE, PASSAGES_FILE, PlanRun, RunError, TableMade};
use crate::exit::{Exit, UserError};
use crate::formats::ReadOptions;
use crate::similarity::SimilarityConfig;
use crate::stage::{StageError, StageExit, stage_named};
use crate::terminal;

/// Runs the command.
pub(super) fn run(context: &Context, args: &MatchArgs) -> anyhow::Result<Exit> {
    if let Some(until) = args.until.as_deref().filter(|until| *until != "articles")
        && stage_named(until).is_none()
    {
        let text = format!("--until {until}: there is no such stage; `fimi plan` lists them");
        return Err(UserError::usage(text).into());
    }
    output::refuse_inputs(&args.out, [MATCHES_FILE, PASSAGES_FILE], &args.input)?;
    std::fs::create_dir_all(&args.out)?;
    let work = args.work.clone().unwrap_or_else(|| args.out.join("work"));
    let options = ReadOptions {
        strict: args.strict,
        now: Some(context.now),
        ..ReadOptions::new(&context.registry)
    };
    let similarity = SimilarityConfig::default();
    let plan = PlanRun {
        inputs: &args.input,
        options,
        calendar: CalendarConfig::default(),
        similarity: &similarity,
        memory: args.memory,
        work: &work,
        until: args.until.as_deref(),
    };
    let mut tell = |table: &TableMade| match table.rows {
        Some(rows) => context.detail(format!("{}: {rows} rows", table.name)),
        None => context.detail(format!("{}: there", table.name)),
    };
    let records = exchange::run(&plan, &mut tell).map_err(of_run)?;
    let is_partial = records.as_ref().is_some_and(|records| {
        context.tell_records(records);
        records.files.iter().any(|file| file.skipped > 0)
    });
    let exit = if is_partial { Exit::Partial } else { Exit::Done };
    if args.until.is_some() {
        return Ok(exit);
    }
    let mut rows = (0, 0);
    output::write(&args.out.join(MATCHES_FILE), |matches| {
        output::write(&args.out.join(PASSAGES_FILE), |passages| {
            let written = exchange::write_csv(&work, args.memory, matches, passages);
            rows = written.map_err(std::io::Error::other)?;
            Ok(())
        })
        .map(|_| ())
        .map_err(std::io::Error::other)
    })?;
    if !context.quiet {
        use std::io::Write;
        writeln!(
            terminal::stdout(),
            "{} matches, {} passages in {}",
            rows.0,
            rows.1,
            args.out.display()
        )?;
    }
    Ok(exit)
}

fn of_run(error: RunError) -> anyhow::Error {
    match error {
        RunError::Read(error) => error.into(),
        RunError::Stage(StageError { exit: StageExit::Data | StageExit::Usage, message }) => {
            UserError::usage(message).into()
        }
        RunError::Stage(error) => error.into(),
    }
}
