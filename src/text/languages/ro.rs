//! Romanian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language, Speech, Stems};

#[rustfmt::skip]
pub(super) const RO: Language = Language {
    code: "ro",
    name: "Romanian",
    stemmer: Some(Algorithm::Romanian),
    dates: Dates {
        half_days: &[("dimineața", Morning), ("după amiaza", Afternoon), ("seara", Afternoon)],
        zone_names: &[("ora locală", Unknown), ("ora moscovei", Fixed(180))],
        updated: &["actualizat*", "modificat*"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "spus spune scris scrie afirmat afirmă declarat declară explicat explică adăugat adaugă subliniat subliniază \
                    precizat precizează anunțat anunță susține susținut menționat consideră crede avertizat \
                    transmis relatat relatează",
                endings: "-",
            },
        ],
        that: "că",
        as_words: "cum",
        phrases: &["potrivit", "conform", "în opinia", "după cum", "citat de", "în cuvintele"],
        ..Speech::NONE
    },
    ..Language::NONE
};
