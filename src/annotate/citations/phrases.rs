//! Turns of phrase round an outlet's name that make it a source, per language. Data only.
//!
//! All in lower case, with the straight apostrophe, matched by whole words. Between a phrase and the
//! name any number of `fillers` may stand ("told *Russian news agency* TASS").

/// The phrases of one language.
pub(super) struct Phrases {
    /// Directly before the name: "according to", "told".
    pub(super) before: &'static [&'static str],
    /// Directly after the name: "reported".
    pub(super) after: &'static [&'static str],
    /// Words that may stand between a phrase and the name, or between two names.
    pub(super) fillers: &'static [&'static str],
    /// Before the name in a line of its own: "Source:". Credits.
    pub(super) credits: &'static [&'static str],
}

/// English, Russian, Spanish, French, German, Portuguese, Arabic. Chinese has no words to match and
/// has tables of its own below.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[Phrases] = &[
    Phrases {
        before: &[
            "according to", "as per", "told", "tells", "telling", "reported by", "quoted by", "cited by",
            "citing", "cites", "cited", "quoting", "quoted", "quotes", "referring to", "published by",
            "published in", "published on", "released by", "carried by", "obtained by", "seen by",
            "reviewed by", "viewed by", "reported in", "reported on", "aired by", "aired on", "broadcast by",
            "broadcast on", "shown on", "interview with", "interview to", "interview for", "interviewed by",
            "speaking to", "speaking with", "spoke to", "spoke with", "speaking on", "talking to",
            "comment to", "comments to", "comment for", "remarks to", "remarks on", "confirmed to", "said to",
            "statement to", "wrote in", "wrote for", "writing in", "writing for", "article in", "article by",
            "article for", "op-ed in", "op-ed for", "editorial in", "editorial by", "report by", "report from",
            "report in", "report on", "reports by", "reports from", "reports in", "dispatch from",
            "commentary in", "column in", "column for", "data from", "calculations by", "provided to",
            "given to", "sent to", "shared with", "shared by", "as saying by", "tally by", "poll by",
            "told the", "informed", "per", "asked by", "broken by", "investigation by", "analysis by", "words to", "words by",
        ],
        after: &[
            "reported", "reports", "reporting", "said", "says", "wrote", "writes", "claimed", "claims",
            "quoted", "quotes", "quoting", "cited", "cites", "citing", "noted", "notes", "added", "learned",
            "revealed", "stated", "published", "carried", "broadcast", "aired", "showed", "confirmed",
            "argued", "argues", "commented", "asked", "interviewed", "is reporting", "was reporting",
            "was told", "say", "write", "suggest", "suggests", "suggested", "posted",
            "shared", "released", "made clear", "spoke to", "spoke with", "report said", "report says",
            "has learned", "understands", "warned", "warns", "has obtained", "has seen", "has reviewed",
        ],
        fillers: &[
            "the", "a", "an", "news", "agency", "agencies", "wire", "service", "daily", "newspaper", "paper",
            "tabloid", "broadcaster", "outlet", "outlets", "channel", "television", "tv", "radio", "media",
            "network", "website", "site", "portal", "state", "state-run", "state-owned", "state-controlled",
            "state-backed", "state-funded", "government-run", "official", "semi-official", "russian", "russia",
            "china", "chinese", "british", "american", "french", "german", "qatari", "russia's", "china's",
            "moscow's", "beijing's", "domestic", "international", "correspondent", "correspondents",
            "reporter", "reporters", "journalist", "journalists", "editorial", "report", "article",
            "commentary", "story", "earlier", "also", "previously", "later", "has", "had", "have", "then",
            "then-", "separately", "on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
            "sunday", "local", "both", "sources", "partner", "sister", "in", "late", "early", "exclusively",
            "today", "yesterday", "first",
        ],
        credits: &[
            "source:", "source(s):", "sources:", "credit:", "text:", "originally published by",
            "originally published on", "originally published in", "originally appeared in",
            "originally appeared on", "first published by", "first published on", "first published in",
            "first appeared in", "first appeared on", "republished from", "reprinted from", "reposted from",
            "with input from", "with inputs from", "with agency inputs from", "with additional reporting by",
            "with reporting by", "courtesy of", "produced by", "provided by", "syndicated from", "with files from", "with material from", "with",
        ],
    },
    Phrases {
        before: &[
            "сообщает", "сообщают", "сообщил", "сообщила", "сообщило", "сообщили", "передает", "передаёт",
            "передают", "передал", "передала", "передало", "передали", "пишет", "пишут", "написал", "написала",
            "написало", "написали", "рассказал", "рассказала", "рассказали", "заявил", "заявила", "заявили",
            "сказал", "сказала", "сказали", "отметил", "отметила", "отмечает", "подтвердил", "подтвердила",
            "подтвердили", "уточнил", "уточнила", "уточнили", "пояснил", "пояснила", "объяснил", "объяснила",
            "прокомментировал", "по данным", "по информации", "по сообщению", "по сообщениям", "по версии",
            "со ссылкой на", "ссылаясь на", "цитирует", "цитируют", "цитировало", "приводит", "приводят",
            "в интервью", "в интервью для", "в беседе с", "в разговоре с", "в комментарии",
            "в комментарии для", "в эфире", "на страницах", "в статье для", "в статье", "в материале",
            "согласно", "опубликовал", "опубликовала", "опубликовало", "сообщалось", "говорится в материале",
            "говорится в сообщении", "узнал", "узнала", "узнало", "информирует", "заметил", "поделился с",
            "считает", "считают", "полагает", "поделилась с", "стало известно", "дал интервью", "дала интервью",
            "дали интервью", "в распоряжении", "ссылается", "ссылаются", "мнением с", "поделился мнением с",
            "источники", "источник", "в студии", "по сведениям", "по словам собеседника", "как выяснило",
            "как выяснил", "как выяснила",
            "опубликован на", "опубликована на", "опубликовано на", "опубликованы на",
        ],
        after: &[
            "сообщает", "сообщают", "сообщил", "сообщила", "сообщило", "сообщили", "передает", "передаёт",
            "передал", "передала", "передало", "пишет", "написал", "написала", "написало", "приводит",
            "цитирует", "узнал", "узнала", "узнало", "стало известно", "рассказал", "рассказала", "рассказали",
            "со ссылкой", "публикует", "опубликовал", "опубликовала", "опубликовало", "заявил",
            "заявила", "заявили", "информирует", "подтвердил", "подтвердила", "подтвердили", "сообщал", "сообщала",
            "сообщало", "сообщали", "передавал", "передавало", "писал", "писала", "писало", "стали известны", "удалось узнать", "удалось выяснить",
            "располагает", "ознакомилось", "ознакомился", "ознакомилась",
        ],
        fillers: &[
            "агентство", "агентству", "агентства", "агентством", "агентстве", "информагентство",
            "информагентству", "информагентства", "информационное", "информационному", "информационного",
            "новостное", "газета", "газете", "газеты", "газету", "телеканал", "телеканалу", "телеканала",
            "телеканале", "канал", "каналу", "канала", "издание", "изданию", "издания", "портал", "порталу",
            "портала", "радио", "радиостанция", "корреспондент", "корреспонденту", "корреспондента", "корр.",
            "российское", "российскому", "российского", "государственное", "государственному",
            "государственного", "китайское", "китайскому", "китайского", "китайская", "китайской", "китайский",
            "британское", "французское", "американское", "официальное", "также", "ранее", "накануне", "в",
            "четверг", "пятницу", "среду", "вторник", "понедельник", "субботу", "воскресенье", "слова", "его",
            "ее", "её", "сайт", "сайте", "сообщение", "сообщению", "сообщения", "сообщением", "источник",
            "источники", "журналистам", "эксклюзивном",
        ],
        credits: &[
            "источник:", "источники:", "по материалам", "с использованием материалов", "материал предоставлен",
            "перепечатано из", "оригинал:", "текст:",
        ],
    },
    Phrases {
        before: &[
            "según", "segun", "informó", "informa", "informaron", "reportó", "reporta", "de acuerdo con",
            "de acuerdo a", "dijo a", "dijo al", "declaró a", "declaró al", "declaraciones a",
            "declaraciones al", "entrevista con", "entrevista a", "entrevista al", "entrevistado por",
            "entrevistada por", "citado por", "citada por", "citados por", "citadas por", "citando a",
            "citando al", "cita", "citó a", "señaló a", "comentó a", "comentó al", "explicó a", "explicó al",
            "afirmó a", "afirmó al", "confirmó a", "confirmó al", "contó a", "aseguró a", "indicó a", "indicó",
            "recoge", "recogió", "publicado por", "publicada por", "publicado en", "publicada en", "publicó",
            "difundido por", "difundida por", "difundió", "conversación con", "diálogo con", "conversó con",
            "habló con", "comunicó", "reveló a", "precisó", "adelantó a", "datos de", "artículo para",
            "artículo en", "columna para", "columna en", "consultado por",
            "consultada por", "consultados por", "consultadas por", "ha comunicado", "ha informado",
            "ha reportado", "ha publicado", "las cámaras de", "el micrófono de", "los micrófonos de",
            "invitado de", "información es de", "la antena de", "transmisión de",
        ],
        after: &[
            "informó", "informa", "reportó", "reporta", "publicó", "publica", "señaló", "señala", "indicó",
            "indica", "citó", "cita", "citando", "dijo", "afirmó", "afirma", "recogió", "recoge", "detalló",
            "precisó", "reveló", "difundió", "aseguró", "comunicó", "escribió", "escribe", "adelantó",
            "tuvo acceso", "ha tenido acceso", "pudo constatar", "ha podido constatar", "ha podido saber",
        ],
        fillers: &[
            "la", "el", "los", "las", "agencia", "agencias", "de", "noticias", "prensa", "oficial", "estatal",
            "rusa", "ruso", "china", "chino", "británica", "francesa", "cadena", "canal", "diario",
            "periódico", "medio", "televisión", "emisora", "portal", "ha", "había", "este", "lunes", "martes",
            "miércoles", "jueves", "viernes", "también", "hoy", "en", "un", "una", "corresponsal", "del", "su",
        ],
        credits: &[
            "fuente:", "fuentes:", "con información de", "con informaciones de", "publicado originalmente en",
            "publicado originalmente por", "texto:",
        ],
    },
    Phrases {
        before: &[
            "selon", "d'après", "rapporte", "rapportent", "rapportait", "a rapporté", "rapporté par",
            "rapportée par", "a déclaré à", "déclaré à", "a dit à", "dit à", "confié à", "indiqué à",
            "affirmé à", "expliqué à", "précisé à", "assuré à", "répondu à", "entretien à", "entretien avec",
            "interview à", "interview avec", "accordé à", "accordée à", "cité par", "citée par", "cités par",
            "citées par", "citant", "cite", "relayé par", "relayée par", "publié par", "publiée par",
            "publié dans", "publiée dans", "diffusé par", "diffusée par", "diffusé sur", "au micro de",
            "informe", "a informé", "précise", "a précisé", "indique", "a indiqué", "annonce", "a annoncé",
            "au journal", "relate", "écrit", "souligne", "a appris", "auprès de", "dans les colonnes du",
            "dans les colonnes de", "fait savoir à", "interrogé par", "interrogée par", "tribune dans",
            "à en croire", "invité de", "invitée de", "le plateau de", "l'antenne de", "confié à", "confiée à",
        ],
        after: &[
            "rapporte", "rapportait", "a rapporté", "indique", "a indiqué", "écrit", "a écrit", "affirme",
            "a affirmé", "cite", "a cité", "citant", "a publié", "publie", "fait état", "a fait état",
            "précise", "a précisé", "a révélé", "révèle", "a appris", "annonce", "a annoncé", "a relayé",
            "relaie", "note", "met en garde", "avertit", "a pu consulter", "a pu voir", "a eu accès", "a obtenu",
        ],
        fillers: &[
            "l'agence", "d'agence", "agence", "agences", "de", "d'information", "d'informations", "presse",
            "officielle", "officiel", "publique", "chinoise", "chinois", "russe", "russes", "britannique",
            "la", "le", "les", "du", "des", "chaîne", "quotidien", "journal", "média", "médias", "télévision",
            "d'état", "étatique", "nouvelle", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
            "dimanche", "aussi", "également", "correspondant", "site", "radio",
        ],
        credits: &[
            "source :", "source:", "sources :", "avec", "publié initialement par", "article original :",
            "initialement publié par", "texte :",
        ],
    },
    Phrases {
        before: &[
            "laut", "nach angaben von", "nach angaben", "berichtet", "berichtete", "berichten", "berichteten",
            "meldet", "meldete", "melden", "meldeten", "sagte", "sagten", "erklärte", "gegenüber",
            "im gespräch mit", "im interview mit", "interview mit", "zitiert", "zitierte", "zitiert von",
            "unter berufung auf", "beruft sich auf", "berief sich auf", "schreibt", "schrieb", "teilte", "wie",
            "bestätigte", "bericht von", "bericht der", "zufolge", "veröffentlicht von", "verbreitet von",
            "so", "nachfrage von", "nachfrage der", "anfrage von", "anfrage der",
        ],
        after: &[
            "liegt", "einsehen konnte", "vorliegt", "vorliegen", "berichtet", "berichtete", "berichten", "berichteten", "meldet", "meldete", "meldeten", "zufolge",
            "schreibt", "schrieb", "zitiert", "zitierte", "erfuhr", "unter berufung", "veröffentlichte",
            "sagte",
        ],
        fillers: &[
            "der", "dem", "den", "die", "das", "des", "nachrichtenagentur", "agentur", "staatsagentur",
            "staatlichen", "staatliche", "staatlicher", "russischen", "russische", "russischer",
            "chinesischen", "chinesische", "amtlichen", "amtliche", "sender", "senders", "staatssender",
            "fernsehsender", "zeitung", "staatszeitung", "am", "montag", "dienstag", "mittwoch", "donnerstag",
            "freitag", "samstag", "sonntag", "auch", "zuvor", "von",
        ],
        credits: &["quelle:", "quellen:", "mit", "mit material von", "mit materialien von", "text:"],
    },
    Phrases {
        before: &[
            "segundo", "conforme", "de acordo com", "informou", "informa", "informaram", "noticiou", "noticia",
            "reportou", "relatou", "disse à", "disse ao", "disse a", "declarou à", "declarou ao", "afirmou à",
            "afirmou ao", "contou à", "contou ao", "explicou à", "comentou à", "confirmou à", "entrevista à",
            "entrevista ao", "entrevista a", "entrevista com", "citado pela", "citada pela", "citado pelo",
            "citados pela", "citando a", "citando", "publicado pela", "publicado pelo", "publicada pela",
            "publicada pelo", "divulgado pela", "divulgada pela", "divulgou", "publicou", "falou à",
            "revelou à", "ouvido pela", "ouvida pela", "ouvidos pela", "dados da", "artigo para",
            "informação é", "informações são", "entrevista para", "ouvidas pela", "ouvidas pelo",
        ],
        after: &[
            "informou", "informa", "noticiou", "reportou", "relatou", "publicou", "citou", "escreveu", "disse",
            "afirmou", "divulgou", "revelou", "citando", "apurou", "teve acesso", "obteve",
        ],
        fillers: &[
            "a", "o", "as", "os", "agência", "agências", "de", "notícias", "estatal", "oficial", "russa",
            "russo", "chinesa", "chinês", "britânica", "emissora", "jornal", "rede", "canal", "da", "do",
            "portal", "nesta", "na", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira",
            "sexta-feira", "também",
        ],
        credits: &[
            "fonte:", "fontes:", "com informações da", "com informações do", "com informações de",
            "publicado originalmente em", "publicado originalmente pela",
        ],
    },
    Phrases {
        before: &[
            "وفقا", "وفقاً", "وفق", "وفقا لما ذكرته", "وفقاً لما ذكرته", "لما ذكرته", "وبحسب", "ووفقا", "ووفق",
            "بحسب", "حسب", "حسبما", "نقلا عن", "نقلاً عن", "نقلت", "ونقلت", "نقل عن",
            "ذكرت", "وذكرت", "كما ذكرت", "حسبما ذكرت", "أفادت", "وأفادت", "كما أفادت", "قالت", "وقالت",
            "أوردت", "وأوردت", "بثت", "وبثت", "نشرت", "ونشرت", "نشرته", "نشرتها", "نقلته", "أوردته", "بثته",
            "في مقابلة مع", "مقابلة مع", "في حديث", "في تصريح", "في تصريحات", "في حوار مع", "لقاء مع",
            "صرح", "قال", "وقال", "أكد", "أوضح", "كتبت", "وكتبت", "استنادا إلى", "عن", "أخبر", "اطلعت عليها", "اطلعت عليه", "حصلت عليها", "أجرتها معه", "أجرتها معها",
            "أجراها مع", "أجرته معه", "بثتها", "خص بها", "خصّ بها", "وفقا لمراسل", "بحسب مراسل",
        ],
        after: &[
            "ذكرت", "أفادت", "نقلت", "عن", "قالت", "أوردت", "نشرت", "إن", "أن", "بأن", "كتبت",
        ],
        fillers: &[
            "وكالة", "لوكالة", "ووكالة", "الأنباء", "أنباء", "للأنباء", "الروسية", "الصينية", "الرسمية",
            "الدولية", "البريطانية", "الفرنسية", "قناة", "لقناة", "صحيفة", "لصحيفة", "شبكة", "لشبكة", "موقع",
            "لموقع", "اليوم", "مراسل", "الحكومية", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة",
            "راديو", "إذاعة",
        ],
        credits: &["المصدر:", "المصدر :", "مصدر:"],
    },
];

