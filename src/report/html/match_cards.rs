//! Own text of two outlets side by side where no direction is told: so that every outlet under study has its words in
//! the report.

use super::escape::Html;
use super::passages::{Side, Which, side};
use super::selection::Selection;
use crate::report::report_index::{ReportIndex, own_words};
use crate::report::wording;
use crate::text::sanitize;

/// One match.
pub(super) struct MatchCard {
    /// Where it is.
    pub(super) anchor: String,
    /// Its id.
    pub(super) id: String,
    /// Both outlets and what they share.
    pub(super) a: Html,
    pub(super) b: Html,
    /// Equal words of own text.
    pub(super) own_words: String,
    /// Headline of the later article.
    pub(super) headline: Html,
    /// Relation, shares and difference in time.
    pub(super) figures: String,
    /// Both texts.
    pub(super) left: Side,
    pub(super) right: Side,
}

/// The card of a match.
pub(super) fn match_card(view: &ReportIndex, selection: &Selection, index: usize) -> MatchCard {
    let found = view.matched(index);
    let anchor = selection.matched(index).unwrap_or_default().to_owned();
    let (a, b) = (view.article(found.earlier), view.article(found.later));
    let one = |article: usize, which: Which| {
        side(view.article(article), view.outlet_name(article), Some(found), which, &anchor)
    };
    let apart = (b.at() - a.at()).num_seconds() as f64 / 60.0;
    MatchCard {
        id: found.id.clone(),
        a: Html::title(view.outlet_name(found.earlier), ""),
        b: Html::title(view.outlet_name(found.later), ""),
        own_words: wording::count_of(own_words(found), "word", "words"),
        headline: Html::title(&sanitize::shorten(&b.title, 110), &b.language),
        figures: format!(
            "{}; {} of the left text is in the right one, {} of the right text in the left one; {} apart by stated times",
            found.relation.as_str().replace('_', " "),
            wording::percent(found.containment_earlier),
            wording::percent(found.containment_later),
            wording::duration(apart),
        ),
        left: one(found.earlier, Which::A),
        right: one(found.later, Which::B),
        anchor,
    }
}
