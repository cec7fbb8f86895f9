//! Reported speech without quotation marks: which sentences attribute what they say to somebody.
//!
//! A verb of saying alone says little ("the flood claimed nine barns", "they said nothing"); it counts where a clause
//! of speech follows it, or where it follows the statement. Some turns of phrase count wherever they stand.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::languages::{self, Language, Stems, phrases, words};
use super::{has_unsegmented, is_unsegmented, sentences};

/// Bytes on either side of a passage in which its sentence is looked for.
const REACH: usize = 300;
/// Words after a verb of saying among which the conjunction of its clause stands: its subject and an occasion.
const CLAUSE_WORDS: usize = 9;
/// Words after a verb of saying before a colon.
const COLON_WORDS: usize = 5;
/// Words from a verb after the statement to the end of its sentence: the speaker and an occasion.
const SPEAKER_WORDS: usize = 12;
/// Words of a subject that stands between the statement and its verb.
const SUBJECT_WORDS: usize = 6;
/// Words after such a verb, up to the end of the sentence.
const CLOSING_WORDS: usize = 3;
/// Fewest words of a statement.
const STATEMENT_WORDS: usize = 3;
/// Words between "as" and the verb of an insertion, with the verb.
const INSERTION_WORDS: usize = 2;
/// Longest stretch inside a frame of a script without spaces ("用…的话"), in bytes.
const FRAME: usize = 90;

/// Whether a sentence that `span` (bytes of `text`) begins, fills or ends attributes it to somebody. Reads
/// 300 bytes round it.
pub fn is_attributed(text: &str, span: &Range<usize>) -> bool {
    let first = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(span.end.saturating_add(REACH).min(text.len()));
    let near = text.get(first..last).unwrap_or_default();
    sentences(near)
        .filter(|sentence| first + sentence.start < span.end && span.start < first + sentence.end)
        .any(|sentence| near.get(sentence).is_some_and(attributes))
}

/// Whether the words between two parts of a quotation name its speaker: a verb of saying is among them.
pub fn is_attribution(between: &str) -> bool {
    attributes(between) || cut(between).iter().any(|word| is_verb_of_saying(&word.lower))
}

/// Whether a word, in lower case, is a verb of saying of any language.
pub(super) fn is_verb_of_saying(word: &str) -> bool {
    LEXICON.signs.get(word).is_some_and(|signs| signs.says != 0)
}

/// A set of languages: bit n is language n of [`languages::ALL`].
type Languages = u64;

/// What a word of a sentence may be that attributes.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    /// The languages of which it is a verb of saying.
    says: Languages,
    /// It is a preposition of attribution: "laut", "segundo".
    according: bool,
}

/// The words of reported speech of all languages.
struct Lexicon {
    /// Verbs of saying and prepositions of attribution; other words have no sign.
    signs: FxHashMap<String, Signs>,
    that: FxHashMap<&'static str, Languages>,
    as_words: FxHashMap<&'static str, Languages>,
    bare: FxHashSet<&'static str>,
    mute: FxHashSet<&'static str>,
    /// Articles and what is written like them.
    determiners: FxHashSet<&'static str>,
    /// Prepositions that are written together with an article: "no", "al".
    joined: FxHashSet<&'static str>,
    verb_last: Languages,
    /// None if they are too many for an automaton.
    phrases: Option<AhoCorasick>,
    before_clause: Vec<&'static str>,
    unspaced_mute: Vec<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    signs: signs(),
    that: by_language(|l| l.speech.that),
    as_words: by_language(|l| l.speech.as_words),
    bare: words(|l| l.speech.bare).collect(),
    mute: words(|l| l.speech.mute).collect(),
    determiners: words(|l| l.classes.articles).chain(words(|l| l.classes.outlet_words)).collect(),
    joined: words(|l| l.classes.of).chain(words(|l| l.classes.to)).collect(),
    verb_last: numbered().filter(|(_, l)| l.speech.verb_last).fold(0, |all, (bit, _)| all | bit),
    // Every sentence is looked through, and the phrases are few: the fast kind.
    phrases: AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(phrases(|l| l.speech.phrases))
        .ok(),
    before_clause: phrases(|l| l.speech.before_clause).collect(),
    unspaced_mute: words(|l| l.speech.mute).filter(|word| has_unsegmented(word)).collect(),
});

