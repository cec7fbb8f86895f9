//! Romanian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const RO: Language = Language {
    code: "ro",
    name: "Romanian",
    stemmer: Some(Algorithm::Romanian),
    dates: Dates {
        half_days: &[("dimineața", Morning), ("după amiaza", Afternoon), ("seara", Afternoon)],
        zone_names: &[("ora locală", Unknown), ("ora moscovei", Fixed(180))],
        updated: &["actualizat*", "modificat*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
