//! `--fail-on`: says which conditions hold, and tells those whom the user names.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Context;
use crate::alert::{Alert, Condition};
use crate::cli::DeskArgs;
use crate::config::Period;
use crate::exit::UserError;
use crate::model::Registry;
use crate::report::TOOL_VERSION;

/// Cases of one condition that are named on the terminal.
const MAX_LINES: usize = 5;

/// The line of JSON that is written of a run in which conditions hold.
#[derive(Serialize)]
struct Line<'a> {
    schema_version: u32,
    time: DateTime<Utc>,
    run_id: &'a str,
    tool_version: &'static str,
    out: String,
    alerts: &'a [Alert],
}

/// Checks the conditions before the work starts: what they name, and that the run can know what they ask for.
///
/// # Errors
///
/// Names the condition that cannot be answered.
pub(super) fn check(
    args: &DeskArgs,
    registry: &Registry,
    compared: Period,
    now: DateTime<Utc>,
) -> Result<(), UserError> {
    for condition in &args.fail_on {
        condition.check_names(registry).map_err(UserError::usage)?;
        if condition.needs_memory() && args.seen.is_none() {
            return Err(UserError::usage(format!(
                "--fail-on {condition}: what is new is known only with --seen FILE"
            )));
        }
        let looks_back = condition.looks_back().map(|span| now - span);
        if let (Some(from), Some(since)) = (looks_back, compared.since)
            && from < since
        {
            return Err(UserError::usage(format!(
                "--fail-on {condition}: looks back beyond --since and --window together"
            )));
        }
    }
    Ok(())
}

/// Says which conditions hold, and tells file and command.
///
/// # Errors
///
/// If the file cannot be written or the command does not end well: an alarm that nobody hears is a failure.
pub(super) fn raise(
    args: &DeskArgs,
    alerts: &[Alert],
    (run_id, out): (&str, &Path),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    if alerts.is_empty() {
        return Ok(());
    }
    for alert in alerts {
        Context::cause(format!("--fail-on {}: {}", alert.condition, met(alert.count)));
        for case in alert.cases.iter().take(MAX_LINES) {
            Context::cause(format!("  {}", case.what));
        }
        if alert.count > MAX_LINES {
            Context::cause(format!("  ... and {} more", alert.count - MAX_LINES));
        }
    }
    let line = Line {
        schema_version: 1,
        time: now,
        run_id,
        tool_version: TOOL_VERSION,
        out: out.display().to_string(),
        alerts,
    };
    let mut line = serde_json::to_vec(&line)?;
    line.push(b'\n');
    if let Some(path) = &args.alert_file {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        file.as_mut()
            .map_err(|error| std::io::Error::new(error.kind(), error.to_string()))
            .and_then(|file| file.write_all(&line))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    match &args.alert_command {
        Some(command) => call(command, &line),
        None => Ok(()),
    }
}

fn met(count: usize) -> String {
    if count == 1 { "1 case".to_owned() } else { format!("{count} cases") }
}

/// Runs the command with the line on its standard input; what it prints goes to stderr.
fn call(command: &str, line: &[u8]) -> anyhow::Result<()> {
    let problem = || format!("--alert-command {command}");
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::piped())
        .stdout(std::io::stderr())
        .spawn()
        .with_context(problem)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that does not want to know is no failure.
        let _ = stdin.write_all(line);
    }
    let status = child.wait().with_context(problem)?;
    anyhow::ensure!(status.success(), "--alert-command {command}: ended with {status}");
    Ok(())
}

/// The conditions as text, for `run.json`.
pub(super) fn texts(conditions: &[Condition]) -> Vec<&str> {
    conditions.iter().map(|condition| condition.text.as_str()).collect()
}