/// Each language with its bit.
fn numbered() -> impl Iterator<Item = (Languages, &'static Language)> {
    languages::ALL.iter().enumerate().map(|(n, language)| (1 << n, language))
}

fn by_language(list: fn(&Language) -> &'static str) -> FxHashMap<&'static str, Languages> {
    let mut all = FxHashMap::default();
    for (bit, language) in numbered() {
        for word in list(language).split_whitespace() {
            *all.entry(word).or_default() |= bit;
        }
    }
    all
}

/// The forms of all verbs of saying, and the prepositions of attribution. Where a list of verbs for the citations holds
/// words of grammar too ("*mit*geteilt" written apart), they are left out.
fn signs() -> FxHashMap<String, Signs> {
    let mut all: FxHashMap<String, Signs> = FxHashMap::default();
    for (bit, language) in numbered() {
        let (speech, classes) = (&language.speech, &language.classes);
        let grammar = [
            classes.to,
            classes.by,
            classes.of,
            classes.openers,
            classes.prepositions,
            classes.blocks,
            classes.adverbs,
            classes.articles,
            classes.auxiliaries,
        ];
        let grammar: FxHashSet<&str> =
            grammar.into_iter().flat_map(str::split_whitespace).collect();
        let groups = speech.verbs.iter().chain(classes.reports).chain(classes.tells);
        for form in groups.flat_map(Stems::forms).filter(|form| !grammar.contains(form.as_str())) {
            all.entry(form).or_default().says |= bit;
        }
    }
    for preposition in words(|l| l.speech.prepositions) {
        all.entry(preposition.to_owned()).or_default().according = true;
    }
    all
}

/// A word of a sentence.
struct SentenceWord<'t> {
    /// In lower case.
    lower: Cow<'t, str>,
    /// What stands between it and the word before.
    before: &'t str,
    capital: bool,
}

impl SentenceWord<'_> {
    /// A comma, dash, colon or quotation mark stands before it.
    fn is_after_border(&self) -> bool {
        self.before.contains([
            ',', '،', '，', ';', ':', '：', '—', '–', '"', '”', '“', '«', '»', '‘', '„', '(', ')',
        ]) || self.before.contains("’ ")
            || self.before.contains(" -")
    }
}

/// Whether a sentence attributes what it says to somebody. O(sentence).
pub fn attributes(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    if has_phrase(&lower) {
        return true;
    }
    if has_unsegmented(sentence) && is_attributed_unspaced(sentence) {
        return true;
    }
    let words = cut(sentence);
    words.iter().enumerate().any(|(at, word)| {
        let Some(signs) = LEXICON.signs.get(word.lower.as_ref()) else { return false };
        (signs.says != 0 && is_saying(&words, at, signs.says))
            || (signs.according && is_according(&words, at))
    })
}

fn has_phrase(lower: &str) -> bool {
    let Some(automaton) = &LEXICON.phrases else { return false };
    automaton.find_overlapping_iter(lower).any(|found| is_word(lower, found.range()))
}

