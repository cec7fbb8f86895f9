//! The section of the watchlist: which sentences resemble which claims, and what joins their articles.

use super::escape::Html;
use super::truncated_list::{List, name};
use crate::model::{Stance, Tag};
use crate::report::report_index::ReportIndex;
use crate::report::tables::watchlist::{claim, sentence};
use crate::report::wording;
use crate::text::sanitize;

/// Narratives on the page.
const MAX_WATCHED: usize = 12;
/// Outlets of a narrative.
const MAX_CARRIERS: usize = 12;
/// Sentences of a narrative: the best of each of so many outlets.
const MAX_SENTENCES: usize = 5;
/// Characters of a sentence.
const MAX_SENTENCE: usize = 320;

/// The section; nothing if nothing was watched for.
pub(super) struct WatchlistSection {
    pub(super) measure: &'static str,
    pub(super) watched: usize,
    pub(super) cards: List<WatchedCard>,
}

/// One narrative of the watchlist with articles that resemble it.
pub(super) struct WatchedCard {
    pub(super) title: Html,
    pub(super) source: Html,
    pub(super) figures: String,
    pub(super) joined: String,
    pub(super) carriers: List<CarrierRow>,
    pub(super) sentences: Vec<SentenceRow>,
}

/// One outlet.
pub(super) struct CarrierRow {
    pub(super) outlet: Html,
    pub(super) articles: usize,
    pub(super) counter: usize,
    pub(super) first: String,
}

/// One sentence.
pub(super) struct SentenceRow {
    pub(super) sentence: Html,
    pub(super) outlet: Html,
    pub(super) article: String,
    pub(super) time: String,
    pub(super) claim: Html,
    pub(super) score: String,
    pub(super) stance: Stance,
    pub(super) attributed: bool,
}

/// The section for an analysis.
pub(super) fn watchlist(view: &ReportIndex) -> Option<WatchlistSection> {
    let all = &view.analysis.watchlist;
    if all.narratives.is_empty() {
        return None;
    }
    let mut order: Vec<usize> =
        (0..all.spread.len()).filter(|&i| !all.spread[i].carriers.is_empty()).collect();
    let articles = |i: usize| all.spread[i].carriers.iter().map(|c| c.articles).sum::<usize>();
    order.sort_by_key(|&i| (std::cmp::Reverse(articles(i)), i));
    Some(WatchlistSection {
        measure: all.measure,
        watched: all.narratives.len(),
        cards: List::of(&order, MAX_WATCHED, |&i| card(view, i)),
    })
}

fn card(view: &ReportIndex, place: usize) -> WatchedCard {
    let all = &view.analysis.watchlist;
    let (watched, spread) = (&all.narratives[place], &all.spread[place]);
    let sum =
        |of: fn(&crate::model::Carrier) -> usize| spread.carriers.iter().map(of).sum::<usize>();
    let carrying = spread.carriers.iter().filter(|carrier| carrier.articles > 0).count();
    WatchedCard {
        title: Html::text(&sanitize::shorten(&watched.title, 160)),
        source: Html::text(&sanitize::shorten(&watched.source, 160)),
        figures: format!(
            "{} of {} resemble a claim; {} resemble a claim against it",
            wording::count(sum(|carrier| carrier.articles), "article"),
            wording::count(carrying, "outlet"),
            wording::thousands(sum(|carrier| carrier.counter_articles)),
        ),
        joined: joined(spread.edges.len(), spread.groups.len()),
        carriers: List::of(&spread.carriers, MAX_CARRIERS, |carrier| CarrierRow {
            outlet: name(view, &carrier.outlet),
            articles: carrier.articles,
            counter: carrier.counter_articles,
            first: carrier.first.map_or_else(
                || "–".into(),
                |first| {
                    let article = view.article(first);
                    let precision = article.published.as_ref().map(|p| p.precision);
                    wording::time(article.at(), precision)
                },
            ),
        }),
        sentences: sentences(view, place),
    }
}

/// What joins the articles, in words.
fn joined(edges: usize, groups: usize) -> String {
    if edges + groups == 0 {
        return "Nothing but the likeness joins these articles: no edge, no common narrative."
            .into();
    }
    format!(
        "Joined by {} (E1 to E3) between such articles, and by {} of the run that hold such articles of several outlets.",
        wording::count(edges, "directed edge"),
        wording::count(groups, "narrative"),
    )
}

/// The best sentence of each outlet, claims before counter-claims, best first.
fn sentences(view: &ReportIndex, place: usize) -> Vec<SentenceRow> {
    let tags = view.analysis.watchlist.tags.iter().filter(|tag| tag.narrative == place);
    let mut order: Vec<&Tag> = tags.collect();
    order.sort_by(|a, b| {
        a.stance.cmp(&b.stance).then(b.score.total_cmp(&a.score)).then(a.article.cmp(&b.article))
    });
    let mut seen = std::collections::BTreeSet::new();
    order.retain(|tag| seen.insert((view.article(tag.article).outlet.as_str(), tag.stance)));
    order.iter().take(MAX_SENTENCES).map(|tag| row(view, tag)).collect()
}

fn row(view: &ReportIndex, tag: &Tag) -> SentenceRow {
    let article = view.article(tag.article);
    let written = sanitize::shorten(sentence(view, tag), MAX_SENTENCE);
    SentenceRow {
        sentence: Html::title(&written, &article.language),
        outlet: name(view, &article.outlet),
        article: article.id.clone(),
        time: wording::time(article.at(), article.published.as_ref().map(|p| p.precision)),
        claim: Html::text(&format!("{}: {}", tag.claim + 1, claim(view, tag))),
        score: format!("{:.2}", tag.score),
        stance: tag.stance,
        attributed: tag.attributed,
    }
}
