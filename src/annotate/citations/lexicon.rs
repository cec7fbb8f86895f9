//! Classes of words that the clause rules (`clause`) are written in, for all languages together.
//!
//! Verbs are stems with the endings of their language, so that a tense or a number that no example
//! showed is there too. Everything is lower case, without apostrophes and hyphens. Data only, but for
//! the expansion of stems.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::names::is_arabic;

/// Stems, and the endings that each of them takes.
struct Stems {
    stems: &'static str,
    endings: &'static str,
}

/// Verbs of reporting: an outlet as their subject is a source. `-` is the empty ending.
#[rustfmt::skip]
const REPORTS: &[Stems] = &[
    Stems { stems: "report claim note add learn reveal confirm comment warn suggest insist point disclose \
                    explain stress maintain allege recount speculate observ estimat stat cit quot argu \
                    describ conclud",
            endings: "- s ed e es ing d" },
    Stems { stems: "say says said write writes wrote tell tells told find found understands understood ran runs \
                    carries carried published publishes broadcast aired airs obtained called calls put puts saw witnessed posted posts attributed reckons reckoned",
            endings: "-" },
    // Russian: past by gender and number, present in both numbers; both aspects are listed as stems.
    Stems { stems: "сообщи сообща переда передава писа написа утвержда выясни узна подтверди цитирова процитирова \
                    опубликова рассказа заяви поясни уточни указа напомни информирова приве приводи отметил \
                    предупреди добави подчеркну сказа завери призна отмечал подтвержда уточня рассказыва \
                    раскры выяви обнаружи объясни предположи",
            endings: "л ла ло ли" },
    Stems { stems: "сообщает сообщают передает передаёт передают пишет пишут утверждает утверждают приводит приводят \
                    цитирует цитируют рассказывает рассказывают подтверждает подтверждают уточняет указывает \
                    предупреждает информирует считает полагает публикует узнаёт отмечает отметил отметила назвал назвала назвало \
                    отметило отметили подчеркивает напоминает поясняет",
            endings: "-" },
    // Spanish: -ar and -er/-ir, preterite and present.
    Stems { stems: "inform report señal indic afirm asegur public precis detall estim constat revel cit adelant \
                    destac explic apunt relat coment not alert subray denunci declar manifest recalc confirm \
                    agreg asever elev situ calific cifr contabiliz cre",
            endings: "ó a aron an aba ando" },
    Stems { stems: "difund escrib advirt adviert recog sosten sostien sostuv añad",
            endings: "ió e ieron en ía o" },
    Stems { stems: "dijo dijeron dice dicen reproduce reprodujo conocer saber", endings: "-" },
    // French: present, imperfect, and the participle after the auxiliary.
    Stems { stems: "rapport indiqu affirm cit publi précis révél annonc relai relay not estim soulign expliqu assur \
                    constat évoqu déclar confirm ajout signal racont confi témoign qualifi",
            endings: "e ent ait aient é ée ant a" },
    Stems { stems: "écrit écrivait avertit soutient appris apprend dit expose dévoile dévoilé savoir parle parlait", endings: "-" },
    // Portuguese.
    Stems { stems: "inform notici report relat public cit afirm divulg revel apur alert avali destac constat cont \
                    declar coment explic confirm adiant detalh apont observ classific fal contabiliz",
            endings: "ou a aram am ava ando" },
    Stems { stems: "disse disseram escreveu escreve escreveram diz dizem transmitiu conhecer", endings: "-" },
    // German.
    Stems { stems: "bericht meld zitier kommentier warn droh veröffentlich erklär bestätig enthüll urteil behaupt \
                    analysier ergänz räum beziffer schätz",
            endings: "e et ete eten en t te ten" },
    Stems { stems: "schreibt schrieb schreiben schrieben erfuhr erfuhren sagt sagte sagten mitteilte teilte teilt \
                    mit erfahren so nannte nennt bezeichnete bezeichnet spricht sprach",
            endings: "-" },
    // Arabic: masculine, feminine; what is written together with them is taken off before the look-up.
    Stems { stems: "ذكر أفاد نقل قال أورد نشر كتب حذر أعلن أكد أشار أضاف كشف أوضح اعتبر علم بين صرح أبلغ أخبر وصف نسب",
            endings: "- ت وا ته تها" },
    Stems { stems: "بثت بثته بثتها رأى رأت قالوا ترى يقول تقول تشير تفيد تنقل تذكر", endings: "-" },
];

