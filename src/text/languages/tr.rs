//! Turkish.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language, Page};

#[rustfmt::skip]
pub(super) const TR: Language = Language {
    code: "tr",
    name: "Turkish",
    stemmer: Some(Algorithm::Turkish),
    dates: Dates {
        months: &[
            ("oca", 1), ("şub", 2), ("mar", 3), ("nis", 4), ("may", 5), ("haz", 6), ("tem", 7), ("ağu", 8),
            ("eyl", 9), ("eki", 10), ("kas", 11), ("ara", 12),
        ],
        published: &["yayınlanma"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "paylaş yazdır yorum",
        notices: &["gizlilik", "çerez"],
        error_titles: &["sayfa bulunamadı"],
        ..Page::NONE
    },
    ..Language::NONE
};
