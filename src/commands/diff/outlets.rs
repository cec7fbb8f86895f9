//! Two outlets side by side: what both carry, who had it first, how long before, with which
//! passages, and what only one of them carries.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Format;
use crate::commands::saved::Lookup;
use crate::model::{OutletPair, PassageKind, Verdict};
use crate::report::{ArticleRecord, Document, MatchRecord, NarrativeRecord, clean, guarded, words};

/// Lines of each list in the text form; JSON and CSV have all.
const MAX_LINES: usize = 15;
/// Passages in the text form.
const MAX_PASSAGES: usize = 8;
/// Characters of a passage in the text form.
const PASSAGE_LENGTH: usize = 240;

/// Who had a narrative first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Leader {
    /// The first outlet, by more than both clock errors.
    A,
    /// The second outlet, by more than both clock errors.
    B,
    /// The times do not decide it.
    Unresolved,
}

impl Leader {
    fn as_str(self) -> &'static str {
        match self {
            Leader::A => "a",
            Leader::B => "b",
            Leader::Unresolved => "unresolved",
        }
    }
}

/// A narrative that both carry.
#[derive(Serialize)]
struct Shared<'d> {
    narrative: &'d str,
    label: &'d str,
    articles_a: usize,
    articles_b: usize,
    first_a: DateTime<Utc>,
    first_b: DateTime<Utc>,
    leader: Leader,
    /// First of b minus first of a.
    lag_minutes: f64,
    /// Sum of both clock errors; absent if one of the times gives no direction.
    clock_error_minutes: Option<f64>,
    edges_ab: usize,
    edges_ba: usize,
    common_source: usize,
    own_words: usize,
}

/// A narrative that one of the two carries.
#[derive(Serialize)]
struct Alone<'d> {
    narrative: &'d str,
    label: &'d str,
    articles: usize,
    first: DateTime<Utc>,
    outlets: usize,
}

/// A passage that both hold.
#[derive(Serialize)]
struct Reused<'d> {
    #[serde(rename = "match")]
    matched: &'d str,
    article_a: &'d str,
    article_b: &'d str,
    kind: PassageKind,
    words: usize,
    text: &'d str,
}

/// The whole comparison.
#[derive(Serialize)]
struct Comparison<'d> {
    outlet_a: &'d str,
    outlet_b: &'d str,
    name_a: &'d str,
    name_b: &'d str,
    articles_a: usize,
    articles_b: usize,
    /// As in `outlet_pairs.csv`, where `outlet_a` is the one that comes first by id.
    pair: Option<&'d OutletPair>,
    /// What else may explain the overlap; empty without a pair.
    alternatives: Vec<String>,
    shared: Vec<Shared<'d>>,
    only_a: Vec<Alone<'d>>,
    only_b: Vec<Alone<'d>>,
    passages: Vec<Reused<'d>>,
}

/// Writes the comparison of two outlets of a run.
pub(super) fn write(
    document: &Document,
    outlets: (&str, &str),
    format: Format,
    out: &mut dyn Write,
) -> Result<()> {
    let lookup = Lookup::new(document);
    let comparison = compare(document, &lookup, outlets);
    match format {
        Format::Text => text(&comparison, out),
        Format::Csv => csv(&comparison, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &comparison)?;
            Ok(writeln!(out)?)
        }
    }
}

fn at(article: &ArticleRecord) -> DateTime<Utc> {
    let published = article.published.as_ref().map(|p| p.utc);
    match (published, article.first_seen) {
        (Some(published), Some(seen)) => published.min(seen),
        (Some(at), None) | (None, Some(at)) => at,
        (None, None) => DateTime::UNIX_EPOCH,
    }
}

