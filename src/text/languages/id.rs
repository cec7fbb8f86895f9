//! Indonesian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::Unknown;
use super::{Dates, Language, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const ID: Language = Language {
    code: "id",
    name: "Indonesian",
    stemmer: Some(Algorithm::Indonesian),
    dates: Dates {
        half_days: &[
            ("pagi", Morning), ("siang", Noon), ("sore", Afternoon), ("petang", Afternoon),
            ("malam", Night),
        ],
        zone_names: &[("waktu setempat", Unknown)],
        updated: &["diperbarui", "diperbaharui", "pembaruan", "dikemas kini"],
        publication: &["diterbitkan", "terbit"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "mengatakan berkata ujar kata menyatakan menegaskan menambahkan menjelaskan menulis mengungkapkan menyebut \
                    menyebutkan melaporkan menuturkan tutur memperingatkan mengklaim menilai mengaku tegas \
                    jelas sebut",
                endings: "-",
            },
        ],
        bare: "mengatakan menyatakan",
        that: "bahwa",
        as_words: "seperti",
        phrases: &["menurut", "dalam pernyataan", "dikutip dari", "seperti dilansir", "seperti dikutip"],
        ..Speech::NONE
    },
    turns: Turns {
        before: &["menurut", "kata", "lapor", "dikutip dari", "dilansir", "dilansir dari", "mengutip", "kepada", "melaporkan", "dilaporkan oleh", "seperti dilaporkan", "seperti dikutip", "wawancara dengan"],
        after: &["melaporkan", "memberitakan", "mengatakan", "menulis", "menyebutkan", "mengutip"],
        fillers: "kantor berita media harian stasiun televisi resmi",
        credits: &["sumber:"],
        conjunctions: "dan atau",
        ..Turns::NONE
    },
    ..Language::NONE
};
