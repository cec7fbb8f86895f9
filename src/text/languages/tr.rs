//! Turkish.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
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
        half_days: &[
            ("öö", Morning), ("sabah", Morning), ("öğleden önce", Morning), ("ös", Afternoon),
            ("öğleden sonra", Afternoon), ("akşam", Afternoon), ("öğle", Noon), ("gece", Night),
        ],
        zones: &[("trt", Fixed(180)), ("tsi", Fixed(180)), ("tsi\u{307}", Fixed(180))],
        zone_names: &[
            ("moskova saati*", Fixed(180)), ("türkiye saati*", Fixed(180)), ("pekin saati*", Fixed(480)),
            ("yerel saat*", Unknown),
        ],
        time: "saati saatiyle",
        updated: &["güncelle*", "değiştiril*", "son değişiklik"],
        publication: &["yayın*"],
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
