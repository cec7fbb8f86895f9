//! Kyrgyz.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const KY: Language = Language {
    code: "ky",
    name: "Kyrgyz",
    dates: Dates {
        updated: &["жаңыртыл*", "жаңылан*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
