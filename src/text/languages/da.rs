//! Danish.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const DA: Language = Language {
    code: "da",
    name: "Danish",
    stemmer: Some(Algorithm::Danish),
    ..Language::NONE
};
