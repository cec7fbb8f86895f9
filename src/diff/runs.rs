//! Two runs: which matches, edges and outlet pairs came, went or changed.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::Format;
use crate::load_run::Lookup;
use crate::model::{Grade, OutletPair, PassageKind, Verdict};
use crate::report::{Document, EdgeRecord, MatchRecord, NarrativeRecord, wording};
use crate::text::sanitize;

/// Lines of each list in the text form.
const MAX_LINES: usize = 12;
/// Smallest difference of a share that is a change: half of the last digit in the CSV files.
const SAME: f64 = 0.000_05;

/// Smallest difference of a cosine that is a change: rarities of terms move with every article that is counted, and the
/// cosines of old matches with them.
const SAME_COSINE: f64 = 0.05;

/// What happened to one thing.
#[derive(Serialize)]
struct Change {
    /// Before what it stands in its list: the best grade, the most own text, the most articles.
    #[serde(skip)]
    rank: usize,
    /// Its name in both runs: a match id; article ids of an edge; outlet ids of a pair.
    id: String,
    /// What it is, in words.
    what: String,
    /// What changed; empty for what came or went.
    #[serde(skip_serializing_if = "String::is_empty")]
    how: String,
}

/// Changes of one kind of thing.
#[derive(Serialize)]
struct Changes {
    added: Vec<Change>,
    removed: Vec<Change>,
    changed: Vec<Change>,
    same: usize,
}

#[derive(Serialize)]
struct RunDiff<'d> {
    run_1: &'d str,
    run_2: &'d str,
    articles_1: usize,
    articles_2: usize,
    same_settings: bool,
    same_tool_version: bool,
    edges: Changes,
    narratives: Changes,
    outlet_pairs: Changes,
    matches: Changes,
}

/// Writes what differs between two runs, of one pair of outlets or of all, and returns whether
/// anything does.
pub(crate) fn write(
    (one, two): (&Document, &Document),
    pair: Option<(&str, &str)>,
    format: Format,
    out: &mut dyn Write,
) -> Result<bool> {
    let diff = compare(one, two, pair);
    let differs = sections(&diff)
        .iter()
        .any(|(_, c)| !(c.added.is_empty() && c.removed.is_empty() && c.changed.is_empty()));
    match format {
        Format::Text => text(&diff, out)?,
        Format::Csv => csv(&diff, out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff)?;
            writeln!(out)?;
        }
    }
    Ok(differs)
}