fn compare<'d>(
    document: &'d Document<'d>,
    lookup: &Lookup<'d>,
    (a, b): (&'d str, &'d str),
) -> Comparison<'d> {
    let (mut shared, mut only_a, mut only_b) = (Vec::new(), Vec::new(), Vec::new());
    for narrative in &document.narratives {
        let of = |outlet: &str| -> Vec<&'d ArticleRecord<'d>> {
            let articles = narrative.articles.iter().filter_map(|id| lookup.article(id));
            articles.filter(|article| article.outlet == outlet).collect()
        };
        match (of(a).as_slice(), of(b).as_slice()) {
            ([], []) => {}
            (articles, []) => only_a.push(alone(narrative, articles)),
            ([], articles) => only_b.push(alone(narrative, articles)),
            (in_a, in_b) => shared.push(both(document, lookup, narrative, (in_a, in_b))),
        }
    }
    shared.sort_by_key(|s| std::cmp::Reverse((s.edges_ab + s.edges_ba, s.own_words)));
    only_a.sort_by_key(|n| std::cmp::Reverse(n.articles));
    only_b.sort_by_key(|n| std::cmp::Reverse(n.articles));
    let count = |outlet: &str| document.articles.iter().filter(|x| x.outlet == outlet).count();
    let is_pair = |p: &&OutletPair| {
        (p.outlet_a == a && p.outlet_b == b) || (p.outlet_a == b && p.outlet_b == a)
    };
    let pair = document.outlet_pairs.iter().find(is_pair);
    let gaps = document.coverage_gaps.iter().filter(|gap| gap.outlet == a || gap.outlet == b);
    let gap_days = gaps.count();
    Comparison {
        outlet_a: a,
        outlet_b: b,
        name_a: lookup.name(a),
        name_b: lookup.name(b),
        articles_a: count(a),
        articles_b: count(b),
        pair,
        alternatives: pair.map_or_else(Vec::new, |pair| {
            words::pair_doubts(pair, gap_days, |id| lookup.operator(id))
        }),
        shared,
        only_a,
        only_b,
        passages: passages(document, lookup, (a, b)),
    }
}

fn alone<'d>(narrative: &'d NarrativeRecord, articles: &[&ArticleRecord]) -> Alone<'d> {
    Alone {
        narrative: &narrative.id,
        label: &narrative.label,
        articles: articles.len(),
        first: articles.iter().map(|x| at(x)).min().unwrap_or_default(),
        outlets: narrative.outlets.len(),
    }
}

/// The matches between two outlets, each with whether its article a is of the first one.
fn matches_between<'d>(
    document: &'d Document<'d>,
    lookup: &Lookup<'d>,
    (a, b): (&str, &str),
) -> Vec<(&'d MatchRecord<'d>, bool)> {
    let outlet = |id: &str| lookup.article(id).map_or("", |article| article.outlet.as_ref());
    let sides = document.matches.iter().map(|m| (m, outlet(&m.a), outlet(&m.b)));
    sides
        .filter(|(_, x, y)| (*x, *y) == (a, b) || (*x, *y) == (b, a))
        .map(|(m, x, _)| (m, x == a))
        .collect()
}

fn both<'d>(
    document: &'d Document<'d>,
    lookup: &Lookup<'d>,
    narrative: &'d NarrativeRecord<'d>,
    (in_a, in_b): (&[&'d ArticleRecord<'d>], &[&'d ArticleRecord<'d>]),
) -> Shared<'d> {
    let first = |articles: &[&'d ArticleRecord<'d>]| -> Option<&'d ArticleRecord<'d>> {
        articles.iter().copied().min_by_key(|article| at(article))
    };
    let (first_a, first_b) = (first(in_a), first(in_b));
    let time = |article: Option<&ArticleRecord>| article.map_or(DateTime::UNIX_EPOCH, at);
    let lag = (time(first_b) - time(first_a)).num_seconds() as f64 / 60.0;
    // Before the first timed article of an outlet may lie one whose time is uncertain.
    let error = |articles: &[&ArticleRecord]| {
        articles
            .iter()
            .map(|x| x.clock_error_minutes)
            .try_fold(0.0, |most: f64, e| Some(most.max(e?)))
    };
    let error = error(in_a).zip(error(in_b)).map(|(a, b)| a + b);
    let leader = match error {
        Some(error) if lag > error => Leader::A,
        Some(error) if -lag > error => Leader::B,
        _ => Leader::Unresolved,
    };
    let (a, b) = (
        first_a.map_or("", |article| article.outlet.as_ref()),
        first_b.map_or("", |article| article.outlet.as_ref()),
    );
    let ids: BTreeSet<&str> = narrative.articles.iter().map(AsRef::as_ref).collect();
    let edges = |from: &str, to: &str| {
        let edges = document.edges.iter().filter(|e| e.grade.is_directed());
        edges
            .filter(|e| e.outlet_from.as_deref() == Some(from) && e.outlet_to == to)
            .filter(|e| ids.contains(e.to.as_ref()))
            .count()
    };
    let matches = matches_between(document, lookup, (a, b));
    let inside = || {
        let within = |m: &MatchRecord| ids.contains(m.a.as_ref()) && ids.contains(m.b.as_ref());
        matches.iter().map(|(m, _)| *m).filter(move |m| within(m))
    };
    Shared {
        narrative: &narrative.id,
        label: &narrative.label,
        articles_a: in_a.len(),
        articles_b: in_b.len(),
        first_a: time(first_a),
        first_b: time(first_b),
        leader,
        lag_minutes: lag,
        clock_error_minutes: error,
        edges_ab: edges(a, b),
        edges_ba: edges(b, a),
        common_source: inside().filter(|m| m.common_source).count(),
        own_words: inside()
            .flat_map(|m| &m.passages)
            .filter(|p| p.kind == PassageKind::Own)
            .map(|p| p.words)
            .sum(),
    }
}

