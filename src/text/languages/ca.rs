//! Catalan.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const CA: Language = Language {
    code: "ca",
    name: "Catalan",
    stemmer: Some(Algorithm::Catalan),
    dates: Dates {
        updated: &["actualitzat*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