fn compare<'d>(
    one: &'d Document<'d>,
    two: &'d Document<'d>,
    pair: Option<(&str, &str)>,
) -> RunDiff<'d> {
    let (in_one, in_two) = (Lookup::new(one), Lookup::new(two));
    let wanted = |x: &str, y: &str| pair.is_none_or(|p| p == (x, y) || p == (y, x));
    let outlet = |lookup: &Lookup<'d>, id: &str| -> &'d str {
        lookup.article(id).map_or("", |article| article.outlet.as_ref())
    };
    let matches = |document: &'d Document<'d>, lookup: &Lookup<'d>| {
        let all = document.matches.iter();
        all.filter(|m| wanted(outlet(lookup, &m.a), outlet(lookup, &m.b)))
            .map(|m| (m.id.to_string(), m))
            .collect::<BTreeMap<_, _>>()
    };
    let edges = |document: &'d Document<'d>| {
        let all = document.edges.iter();
        all.filter(|e| wanted(e.outlet_from.as_deref().unwrap_or(""), &e.outlet_to))
            .map(|e| (edge_key(e), e))
            .collect::<BTreeMap<_, _>>()
    };
    let pairs = |document: &'d Document<'d>| {
        let all = document.outlet_pairs.iter();
        all.filter(|p| wanted(&p.outlet_a, &p.outlet_b))
            .map(|p| (format!("{} {}", p.outlet_a, p.outlet_b), p))
            .collect::<BTreeMap<_, _>>()
    };
    let narratives = |document: &'d Document<'d>| {
        let carried = |n: &NarrativeRecord, id: &str| n.outlets.iter().any(|outlet| outlet == id);
        let all = document.narratives.iter();
        all.filter(|n| pair.is_none_or(|(x, y)| carried(n, x) && carried(n, y)))
            .filter_map(|n| Some((n.articles.first()?.to_string(), n)))
            .collect::<BTreeMap<_, _>>()
    };
    let title = |id: &str| {
        let article = in_two.article(id).or_else(|| in_one.article(id));
        article.map_or_else(|| id.to_owned(), |a| format!("{}: {}", a.outlet, a.title))
    };
    RunDiff {
        run_1: &one.run_id,
        run_2: &two.run_id,
        articles_1: one.articles.len(),
        articles_2: two.articles.len(),
        same_settings: one.settings == two.settings,
        same_tool_version: one.tool_version == two.tool_version,
        matches: changes(
            &matches(one, &in_one),
            &matches(two, &in_two),
            |m| (own_words(m), format!("{} | {}", title(&m.a), title(&m.b))),
            match_change,
        ),
        edges: changes(
            &edges(one),
            &edges(two),
            |e| {
                let from = e.from.as_deref().map_or_else(
                    || e.outlet_from.as_deref().unwrap_or("a statement").to_owned(),
                    title,
                );
                let best_first = Grade::ALL.len() - e.grade as usize;
                (best_first, format!("{} {from} → {}", e.grade.as_str(), title(&e.to)))
            },
            edge_change,
        ),
        narratives: changes(
            &narratives(one),
            &narratives(two),
            |n| {
                (
                    n.articles.len(),
                    format!("{}: {}", n.label, wording::count(n.articles.len(), "article")),
                )
            },
            narrative_change,
        ),
        outlet_pairs: changes(
            &pairs(one),
            &pairs(two),
            |p| (p.shared, format!("{} / {}", p.outlet_a, p.outlet_b)),
            pair_change,
        ),
    }
}

/// What an edge is about, whatever its grade; two common sources of one article differ by what
/// they explain.
fn edge_key(edge: &EdgeRecord) -> String {
    let from = edge.from.as_deref().or(edge.outlet_from.as_deref()).unwrap_or("statement");
    let explained = edge.evidence.iter().filter_map(|evidence| match evidence {
        crate::report::EvidenceRecord::Explains { matched } => Some(matched.as_ref()),
        _ => None,
    });
    let mut key = format!("{from} {}", edge.to);
    for matched in explained {
        key.push(' ');
        key.push_str(matched);
    }
    key
}

fn changes<T: Copy>(
    one: &BTreeMap<String, T>,
    two: &BTreeMap<String, T>,
    what: impl Fn(T) -> (usize, String),
    how: impl Fn(T, T) -> String,
) -> Changes {
    let change = |id: &String, thing: T, how: String| {
        let (rank, what) = what(thing);
        Change { rank, id: id.clone(), what, how }
    };
    let strongest_first = |mut all: Vec<Change>| {
        all.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| a.id.cmp(&b.id)));
        all
    };
    let apart = |these: &BTreeMap<String, T>, those: &BTreeMap<String, T>| {
        let missing = these.iter().filter(|(id, _)| !those.contains_key(*id));
        missing.map(|(id, thing)| change(id, *thing, String::new())).collect::<Vec<_>>()
    };
    let (mut changed, mut same) = (Vec::new(), 0);
    for (id, before) in one {
        let Some(after) = two.get(id) else { continue };
        match how(*before, *after) {
            how if how.is_empty() => same += 1,
            how => changed.push(change(id, *after, how)),
        }
    }
    Changes {
        added: strongest_first(apart(two, one)),
        removed: strongest_first(apart(one, two)),
        changed: strongest_first(changed),
        same,
    }
}

/// Equal words of own text.
fn own_words(found: &MatchRecord) -> usize {
    let own = found.passages.iter().filter(|passage| passage.kind == PassageKind::Own);
    own.map(|passage| passage.words).sum()
}

fn narrative_change(before: &NarrativeRecord, after: &NarrativeRecord) -> String {
    let mut how = Vec::new();
    for (name, before, after) in [
        ("articles", before.articles.len(), after.articles.len()),
        ("outlets", before.outlets.len(), after.outlets.len()),
    ] {
        if before != after {
            how.push(format!("{name} {before} → {after}"));
        }
    }
    how.join(", ")
}

