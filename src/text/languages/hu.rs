//! Hungarian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::{Dates, Language, Speech, Stems};

#[rustfmt::skip]
pub(super) const HU: Language = Language {
    code: "hu",
    name: "Hungarian",
    stemmer: Some(Algorithm::Hungarian),
    dates: Dates {
        half_days: &[("délelőtt", Morning), ("délután", Afternoon), ("este", Afternoon)],
        updated: &["frissít*", "módosít*"],
        publication: &["megjelent"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "mondta mondja közölte közli írta írja hangsúlyozta hangsúlyozza kijelentette kijelenti hozzátette \
                    hozzáteszi szerinte elmondta állítja állította figyelmeztetett megerősítette jelentette \
                    jelenti",
                endings: "-",
            },
        ],
        that: "hogy",
        as_words: "ahogy mint",
        phrases: &["szerint", "szavaival"],
        ..Speech::NONE
    },
    ..Language::NONE
};
