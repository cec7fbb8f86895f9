//! The headline findings in words, each with its figures, its evidence and what else may explain it.

use std::collections::BTreeMap;

use super::escape::Html;
use super::selection::Selection;
use super::story_cards::chain_anchor;
use crate::model::{Grade, LagQuantiles, OutletPair, Verdict};
use crate::report::report_index::{ReportIndex, own_words};
use crate::report::{alternatives, rank, wording};
use crate::text::sanitize;

/// Findings of one kind.
const MAX_OF_A_KIND: usize = 4;

/// From so many findings on, pairs whose order is open are not named among them.
const ENOUGH: usize = 4;

/// One finding.
pub(super) struct Finding {
    /// What it is about, in two or three words.
    pub(super) kind: &'static str,
    /// What was found.
    pub(super) sentence: Html,
    /// Grades, counts, lags, tests.
    pub(super) figures: Vec<Html>,
    /// Other explanations and limits.
    pub(super) doubts: Vec<Html>,
    /// Where the evidence is; empty if there is nothing behind it.
    pub(super) anchor: String,
    /// Single edges: grade, card, and what it is in words.
    pub(super) edges: Vec<(&'static str, String, String)>,
}

/// Edges named beside a finding.
const MAX_EDGES: usize = 6;

/// Returns the findings, never empty: that nothing was found is one.
pub(super) fn findings(view: &ReportIndex, selection: &Selection) -> Vec<Finding> {
    let lags = lags(view);
    let order = rank::pairs(view);
    let pairs = || order.iter().map(|&i| &view.analysis.significance.pairs[i]);
    let called =
        pairs().filter(|p| p.verdict == Verdict::MoreThanChance && !rank::is_baseline(view, p));
    let mut findings: Vec<Finding> = called
        .take(MAX_OF_A_KIND)
        .map(|pair| more_than_chance(view, selection, pair, &lags))
        .collect();
    let flows = pairs().filter(|p| {
        p.verdict != Verdict::MoreThanChance && total(p) > 0 && !rank::is_baseline(view, p)
    });
    findings.extend(chain(view, selection));
    findings.extend(flows.take(MAX_OF_A_KIND).map(|pair| flow(view, selection, pair, &lags)));
    if findings.len() < ENOUGH {
        findings.extend(open_order(view, selection));
    }
    findings.extend(common_source(view, selection));
    if findings.is_empty() {
        findings.push(nothing(view));
    }
    findings
}

fn total(pair: &OutletPair) -> usize {
    let (ab, ba) = rank::directed(pair);
    ab + ba
}

fn plain(text: &str) -> Html {
    Html::text(text)
}

/// Lags of the directed edges from one outlet to another, in minutes.
#[derive(Debug, Clone, Copy, Default)]
struct Lags {
    /// Edges whose lag is known.
    n: usize,
    /// Shortest and longest.
    ends: (f64, f64),
    /// Largest sum of both clock errors.
    error: f64,
}

type LagsByPair<'a> = BTreeMap<(&'a str, &'a str), Lags>;

fn lags<'a>(view: &ReportIndex<'a>) -> LagsByPair<'a> {
    let mut all = LagsByPair::new();
    for edge in view.analysis.diffusion.edges.iter().filter(|e| e.grade.is_directed()) {
        let (Some(lag), Some(error)) = (edge.lag_minutes, edge.clock_error_minutes) else {
            continue;
        };
        let key = (view.origin_outlet(edge), view.article(edge.to).outlet.as_str());
        let lags = all.entry(key).or_insert(Lags { ends: (lag, lag), ..Lags::default() });
        lags.n += 1;
        lags.ends = (lags.ends.0.min(lag), lags.ends.1.max(lag));
        lags.error = lags.error.max(error);
    }
    all
}

/// `E1 2, E3 1`.
fn grades(by_grade: &BTreeMap<Grade, usize>) -> String {
    let counts: Vec<String> = by_grade
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(grade, n)| format!("{} {n}", grade.as_str()))
        .collect();
    counts.join(", ")
}

