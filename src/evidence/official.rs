//! Signs of an official document, speech or readout: texts that are published to be repeated, so that
//! equal words in them say nothing about two outlets.
//!
//! Four signs, none of which names a country or a person: the headline calls the text a document; the
//! text ends in an issuing body and a date; it addresses hearers or thanks them; or its first sentence has an office, and most of the rest is
//! what was said or agreed there.

use std::ops::Range;

/// Share of the sentences after the first that must be speech, for the text to be a speech or a readout.
const SPEECH: f64 = 0.5;
/// Characters of a closing line that is a signature: longer ones are sentences.
const SIGNATURE: usize = 60;
/// Sentences after the first with which a text is long enough to be judged by its speech.
const LEAST_SENTENCES: usize = 3;

/// Beginnings of headlines of documents, lower case.
const TITLE_STARTS: &[&str] = &[
    "joint statement",
    "joint communique",
    "joint communiqué",
    "communique",
    "communiqué",
    "full text",
    "text of",
    "circular",
    "notice of",
    "notice on",
    "readout",
    "open letter",
    "decree",
    "remarks by",
    "address by",
    "speech by",
    "statement by",
    "statement of",
    "совместное заявление",
    "полный текст",
    "коммюнике",
    "указ ",
    "постановление",
    "распоряжение",
    "приказ",
    "обращение",
    "выступление",
    "заявление",
    "резолюция",
    "стенограмма",
    "declaración conjunta",
    "comunicado",
    "texto íntegro",
    "déclaration conjointe",
    "communiqué de",
    "texte intégral",
    "gemeinsame erklärung",
    "im wortlaut",
    "declaração conjunta",
    "wspólne oświadczenie",
    "بيان مشترك",
    "النص الكامل",
    "بیانیه",
    "受权发布",
    "联合声明",
];
/// Ends of headlines of documents.
const TITLE_ENDS: &[&str] = &[
    "的通知",
    "的公告",
    "的通报",
    "的决定",
    "的意见",
    "的决议",
    "的讲话",
    "的致辞",
    "的演讲",
    "的批复",
    "的办法",
    "的条例",
    "公报",
    "联合声明",
    "贺信",
    "贺电",
    "（全文）",
    "(全文)",
    "（摘要）",
    "(full text)",
    "(текст)",
    "(полный текст)",
];
/// Offices that a readout or speech begins with, lower case.
const OFFICES: &[&str] = &[
    "president",
    "prime minister",
    "premier",
    "minister",
    "secretary",
    "chairman",
    "ambassador",
    "spokesperson",
    "governor",
    "general secretary",
    "chancellor",
    "президент",
    "премьер",
    "министр",
    "председател",
    "посол",
    "секретар",
    "губернатор",
    "presidente",
    "primer ministro",
    "ministro",
    "président",
    "ministre",
    "präsident",
    "ministerpräsident",
    "prezydent",
    "الرئيس",
    "وزير",
    "رئیس",
    "وزیر",
    "主席",
    "总理",
    "总统",
    "外长",
    "部长",
    "总书记",
    "大使",
    "发言人",
    "委员长",
    "书记",
];
/// What an office holder does in the first sentence of a readout or speech, lower case.
const MEETINGS: &[&str] = &[
    "met with",
    "met ",
    "held talks",
    "spoke by phone",
    "phone call",
    "telephone",
    "delivered a speech",
    "delivered an address",
    "chaired",
    "addressed",
    "exchanged views",
    "in a speech",
    "in a meeting",
    "встрет",
    "провел переговоры",
    "провёл переговоры",
    "переговор",
    "телефонн",
    "выступил",
    "встреч",
    "заседани",
    "se reunió",
    "conversación telefónica",
    "s'est entretenu",
    "entretien",
    "traf ",
    "telefonier",
    "spotkał",
    "rozmow",
    "التقى",
    "اتصال هاتفي",
    "دیدار",
    "会见",
    "会谈",
    "会晤",
    "通电话",
    "致辞",
    "发表讲话",
    "主持",
    "讲话",
    "出席",
];
/// Words of agreement and of first person: sentences with them are what was said or agreed, lower case.
const SAID: &[&str] = &[
    "both sides",
    "the two sides",
    "the sides",
    "the parties",
    "exchanged views",
    "reaffirmed",
    "welcomed",
    "agreed to",
    "we ",
    "our ",
    "i am ",
    "i would",
    "стороны",
    "сторонами",
    "обменялись мнениями",
    "подтвердили",
    "договорились",
    "мы ",
    "наш",
    "я ",
    "las partes",
    "ambas partes",
    "les deux parties",
    "beide seiten",
    "obie strony",
    "الجانبان",
    "الطرفان",
    "طرفین",
    "双方",
    "一致认为",
    "一致同意",
    "我们",
    "我国",
    "要坚持",
    "要加强",
    "愿同",
    "愿与",
];

/// How a speech or letter addresses its hearers, in a line of its own at the head; lower case.
const ADDRESSES: &[&str] = &[
    "女士们",
    "先生们",
    "同志们",
    "朋友们",
    "同胞们",
    "尊敬的",
    "各位",
    "уважаемые",
    "уважаемый",
    "дорогие",
    "дамы и господа",
    "товарищи",
    "ladies and gentlemen",
    "dear ",
    "distinguished",
    "your excellenc",
    "señoras y señores",
    "mesdames et messieurs",
    "meine damen und herren",
    "szanowni państwo",
    "السيدات والسادة",
];
/// How it ends, in a line of its own; lower case.
const THANKS: &[&str] = &[
    "谢谢大家",
    "谢谢各位",
    "谢谢",
    "спасибо за внимание",
    "спасибо",
    "благодарю за внимание",
    "thank you",
    "thank you very much",
    "muchas gracias",
    "je vous remercie",
    "vielen dank",
    "dziękuję",
    "شكرا",
];

