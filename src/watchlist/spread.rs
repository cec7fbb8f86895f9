//! Where a watched narrative was seen: outlets in order of their first article, and what joins their articles.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::model::{Carrier, Edge, Narrative, Origin, Spread, Stance, Watchlist};

/// Returns, for each narrative of the watchlist, who carried it, and which directed edges and narratives of the run join
/// articles that resemble it. Two tags alone join nothing. O(tags + edges + articles).
pub fn spread(
    corpus: &Corpus,
    watchlist: &Watchlist,
    edges: &[Edge],
    narratives: &[Narrative],
) -> Vec<Spread> {
    let of = |place: usize| {
        let tagged = |stance: Stance| -> BTreeSet<usize> {
            let tags = watchlist.tags.iter();
            let fits = tags.filter(|tag| tag.narrative == place && tag.stance == stance);
            fits.map(|tag| tag.article).collect()
        };
        let (claim, counter) = (tagged(Stance::Claim), tagged(Stance::CounterClaim));
        let joins = |edge: &Edge| {
            let from = match edge.from {
                Origin::Article(article) => claim.contains(&article),
                Origin::Outlet(_) | Origin::Statement => false,
            };
            from && edge.grade.is_directed() && claim.contains(&edge.to)
        };
        let shares = |narrative: &Narrative| {
            let tagged = narrative.articles.iter().filter(|article| claim.contains(article));
            tagged.map(|&article| corpus.outlet_of(article)).collect::<BTreeSet<_>>().len() > 1
        };
        Spread {
            carriers: carriers(corpus, &claim, &counter),
            edges: places(edges, joins),
            groups: places(narratives, shares),
        }
    };
    (0..watchlist.narratives.len()).map(of).collect()
}

/// The places of what fits.
fn places<T>(all: &[T], fits: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| fits(one)).map(|(place, _)| place).collect()
}

fn carriers(corpus: &Corpus, claim: &BTreeSet<usize>, counter: &BTreeSet<usize>) -> Vec<Carrier> {
    let mut by_outlet: BTreeMap<&str, Carrier> = BTreeMap::new();
    let mut of = |article: usize, add: fn(&mut Carrier, usize)| {
        let outlet = corpus.articles()[article].outlet.as_str();
        let carrier = by_outlet.entry(outlet).or_insert_with(|| Carrier {
            outlet: outlet.to_owned(),
            articles: 0,
            counter_articles: 0,
            first: None,
        });
        add(carrier, article);
    };
    for &article in claim {
        of(article, |carrier, article| {
            carrier.articles += 1;
            carrier.first.get_or_insert(article);
        });
    }
    for &article in counter {
        of(article, |carrier, _| carrier.counter_articles += 1);
    }
    let mut carriers: Vec<Carrier> = by_outlet.into_values().collect();
    carriers.sort_by_key(|carrier| (carrier.first.unwrap_or(usize::MAX), carrier.outlet.clone()));
    carriers
}
