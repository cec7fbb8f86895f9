//! Italian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night};
use super::Offset::{Europe, Fixed, Unknown};
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
        half_days: &[
            ("del mattino", Morning), ("di mattina", Morning), ("del pomeriggio", Afternoon),
            ("di sera", Afternoon), ("della sera", Afternoon), ("di notte", Night),
        ],
        zone_names: &[
            ("ora di mosca", Fixed(180)), ("ora di pechino", Fixed(480)), ("ora di roma", Europe(60)),
            ("ora italiana", Europe(60)), ("ora locale", Unknown),
        ],
        time: "ora",
        updated: &["aggiornat*", "aggiornamento", "modificato", "ultima modifica"],
        publication: &["pubbl*"],
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
