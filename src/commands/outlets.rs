//! `fimi outlets`: the registry, and the health of its sources.

use std::io::Write;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use comfy_table::Table;
use comfy_table::presets;

use super::Context;
use super::selection::outlet_ids;
use crate::cli::{CheckFormat, OutletsArgs, PollArgs};
use crate::exit::{Exit, UserError};
use crate::model::{FeedStatus, Outlet};
use crate::report::guarded;
use crate::{fetch, outlets};

/// Runs the command.
pub(super) fn run(mut context: Context, args: &OutletsArgs) -> anyhow::Result<Exit> {
    let ids = outlet_ids(&context.registry, &args.ids)?;
    for problem in outlets::problems(&context.registry) {
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
    let json = args.json.then_some(CheckFormat::Json);
    match args.format.or(json) {
        Some(CheckFormat::Json) => {
            for feed in &feeds {
                serde_json::to_writer(&mut out, &fetch::shareable(feed.clone()))?;
                writeln!(out)?;
            }
        }
        Some(CheckFormat::Csv) => csv(&feeds, &mut out)?,
        None => writeln!(out, "{}", health(&feeds))?,
    }
    if let Some(file) = &args.update {
        update(context, file, &feeds)?;
    }
    let heard = feeds.iter().filter(|feed| feed.status.is_heard()).count();
    context.note(format!("{heard} of {} sources heard", feeds.len()));
    Ok(match heard {
        0 => Exit::Nothing,
        n if n < feeds.len() => Exit::Partial,
        _ => Exit::Done,
    })
}

/// A row for each source, in the dialect of the other CSV files.
fn csv(feeds: &[FeedStatus], out: &mut impl Write) -> anyhow::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record([
        "outlet",
        "edition",
        "kind",
        "url",
        "status",
        "http",
        "fetched_at",
        "items",
        "newest",
        "message",
    ])?;
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    for feed in feeds {
        let feed = fetch::shareable(feed.clone());
        writer.write_record([
            feed.outlet.as_str(),
            feed.edition.as_str(),
            feed.kind.as_str(),
            &guarded(&feed.url),
            feed.status.as_str(),
            &feed.http.map_or_else(String::new, |code| code.to_string()),
            &time(feed.fetched_at),
            &feed.items.to_string(),
            &feed.newest.map_or_else(String::new, time),
            &guarded(&feed.message),
        ])?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes the registry in use, as far as it differs from the program's own, with what this check has found: the day on
/// which each source that was heard was seen, and that of its newest item.
fn update(context: &Context, file: &Path, feeds: &[FeedStatus]) -> anyhow::Result<()> {
    let same = |a: &Path, b: &Path| {
        a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
    };
    let in_use = context.registry_file.as_deref().map(Path::new);
    if file.exists() && !in_use.is_some_and(|in_use| same(in_use, file)) {
        let text = format!(
            "{} is there and is not the registry in use: name it with --registry as well, or write another file",
            file.display()
        );
        return Err(UserError::usage(text).into());
    }
    let mut registry = context.registry.clone();
    let today = context.now.date_naive().to_string();
    let mut found = 0;
    for feed in feeds {
        let outlet = registry.outlets.iter_mut().find(|outlet| outlet.id == feed.outlet);
        let sources = outlet.into_iter().flat_map(|outlet| &mut outlet.editions);
        let sources =
            sources.filter(|edition| edition.id == feed.edition).flat_map(|e| &mut e.sources);
        for source in sources.filter(|source| source.url == feed.url) {
            if feed.status.is_heard() {
                found += 1;
                source.seen = Some(today.clone());
                source.seen_by = Some(String::from("fimi outlets --check"));
            }
            if let Some(newest) = feed.newest {
                source.newest = Some(newest.date_naive().to_string());
            }
        }
    }
    let head =
        format!("# What `fimi outlets --check` found on {today}; read it with --registry.\n");
    let text = head + &outlets::difference(&registry, &outlets::embedded());
    super::output::write(file, |out| out.write_all(text.as_bytes()))?;
    context.note(format!("{}: {found} sources seen on {today}", file.display()));
    Ok(())
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
