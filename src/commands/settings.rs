//! `fimi config show`: every setting as a run would take it, and where it comes from.

use std::io::Write as _;

use clap::{CommandFactory, FromArgMatches};

use super::Context;
use super::scan::DEFAULT_SINCE;
use crate::cli::{Cli, Command, ConfigCommand, flags};
use crate::config::SettingOrigin;
use crate::exit::Exit;
use crate::terminal;
use crate::text::sanitize;

/// Runs the command.
pub(super) fn run(context: Context, command: &ConfigCommand) -> anyhow::Result<Exit> {
    let ConfigCommand::Show { origin, json } = command;
    // Resolving is what a run does first; nothing is read or asked. The environment counts as for a scan without flags.
    let matches = Cli::command().get_matches_from(["fimi", "scan"]);
    let mut context = context.given(&flags(&matches));
    if let Command::Scan(args) = Cli::from_arg_matches(&matches)?.command {
        context.analysis(&args.analysis, Some(DEFAULT_SINCE))?;
        context.polling(&args.poll)?;
    }
    let mut out = terminal::stdout();
    if *json {
        serde_json::to_writer_pretty(&mut out, &context.resolver.settings)?;
        writeln!(out)?;
        return Ok(Exit::Done);
    }
    let file = context.folders.config.display();
    for (name, setting) in &context.resolver.settings {
        let value = sanitize::terminal(&setting.value);
        let value = if value.is_empty() { "(not set)" } else { &value };
        let from = match setting.origin {
            _ if !origin => String::new(),
            SettingOrigin::Flag => "  # from the command line".to_owned(),
            SettingOrigin::Environment => {
                format!("  # from the environment: FIMI_{}", name.to_uppercase())
            }
            SettingOrigin::File => format!("  # from {file}"),
            SettingOrigin::Default => "  # built in".to_owned(),
        };
        writeln!(out, "{name} = {value}{from}")?;
    }
    if *origin {
        let exists = |path: &std::path::Path| if path.exists() { "" } else { " (not there)" };
        let folders = &context.folders;
        for (name, path) in [
            ("configuration", &folders.config),
            ("archive", &folders.archive),
            ("cache", &folders.cache),
        ] {
            writeln!(out, "# {name}: {}{}", path.display(), exists(path))?;
        }
    }
    Ok(Exit::Done)
}
