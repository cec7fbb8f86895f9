//! Italian.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language, Page};

#[rustfmt::skip]
pub(super) const IT: Language = Language {
    code: "it",
    name: "Italian",
    stemmer: Some(Algorithm::Italian),
    dates: Dates {
        months: &[
            ("gen", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("mag", 5), ("giu", 6), ("lug", 7), ("ago", 8),
            ("set", 9), ("ott", 10), ("nov", 11), ("dic", 12),
        ],
        not_months: "martedì",
        published: &["pubblicato il", "data di pubblicazione"],
        labels: &["pubblicato il"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "condividi stampa commenti",
        boxes: &["leggi anche"],
        error_titles: &["pagina non trovata"],
        ..Page::NONE
    },
    ..Language::NONE
};
