//! Lithuanian.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const LT: Language = Language {
    code: "lt",
    name: "Lithuanian",
    stemmer: Some(Algorithm::Lithuanian),
    dates: Dates {
        updated: &["atnaujint*"],
        publication: &["paskelbt*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
