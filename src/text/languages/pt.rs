//! Portuguese.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night};
use super::Offset::{Fixed, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const PT: Language = Language {
    code: "pt",
    name: "Portuguese",
    stemmer: Some(Algorithm::Portuguese),
    dates: Dates {
        months: &[
            ("jan", 1), ("fev", 2), ("mar", 3), ("abr", 4), ("mai", 5), ("jun", 6), ("jul", 7), ("ago", 8),
            ("set", 9), ("out", 10), ("nov", 11), ("dez", 12),
        ],
        inside: "de",
        half_days: &[
            ("da manhã", Morning), ("da madrugada", Morning), ("da tarde", Afternoon), ("da noite", Night),
        ],
        zone_names: &[
            ("hora de moscou", Fixed(180)), ("hora de moscovo", Fixed(180)),
            ("hora de pequim", Fixed(480)), ("hora de brasília", Fixed(-180)),
            ("horário de brasília", Fixed(-180)), ("horário local", Unknown),
        ],
        updated: &["atualizad*", "atualização", "modificad*"],
        published: &["publicado", "data de publicação"],
        labels: &["publicado em", "atualizado em"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "compartilhar comentários publicidade",
        ownership: &["todos os direitos reservados"],
        boxes: &["leia também", "leia mais"],
        error_titles: &["página não encontrada"],
        bylines: &["por "],
        ..Page::NONE
    },
    turns: Turns {
        interviews: &["entrevista ao", "entrevista à"],
        authoring: &["não conseguiu verificar", "não pôde verificar", "não conseguiu confirmar", "não pôde confirmar"],
        before: &[
            "segundo", "conforme", "de acordo com", "informou", "informa", "informaram", "noticiou",
            "noticia", "reportou", "relatou", "disse à", "disse ao", "disse a", "declarou à",
            "declarou ao", "afirmou à", "afirmou ao", "contou à", "contou ao", "explicou à", "comentou à",
            "confirmou à", "entrevista à", "entrevista ao", "entrevista a", "entrevista com",
            "citado pela", "citada pela", "citado pelo", "citados pela", "citando a", "citando",
            "publicado pela", "publicado pelo", "publicada pela", "publicada pelo", "divulgado pela",
            "divulgada pela", "divulgou", "publicou", "falou à", "revelou à", "ouvido pela", "ouvida pela",
            "ouvidos pela", "dados da", "artigo para", "informação é", "informações são",
            "entrevista para", "ouvidas pela", "ouvidas pelo",
        ],
        after: &[
            "informou", "informa", "noticiou", "reportou", "relatou", "publicou", "citou", "escreveu",
            "disse", "afirmou", "divulgou", "revelou", "citando", "apurou", "teve acesso", "obteve",
        ],
        fillers: "a o as os agência agências de notícias estatal oficial russa russo chinesa chinês britânica emissora jornal \
            rede canal da do portal nesta na segunda-feira terça-feira quarta-feira quinta-feira \
            sexta-feira também",
        credits: &[
            "fonte:", "fontes:", "com informações da", "com informações do", "com informações de",
            "publicado originalmente em", "publicado originalmente pela",
        ],
        by_name: "por",
        conjunctions: "e",
        citing: &["citando"],
        of_itself: &["que sua"],
        published: "publi",
        first: "origin",
        picture: "foto imagem",
        with_agencies: &["com agências", "e agências", "agências"],
        media: "agência imprensa notícias diário jornal correio",
        ..Turns::NONE
    },
    classes: Classes {
        reports: &[
            Stems {
                stems: "inform notici report relat public cit afirm divulg revel apur alert avali destac constat cont declar coment \
                    explic confirm adiant detalh apont observ classific fal contabiliz",
                endings: "ou a aram am ava ando",
            },
            Stems {
                stems: "disse disseram escreveu escreve escreveram diz dizem transmitiu conhecer",
                endings: "-",
            },
        ],
        tells: &[
            Stems {
                stems: "afirmou disse contou reconheceu garantiu lamentou negou",
                endings: "- ram",
            },
            Stems {
                stems: "disseram declararam afirmaram contaram confirmaram",
                endings: "-",
            },
            Stems {
                stems: "confirmad declarad comunicad",
                endings: "- e s es o a os as",
            },
        ],
        witnesses: &[
            Stems {
                stems: "viu viram ouviu testemunhou",
                endings: "-",
            },
        ],
        done: &[
            Stems {
                stems: "citad publicad consultad entrevistad vist revelad transmitid divulgad ouvid obtid reproduzid coletad \
                    mostrad consultad entrevistad",
                endings: "o a os as",
            },
        ],
        statements: "conversa declaração declarações entrevistas comentários resposta falou conversou",
        to: "a para com ao aos",
        by: "por pela pelo",
        of: "de da do no na em",
        people: "jornalista jornalistas correspondente correspondentes repórter repórteres fotógrafo fotógrafa fotógrafos",
        works: "artigo investigação análise reportagem levantamento apuração",
        according: "segundo acordo conforme",
        parts: "porta voz diretor diretora chefe editora",
        outlet_words: "o os as agência notícias imprensa emissora jornal rede estatal agências",
        outlet_stems: "russo",
        adverbs: "nesta neste segunda terça quarta quinta sexta feira sábado domingo hoje ontem também",
        prepositions: "em no na nos nas desde sobre por",
        blocks: "foi foram é são serão não nunca",
        openers: "como conforme segundo e mas palavras",
        including: "incluindo entre",
        auxiliaries: "deu pôde",
        ..Classes::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "afirm declar anunci explic sublinh acrescent destac salient garant consider observ coment assegur not indic \
                    lembr record apont inform critic alert argument revel cont lament reiter enfatiz \
                    ressalt frisa confirm adiant insist pens",
                endings: "ou ava avam a am aram ando",
            },
            Stems {
                stems: "disse disseram diz dizem dizia diziam escreveu escreve escrevia escreveram garantiu garante garantia \
                    defendeu defende defendia admitiu admite reconheceu reconhece acredita acreditam \
                    acreditava prometeu promete respondeu responde sustenta sustentou referiu refere frisou \
                    frisa entende entendia advertiu adverte concluiu conclui dito",
                endings: "-",
            },
        ],
        that: "que",
        as_words: "como conforme",
        prepositions: "segundo",
        phrases: &[
            "de acordo com", "nas palavras de", "nas palavras do", "nas palavras da", "no entender de",
            "no entender do", "no entender da", "na opinião de", "na opinião do", "na opinião da",
            "na visão de", "na visão do", "na visão da", "aos olhos de", "segundo fontes", "segundo dados",
            "em comunicado", "em nota", "em declarações", "no dizer de", "ao ver de", "citando",
        ],
        texts: "carta comunicado nota declaração mensagem texto discurso seguinte palavras",
        ..Speech::NONE
    },
    ..Language::NONE
};
