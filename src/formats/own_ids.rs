//! Ids that records bring along. One that stands for several articles names none of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::address_id;
use crate::model::Article;

/// Gives articles an id of their own where records of different outlets or addresses have the same: row numbers that begin
/// anew with each outlet, or ids that a spreadsheet has rounded. Versions of one article keep theirs. Returns what to say
/// about it.
pub(super) fn separate(articles: &mut [Article]) -> Option<String> {
    let mut by_id: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for article in articles.iter() {
        by_id.entry(&article.id).or_default().insert((&article.outlet, &article.url));
    }
    let shared: BTreeSet<String> = by_id
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(id, _)| id.to_owned())
        .collect();
    let mut count = 0;
    for article in articles.iter_mut().filter(|article| shared.contains(&article.id)) {
        article.id = address_id(article);
        count += 1;
    }
    let example = shared.first()?;
    let mangled = if example.contains("E+") { ", rounded by a spreadsheet" } else { "" };
    Some(format!(
        "{count} articles share their `id` with another article (such as {example}{mangled}): their outlets and addresses \
         stand for them"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, outlet: &str, url: &str) -> Article {
        Article { id: id.into(), outlet: outlet.into(), url: url.into(), ..Article::default() }
    }

    #[test]
    fn an_id_of_several_articles_is_none() {
        let mut articles = [
            article("1", "alpha", "https://alpha.example/1"),
            article("1", "beta", "https://beta.example/1"),
            article("2", "alpha", "https://alpha.example/2"),
            article("2", "alpha", "https://alpha.example/2"),
        ];
        let said = separate(&mut articles).unwrap();
        assert!(said.starts_with("2 articles") && said.contains("such as 1)"), "{said}");
        let ids: BTreeSet<&str> = articles.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids.len(), 3);
        assert_eq!((articles[2].id.as_str(), articles[3].id.as_str()), ("2", "2"));
        assert_eq!(separate(&mut articles[2..]), None);
    }
}
