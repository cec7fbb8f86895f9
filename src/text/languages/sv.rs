//! Swedish.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const SV: Language = Language {
    code: "sv",
    name: "Swedish",
    stemmer: Some(Algorithm::Swedish),
    ..Language::NONE
};