/// Chinese, directly before the name.
#[rustfmt::skip]
pub(super) const CHINESE_BEFORE: &[&str] = &[
    "据", "根据", "援引", "引述", "引用", "转引", "综合", "告诉", "接受", "做客", "参考", "转自", "刊登于", "刊发于",
];
/// Chinese, directly after the name (and after [`CHINESE_FILLERS`]).
#[rustfmt::skip]
pub(super) const CHINESE_AFTER: &[&str] = &[
    "报道", "消息", "称", "说", "援引", "发文", "刊文", "刊登", "评论称", "社评", "文章", "指出", "刊发", "发布", "获悉", "了解到", "从", "披露",
    "透露", "采访", "专访", "表示", "写道", "电",
];
/// Chinese, after the name: looks like one of [`CHINESE_AFTER`] and is not.
#[rustfmt::skip]
pub(super) const CHINESE_NOT_AFTER: &[&str] =
    &["称赞", "称号", "从业", "说明", "发布会", "电台", "电视", "从事"];
/// Chinese, between the name and what follows.
#[rustfmt::skip]
pub(super) const CHINESE_FILLERS: &[&str] = &[
    "记者", "网站", "网", "当天", "当日", "当地时间", "昨日", "今日", "今天", "昨天", "随后", "此前", "周一", "周二", "周三", "周四", "周五",
    "周六", "周日", "独家", "英文网", "通讯社", "电视台", "驻莫斯科", "驻北京", "的", "也", "还", "曾",
];
/// Chinese, between "according to" and the name: whose outlet it is.
#[rustfmt::skip]
pub(super) const CHINESE_NATIONS: &[&str] = &[
    "俄罗斯", "中国", "英国", "法国", "美国", "卡塔尔", "德国", "日本", "官方", "官媒", "国家", "媒体", "外媒", "通讯社", "俄媒", "美媒",
];
/// Chinese: ends of clauses.
pub(super) const CHINESE_BORDERS: &[char] =
    &['，', '。', '；', '！', '？', ',', ';', '!', '?', '、', '\n'];
