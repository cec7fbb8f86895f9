//! Outlet pairs against chance: overlap and direction counted, tested against the controls.
//!
//! A pair's overlap is compared with what the activity of both outlets and the size of each story give
//! anyway. Without a control outlet there is no such baseline, and no number is given. What a result
//! does not show: why two outlets share more; a common wire or a content agreement does that too.

mod bootstrap;
mod calibration;
mod conditional_distribution;
mod contrast;
mod fdr;
mod incidence_matrix;
mod log_odds;
mod null;
mod order;
mod p_value;
mod pairs;
mod phrase_counts;
mod phrases;
mod shares;
mod synchrony;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{
    Amplification, Article, CoverageGap, Match, Narrative, OutletPair, Registry, Role,
    Significance, Verdict,
};
pub use calibration::{
    Calibration, CalibrationConfig, DEFAULT_PLANTED, DEFAULT_SHUFFLES, LEVELS, PLANTED_SHARES,
    Power, TypeOne, calibrate,
};
use conditional_distribution::Given;
use incidence_matrix::Coverage;
use null::{Cell, Null};
use p_value::Tails;
use pairs::Outlets;

/// Rate of false discoveries at which a pair is called `more_than_chance`: the field's usual 5 %.
pub const DEFAULT_FALSE_DISCOVERY_RATE: f64 = 0.05;
/// Least number of narratives that each outlet of a tested pair carries. With fewer, one shared
/// story decides.
pub const DEFAULT_MIN_NARRATIVES: usize = 5;
/// Least number of outlets with narratives. With three, any pair's overlap follows from the
/// numbers of narratives alone when stories have two outlets: there is nothing to test.
pub const MIN_OUTLETS: usize = 4;

/// Least number of articles of each outlet that use a shared phrase: twice may be one article and its
/// correction.
pub const DEFAULT_MIN_PHRASE_ARTICLES: usize = 3;
/// Most phrases that are given for a pair, the strongest: more than a reader looks at.
pub const DEFAULT_MAX_PHRASES: usize = 100;

/// Seed of what is drawn by chance; any number does, the same one gives the same bytes.
pub const DEFAULT_SEED: u64 = 7;

/// Settings of this stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignificanceConfig {
    /// Rate of false discoveries at which a pair is called, `0..=1`.
    pub false_discovery_rate: f64,
    /// Least number of narratives that each outlet of a tested pair carries.
    pub min_narratives: usize,
    /// Least number of articles of each outlet that use a shared phrase.
    pub min_phrase_articles: usize,
    /// Most phrases that are given for a pair.
    pub max_phrases: usize,
    /// Seed of everything that is drawn by chance: bootstrap and shifts.
    pub seed: u64,
}

impl Default for SignificanceConfig {
    fn default() -> Self {
        SignificanceConfig {
            false_discovery_rate: DEFAULT_FALSE_DISCOVERY_RATE,
            min_narratives: DEFAULT_MIN_NARRATIVES,
            min_phrase_articles: DEFAULT_MIN_PHRASE_ARTICLES,
            max_phrases: DEFAULT_MAX_PHRASES,
            seed: DEFAULT_SEED,
        }
    }
}

/// Compares all pairs of outlets, against the controls where there are any.
///
/// `articles` are sorted by (time, id); the indices in the other arguments refer to them. Cost: that of
/// sorting matches and edges, and of the null model, which depends on the number of outlets only.
pub fn assess(
    articles: &[Article],
    registry: &Registry,
    matches: &[Match],
    narratives: &[Narrative],
    amplification: &Amplification,
    gaps: &[CoverageGap],
    config: &SignificanceConfig,
) -> Significance {
    let outlets = Outlets::new(articles);
    let mut pairs = pairs::pairs(articles, &outlets, matches, amplification);
    let overlaps = shares::fill(&mut pairs, articles, &outlets, matches, config.seed);
    let explained = pairs::explained(amplification);
    let coverage = Coverage::new(articles, &outlets, narratives, gaps)
        .without_common_sources(&outlets, narratives, matches, &explained);
    let all = (0..outlets.ids.len()).flat_map(|a| (a + 1..outlets.ids.len()).map(move |b| (a, b)));
    for (pair, (a, b)) in pairs.iter_mut().zip(all.clone()) {
        pair.shared = coverage.shared[a][b];
        pair.shared_common = coverage.common.get(&(a, b)).map_or(0, Vec::len);
    }
    synchrony::fill(&mut pairs, articles, &outlets, gaps, config);
    order::fill(&mut pairs, articles, &outlets, matches, narratives, config);
    let mut contrasts = Vec::new();
    let mut notes = match can_test(&outlets, registry, &coverage) {
        Ok(null) => {
            let tested: Vec<(&mut OutletPair, usize, usize)> = pairs
                .iter_mut()
                .zip(all)
                .map(|(pair, (a, b))| (pair, a, b))
                .filter(|&(_, a, b)| {
                    coverage.carried[a].min(coverage.carried[b]) >= config.min_narratives
                })
                .collect();
            contrasts = contrast::contrasts(&coverage, &null, &outlets, registry, config.seed);
            test(tested, &coverage, &null, config)
        }
        Err((verdict, note)) => {
            for pair in &mut pairs {
                pair.verdict = verdict;
            }
            vec![note]
        }
    };
    let (phrases, more) = phrases::phrases(articles, &outlets, registry, config);
    notes.extend(more);
    Significance { pairs, overlaps, contrasts, phrases, notes }
}

