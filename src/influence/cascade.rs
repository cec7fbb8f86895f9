//! Cascades: who took something up, and when. What the inference needs of them is indexed here once.

use std::collections::BTreeMap;

/// One thing that spread: nodes with the time at which each took it up, in any unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cascade {
    /// (node, time), each node once, sorted by (time, node).
    pub events: Vec<(usize, f64)>,
}

impl Cascade {
    /// Returns the cascade of these events: of several of one node the first counts, times that are no
    /// finite number are left out.
    pub fn new(events: impl IntoIterator<Item = (usize, f64)>) -> Cascade {
        let mut first: BTreeMap<usize, f64> = BTreeMap::new();
        for (node, time) in events.into_iter().filter(|(_, time)| time.is_finite()) {
            let known = first.entry(node).or_insert(time);
            *known = known.min(time);
        }
        let mut events: Vec<(usize, f64)> = first.into_iter().collect();
        events.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        Cascade { events }
    }
}

/// A node that took something up after another one had.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reception {
    /// Number of the cascade.
    pub(super) cascade: usize,
    /// Time since the nearest earlier event of the cascade.
    pub(super) nearest: f64,
}

/// Who could have passed something on to whom.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Index {
    /// All receptions, by cascade, then time, then node.
    pub(super) receptions: Vec<Reception>,
    /// Per possible edge (from, to): (reception, time between the two events), by cascade.
    pub(super) edges: BTreeMap<(usize, usize), Vec<(usize, f64)>>,
}

impl Index {
    /// Lists the pairs of nodes of which one is strictly earlier than the other in at least
    /// `min_cascades` cascades. Quadratic in the size of a cascade.
    pub(super) fn new(cascades: &[Cascade], min_cascades: usize) -> Index {
        let mut index = Index::default();
        for (number, cascade) in cascades.iter().enumerate() {
            for (place, &(to, at)) in cascade.events.iter().enumerate() {
                let earlier = cascade.events[..place].iter().filter(|(_, time)| *time < at);
                let Some(nearest) = earlier.clone().map(|(_, time)| at - time).reduce(f64::min)
                else {
                    continue;
                };
                let reception = index.receptions.len();
                index.receptions.push(Reception { cascade: number, nearest });
                for &(from, time) in earlier {
                    index.edges.entry((from, to)).or_default().push((reception, at - time));
                }
            }
        }
        index.edges.retain(|_, uses| uses.len() >= min_cascades);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_event_of_a_node_counts() {
        let cascade = Cascade::new([(1, 5.0), (0, 2.0), (1, 3.0), (2, f64::NAN)]);
        assert_eq!(cascade.events, [(0, 2.0), (1, 3.0)]);
    }

    #[test]
    fn ties_pass_nothing_on() {
        let index = Index::new(&[Cascade::new([(0, 1.0), (1, 1.0), (2, 4.0)])], 1);
        assert_eq!(index.receptions, [Reception { cascade: 0, nearest: 3.0 }]);
        let edges: Vec<(usize, usize)> = index.edges.into_keys().collect();
        assert_eq!(edges, [(0, 2), (1, 2)]);
    }

    #[test]
    fn rare_pairs_are_left_out() {
        let often = Cascade::new([(0, 0.0), (1, 1.0)]);
        let once = Cascade::new([(2, 0.0), (1, 1.0)]);
        let index = Index::new(&[often.clone(), often, once], 2);
        assert_eq!(index.edges.into_keys().collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!(index.receptions.len(), 3);
    }
}
