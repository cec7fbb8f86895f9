//! `fimi fetch --from DAY --until DAY`: brings articles of the past into the archive.

use std::io::Write;
use std::time::Duration;

use chrono::NaiveDate;

use super::Context;
use super::fetch::{Bars, open};
use super::outlets::table;
use super::selection::polled_ids;
use crate::cli::FetchArgs;
use crate::exit::{Exit, UserError};
use crate::fetch::Forecast;
use crate::model::{PastDay, Period};
use crate::pipeline::{self, IngestError};

/// Time that a walk through the past may take if nothing is said: it ends by itself, and can be stopped at any moment.
const MAX_TIME: Duration = Duration::from_hours(60 * 24);

/// Runs the command.
pub(super) fn run(
    mut context: Context,
    args: &FetchArgs,
    from: NaiveDate,
    until: NaiveDate,
) -> anyhow::Result<Exit> {
    let period = period(&context, from, until)?;
    let mut config = context.polling(&args.poll)?;
    if args.poll.max_time.is_none() {
        config.max_time = MAX_TIME;
    }
    let outlets = polled_ids(&context.registry, &args.poll)?;
    let mut archive = open(&context, &args.poll)?;
    let progress = Bars::new(&context);
    let mut go_on = |forecast: &Forecast| {
        let (new, known) = (forecast.lists, forecast.lists_known);
        context.note(format!("{new} lists read, {known} known from an earlier run"));
        context.note(forecast.in_words());
        !args.dry_run
    };
    let (done, skipped) = pipeline::backfill(
        &mut archive,
        &context.registry,
        outlets.as_deref(),
        period,
        &config,
        context.now,
        &progress,
        &mut go_on,
    )
    .map_err(|error| match error {
        IngestError::Fetch(error) => anyhow::Error::from(error),
        IngestError::Archive(error) => error.into(),
    })?;
    progress.finish();
    if done.forecast.outlets.is_empty() {
        let text = "no source of these outlets reaches into the past; give them a day archive, a sitemap or numbered \
                    pages (docs/outlets.md, \"The past\")";
        return Err(UserError::nothing(text).into());
    }
    if !done.without_past.is_empty() {
        let (count, names) = (done.without_past.len(), done.without_past.join(" "));
        context.note(format!("{count} outlets have no source that reaches into the past: {names}"));
    }
    for problem in &done.problems {
        context.note(problem);
    }
    for skipped in &skipped {
        context.note(format!("skipped {}: {}", skipped.what, skipped.reason));
    }
    if args.dry_run {
        show_forecast(&done.forecast, args.json)?;
    } else {
        show_days(&done.days, args.json)?;
        let gaps = done.days.iter().filter(|day| !day.gap.is_empty()).count();
        context.note(format!(
            "{} pages had, {} failed; {} of {} days walked, {gaps} gaps; archive: {} articles",
            done.pages,
            done.pages_failed,
            done.days.len() - gaps,
            done.days.len(),
            archive.stats()?.articles,
        ));
    }
    if done.out_of_time {
        context.note("the run's time was up; the same command goes on where it ended");
    }
    let is_partial = done.out_of_time || !done.problems.is_empty();
    if is_partial && args.poll.strict {
        return Err(UserError::nothing("some list or page failed (--strict)").into());
    }
    Ok(if is_partial { Exit::Partial } else { Exit::Done })
}

fn period(context: &Context, from: NaiveDate, until: NaiveDate) -> anyhow::Result<Period> {
    let today = context.now.date_naive();
    if from >= until {
        return Err(UserError::usage("--from is not before --until: nothing lies between").into());
    }
    if until > today {
        let text =
            format!("--until {until}: the past ends with yesterday; give {today} at the latest");
        return Err(UserError::usage(text).into());
    }
    Ok(Period { from, until })
}

/// What the pages of each outlet would take.
fn show_forecast(forecast: &Forecast, json: bool) -> anyhow::Result<()> {
    let mut out = crate::terminal::stdout();
    let hours = |time: Duration| format!("{:.2}", time.as_secs_f64() / 3_600.0);
    if json {
        for outlet in &forecast.outlets {
            let row = serde_json::json!({
                "outlet": outlet.outlet, "listed": outlet.listed, "pages": outlet.pages,
                "undated": outlet.undated, "seconds": outlet.time.as_secs_f64(),
            });
            writeln!(out, "{row}")?;
        }
        return Ok(());
    }
    let mut rows = table(["outlet", "listed", "pages", "undated", "hours"]);
    for outlet in &forecast.outlets {
        rows.add_row([
            outlet.outlet.clone(),
            outlet.listed.to_string(),
            outlet.pages.to_string(),
            outlet.undated.to_string(),
            hours(outlet.time),
        ]);
    }
    writeln!(out, "{rows}")?;
    Ok(())
}

/// Which days of each outlet are covered.
fn show_days(days: &[PastDay], json: bool) -> anyhow::Result<()> {
    let mut out = crate::terminal::stdout();
    if json {
        for day in days {
            serde_json::to_writer(&mut out, day)?;
            writeln!(out)?;
        }
        return Ok(());
    }
    let mut rows = table(["outlet", "day", "listed", "held", "failed", "state"]);
    for day in days {
        let state = match day.gap.as_str() {
            "" => String::from("walked"),
            gap => format!("gap: {gap}"),
        };
        rows.add_row([
            day.outlet.clone(),
            day.day.to_string(),
            day.listed.to_string(),
            day.held.to_string(),
            day.failed.to_string(),
            state,
        ]);
    }
    writeln!(out, "{rows}")?;
    Ok(())
}
