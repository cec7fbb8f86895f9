//! Korean.

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const KO: Language = Language {
    code: "ko",
    name: "Korean",
    dates: Dates {
        half_days: &[
            ("오전", Morning), ("새벽", Morning), ("아침", Morning), ("오후", Afternoon), ("저녁", Afternoon),
            ("정오", Noon), ("낮", Noon), ("밤", Night),
        ],
        zone_names: &[
            ("한국 시간", Fixed(540)), ("한국시간", Fixed(540)), ("모스크바 시간", Fixed(180)), ("베이징 시간", Fixed(480)),
            ("현지 시간", Unknown), ("현지시간", Unknown),
        ],
        updated: &["수정", "업데이트", "갱신", "변경"],
        publication: &["게시", "등록", "입력", "발행"],
        ..Dates::NONE
    },
    ..Language::NONE
};
