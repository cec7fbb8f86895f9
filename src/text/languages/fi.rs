//! Finnish.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const FI: Language = Language {
    code: "fi",
    name: "Finnish",
    stemmer: Some(Algorithm::Finnish),
    ..Language::NONE
};
