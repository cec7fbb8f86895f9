//! Norwegian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const NO: Language = Language {
    code: "no",
    name: "Norwegian",
    stemmer: Some(Algorithm::Norwegian),
    ..Language::NONE
};
