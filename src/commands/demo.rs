//! `fimi demo`: the main job, end to end over HTTP, against recorded sites on loopback.
//!
//! The sites are polled twice, at the two moments at which they were "recorded", so that later
//! articles, edits and unchanged sources are seen as in daily use. Everything else is the code of
//! `fimi scan`.

use std::time::Duration;

use anyhow::Context as _;

use super::{Context, fetch, scan};
use crate::archive::Archive;
use crate::cli::{DemoArgs, PollArgs, ScanArgs};
use crate::demo::{self, Poll};
use crate::exit::Exit;
use crate::fetch::FetchConfig;

/// Pause between two requests to one site of the demo: there is nobody to be polite to.
const HOST_DELAY: Duration = Duration::from_millis(2);
/// First pause before a request is tried again.
const RETRY_DELAY: Duration = Duration::from_millis(20);
/// File name of the demo's archive, kept apart from the real one.
const ARCHIVE: &str = "demo.db";

/// Runs the command. Sources that fail on purpose do not make it partial: it ends with 0.
pub(super) fn run(mut context: Context, args: &DemoArgs) -> anyhow::Result<Exit> {
    context.registry = demo::registry()?;
    context.watched = demo::codebook()?;
    context.failures_expected = true;
    let scan_args =
        ScanArgs { poll: PollArgs::default(), dry_run: false, analysis: args.analysis.clone() };
    let server = demo::serve(Poll::First).context("cannot serve the recorded sites")?;
    let config = FetchConfig {
        host_delay: HOST_DELAY,
        retry_delay: RETRY_DELAY,
        use_proxy: false,
        connect_to: Some(server.addr()),
        ..FetchConfig::default()
    };
    let temporary = tempfile::tempdir()?;
    let mut archive = Archive::open(&archive_path(&context, args, temporary.path())?)?;

    context.now = Poll::First.at();
    context.note(format!("first poll, as of {}", context.now));
    let quiet = std::mem::replace(&mut context.quiet, true);
    fetch::poll(&context, &scan_args.poll, &config, &mut archive)?;
    context.quiet = quiet;

    server.set_poll(Poll::Second);
    context.now = Poll::Second.at();
    context.note(format!("second poll, as of {}; some sources fail on purpose", context.now));
    match scan::once(&mut context, &scan_args, &config, &mut archive)? {
        Exit::Partial => Ok(Exit::Done),
        other => Ok(other),
    }
}

/// A fresh archive: in the folder that `--home` names, where it can be looked at, or a passing one.
fn archive_path(
    context: &Context,
    args: &DemoArgs,
    temporary: &std::path::Path,
) -> anyhow::Result<std::path::PathBuf> {
    if !args.keep {
        return Ok(temporary.join(ARCHIVE));
    }
    let path = context.folders.archive.with_file_name(ARCHIVE);
    for suffix in ["", "-wal", "-shm"] {
        let mut old = path.clone().into_os_string();
        old.push(suffix);
        match std::fs::remove_file(&old) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).context("cannot replace the demo's archive");
            }
            _ => {}
        }
    }
    Ok(path)
}
