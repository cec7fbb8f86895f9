//! Tamil.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const TA: Language = Language {
    code: "ta",
    name: "Tamil",
    stemmer: Some(Algorithm::Tamil),
    ..Language::NONE
};
