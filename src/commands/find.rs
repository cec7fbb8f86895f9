//! `fimi find`: the articles of a run that hold some words.

use std::io::Write as _;

use super::Context;
use super::browse::{index_path, with_texts};
use crate::browse::{ArticleFilter, Library, Query, at};
use crate::cli::FindArgs;
use crate::exit::{Exit, UserError};
use crate::report::{ArticleRecord, guarded, wording};
use crate::terminal::{BOLD, DIM};
use crate::text::sanitize;
use crate::{load_run, terminal};

/// Runs the command.
pub(super) fn run(context: &Context, args: &FindArgs) -> anyhow::Result<Exit> {
    let document = with_texts(context, load_run::load(&args.run)?);
    let outlet = match &args.outlet {
        Some(outlet) => load_run::outlet_id(&document, outlet)?.to_owned(),
        None => String::new(),
    };
    let filter = ArticleFilter {
        query: Query::parse(&args.words.join(" ")),
        outlet,
        language: args.language.clone().unwrap_or_default(),
        since: args.since,
        until: args.until,
        min_words: 0,
        passage: args.passage,
    };
    if filter.query.is_empty() {
        return Err(UserError::usage("give at least one word to look for").into());
    }
    let index = index_path(context, &document);
    let library = Library::new(document);
    if !library.overview.has_texts {
        context.note("this run keeps no texts (analyze with --texts): headlines and shared passages are searched");
    }
    library.read_words(Some(&index), &mut |_| {})?;
    let found = library.articles(&filter)?;
    let articles: Vec<&ArticleRecord> =
        found.iter().map(|&i| &library.document.articles[i]).collect();
    let mut out = terminal::stdout();
    if args.json {
        for article in &articles {
            serde_json::to_writer(&mut out, article)?;
            writeln!(out)?;
        }
        return Ok(Exit::Done);
    }
    if args.csv {
        let mut csv = csv::Writer::from_writer(&mut out);
        csv.write_record(["published", "outlet", "headline", "language", "article", "url"])?;
        for article in &articles {
            csv.write_record([
                time(article).as_str(),
                &article.outlet,
                &guarded(&article.title),
                &article.language,
                &article.id,
                &article.url,
            ])?;
        }
        csv.flush()?;
        return Ok(Exit::Done);
    }
    for article in articles.iter().take(args.limit) {
        writeln!(
            out,
            "{}  {BOLD}{}{BOLD:#}  {}  {DIM}{}{DIM:#}",
            time(article),
            sanitize::terminal(library.lookup.name(&article.outlet)),
            sanitize::terminal(&article.title),
            sanitize::terminal(&article.id),
        )?;
    }
    let n = wording::count(articles.len(), "article");
    let more = articles.len().saturating_sub(args.limit);
    let more = if more > 0 { format!(", {more} not listed (--limit)") } else { String::new() };
    context.note(format!("{n}{more}"));
    Ok(Exit::Done)
}

fn time(article: &ArticleRecord) -> String {
    let precision = article.published.as_deref().map(|p| p.precision);
    at(article).map_or_else(|| "time unknown".into(), |at| wording::time(at, precision))
}
