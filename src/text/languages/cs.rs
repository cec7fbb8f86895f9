//! Czech.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const CS: Language = Language {
    code: "cs",
    name: "Czech",
    stemmer: Some(Algorithm::Czech),
    dates: Dates {
        half_days: &[
            ("ráno", Morning), ("dopoledne", Morning), ("dop", Morning), ("odpoledne", Afternoon),
            ("odp", Afternoon), ("večer", Afternoon),
        ],
        hours: "hodin",
        zone_names: &[("moskevského času", Fixed(180)), ("místního času", Unknown)],
        updated: &["aktualizov*", "upraven*", "poslední změna"],
        publication: &["vydan*", "zveřejn*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