/// Verbs whose subject is a person that tells an outlet something, beyond [`REPORTS`].
#[rustfmt::skip]
const TELLS: &[Stems] = &[
    Stems { stems: "spoke speak speaking speaks talked admitted complained recalled promised", endings: "-" },
    Stems { stems: "afirmou disse contou reconheceu garantiu lamentou negou", endings: "- ram" },
    Stems { stems: "dijo contó dicho admitió reconoció negó lamentó habló aseguró confesó prometió", endings: "-" },
    Stems { stems: "disseram declararam afirmaram contaram confirmaram", endings: "-" },
    Stems { stems: "confirmé confirmad declarad communiqué comunicad révélé affirmé déclaré rapporté подтверждено \
                    rapporté mitgeteilt bestätigt gesagt erzählt erklärt",
            endings: "- e s es o a os as" },
    Stems { stems: "confié répondu affirmé déclaré dit assuré expliqué regretté reconnu promis", endings: "-" },
];

/// What an outlet's reporter does at the scene.
#[rustfmt::skip]
const WITNESSES: &[Stems] = &[
    Stems { stems: "saw heard watched witnessed counted visited sees hears", endings: "-" },
    Stems { stems: "vio vieron escuchó presenció observó viu viram ouviu testemunhou", endings: "-" },
    Stems { stems: "vu entendu assisté observé", endings: "-" },
    Stems { stems: "sah sahen hörte beobachtete beobachteten zählte", endings: "-" },
    Stems { stems: "увиде услыша наблюда виде побыва", endings: "л ла ло ли" },
    Stems { stems: "شاهد رأى سمع رصد", endings: "- ت" },
];

/// Participles before "by": what an outlet has done with a statement, a document, a picture.
#[rustfmt::skip]
const DONE: &[Stems] = &[
    Stems { stems: "document analyz analys examin gather count film record quot cit publish releas carri obtain review view broadcast air interview relay seen shown shar \
                    collect compil confirm conduct verifi translat consult report",
            endings: "- ed d ied" },
    Stems { stems: "citad publicad difundid consultad entrevistad obtenid recogid recopilad vist revelad emitid transmitid \
                    divulgad ouvid obtid reproduzid coletad mostrad consultad entrevistad recabad analizad",
            endings: "o a os as" },
    Stems { stems: "cité relayé publié diffusé interrogé consulté obtenu recueilli révélé vu rapporté joint rassemblé \
                    compilé analysé réalisé",
            endings: "- e s es" },
    Stems { stems: "zitiert verbreitet veröffentlicht befragt gemeldet ausgestrahlt eingesehen ausgewertet geführt",
            endings: "- e en er es" },
];

/// Nouns for what is said to an outlet: before "with", "to", "for".
#[rustfmt::skip]
const SPEECH: &str = "interview interviews conversation comment comments remark remarks statement statements talk chat \
    briefing answer answers reply email shared provided given sent leaked \
    entrevista entrevistas conversación diálogo declaraciones declaración comentario comentarios charla respuesta \
    entretien entretiens interview déclaration déclarations conversation réponse \
    conversa declaração declarações entrevistas comentários resposta \
    gespräch interviews stellungnahme antwort \
    интервью беседе разговоре комментарии беседы разговор прогнозом мнением комментарием диалоге общении \
    spoke speak speaks spoken talked habló hablar conversó falou conversou parlé parlait sprach говорил говорила пообщался \
    تحدث حوارا حديثا تصريحا مقابلة حديث تصريح تصريحات حوار لقاء حديثه حديثها تصريحاته اتصال";

/// Prepositions between such a noun, or a verb of saying, and the outlet.
const TO: &str =
    "to with for con a al ante para avec à au devant com ao aos mit zu für с со для مع ل gegenüber";
/// Between a participle and the outlet.
const BY: &str = "by on por par pela pelo von vom durch";
/// Between a noun and the outlet that it belongs to.
const OF: &str = "of from with for by in at on de del du da do d des der the la l no na em в";

