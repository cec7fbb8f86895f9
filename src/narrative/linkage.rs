//! Average linkage on a sparse graph, by nearest-neighbour chains.
//!
//! Two clusters are as similar as the mean weight over all pairs of articles that *could* have a
//! link; a pair without a link weighs zero. Pairs inside one outlet never have a link, so they say
//! (almost) nothing: they enter the mean with a small share only. Knows nothing of texts.

use std::cmp::Ordering;

/// Fixed-point unit of a weight: sums of weights are exact, whatever the order of merges.
const WEIGHT_UNIT: f64 = (1u64 << 20) as f64;
/// Fixed-point unit of a pair count.
const PAIR_UNIT: f64 = 1000.0;

/// A weighted link between two articles of different outlets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    /// Index of one article.
    pub(super) a: usize,
    /// Index of the other one.
    pub(super) b: usize,
    /// How similar they are, `0..=1`.
    pub(super) weight: f64,
}

/// What the clustering depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Linkage {
    /// Clusters are merged while their similarity is at least this.
    pub(super) threshold: f64,
    /// Part of a whole pair that a pair inside one outlet counts in the mean, `0..=1`.
    pub(super) same_outlet: f64,
}

/// Returns the clusters with at least two members, each sorted, sorted by their first member.
///
/// `outlet[i]` is the outlet of article `i`; the pairs in `together` are in one cluster whatever
/// their links say. Average linkage is reducible, so merging reciprocal nearest neighbours (Bruynooghe
/// 1977; Murtagh, *A survey of recent advances in hierarchical clustering algorithms*, 1983) gives
/// the clusters that merging the globally most similar pair gives, but for exact ties, which go to
/// the cluster with the earlier first member.
///
/// Every step scans the links of one cluster, and there are at most three steps an article: about
/// `O(m log m)` for `m` links spread over many clusters, 32 bytes a link.
pub(super) fn clusters(
    outlet: &[u32],
    together: &[(usize, usize)],
    links: &[Link],
    linkage: Linkage,
) -> Vec<Vec<usize>> {
    let mut forest = Forest::new(outlet, linkage);
    for &(a, b) in together {
        let (a, b) = (forest.root(a), forest.root(b));
        if a != b {
            forest.merge(a, b);
        }
    }
    for link in links {
        let weight = fixed(link.weight, WEIGHT_UNIT);
        let (a, b) = (forest.root(link.a), forest.root(link.b));
        if a != b && weight > 0 {
            forest.links[a].push((link.b, weight));
            forest.links[b].push((link.a, weight));
        }
    }
    for start in 0..outlet.len() {
        forest.finish(start);
    }
    forest.groups()
}

/// `value` in whole `unit`s.
fn fixed(value: f64, unit: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=1 and multiplied by a small unit"
    )]
    let whole = (value.clamp(0.0, 1.0) * unit).round() as u64;
    whole
}

/// A similarity as an exact fraction: sum of weights over number of pairs, both in their units.
#[derive(Debug, Clone, Copy)]
struct Mean {
    weight: u64,
    pairs: u64,
}

impl Mean {
    fn cmp(self, other: Mean) -> Ordering {
        let left = u128::from(self.weight) * u128::from(other.pairs);
        left.cmp(&(u128::from(other.weight) * u128::from(self.pairs)))
    }
}

/// The clusters so far: a union-find forest whose roots are the first members.
struct Forest {
    parent: Vec<usize>,
    /// Members by outlet, sorted by outlet; of a root.
    counts: Vec<Vec<(u32, u64)>>,
    /// Links to articles of other clusters, not yet summed by cluster; of a root.
    links: Vec<Vec<(usize, u64)>>,
    /// No further merge is possible; of a root.
    done: Vec<bool>,
    /// The least similarity of a merge.
    least: Mean,
    /// What a pair inside one outlet counts, in pair units.
    same_outlet: u64,
}

