//! Japanese.

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const JA: Language = Language {
    code: "ja",
    name: "Japanese",
    dates: Dates {
        half_days: &[
            ("午前", Morning), ("早朝", Morning), ("未明", Morning), ("午後", Afternoon), ("夕方", Afternoon),
            ("正午", Noon), ("夜", Night),
        ],
        zone_names: &[("日本時間", Fixed(540)), ("東京時間", Fixed(540)), ("モスクワ時間", Fixed(180)), ("現地時間", Unknown)],
        updated: &["更新", "改訂", "修正"],
        publication: &["公開", "掲載", "投稿", "配信"],
        ..Dates::NONE
    },
    ..Language::NONE
};
