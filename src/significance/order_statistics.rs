//! Quantiles of sorted values, and the interval of a median.

/// The 95 % interval of the median of sorted values: the narrowest pair of order statistics, equally far
/// from both ends, that holds it with at least that probability (Conover, *Practical nonparametric
/// statistics*, 1999, section 3.2). `None` below six values.
pub(super) fn median_interval(sorted: &[f64]) -> Option<(f64, f64)> {
    let n = sorted.len();
    // P(at most k of n values below the median), term by term, while it stays within 2.5 %.
    let (mut log_term, mut below, mut k) = (-(n as f64) * std::f64::consts::LN_2, 0.0, 0);
    while k < n && below + log_term.exp() <= 0.025 {
        below += log_term.exp();
        log_term += ((n - k) as f64 / (k + 1) as f64).ln();
        k += 1;
    }
    let low = *sorted.get(k.checked_sub(1)?)?;
    Some((low, *sorted.get(n - k)?))
}

/// The quantile `q` of sorted values by linear interpolation (Hyndman and Fan, *Sample quantiles in
/// statistical packages*, 1996, definition 7); 0 of no values.
pub(super) fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = q.clamp(0.0, 1.0) * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last index"
    )]
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_of_the_median_interval_are_the_tabulated_ones() {
        let of = |n: i32| median_interval(&(1..=n).map(f64::from).collect::<Vec<_>>());
        // For 95 %: n 6: 1 and 6; n 10: 2 and 9; n 20: 6 and 15.
        assert_eq!([of(5), of(6)], [None, Some((1.0, 6.0))]);
        assert_eq!([of(10), of(20)], [Some((2.0, 9.0)), Some((6.0, 15.0))]);
        assert!(of(5000).unwrap().0 > 2400.0, "no underflow");
    }
}
