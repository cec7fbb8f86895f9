//! Ukrainian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Europe, Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const UK: Language = Language {
    code: "uk",
    name: "Ukrainian",
    stemmer: Some(Algorithm::Ukrainian),
    dates: Dates {
        months: &[
            ("січ", 1), ("лют", 2), ("бер", 3), ("кві", 4), ("тра", 5), ("чер", 6), ("лип", 7), ("сер", 8),
            ("вер", 9), ("жов", 10), ("лис", 11), ("гру", 12),
        ],
        half_days: &[("ранку", Morning), ("дня", Noon), ("вечора", Afternoon), ("ночі", Night)],
        zone_names: &[
            ("московськ* час*", Fixed(180)), ("київськ* час*", Europe(120)), ("за києвом", Europe(120)),
            ("за гринвічем", Fixed(0)), ("місцев* час*", Unknown),
        ],
        updated: &["оновлен*", "змінено", "відредагован*"],
        publication: &["опублік*"],
        published: &["опубліковано"],
        labels: &["опубліковано"],
        ..Dates::NONE
    },
    ..Language::NONE
};