impl Forest {
    fn new(outlet: &[u32], linkage: Linkage) -> Forest {
        let n = outlet.len();
        Forest {
            parent: (0..n).collect(),
            counts: outlet.iter().map(|&outlet| vec![(outlet, 1)]).collect(),
            links: vec![Vec::new(); n],
            done: vec![false; n],
            least: Mean {
                weight: fixed(linkage.threshold, WEIGHT_UNIT).max(1),
                pairs: fixed(1.0, PAIR_UNIT),
            },
            same_outlet: fixed(linkage.same_outlet, PAIR_UNIT),
        }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    /// Joins two roots; the smaller index stays a root.
    fn merge(&mut self, a: usize, b: usize) -> usize {
        let (root, child) = (a.min(b), a.max(b));
        self.parent[child] = root;
        let counts = std::mem::take(&mut self.counts[child]);
        self.counts[root] = add(&self.counts[root], &counts);
        let (mut kept, mut moved) =
            (std::mem::take(&mut self.links[root]), std::mem::take(&mut self.links[child]));
        if kept.len() < moved.len() {
            std::mem::swap(&mut kept, &mut moved);
        }
        kept.append(&mut moved);
        self.links[root] = kept;
        root
    }

    /// Follows nearest neighbours from `start`'s cluster until that cluster can grow no more.
    fn finish(&mut self, start: usize) {
        let mut chain = Vec::new();
        loop {
            let root = self.root(start);
            if self.done[root] {
                return;
            }
            chain.push(root);
            while let Some(&top) = chain.last() {
                let previous = chain.len().checked_sub(2).map(|i| chain[i]);
                match self.nearest(top, previous) {
                    None => {
                        self.done[top] = true;
                        self.links[top] = Vec::new();
                        chain.pop();
                    }
                    Some(next) if Some(next) == previous => {
                        chain.truncate(chain.len() - 2);
                        self.merge(top, next);
                    }
                    Some(next) => chain.push(next),
                }
            }
        }
    }

    /// The most similar cluster that `cluster` may merge with; of several the one it came from,
    /// else the one with the earliest first member.
    fn nearest(&mut self, cluster: usize, previous: Option<usize>) -> Option<usize> {
        let links = self.summed_links(cluster);
        let mut best: Option<(usize, Mean)> = None;
        for &(other, weight) in &links {
            let mean = Mean { weight, pairs: self.pairs(cluster, other) };
            if mean.cmp(self.least).is_lt() {
                continue;
            }
            let better = best.is_none_or(|(_, so_far)| match mean.cmp(so_far) {
                Ordering::Greater => true,
                Ordering::Equal => Some(other) == previous,
                Ordering::Less => false,
            });
            if better {
                best = Some((other, mean));
            }
        }
        self.links[cluster] = links;
        best.map(|(other, _)| other)
    }

    /// The links of a cluster, one for each other cluster that is not done, sorted.
    fn summed_links(&mut self, cluster: usize) -> Vec<(usize, u64)> {
        let mut links = std::mem::take(&mut self.links[cluster]);
        for link in &mut links {
            link.0 = self.root(link.0);
        }
        links.retain(|&(other, _)| other != cluster && !self.done[other]);
        links.sort_unstable();
        links.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 += later.1;
            }
            same
        });
        links
    }

    /// Number of pairs between two clusters, those inside one outlet counted in part.
    fn pairs(&self, a: usize, b: usize) -> u64 {
        let (a, b) = (&self.counts[a], &self.counts[b]);
        let size = |counts: &[(u32, u64)]| counts.iter().map(|&(_, n)| n).sum::<u64>();
        let (mut i, mut j, mut same) = (0, 0, 0);
        while let (Some(&(x, m)), Some(&(y, n))) = (a.get(i), b.get(j)) {
            match x.cmp(&y) {
                Ordering::Less => i += 1,
                Ordering::Greater => j += 1,
                Ordering::Equal => {
                    same += m * n;
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        let cross = size(a) * size(b) - same;
        (cross * fixed(1.0, PAIR_UNIT) + same * self.same_outlet).max(1)
    }

    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.parent.len()];
        for i in 0..self.parent.len() {
            let root = self.root(i);
            members[root].push(i);
        }
        members.retain(|group| group.len() >= 2);
        members
    }
}

