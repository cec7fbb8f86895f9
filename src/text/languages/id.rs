//! Indonesian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const ID: Language = Language {
    code: "id",
    name: "Indonesian",
    stemmer: Some(Algorithm::Indonesian),
    ..Language::NONE
};
