//! Czech.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const CS: Language = Language {
    code: "cs",
    name: "Czech",
    stemmer: Some(Algorithm::Czech),
    ..Language::NONE
};
