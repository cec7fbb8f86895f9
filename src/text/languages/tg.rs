//! Tajik.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const TG: Language = Language {
    code: "tg",
    name: "Tajik",
    dates: Dates {
        updated: &["навсозӣ*", "нав карда*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