/// One direction of a pair in words; `None` without edges.
fn direction(
    view: &ReportIndex,
    (from, to): (&str, &str),
    edges: &BTreeMap<Grade, usize>,
    lag: Option<LagQuantiles>,
    lags: &LagsByPair,
) -> Option<String> {
    let n: usize = edges.values().sum();
    if n == 0 {
        return None;
    }
    let known = lags.get(&(from, to)).copied().unwrap_or_default();
    let error = wording::duration(known.error);
    let lag = match (lag, known.n) {
        (Some(q), _) => format!(
            "median lag {} ± {error} (n {}, 10–90 %: {} to {})",
            wording::duration(q.median),
            q.n,
            wording::duration(q.p10),
            wording::duration(q.p90),
        ),
        (None, 0) => "lag not known".to_owned(),
        (None, 1) => format!("lag {} ± {error}", wording::duration(known.ends.0)),
        (None, n) => format!(
            "lags from {} to {}, each ± {error} (n {n})",
            wording::duration(known.ends.0),
            wording::duration(known.ends.1),
        ),
    };
    Some(format!(
        "{} from {} to {} ({}); {lag}",
        wording::count(n, "edge"),
        view.corpus.registry().name(from),
        view.corpus.registry().name(to),
        grades(edges),
    ))
}

fn figures(view: &ReportIndex, pair: &OutletPair, lags: &LagsByPair) -> Vec<Html> {
    let (a, b) = (pair.outlet_a.as_str(), pair.outlet_b.as_str());
    let mut figures = vec![
        direction(view, (a, b), &pair.edges_ab, pair.lag_ab, lags),
        direction(view, (b, a), &pair.edges_ba, pair.lag_ba, lags),
    ];
    if total(pair) == 0 {
        figures.push(Some("no directed edge between them".into()));
    }
    figures.push(Some(format!(
        "{} of {}'s {} and {} of {}'s {} have a match in the other, on the {} on which both are present",
        wording::share(pair.share_a),
        view.name(a),
        wording::count(pair.articles_a, "article"),
        wording::share(pair.share_b),
        view.name(b),
        wording::count(pair.articles_b, "article"),
        wording::count(pair.common_days, "day"),
    )));
    figures.push(Some(order(view, pair)));
    figures.into_iter().flatten().map(|figure| plain(&figure)).collect()
}

/// Which of the two is first among their matched articles.
fn order(view: &ReportIndex, pair: &OutletPair) -> String {
    let order = pair.order;
    match (order.expected, order.q) {
        (Some(expected), Some(q)) => format!(
            "of {} matched pairs of articles whose order is resolved, {} is earlier in {} ({}; the publishing rhythms of both give {}, q {})",
            wording::thousands(order.n),
            view.name(&pair.outlet_a),
            wording::thousands(order.a_first),
            wording::percent(order.a_first as f64 / order.n as f64),
            wording::percent(expected),
            wording::probability(q),
        ),
        _ => format!(
            "which of the two is earlier among matched articles: not shown, n < 5 (n {})",
            order.n
        ),
    }
}

fn doubts(view: &ReportIndex, pair: &OutletPair) -> Vec<Html> {
    alternatives::of_pair(view, pair).iter().map(|doubt| plain(doubt)).collect()
}

/// An expected number, to the whole.
fn rounded(expected: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
    #[expect(clippy::cast_sign_loss, reason = "counts are not negative")]
    wording::thousands(expected.round() as usize)
}

