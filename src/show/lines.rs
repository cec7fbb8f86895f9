//! Articles and edges on one line each, and the heading of a page.

use std::io::Write;

use anyhow::Result;

use crate::load_run::Lookup;
use crate::model::Precision;
use crate::report::{ArticleRecord, EdgeRecord, wording};
use crate::terminal::{BOLD, DIM};
use crate::text::sanitize;

/// Lines of a list before it is cut.
pub(super) const MAX_LINES: usize = 40;

pub(super) fn time(article: &ArticleRecord) -> String {
    let published = article.published.as_deref();
    let precision = published.map(|p| p.precision);
    match published.map(|p| p.utc).or(article.first_seen) {
        None => "time unknown".into(),
        Some(at) => {
            let zone = if precision == Some(Precision::Day) { " (day only)" } else { " UTC" };
            format!("{}{zone}", wording::time(at, precision))
        }
    }
}

/// `Outlet, time: headline`.
pub(super) fn line(lookup: &Lookup, article: &ArticleRecord) -> String {
    format!(
        "{}, {}: {}",
        sanitize::terminal(lookup.name(&article.outlet)),
        time(article),
        sanitize::terminal(&article.title)
    )
}

pub(super) fn lag(edge: &EdgeRecord) -> String {
    match (edge.lag_minutes, edge.clock_error_minutes) {
        (Some(lag), Some(error)) => {
            format!("{} ± {}", wording::duration(lag), wording::duration(error))
        }
        (Some(_), None) => "lag not known".into(),
        (None, _) => "no lag".into(),
    }
}

pub(super) fn heading(out: &mut dyn Write, kind: &str, title: &str, id: &str) -> Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", sanitize::terminal(title))?;
    writeln!(out, "{DIM}{kind} {}{DIM:#}", sanitize::terminal(id))?;
    Ok(())
}

pub(super) fn edge_line(lookup: &Lookup, edge: &EdgeRecord) -> String {
    let from = edge.outlet_from.as_deref().map_or("a statement both quote", |o| lookup.name(o));
    format!(
        "{} {} → {}, {}",
        edge.grade.as_str(),
        sanitize::terminal(from),
        sanitize::terminal(lookup.name(&edge.outlet_to)),
        lag(edge)
    )
}

pub(super) fn list_edges(
    lookup: &Lookup,
    edges: &[&EdgeRecord],
    out: &mut dyn Write,
) -> Result<()> {
    writeln!(out, "\n{BOLD}Edges{BOLD:#}: {}", edges.len())?;
    for edge in edges.iter().take(MAX_LINES) {
        writeln!(
            out,
            "  {}  {DIM}{}{DIM:#}",
            edge_line(lookup, edge),
            sanitize::terminal(&edge.id)
        )?;
    }
    if edges.len() > MAX_LINES {
        writeln!(out, "  ... {} more", edges.len() - MAX_LINES)?;
    }
    Ok(())
}
