//! What is in no language: signs, numbers, names of networks.

use super::Offset::{Fixed, Unknown};
use super::{Dates, Language, Page, Turns};

#[rustfmt::skip]
pub(super) const ANY: Language = Language {
    code: "",
    name: "",
    dates: Dates {
        hours: "h m",
        zones: &[
            ("z", Fixed(0)), ("gmt", Fixed(0)), ("utc", Fixed(0)), ("ut", Fixed(0)), ("wet", Fixed(0)),
            ("west", Fixed(60)), ("cet", Fixed(60)), ("met", Fixed(60)), ("wat", Fixed(60)),
            ("cest", Fixed(120)), ("mest", Fixed(120)), ("eet", Fixed(120)), ("cat", Fixed(120)),
            ("sast", Fixed(120)), ("eest", Fixed(180)), ("eat", Fixed(180)), ("ist", Unknown),
            ("ast", Unknown), ("gst", Unknown), ("cst", Unknown), ("irst", Fixed(210)),
            ("azt", Fixed(240)), ("uzt", Fixed(300)), ("pkt", Fixed(300)), ("npt", Fixed(345)),
            ("ict", Fixed(420)), ("wib", Fixed(420)), ("hkt", Fixed(480)), ("sgt", Fixed(480)),
            ("myt", Fixed(480)), ("pht", Fixed(480)), ("wita", Fixed(480)), ("jst", Fixed(540)),
            ("kst", Fixed(540)), ("wit", Fixed(540)), ("brt", Fixed(-180)), ("art", Fixed(-180)),
            ("bot", Fixed(-240)), ("vet", Fixed(-240)), ("cot", Fixed(-300)), ("pet", Fixed(-300)),
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
