//! What share of each outlet's articles has a match in the other, and how sure that is: by relation and by
//! window, with intervals from resampled days.

use chrono::{NaiveDate, TimeDelta};
use rayon::prelude::*;

use super::presence::{Presence, day_of};
use super::series::series;
use super::share_intervals::{Days, RESAMPLES, percentile_interval};
use super::types::Pairs;
use crate::corpus::Corpus;
use crate::model::{Match, PairOverlap, PairPeriod, PassageKind, Relation, Share, UngradedEdge};

/// Windows in days, rising: the day's news cycle, the few days in which a story is taken up elsewhere, and
/// that of the run.
const WINDOWS: [Option<u32>; 3] = [Some(1), Some(3), None];
/// Relations in the order of the rows; the first rows are of them all.
pub(super) const RELATIONS: [Option<Relation>; 7] = [
    None,
    Some(Relation::Verbatim),
    Some(Relation::NearDuplicate),
    Some(Relation::Partial),
    Some(Relation::Narrative),
    Some(Relation::Translation),
    Some(Relation::Event),
];
/// Least number of days with a matched article of which an interval is given: a resample of fewer holds
/// none of them too often, and the interval would be shorter than it should.
pub(super) const MIN_DAYS: usize = 5;

/// One article that has a match in another outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    /// Position of the pair of outlets.
    pub(super) pair: u32,
    /// Whether the article is of the pair's second outlet.
    pub(super) second: bool,
    /// Position of the article.
    pub(super) article: u32,
    /// The rows in which a match of it counts: one bit for each window, those of each relation in turn.
    pub(super) rows: u32,
}

/// The bits of [`Side::rows`] that are of the relation at this place of [`RELATIONS`].
pub(super) fn relation_rows(place: usize) -> u32 {
    ((1 << WINDOWS.len()) - 1) << (place * WINDOWS.len())
}

/// What is shared of all pairs.
pub(super) struct Shares {
    /// Within the window of the run, in the order of [`Pairs::all`].
    pub(super) pairs: Vec<PairShares>,
    /// By relation and window.
    pub(super) overlaps: Vec<PairOverlap>,
    /// By relation and day, week and month.
    pub(super) series: Vec<PairPeriod>,
}

/// The shares of one pair within the window of the run; the fields are those of
/// [`OutletPair`](crate::model::OutletPair).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PairShares {
    pub(super) common_days: usize,
    pub(super) share_a: Option<f64>,
    pub(super) share_b: Option<f64>,
    pub(super) overlap: Option<f64>,
    pub(super) share_a_interval: Option<(f64, f64)>,
    pub(super) share_b_interval: Option<(f64, f64)>,
    pub(super) overlap_interval: Option<(f64, f64)>,
}

impl PairShares {
    /// The shares of a pair without a match that counts: zero where there is something to compare.
    fn without_match(common_days: usize, [of_a, of_b]: [usize; 2]) -> PairShares {
        let zero = |articles: usize| (articles > 0).then_some(0.0);
        PairShares {
            common_days,
            share_a: zero(of_a),
            share_b: zero(of_b),
            overlap: zero(of_a.min(of_b)),
            ..PairShares::default()
        }
    }

    fn with(self, all: &PairOverlap) -> PairShares {
        PairShares {
            common_days: self.common_days,
            share_a: self.share_a.map(|_| all.a.share),
            share_b: self.share_b.map(|_| all.b.share),
            overlap: self.overlap.map(|_| all.overlap),
            share_a_interval: all.a.interval,
            share_b_interval: all.b.interval,
            overlap_interval: all.overlap_interval,
        }
    }
}

