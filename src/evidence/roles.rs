//! What each article does in its narrative.

use crate::model::{Article, ArticleRole, Narrative};

/// The roles of a narrative's articles, parallel to [`Narrative::articles`], by the definitions of
/// Hanley, Kumar and Durumeric, *Specious Sites* (IEEE S&P 2024): an origin is published on the
/// narrative's first day (ties kept); an early amplifier before the day of the peak, among the first
/// `early_share` of the articles (origins counted), and no origin. The paper has no name for the rest;
/// here it is late. Days are UTC days of [`Article::at`].
pub(super) fn roles(
    narrative: &Narrative,
    articles: &[Article],
    early_share: f64,
) -> Vec<ArticleRole> {
    let day = |index: &usize| articles.get(*index).map(|a| a.at().date_naive());
    let first_day = narrative.articles.iter().filter_map(day).min();
    let early = early_share * narrative.articles.len() as f64;
    narrative
        .articles
        .iter()
        .enumerate()
        .map(|(rank, index)| {
            let day = day(index);
            if day == first_day {
                ArticleRole::Origin
            } else if day < Some(narrative.peak) && (rank + 1) as f64 <= early {
                ArticleRole::EarlyAmplifier
            } else {
                ArticleRole::LateAmplifier
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, narrative};
    use super::*;

    const DAY: i64 = 24 * 60;

    fn check(minutes: &[i64], peak_day: usize, expected: &str) {
        let articles: Vec<_> =
            minutes.iter().map(|&m| article(&format!("{m:06}"), "rt", m).article).collect();
        let mut n = narrative(&(0..articles.len()).collect::<Vec<_>>());
        n.peak = articles[peak_day].at().date_naive();
        let got: String = roles(&n, &articles, 0.15)
            .into_iter()
            .map(|role| match role {
                ArticleRole::Origin => 'o',
                ArticleRole::EarlyAmplifier => 'e',
                ArticleRole::LateAmplifier => 'l',
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn first_day_then_early_share_then_late() {
        let mut times = vec![0, DAY, DAY + 1];
        times.extend((0..11).map(|i| 2 * DAY + i));
        check(&times, 5, "oellllllllllll"); // 15 % of 14 articles are two
        check(&times, 1, "olllllllllllll"); // the second day is the peak itself
    }

    #[test]
    fn the_early_share_includes_its_border_and_counts_the_origins() {
        let of = |n: i64| (0..n).map(|i| if i == 0 { 0 } else { DAY + i }).chain([3 * DAY]);
        let times: Vec<i64> = of(19).collect(); // 15 % of 20 are three, the origin among them
        check(&times, 19, &format!("oee{}", "l".repeat(17)));
        let times: Vec<i64> = of(18).collect(); // 15 % of 19 are 2.85: two
        check(&times, 18, &format!("oe{}", "l".repeat(17)));
    }

    #[test]
    fn all_of_the_first_day_are_origins() {
        check(&[0, 1, 2], 0, "ooo");
    }
}
