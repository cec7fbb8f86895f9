//! How much more one outlet uses a phrase than the controls do.

/// How often a phrase is used: in how many of how many articles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Use {
    /// Articles that use it.
    pub(super) with: f64,
    /// Articles in all.
    pub(super) of: f64,
}

/// Returns the z-score of the log-odds ratio of `outlet` over `control` with an informative Dirichlet
/// prior: Monroe, Colaresi and Quinn, *Fightin' words* (2008), equations 15, 18 and 22, with articles in
/// place of words, so that one long article counts once.
///
/// The prior is the usage in the whole corpus, `everyone`, at the weight of as many articles as the
/// outlet has: it pulls rare phrases towards no difference. Above 1.64 means more at 5 % one-sided.
pub(super) fn z_score(outlet: Use, control: Use, everyone: Use) -> f64 {
    let prior_of = outlet.of;
    let prior = prior_of * everyone.with / everyone.of.max(1.0);
    let log_odds = |usage: Use| {
        let with = usage.with + prior;
        (with / (usage.of + prior_of - with).max(f64::MIN_POSITIVE)).ln()
    };
    let variance = 1.0 / (outlet.with + prior) + 1.0 / (control.with + prior);
    let z = (log_odds(outlet) - log_odds(control)) / variance.sqrt();
    if z.is_finite() { z } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(with: f64, of: f64) -> Use {
        Use { with, of }
    }

    #[test]
    fn worked_example() {
        // Prior: 100 articles, of which 20/1300 use it, 1.538.
        let z = z_score(of(10.0, 100.0), of(0.0, 1000.0), of(20.0, 1300.0));
        let expected = ((11.538f64 / 188.462).ln() - (1.538f64 / 1098.462).ln())
            / (1.0 / 11.538 + 1.0 / 1.538f64).sqrt();
        assert!((z - expected).abs() < 0.01, "{z} {expected}");
    }

    #[test]
    fn equal_usage_is_no_difference() {
        assert!(z_score(of(5.0, 100.0), of(5.0, 100.0), of(10.0, 200.0)).abs() < 1e-12);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(z_score(of(0.0, 0.0), of(0.0, 0.0), of(0.0, 0.0)).abs() < 1e-12);
    }
}