/// Sums two lists of counts sorted by outlet.
fn add(a: &[(u32, u64)], b: &[(u32, u64)]) -> Vec<(u32, u64)> {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    sum.extend_from_slice(a);
    sum.extend_from_slice(b);
    sum.sort_unstable();
    sum.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
    sum
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    const LINKAGE: Linkage = Linkage { threshold: 0.14, same_outlet: 0.05 };

    fn link(a: usize, b: usize, weight: f64) -> Link {
        Link { a, b, weight }
    }

    #[track_caller]
    fn check(outlet: &[u32], links: &[Link], expected: &[&[usize]]) {
        assert_eq!(clusters(outlet, &[], links, LINKAGE), expected);
    }

    #[test]
    fn a_link_at_the_threshold_joins() {
        check(&[0, 1], &[link(0, 1, 0.14)], &[&[0, 1]]);
        check(&[0, 1], &[link(0, 1, 0.139)], &[]);
    }

    #[test]
    fn a_weak_bridge_does_not_join_two_groups() {
        let triangle =
            |i: usize| [link(i, i + 1, 0.6), link(i, i + 2, 0.6), link(i + 1, i + 2, 0.6)];
        let mut links = [triangle(0), triangle(3)].concat();
        links.push(link(2, 3, 0.4));
        check(&[0, 1, 2, 3, 4, 5], &links, &[&[0, 1, 2], &[3, 4, 5]]);
    }

    #[test]
    fn articles_of_one_outlet_join_through_another_outlet() {
        let links: Vec<Link> = (1..4).map(|i| link(0, i, 0.4)).collect();
        check(&[7, 1, 1, 1], &links, &[&[0, 1, 2, 3]]);
    }

    #[test]
    fn a_roundup_does_not_hold_a_whole_outlet_together() {
        let links: Vec<Link> = (1..60).map(|i| link(0, i, 0.25)).collect();
        let outlet: Vec<u32> = (0..60).map(|i| u32::from(i > 0)).collect();
        let groups = clusters(&outlet, &[], &links, LINKAGE);
        assert!(groups.iter().all(|group| group.len() < 30), "{groups:?}");
    }

    #[test]
    fn what_belongs_together_is_together_without_links() {
        let groups = clusters(&[0, 1, 2], &[(2, 0)], &[], LINKAGE);
        assert_eq!(groups, [[0, 2]]);
    }

    /// The definition, literally: merge the most similar pair of clusters until none is similar
    /// enough. `O(n³)` and more. Counts in the same units, so that rounding decides nothing.
    fn greedy(outlet: &[u32], links: &[Link], linkage: Linkage) -> Vec<Vec<usize>> {
        let weight: BTreeMap<(usize, usize), u64> = links
            .iter()
            .map(|l| ((l.a.min(l.b), l.a.max(l.b)), fixed(l.weight, WEIGHT_UNIT)))
            .collect();
        let similarity = |a: &[usize], b: &[usize]| {
            let mut mean = Mean { weight: 0, pairs: 0 };
            for &i in a {
                for &j in b {
                    mean.weight += weight.get(&(i.min(j), i.max(j))).copied().unwrap_or(0);
                    let same = outlet[i] == outlet[j];
                    mean.pairs += fixed(if same { linkage.same_outlet } else { 1.0 }, PAIR_UNIT);
                }
            }
            mean
        };
        let least =
            Mean { weight: fixed(linkage.threshold, WEIGHT_UNIT), pairs: fixed(1.0, PAIR_UNIT) };
        let mut groups: Vec<Vec<usize>> = (0..outlet.len()).map(|i| vec![i]).collect();
        loop {
            let mut best: Option<(Mean, usize, usize)> = None;
            for i in 0..groups.len() {
                for j in i + 1..groups.len() {
                    let s = similarity(&groups[i], &groups[j]);
                    let enough = s.weight > 0 && s.cmp(least).is_ge();
                    if enough && best.is_none_or(|(so_far, ..)| s.cmp(so_far).is_gt()) {
                        best = Some((s, i, j));
                    }
                }
            }
            let Some((_, i, j)) = best else { break };
            let moved = groups.remove(j);
            groups[i].extend(moved);
            groups[i].sort_unstable();
        }
        groups.retain(|group| group.len() >= 2);
        groups.sort_unstable();
        groups
    }

    proptest! {
        #[test]
        fn chains_give_what_the_greedy_definition_gives(
            outlet in proptest::collection::vec(0u32..4, 2..24),
            weights in proptest::collection::vec(any::<u16>(), 276),
            density in 1u16..10,
        ) {
            let mut links = Vec::new();
            let mut k = 0;
            for i in 0..outlet.len() {
                for j in i + 1..outlet.len() {
                    let raw = weights[k];
                    k += 1;
                    if outlet[i] != outlet[j] && raw % 10 < density {
                        // Distinct weights, in units: exact ties are the one case where both may
                        // differ.
                        let units = f64::from(raw / 20) * 300.0 + k as f64;
                        links.push(link(i, j, units / WEIGHT_UNIT));
                    }
                }
            }
            for linkage in [LINKAGE, Linkage { threshold: 0.3, same_outlet: 0.0 }] {
                let found = clusters(&outlet, &[], &links, linkage);
                prop_assert_eq!(found, greedy(&outlet, &links, linkage));
            }
        }
    }
}
