//! Hindi.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const HI: Language = Language {
    code: "hi",
    name: "Hindi",
    stemmer: Some(Algorithm::Hindi),
    ..Language::NONE
};
