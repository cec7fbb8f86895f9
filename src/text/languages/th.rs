//! Thai.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const TH: Language = Language {
    code: "th",
    name: "Thai",
    dates: Dates {
        inside: "ที่",
        ..Dates::NONE
    },
    ..Language::NONE
};