/// `name before → after` for each value that differs.
fn differences(values: &[(&str, Option<f64>, Option<f64>)]) -> Vec<String> {
    let shown = |x: Option<f64>| x.map_or_else(|| "none".to_owned(), |x| format!("{x:.4}"));
    let differs = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => (x - y).abs() > SAME,
        (x, y) => x.is_some() != y.is_some(),
    };
    values
        .iter()
        .filter(|(_, x, y)| differs(*x, *y))
        .map(|(name, x, y)| format!("{name} {} → {}", shown(*x), shown(*y)))
        .collect()
}

fn match_change(before: &MatchRecord, after: &MatchRecord) -> String {
    let mut how = differences(&[
        ("containment_a", Some(before.containment_a), Some(after.containment_a)),
        ("containment_b", Some(before.containment_b), Some(after.containment_b)),
    ]);
    let moved = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => (x - y).abs() > SAME_COSINE,
        (x, y) => x.is_some() != y.is_some(),
    };
    for (name, x, y) in
        [("lexical", before.lexical, after.lexical), ("semantic", before.semantic, after.semantic)]
    {
        if moved(x, y) {
            how.extend(differences(&[(name, x, y)]));
        }
    }
    if before.relation != after.relation {
        how.insert(0, format!("{} → {}", before.relation.as_str(), after.relation.as_str()));
    }
    if before.passages != after.passages {
        how.push(format!("passages {} → {}", before.passages.len(), after.passages.len()));
    }
    if before.common_source != after.common_source {
        how.push(format!("common source {} → {}", before.common_source, after.common_source));
    }
    how.join(", ")
}

fn edge_change(before: &EdgeRecord, after: &EdgeRecord) -> String {
    let mut how = differences(&[
        ("lag_minutes", before.lag_minutes, after.lag_minutes),
        ("clock_error_minutes", before.clock_error_minutes, after.clock_error_minutes),
    ]);
    if before.grade != after.grade {
        how.insert(0, format!("{} → {}", before.grade.as_str(), after.grade.as_str()));
    }
    how.join(", ")
}

fn pair_change(before: &OutletPair, after: &OutletPair) -> String {
    let total = |edges: &BTreeMap<_, usize>| Some(edges.values().sum::<usize>() as f64);
    let mut how = differences(&[
        ("share_a", before.share_a, after.share_a),
        ("share_b", before.share_b, after.share_b),
        ("edges_ab", total(&before.edges_ab), total(&after.edges_ab)),
        ("edges_ba", total(&before.edges_ba), total(&after.edges_ba)),
        ("odds", before.odds, after.odds),
        ("q", before.q, after.q),
    ]);
    let word = |verdict: Verdict| verdict.as_str();
    if before.verdict != after.verdict {
        how.insert(0, format!("{} → {}", word(before.verdict), word(after.verdict)));
    }
    how.join(", ")
}

/// What a reader asks for first: claims, then stories, then pairs, then every match.
fn sections<'r>(diff: &'r RunDiff) -> [(&'static str, &'r Changes); 4] {
    [
        ("edges", &diff.edges),
        ("narratives", &diff.narratives),
        ("outlet pairs", &diff.outlet_pairs),
        ("matches", &diff.matches),
    ]
}

fn text(diff: &RunDiff, out: &mut dyn Write) -> Result<()> {
    for (run, articles) in [(diff.run_1, diff.articles_1), (diff.run_2, diff.articles_2)] {
        writeln!(out, "run {}: {}", sanitize::terminal(run), wording::count(articles, "article"))?;
    }
    if !diff.same_settings {
        writeln!(out, "The settings differ: compare with care.")?;
    }
    if !diff.same_tool_version {
        writeln!(out, "The versions of fimi differ: compare with care.")?;
    }
    for (name, changes) in sections(diff) {
        writeln!(
            out,
            "\n{name}: {} added, {} removed, {} changed, {} the same",
            changes.added.len(),
            changes.removed.len(),
            changes.changed.len(),
            changes.same
        )?;
        let lists = [("+", &changes.added), ("-", &changes.removed), ("~", &changes.changed)];
        for (mark, list) in lists {
            for change in list.iter().take(MAX_LINES) {
                let what = sanitize::terminal(&sanitize::shorten(&change.what, 160));
                let how = if change.how.is_empty() { "" } else { ": " };
                writeln!(out, "  {mark} {what}{how}{}", change.how)?;
            }
            if list.len() > MAX_LINES {
                writeln!(out, "  {mark} ... {} more", list.len() - MAX_LINES)?;
            }
        }
    }
    Ok(())
}

