//! Belarusian.

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const BE: Language = Language {
    code: "be",
    name: "Belarusian",
    dates: Dates {
        half_days: &[("раніцы", Morning), ("дня", Noon), ("вечара", Afternoon), ("ночы", Night)],
        updated: &["абноўлен*", "зменена"],
        publication: &["апублік*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
