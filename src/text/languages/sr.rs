//! Serbian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const SR: Language = Language {
    code: "sr",
    name: "Serbian",
    stemmer: Some(Algorithm::Serbian),
    dates: Dates {
        months: &[
            ("јан", 1), ("феб", 2), ("март", 3), ("апр", 4), ("мај", 5), ("јун", 6), ("јул", 7),
            ("авг", 8), ("сеп", 9), ("окт", 10), ("нов", 11), ("дец", 12),
        ],
        half_days: &[
            ("пре подне", Morning), ("prije podne", Morning), ("pre podne", Morning),
            ("поподне", Afternoon), ("poslije podne", Afternoon), ("popodne", Afternoon),
        ],
        zone_names: &[
            ("московск* врем*", Fixed(180)), ("moskovsk* vrem*", Fixed(180)), ("локалн* времен*", Unknown),
            ("lokaln* vremen*", Unknown),
        ],
        updated: &[
            "ажуриран*", "измењен*", "измјењен*", "освежен*", "ažuriran*", "izmenjen*", "izmijenjen*",
            "osvežen*",
        ],
        publication: &["објављ*", "objavlj*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
