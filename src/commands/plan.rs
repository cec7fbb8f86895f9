//! `--dry-run` of `fimi scan` and `fimi fetch`: what would be asked.

use std::io::Write as _;
use std::time::Duration;

use super::Context;
use super::outlets::table;
use super::selection::polled_ids;
use crate::archive::Archive;
use crate::cli::PollArgs;
use crate::exit::{Exit, UserError};
use crate::fetch::{self, FetchConfig};
use crate::model::Known;
use crate::report::wording;

/// Outlets that are named for a site; JSON has all.
const OUTLETS: usize = 4;

/// Says what would be asked; nothing is asked, and nothing written.
pub(super) fn run(
    context: &Context,
    args: &PollArgs,
    config: &FetchConfig,
    json: bool,
) -> anyhow::Result<Exit> {
    let outlets = polled_ids(&context.registry, args)?;
    let path = &context.folders.archive;
    let known =
        if path.exists() { Archive::open_read_only(path)?.known()? } else { Known::default() };
    let plan = fetch::plan(&context.registry, outlets.as_deref(), &known, config, context.now)?;
    if plan.sites.is_empty() {
        return Err(UserError::nothing("these outlets have no source to poll").into());
    }
    let mut out = crate::terminal::stdout();
    if json {
        for site in &plan.sites {
            serde_json::to_writer(&mut out, site)?;
            writeln!(out)?;
        }
        return Ok(Exit::Done);
    }
    let mut rows = table(["site", "sources", "not due", "requests", "at least", "outlets"]);
    for site in &plan.sites {
        let more = site.outlets.len().saturating_sub(OUTLETS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named: Vec<&str> = site.outlets.iter().take(OUTLETS).map(String::as_str).collect();
        rows.add_row([
            site.site.clone(),
            site.sources.to_string(),
            site.not_due.to_string(),
            site.requests.to_string(),
            span(site.time),
            format!("{}{more}", named.join(" ")),
        ]);
    }
    writeln!(out, "{rows}")?;
    let sum = |of: fn(&fetch::SitePlan) -> usize| plan.sites.iter().map(of).sum::<usize>();
    let (sources, requests) = (sum(|site| site.sources), sum(|site| site.requests));
    writeln!(
        out,
        "{} on {} ({} not due): {} for robots.txt and sources, at least {}.",
        wording::count(sources, "source"),
        wording::count(plan.sites.len(), "site"),
        sum(|site| site.not_due),
        wording::count(requests, "request"),
        span(plan.shortest)
    )?;
    writeln!(
        out,
        "Then the pages of new articles that no feed carries whole: at most {}, one every {} and site; the run ends \
         after {}. Nothing was asked or written.",
        wording::thousands(plan.max_pages),
        span(config.host_delay),
        span(config.max_time)
    )?;
    Ok(Exit::Done)
}

fn span(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 60 => format!("{seconds} s"),
        _ => wording::duration(time.as_secs_f64() / 60.0),
    }
}
