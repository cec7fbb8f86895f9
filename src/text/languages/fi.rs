//! Finnish.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const FI: Language = Language {
    code: "fi",
    name: "Finnish",
    stemmer: Some(Algorithm::Finnish),
    dates: Dates {
        updated: &["päivitetty", "muokattu"],
        publication: &["julkaistu"],
        ..Dates::NONE
    },
    ..Language::NONE
};