fn more_than_chance(
    view: &ReportIndex,
    selection: &Selection,
    pair: &OutletPair,
    lags: &LagsByPair,
) -> Finding {
    let (a, b) = (view.name(&pair.outlet_a), view.name(&pair.outlet_b));
    let test = match (pair.expected, wording::odds(pair), pair.q) {
        (Some(expected), Some(odds), Some(q)) => {
            format!(
                ": {}, expected {}; odds {odds}, q {}",
                wording::thousands(pair.shared),
                rounded(expected),
                wording::probability(q)
            )
        }
        _ => String::new(),
    };
    Finding {
        kind: "More than chance",
        sentence: plain(&format!(
            "{a} and {b} carry more stories in common than stories of the same language and the same days give{test}."
        )),
        figures: wording::compared_with(pair)
            .iter()
            .map(|basis| plain(basis))
            .chain(figures(view, pair, lags))
            .collect(),
        doubts: doubts(view, pair),
        anchor: selection.pair(&pair.outlet_a, &pair.outlet_b).unwrap_or("pairs").to_owned(),
        edges: edges_of(view, selection, &selection.between(&pair.outlet_a, &pair.outlet_b).edges),
    }
}

fn flow(
    view: &ReportIndex,
    selection: &Selection,
    pair: &OutletPair,
    lags: &LagsByPair,
) -> Finding {
    let (ab, ba) = rank::directed(pair);
    let (a, b) = (view.name(&pair.outlet_a), view.name(&pair.outlet_b));
    let (from, to, there, back) = if ba > ab { (b, a, ba, ab) } else { (a, b, ab, ba) };
    let back = if back == 0 {
        "none the other way".to_owned()
    } else {
        format!("{} the other way", wording::thousands(back))
    };
    Finding {
        kind: "Directed edges",
        sentence: plain(&format!(
            "{to} links to, cites or reuses earlier articles of {from}: {}, {back}.",
            wording::count(there, "directed edge")
        )),
        figures: figures(view, pair, lags),
        doubts: doubts(view, pair),
        anchor: selection.pair(&pair.outlet_a, &pair.outlet_b).unwrap_or("pairs").to_owned(),
        edges: edges_of(view, selection, &selection.between(&pair.outlet_a, &pair.outlet_b).edges),
    }
}

/// Pairs with an outlet under study that share the most own text, where no edge says whose it is.
fn open_order(view: &ReportIndex, selection: &Selection) -> Vec<Finding> {
    /// Findings of this kind.
    const MOST: usize = 2;
    let pairs = &view.analysis.significance.pairs;
    let of_pair = |pair: &OutletPair| {
        let matches = &selection.between(&pair.outlet_a, &pair.outlet_b).matches;
        let own = matches.iter().map(|&i| own_words(view.matched(i))).filter(|&words| words > 0);
        (own.clone().count(), own.sum::<usize>())
    };
    let mut found: Vec<(&OutletPair, usize, usize)> = pairs
        .iter()
        .filter(|pair| total(pair) == 0 && !rank::is_baseline(view, pair))
        .map(|pair| (pair, of_pair(pair)))
        .filter(|(_, (matches, _))| *matches > 0)
        .map(|(pair, (matches, words))| (pair, matches, words))
        .collect();
    found.sort_by_key(|&(_, _, words)| std::cmp::Reverse(words));
    let finding = |&(pair, matches, words): &(&OutletPair, usize, usize)| {
        let (a, b) = (view.name(&pair.outlet_a), view.name(&pair.outlet_b));
        Finding {
            kind: "Own text in both, order open",
            sentence: plain(&format!(
                "{a} and {b} hold the same own text in {} ({}); nothing shows which had it from the other.",
                wording::count_of(matches, "pair of articles", "pairs of articles"),
                wording::count(words, "word"),
            )),
            figures: figures(view, pair, &LagsByPair::new()),
            doubts: doubts(view, pair),
            anchor: selection.pair(&pair.outlet_a, &pair.outlet_b).unwrap_or("pairs").to_owned(),
            edges: Vec::new(),
        }
    };
    found.iter().take(MOST).map(finding).collect()
}

