//! The comparison of two outlets for people.

use std::io::Write;

use anyhow::Result;

use super::matched::{Matched, Month};
use super::{Comparison, Leader, Shared};
use crate::model::{OutletPair, Verdict};
use crate::report::wording;
use crate::terminal::{BOLD, DIM};
use crate::text::sanitize;

/// Lines of each list in the text form; JSON and CSV have all.
const MAX_LINES: usize = 15;

/// Characters of a label in the text form.
const LABEL_LENGTH: usize = 100;

/// Passages in the text form.
const MAX_PASSAGES: usize = 8;

/// Characters of a passage in the text form.
const PASSAGE_LENGTH: usize = 240;

pub(super) fn write(c: &Comparison, out: &mut dyn Write) -> Result<()> {
    let (a, b) = (sanitize::terminal(c.name_a), sanitize::terminal(c.name_b));
    writeln!(
        out,
        "{BOLD}{a}{BOLD:#} ({}) and {BOLD}{b}{BOLD:#} ({})",
        wording::count(c.articles_a, "article"),
        wording::count(c.articles_b, "article")
    )?;
    match c.pair {
        Some(pair) => {
            figures(c, pair, out)?;
            writeln!(out, "\n{BOLD}What else could explain it{BOLD:#}")?;
            for line in &c.alternatives {
                writeln!(out, "  {}", sanitize::terminal(line))?;
            }
        }
        None => writeln!(out, "No figures for this pair: one of the two has no article.")?,
    }
    writeln!(out, "\n{BOLD}Passages in both{BOLD:#}: {}, own text first", c.passages.len())?;
    for passage in c.passages.iter().take(MAX_PASSAGES) {
        writeln!(
            out,
            "  {DIM}{}{DIM:#}  {}, {}\n    {}",
            sanitize::terminal(passage.matched),
            passage.kind.as_str(),
            wording::count(passage.words, "equal word"),
            sanitize::terminal(&sanitize::shorten(passage.text, PASSAGE_LENGTH))
        )?;
    }
    writeln!(out, "\n{BOLD}Matches{BOLD:#}: {}, the most own text first", c.matches.len())?;
    for found in c.matches.iter().take(MAX_LINES) {
        matched(found, &a, &b, out)?;
    }
    cut(c.matches.len(), out)?;
    by_month(&c.months, &a, &b, out)?;
    writeln!(
        out,
        "\n{BOLD}Narratives both carry{BOLD:#}: {} (first: by claimed publication time)",
        c.shared.len()
    )?;
    for shared in c.shared.iter().take(MAX_LINES) {
        headed(shared.narrative, shared.label, out)?;
        writeln!(out, "    {}", lead(shared, &a, &b))?;
    }
    cut(c.shared.len(), out)?;
    for (name, other, alone) in [(&a, &b, &c.only_a), (&b, &a, &c.only_b)] {
        let n = alone.len();
        writeln!(out, "\n{BOLD}Narratives of {name}, no article of {other}{BOLD:#}: {n}")?;
        for narrative in alone.iter().take(MAX_LINES) {
            headed(narrative.narrative, narrative.label, out)?;
            writeln!(
                out,
                "    {}, first {} UTC",
                wording::count(narrative.articles, "article"),
                wording::time(narrative.first, None)
            )?;
        }
        cut(alone.len(), out)?;
    }
    Ok(())
}

/// A match with both dates and headlines, the earlier article first.
fn matched(found: &Matched, a: &str, b: &str, out: &mut dyn Write) -> Result<()> {
    let grade = found.grade.map_or_else(String::new, |grade| format!("{}, ", grade.as_str()));
    writeln!(
        out,
        "  {DIM}{}{DIM:#}  {grade}{}, {} of own text",
        sanitize::terminal(found.id),
        found.relation.as_str(),
        wording::count(found.own_words, "word")
    )?;
    let mut sides =
        [(found.published_a, found.headline_a, a), (found.published_b, found.headline_b, b)];
    sides.sort_by_key(|(time, ..)| *time);
    for (time, headline, name) in sides {
        let headline = sanitize::terminal(&sanitize::shorten(headline, LABEL_LENGTH));
        writeln!(out, "    {}  {headline}  {DIM}{name}{DIM:#}", wording::time(time, None))?;
    }
    Ok(())
}

