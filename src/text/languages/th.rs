//! Thai.

use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const TH: Language = Language {
    code: "th",
    name: "Thai",
    dates: Dates {
        inside: "ที่",
        hours: "น",
        updated: &["อัปเดต*", "อัพเดต*", "แก้ไข*"],
        publication: &["เผยแพร่*"],
        ..Dates::NONE
    },
    ..Language::NONE
};
