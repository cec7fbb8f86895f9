//! What is tested over all pairs of outlets, and what of it is not about one pair: contrasts, phrases.

use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::words::word_enum;
use super::{OutletPair, PairOverlap, Relation};

/// Two states' outlets compared with the controls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// ISO 3166-1 code.
    pub state_a: String,
    /// ISO 3166-1 code.
    pub state_b: String,
    /// Pairs of outlets, one of each state, that carry a narrative both; summed over narratives.
    pub observed: f64,
    /// Expected number of those under the null model.
    pub expected: f64,
    /// The same between an outlet of either state and a control.
    pub observed_control: f64,
    /// Expected number of those.
    pub expected_control: f64,
    /// Observed over expected between the states, over that with the controls.
    pub ratio: f64,
    /// 95 % interval of the ratio (bootstrap over narratives).
    pub interval: (f64, f64),
    /// Narratives behind it.
    pub narratives: usize,
}

/// An n-gram that two outlets use far more than the controls do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// The n-gram, lower case.
    pub phrase: String,
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Articles of `a` that use it.
    pub count_a: usize,
    /// Articles of `b` that use it.
    pub count_b: usize,
    /// Articles of all controls that use it.
    pub count_control: usize,
    /// Log-odds z-score of `a` against the controls.
    pub z_a: f64,
    /// Log-odds z-score of `b` against the controls.
    pub z_b: f64,
    /// False discovery rate over all phrases tested.
    pub q: f64,
    /// Where the first article of each outlet that uses it does so.
    pub examples: [PhraseExample; 2],
}

/// One use of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseExample {
    /// Index of the article.
    pub article: usize,
    /// The places are in the headline: the text that was read does not use it.
    pub in_title: bool,
    /// The sentence that holds it (two, if it runs over a line break), in bytes.
    pub sentence: Range<usize>,
    /// The phrase as it is written there, in bytes.
    pub phrase: Range<usize>,
}

word_enum! {
    /// How long a period of a series is.
    pub enum CalendarUnit {
        /// A UTC day.
        Day = "day",
        /// From Monday on.
        Week = "week",
        /// From the first on.
        Month = "month",
    }
}

/// What two outlets share in one period, by one relation or by any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairPeriod {
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Relation of the matches that count; `None` for any.
    pub relation: Option<Relation>,
    /// How long the period is.
    pub unit: CalendarUnit,
    /// Its first day.
    pub start: NaiveDate,
    /// Articles of `a` in it on whose day `b` was present in their language.
    pub articles_a: usize,
    /// Articles of `b` in it on whose day `a` was present in their language.
    pub articles_b: usize,
    /// Those of `a` with a match in `b`, whenever that appeared.
    pub matched_a: usize,
    /// Those of `b` with a match in `a`.
    pub matched_b: usize,
    /// Directed edges that end in it, from `a` to `b` and from `b` to `a`; only for any relation.
    pub edges: Option<[usize; 2]>,
}

/// One stratum of the test of a pair: narratives of one language, window of time and set of eligible outlets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairStratum {
    /// Outlet id.
    pub outlet_a: String,
    /// Outlet id.
    pub outlet_b: String,
    /// Its number among those of the pair, from 1.
    pub number: usize,
    /// Language of its narratives.
    pub language: String,
    /// First day of its window.
    pub start: NaiveDate,
    /// Days of its window.
    pub days: u32,
    /// Outlets that could have carried its narratives.
    pub eligible: usize,
    /// Narratives that both carry.
    pub observed: usize,
    /// The least and the greatest number that the margins allow.
    pub bounds: (usize, usize),
    /// Numbers of narratives that both carry in random tables, ascending, with the number of these tables.
    pub tables: Vec<(usize, usize)>,
}

/// What `significance` returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Significance {
    /// All pairs of outlets with articles, sorted by their ids.
    pub pairs: Vec<OutletPair>,
    /// Shares of those by relation and window, where any article counts; in the order of the pairs.
    pub overlaps: Vec<PairOverlap>,
    /// Shares of those by day, week and month, where any article counts; in the order of the pairs.
    pub series: Vec<PairPeriod>,
    /// What the tests are made of, in the order of the tested pairs.
    pub strata: Vec<PairStratum>,
    /// States under study, two by two, against the controls; sorted by their codes.
    pub contrasts: Vec<Contrast>,
    /// Sorted by pair, then by strength.
    pub phrases: Vec<Phrase>,
    /// What the reader must know: "no baseline: significance not computed".
    pub notes: Vec<String>,
}
