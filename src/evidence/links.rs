//! Which archived item a hyperlink or canonical address names.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::model::{Article, Registry};

/// Links among the articles of one analysis, same-outlet links left out.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Per article: (index of the item it links to, position in [`Article::links`]), sorted, one
    /// entry an item.
    pub(super) out: Vec<Vec<(usize, usize)>>,
    /// Per article: indices of those that link to it, ascending.
    pub(super) into: Vec<Vec<usize>>,
}

impl Links {
    /// Resolves all links; linear in the number of links.
    pub(super) fn new(articles: &[Article], registry: &Registry) -> Links {
        let ids = ArticleIds::new(registry);
        let mut items: FxHashMap<String, usize> = FxHashMap::default();
        for (index, article) in articles.iter().enumerate() {
            if !article.url.is_empty() {
                items.entry(ids.key(&article.url, registry)).or_insert(index);
            }
        }
        let mut links =
            Links { out: vec![Vec::new(); articles.len()], into: vec![Vec::new(); articles.len()] };
        for (from, article) in articles.iter().enumerate() {
            for (position, link) in article.links.iter().enumerate() {
                let Some(&item) = items.get(&ids.key(&link.url, registry)) else { continue };
                if articles[item].outlet != article.outlet {
                    links.out[from].push((item, position));
                }
            }
            links.out[from].sort_unstable();
            links.out[from].dedup_by_key(|(item, _)| *item);
            for &(item, _) in &links.out[from] {
                links.into[item].push(from);
            }
        }
        links
    }

    /// Position of `from`'s link to `item` in its list of links.
    pub(super) fn position(&self, from: usize, item: usize) -> Option<usize> {
        let links = self.out.get(from)?;
        links.binary_search_by_key(&item, |(i, _)| *i).ok().map(|i| links[i].1)
    }
}

/// The outlets' own article ids in addresses, so that two addresses of one article are one item.
/// A pattern is compiled when an address of its outlet first asks for it.
struct ArticleIds(BTreeMap<String, (String, OnceCell<Option<Regex>>)>);

impl ArticleIds {
    fn new(registry: &Registry) -> ArticleIds {
        let patterns = registry.outlets.iter().filter_map(|outlet| {
            Some((outlet.id.clone(), (outlet.article_id.clone()?, OnceCell::new())))
        });
        ArticleIds(patterns.collect())
    }

    fn rule(&self, outlet: &str) -> Option<&Regex> {
        let (pattern, compiled) = self.0.get(outlet)?;
        compiled.get_or_init(|| Regex::new(pattern).ok()).as_ref()
    }

    /// The outlet's own id where its rule finds one; else the address without scheme, `www.`,
    /// fragment and closing slash.
    fn key(&self, url: &str, registry: &Registry) -> String {
        let plain = url.split('#').next().unwrap_or(url);
        let plain = plain.split_once("://").map_or(plain, |(_, rest)| rest);
        let plain = plain.strip_prefix("www.").unwrap_or(plain).trim_end_matches('/');
        let host = plain.split(['/', '?', ':']).next().unwrap_or(plain);
        let own = registry.by_host(host).and_then(|(outlet, _)| {
            let found = self.rule(&outlet.id)?.captures(url)?;
            // A rule with alternatives has several groups, of which one takes part.
            let id = found.iter().skip(1).flatten().next()?;
            Some(format!("{}\u{1f}{}", outlet.id, id.as_str()))
        });
        own.unwrap_or_else(|| plain.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, link, outlet};
    use super::*;

    #[test]
    fn two_addresses_of_one_article_are_one_item() {
        let mut rt = outlet("rt", "RU");
        rt.domains = vec!["rt.example".into()];
        rt.article_id = Some(r"/(\d{6})-".into());
        let registry = Registry::new([rt, outlet("cgtn", "CN")]);
        let mut a = article("a", "rt", 0);
        a.url = "https://www.rt.example/news/512345-grain-deal/".into();
        let mut b = article("b", "cgtn", 9);
        b.links = vec![link("https://rt.example/russia/512345-other-slug/?x=1#top")];
        let mut own = article("c", "rt", 9);
        own.links = vec![link("https://www.rt.example/news/512345-grain-deal/")];
        let links = Links::new(&[a, b, own].map(|item| item.article), &registry);
        assert_eq!(links.out, [vec![], vec![(0, 0)], vec![]]);
        assert_eq!(links.into[0], [1]);
        assert_eq!(links.position(1, 0), Some(0));
    }
}
