//! Swedish.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const SV: Language = Language {
    code: "sv",
    name: "Swedish",
    stemmer: Some(Algorithm::Swedish),
    dates: Dates {
        updated: &["uppdaterad*", "ändrad"],
        ..Dates::NONE
    },
    ..Language::NONE
};
