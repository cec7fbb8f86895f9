//! `fimi import`: records, saved pages and WARC files into the archive.

use super::Context;
use crate::archive::Archive;
use crate::cli::ImportArgs;
use crate::exit::{Exit, UserError};
use crate::formats::{self, ReadOptions};
use crate::model::Skipped;

/// Runs the command.
pub(super) fn run(context: &Context, args: &ImportArgs) -> anyhow::Result<Exit> {
    let options = ReadOptions {
        strict: args.strict,
        outlet: args.outlet.as_deref(),
        url: args.url.as_deref(),
        now: Some(context.now),
        ..ReadOptions::new(&context.registry)
    };
    let mut records = formats::read_files(&args.files, &options)?;
    for article in &mut records.articles {
        article.first_seen.get_or_insert(context.now);
    }
    let say = |skipped: &Skipped| {
        context.note(format!("skipped {}: {}", skipped.what, skipped.reason));
    };
    context.tell_records(&records);
    if !records.roles.is_empty() {
        let outlets: Vec<&str> = records.roles.keys().map(String::as_str).collect();
        context.note(format!(
            "the archive keeps no roles: give those of {} in a registry file (--registry)",
            outlets.join(", ")
        ));
    }
    if records.articles.is_empty() {
        return Err(UserError::nothing("no usable article in these files").into());
    }
    let origin: Vec<String> = args.files.iter().map(|f| f.display().to_string()).collect();
    let mut archive = Archive::open(&context.folders.archive)?;
    let imported = archive.import(&records.articles, &origin.join(" "), context.now)?;
    imported.skipped.iter().for_each(say);
    if let Some(first) = imported.skipped.first().filter(|_| context.quiet) {
        let count = imported.skipped.len();
        Context::cause(format!("{count} articles left out; {}: {}", first.what, first.reason));
    }
    let unread: usize = records.files.iter().map(|file| file.skipped).sum();
    let skipped = unread + imported.skipped.len();
    context.note(format!(
        "{} new articles, {} new versions, {} unchanged, {skipped} skipped",
        imported.new, imported.versions, imported.unchanged,
    ));
    Ok(if skipped == 0 { Exit::Done } else { Exit::Partial })
}
