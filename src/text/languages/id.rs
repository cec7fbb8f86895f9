//! Indonesian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::Unknown;
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const ID: Language = Language {
    code: "id",
    name: "Indonesian",
    stemmer: Some(Algorithm::Indonesian),
    dates: Dates {
        half_days: &[
            ("pagi", Morning), ("siang", Noon), ("sore", Afternoon), ("petang", Afternoon),
            ("malam", Night),
        ],
        zone_names: &[("waktu setempat", Unknown)],
        updated: &["diperbarui", "diperbaharui", "pembaruan", "dikemas kini"],
        publication: &["diterbitkan", "terbit"],
        ..Dates::NONE
    },
    ..Language::NONE
};
