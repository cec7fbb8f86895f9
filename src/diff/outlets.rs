//! Two outlets side by side: what both carry, who had it first, how long before, with which
//! passages, by month, and what only one of them carries.

mod matched;
mod table;
mod text;

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use chrono::{DateTime, Utc};
use serde::Serialize;

use matched::{Matched, Month};

use super::Format;
use crate::load_run::Lookup;
use crate::model::{OutletPair, PassageKind, word_enum};
use crate::report::{ArticleRecord, Document, EdgeRecord, MatchRecord, NarrativeRecord, wording};

word_enum! {
    /// Who had a narrative first.
    enum Leader {
        /// The first outlet, by more than both clock errors.
        A = "a",
        /// The second outlet, by more than both clock errors.
        B = "b",
        /// The times do not decide it.
        Unresolved = "unresolved",
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
    matches: Vec<Matched<'d>>,
    months: Vec<Month>,
}

/// Writes the comparison of two outlets of a run.
pub(crate) fn write(
    document: &Document,
    outlets: (&str, &str),
    format: Format,
    out: &mut dyn Write,
) -> Result<()> {
    let lookup = Lookup::new(document);
    let comparison = compare(document, &lookup, outlets);
    match format {
        Format::Text => text::write(&comparison, out),
        Format::Csv => table::write(&comparison, out),
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
    let between = Between::new(document, lookup, (a, b));
    for narrative in &document.narratives {
        let of = |outlet: &str| -> Vec<&'d ArticleRecord<'d>> {
            let articles = narrative.articles.iter().filter_map(|id| lookup.article(id));
            articles.filter(|article| article.outlet == outlet).collect()
        };
        match (of(a).as_slice(), of(b).as_slice()) {
            ([], []) => {}
            (articles, []) => only_a.push(alone(narrative, articles)),
            ([], articles) => only_b.push(alone(narrative, articles)),
            (in_a, in_b) => shared.push(both(&between, narrative, (in_a, in_b))),
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
    let matches = matched::matches(&between, lookup);
    Comparison {
        outlet_a: a,
        outlet_b: b,
        name_a: lookup.name(a),
        name_b: lookup.name(b),
        articles_a: count(a),
        articles_b: count(b),
        pair,
        alternatives: pair
            .map_or_else(Vec::new, |pair| wording::pair_doubts(pair, gap_days, lookup)),
        shared,
        only_a,
        only_b,
        passages: passages(&between),
        months: matched::months(document, &between, &matches, (a, b)),
        matches,
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

/// What lies between the two outlets, looked up once.
struct Between<'d> {
    /// The matches, each with whether its article a is of the first outlet.
    matches: Vec<(&'d MatchRecord<'d>, bool)>,
    /// The directed edges, each with whether it starts at the first outlet.
    edges: Vec<(&'d EdgeRecord<'d>, bool)>,
}

impl<'d> Between<'d> {
    fn new(document: &'d Document<'d>, lookup: &Lookup<'d>, (a, b): (&str, &str)) -> Between<'d> {
        let outlet = |id: &str| lookup.article(id).map_or("", |article| article.outlet.as_ref());
        let side = |from: &str, to: &str| match (from == a && to == b, from == b && to == a) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let matches = document.matches.iter();
        let edges = document.edges.iter().filter(|e| e.grade.is_directed());
        Between {
            matches: matches.filter_map(|m| Some((m, side(outlet(&m.a), outlet(&m.b))?))).collect(),
            edges: edges
                .filter_map(|e| Some((e, side(e.outlet_from.as_deref()?, &e.outlet_to)?)))
                .collect(),
        }
    }
}

fn both<'d>(
    between: &Between<'d>,
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
    let ids: BTreeSet<&str> = narrative.articles.iter().map(AsRef::as_ref).collect();
    let edges = |straight: bool| {
        let edges = between.edges.iter().filter(|(_, side)| *side == straight);
        edges.filter(|(e, _)| ids.contains(e.to.as_ref())).count()
    };
    let inside = || {
        let within = |m: &MatchRecord| ids.contains(m.a.as_ref()) && ids.contains(m.b.as_ref());
        between.matches.iter().map(|(m, _)| *m).filter(move |m| within(m))
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
        edges_ab: edges(true),
        edges_ba: edges(false),
        common_source: inside().filter(|m| m.common_source).count(),
        own_words: inside()
            .flat_map(|m| &m.passages)
            .filter(|p| p.kind == PassageKind::Own)
            .map(|p| p.words)
            .sum(),
    }
}

/// All passages between the two, `own` ones first, then the longest.
fn passages<'d>(between: &Between<'d>) -> Vec<Reused<'d>> {
    let mut passages: Vec<Reused> = Vec::new();
    for &(matched, straight) in &between.matches {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn render(outlets: (&str, &str), format: Format) -> String {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
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
    fn matches_show_both_headlines_and_dates_the_strongest_first() {
        let json = |outlets| -> serde_json::Value {
            serde_json::from_str(&render(outlets, Format::Json)).unwrap()
        };
        let there = json(("north-star", "meridian"));
        let matches = there["matches"].as_array().unwrap();
        let own: Vec<u64> = matches.iter().map(|m| m["own_words"].as_u64().unwrap()).collect();
        assert!(own[0] > 0 && own.is_sorted_by(|a, b| a >= b), "{own:?}");
        assert!(["E1", "E2", "E3"].contains(&matches[0]["grade"].as_str().unwrap()));
        let back = json(("meridian", "north-star"));
        let first =
            back["matches"].as_array().unwrap().iter().find(|m| m["match"] == matches[0]["match"]);
        for (name, turned) in [("headline_a", "headline_b"), ("published_a", "published_b")] {
            assert_eq!(matches[0][name], first.unwrap()[turned]);
        }
        let sum = |name: &str| -> u64 {
            let months = there["months"].as_array().unwrap().iter();
            months.map(|month| month[name].as_u64().unwrap()).sum()
        };
        assert_eq!(sum("articles_a"), there["articles_a"].as_u64().unwrap());
        assert_eq!(sum("matches"), matches.len() as u64);
        assert_eq!((sum("edges_ab"), sum("edges_ba")), (1, 0));
        assert_eq!(there["months"][0]["month"], "2026-03");
        let text = render(("north-star", "meridian"), Format::Text);
        let (date, headline) = (&matches[0]["published_b"], &matches[0]["headline_b"]);
        let date = date.as_str().unwrap()[..16].replace('T', " ");
        assert!(text.contains(&format!("{date}  {}", headline.as_str().unwrap())), "{text}");
        assert!(text.contains("2026-03  "), "{text}");
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