/// All passages between the two, `own` ones first, then the longest.
fn passages<'d>(
    document: &'d Document<'d>,
    lookup: &Lookup<'d>,
    outlets: (&str, &str),
) -> Vec<Reused<'d>> {
    let mut passages: Vec<Reused> = Vec::new();
    for (matched, straight) in matches_between(document, lookup, outlets) {
        let (a, b) = (matched.a.as_ref(), matched.b.as_ref());
        let (article_a, article_b) = if straight { (a, b) } else { (b, a) };
        passages.extend(matched.passages.iter().map(|passage| Reused {
            matched: &matched.id,
            article_a,
            article_b,
            kind: passage.kind,
            words: passage.words,
            text: &passage.text,
        }));
    }
    passages.sort_by_key(|p| (p.kind, std::cmp::Reverse(p.words)));
    passages
}

fn text(c: &Comparison, out: &mut dyn Write) -> Result<()> {
    let (a, b) = (clean::terminal(c.name_a), clean::terminal(c.name_b));
    writeln!(
        out,
        "{a} ({}) and {b} ({})",
        words::count(c.articles_a, "article"),
        words::count(c.articles_b, "article")
    )?;
    match c.pair {
        Some(pair) => {
            figures(c, pair, out)?;
            writeln!(out, "\nWhat else could explain it")?;
            for line in &c.alternatives {
                writeln!(out, "  {}", clean::terminal(line))?;
            }
        }
        None => writeln!(out, "No figures for this pair: one of the two has no article.")?,
    }
    writeln!(
        out,
        "\nNarratives both carry: {} (first: by claimed publication time)",
        c.shared.len()
    )?;
    for shared in c.shared.iter().take(MAX_LINES) {
        writeln!(out, "  {}", clean::terminal(&clean::shorten(shared.label, 100)))?;
        writeln!(out, "    {}  {}", lead(shared, &a, &b), shared.narrative)?;
    }
    cut(c.shared.len(), out)?;
    for (name, other, alone) in [(&a, &b, &c.only_a), (&b, &a, &c.only_b)] {
        writeln!(out, "\nNarratives of {name} in which {other} has no article: {}", alone.len())?;
        for narrative in alone.iter().take(MAX_LINES) {
            writeln!(
                out,
                "  {} ({}, first {} UTC)  {}",
                clean::terminal(&clean::shorten(narrative.label, 90)),
                words::count(narrative.articles, "article"),
                words::time(narrative.first, None),
                narrative.narrative
            )?;
        }
        cut(alone.len(), out)?;
    }
    writeln!(out, "\nPassages in both: {}", c.passages.len())?;
    for passage in c.passages.iter().take(MAX_PASSAGES) {
        writeln!(
            out,
            "  [{}, {}] {}  {}",
            passage.kind.as_str(),
            words::count(passage.words, "word"),
            clean::terminal(&clean::shorten(passage.text, PASSAGE_LENGTH)),
            passage.matched
        )?;
    }
    Ok(())
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
    let share = |share, interval: Option<(f64, f64)>| match interval {
        Some(ends) => format!("{} ({})", words::percent(share), words::percent_range(ends)),
        None => words::percent(share),
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
            format!(", median lag {} (n {})", words::duration(q.median), q.n)
        });
        let (from, to) = (clean::terminal(from), clean::terminal(to));
        writeln!(out, "{from} → {to}: {}{lag}", words::count(edges, "directed edge"))?;
    }
    write!(out, "against chance: {}", words::verdict(pair.verdict))?;
    if let (Some(expected), Some(effect), Some(q)) = (pair.expected, pair.effect, pair.q)
        && matches!(pair.verdict, Verdict::MoreThanChance | Verdict::NotDistinguishable)
    {
        write!(
            out,
            " ({} shared, {expected:.1} expected, ×{effect:.1}, q {})",
            words::count(pair.shared, "narrative"),
            words::probability(q)
        )?;
    }
    Ok(writeln!(out)?)
}

