//! Serbian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Fixed, Unknown};
use super::{Classes, Dates, Language, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const SR: Language = Language {
    code: "sr",
    name: "Serbian",
    stemmer: Some(Algorithm::Serbian),
    dates: Dates {
        months: &[
            ("јан", 1), ("феб", 2), ("март", 3), ("апр", 4), ("мај", 5), ("јун", 6), ("јул", 7),
            ("авг", 8), ("сеп", 9), ("окт", 10), ("нов", 11), ("дец", 12),
        ],
        half_days: &[
            ("пре подне", Morning), ("prije podne", Morning), ("pre podne", Morning),
            ("поподне", Afternoon), ("poslije podne", Afternoon), ("popodne", Afternoon),
        ],
        zone_names: &[
            ("московск* врем*", Fixed(180)), ("moskovsk* vrem*", Fixed(180)), ("локалн* времен*", Unknown),
            ("lokaln* vremen*", Unknown),
        ],
        updated: &[
            "ажуриран*", "измењен*", "измјењен*", "освежен*", "ažuriran*", "izmenjen*", "izmijenjen*",
            "osvežen*",
        ],
        publication: &["објављ*", "objavlj*"],
        ..Dates::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "reka napisa istaka objasni doda izjavi naglasi saopšti kaza tvrdi podseti upozori poruči potvrdi oceni \
                    objavi prizna obeća odgovori primeti",
                endings: "- o la lo li le h",
            },
            Stems {
                stems: "rekao rekla rekli kaže kažu kazao kazala napisao napisala piše pišu istakao istakla ističe objasnio \
                    objasnila objašnjava dodao dodala dodaje izjavio izjavila naglašava naglašavao naglasio \
                    naglasila saopštio saopštila smatra smatraju smatrao navodi navode naveo navela tvrdi \
                    tvrde podseća upozorava poručuje ocenjuje veruje misli priznaje preneo prenosi javlja \
                    objavio objavila najavio najavila ocenio ocenila poručio poručila",
                endings: "-",
            },
            Stems {
                stems: "рекао рекла рекли каже кажу казао написао написала пише истакао истакла истиче објаснио објаснила објашњава \
                    додао додала додаје изјавио изјавила наглашава наглашавао нагласио саопштио саопштила \
                    сматра сматрају наводи наводе навео навела тврди тврде подсећа упозорава поручује \
                    оцењује верује пренео преноси јавља објавио објавила",
                endings: "-",
            },
        ],
        that: "da да",
        as_words: "kako како",
        phrases: &[
            "prema rečima", "po rečima", "prema navodima", "po mišljenju", "prema mišljenju", "rečima",
            "prema pisanju", "kako navodi", "prema oceni", "po oceni", "u saopštenju", "према речима",
            "по речима", "по мишљењу", "према наводима", "према мишљењу", "у саопштењу", "kako prenosi",
            "prema informacijama",
        ],
        texts: "pismo saopštenje poruka tekst govor reči",
        ..Speech::NONE
    },
    turns: Turns {
        before: &["preneo je", "prenela je", "prenosi", "prenose", "javlja", "javljaju", "javio je", "javila je", "piše", "pišu", "objavio je", "objavila je", "objavljuje", "saopštio je", "navodi", "navodi se u", "prema pisanju", "prema navodima", "u razgovoru za", "u intervjuu za", "izjavio za", "rekao za", "rekla za", "citira", "kako prenosi", "kako javlja", "kako piše", "pozivajući se na", "преноси", "јавља", "пише", "објавио је", "наводи", "према писању", "изјавио за", "како преноси", "позивајући се на"],
        after: &["javlja", "prenosi", "piše", "objavljuje", "navodi", "preneo je", "javio je", "objavio je", "citira", "преноси", "јавља", "пише", "наводи", "објављује"],
        fillers: "agencija agencije agenciji novinska novinske ruska ruske kineska državna državne agenciju list televizija агенција агенције новинска руска",
        credits: &["izvor:", "извор:", "izvori:"],
        conjunctions: "i ili и или",
        ..Turns::NONE
    },
    classes: Classes {
        dative: "agenciji listu televiziji агенцији листу телевизији",
        told_by: "za за",
        parts: "šef direktor direktorka urednik vlasnik шеф директор уредник",
        outlet_words: "agencija agencije agenciji novinska ruska kineska državna televizija list агенција агенције",
        people: "novinar novinarka reporter dopisnik izvor новинар дописник",
        blocks: "nije ne je li bio bila bilo koji koja koje није не",
        ..Classes::NONE
    },
    ..Language::NONE
};
