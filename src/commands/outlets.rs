//! `fimi outlets`: the registry, and the health of its sources.

use std::io::Write;

use comfy_table::Table;
use comfy_table::presets;

use super::Context;
use super::context::unknown_outlet;
use crate::cli::{OutletsArgs, PollArgs};
use crate::exit::{Exit, Refusal};
use crate::fetch;
use crate::model::{FeedStatus, Outlet};

/// Runs the command.
pub(super) fn run(mut context: Context, args: &OutletsArgs) -> anyhow::Result<Exit> {
    let known = context.registry.outlets.iter().map(|o| o.id.as_str()).collect();
    if let Some(id) = args.ids.iter().find(|id| context.registry.get(id).is_none()) {
        return Err(Refusal::usage(unknown_outlet(id, &known)).into());
    }
    for problem in crate::outlets::problems(&context.registry) {
        context.note(format!("warning: {problem}"));
    }
    if args.check {
        return check(&mut context, args);
    }
    let wanted = |outlet: &&Outlet| args.ids.is_empty() || args.ids.contains(&outlet.id);
    let outlets: Vec<&Outlet> = context.registry.outlets.iter().filter(wanted).collect();
    let mut out = super::stdout();
    if args.json {
        for outlet in outlets {
            serde_json::to_writer(&mut out, outlet)?;
            writeln!(out)?;
        }
        return Ok(Exit::Done);
    }
    let mut table = table(["id", "name", "role", "state", "editions", "sources", "domains"]);
    for outlet in outlets {
        let sources: usize = outlet.editions.iter().map(|e| e.sources.len()).sum();
        table.add_row([
            outlet.id.clone(),
            outlet.name.clone(),
            outlet.role.as_str().to_string(),
            outlet.state.clone().unwrap_or_default(),
            outlet.editions.len().to_string(),
            sources.to_string(),
            short(&outlet.domains),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(Exit::Done)
}

/// The first domain, and how many more there are: `--json` has them all.
fn short(domains: &[String]) -> String {
    match domains {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} +{}", rest.len()),
    }
}

fn check(context: &mut Context, args: &OutletsArgs) -> anyhow::Result<Exit> {
    let poll = PollArgs { host_delay: args.host_delay.clone(), ..PollArgs::default() };
    let config = context.polling(&poll)?;
    let ids = (!args.ids.is_empty()).then_some(args.ids.as_slice());
    let feeds = fetch::check(&context.registry, ids, &config, context.now, &())?;
    let mut out = super::stdout();
    if args.json {
        for feed in &feeds {
            serde_json::to_writer(&mut out, feed)?;
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
    let mut table = table(["edition", "source", "status", "items", "newest", "what to do"]);
    for feed in feeds {
        let newest =
            feed.newest.map_or_else(String::new, |t| t.format("%Y-%m-%d %H:%M").to_string());
        table.add_row([
            feed.edition.clone(),
            feed.url.clone(),
            feed.status.as_str().to_string(),
            feed.items.to_string(),
            newest,
            feed.message.clone(),
        ]);
    }
    table
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    table
}
