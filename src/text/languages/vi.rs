//! Vietnamese.

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const VI: Language = Language {
    code: "vi",
    name: "Vietnamese",
    dates: Dates {
        half_days: &[
            ("sáng", Morning), ("trưa", Noon), ("chiều", Afternoon), ("ch", Afternoon), ("tối", Night),
        ],
        hours: "giờ",
        zone_names: &[
            ("giờ hà nội", Fixed(420)), ("giờ việt nam", Fixed(420)), ("giờ moskva", Fixed(180)),
            ("giờ moscow", Fixed(180)), ("giờ địa phương", Unknown),
        ],
        updated: &["cập nhật", "sửa đổi"],
        publication: &["đăng", "xuất bản"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "nói cho viết nhấn tuyên khẳng cáo thích",
                endings: "-",
            },
        ],
        that: "rằng",
        as_words: "như",
        phrases: &[
            "cho biết", "theo lời", "theo ông", "theo bà", "nói rằng", "tuyên bố", "nhấn mạnh",
            "khẳng định", "cho rằng", "trong một tuyên bố", "phát biểu",
        ],
        ..Speech::NONE
    },
    turns: Turns {
        before: &["theo", "dẫn lời", "trích dẫn", "dẫn nguồn", "nói với", "trả lời phỏng vấn", "phỏng vấn với", "trả lời"],
        after: &["đưa tin", "cho biết", "dẫn lời", "viết", "trích dẫn"],
        fillers: "hãng thông tấn tin tức báo đài truyền hình kênh tờ xã",
        credits: &["nguồn:"],
        conjunctions: "và",
        ..Turns::NONE
    },
    ..Language::NONE
};