/// Whether the sentence attributes something by the word at `at`, a verb of saying of these languages.
fn is_saying(words: &[SentenceWord<'_>], at: usize, languages: Languages) -> bool {
    introduces_clause(words, at, languages)
        || is_bare(words, at)
        || follows_statement(words, at)
        || is_insertion(words, at, languages)
        || (languages & LEXICON.verb_last != 0
            && at >= STATEMENT_WORDS
            && words.get(at + 1).is_none_or(SentenceWord::is_after_border))
}

/// "wrote on Monday that", "заявил, что", "said on Monday: ...".
fn introduces_clause(words: &[SentenceWord<'_>], at: usize, languages: Languages) -> bool {
    for (distance, word) in words[at + 1..].iter().take(CLAUSE_WORDS).enumerate() {
        let opens = LEXICON.that.get(word.lower.as_ref()).is_some_and(|of| of & languages != 0);
        if opens {
            return true;
        }
        if word.is_after_border() {
            return word.before.contains(':') && distance < COLON_WORDS;
        }
    }
    false
}

/// "said the harbour would open", but not "said little".
fn is_bare(words: &[SentenceWord<'_>], at: usize) -> bool {
    LEXICON.bare.contains(words[at].lower.as_ref())
        && words.get(at + 1).is_some_and(|next| {
            !next.is_after_border() && !LEXICON.mute.contains(next.lower.as_ref())
        })
}

/// "..., said the mayor on Monday.", "..., the mayor of the town said."
fn follows_statement(words: &[SentenceWord<'_>], at: usize) -> bool {
    let rest = words.len() - at - 1;
    // Farther away a border decides nothing.
    let mut near = words[at + 1..].iter().take(SPEAKER_WORDS.max(CLOSING_WORDS) + 1);
    let closing = near.position(SentenceWord::is_after_border).unwrap_or(rest);
    if at >= STATEMENT_WORDS && words[at].is_after_border() {
        return closing == rest && rest <= SPEAKER_WORDS && rest > 0;
    }
    let subject = (1..=SUBJECT_WORDS.min(at)).find(|back| words[at - back].is_after_border());
    closing <= CLOSING_WORDS && subject.is_some_and(|back| at - back >= STATEMENT_WORDS)
}

/// "as the mayor wrote", "как писал мэр".
fn is_insertion(words: &[SentenceWord<'_>], at: usize, languages: Languages) -> bool {
    (1..=INSERTION_WORDS.min(at)).any(|back| {
        let word = words[at - back].lower.as_ref();
        LEXICON.as_words.get(word).is_some_and(|of| of & languages != 0)
    })
}

/// Whether the sentence attributes something by the word at `at`, such a preposition: "laut Polizei", "segundo o prefeito";
/// not "so laut, dass", "no segundo andar".
fn is_according(words: &[SentenceWord<'_>], at: usize) -> bool {
    let is_article = |word: &SentenceWord<'_>| LEXICON.determiners.contains(word.lower.as_ref());
    let is_joined = |word: &SentenceWord<'_>| LEXICON.joined.contains(word.lower.as_ref());
    words
        .get(at + 1)
        .is_some_and(|next| !next.is_after_border() && (next.capital || is_article(next)))
        && !at.checked_sub(1).is_some_and(|i| is_article(&words[i]) || is_joined(&words[i]))
}

/// "表示，", "据…报道", "用…的话来讲".
fn is_attributed_unspaced(sentence: &str) -> bool {
    LEXICON.before_clause.iter().any(|verb| {
        sentence.match_indices(verb).any(|(start, _)| {
            let end = start + verb.len();
            let head = sentence.get(..end).unwrap_or_default();
            let tail = sentence.get(end..).unwrap_or_default();
            let opens = tail.starts_with(['，', ',', '：', ':', '“', '"', '「', '『']);
            opens && start > 0 && !LEXICON.unspaced_mute.iter().any(|word| head.ends_with(word))
        })
    }) || languages::ALL.iter().flat_map(|l| l.speech.frames).any(|(open, close)| {
        sentence.match_indices(open).any(|(start, _)| {
            let rest = sentence.get(start + open.len()..).unwrap_or_default();
            let near = &rest[..rest.floor_char_boundary(FRAME.min(rest.len()))];
            let clause = near.split(['，', '。', '；', ',']).next().unwrap_or_default();
            clause.contains(close)
        })
    })
}

/// Cuts a sentence into words: letters, digits and the marks that belong to them.
fn cut(sentence: &str) -> Vec<SentenceWord<'_>> {
    let part = |c: char| (c.is_alphanumeric() && !is_unsegmented(c)) || is_mark(c);
    let mut words = Vec::new();
    let mut from = 0;
    let mut rest = sentence;
    while let Some(at) = rest.find(part) {
        let word = rest.get(at..).unwrap_or_default();
        let end = word.find(|c| !part(c)).unwrap_or(word.len());
        let start = sentence.len() - rest.len() + at;
        words.push(SentenceWord {
            lower: lower_case(word.get(..end).unwrap_or_default()),
            before: sentence.get(from..start).unwrap_or_default(),
            capital: word.starts_with(char::is_uppercase),
        });
        from = start + end;
        rest = sentence.get(from..).unwrap_or_default();
    }
    words
}

/// A word in lower case; most are written so.
fn lower_case(word: &str) -> Cow<'_, str> {
    let is_lower = |c: char| c.is_ascii_lowercase() || (!c.is_ascii() && c.to_lowercase().eq([c]));
    let is_lower = word.chars().all(|c| is_lower(c) || c.is_ascii_digit());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Combining marks of Latin, Arabic and Indic scripts, which no class of letters holds.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{93c}' | '\u{94d}')
}

/// Whether these bytes of `text` are a whole word, where words are set apart by spaces.
fn is_word(text: &str, span: Range<usize>) -> bool {
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_mark(c));
    let apart = text[span.clone()].chars().all(|c| c < '\u{2e80}');
    let (before, after) = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
    !apart || !(joined(before) || joined(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, passage: &str, after: &str, expected: bool) {
        let text = format!("{before}{passage}{after}");
        let span = before.len()..before.len() + passage.len();
        assert_eq!(is_attributed(&text, &span), expected, "{text}");
    }

    #[track_caller]
    fn all(sentences: &[&str], expected: bool) {
        for sentence in sentences {
            assert_eq!(attributes(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn the_passages_own_sentences_decide() {
        let claim = "the bridge would open before the end of the week";
        check("The weather was fine. The mayor said ", claim, ". Nobody came.", true);
        check("The weather was fine. ", claim, ", according to the mayor. Nobody came.", true);
        check("The mayor said so. It is clear that ", claim, ". Nobody said more.", false);
        check("", claim, "", false);
        check("Ice on the aforesaid river: ", claim, ".", false);
    }

    #[test]
    fn verbs_in_all_tenses() {
        all(
            &[
                "Mr. Halmer was arguing that the quay is old.",
                "The mayor urged on Monday that the quay be closed.",
                "The quay is old, the mayor of the town wrote.",
                "The quay will open in May, vowed the mayor on Monday.",
                "The mayor believes the quay is old.",
                "In the words of the mayor, the quay is old.",
                "Bürgermeister Halmer wies am Montag darauf hin, dass der Kai alt ist.",
                "Laut Polizei bleibt der Kai gesperrt.",
                "Der Kai bleibt laut dem Bürgermeister gesperrt.",
                "Le maire estimait que le quai était vieux.",
                "Le quai est vieux, a expliqué le maire.",
                "El alcalde recordaba que el muelle es viejo.",
                "O prefeito acrescentava que o cais é velho.",
                "O cais, segundo o prefeito, é velho.",
                "Il sindaco aggiungeva che il molo è vecchio.",
                "Secondo il sindaco il molo è vecchio.",
                "Jak mówił burmistrz, nabrzeże jest stare.",
                "Burmistrz podkreśla, że nabrzeże jest stare.",
                "Starosta vysvětluje, že nábřeží je staré.",
                "Мэр уточнял, что причал старый.",
                "Как писал мэр, причал старый.",
                "Мер наголосив, що причал старий.",
                "Кметът заяви, че кеят е стар.",
                "Gradonačelnik naglašava da je kej star.",
                "Градоначелник наглашава да је кеј стар.",
                "Belediye başkanı rıhtımın eski olduğunu vurguladı.",
                "شهردار هالمر نوشت که اسکله قدیمی است.",
                "महापौर ने ज़ोर देकर कहा कि घाट पुराना है।",
                "أضاف العمدة هالمر أن الرصيف قديم.",
                "Ο δήμαρχος τόνισε ότι η προβλήτα είναι παλιά.",
            ],
            true,
        );
    }

    #[test]
    fn scripts_without_spaces() {
        check("天气很好。市长表示，", "大桥将在本周末之前开放", "。", true);
        check("天气很好。市长在信中写道，", "大桥将在本周末之前开放", "。", true);
        check("天气很好。用市长的话来讲，", "大桥将在本周末之前开放", "。", true);
        check("天气很好。", "大桥将在本周末之前开放", "。", false);
        all(&["这部小说，写的是村庄。", "这条大道，通向港口。", "他的名称，没有人记得。"], false);
    }

    #[test]
    fn other_senses_attribute_nothing() {
        all(
            &[
                "The flood claimed nine barns, two mills and the only bridge below the weir.",
                "The heirs said little and paid less, while the mill went on turning.",
                "He told a joke.",
                "The canton calls this “a rest”, but the accounts of nine years show no climb.",
                "The mayor announced a feast.",
                "The dome leaks, and the keepers write down the clouds at noon as their fathers did.",
                "Der Wind war so laut, dass niemand die Glocke hörte.",
                "Kinder rufen laut und laufen davon.",
                "No segundo andar do moinho guarda-se ainda a roda.",
                "O segundo andar está vazio.",
                "Al secondo piano abita un gatto.",
            ],
            false,
        );
    }
}
