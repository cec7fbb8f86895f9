//! Hungarian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const HU: Language = Language {
    code: "hu",
    name: "Hungarian",
    stemmer: Some(Algorithm::Hungarian),
    dates: Dates {
        half_days: &[("délelőtt", Morning), ("délután", Afternoon), ("este", Afternoon)],
        updated: &["frissít*", "módosít*"],
        publication: &["megjelent"],
        ..Dates::NONE
    },
    ..Language::NONE
};
