//! Lithuanian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const LT: Language = Language {
    code: "lt",
    name: "Lithuanian",
    stemmer: Some(Algorithm::Lithuanian),
    ..Language::NONE
};