/// Returns the shares of all pairs, in the order of [`Pairs::all`], and those by relation and window: pair
/// by pair, the rows in which at least one article counts.
///
/// Cost: `O(m log m)` in matches, and for each row `O(RESAMPLES)` for each day with a matched article.
pub(super) fn shares(
    corpus: &Corpus,
    matches: &[Match],
    evidence: &[UngradedEdge],
    presence: &Presence,
    seed: u64,
) -> Shares {
    let days: Vec<NaiveDate> = corpus.articles().iter().map(day_of).collect();
    let comparable = |article: usize, other: usize| {
        let (language, day) = (presence.of[article], days[article]);
        presence.is_present(corpus.outlet_of(article), language, day)
            && presence.is_present(other, language, day)
    };
    let mut sides = sides(corpus, matches, &comparable);
    let reported = corpus.reported();
    sides.retain(|side| reported.contains(&(side.article as usize)));
    let calendar = PublishedDays::new(&days, corpus, seed);
    let pairs: Vec<(usize, usize)> = Pairs::of(corpus).all().collect();
    let published: Vec<[Vec<(usize, usize)>; 2]> = pairs
        .par_iter()
        .map(|&(a, b)| {
            [(a, b), (b, a)].map(|(own, other)| {
                let articles = calendar.by_outlet[own].iter().copied();
                calendar.by_day(articles.filter(|&article| comparable(article, other)))
            })
        })
        .collect();
    let groups: Vec<&[Side]> = sides.chunk_by(|x, y| x.pair == y.pair).collect();
    let rows: Vec<Vec<PairOverlap>> = groups
        .par_iter()
        .map(|group| {
            let pair = group[0].pair as usize;
            let (a, b) = pairs[pair];
            let [of_a, of_b] = &published[pair];
            let outlets = [(a, of_a), (b, of_b)].map(|(outlet, published)| Published {
                id: &corpus.outlet_ids()[outlet],
                articles: published.iter().map(|&(_, n)| n).sum(),
                part: calendar.days.sums(published).into_iter().map(f32::recip).collect(),
            });
            let of_relation = |place| of_relation(&outlets, group, place, &calendar);
            (0..RELATIONS.len()).flat_map(of_relation).collect()
        })
        .collect();
    let total = |published: &Vec<(usize, usize)>| published.iter().map(|&(_, n)| n).sum();
    let mut shares: Vec<PairShares> = pairs
        .par_iter()
        .zip(&published)
        .map(|(&(a, b), published)| {
            let counts = [total(&published[0]), total(&published[1])];
            PairShares::without_match(presence.common_days(a, b), counts)
        })
        .collect();
    for (group, rows) in groups.iter().zip(&rows) {
        let is_own = |row: &&PairOverlap| (row.relation, row.window_days) == (None, None);
        if let Some(all) = rows.iter().find(is_own) {
            let shares = &mut shares[group[0].pair as usize];
            *shares = shares.with(all);
        }
    }
    let by_day = |counts: &Vec<(usize, usize)>| {
        counts.iter().map(|&(day, n)| (calendar.all[day], n)).collect::<Vec<_>>()
    };
    let published: Vec<[Vec<(NaiveDate, usize)>; 2]> =
        published.iter().map(|sides| sides.each_ref().map(by_day)).collect();
    Shares {
        pairs: shares,
        overlaps: rows.into_iter().flatten().collect(),
        series: series(corpus, &days, &sides, &published, evidence),
    }
}

/// What one outlet published on the days on which the other outlet of the pair was present too.
struct Published<'a> {
    id: &'a str,
    articles: usize,
    /// What one article is of all of them in each resample.
    part: Vec<f32>,
}

/// Whether a match counts in the directional shares: it is an overlap in topic, an outlet's own text was reused, or
/// two texts too short to hold a passage are the same. Sharing only a wire's, a speaker's or a standing text is no
/// overlap of outlets, nor are scattered words in common.
fn counts(m: &Match) -> bool {
    let is_whole = matches!(m.relation, Relation::Verbatim | Relation::NearDuplicate);
    m.relation == Relation::Narrative
        || m.is_on_one_subject()
        || (is_whole && m.passages.is_empty())
        || m.passages.iter().any(|p| p.kind == PassageKind::Own)
}

/// The rows in which a match counts: one bit for each window, those of each relation in turn.
fn rows_of(m: &Match, lag: TimeDelta) -> u32 {
    let within =
        |window: Option<u32>| window.is_none_or(|days| lag <= TimeDelta::days(i64::from(days)));
    let cells = RELATIONS.iter().flat_map(|r| WINDOWS.iter().map(move |w| (r, w)));
    cells.enumerate().fold(0, |rows, (place, (relation, &window))| {
        let is_in = relation.is_none_or(|relation| relation == m.relation) && within(window);
        rows | u32::from(is_in) << place
    })
}

