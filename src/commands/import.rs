//! `fimi import`: records, saved pages and WARC files into the archive.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Context, input, warc};
use crate::archive::Archive;
use crate::cli::ImportArgs;
use crate::exit::{Exit, Refusal};
use crate::extract;
use crate::model::{RawItem, RawPage, Registry, Skipped};

/// Runs the command.
pub(super) fn run(context: &Context, args: &ImportArgs) -> anyhow::Result<Exit> {
    let (pages, records): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.files.iter().partition(|file| is_page(file) || is_warc(file));
    let records = input::read(&records, args.strict)?;
    let (mut articles, mut skipped) = (records.articles, records.skipped);
    let mut items = Vec::new();
    for file in pages {
        read_pages(file, args, context, &mut items, &mut skipped)
            .with_context(|| format!("cannot read {}", file.display()))?;
    }
    let config = extract::ExtractConfig { now: Some(context.now) };
    let (normalized, unusable) = extract::articles(&items, &context.registry, &config);
    articles.extend(normalized);
    skipped.extend(unusable);
    for article in &mut articles {
        article.first_seen.get_or_insert(context.now);
    }
    let say = |skipped: &Skipped| {
        context.note(format!("skipped {}: {}", skipped.what, skipped.reason));
    };
    skipped.iter().for_each(say);
    if !records.roles.is_empty() {
        let outlets: Vec<&str> = records.roles.keys().map(String::as_str).collect();
        context.note(format!(
            "the archive keeps no roles: give those of {} in a registry file (--registry)",
            outlets.join(", ")
        ));
    }
    if args.strict && !skipped.is_empty() {
        return Err(Refusal::usage("stopped at the first unusable record (--strict)").into());
    }
    if articles.is_empty() {
        return Err(Refusal::nothing("no usable article in these files").into());
    }
    let origin: Vec<String> = args.files.iter().map(|f| f.display().to_string()).collect();
    let mut archive = Archive::open(&context.folders.archive)?;
    let imported = archive.import(&articles, &origin.join(" "), context.now)?;
    imported.skipped.iter().for_each(say);
    skipped.extend(imported.skipped);
    context.note(format!(
        "{} new articles, {} new versions, {} unchanged, {} skipped",
        imported.new,
        imported.versions,
        imported.unchanged,
        skipped.len()
    ));
    Ok(if skipped.is_empty() { Exit::Done } else { Exit::Partial })
}

fn ending(file: &Path) -> String {
    let name = file.to_string_lossy().to_ascii_lowercase();
    name.strip_suffix(".gz").unwrap_or(&name).rsplit('.').next().unwrap_or_default().to_string()
}

fn is_page(file: &Path) -> bool {
    matches!(ending(file).as_str(), "html" | "htm" | "xhtml" | "shtml")
}

fn is_warc(file: &Path) -> bool {
    ending(file) == "warc"
}

fn read_pages(
    file: &Path,
    args: &ImportArgs,
    context: &Context,
    items: &mut Vec<RawItem>,
    skipped: &mut Vec<Skipped>,
) -> anyhow::Result<()> {
    let open = || File::open(file).map_err(|e| Refusal::usage(e.to_string()));
    let mut add = |url: String, seen, page: RawPage| match outlet_of(&url, args, &context.registry)
    {
        Some((outlet, edition)) => items.push(RawItem {
            outlet,
            edition,
            url,
            first_seen: Some(seen),
            page: Some(page),
            version: 1,
            ..RawItem::default()
        }),
        None => skipped.push(Skipped {
            what: if url.is_empty() { file.display().to_string() } else { url },
            reason: "no outlet of the registry has this address; give --outlet ID".into(),
        }),
    };
    if is_warc(file) {
        return warc::read(open()?, &mut |capture| {
            let page = RawPage {
                url: capture.url.clone(),
                content_type: capture.content_type,
                body: capture.body,
            };
            add(capture.url, capture.at, page);
            Ok(())
        });
    }
    let mut body = Vec::new();
    let mut source: Box<dyn std::io::Read> = Box::new(open()?);
    if file.extension().is_some_and(|e| e == "gz") {
        source = Box::new(flate2::read::MultiGzDecoder::new(source));
    }
    std::io::Read::read_to_end(&mut source, &mut body)?;
    let url = args.url.clone().or_else(|| canonical_in(&body)).unwrap_or_default();
    add(url.clone(), context.now, RawPage { url, content_type: None, body });
    Ok(())
}

/// The address that a saved page gives itself.
fn canonical_in(body: &[u8]) -> Option<String> {
    let html = scraper::Html::parse_document(&String::from_utf8_lossy(body));
    let selector =
        scraper::Selector::parse(r#"link[rel="canonical"], meta[property="og:url"]"#).ok()?;
    html.select(&selector)
        .filter_map(|e| e.attr("href").or_else(|| e.attr("content")))
        .find(|url| url.starts_with("http"))
        .map(str::to_string)
}

/// Outlet and edition: as given, else by the address.
fn outlet_of(url: &str, args: &ImportArgs, registry: &Registry) -> Option<(String, String)> {
    let address = url::Url::parse(url).ok();
    let known = address
        .as_ref()
        .and_then(|address| registry.by_address(address.host_str()?, address.path()));
    let edition = known.and_then(|(_, edition)| edition).map(|e| e.id.clone()).unwrap_or_default();
    match (&args.outlet, known) {
        (Some(id), _) => Some((id.clone(), edition)),
        (None, Some((outlet, _))) => Some((outlet.id.clone(), edition)),
        (None, None) => None,
    }
}