fn csv(diff: &RunDiff, out: &mut dyn Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["table", "change", "id", "what", "how"])?;
    for (name, changes) in sections(diff) {
        let lists = [
            ("added", &changes.added),
            ("removed", &changes.removed),
            ("changed", &changes.changed),
        ];
        for (kind, list) in lists {
            for change in list {
                let what = crate::report::guarded(&change.what);
                writer.write_record([name, kind, &change.id, &what, &change.how])?;
            }
        }
    }
    Ok(writer.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportConfig;
    use crate::report::sample::{self, Sample};

    fn diff(one: &Sample, two: &Sample, format: Format) -> (bool, String) {
        let (run, config) = (sample::run(), ReportConfig::default());
        let (one, two) = (one.view(&run, &config), two.view(&run, &config));
        let mut out = Vec::new();
        let documents = (&Document::of(&one), &Document::of(&two));
        let differs = write(documents, None, format, &mut out).unwrap();
        (differs, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_run_equals_itself() {
        let analysis = sample::analysis();
        let (differs, text) = diff(&analysis, &analysis, Format::Text);
        assert!(!differs);
        assert!(text.contains("matches: 0 added, 0 removed, 0 changed, 11 the same"), "{text}");
        assert!(text.contains("edges: 0 added, 0 removed, 0 changed, 10 the same"), "{text}");
    }

    #[test]
    fn the_best_grades_come_first_and_drift_is_no_change() {
        let one = sample::analysis();
        let mut two = one.clone();
        // What a common source explains stays explained.
        two.analysis.diffusion.edges.retain(|edge| edge.grade == Grade::X);
        two.analysis.diffusion.chains.clear();
        for found in &mut two.analysis.matches {
            found.overlaps.iter_mut().for_each(|overlap| overlap.cosine -= 0.02);
        }
        let (_, text) = diff(&two, &one, Format::Text);
        let added: Vec<&str> = text
            .lines()
            .skip_while(|line| !line.starts_with("edges:"))
            .filter_map(|line| line.strip_prefix("  + "))
            .map(|line| &line[..2])
            .collect();
        assert!(added.is_sorted() && added.len() == 7, "{added:?}");
        assert!(text.contains("matches: 0 added, 0 removed, 0 changed"), "{text}");
        assert!(text.contains("narratives: 0 added, 0 removed, 0 changed, 3 the same"), "{text}");
    }

    #[test]
    fn a_narrative_that_grows_is_the_same_narrative() {
        let one = sample::analysis();
        let mut two = one.clone();
        two.analysis.narratives[1].articles.pop();
        let (_, text) = diff(&two, &one, Format::Text);
        assert!(text.contains("articles 2 → 3"), "{text}");
    }

    #[test]
    fn what_came_went_and_changed_is_told() {
        let one = sample::analysis();
        let mut two = one.clone();
        two.analysis.diffusion.edges[1].grade = Grade::E2;
        two.analysis.diffusion.edges.pop();
        two.analysis.matches[0].containment_earlier = 0.5;
        two.analysis.significance.pairs[6].verdict = Verdict::NotDistinguishable;
        let (differs, text) = diff(&one, &two, Format::Text);
        assert!(differs);
        assert!(text.contains("edges: 0 added, 1 removed, 1 changed, 8 the same"), "{text}");
        assert!(text.contains("E3 → E2"), "{text}");
        assert!(text.contains("containment_a 0.9223 → 0.5000"), "{text}");
        assert!(text.contains("more_than_chance → not_distinguishable"), "{text}");
        let (_, back) = diff(&two, &one, Format::Csv);
        assert_eq!(back.lines().filter(|line| line.starts_with("edges,added,")).count(), 1);
    }
}
