//! Serbian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const SR: Language = Language {
    code: "sr",
    name: "Serbian",
    stemmer: Some(Algorithm::Serbian),
    ..Language::NONE
};
