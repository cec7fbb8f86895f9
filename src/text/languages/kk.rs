//! Kazakh.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const KK: Language = Language {
    code: "kk",
    name: "Kazakh",
    dates: Dates {
        updated: &["жаңартыл*", "өңдел*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
