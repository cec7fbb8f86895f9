//! Norwegian.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const NO: Language = Language {
    code: "no",
    name: "Norwegian",
    stemmer: Some(Algorithm::Norwegian),
    dates: Dates {
        updated: &["oppdatert", "endret"],
        ..Dates::NONE
    },
    ..Language::NONE
};
