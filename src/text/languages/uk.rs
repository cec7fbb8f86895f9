//! Ukrainian.

use snowball_stemmers_rs::Algorithm;

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
        published: &["опубліковано"],
        labels: &["опубліковано"],
        ..Dates::NONE
    },
    ..Language::NONE
};