/// A row for each month.
fn by_month(months: &[Month], a: &str, b: &str, out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "\n{BOLD}By month{BOLD:#} (UTC; a match counts in the month of its later article)"
    )?;
    writeln!(out, "  month    articles a / b   matches  own text   a→b   b→a   (a {a}, b {b})")?;
    for m in months {
        writeln!(
            out,
            "  {}  {:>9} / {:<5} {:>7} {:>9} {:>5} {:>5}",
            m.name,
            wording::thousands(m.articles_a),
            wording::thousands(m.articles_b),
            wording::thousands(m.matches),
            wording::thousands(m.own_matches),
            m.edges_ab,
            m.edges_ba
        )?;
    }
    Ok(())
}

/// An id and the label that goes with it.
fn headed(id: &str, label: &str, out: &mut dyn Write) -> Result<()> {
    let label = sanitize::shorten(label, LABEL_LENGTH);
    Ok(writeln!(out, "  {DIM}{}{DIM:#}  {}", sanitize::terminal(id), sanitize::terminal(&label))?)
}

fn cut(total: usize, out: &mut dyn Write) -> Result<()> {
    if total > MAX_LINES {
        writeln!(out, "  ... {} more (all with --json or --csv)", total - MAX_LINES)?;
    }
    Ok(())
}

/// The pair's figures as in `outlet_pairs.csv`, turned the way the question was asked.
fn figures(c: &Comparison, pair: &OutletPair, out: &mut dyn Write) -> Result<()> {
    let straight = pair.outlet_a == c.outlet_a;
    let turn = |x, y| if straight { (x, y) } else { (y, x) };
    let share = |share: Option<f64>, interval: Option<(f64, f64)>| match interval {
        Some(ends) => format!("{} ({})", wording::share(share), wording::percent_range(ends)),
        None => wording::share(share),
    };
    let (share_a, share_b) = turn(
        share(pair.share_a, pair.share_a_interval),
        share(pair.share_b, pair.share_b_interval),
    );
    let total = |edges: &std::collections::BTreeMap<_, usize>| edges.values().sum::<usize>();
    let (ab, ba) = if straight {
        (total(&pair.edges_ab), total(&pair.edges_ba))
    } else {
        (total(&pair.edges_ba), total(&pair.edges_ab))
    };
    let (lag_ab, lag_ba) =
        if straight { (pair.lag_ab, pair.lag_ba) } else { (pair.lag_ba, pair.lag_ab) };
    writeln!(
        out,
        "share with a match in the other: {} and {}; explained by a common source: {}",
        share_a, share_b, pair.common_source
    )?;
    for (from, to, edges, lag) in
        [(c.name_a, c.name_b, ab, lag_ab), (c.name_b, c.name_a, ba, lag_ba)]
    {
        let lag = lag.map_or_else(String::new, |q| {
            format!(", median lag {} (n {})", wording::duration(q.median), q.n)
        });
        let (from, to) = (sanitize::terminal(from), sanitize::terminal(to));
        writeln!(out, "{from} → {to}: {}{lag}", wording::count(edges, "directed edge"))?;
    }
    write!(out, "against chance: {}", wording::verdict(pair.verdict))?;
    if let (Some(expected), Some(odds), Some(q)) = (pair.expected, wording::odds(pair), pair.q)
        && matches!(pair.verdict, Verdict::MoreThanChance | Verdict::NotDistinguishable)
    {
        write!(
            out,
            " ({} shared, {expected:.1} expected, odds {odds}, q {})",
            wording::count(pair.shared, "narrative"),
            wording::probability(q)
        )?;
    }
    Ok(writeln!(out)?)
}

fn lead(shared: &Shared, a: &str, b: &str) -> String {
    let error = shared
        .clock_error_minutes
        .map_or_else(String::new, |error| format!(" ± {}", wording::duration(error)));
    let lag = wording::duration(shared.lag_minutes.abs());
    let first = match shared.leader {
        Leader::A => format!("{a} first, by {lag}{error}"),
        Leader::B => format!("{b} first, by {lag}{error}"),
        Leader::Unresolved => "order unresolved".into(),
    };
    let edges = |n: usize, from: &str, to: &str| {
        (n, format!("{} {from} → {to}", wording::count(n, "edge")))
    };
    let (own, common) = (shared.own_words, shared.common_source);
    let parts = [
        edges(shared.edges_ab, a, b),
        edges(shared.edges_ba, b, a),
        (own, format!("{} of own text", wording::count(own, "word"))),
        (common, format!("{} of a common source", wording::count_of(common, "match", "matches"))),
    ];
    let articles = wording::count(shared.articles_b, "article");
    let mut line = vec![first, format!("{} / {articles}", wording::thousands(shared.articles_a))];
    line.extend(parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| part));
    line.join("; ")
}