/// What a run that ends with the matches says instead.
pub fn not_assessed() -> Significance {
    let note = "only matches were computed: no narratives, edges, chains, significance or report; run \
        with --relations all for them";
    Significance { notes: vec![note.to_owned()], ..Significance::default() }
}

/// Fits the null model, or says why there is none.
fn can_test(
    outlets: &Outlets<'_>,
    registry: &Registry,
    coverage: &Coverage,
) -> Result<Null, (Verdict, String)> {
    if !outlets.ids.iter().any(|id| is_baseline(registry, id)) {
        let note = "no baseline: significance not computed (no control outlet has articles)";
        return Err((Verdict::NoBaseline, note.to_owned()));
    }
    let active = coverage.carried.iter().filter(|&&n| n > 0).count();
    if active < MIN_OUTLETS {
        let note = format!(
            "not tested: {active} outlets share narratives, a test needs at least {MIN_OUTLETS}"
        );
        return Err((Verdict::TooFew, note));
    }
    Null::fit(coverage).ok_or_else(|| {
        let note = "not tested: the null model does not fit these numbers of narratives";
        (Verdict::TooFew, note.to_owned())
    })
}

/// Whether an outlet is part of the baseline: a control, or a wire that no state owns.
fn is_baseline(registry: &Registry, id: &str) -> bool {
    registry.get(id).is_some_and(|outlet| match outlet.role {
        Role::Control => true,
        Role::Wire => outlet.state.is_none(),
        Role::Subject => false,
    })
}

/// The outcome of one pair's test before correction.
struct Tested {
    shared: usize,
    expected: f64,
    p: f64,
}

/// Tests one pair from the cells of its first outlet's row.
fn test_pair(coverage: &Coverage, pair: (usize, usize), cells: &[Vec<Cell>]) -> (Tested, Tails) {
    let (a, b) = pair;
    let (cells, carried, shared) = coverage.of_pair(pair, cells[b - a - 1].clone());
    let given = Given::new(&cells, carried);
    let tails = conditional_distribution::tails(&cells, carried, given, shared);
    (Tested { shared, expected: given.mean, p: tails.mid }, tails)
}