/// All articles with a match in another outlet that was present on their day, each once for each such outlet,
/// sorted.
fn sides(
    corpus: &Corpus,
    matches: &[Match],
    comparable: &impl Fn(usize, usize) -> bool,
) -> Vec<Side> {
    let (articles, outlets, pairs) = (corpus.articles(), corpus.outlets(), Pairs::of(corpus));
    let side = |article: usize, other: usize, rows: u32| {
        let (own, other) = (corpus.outlet_of(article), corpus.outlet_of(other));
        if !comparable(article, other) {
            return None;
        }
        let pair = u32::try_from(pairs.place(own, other)).ok()?;
        Some(Side { pair, second: own > other, article: u32::try_from(article).ok()?, rows })
    };
    let mut sides: Vec<Side> = matches
        .iter()
        .filter(|m| outlets[m.earlier] != outlets[m.later] && counts(m))
        .flat_map(|m| {
            let rows = rows_of(m, (articles[m.later].at() - articles[m.earlier].at()).abs());
            [side(m.earlier, m.later, rows), side(m.later, m.earlier, rows)]
        })
        .flatten()
        .collect();
    sides.sort_unstable();
    sides.dedup_by(|next, kept| {
        let same = (next.pair, next.second, next.article) == (kept.pair, kept.second, kept.article);
        kept.rows |= if same { next.rows } else { 0 };
        same
    });
    sides
}

/// The reported days of a corpus on which anything was published, in order, and what each outlet published.
struct PublishedDays {
    /// The days.
    all: Vec<NaiveDate>,
    /// Day of each article.
    of: Vec<usize>,
    /// The resamples of the days.
    days: Days,
    /// Articles of each outlet, by day.
    by_outlet: Vec<Vec<usize>>,
}

impl PublishedDays {
    fn new(day: &[NaiveDate], corpus: &Corpus, seed: u64) -> PublishedDays {
        let mut all = day[corpus.reported()].to_vec();
        all.sort_unstable();
        all.dedup();
        let of: Vec<usize> =
            day.iter().map(|day| all.binary_search(day).unwrap_or_default()).collect();
        let mut by_outlet = vec![Vec::new(); corpus.outlet_ids().len()];
        for article in corpus.reported() {
            by_outlet[corpus.outlet_of(article)].push(article);
        }
        for articles in &mut by_outlet {
            articles.sort_by_key(|&article| of[article]);
        }
        PublishedDays { of, days: Days::draw(all.len(), seed), by_outlet, all }
    }

    /// Counts articles, given in order of their days, by day.
    fn by_day(&self, articles: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for article in articles {
            let day = self.of[article];
            match counts.last_mut() {
                Some((last, count)) if *last == day => *count += 1,
                _ => counts.push((day, 1)),
            }
        }
        counts
    }
}

