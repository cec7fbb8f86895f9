//! `fimi browse`: a run, or the archive, as pages on this machine.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;

use super::Context;
use crate::archive::Archive;
use crate::browse::serve::Server;
use crate::browse::{Library, Sheet, Site};
use crate::cli::BrowseArgs;
use crate::corpus::{Corpus, RawCorpus};
use crate::exit::{Exit, UserError};
use crate::ids::stable_id;
use crate::model::Analysis;
use crate::report::{Document, ReportConfig, ReportIndex, Run, wording};
use crate::{load_run, terminal};

/// Grows when the words of a text are split or kept in another way.
const INDEX_VERSION: &str = "2";

/// Serves until it is stopped.
pub(super) fn run(context: &Context, args: &BrowseArgs) -> anyhow::Result<Exit> {
    let document = if args.archive {
        of_archive(context)?
    } else {
        with_texts(context, load_run::load(&args.run)?)
    };
    let document = load_run::only(document, &args.outlets)?;
    let sheet = args.sheet.as_deref().map(Sheet::open).transpose()?;
    let index = index_path(context, &document);
    let token = format!("{:032x}", rand::random::<u128>());
    let site = Arc::new(Site { library: Library::new(document), sheet, token });
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server")?;
    runtime.block_on(async {
        let server = Server::bind(args.port).await.map_err(|error| {
            let port = args.port;
            UserError::usage(format!(
                "port {port}: {error}; give another one with --port, 0 for any"
            ))
        })?;
        let mut out = terminal::stdout();
        writeln!(out, "http://{}/", server.address())?;
        out.flush()?;
        context.note("served to this machine alone; stop with Ctrl-C");
        let reading = Arc::clone(&site);
        // The pages are there at once; searches follow when the words have been read.
        std::thread::spawn(move || {
            if let Err(error) = reading.library.read_words(Some(&index), &mut |_| {}) {
                terminal::say(&format!("the words cannot be searched: {error:#}"));
            }
        });
        server.run(site).await?;
        Ok(Exit::Done)
    })
}

/// Where the words of a run are kept once they have been read.
pub(super) fn index_path(context: &Context, document: &Document) -> PathBuf {
    let n = document.articles.len().to_string();
    let texts = document.articles.iter().filter(|article| article.text.is_some()).count();
    // Two archives may have as many articles: the last of them tells them apart.
    let last = document.articles.last().map_or("", |article| article.text_sha256.as_ref());
    let key = [INDEX_VERSION, &document.run_id, &n, &texts.to_string(), last];
    context.folders.cache.join("search").join(format!("{}.db", stable_id(&key)))
}

/// The run with the texts that the archive still holds word for word, if it was analyzed without them.
pub(super) fn with_texts(context: &Context, mut document: Document<'static>) -> Document<'static> {
    let has_texts = document.articles.iter().any(|article| article.text.is_some());
    if has_texts || !context.folders.archive.exists() {
        return document;
    }
    let archived = Archive::open_read_only(&context.folders.archive)
        .and_then(|archive| archive.articles(None, None));
    let archived = match archived {
        Ok(archived) => archived,
        Err(error) => {
            context.note(format!("the archive cannot be read, so texts are missing: {error}"));
            return document;
        }
    };
    let mut texts: HashMap<String, (String, String)> =
        archived.into_iter().map(|a| (a.id, (a.text_sha256, a.text))).collect();
    for article in &mut document.articles {
        if let Some((hash, text)) = texts.remove(article.id.as_ref())
            && hash == article.text_sha256
        {
            article.text = Some(text.into());
        }
    }
    document
}

/// The archive as a run in which nothing was looked for.
fn of_archive(context: &Context) -> anyhow::Result<Document<'static>> {
    let archive = Archive::open_read_only(&context.folders.archive)?;
    let raw = RawCorpus {
        articles: archive.articles(None, None)?,
        feeds: archive.feeds()?,
        registry: context.registry.clone(),
        ..RawCorpus::default()
    };
    if raw.articles.is_empty() {
        return Err(UserError::nothing("the archive holds no article yet").into());
    }
    context.note(format!("{} of the archive", wording::count(raw.articles.len(), "article")));
    let corpus = Corpus::build(raw);
    let (analysis, run) = (Analysis::default(), Run::default());
    let config = ReportConfig { texts: true, ..ReportConfig::default() };
    let view = ReportIndex::new(&corpus, &analysis, &run, &config);
    let bytes = serde_json::to_vec(&Document::of(&view))?;
    Ok(Document::read(&bytes)?)
}