/// People whose word is the outlet's.
#[rustfmt::skip]
const PEOPLE: &str = "reporter reporters correspondent correspondents journalist journalists team crew source sources \
    periodista periodistas corresponsal corresponsales reportero reporteros enviado fuente fuentes \
    journaliste journalistes correspondant correspondante correspondants envoyé reporters \
    jornalista jornalistas correspondente correspondentes repórter repórteres \
    journalistin journalisten reporterin reportern korrespondent korrespondentin korrespondenten reporters team \
    корреспондент корреспондента корреспонденту корреспондентом корреспонденты корреспондентам корр журналист \
    журналисты журналисту источник источники источника собеседник собеседники собеседника собеседница \
    مراسل مراسلة مراسلو مراسلنا";

/// Works that speak for the outlet.
#[rustfmt::skip]
const WORKS: &str = "report reports editorial editorials investigation analysis dispatch article commentary op ed piece tally \
    count poll survey story documentary review calculations service \
    editorial artículo investigación análisis informe reportaje columna recuento encuesta \
    article éditorial enquête analyse décompte tribune reportage sondage dépêche \
    artigo investigação análise reportagem levantamento apuração \
    bericht artikel leitartikel kommentar recherche recherchen analyse umfrage beitrag \
    статья статье материал материале комментарий комментарии расследование расследовании публикация публикации сообщение \
    подсчетам подсчётам расчетам расчётам оценке оценкам сообщению сообщениям информации службы служба \
    تقرير تحقيق مقال افتتاحية تحليل";

/// Prepositions that name a source.
#[rustfmt::skip]
const SOURCES: &str = "according per según acuerdo selon après segundo acordo conforme laut nach zufolge по согласно \
    بحسب وفقا وفق حسب citing";

/// People and things of an outlet that do not speak for it: what they do or say is about the outlet.
#[rustfmt::skip]
const PARTS: &str = "editor editors chief head director owner spokesperson spokesman spokeswoman lawyer lawyers ceo founder \
    staff employee employees president chairman \
    chef chefin sprecher sprecherin direktor direktorin intendant intendantin chefredakteur chefredakteurin mitarbeiter \
    vertreter gründer büro redaktion präsident \
    portavoz jefe jefa presidente presidenta directora \
    porte parole directeur directrice patron président \
    porta voz diretor diretora chefe editora \
    директор глава главы главой директора директору редактор редактора представитель представителя \
    رئيس مدير متحدث مكتب محرر";

/// Beginnings of verbs that ask, want or deny: a clause after them says nothing that is reported.
#[rustfmt::skip]
const WANTS: &[&str] = &[
    "den", "neg", "pid", "ask", "demand", "requir", "fear", "hope", "exig", "forder", "verlang", "want", "promis", "promet", "hof",
    "espera", "потреб", "попрос", "надеет", "опроверг", "طالب", "نف", "agree", "acept", "decid", "propos", "fürcht", "teme",
];

/// Words inside the noun phrase of an outlet's name: articles, agency, wire, newspaper, and so on.
#[rustfmt::skip]
const PHRASE: &str = "the an s l los las el la le les o os as der die das den dem des ein eine einer einem \
    news newspaper agency agencies wire service daily paper tabloid broadcaster outlet outlets channel channels television tv \
    radio media network website site portal state run owned controlled backed funded language based official semi party communist ruling \
    both \
    agencia agencias noticias prensa oficial estatal cadena canal diario periódico medio medios televisión emisora portal \
    agence agences presse information informations officielle officiel publique chaîne quotidien journal média médias \
    télévision état site radio \
    agência notícias imprensa emissora jornal rede estatal agências \
    agentur nachrichtenagentur staatsagentur sender senders staatssender fernsehsender zeitung tageszeitung volkszeitung \
    nachrichtensender blatt parteinahe parteinahen portal rundfunk rundfunks \
    агентство агентству агентства агентством агентстве информагентство информагентству информагентства газета газете \
    газеты газету телеканал телеканалу телеканала телеканале канал каналу канала издание изданию издания портал порталу \
    портала радио радиостанция радиостанции радиостанцией редакция редакции служба службы службе телекомпания телекомпании \
    وكالة لوكالة الأنباء أنباء للأنباء قناة لقناة صحيفة لصحيفة شبكة لشبكة موقع لموقع هيئة لهيئة الإذاعة إذاعة راديو \
    الرسمية الحكومية الدولية";

