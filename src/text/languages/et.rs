//! Estonian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const ET: Language = Language {
    code: "et",
    name: "Estonian",
    stemmer: Some(Algorithm::Estonian),
    ..Language::NONE
};
