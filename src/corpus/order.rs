//! The one order of articles: by time, then by id.

use std::cmp::Reverse;

use crate::model::{Article, Skipped};

/// Sorts articles by (time, id); those without any time, and repeats of an id, are returned apart.
pub(super) fn in_order(articles: Vec<Article>) -> (Vec<Article>, Vec<Skipped>) {
    let (mut kept, mut skipped) = (articles, Vec::new());
    kept.retain(|article| {
        let dated = article.published.is_some() || article.first_seen.is_some();
        if !dated {
            skipped.push(Skipped {
                what: article.id.clone(),
                reason: "no time: give `published` or `first_seen`".into(),
            });
        }
        dated
    });
    let mut kept = sorted(kept);
    let mut seen = std::collections::HashSet::with_capacity(kept.len());
    let is_new: Vec<bool> = kept.iter().map(|article| seen.insert(article.id.as_str())).collect();
    let mut is_new = is_new.into_iter();
    kept.retain(|article| {
        let new = is_new.next().unwrap_or(true);
        if !new {
            skipped.push(Skipped {
                what: article.id.clone(),
                reason: "another article has the same id; the earlier one is kept".into(),
            });
        }
        new
    });
    (kept, skipped)
}

/// By (time, id), newer versions first, then by content, so that the order they come in decides nothing. Each
/// article is moved once: it is large.
fn sorted(articles: Vec<Article>) -> Vec<Article> {
    let key = |article: &Article| (article.at(), Reverse(article.version));
    let mut order: Vec<_> = articles.iter().map(key).zip(0usize..).collect();
    order.sort_by(|&((at, version), a), &((other_at, other_version), b)| {
        let (a, b) = (&articles[a], &articles[b]);
        let content = || (&a.outlet, &a.title, &a.text).cmp(&(&b.outlet, &b.title, &b.text));
        let order = at.cmp(&other_at).then_with(|| a.id.cmp(&b.id));
        order.then(version.cmp(&other_version)).then_with(content)
    });
    let mut articles: Vec<Option<Article>> = articles.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, place)| articles[place].take()).collect()
}
