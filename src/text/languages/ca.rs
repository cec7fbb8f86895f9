//! Catalan.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const CA: Language = Language {
    code: "ca",
    name: "Catalan",
    stemmer: Some(Algorithm::Catalan),
    ..Language::NONE
};
