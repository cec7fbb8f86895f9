//! Persian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const FA: Language = Language {
    code: "fa",
    name: "Persian",
    stemmer: Some(Algorithm::Persian),
    ..Language::NONE
};
