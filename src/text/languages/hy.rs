//! Armenian.

use snowball_stemmers_rs::Algorithm;

use super::Language;

#[rustfmt::skip]
pub(super) const HY: Language = Language {
    code: "hy",
    name: "Armenian",
    stemmer: Some(Algorithm::Armenian),
    ..Language::NONE
};
