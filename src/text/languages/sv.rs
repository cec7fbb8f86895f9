//! Swedish.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language, Speech, Stems};

#[rustfmt::skip]
pub(super) const SV: Language = Language {
    code: "sv",
    name: "Swedish",
    stemmer: Some(Algorithm::Swedish),
    dates: Dates {
        updated: &["uppdaterad*", "ändrad"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "sade säger skrev skriver menade menar betonade betonar förklarade förklarar uppgav uppger berättade \
                    berättar tillade tillägger varnade varnar hävdade hävdar anser tror",
                endings: "-",
            },
        ],
        that: "att",
        as_words: "som",
        phrases: &["enligt", "i ett uttalande"],
        ..Speech::NONE
    },
    ..Language::NONE
};
