//! The plain lists at the end of the page: sources, gaps, phrases, influence.

use std::collections::BTreeMap;

use super::escape::Html;
use super::truncated_list::{List, name};
use crate::model::{InfluenceEdge, PhraseExample};
use crate::report::example::example;
use crate::report::report_index::ReportIndex;
use crate::report::{alternatives, wording};
use crate::text::sanitize;

/// Sources on the page: all of the default registry.
const MAX_FEEDS: usize = 120;
/// Phrases on the page.
const MAX_PHRASES: usize = 40;
/// Inferred edges on the page.
const MAX_INFLUENCE: usize = 20;

/// One polled source.
pub(super) struct FeedRow {
    pub(super) outlet: Html,
    pub(super) edition: String,
    pub(super) kind: &'static str,
    pub(super) address: Html,
    pub(super) status: &'static str,
    pub(super) heard: bool,
    pub(super) http: String,
    pub(super) items: usize,
    pub(super) new_items: usize,
    pub(super) newest: String,
    pub(super) message: Html,
}

/// One phrase that two outlets over-use.
pub(super) struct PhraseRow {
    pub(super) phrase: Html,
    pub(super) a: Html,
    pub(super) b: Html,
    pub(super) count_a: usize,
    pub(super) count_b: usize,
    pub(super) control: usize,
    pub(super) z: String,
    pub(super) q: String,
    /// Outlet, sentence and article id of an example each.
    pub(super) examples: [(Html, Html, String); 2],
    pub(super) alternatives: Html,
}

/// One edge of the inferred network.
pub(super) struct InfluenceRow {
    pub(super) from: Html,
    pub(super) to: Html,
    pub(super) strength: String,
    pub(super) explained: usize,
    pub(super) preceded: usize,
    pub(super) volumes: String,
    pub(super) lag: String,
}

/// Sources that were not heard first.
pub(super) fn feeds(view: &ReportIndex) -> List<FeedRow> {
    let mut order: Vec<usize> = (0..view.corpus.feeds().len()).collect();
    order.sort_by_key(|&i| view.corpus.feeds()[i].status.is_heard());
    List::of(&order, MAX_FEEDS, |&i| {
        let feed = &view.corpus.feeds()[i];
        FeedRow {
            outlet: name(view, &feed.outlet),
            edition: sanitize::terminal(&feed.edition),
            kind: feed.kind.as_str(),
            address: Html::defanged(&feed.url),
            status: feed.status.as_str(),
            heard: feed.status.is_heard(),
            http: feed.http.map_or_else(String::new, |code| code.to_string()),
            items: feed.items,
            new_items: feed.new_items,
            newest: feed.newest.map_or_else(String::new, |at| {
                let age = (feed.fetched_at - at).num_minutes().max(0);
                format!("{} ({} old)", wording::time(at, None), wording::duration(age as f64))
            }),
            message: Html::text(&sanitize::shorten(&feed.message, 240)),
        }
    })
}

/// Days without hearing, by outlet: name, number, first and last day.
pub(super) fn gaps(view: &ReportIndex) -> Vec<(Html, usize, String)> {
    let mut by_outlet: BTreeMap<&str, Vec<chrono::NaiveDate>> = BTreeMap::new();
    for gap in view.corpus.gaps() {
        by_outlet.entry(gap.outlet.as_str()).or_default().push(gap.day);
    }
    by_outlet
        .into_iter()
        .map(|(outlet, days)| {
            let span = match (days.iter().min(), days.iter().max()) {
                (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
                (Some(day), _) => day.to_string(),
                (None, _) => String::new(),
            };
            (name(view, outlet), days.len(), span)
        })
        .collect()
}

/// Phrases, the one whose weaker z-score is highest first.
pub(super) fn phrases(view: &ReportIndex) -> List<PhraseRow> {
    let phrases = &view.analysis.significance.phrases;
    let mut order: Vec<usize> = (0..phrases.len()).collect();
    let strength = |i: usize| phrases[i].z_a.min(phrases[i].z_b);
    order.sort_by(|&i, &j| strength(j).total_cmp(&strength(i)).then(i.cmp(&j)));
    List::of(&order, MAX_PHRASES, |&i| {
        let phrase = &phrases[i];
        PhraseRow {
            phrase: Html::text(&sanitize::shorten(&phrase.phrase, 120)),
            a: name(view, &phrase.outlet_a),
            b: name(view, &phrase.outlet_b),
            count_a: phrase.count_a,
            count_b: phrase.count_b,
            control: phrase.count_control,
            z: format!("{:.1} / {:.1}", phrase.z_a, phrase.z_b),
            q: wording::probability(phrase.q),
            examples: [0, 1].map(|side| phrase_example(view, &phrase.examples[side])),
            alternatives: Html::text(&alternatives::of_phrase(view, phrase).join(" ")),
        }
    })
}

fn phrase_example(view: &ReportIndex, at: &PhraseExample) -> (Html, Html, String) {
    let article = view.article(at.article);
    let sentence = Html::example(&example(view, at), &article.language);
    (Html::title(view.outlet_name(at.article), ""), sentence, article.id.clone())
}

/// The strongest inferred edges for the volume of their outlets.
pub(super) fn influence(view: &ReportIndex) -> List<InfluenceRow> {
    let mut edges: Vec<&InfluenceEdge> = view.analysis.influence.edges.iter().collect();
    edges.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    List::of(&edges, MAX_INFLUENCE, |edge| InfluenceRow {
        from: name(view, &edge.from),
        to: name(view, &edge.to),
        strength: format!("{:.2}", edge.strength),
        explained: edge.explained,
        preceded: edge.preceded,
        volumes: format!("{} / {}", edge.narratives_from, edge.narratives_to),
        lag: edge.median_lag_minutes.map_or_else(|| "–".into(), wording::duration),
    })
}
