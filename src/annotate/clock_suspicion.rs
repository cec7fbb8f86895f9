//! Zone slips of whole outlets, told from the data: items that were seen before the time they state,
//! and shared headlines that all lie the same whole number of hours from those of other outlets.
//!
//! A suspicion, never a correction: an outlet may as well announce in advance, or republish on the
//! hour.

use std::collections::BTreeMap;

use crate::model::{Article, ClockEvidence, ClockSuspicion, Precision};
use crate::text::for_each_hash;

use super::boilerplate::then;

/// Minutes by which a stated time may lie after the sighting without being strange: clocks differ,
/// and systems announce an item a moment before it is due.
const EARLY_MINUTES: i64 = 5;
/// Fewest items that make a suspicion.
const MIN_EARLY: usize = 5;
/// Least share of an outlet's items that were seen early, in percent. Only items that were found
/// within the hours of the slip can show it.
const MIN_EARLY_SHARE: usize = 20;
/// Fewest shared headlines that make a suspicion.
const MIN_SHARED: usize = 6;
/// Least share of the lags that lie at the same whole hour, in percent.
const MIN_AT_HOUR_SHARE: usize = 60;
/// Minutes from the whole hour that a lag may have. Independent coverage comes within it in one case
/// of six.
const AT_HOUR_MINUTES: i64 = 5;
/// Greatest distance of two items under one headline: the zones of the world lie 26 hours apart, but
/// a day is also the rhythm of news.
const MAX_HOURS: i64 = 14;
/// Shortest headline that is compared, in bytes: shorter ones are names of columns.
const MIN_TITLE_BYTES: usize = 24;
/// Most outlets under one headline that are compared with each other.
const MAX_OUTLETS: usize = 24;

/// Returns the outlets whose stated times look as if they were in another zone than they say. Cost: linear in the
/// articles, quadratic in the outlets that share a headline.
pub(super) fn suspect(articles: &[Article]) -> Vec<ClockSuspicion> {
    let mut found = seen_early(articles);
    found.extend(shared_titles(articles));
    found.sort();
    found
}

/// Stated time, in minutes since the epoch, if it is exact enough.
fn stated(article: &Article) -> Option<i64> {
    let published = article.published.as_ref()?;
    (published.precision != Precision::Day).then(|| published.utc.timestamp().div_euclid(60))
}

fn seen_early(articles: &[Article]) -> Vec<ClockSuspicion> {
    let mut leads: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for article in articles {
        // A later version is seen after an edit and tells nothing of the first time.
        let Some((stated, seen)) = stated(article).zip(article.first_seen) else { continue };
        let lead = stated - seen.timestamp().div_euclid(60);
        leads.entry(&article.outlet).or_default().push(lead);
    }
    let suspicion = |(outlet, leads): (&str, Vec<i64>)| {
        let items = leads.iter().filter(|lead| **lead > EARLY_MINUTES).count();
        let greatest = leads.iter().copied().max()?;
        (items >= MIN_EARLY && items * 100 >= leads.len() * MIN_EARLY_SHARE).then(|| {
            ClockSuspicion {
                outlet: outlet.to_owned(),
                other: String::new(),
                evidence: ClockEvidence::SeenEarly,
                minutes: greatest,
                items,
                of: leads.len(),
            }
        })
    };
    leads.into_iter().filter_map(suspicion).collect()
}

