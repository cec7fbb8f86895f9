//! Polish.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night};
use super::Offset::{Europe, Fixed, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const PL: Language = Language {
    code: "pl",
    name: "Polish",
    stemmer: Some(Algorithm::Polish),
    dates: Dates {
        months: &[
            ("sty", 1), ("lut", 2), ("mar", 3), ("kwi", 4), ("maj", 5), ("cze", 6), ("lip", 7), ("sie", 8),
            ("wrz", 9), ("paź", 10), ("lis", 11), ("gru", 12),
        ],
        not_months: "lista",
        half_days: &[
            ("rano", Morning), ("przed południem", Morning), ("po południu", Afternoon),
            ("wieczorem", Afternoon), ("w nocy", Night),
        ],
        zone_names: &[
            ("czasu moskiewskiego", Fixed(180)), ("czasu polskiego", Europe(60)),
            ("czasu lokalnego", Unknown),
        ],
        time: "czasu",
        updated: &["zaktualizowan*", "aktualizacj*", "zmodyfikowan*", "ostatnia zmiana"],
        publication: &["opublik*"],
        published: &["opublikowano", "data publikacji"],
        labels: &["data publikacji", "opublikowano", "aktualizacja:"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "udostępnij drukuj wyślij podziel się komentarze komentarz skomentuj lubię reklama poleć znajomemu ocena \
            polub",
        ownership: &["wszelkie prawa zastrzeżone"],
        notices: &["polityk"],
        boxes: &[
            "czytaj także", "czytaj też", "czytaj więcej", "zobacz także", "zobacz też", "przeczytaj też",
            "przeczytaj także",
        ],
        error_titles: &["nie znaleziono strony", "strona nie została znaleziona"],
        ..Page::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "powiedzia napisa podkreśli stwierdzi zaznaczy doda mówi pisa oceni oświadczy zapewni ostrzeg przekaza \
                    poinformowa wyjaśni tłumaczy przyzna zauważy wskaza przypomnia ogłosi zapowiedzia \
                    argumentowa przekonywa komentowa skomentowa relacjonowa opowiada opowiedzia uważa \
                    twierdzi podkreśla zaznacza dodawa obieca odpowiedzia zaapelowa podsumowa deklarowa \
                    zadeklarowa nadmieni sądzi informowa wyrazi donosi",
                endings: "ł ła ło li ły",
            },
            Stems {
                stems: "mówi mówią pisze piszą podkreśla podkreślają twierdzi twierdzą stwierdza zaznacza dodaje dodają ocenia \
                    oceniają oświadcza zapewnia zapewniają ostrzega ostrzegł ostrzegła przekazuje informuje \
                    informują wyjaśnia tłumaczy przyznaje zauważa wskazuje wskazują przypomina ogłasza \
                    zapowiada argumentuje przekonuje komentuje relacjonuje opowiada uważa uważają sądzi \
                    obiecuje odpowiada podsumowuje deklaruje czytamy",
                endings: "-",
            },
        ],
        that: "że iż",
        as_words: "jak",
        phrases: &[
            "zdaniem", "według", "w ocenie", "w opinii", "jego zdaniem", "jej zdaniem", "ich zdaniem",
            "słowami", "w słowach", "jak mówi", "powołując się na", "w oświadczeniu", "w komunikacie",
            "z relacji", "cytowany przez", "cytowana przez", "w przekonaniu", "z punktu widzenia",
        ],
        texts: "list oświadczenie komunikat treść tekst przemówienie słowa następująco wpis",
        ..Speech::NONE
    },
    turns: Turns {
        interviews: &["w wywiadzie dla", "w rozmowie z", "rozmowie dla", "wywiadzie dla"],
        authoring: &["nie była w stanie", "nie mogła zweryfikować", "nie mogła potwierdzić", "nie był w stanie"],
        with_agencies: &["i agencje", "z agencji"],
        media: "agencja prasa gazeta kurier wiadomości dziennik",
        before: &["według", "z informacji", "według informacji", "jak ustaliła", "jak ustalił", "jak podaje", "jak podała", "jak podał", "jak informuje", "jak pisze", "podaje", "podała", "podał", "podały", "informuje", "informują", "poinformowała", "poinformował", "pisze", "piszą", "donosi", "donoszą", "przekazała", "przekazał", "powiadomiła", "cytuje", "cytowany przez", "cytowana przez", "powołując się na", "w rozmowie z", "w wywiadzie dla", "w rozmowie dla", "powiedział", "powiedziała", "napisała", "relacjonuje", "zauważa", "przypomina", "ujawnia", "ujawniła"],
        after: &["informuje", "informują", "podaje", "podała", "podał", "pisze", "napisała", "napisał", "donosi", "donosiła", "poinformowała", "poinformował", "przekazała", "cytuje", "ujawnia", "ujawniła", "relacjonuje", "twierdzi", "ocenia", "zauważa", "powołując się"],
        fillers: "agencja agencji agencję agencje agencją prasowa prasowej informacyjna informacyjnej państwowa państwowej rosyjska rosyjskiej chińska chińskiej stacja stacji telewizja telewizji dziennik dziennika dziennikowi gazeta gazecie portal portalu serwis",
        credits: &["źródło:", "źródła:", "autor:"],
        conjunctions: "i oraz",
        ..Turns::NONE
    },
    classes: Classes {
        dative: "agencji dziennikowi gazecie stacji telewizji portalowi",
        told_by: "dla",
        parts: "szef szefowa prezes dyrektor dyrektorka redaktor rzecznik rzeczniczka właściciel",
        to: "dla z",
        of: "z w od",
        people: "dziennikarz dziennikarka dziennikarzowi reporter reporterka korespondent korespondentka źródło",
        outlet_words: "agencja agencji agencję agencją prasowa prasowej państwowa państwowej rosyjska rosyjskiej chińska telewizja telewizji stacja stacji dziennik gazeta portal",
        blocks: "nie jest są był była było były będzie który która które",
        ..Classes::NONE
    },
    ..Language::NONE
};