/// The rows of a pair for one relation, by rising window. A wider window holds all of a narrower one, so that
/// only what it adds is summed.
fn of_relation(
    published: &[Published<'_>; 2],
    group: &[Side],
    place: usize,
    calendar: &PublishedDays,
) -> Vec<PairOverlap> {
    let [mut a, mut b] = published.each_ref().map(Running::new);
    let mut rows: Vec<PairOverlap> = Vec::new();
    for (i, &window_days) in WINDOWS.iter().enumerate() {
        let new = |second: bool| {
            let first_window = move |side: &&Side| {
                let windows = (side.rows & relation_rows(place)) >> (place * WINDOWS.len());
                side.second == second && windows != 0 && windows.trailing_zeros() as usize == i
            };
            let mut articles: Vec<usize> =
                group.iter().filter(first_window).map(|side| side.article as usize).collect();
            articles.sort_by_key(|&article| calendar.of[article]);
            calendar.by_day(articles.into_iter())
        };
        let (new_a, new_b) = (new(false), new(true));
        match rows.last() {
            None if new_a.is_empty() && new_b.is_empty() => continue,
            Some(row) if new_a.is_empty() && new_b.is_empty() => {
                rows.push(PairOverlap { window_days, ..row.clone() });
                continue;
            }
            _ => {}
        }
        a.add(&new_a, calendar);
        b.add(&new_b, calendar);
        let (mut of_a, mut of_b) = (a.share(), b.share());
        let (shares_a, shares_b) = (a.resampled(), b.resampled());
        let products: Vec<f32> = shares_a.iter().zip(&shares_b).map(|(a, b)| a * b).collect();
        of_a.interval = percentile_interval(&shares_a);
        of_b.interval = percentile_interval(&shares_b);
        rows.push(PairOverlap {
            outlet_a: published[0].id.to_owned(),
            outlet_b: published[1].id.to_owned(),
            relation: RELATIONS[place],
            window_days,
            overlap: (of_a.share * of_b.share).sqrt(),
            overlap_interval: percentile_interval(&products)
                .map(|(low, high)| (low.sqrt(), high.sqrt())),
            a: of_a,
            b: of_b,
        });
    }
    rows
}

/// What one outlet has matched so far while the window widens.
struct Running<'a> {
    published: &'a Published<'a>,
    matched: usize,
    /// Days of the matched articles, sorted.
    days: Vec<usize>,
    /// Matched articles in each resample.
    sums: Vec<f32>,
}