fn lead(shared: &Shared, a: &str, b: &str) -> String {
    let error = shared
        .clock_error_minutes
        .map_or_else(String::new, |error| format!(" ± {}", words::duration(error)));
    let lag = words::duration(shared.lag_minutes.abs());
    let first = match shared.leader {
        Leader::A => format!("{a} first, by {lag}{error}"),
        Leader::B => format!("{b} first, by {lag}{error}"),
        Leader::Unresolved => "order unresolved".into(),
    };
    format!(
        "{first}; articles {}/{}, edges {}→ {}←, {} own words, {} from a common source",
        shared.articles_a,
        shared.articles_b,
        shared.edges_ab,
        shared.edges_ba,
        shared.own_words,
        shared.common_source
    )
}

/// Columns of the CSV form; documented in `docs/output.md`.
const COLUMNS: [&str; 14] = [
    "carried_by",
    "narrative",
    "label",
    "articles_a",
    "articles_b",
    "first_a",
    "first_b",
    "leader",
    "lag_minutes",
    "clock_error_minutes",
    "edges_ab",
    "edges_ba",
    "common_source",
    "own_words",
];

fn csv(c: &Comparison, out: &mut dyn Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let time = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    writer.write_record(COLUMNS)?;
    for s in &c.shared {
        writer.write_record([
            "both",
            s.narrative,
            &guarded(s.label),
            &s.articles_a.to_string(),
            &s.articles_b.to_string(),
            &time(s.first_a),
            &time(s.first_b),
            s.leader.as_str(),
            &format!("{:.1}", s.lag_minutes),
            &s.clock_error_minutes.map_or_else(String::new, |e| format!("{e:.1}")),
            &s.edges_ab.to_string(),
            &s.edges_ba.to_string(),
            &s.common_source.to_string(),
            &s.own_words.to_string(),
        ])?;
    }
    for (side, alone) in [("a", &c.only_a), ("b", &c.only_b)] {
        for n in alone {
            let articles = n.articles.to_string();
            let first = time(n.first);
            let (here, there) = ((articles.as_str(), first.as_str()), ("0", ""));
            let (of_a, of_b) = if side == "a" { (here, there) } else { (there, here) };
            let label = guarded(n.label);
            let mut row = vec![side, n.narrative, &label, of_a.0, of_b.0, of_a.1, of_b.1];
            row.resize(COLUMNS.len(), "");
            writer.write_record(row)?;
        }
    }
    Ok(writer.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, View, sample};

    fn render(outlets: (&str, &str), format: Format) -> String {
        let (analysis, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = View::new(&analysis, &run, &config);
        let mut out = Vec::new();
        write(&Document::of(&view), outlets, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn both_ways_of_asking_agree() {
        let text = render(("north-star", "meridian"), Format::Text);
        assert!(text.contains("North Star first, by 1 h 15 min ± 1 min"), "{text}");
        assert!(text.contains("North Star → Meridian Radio: 7 directed edges"), "{text}");
        let turned = render(("meridian", "north-star"), Format::Text);
        assert!(turned.contains("North Star first, by 1 h 15 min ± 1 min"), "{turned}");
        assert!(turned.contains("North Star → Meridian Radio: 7 directed edges"), "{turned}");
    }

    #[test]
    fn a_day_does_not_lead() {
        let text = render(("harbour-post", "jade-tv"), Format::Text);
        assert!(text.contains("order unresolved"), "{text}");
    }

    #[test]
    fn json_and_csv_hold_every_narrative_once() {
        let json: serde_json::Value =
            serde_json::from_str(&render(("north-star", "lantern"), Format::Json)).unwrap();
        let n = |name: &str| json[name].as_array().unwrap().len();
        assert_eq!((n("shared"), n("only_a"), n("only_b")), (2, 1, 0));
        let table = render(("north-star", "lantern"), Format::Csv);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().any(|row| row[2].starts_with("'=HYPERLINK")));
        let alone = rows.iter().find(|row| &row[0] == "a").unwrap();
        assert_eq!((&alone[3], &alone[4], &alone[6]), ("1", "0", ""));
    }
}
