//! German.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Europe, Fixed, UnitedStates, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const DE: Language = Language {
    code: "de",
    name: "German",
    stemmer: Some(Algorithm::German),
    dates: Dates {
        months: &[
            ("jan", 1), ("jän", 1), ("feb", 2), ("mar", 3), ("mär", 3), ("mrz", 3), ("apr", 4), ("mai", 5),
            ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9), ("okt", 10), ("nov", 11), ("dez", 12),
        ],
        half_days: &[
            ("morgens", Morning), ("früh", Morning), ("vormittags", Morning), ("uhr morgens", Morning),
            ("uhr früh", Morning), ("uhr vormittags", Morning), ("mittags", Noon), ("uhr mittags", Noon),
            ("nachmittags", Afternoon), ("abends", Afternoon), ("uhr nachmittags", Afternoon),
            ("uhr abends", Afternoon), ("nachts", Night), ("uhr nachts", Night),
        ],
        hours: "uhr",
        zones: &[("mez", Fixed(60)), ("mesz", Fixed(120)), ("oez", Fixed(120)), ("oesz", Fixed(180))],
        zone_names: &[
            ("moskauer zeit", Fixed(180)), ("moskauer ortszeit", Fixed(180)),
            ("pekinger zeit", Fixed(480)), ("weltzeit", Fixed(0)), ("berliner zeit", Europe(60)),
            ("mitteleuropäisch* zeit", Europe(60)), ("ostküstenzeit", UnitedStates(-300)),
            ("ortszeit", Unknown),
        ],
        time: "zeit",
        updated: &[
            "aktualisiert", "aktualisierung", "geändert", "stand", "überarbeitet", "zuletzt bearbeitet",
            "letzte änderung",
        ],
        publication: &["erschienen", "veröffentlicht", "erstellt"],
        published: &["erschienen am", "erscheinungsdatum", "erstellt am", "veröffentlicht"],
        other_days: &["gültig", "termin:", "findet ", "geändert", "änderung", "zuletzt"],
        labels: &["veröffentlicht am", "aktualisiert"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "teilen drucken senden merken kommentare kommentar anzeige vorlesen",
        ownership: &["alle rechte vorbehalten"],
        notices: &["datenschutz", "einwilligung"],
        boxes: &["mehr zum thema", "lesen sie auch", "weiterlesen"],
        error_titles: &["seite nicht gefunden", "fehler 404"],
        bylines: &["von "],
        author_labels: &["text:"],
        ..Page::NONE
    },
    turns: Turns {
        interviews: &["interview mit", "interview der", "gespräch mit", "sagte der", "sagte dem"],
        authoring: &["konnte dies nicht", "konnte die angaben nicht", "konnte das nicht", "konnte die meldung nicht", "konnte diese angaben nicht", "kann die angaben nicht"],
        before: &[
            "laut", "nach angaben von", "nach angaben", "berichtet", "berichtete", "berichten",
            "berichteten", "meldet", "meldete", "melden", "meldeten", "sagte", "sagten", "erklärte",
            "gegenüber", "im gespräch mit", "im interview mit", "interview mit", "zitiert", "zitierte",
            "zitiert von", "unter berufung auf", "beruft sich auf", "berief sich auf", "schreibt",
            "schrieb", "teilte", "wie", "bestätigte", "bericht von", "bericht der", "zufolge",
            "veröffentlicht von", "verbreitet von", "so", "nachfrage von", "nachfrage der", "anfrage von",
            "anfrage der",
        ],
        after: &[
            "liegt", "einsehen konnte", "vorliegt", "vorliegen", "berichtet", "berichtete", "berichten",
            "berichteten", "meldet", "meldete", "meldeten", "zufolge", "schreibt", "schrieb", "zitiert",
            "zitierte", "erfuhr", "unter berufung", "veröffentlichte", "sagte",
        ],
        fillers: "der dem den die das des nachrichtenagentur agentur staatsagentur staatlichen staatliche staatlicher \
            russischen russische russischer chinesischen chinesische amtlichen amtliche sender senders \
            staatssender fernsehsender zeitung staatszeitung am montag dienstag mittwoch donnerstag freitag \
            samstag sonntag auch zuvor von",
        credits: &["quelle:", "quellen:", "mit", "mit material von", "mit materialien von", "text:"],
        credits_in_brackets: "mit",
        contributed: &["hat zu diesem"],
        by_name: "von",
        conjunctions: "und oder",
        published: "erschien veröffent",
        first: "zuerst ursprüng",
        picture: "foto bild",
        with_agencies: &["mit agenturen", "und agenturen", "agenturen"],
        media: "agentur nachrichtenagentur presse zeitung nachrichten tageblatt anzeiger rundschau kurier spiegel bote",
        ..Turns::NONE
    },
    classes: Classes {
        dative: "der dem",
        reports: &[
            Stems {
                stems: "bericht meld zitier kommentier warn droh veröffentlich erklär bestätig enthüll urteil behaupt analysier \
                    ergänz räum beziffer schätz",
                endings: "e et ete eten en t te ten",
            },
            Stems {
                stems: "schreibt schrieb schreiben schrieben erfuhr erfuhren sagt sagte sagten mitteilte teilte teilt mit erfahren \
                    so nannte nennt bezeichnete bezeichnet spricht sprach",
                endings: "-",
            },
        ],
        tells: &[
            Stems {
                stems: "mitgeteilt bestätigt gesagt erzählt erklärt",
                endings: "- e s es o a os as",
            },
        ],
        witnesses: &[
            Stems {
                stems: "sah sahen hörte beobachtete beobachteten zählte",
                endings: "-",
            },
        ],
        done: &[
            Stems {
                stems: "zitiert verbreitet veröffentlicht befragt gemeldet ausgestrahlt eingesehen ausgewertet geführt",
                endings: "- e en er es",
            },
        ],
        statements: "gespräch interviews stellungnahme antwort sprach",
        to: "mit zu für gegenüber",
        by: "von vom durch",
        of: "des der",
        people: "journalistin journalisten reporterin reportern korrespondent korrespondentin korrespondenten reporters team",
        works: "bericht artikel leitartikel kommentar recherche recherchen analyse umfrage beitrag",
        according: "laut nach zufolge",
        parts: "chef chefin sprecher sprecherin direktor direktorin intendant intendantin chefredakteur chefredakteurin \
            mitarbeiter vertreter gründer büro redaktion präsident",
        wants: "forder verlang hof fürcht",
        outlet_words: "der die das den dem des ein eine einer einem agentur nachrichtenagentur staatsagentur sender senders \
            staatssender fernsehsender zeitung tageszeitung volkszeitung nachrichtensender blatt parteinahe \
            parteinahen portal rundfunk rundfunks",
        outlet_stems: "amerik franz deutsch katar moskau peking staatlich amtlich",
        adverbs: "am montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern abend morgen zuvor auch \
            bereits hat haben",
        prepositions: "am im in aus bei vor nach unter auf an",
        blocks: "wurde wurden wird werden ist sind war waren nicht kein keine dass darf soll sollte muss",
        openers: "wie das dies und aber dass so worte",
        including: "darunter",
        auxiliaries: "hat haben",
        articles: "der die",
        citing: "berief berufung zitier",
        ..Classes::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "sag erklär beton mein behaupt versicher warn mahn kündig füg glaub denk erinner unterstreich hervorheb \
                    bekräftig kritisier forder bestätig berichte schild ergänz erläuter äußer räum entgegn \
                    antwort vermut schätz wert bedauer versprech drohe schwör klag lob schimpf",
                endings: "t te ten en e",
            },
            Stems {
                stems: "sagt sagte sagten schreibt schrieb schrieben unterstrich unterstreicht wies weist verwies verweist \
                    versprach verspricht hob betonte betont sprach findet fand glaubt glaubte bekundete \
                    meinte meinten teilte mitgeteilt gesagt erklärt betont fügte warnt \
                    warnte nannte erzählt erzählte heißt hieß überzeugt",
                endings: "-",
            },
        ],
        that: "dass",
        as_words: "wie so",
        prepositions: "laut",
        phrases: &[
            "nach den worten", "nach worten", "nach ansicht", "nach meinung", "nach auffassung",
            "nach angaben", "nach eigenen angaben", "nach einschätzung", "nach darstellung", "aus sicht",
            "den angaben zufolge", "in den worten", "so der", "so die", "unter berufung auf",
            "in einer erklärung", "der meinung", "der ansicht", "der auffassung", "zufolge", "ihm zufolge",
            "in einer mitteilung", "mit den worten",
        ],
        texts: "brief erklärung wortlaut botschaft text rede schreiben folgt worten",
        ..Speech::NONE
    },
    ..Language::NONE
};