/// Beginnings of the adjectives that may stand in such a phrase: nations, and whose the outlet is.
#[rustfmt::skip]
const PHRASE_STEMS: &[&str] = &[
    "russi", "chines", "chino", "china", "chinois", "british", "britis", "britan", "américain", "americ", "amerik",
    "french", "franc", "franz", "german", "deutsch", "alem", "allemand", "qatar", "katar", "catar", "kremlin", "moscow", "moskau",
    "beijing", "peking", "russe", "russo", "rusa", "ruso", "ruse", "inglés", "ingles", "staatlich", "amtlich", "estat", "étatique",
    "росси", "китай", "британ", "француз", "америк", "катар", "государствен", "информацион", "новостн", "официальн",
    "русск", "الروسي", "الصيني", "البريطان", "الفرنسي", "الأمريكي", "الأميركي", "القطري",
];

/// Words of time, manner and perfect tense that may stand between a name and its verb.
#[rustfmt::skip]
const ADVERBS: &str = "on monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later also \
    previously first exclusively separately then meanwhile however has had have late early again already recently now last \
    week month night morning evening weekend quickly \
    este esta lunes martes miércoles jueves viernes sábado domingo hoy ayer también ha han había el antes luego \
    lundi mardi mercredi jeudi vendredi samedi dimanche hier veille aussi également ont avait jeudi soir matin \
    nesta neste segunda terça quarta quinta sexta feira sábado domingo hoje ontem também \
    am montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern abend morgen zuvor auch bereits hat haben \
    в во понедельник вторник среду четверг пятницу субботу воскресенье накануне ранее также позже сегодня вчера утром вечером \
    его ее её их эти слова же затем уже ему ей \
    اليوم أمس الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد قد أيضا سابقا";

/// Prepositions that open a phrase of place or occasion between a name and its verb.
#[rustfmt::skip]
const PREPOSITIONS: &str = "on in at from during after before of near outside with over under by \
    en durante desde ante sobre tras por con \
    dans sur à au depuis lors pendant chez sous par en \
    em no na nos nas desde sobre por \
    am im in aus bei vor nach unter auf an \
    в во на из со с по от при после \
    في من على خلال عبر بعد";

/// Words that end the search: another verb, a negation, another clause.
#[rustfmt::skip]
const BLOCKS: &str = "was were is are be been being will would did does do not never must should could can may might that which \
    who whose where if because \
    fue fueron será serán sido es son está están no nunca quien cuyo que si \
    est sont été sera seront était étaient ne n pas jamais qui si \
    foi foram é são serão não nunca \
    wurde wurden wird werden ist sind war waren nicht kein keine dass darf soll sollte muss \
    был была было были будет будут не что который которая которые если \
    لم لن لا ليس أن أنه";

/// Openings of a clause after which an outlet's name is the subject, and before which a verb is.
#[rustfmt::skip]
const OPENERS: &str = "as and but while so that how what \
    como según así lo y pero que tal conforme segundo \
    comme selon ainsi et mais que ce qu c ainsi \
    como conforme segundo e mas \
    wie das dies und aber dass so dies \
    как это этом так и но что также \
    palabras propos palavras worte слова words declaraciones \
    كما حسبما وفق";

/// Words that open an example of the subject: "Russian media, including TASS, reported".
#[rustfmt::skip]
const INCLUDING: &str = "including incluida incluido incluyendo dont notamment darunter числе включая incluindo entre among like بينها منها";

/// A verb that only counts if a clause or a quotation follows: its other sense is to celebrate, to state.
const NEED_CLAUSE: &str = "отмечает отметил отметила отметило отметили أعلنت أعلن notes noted";

/// What follows such a verb.
const CLAUSES: &str = "что that أن إن بأن how";

/// The classes as sets of words.
pub(super) struct Lexicon {
    reports: FxHashSet<String>,
    tells: FxHashSet<String>,
    witnesses: FxHashSet<String>,
    done: FxHashSet<String>,
    speech: FxHashSet<&'static str>,
    to: FxHashSet<&'static str>,
    by: FxHashSet<&'static str>,
    of: FxHashSet<&'static str>,
    people: FxHashSet<&'static str>,
    works: FxHashSet<&'static str>,
    phrase: FxHashSet<&'static str>,
    adverbs: FxHashSet<&'static str>,
    prepositions: FxHashSet<&'static str>,
    blocks: FxHashSet<&'static str>,
    openers: FxHashSet<&'static str>,
    including: FxHashSet<&'static str>,
    need_clause: FxHashSet<&'static str>,
    clauses: FxHashSet<&'static str>,
    sources: FxHashSet<&'static str>,
    parts: FxHashSet<&'static str>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    reports: expanded(REPORTS),
    tells: expanded(TELLS),
    witnesses: expanded(WITNESSES),
    done: expanded(DONE),
    speech: words(SPEECH),
    to: words(TO),
    by: words(BY),
    of: words(OF),
    people: words(PEOPLE),
    works: words(WORKS),
    phrase: words(PHRASE),
    adverbs: words(ADVERBS),
    prepositions: words(PREPOSITIONS),
    blocks: words(BLOCKS),
    openers: words(OPENERS),
    including: words(INCLUDING),
    need_clause: words(NEED_CLAUSE),
    clauses: words(CLAUSES),
    sources: words(SOURCES),
    parts: words(PARTS),
});