impl<'a> Running<'a> {
    fn new(published: &'a Published<'a>) -> Running<'a> {
        Running { published, matched: 0, days: Vec::new(), sums: vec![0.0; RESAMPLES] }
    }

    fn add(&mut self, new: &[(usize, usize)], calendar: &PublishedDays) {
        calendar.days.add(new, &mut self.sums);
        self.matched += new.iter().map(|&(_, n)| n).sum::<usize>();
        self.days.extend(new.iter().map(|&(day, _)| day));
        self.days.sort_unstable();
        self.days.dedup();
    }

    /// The share, without its interval.
    fn share(&self) -> Share {
        let share = self.matched as f64 / self.published.articles.max(1) as f64;
        Share {
            articles: self.published.articles,
            matched: self.matched,
            days: self.days.len(),
            share,
            interval: None,
        }
    }

    /// The share in each resample; nothing if there are too few days.
    fn resampled(&self) -> Vec<f32> {
        if self.days.len() < MIN_DAYS {
            return Vec::new();
        }
        self.sums.iter().zip(&self.published.part).map(|(sum, part)| sum * part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::{Article, Passage, Registry, Why};
    use crate::significance::tests::{article, matched};

    fn found(articles: &[Article], matches: &[Match]) -> (Vec<PairShares>, Vec<PairOverlap>) {
        let corpus = ordered(articles, Registry::default());
        let found = shares(&corpus, matches, &[], &Presence::new(&corpus), 7);
        (found.pairs, found.overlaps)
    }

    /// Outlets x and y, an article each on every day; those of the days `with` match.
    fn daily(days: usize, with: impl Fn(usize) -> bool) -> (Vec<Article>, Vec<Match>) {
        let articles = (0..2 * days)
            .map(|i| article(&i.to_string(), ["x", "y"][i % 2], i / 2 * 24 + i % 2 * 3))
            .collect();
        let matches = (0..days).filter(|&d| with(d)).map(|d| matched(2 * d, 2 * d + 1)).collect();
        (articles, matches)
    }

    #[test]
    fn shares_are_directional() {
        let articles: Vec<Article> = ["x", "x", "x", "x", "y"]
            .iter()
            .enumerate()
            .map(|(i, outlet)| article(&i.to_string(), outlet, i))
            .collect();
        let (pairs, rows) = found(&articles, &[matched(0, 4), matched(1, 4)]);
        assert_eq!(pairs.len(), 1);
        assert_eq!((pairs[0].share_a, pairs[0].share_b), (Some(0.5), Some(1.0)));
        assert!((pairs[0].overlap.unwrap() - 0.5f64.sqrt()).abs() < 1e-12);
        assert_eq!((rows[0].a.matched, rows[0].b.matched), (2, 1));
        assert_eq!(pairs[0].share_a_interval, None, "all on one day");
    }

    #[test]
    fn a_shared_wire_text_alone_is_no_overlap() {
        let articles = [article("0", "x", 0), article("1", "y", 1)];
        let mut m = matched(0, 1);
        m.relation = Relation::Partial;
        m.overlaps.clear();
        m.passages.push(Passage {
            earlier: 0..9,
            later: 0..9,
            words: 30,
            kind: PassageKind::Wire,
            why: Why::Credited("Wire".to_owned()),
            holder: None,
        });
        assert_eq!(found(&articles, std::slice::from_ref(&m)).1, []);
        m.passages[0].kind = PassageKind::Own;
        let (pairs, rows) = found(&articles, &[m]);
        assert!(pairs[0].share_a == Some(1.0));
        let kinds: Vec<_> = rows.iter().map(|row| (row.relation, row.window_days)).collect();
        let partial = Some(Relation::Partial);
        let expected = [None, partial].map(|relation| WINDOWS.map(|days| (relation, days)));
        assert_eq!(kinds, expected.concat());
    }

    #[test]
    fn a_window_counts_what_lies_within() {
        let times = [("x", 0), ("y", 0), ("y", 25), ("y", 96), ("x", 96)];
        let articles: Vec<Article> = times
            .iter()
            .enumerate()
            .map(|(i, &(outlet, hour))| article(&i.to_string(), outlet, hour))
            .collect();
        let (_, rows) = found(&articles, &[matched(0, 2), matched(0, 3)]);
        let all: Vec<_> = rows
            .iter()
            .filter(|row| row.relation.is_none())
            .map(|row| (row.window_days, row.a.matched, row.b.matched))
            .collect();
        assert_eq!(all, [(Some(3), 1, 1), (None, 1, 2)]);
    }

    #[test]
    fn an_interval_needs_five_days_with_matches() {
        let interval = |n: usize| {
            let (articles, matches) = daily(40, |day| day % 8 == 0 && day / 8 < n);
            found(&articles, &matches).0[0].share_a_interval
        };
        assert_eq!(interval(MIN_DAYS - 1), None);
        let (low, high) = interval(MIN_DAYS).unwrap();
        assert!(low < 0.125 && 0.125 < high && low > 0.0 && high < 0.35, "{low} {high}");
    }

    #[test]
    fn the_interval_is_that_of_days_drawn_one_by_one() {
        let (articles, matches) = daily(30, |day| day % 4 != 3 && !day.is_multiple_of(7));
        let (pairs, _) = found(&articles, &matches);
        let days = Days::draw(30, 7);
        let mut shares: Vec<f64> = (0..RESAMPLES)
            .map(|resample| {
                let drawn = |day: usize| f64::from(days.sums(&[(day, 1)])[resample]);
                let hit = |day: &usize| day % 4 != 3 && !day.is_multiple_of(7);
                (0..30).filter(hit).map(drawn).sum::<f64>() / (0..30).map(drawn).sum::<f64>()
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        let pair = &pairs[0];
        for interval in [pair.share_a_interval, pair.share_b_interval, pair.overlap_interval] {
            let (low, high) = interval.unwrap();
            assert!((low - shares[24]).abs() + (high - shares[974]).abs() < 1e-6);
        }
    }

    #[test]
    fn stories_of_many_articles_a_day_widen_the_interval() {
        // Ten articles a day of each outlet: matches one by one on all days, or all of a day or none.
        let width = |spread: bool| {
            let articles: Vec<Article> = (0..1200)
                .map(|i| article(&i.to_string(), ["x", "y"][i % 2], i / 20 * 24))
                .collect();
            let chosen = |i: usize| if spread { i % 10 < 5 } else { (i / 10).is_multiple_of(2) };
            let matches: Vec<Match> =
                (0..600).filter(|&i| chosen(i)).map(|i| matched(2 * i, 2 * i + 1)).collect();
            let (low, high) = found(&articles, &matches).0[0].share_a_interval.unwrap();
            high - low
        };
        let (spread, bundled) = (width(true), width(false));
        assert!(spread < 0.01 && bundled > 0.05, "{spread} {bundled}");
    }
}
