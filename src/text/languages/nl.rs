//! Dutch.

use snowball_stemmers_rs::Algorithm;

use super::{Dates, Language, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const NL: Language = Language {
    code: "nl",
    name: "Dutch",
    stemmer: Some(Algorithm::Dutch),
    dates: Dates {
        months: &[
            ("jan", 1), ("feb", 2), ("mar", 3), ("maa", 3), ("apr", 4), ("mei", 5), ("jun", 6), ("jul", 7),
            ("aug", 8), ("sep", 9), ("okt", 10), ("nov", 11), ("dec", 12),
        ],
        updated: &["bijgewerkt", "gewijzigd"],
        publication: &["gepubliceerd", "geplaatst"],
        published: &["gepubliceerd"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "zei zeiden zegt zeggen schreef schrijft benadrukte benadrukt verklaarde verklaart meldde meldt voegde \
                    waarschuwde waarschuwt stelde stelt vindt denkt gelooft vertelde vertelt liet laat",
                endings: "-",
            },
        ],
        that: "dat",
        as_words: "zoals aldus",
        phrases: &["volgens", "in de woorden van", "naar eigen zeggen", "aldus", "in een verklaring"],
        ..Speech::NONE
    },
    turns: Turns {
        before: &["volgens", "meldt", "melden", "meldde", "schrijft", "schreef", "bericht", "zei tegen", "vertelde", "aldus", "in gesprek met", "interview met"],
        after: &["meldt", "meldde", "schrijft", "schreef", "bericht"],
        fillers: "persbureau nieuwsagentschap het de krant omroep zender",
        credits: &["bron:", "bronnen:"],
        conjunctions: "en of",
        ..Turns::NONE
    },
    ..Language::NONE
};
