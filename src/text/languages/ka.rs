//! Georgian.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const KA: Language = Language {
    code: "ka",
    name: "Georgian",
    dates: Dates {
        updated: &["განახლ*"],
        publication: &["გამოქვეყნ*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