/// Whether a text bears one of the signs. `told` says of each sentence that it attributes nothing.
/// Linear in the text.
pub(super) fn is_official(
    title: &str,
    text: &str,
    sentences: &[Range<usize>],
    told: &[bool],
) -> bool {
    is_named_document(title)
        || ends_in_body_and_date(text)
        || is_address(text)
        || is_speech(text, sentences, told)
}

fn is_named_document(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    TITLE_STARTS.iter().any(|start| title.starts_with(start))
        || TITLE_ENDS.iter().any(|end| title.ends_with(end))
}

/// Whether the text is what somebody said to hearers: it begins with their address, or ends in thanks.
fn is_address(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let short = |line: &&str| line.chars().count() <= SIGNATURE;
    let first = lines.next().filter(short).unwrap_or_default().to_lowercase();
    let last = lines.next_back().filter(short).unwrap_or_default().to_lowercase();
    let last = last.trim_end_matches(|c: char| !c.is_alphanumeric());
    let addresses = first.ends_with([':', '：', '!', '！', ',', '，'])
        && ADDRESSES.iter().any(|address| first.starts_with(address));
    addresses || THANKS.contains(&last)
}

/// Whether the last line is a date alone, below a line that is a name and no sentence, or both in one.
fn ends_in_body_and_date(text: &str) -> bool {
    let mut lines = text.lines().rev().map(str::trim).filter(|line| !line.is_empty());
    let (Some(last), Some(before)) = (lines.next(), lines.next()) else { return false };
    let short = |line: &str| line.chars().count() <= SIGNATURE;
    let is_sentence = |line: &str| line.ends_with(['.', '!', '?', '。', '！', '？', '"', '”', '»']);
    let letters = |line: &str| line.chars().filter(|c| c.is_alphabetic()).count();
    if !short(last) || !has_date(last) {
        return false;
    }
    // A date has a month's name at most.
    let date_alone = letters(last) <= 12;
    if date_alone { short(before) && !is_sentence(before) } else { !is_sentence(last) }
}

/// Whether a line has a year and a day: `2 March 2026`, `02.03.2026`, `2026年3月2日`, `二〇二六年三月二日`.
fn has_date(line: &str) -> bool {
    if line.contains('年') && line.contains('月') && line.contains('日') {
        return true;
    }
    let numbers: Vec<&str> =
        line.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let year = |run: &&str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    let day = |run: &&str| run.len() <= 2;
    numbers.iter().any(year) && numbers.iter().any(day)
}

/// Whether the first sentence has an office and an occasion, and most others are speech.
fn is_speech(text: &str, sentences: &[Range<usize>], told: &[bool]) -> bool {
    let Some((first, rest)) = sentences.split_first() else { return false };
    if rest.len() < LEAST_SENTENCES {
        return false;
    }
    let lower = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default().to_lowercase();
    let has = |sentence: &str, words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let opening = lower(first);
    if !has(&opening, OFFICES) || !has(&opening, MEETINGS) {
        return false;
    }
    let speech = rest
        .iter()
        .zip(&told[1..])
        .filter(|(sentence, told)| !**told || has(&format!("{} ", lower(sentence)), SAID));
    speech.count() as f64 >= SPEECH * rest.len() as f64
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;
    use crate::model::Article;

    #[track_caller]
    fn check(title: &str, text: &str, expected: bool) {
        let article = Article { title: title.into(), text: text.into(), ..Article::default() };
        assert_eq!(Reading::new(&article).official, expected, "{title}: {text}");
    }

    #[test]
    fn headlines_of_documents() {
        check("关于加强渡口冬季安全的通知", "各渡口应检查船只。", true);
        check("Совместное заявление сторон о судоходстве", "Стороны встретились.", true);
        check("Joint Statement on the Ferry Line", "The parties met.", true);
        check("渡口冬季停航", "渡口今天停航。", false);
        check("Паром встал на зиму", "Паром встал.", false);
    }

    #[test]
    fn an_issuing_body_and_a_date_at_the_end() {
        check("冬季", "各渡口应检查船只。\n奥斯特里航运局\n2026年3月2日", true);
        check("Лёд", "Проход судов закрыт.\nУправление порта\n2 марта 2026", true);
        check("Ice", "The passage is shut until spring.\nPort Office, 2 March 2026", true);
        check("Ice", "The passage is shut.\nIt opened on 2 March 2026.", false);
    }

    #[test]
    fn an_address_to_hearers() {
        check("码头", "女士们，先生们：\n码头今天启用。\n船来了。", true);
        check("Причал", "Причал открыт.\nКорабли пришли.\nСпасибо за внимание!", true);
        check("Quay", "Dear friends,\nThe quay is open.\nShips came.", true);
        check(
            "Quay",
            "Dear bread is on sale at the quay.\nShips came.\nNobody said thank you.",
            false,
        );
    }

    #[test]
    fn speeches_and_readouts_carried_whole() {
        check(
            "会见",
            "总理奥尔二日在港口会见来访的外长塔恩。双方就渡口交换了意见。奥尔表示，航线要加强。塔恩指出，\
             冬季运输很重要。双方一致同意明年再谈。",
            true,
        );
        check(
            "Встреча",
            "Президент Олл встретился в порту с министром Тарном. Стороны обсудили паром. Олл отметил, \
             что линия важна. Тарн заявил, что зимой нужен лёдокол. Стороны договорились о новой встрече.",
            true,
        );
        check(
            "Harbour",
            "The minister met the fishermen at the harbour. Nets hung from the cranes. Rain came in from \
             the sound. The ferry was late, and nobody minded.",
            false,
        );
    }
}