/// How far an outlet's items lie after those of another under the same headline, in minutes.
type Lags<'a> = BTreeMap<&'a str, Vec<(i64, &'a str)>>;

fn shared_titles(articles: &[Article]) -> Vec<ClockSuspicion> {
    let lags = lags(articles);
    let suspicion = |(outlet, lags): (&&str, &Vec<(i64, &str)>)| {
        let hour = common_hour(lags.iter().map(|(lag, _)| *lag).collect())?;
        let at_hour = |lag: i64| (lag - 60 * hour).abs() <= AT_HOUR_MINUTES;
        let first = lags.first()?.1;
        let alone = lags.iter().all(|(_, other)| *other == first);
        // Of two outlets that are only compared with each other, one suspicion is enough.
        (!alone || *outlet < first).then(|| ClockSuspicion {
            outlet: (*outlet).to_owned(),
            other: if alone { first.to_owned() } else { String::new() },
            evidence: ClockEvidence::SharedTitles,
            minutes: 60 * hour,
            items: lags.iter().filter(|(lag, _)| at_hour(*lag)).count(),
            of: lags.len(),
        })
    };
    lags.iter().filter_map(suspicion).collect()
}

/// The whole hour, other than none, at which most of the lags lie.
fn common_hour(mut lags: Vec<i64>) -> Option<i64> {
    lags.sort_unstable();
    let median = *lags.get(lags.len() / 2)?;
    let hour = (median + 30).div_euclid(60);
    let at_hour = lags.iter().filter(|lag| (**lag - 60 * hour).abs() <= AT_HOUR_MINUTES).count();
    (hour != 0 && at_hour >= MIN_SHARED && at_hour * 100 >= lags.len() * MIN_AT_HOUR_SHARE)
        .then_some(hour)
}

/// The lags of each outlet to each other, one for each shared headline.
fn lags(articles: &[Article]) -> Lags<'_> {
    let titled = articles.iter().filter(|article| article.title.len() >= MIN_TITLE_BYTES);
    let mut items: Vec<(u64, &str, i64)> = titled
        .filter_map(|article| Some((headline(&article.title), &*article.outlet, stated(article)?)))
        .collect();
    // Of an outlet's items under one headline the earliest counts.
    items.sort_unstable();
    items.dedup_by_key(|&mut (title, outlet, _)| (title, outlet));
    let mut lags: Lags<'_> = BTreeMap::new();
    let shared = items.chunk_by(|x, y| x.0 == y.0);
    for outlets in shared.filter(|outlets| (2..=MAX_OUTLETS).contains(&outlets.len())) {
        for (_, outlet, at) in outlets {
            for (_, other, there) in outlets {
                let lag = at - there;
                if outlet != other && lag.abs() <= 60 * MAX_HOURS {
                    lags.entry(outlet).or_default().push((lag, other));
                }
            }
        }
    }
    lags
}

/// A number for the words of a headline, however they are written and set apart.
fn headline(title: &str) -> u64 {
    let mut headline = 0u64;
    for_each_hash(title, |_, word| headline = then(headline, word));
    headline
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn article(outlet: &str, title: &str, minute: i64, seen: Option<i64>) -> Article {
        let id = format!("{outlet} {title}");
        Article {
            title: title.into(),
            first_seen: seen.map(testing::minutes),
            ..testing::article(&id, outlet, testing::minutes(minute))
        }
    }

    fn title(n: i64) -> String {
        format!("The bridge number {n} over the river is closed")
    }

    /// Items of three outlets under shared headlines, minutes apart; `shift` is added to `a`'s times.
    fn shared(shift: i64) -> Vec<Article> {
        let items = (0..12).flat_map(|n| {
            let at = 1_000 * n;
            [
                article("a", &title(n), at + n % 3 + shift, None),
                article("b", &title(n), at + n % 4, None),
                article("c", &title(n), at + 2 + n % 2, None),
            ]
        });
        items.collect()
    }

    #[test]
    fn a_slip_of_whole_hours_is_the_outlets_that_differs_from_all() {
        let found = suspect(&shared(180));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].outlet.as_str(), found[0].minutes), ("a", 180));
        assert_eq!((found[0].items, found[0].of, found[0].other.as_str()), (24, 24, ""));
        assert_eq!(suspect(&shared(-480))[0].minutes, -480);
    }

    #[test]
    fn two_outlets_alone_are_both_named() {
        let two: Vec<Article> = shared(180).into_iter().filter(|a| a.outlet != "c").collect();
        let found = suspect(&two);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].outlet.as_str(), found[0].other.as_str()), ("a", "b"));
    }

    #[test]
    fn ordinary_lags_are_no_slip() {
        assert!(suspect(&shared(0)).is_empty());
        assert!(suspect(&shared(90)).is_empty());
        let spread: Vec<Article> = (0..20)
            .flat_map(|n| {
                [
                    article("a", &title(n), 1_000 * n + 40 + 13 * n, None),
                    article("b", &title(n), 1_000 * n, None),
                ]
            })
            .collect();
        assert!(suspect(&spread).is_empty());
    }

    #[test]
    fn items_seen_before_their_time_are_strange_if_they_are_many() {
        let items = |early: i64| -> Vec<Article> {
            (0..20)
                .map(|n| {
                    let lead = if n < early { 150 + n } else { -30 };
                    article("a", "x", 1_000 * n, Some(1_000 * n - lead))
                })
                .collect()
        };
        let found = suspect(&items(8));
        assert_eq!((found.len(), found[0].evidence), (1, ClockEvidence::SeenEarly));
        assert_eq!((found[0].items, found[0].of, found[0].minutes), (8, 20, 157));
        assert!(suspect(&items(4)).is_empty());
    }

    #[test]
    fn bare_days_tell_nothing() {
        let mut items = shared(180);
        for item in &mut items {
            if let Some(published) = &mut item.published {
                published.precision = Precision::Day;
            }
        }
        assert!(suspect(&items).is_empty());
    }
}