fn chain(view: &ReportIndex, selection: &Selection) -> Option<Finding> {
    let chains = &view.analysis.diffusion.chains;
    let longest = &chains[*rank::chains(view).first()?];
    let path: Vec<&str> = longest.outlets.iter().map(|id| view.name(id)).collect();
    let mut doubts = vec![plain(
        "A chain is an order of claimed publication times with evidence at each step; an earlier source outside the archive is possible.",
    )];
    if longest.weakest == Grade::E3 {
        doubts.push(plain(
            "Weakest step E3: reused text without link or citation; both may have it from a third source that is not in the archive.",
        ));
    }
    Some(Finding {
        kind: "Chain",
        sentence: plain(&format!(
            "{} {}: {}.",
            if chains.len() == 1 {
                "One chain, of".to_owned()
            } else {
                format!("The leading one of {} chains has", wording::thousands(chains.len()))
            },
            wording::count(longest.depth, "step"),
            path.join(" → "),
        )),
        figures: vec![plain(&format!(
            "{} from first to last; weakest grade {}; states crossed: {}",
            wording::duration(longest.lag_minutes),
            longest.weakest.as_str(),
            if longest.states.is_empty() {
                "none known".into()
            } else {
                longest.states.join(" → ")
            },
        ))],
        doubts,
        anchor: chain_anchor(0),
        edges: edges_of(view, selection, &longest.edges),
    })
}

/// The edges that have a card.
fn edges_of(
    view: &ReportIndex,
    selection: &Selection,
    edges: &[usize],
) -> Vec<(&'static str, String, String)> {
    let named = edges.iter().filter_map(|&index| {
        let (edge, anchor) = (view.edge(index), selection.edge(index)?);
        let says = format!(
            "{} {} → {}: {}",
            edge.grade.as_str(),
            view.name(view.origin_outlet(edge)),
            view.outlet_name(edge.to),
            sanitize::shorten(&view.article(edge.to).title, 80),
        );
        Some((edge.grade.as_str(), anchor.to_owned(), sanitize::terminal(&says)))
    });
    named.take(MAX_EDGES).collect()
}

fn common_source(view: &ReportIndex, selection: &Selection) -> Option<Finding> {
    let pairs = &view.analysis.significance.pairs;
    let total: usize = pairs.iter().map(|pair| pair.common_source).sum();
    let most = pairs.iter().rev().max_by_key(|pair| pair.common_source)?;
    if total == 0 {
        return None;
    }
    Some(Finding {
        kind: "Common source",
        sentence: plain(&format!(
            "{} of two outlets each rest on a common source: wire copy, a quotation or an official statement.",
            wording::count_of(total, "match", "matches")
        )),
        figures: vec![plain(&format!(
            "most between {} and {}: {}; none of them is an edge between the two (grade X)",
            view.name(&most.outlet_a),
            view.name(&most.outlet_b),
            wording::thousands(most.common_source),
        ))],
        doubts: vec![plain(
            "That one of the two took it from the other all the same; a common source does not exclude it.",
        )],
        anchor: selection
            .pair(&most.outlet_a, &most.outlet_b)
            .or_else(|| selection.edge(*selection.common.first()?))
            .unwrap_or("edges")
            .to_owned(),
        edges: edges_of(view, selection, &selection.common),
    })
}

fn nothing(view: &ReportIndex) -> Finding {
    let all = view.analysis;
    let sentence = if view.corpus.is_empty() {
        "There was no article to analyze: see feed health and what was left out.".to_owned()
    } else if all.matches.is_empty() {
        format!(
            "No two articles of different outlets reach a threshold of text or topic, in {}.",
            wording::count(view.corpus.reported().len(), "article")
        )
    } else {
        format!(
            "{} pairs of articles overlap, but nothing shows a direction, and no pair of outlets could be told from chance.",
            wording::thousands(all.matches.len())
        )
    };
    let why = "Usual reasons besides that there is none: too few outlets or days, dates known to the day only, a window that is too short, or feeds that were not heard.";
    Finding {
        kind: "No finding",
        sentence: plain(&sentence),
        figures: Vec::new(),
        doubts: vec![plain(why)],
        anchor: String::new(),
        edges: Vec::new(),
    }
}
