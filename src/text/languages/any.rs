//! What is in no language: signs, numbers, names of networks.

use super::{Dates, Language, Page, Turns};

#[rustfmt::skip]
pub(super) const ANY: Language = Language {
    code: "",
    name: "",
    dates: Dates {
        zones: &[
            ("z", 0), ("gmt", 0), ("utc", 0), ("ut", 0), ("wet", 0), ("cet", 60), ("cest", 120),
            ("eet", 120), ("eest", 180), ("hkt", 480), ("sgt", 480), ("jst", 540), ("kst", 540),
        ],
        other_days: &["copyright", "©"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "facebook twitter linkedin whatsapp telegram reddit pinterest google messenger weibo wechat vk viber embed \
            rss",
        ownership: &["copyright ©", "copyright (c)", "©"],
        notices: &["cookie", "gdpr", "javascript", "cookies"],
        error_titles: &["404", "410"],
        ..Page::NONE
    },
    turns: Turns {
        conjunctions: "、 , / & ،",
        ..Turns::NONE
    },
    ..Language::NONE
};
