//! The rate of exponential transmission, estimated together with the network.

use super::cascade::{Cascade, Index};
use super::greedy::Choice;

/// Rounds after which the estimate is left as it is; two or three are usual.
const MAX_ROUNDS: usize = 25;
/// Relative change of the rate that counts as none.
const TOLERANCE: f64 = 1e-13;

/// First guess: midway between the rates that follow if everything comes from a cascade's first event,
/// and if everything comes from the event before. `None` if nothing follows anything.
pub(super) fn start(cascades: &[Cascade], index: &Index) -> Option<f64> {
    if index.receptions.is_empty() {
        return None;
    }
    let events = || cascades.iter().map(|cascade| &cascade.events[..]);
    let from_first = events().flat_map(|e| e.iter().skip(1).map(move |(_, t)| t - e[0].1));
    let from_last = events().flat_map(|e| e.windows(2).map(|pair| pair[1].1 - pair[0].1));
    let rates = [per_mean(from_first)?, per_mean(from_last)?];
    Some(f64::midpoint(rates[0], rates[1]))
}

/// Alternates between the network at a rate and the rate at that network's trees, where the likelihood
/// is greatest at one over the mean time since the parent.
pub(super) fn fitted(start: f64, at: impl Fn(f64) -> Choice) -> Option<(f64, Choice)> {
    let mut rate = start;
    let mut choice = at(rate);
    for _ in 0..MAX_ROUNDS {
        let next = per_mean(choice.parents.iter().map(|(_, gap)| *gap))?;
        if (next - rate).abs() <= TOLERANCE * rate {
            break;
        }
        rate = next;
        choice = at(rate);
    }
    Some((rate, choice))
}

/// One over the mean; `None` of nothing, or if the mean is 0.
fn per_mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0usize, 0.0), |(n, sum), value| (n + 1, sum + value));
    (sum > 0.0).then(|| n as f64 / sum)
}