fn words(list: &'static str) -> FxHashSet<&'static str> {
    list.split_whitespace().collect()
}

fn expanded(groups: &[Stems]) -> FxHashSet<String> {
    let mut all = FxHashSet::default();
    for group in groups {
        for stem in group.stems.split_whitespace() {
            for ending in group.endings.split_whitespace() {
                all.insert(format!("{stem}{}", if ending == "-" { "" } else { ending }));
            }
        }
    }
    all
}

/// An Arabic word without the "and" or "so" that is written together with it.
fn bare(word: &str) -> &str {
    let longer = word.chars().count() > 3 && word.chars().all(is_arabic);
    word.strip_prefix(['و', 'ف']).filter(|_| longer).unwrap_or(word)
}

impl Lexicon {
    pub(super) fn reports(&self, word: &str) -> bool {
        self.reports.contains(word) || self.reports.contains(bare(word))
    }

    pub(super) fn tells(&self, word: &str) -> bool {
        self.reports(word) || self.tells.contains(word)
    }

    pub(super) fn witnesses(&self, word: &str) -> bool {
        self.witnesses.contains(word) || self.witnesses.contains(bare(word))
    }

    pub(super) fn is_done(&self, word: &str) -> bool {
        self.done.contains(word)
    }

    pub(super) fn is_speech(&self, word: &str) -> bool {
        self.speech.contains(word) || self.speech.contains(bare(word))
    }

    pub(super) fn is_to(&self, word: &str) -> bool {
        self.to.contains(word)
    }

    pub(super) fn is_by(&self, word: &str) -> bool {
        self.by.contains(word)
    }

    pub(super) fn is_of(&self, word: &str) -> bool {
        self.of.contains(word)
    }

    pub(super) fn is_person(&self, word: &str) -> bool {
        self.people.contains(word) || self.people.contains(bare(word).trim_start_matches('ل'))
    }

    pub(super) fn is_work(&self, word: &str) -> bool {
        self.works.contains(word)
    }

    pub(super) fn is_phrase(&self, word: &str) -> bool {
        self.phrase.contains(word)
            || self.phrase.contains(bare(word))
            || PHRASE_STEMS.iter().any(|stem| word.starts_with(stem))
    }

    pub(super) fn is_adverb(&self, word: &str) -> bool {
        self.adverbs.contains(word)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || word.ends_with("ly")
            || word.ends_with("mente")
    }

    pub(super) fn is_preposition(&self, word: &str) -> bool {
        self.prepositions.contains(word)
    }

    pub(super) fn blocks(&self, word: &str) -> bool {
        self.blocks.contains(word)
    }

    pub(super) fn opens(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    pub(super) fn includes(&self, word: &str) -> bool {
        self.including.contains(word)
    }

    pub(super) fn is_source(&self, word: &str) -> bool {
        self.sources.contains(word) || self.sources.contains(bare(word))
    }

    /// Whether a clause of reported speech follows a verb that is in no list: "que", "that", "что".
    pub(super) fn opens_speech(&self, verb: &str, next: &str) -> bool {
        matches!(next, "that" | "que" | "что" | "dass" | "أن" | "إن" | "بأن")
            && !self.blocks(verb)
            && !WANTS.iter().any(|stem| bare(verb).starts_with(stem))
    }

    pub(super) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Whether `verb` reports only what follows it, and `next` is not that.
    pub(super) fn lacks_clause(&self, verb: &str, next: Option<&str>) -> bool {
        self.need_clause.contains(bare(verb))
            && next.is_some_and(|word| !self.clauses.contains(word))
    }
}
