//! `fimi show ID`: one thing of an earlier run.

use crate::cli::ShowArgs;
use crate::exit::Exit;
use crate::{load_run, show, terminal};

/// Runs the command.
pub(super) fn run(args: &ShowArgs) -> anyhow::Result<Exit> {
    let document = load_run::load(&args.run)?;
    show::show(&document, &args.id, args.json, &mut terminal::stdout())?;
    Ok(Exit::Done)
}