/// Chinese: verbs of reporting that may stand further on in the clause of the name.
#[rustfmt::skip]
pub(super) const CHINESE_REPORTS: &[&str] = &[
    "报道", "消息", "称", "援引", "引述", "表示", "指出", "认为", "看到", "透露", "刊文", "发文", "快讯", "获悉", "证实", "分析", "预测", "披露", "写道",
    "目睹", "了解到", "警告", "刊登", "评论", "获得了", "强调", "呼吁", "消息说",
];
/// Chinese: what a person who talks to an outlet does.
#[rustfmt::skip]
pub(super) const CHINESE_SAYS: &[&str] =
    &["透露", "表示", "说", "证实", "介绍", "确认", "坦言", "指出", "强调", "称", "解释", "描述"];
/// Chinese: what the outlet is or suffers; a verb of reporting after it is about something else.
#[rustfmt::skip]
pub(super) const CHINESE_STOPS: &[&str] = &[
    "被", "遭", "不实", "虚假", "歪曲", "抹黑", "偏见", "社长", "台长", "总编", "主编", "发言人", "负责人", "摄影师", "员工", "编辑部", "编辑", "执照",
    "大楼", "总部", "签署", "节目", "未能", "没有", "不予", "拒绝", "否认", "与", "和", "受伤", "宣布", "批评", "成立", "创刊", "名单", "称号", "称赞",
    "播出", "工作", "分社", "分台", "办事处", "并未", "未报道", "的报道引", "涉嫌",
];
/// Chinese: directly before a name that is the object of the clause.
#[rustfmt::skip]
pub(super) const CHINESE_OBJECT: &[char] = &['评', '责', '名', '止', '诉', '了', '见', '入', '在', '将', '就', '由', '任', '于', '销'];