/// Tests pairs, corrects for their number and fills in the results; returns the notes.
fn test(
    tested: Vec<(&mut OutletPair, usize, usize)>,
    coverage: &Coverage,
    null: &Null,
    config: &SignificanceConfig,
) -> Vec<String> {
    let rows: Vec<Vec<Vec<Cell>>> =
        (0..coverage.carried.len()).into_par_iter().map(|a| null.cells(a)).collect();
    let found: Vec<Tested> =
        tested.par_iter().map(|(_, a, b)| test_pair(coverage, (*a, *b), &rows[*a]).0).collect();
    let p: Vec<f64> = found.iter().map(|found| found.p).collect();
    let n = p.len();
    let q = fdr::benjamini_hochberg(&p);
    for (((pair, _, _), found), q) in tested.into_iter().zip(found).zip(q) {
        pair.expected = Some(found.expected);
        if found.expected > 0.0 {
            pair.effect = Some(found.shared as f64 / found.expected);
            pair.effect_interval = Some(p_value::effect_interval(found.shared, found.expected));
        }
        (pair.p, pair.q) = (Some(found.p), Some(q));
        pair.verdict = if q <= config.false_discovery_rate {
            Verdict::MoreThanChance
        } else {
            Verdict::NotDistinguishable
        };
    }
    vec![format!(
        "{n} pairs tested at a false discovery rate of {} %; pairs of outlets with fewer than {} \
         narratives are not tested",
        config.false_discovery_rate * 100.0,
        config.min_narratives
    )]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{DateTime, NaiveDate, TimeDelta};

    use super::*;
    use crate::model::{DateSource, Outlet, Precision, Published, Relation};

    /// An article of `outlet`, `hours` after the epoch.
    pub(super) fn article(id: &str, outlet: &str, hours: usize) -> Article {
        let utc = DateTime::UNIX_EPOCH + TimeDelta::hours(i64::try_from(hours).unwrap());
        Article {
            id: id.to_owned(),
            outlet: outlet.to_owned(),
            language: "en".to_owned(),
            published: Some(Published {
                raw: utc.to_rfc3339(),
                utc,
                local_date: utc.date_naive(),
                precision: Precision::Minute,
                source: DateSource::Record,
            }),
            ..Article::default()
        }
    }

    pub(super) fn matched(a: usize, b: usize) -> Match {
        Match {
            id: format!("{a}-{b}"),
            a,
            b,
            containment_a: 0.0,
            containment_b: 0.0,
            lexical: Some(0.5),
            semantic: None,
            title: 0.0,
            passages: Vec::new(),
            relation: Relation::Narrative,
        }
    }

    pub(super) fn narrative(articles: &[Article], members: &[usize]) -> Narrative {
        let mut timeline: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for &i in members {
            *timeline.entry(articles[i].at().date_naive()).or_default() += 1;
        }
        Narrative {
            id: format!("{members:?}"),
            label: String::new(),
            key_phrases: Vec::new(),
            articles: members.to_vec(),
            outlets: Vec::new(),
            first: members[0],
            peak: NaiveDate::default(),
            timeline,
        }
    }

    pub(super) fn outlet(id: &str, role: Role) -> Outlet {
        Outlet {
            id: id.to_owned(),
            name: id.to_owned(),
            state: None,
            operator: None,
            role,
            typology: None,
            aliases: Vec::new(),
            domains: Vec::new(),
            editions: Vec::new(),
            rules: Vec::new(),
            article_id: None,
        }
    }

    /// Stories of two outlets each, as (first, second, how often); all within one day.
    fn assess_stories(stories: &[(&str, &str, usize)], controls: &[&str]) -> Significance {
        let mut articles = Vec::new();
        let mut members = Vec::new();
        for &(a, b, times) in stories {
            for _ in 0..times {
                let i = articles.len();
                articles.push(article(&i.to_string(), a, 0));
                articles.push(article(&(i + 1).to_string(), b, 0));
                members.push([i, i + 1]);
            }
        }
        let narratives: Vec<Narrative> = members.iter().map(|m| narrative(&articles, m)).collect();
        let registry = Registry::new(controls.iter().map(|id| outlet(id, Role::Control)));
        assess(
            &articles,
            &registry,
            &[],
            &narratives,
            &Amplification::default(),
            &[],
            &SignificanceConfig::default(),
        )
    }

    const STORIES: [(&str, &str, usize); 6] = [
        ("red", "blue", 30),
        ("red", "c1", 10),
        ("blue", "c2", 10),
        ("c1", "c2", 12),
        ("c1", "c3", 12),
        ("c2", "c3", 12),
    ];

    #[test]
    fn two_outlets_that_keep_to_each_other_are_found() {
        let found = assess_stories(&STORIES, &["c1", "c2", "c3"]);
        let called: Vec<(&str, &str)> = found
            .pairs
            .iter()
            .filter(|p| p.verdict == Verdict::MoreThanChance)
            .map(|p| (p.outlet_a.as_str(), p.outlet_b.as_str()))
            .collect();
        assert!(called.contains(&("blue", "red")), "{called:?}");
        let pair =
            found.pairs.iter().find(|p| p.outlet_b == "red" && p.outlet_a == "blue").unwrap();
        assert_eq!(pair.shared, 30);
        let (low, high) = pair.effect_interval.unwrap();
        assert!(low > 1.0 && low < pair.effect.unwrap() && pair.effect.unwrap() < high);
        assert!(pair.q.unwrap() >= pair.p.unwrap());
    }

    #[test]
    fn without_controls_no_number_is_given() {
        let found = assess_stories(&STORIES, &[]);
        assert!(found.pairs.iter().all(|p| p.verdict == Verdict::NoBaseline
            && (p.p, p.q, p.effect, p.expected) == (None, None, None, None)));
        assert!(found.notes[0].starts_with("no baseline: significance not computed"));
        assert!(found.pairs.iter().any(|p| p.shared == 30));
    }

    #[test]
    fn three_outlets_are_too_few() {
        let found = assess_stories(&[("a", "b", 9), ("b", "c", 9), ("a", "c", 9)], &["c"]);
        assert!(found.pairs.iter().all(|p| p.verdict == Verdict::TooFew && p.p.is_none()));
    }

    #[test]
    fn a_quiet_outlet_is_not_tested() {
        let mut stories = STORIES.to_vec();
        stories.push(("quiet", "c1", 4));
        let found = assess_stories(&stories, &["c1", "c2", "c3"]);
        for pair in &found.pairs {
            let quiet = pair.outlet_a == "quiet" || pair.outlet_b == "quiet";
            assert_eq!(pair.verdict == Verdict::TooFew, quiet);
            assert_eq!(pair.p.is_none(), quiet);
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert_eq!(assess_stories(&[], &[]).pairs, []);
    }
}
