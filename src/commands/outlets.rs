//! `fimi outlets`: the registry, and the health of its sources.

use std::io::Write;

use chrono::TimeDelta;
use comfy_table::Table;
use comfy_table::presets;

use super::Context;
use super::selection::outlet_ids;
use crate::cli::{OutletsArgs, PollArgs};
use crate::exit::Exit;
use crate::fetch;
use crate::model::{FeedStatus, Outlet};

/// Runs the command.
pub(super) fn run(mut context: Context, args: &OutletsArgs) -> anyhow::Result<Exit> {
    let ids = outlet_ids(&context.registry, &args.ids)?;
    for problem in crate::outlets::problems(&context.registry) {
        context.note(format!("warning: {problem}"));
    }
    if args.check {
        return check(&mut context, args, ids.as_deref());
    }
    let wanted = |outlet: &&Outlet| ids.as_ref().is_none_or(|ids| ids.contains(&outlet.id));
    let outlets: Vec<&Outlet> = context.registry.outlets.iter().filter(wanted).collect();
    let mut out = crate::terminal::stdout();
    if args.json {
        for outlet in outlets {
            serde_json::to_writer(&mut out, outlet)?;
            writeln!(out)?;
        }
        return Ok(Exit::Done);
    }
    let mut table =
        table(["id", "name", "role", "state", "set", "editions", "sources", "seen", "domains"]);
    for outlet in outlets {
        let sources: usize = outlet.editions.iter().map(|e| e.sources.len()).sum();
        table.add_row([
            outlet.id.clone(),
            outlet.name.clone(),
            outlet.role.as_str().to_string(),
            outlet.state.clone().unwrap_or_default(),
            outlet.set.as_str().to_string(),
            outlet.editions.len().to_string(),
            sources.to_string(),
            last_seen(outlet).unwrap_or_default().to_owned(),
            short(&outlet.domains),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(Exit::Done)
}

/// The newest day on which somebody saw one of its sources working.
fn last_seen(outlet: &Outlet) -> Option<&str> {
    let sources = outlet.editions.iter().flat_map(|edition| &edition.sources);
    sources.filter_map(|source| source.seen.as_deref()).max()
}

/// The first domain, and how many more there are: `--json` has them all.
fn short(domains: &[String]) -> String {
    match domains {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} +{}", rest.len()),
    }
}

fn check(
    context: &mut Context,
    args: &OutletsArgs,
    ids: Option<&[String]>,
) -> anyhow::Result<Exit> {
    let poll = PollArgs { host_delay: args.host_delay.clone(), ..PollArgs::default() };
    let config = context.polling(&poll)?;
    let feeds = fetch::check(&context.registry, ids, &config, context.now, &())?;
    let mut out = crate::terminal::stdout();
    if args.json {
        for feed in &feeds {
            serde_json::to_writer(&mut out, &fetch::shareable(feed.clone()))?;
            writeln!(out)?;
        }
    } else {
        writeln!(out, "{}", health(&feeds))?;
    }
    let heard = feeds.iter().filter(|feed| feed.status.is_heard()).count();
    context.note(format!("{heard} of {} sources heard", feeds.len()));
    Ok(match heard {
        0 => Exit::Nothing,
        n if n < feeds.len() => Exit::Partial,
        _ => Exit::Done,
    })
}

fn health(feeds: &[FeedStatus]) -> Table {
    let mut table = table(["edition", "source", "status", "items", "newest", "age", "what to do"]);
    for feed in feeds {
        let newest =
            feed.newest.map_or_else(String::new, |t| t.format("%Y-%m-%d %H:%M").to_string());
        table.add_row([
            feed.edition.clone(),
            fetch::shown(&feed.url),
            feed.status.as_str().to_string(),
            feed.items.to_string(),
            newest,
            feed.newest.map_or_else(String::new, |t| age(feed.fetched_at - t)),
            feed.message.clone(),
        ]);
    }
    table
}

/// A span of time in its largest unit, rounded down.
fn age(span: TimeDelta) -> String {
    match (span.num_days(), span.num_hours(), span.num_minutes()) {
        (2.., _, _) => format!("{} d", span.num_days()),
        (_, 1.., _) => format!("{} h", span.num_hours()),
        (_, _, minutes) => format!("{} min", minutes.max(0)),
    }
}

/// A table of plain columns.
pub(super) fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    table
}