/// Chinese credits, before the name.
#[rustfmt::skip]
pub(super) const CHINESE_CREDITS: &[&str] = &[
    "来源:", "来源：", "稿源:", "稿源：", "来源 :", "来源 ：", "转载自", "原载", "供稿:", "供稿：", "文/", "本文转自",
];
/// Beginnings of words: a text appeared...
#[rustfmt::skip]
pub(super) const PUBLISHED: &[&str] =
    &["publi", "appear", "erschien", "veröffent", "опубликов", "вышл", "نشر", "paru", "apareci", "print"];
/// ...first, elsewhere.
#[rustfmt::skip]
pub(super) const FIRST: &[&str] = &["origin", "initial", "first", "zuerst", "ursprüng", "впервые", "первонач", "primero", "أصل"];
/// Japanese-style and Chinese photo words are in [`PICTURE`] with the others.
#[rustfmt::skip]
pub(super) const PICTURE: &[&str] = &[
    "photo", "image", "picture", "getty", "file", "фото", "снимок", "foto", "imagen", "imagem", "bild",
    "cliché", "صورة", "الصورة", "图片", "图", "摄",
];

/// Words between two names that share what is said of them ("RIA Novosti *and* TASS reported").
#[rustfmt::skip]
pub(super) const CONJUNCTIONS: &[&str] = &[
    "and", "or", "und", "oder", "y", "o", "e", "ou", "et", "и", "или", "а", "также", "و", "和", "与", "及", "以及",
    "、", ",", "/", "&", "،",
];

