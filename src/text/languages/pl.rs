//! Polish.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night};
use super::Offset::{Europe, Fixed, Unknown};
use super::{Dates, Language, Page};

#[rustfmt::skip]
pub(super) const PL: Language = Language {
    code: "pl",
    name: "Polish",
    stemmer: Some(Algorithm::Polish),
    dates: Dates {
        months: &[
            ("sty", 1), ("lut", 2), ("mar", 3), ("kwi", 4), ("maj", 5), ("cze", 6), ("lip", 7), ("sie", 8),
            ("wrz", 9), ("paź", 10), ("lis", 11), ("gru", 12),
        ],
        not_months: "lista",
        half_days: &[
            ("rano", Morning), ("przed południem", Morning), ("po południu", Afternoon),
            ("wieczorem", Afternoon), ("w nocy", Night),
        ],
        zone_names: &[
            ("czasu moskiewskiego", Fixed(180)), ("czasu polskiego", Europe(60)),
            ("czasu lokalnego", Unknown),
        ],
        time: "czasu",
        updated: &["zaktualizowan*", "aktualizacj*", "zmodyfikowan*", "ostatnia zmiana"],
        publication: &["opublik*"],
        published: &["opublikowano", "data publikacji"],
        labels: &["data publikacji", "opublikowano", "aktualizacja:"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "udostępnij drukuj wyślij podziel się komentarze komentarz skomentuj lubię reklama poleć znajomemu ocena \
            polub",
        ownership: &["wszelkie prawa zastrzeżone"],
        notices: &["polityk"],
        boxes: &[
            "czytaj także", "czytaj też", "czytaj więcej", "zobacz także", "zobacz też", "przeczytaj też",
            "przeczytaj także",
        ],
        error_titles: &["nie znaleziono strony", "strona nie została znaleziona"],
        ..Page::NONE
    },
    ..Language::NONE
};
