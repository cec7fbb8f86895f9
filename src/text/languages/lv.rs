//! Latvian.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const LV: Language = Language {
    code: "lv",
    name: "Latvian",
    dates: Dates {
        updated: &["atjaunots", "atjaunināts", "labots"],
        publication: &["publicēts"],
        ..Dates::NONE
    },
    ..Language::NONE
};
