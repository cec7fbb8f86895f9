//! Danish.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const DA: Language = Language {
    code: "da",
    name: "Danish",
    stemmer: Some(Algorithm::Danish),
    dates: Dates {
        updated: &["opdateret"],
        ..Dates::NONE
    },
    ..Language::NONE
};
