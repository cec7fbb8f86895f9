//! Persian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const FA: Language = Language {
    code: "fa",
    name: "Persian",
    stemmer: Some(Algorithm::Persian),
    dates: Dates {
        months: &[
            ("ژانویه", 1), ("فوریه", 2), ("مارس", 3), ("آوریل", 4), ("ژوئن", 6), ("ژوئیه", 7),
            ("جولای", 7), ("آگوست", 8), ("سپتامبر", 9), ("اکتبر", 10), ("نوامبر", 11), ("دسامبر", 12),
        ],
        half_days: &[
            ("ق ظ", Morning), ("قبل از ظهر", Morning), ("صبح", Morning), ("بامداد", Morning),
            ("ب ظ", Afternoon), ("بعد از ظهر", Afternoon), ("بعدازظهر", Afternoon), ("عصر", Afternoon),
            ("شب", Night),
        ],
        zone_names: &[
            ("وقت مسکو", Fixed(180)), ("وقت پکن", Fixed(480)), ("وقت گرینویچ", Fixed(0)),
            ("وقت تهران", Fixed(210)), ("وقت ایران", Fixed(210)), ("وقت محلی", Unknown),
        ],
        time: "وقت",
        updated: &[
            "به روز رسانی*", "به روزرسانی*", "بروزرسانی*", "بروز رسانی*", "روزرسانی*", "ویرایش*",
            "آخرین تغییر*",
        ],
        publication: &["منتشر*", "انتشار"],
        ..Dates::NONE
    },
    ..Language::NONE
};
