//! Hungarian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const HU: Language = Language {
    code: "hu",
    name: "Hungarian",
    stemmer: Some(Algorithm::Hungarian),
    ..Language::NONE
};
