//! Armenian.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const HY: Language = Language {
    code: "hy",
    name: "Armenian",
    stemmer: Some(Algorithm::Armenian),
    dates: Dates {
        updated: &["թարմաց*"],
        publication: &["հրապարակ*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