/// Beginnings of what follows a verb when the outlet speaks of itself ("RT said *it would* appeal").
#[rustfmt::skip]
pub(super) const OF_ITSELF: &[&str] = &[
    "it", "its", "it's", "they", "their", "that it", "that its", "in a statement", "a loss", "losses",
    "revenue", "a profit", "an outage", "a cyberattack", "a cyber", "the ban", "the decision", "would",
    "что подаст", "о блокировке своего", "о своем", "о своём", "que son", "que su", "que sua", "qu'elle",
    "qu'il",
];

/// What follows a name that is the object of a clause, after a phrase that also takes one ("told RT
/// *would* be banned", "citing RT *and* its role").
#[rustfmt::skip]
pub(super) const OBJECT_CLAUSE: &[&str] =
    &["would", "was", "is", "will", "were", "are", "must", "should", "could", "'s ban"];

/// What the outlet's people and parts are called: said of the outlet, not by it.
#[rustfmt::skip]
pub(super) const PARTS: &[&str] = &[
    "editor", "editors", "editor-in-chief", "chief", "head", "director", "owner", "spokesperson", "spokesman",
    "spokeswoman", "lawyer", "lawyers", "ceo", "headquarters", "office", "offices", "founder", "staff",
    "staffer", "employee", "employees", "license", "licence", "ban", "ownership", "coverage", "role",
    "audience", "budget", "funding", "reporting", "photographer", "propaganda", "bias",
];

/// What a possessive may be followed by when the outlet still is the source ("Xinhua's report").
#[rustfmt::skip]
pub(super) const WORKS: &[&str] = &[
    "report", "reports", "reporter", "editorial", "correspondent", "sources", "data", "calculations",
    "interview", "article", "telegram", "website", "channel", "tally", "question", "questions",
];

/// Phrases that name the outlet's product rather than its word: no source if the sentence is about
/// removing, banning or judging it.
#[rustfmt::skip]
pub(super) const WEAK: &[&str] = &[
    "published by", "published in", "published on", "carried by", "aired by", "aired on", "broadcast by",
    "broadcast on", "shown on", "report by", "report from", "reports by", "reports from", "article by",
    "interview with", "shared by", "column for", "produced by", "seen by", "wrote for", "informed",
];
/// Beginnings of words of such sentences.
#[rustfmt::skip]
pub(super) const BANNING: &[&str] = &[
    "ban", "block", "remov", "delet", "restrict", "sanction", "label", "suspend", "censor", "fine", "prohibit",
    "debunk", "demonetiz", "complain", "false", "disinformation", "misinformation", "propaganda", "cancel",
];
