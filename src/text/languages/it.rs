//! Italian.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night};
use super::Offset::{Europe, Fixed, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const IT: Language = Language {
    code: "it",
    name: "Italian",
    stemmer: Some(Algorithm::Italian),
    dates: Dates {
        months: &[
            ("gen", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("mag", 5), ("giu", 6), ("lug", 7), ("ago", 8),
            ("set", 9), ("ott", 10), ("nov", 11), ("dic", 12),
        ],
        not_months: "martedì",
        half_days: &[
            ("del mattino", Morning), ("di mattina", Morning), ("del pomeriggio", Afternoon),
            ("di sera", Afternoon), ("della sera", Afternoon), ("di notte", Night),
        ],
        zone_names: &[
            ("ora di mosca", Fixed(180)), ("ora di pechino", Fixed(480)), ("ora di roma", Europe(60)),
            ("ora italiana", Europe(60)), ("ora locale", Unknown),
        ],
        time: "ora",
        updated: &["aggiornat*", "aggiornamento", "modificato", "ultima modifica"],
        publication: &["pubbl*"],
        published: &["pubblicato il", "data di pubblicazione"],
        labels: &["pubblicato il"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "condividi stampa commenti",
        boxes: &["leggi anche"],
        error_titles: &["pagina non trovata"],
        ..Page::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "afferm dichiar spieg sottoline aggiung ricord annunci precis comment osserv not rivel racont raccont \
                    assicur avvert sosten ritien consider lament denunci critic ribad evidenzi conferm \
                    segnal argoment pens minacci esort",
                endings: "a ano ava avano ò arono ato eva evano e ono ito uto ando",
            },
            Stems {
                stems: "dice dicono diceva ha detto detto disse dissero scrive scrivono scriveva scritto scrisse aggiunge aggiunto \
                    aggiungeva sostiene sosteneva ritiene riteneva riferisce riferito riferiva spiegato \
                    spiega crede credeva promette promesso promise ammette ammesso avverte risponde rispose \
                    risposto conclude concluso precisato riporta riportato",
                endings: "-",
            },
        ],
        that: "che",
        as_words: "come",
        prepositions: "secondo",
        phrases: &[
            "a detta di", "a detta del", "a detta della", "a detta dei", "secondo quanto", "a giudizio di",
            "a giudizio del", "a parere di", "a parere del", "nelle parole di", "nelle parole del",
            "ad avviso di", "ad avviso del", "stando a", "stando al", "stando alle", "stando alla",
            "in una nota", "in un comunicato", "citando", "agli occhi di", "agli occhi del",
        ],
        texts: "lettera comunicato nota dichiarazione messaggio testo discorso seguente parole",
        ..Speech::NONE
    },
    classes: Classes {
        to: "a al alla ai agli alle all con per",
        of: "di del dello della dei degli delle dell d da dal dalla in nel nella su sul sulla",
        by: "da dal dalla dall",
        articles: "il lo la i gli le un una uno",
        outlet_words: "il lo la i gli le l un una agenzia agenzie stampa giornale quotidiano emittente rete canale televisione radio \
            notizie sito statale pubblica ufficiale",
        people: "giornalista giornalisti corrispondente corrispondenti inviato inviata reporter fonte fonti",
        works: "articolo inchiesta rapporto editoriale analisi reportage",
        according: "secondo",
        blocks: "non è sono era erano sarà saranno che chi",
        ..Classes::NONE
    },
    turns: Turns {
        interviews: &["intervista a", "intervista al"],
        authoring: &["non ha potuto verificare", "non è stata in grado", "non è in grado di verificare"],
        with_agencies: &["con agenzie", "e agenzie"],
        media: "agenzia stampa notizie giornale corriere gazzetta",
        credits: &["fonte:", "fonti:"],
        conjunctions: "e ed o",
        by_name: "di",
        before: &["secondo", "scrive", "scrivono", "riferisce", "riferiscono", "ha riferito", "riporta", "riportano", "ha riportato", "citato da", "citata da", "citando", "come riferisce", "come riporta", "come scrive", "ha detto a", "ha detto alla", "ha dichiarato a", "ha dichiarato alla", "intervista a", "intervista alla", "intervista con", "intervistato da", "pubblicato da", "pubblicato su", "diffuso da", "diffusa da", "rende noto", "fa sapere", "rivela", "apprende", "stando a", "stando alla"],
        after: &["scrive", "riferisce", "riporta", "ha riferito", "ha scritto", "ha riportato", "cita", "citando", "rivela", "ha rivelato", "ha appreso", "informa", "spiega", "annuncia"],
        fillers: "la il lo l' l'agenzia dell'agenzia all'agenzia dall'agenzia agenzia agenzie di stampa russa russo cinese statale ufficiale quotidiano emittente rete canale della del dello",
        published: "pubblic",
        first: "originari inizial",
        ..Turns::NONE
    },
    ..Language::NONE
};
