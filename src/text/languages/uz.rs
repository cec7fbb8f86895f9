//! Uzbek.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const UZ: Language = Language {
    code: "uz",
    name: "Uzbek",
    dates: Dates {
        updated: &["yangilan*", "янгилан*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
