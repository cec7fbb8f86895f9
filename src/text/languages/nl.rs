//! Dutch.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const NL: Language = Language {
    code: "nl",
    name: "Dutch",
    stemmer: Some(Algorithm::Dutch),
    dates: Dates {
        months: &[
            ("jan", 1), ("feb", 2), ("mar", 3), ("maa", 3), ("apr", 4), ("mei", 5), ("jun", 6), ("jul", 7),
            ("aug", 8), ("sep", 9), ("okt", 10), ("nov", 11), ("dec", 12),
        ],
        updated: &["bijgewerkt", "gewijzigd"],
        publication: &["gepubliceerd", "geplaatst"],
        published: &["gepubliceerd"],
        ..Dates::NONE
    },
    ..Language::NONE
};
