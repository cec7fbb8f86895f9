//! The interval of a share.

/// 97.5 % quantile of the normal distribution: intervals of 95 %.
const Z_95: f64 = 1.959_964;

/// The 95 % score interval of the share `hits` of `n` (Wilson, *Journal of the American Statistical Association* 22,
/// 1927), within `0..=1`; `None` if `n` is 0.
pub(crate) fn wilson_interval(hits: usize, n: usize) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (n, z) = (n as f64, Z_95);
    let share = hits as f64 / n;
    let scale = 1.0 + z * z / n;
    let middle = (share + z * z / (2.0 * n)) / scale;
    let half = z / scale * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}
