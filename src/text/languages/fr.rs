//! French.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Europe, Fixed, UnitedStates, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const FR: Language = Language {
    code: "fr",
    name: "French",
    stemmer: Some(Algorithm::French),
    dates: Dates {
        months: &[
            ("jan", 1), ("fév", 2), ("fev", 2), ("mar", 3), ("avr", 4), ("mai", 5), ("juin", 6),
            ("juil", 7), ("aoû", 8), ("aou", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
            ("déc", 12),
        ],
        not_months: "mardi",
        inside: "er",
        half_days: &[("du matin", Morning), ("de l après midi", Afternoon), ("du soir", Afternoon)],
        zone_names: &[
            ("heure de moscou", Fixed(180)), ("heure moscovite", Fixed(180)),
            ("heure de pékin", Fixed(480)), ("heure de beijing", Fixed(480)),
            ("heure de greenwich", Fixed(0)), ("temps universel", Fixed(0)),
            ("heure de londres", Europe(0)), ("heure de paris", Europe(60)),
            ("heure française", Europe(60)), ("heure de bruxelles", Europe(60)),
            ("heure de l est", UnitedStates(-300)), ("heure locale", Unknown),
        ],
        time: "heure",
        updated: &[
            "mis à jour", "mise à jour", "mis a jour", "mise a jour", "màj", "maj le", "modifié*",
            "actualisé*",
        ],
        publication: &["mis en ligne"],
        published: &["publié le", "mis en ligne le", "date de publication"],
        labels: &["publié le", "publié :", "mis à jour le"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "partager imprimer envoyer commenter commentaires publicité",
        ownership: &["tous droits réservés"],
        notices: &["confidentialité", "données personnelles"],
        boxes: &["lire aussi", "à lire aussi", "lire la suite"],
        error_titles: &["page introuvable", "page non trouvée", "erreur 404"],
        bylines: &["par "],
        author_labels: &["texte :"],
        ..Page::NONE
    },
    turns: Turns {
        interviews: &["entretien à", "interview à", "entretien au", "interview au"],
        authoring: &["n'a pas pu vérifier", "n'a pas été en mesure", "n'était pas en mesure", "n'a pu vérifier", "n'a pas pu confirmer"],
        before: &[
            "selon", "d'après", "rapporte", "rapportent", "rapportait", "a rapporté", "rapporté par",
            "rapportée par", "a déclaré à", "déclaré à", "a dit à", "dit à", "confié à", "indiqué à",
            "affirmé à", "expliqué à", "précisé à", "assuré à", "répondu à", "entretien à",
            "entretien avec", "interview à", "interview avec", "accordé à", "accordée à", "cité par",
            "citée par", "cités par", "citées par", "citant", "cite", "relayé par", "relayée par",
            "publié par", "publiée par", "publié dans", "publiée dans", "diffusé par", "diffusée par",
            "diffusé sur", "au micro de", "informe", "a informé", "précise", "a précisé", "indique",
            "a indiqué", "annonce", "a annoncé", "au journal", "relate", "écrit", "souligne", "a appris",
            "auprès de", "dans les colonnes du", "dans les colonnes de", "fait savoir à", "interrogé par",
            "interrogée par", "tribune dans", "à en croire", "invité de", "invitée de", "le plateau de",
            "l'antenne de", "confiée à", "revient pour", "croit savoir", "message à", "au micro de la"],
        after: &[
            "rapporte", "rapportait", "a rapporté", "indique", "a indiqué", "écrit", "a écrit", "affirme",
            "a affirmé", "cite", "a cité", "citant", "a publié", "publie", "fait état", "a fait état",
            "précise", "a précisé", "a révélé", "révèle", "a appris", "annonce", "a annoncé", "a relayé",
            "relaie", "note", "met en garde", "avertit", "a pu consulter", "a pu voir", "a eu accès",
            "a obtenu",
        ],
        fillers: "l'agence d'agence agence agences de d'information d'informations presse officielle officiel publique \
            chinoise chinois russe russes britannique la le les du des chaîne quotidien journal média \
            médias télévision d'état étatique nouvelle lundi mardi mercredi jeudi vendredi samedi dimanche \
            aussi également correspondant site radio",
        credits: &[
            "source :", "source:", "sources :", "avec", "publié initialement par", "article original :",
            "initialement publié par", "texte :",
        ],
        credits_in_brackets: "avec",
        contributed: &["a contribué à cet"],
        by_name: "par",
        conjunctions: "ou et",
        citing: &["citant"],
        of_itself: &["qu'elle", "qu'il"],
        published: "publi paru",
        first: "origin initial",
        picture: "photo image cliché",
        with_agencies: &["avec agences", "et agences"],
        media: "agence presse journal nouvelles dépêche quotidien courrier",
        ..Turns::NONE
    },
    classes: Classes {
        reports: &[
            Stems {
                stems: "rapport indiqu affirm cit publi précis révél annonc relai relay not estim soulign expliqu assur constat \
                    évoqu déclar confirm ajout signal racont confi témoign qualifi",
                endings: "e ent ait aient é ée ant a",
            },
            Stems {
                stems: "écrit écrivait avertit soutient appris apprend dit expose dévoile dévoilé savoir parle parlait",
                endings: "-",
            },
        ],
        tells: &[
            Stems {
                stems: "confirmé communiqué révélé affirmé déclaré rapporté rapporté",
                endings: "- e s es o a os as",
            },
            Stems {
                stems: "confié répondu affirmé déclaré dit assuré expliqué regretté reconnu promis",
                endings: "-",
            },
        ],
        witnesses: &[
            Stems {
                stems: "vu entendu assisté observé",
                endings: "-",
            },
        ],
        done: &[
            Stems {
                stems: "cité relayé publié diffusé interrogé consulté obtenu recueilli révélé vu rapporté joint rassemblé compilé \
                    analysé réalisé",
                endings: "- e s es",
            },
        ],
        statements: "entretien entretiens interview déclaration déclarations conversation réponse parlé parlait",
        to: "avec à au devant",
        by: "par",
        of: "de du d des la l",
        people: "journaliste journalistes correspondant correspondante correspondants envoyé reporters photographe photographes correspondante reporter",
        works: "article éditorial enquête analyse décompte tribune reportage sondage dépêche",
        according: "selon après",
        parts: "porte parole directeur directrice patron président",
        outlet_words: "l la le les agence agences presse information informations officielle officiel publique chaîne quotidien \
            journal média médias télévision état site radio",
        outlet_stems: "chinois américain allemand russe ruse étatique",
        adverbs: "lundi mardi mercredi jeudi vendredi samedi dimanche hier veille aussi également ont avait soir matin",
        prepositions: "dans sur à au depuis lors pendant chez sous par en",
        blocks: "est sont été sera seront était étaient ne n pas jamais qui si",
        openers: "comme selon ainsi et mais que ce qu c propos",
        including: "dont notamment",
        auxiliaries: "a ont fait pu",
        articles: "le un une",
        ..Classes::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "affirm déclar soulign expliqu rappel estim ajout précis assur indiqu not insist avou dénonc regrett promett \
                    plaid jug pens annonc assèn martel lanc gliss confi répliqu rétorqu tranch résum conclu \
                    commént comment argu martel clam observ nuanc tweet pest prévien constat souhait",
                endings: "e ent ait aient é ée és ées a ant",
            },
            Stems {
                stems: "dit disait disent écrit écrivait écrivent soutient soutenait maintient prévient répond répondait \
                    reconnaît croit croyait pense explique rappelle considère considérait promet fait \
                    savoir avait souligné",
                endings: "-",
            },
        ],
        that: "que",
        as_words: "comme ainsi",
        phrases: &[
            "selon", "d'après", "d’après", "de l'avis", "de l’avis", "aux yeux de", "aux yeux du",
            "selon les mots", "aux dires", "à en croire", "du point de vue", "dans les mots", "au dire de",
            "dans un communiqué", "l'opinion du", "l'avis du", "l'avis de", "pour reprendre les mots",
            "de source", "citant", "cité par", "dans une déclaration", "d'après les mots",
        ],
        texts: "lettre communiqué déclaration message texte discours suit mots",
        ..Speech::NONE
    },
    ..Language::NONE
};
