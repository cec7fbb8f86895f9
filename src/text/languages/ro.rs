//! Romanian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const RO: Language = Language {
    code: "ro",
    name: "Romanian",
    stemmer: Some(Algorithm::Romanian),
    ..Language::NONE
};
