//! Czech.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Fixed, Unknown};
use super::{Classes, Dates, Language, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const CS: Language = Language {
    code: "cs",
    name: "Czech",
    stemmer: Some(Algorithm::Czech),
    dates: Dates {
        half_days: &[
            ("ráno", Morning), ("dopoledne", Morning), ("dop", Morning), ("odpoledne", Afternoon),
            ("odp", Afternoon), ("večer", Afternoon),
        ],
        hours: "hodin",
        zone_names: &[("moskevského času", Fixed(180)), ("místního času", Unknown)],
        updated: &["aktualizov*", "upraven*", "poslední změna"],
        publication: &["vydan*", "zveřejn*"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "řek napsa uved doda zdůrazni prohlási oznámi sděli vysvětli upozorni poznamena tvrdi podotk připomně \
                    připusti popsa varova potvrdi odpověd míni konstatova dopln vyzva slíbi",
                endings: "l la li lo",
            },
            Stems {
                stems: "řekl řekla řekli říká říkají uvedl uvedla uvádí píše píšou dodal dodala dodává zdůrazňuje prohlašuje \
                    oznamuje sdělil vysvětluje upozorňuje poznamenává tvrdí soudí domnívá míní podotkl \
                    připomíná připouští popisuje varuje potvrzuje odpověděl odpovídá konstatuje doplnil \
                    slibuje",
                endings: "-",
            },
        ],
        that: "že",
        as_words: "jak",
        phrases: &[
            "podle", "dle", "slovy", "v očích", "jeho slovy", "jejími slovy", "na základě vyjádření",
            "v prohlášení", "s odvoláním na",
        ],
        texts: "dopis prohlášení zpráva text projev slova následující",
        ..Speech::NONE
    },
    turns: Turns {
        before: &["podle", "dle", "napsala", "napsal", "píše", "uvedla", "uvedl", "uvádí", "informovala", "informuje", "oznámila", "oznámil", "sdělila", "sdělil", "řekl", "řekla", "s odvoláním na", "citovala", "cituje", "v rozhovoru pro", "v rozhovoru s", "hlásí", "upozornila"],
        after: &["napsala", "napsal", "píše", "uvedla", "uvedl", "uvádí", "informovala", "informuje", "oznámila", "hlásí", "cituje", "citovala"],
        fillers: "agentura agentury agentuře agenturu agenturou tisková tiskové zpravodajská zpravodajské státní ruská ruské čínská čínské stanice stanici televize televizi deník deníku server serveru list",
        credits: &["zdroj:", "zdroje:", "autor:"],
        conjunctions: "a nebo i",
        ..Turns::NONE
    },
    classes: Classes {
        dative: "agentuře deníku listu televizi stanici serveru",
        told_by: "pro",
        parts: "šéf šéfka ředitel ředitelka mluvčí majitel",
        to: "pro s",
        people: "novinář novinářka reportér reportérka zpravodaj zpravodajka zdroj",
        outlet_words: "agentura agentury agentuře agenturu tisková tiskové státní ruská ruské čínská stanice televize deník server",
        blocks: "ne není je jsou byl byla bylo byly bude který která které",
        ..Classes::NONE
    },
    ..Language::NONE
};
