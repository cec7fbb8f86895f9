//! Azerbaijani.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const AZ: Language = Language {
    code: "az",
    name: "Azerbaijani",
    dates: Dates {
        updated: &["yenilən*", "dəyişdiril*"],
        publication: &["yayımlan*", "dərc"],
        ..Dates::NONE
    },
    ..Language::NONE
};
