//! Statistics of labels: the interval of a share, and how far two coders agree.

use crate::significance::wilson_interval;

/// Returns the 95 % interval of the share `hits` of `n`, `0..=1`; all of it if `n` is 0.
pub(crate) fn wilson(hits: usize, n: usize) -> (f64, f64) {
    wilson_interval(hits, n).unwrap_or((0.0, 1.0))
}

/// Returns Cohen's kappa of pairs of labels, `-1..=1` (Cohen, *Educational and Psychological Measurement* 20,
/// 1960): observed agreement less that of two coders who use their labels as often, but by chance. `None`
/// without pairs, or if both use one label only.
pub(crate) fn cohen_kappa<L: Copy + PartialEq>(pairs: &[(L, L)], labels: &[L]) -> Option<f64> {
    let n = pairs.len() as f64;
    let observed = pairs.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let used = |label: &L, side: fn(&(L, L)) -> L| {
        pairs.iter().filter(|pair| side(pair) == *label).count() as f64 / n
    };
    let expected: f64 =
        labels.iter().map(|l| used(l, |pair| pair.0) * used(l, |pair| pair.1)).sum();
    (!pairs.is_empty() && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Returns Krippendorff's alpha of pairs of nominal labels, at most 1 (Krippendorff, *Content Analysis*, 2004,
/// section 11.3): one less observed over expected disagreement, where both coders draw from one pool of
/// labels. `None` without pairs, or if there is one label only.
pub(crate) fn krippendorff_alpha<L: Copy + PartialEq>(
    pairs: &[(L, L)],
    labels: &[L],
) -> Option<f64> {
    let n = 2.0 * pairs.len() as f64;
    // Each pair of unequal labels stands twice in the matrix of coincidences, once in either order.
    let disagreeing = 2.0 * pairs.iter().filter(|(a, b)| a != b).count() as f64;
    let total = |label: &L| {
        pairs.iter().map(|(a, b)| f64::from(a == label) + f64::from(b == label)).sum::<f64>()
    };
    let equal: f64 = labels.iter().map(total).map(|count| count * count).sum();
    let unequal = n * n - equal;
    (unequal > 0.0).then(|| 1.0 - (n - 1.0) * disagreeing / unequal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Krippendorff's own example of two coders and two labels (*Computing Krippendorff's Alpha-Reliability*,
    /// 2011, part A).
    const PAIRS: [(u8, u8); 10] =
        [(0, 1), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0), (1, 0), (0, 0)];

    #[test]
    fn agreement_is_that_of_the_published_example() {
        let alpha = krippendorff_alpha(&PAIRS, &[0, 1]).unwrap();
        assert!((alpha - 0.095).abs() < 5e-4, "{alpha}");
        let kappa = cohen_kappa(&PAIRS, &[0, 1]).unwrap();
        assert!((kappa - 0.091).abs() < 5e-4, "{kappa}");
    }

    #[test]
    fn full_agreement_is_one_and_a_single_label_is_none() {
        let pairs = [(0, 0), (1, 1), (1, 1)];
        assert_eq!(cohen_kappa(&pairs, &[0, 1]), Some(1.0));
        assert_eq!(krippendorff_alpha(&pairs, &[0, 1]), Some(1.0));
        for pairs in [&[][..], &[(0, 0), (0, 0)]] {
            assert_eq!(cohen_kappa(pairs, &[0, 1]), None);
            assert_eq!(krippendorff_alpha(pairs, &[0, 1]), None);
        }
    }

    #[test]
    fn the_interval_of_a_share_is_the_score_interval() {
        let check = |hits, n, low: f64, high: f64| {
            let found = wilson(hits, n);
            assert!((found.0 - low).abs() < 5e-4 && (found.1 - high).abs() < 5e-4, "{found:?}");
        };
        check(7, 10, 0.397, 0.892);
        check(0, 10, 0.0, 0.278);
        check(10, 10, 0.722, 1.0);
        check(0, 0, 0.0, 1.0);
    }
}
