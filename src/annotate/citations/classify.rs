//! Whether a name that was found is a source, and of which kind, from what stands round it.
//!
//! The order is that of certainty: dateline, credit, textual citation, and a mention if nothing
//! fits. Only the paragraph of the name is read.

use super::names::{ARABIC_TO, Mention, is_arabic, particle};
use super::turns::{
    TURNS, WRAPPING, strip_first, strip_last, without_case_ending, without_outlet_words,
};
use super::{syntax, unspaced};
use crate::model::CitationKind;
use crate::text::is_unsegmented;
use std::ops::Range;

/// Bytes before and after the name that are read; longer phrases do not occur.
const CONTEXT: usize = 160;
/// Bytes of its paragraph on either side of a name that are read: those of a paragraph of news, and more.
const PARAGRAPH: usize = 4_000;
/// A dateline ends within this many bytes of its paragraph.
const DATELINE_REACH: usize = 110;
/// Words of a dateline before the agency: place, country, date.
const DATELINE_WORDS: usize = 9;
/// Characters of a place in a script without spaces.
const PLACE_CHARS: usize = 8;
/// Words of the date that ends the place of a dateline: "May 5, Wednesday", "5 мая 2026 г.".
const DATE_WORDS: usize = 3;
/// What a date ends with in a script without spaces, or the dateline of which it is a part.
const DATE_ENDS: &[char] = &['日', '号', '號', '电', '電', '讯', '訊'];
/// A dateline stands in one of the first paragraphs; a summary or two may come before it.
const DATELINE_PARAGRAPHS: usize = 3;
/// Characters of a commentator's title and name after the outlet's, in a script without spaces.
const MAX_TITLE_CHARS: usize = 12;
/// Words of a correspondent's name in a dateline.
const MAX_PERSON_WORDS: usize = 3;
/// Bytes between two names that share one phrase ("RIA Novosti and the state agency TASS").
const GROUP_GAP: usize = 48;
/// A line up to this long that ends in ": NAME" is a headline with its source.
const HEADLINE: usize = 240;
/// Words before a name among which "photo" makes a release the picture's.
const PICTURE_WORDS: usize = 8;
/// Bytes of a line that says where its article first appeared, without the outlet's name.
const REPRINT: usize = 100;
/// Neighbouring names that are joined by nothing but conjunctions: they share their kind.
pub(super) fn groups<'m>(
    text: &str,
    mentions: &'m [Mention],
) -> impl Iterator<Item = &'m [Mention]> {
    mentions.chunk_by(move |a, b| {
        let between = &text[a.span.end..b.span.start];
        if between.len() > GROUP_GAP || between.contains('\n') {
            return false;
        }
        let lower = between.to_lowercase().replace(',', " , ").replace('/', " / ");
        let mut words = lower.split_whitespace().map(|w| w.trim_matches(WRAPPING)).peekable();
        words.peek().is_some()
            && words.all(|w| w.is_empty() || TURNS.conjunctions.contains(&w) || TURNS.is_filler(w))
            && lower.split_whitespace().any(|w| TURNS.conjunctions.contains(&w))
    })
}

/// The kind of the citation at `span` of `text`.
pub(super) fn of(text: &str, span: &Range<usize>) -> CitationKind {
    let place = Place::new(text, span);
    if place.is_dateline() {
        CitationKind::Dateline
    } else if place.is_credit() {
        CitationKind::Credit
    } else if place.is_source() {
        CitationKind::Text
    } else {
        CitationKind::Mention
    }
}

/// Whether the outlet or agency at `span` of `text` was itself told, or was there: "told NAME", "a NAME reporter saw".
pub(super) fn is_own_reporting(text: &str, span: &Range<usize>) -> bool {
    let place = Place::new(text, span);
    if place.is_author() {
        return true;
    }
    let before = place.lower_before.replace('’', "'");
    let after = place.lower_after.replace('’', "'");
    if place.is_chinese() {
        return unspaced::is_own_reporting(&before, &after);
    }
    syntax::is_own_reporting(&before, &after, place.name.starts_with(ARABIC_TO))
}

/// A name in its paragraph.
struct Place<'t> {
    /// The text before the paragraph, and after it.
    above: &'t str,
    below: &'t str,
    /// The paragraph before and after the name.
    before: &'t str,
    after: &'t str,
    name: &'t str,
    /// [`CONTEXT`] before and after the name, in lower case.
    lower_before: String,
    lower_after: String,
}

impl<'t> Place<'t> {
    /// Reads [`PARAGRAPH`] bytes on either side; what is farther away in a paragraph counts as above and below it.
    fn new(text: &'t str, span: &Range<usize>) -> Place<'t> {
        let first = text.ceil_char_boundary(span.start.saturating_sub(PARAGRAPH));
        let last = text.floor_char_boundary(span.end.saturating_add(PARAGRAPH).min(text.len()));
        let start = text[first..span.start].rfind('\n').map_or(first, |i| first + i + 1);
        let end = text[span.end..last].find('\n').map_or(last, |i| span.end + i);
        let (before, after) = (&text[start..span.start], &text[span.end..end]);
        Place {
            above: &text[..start],
            below: &text[end..],
            before,
            after,
            name: &text[span.clone()],
            lower_before: tail(before).to_lowercase(),
            lower_after: head(after).to_lowercase(),
        }
    }

    /// "MOSCOW, May 5. /TASS/", "BEIJING, May 5 (Xinhua) --", "МОСКВА, 5 мая - РИА Новости",
    /// "新华社北京5月5日电".
    fn is_dateline(&self) -> bool {
        let is_early = || self.above.matches('\n').nth(DATELINE_PARAGRAPHS - 1).is_none();
        if self.before.len() > DATELINE_REACH || !is_early() {
            return false;
        }
        if is_chinese_dateline(self.after) {
            return true;
        }
        let (before, after) = (self.before.trim_end(), self.after.trim_start());
        // "/Корр. ТАСС/" names a correspondent.
        let before = before.strip_suffix("Корр.").map_or(before, str::trim_end);
        if let Some(place) = before.strip_suffix(['(', '/', '（', '[']) {
            let Some(rest) = after_bracket(after) else { return false };
            let rest = rest.trim_start();
            let place = place.trim();
            let dashed = rest.starts_with(DASHES)
                || rest.starts_with(['|', ':'])
                || rest.starts_with(['.', '。']) && !is_clause(place);
            let headed = place.is_empty() && !rest.is_empty();
            let begins = |c: char| c.is_uppercase() || is_unsegmented(c);
            let first = self.above.trim().is_empty() && rest.starts_with(begins);
            return (headed && (dashed || first))
                || (is_place(place)
                    && (dashed || is_dated(place) || in_capitals(place))
                    && !rest.is_empty());
        }
        let Some(place) = before.strip_suffix(DASHES) else { return false };
        let place = place.trim_end_matches(DASHES).trim();
        let closed = after.starts_with(DASHES) || after.starts_with(['.', ',', ':', '|']);
        closed && is_place(place) && (is_dated(place) || in_capitals(place))
    }

    /// "Source: Xinhua", "© Sputnik", "(TASS)" at the end, a line that is the name alone.
    fn is_credit(&self) -> bool {
        let opened = self.lower_before.trim_end_matches(WRAPPING);
        if opened.ends_with('©') || self.lower_before.trim_end().ends_with("(c)") {
            return !self.is_picture();
        }
        if self.is_picture_label() {
            return false;
        }
        // "first published in the Global Times".
        let bare = ["the", "la", "le", "el", "a", "o"]
            .iter()
            .find_map(|article| strip_last(opened, article))
            .map_or(opened, |head| head.trim_end_matches(WRAPPING));
        // "Источник: агентство ТАСС".
        let agency = without_outlet_words(opened);
        let label = |label: &&&str| {
            let found = strip_last(opened, label)
                .or_else(|| strip_last(bare, label))
                .or_else(|| strip_last(agency, label));
            let Some(head) = found else { return false };
            let head = head.trim_end();
            let own_line = head.is_empty()
                || head
                    .ends_with(['.', '(', '（', '—', '|', '。', '!', '?', '"', '”', '»', '[', '/']);
            // A bare "with" is a credit only in brackets at the end: "(with AFP)".
            let weak = TURNS.credits_in_brackets.contains(label);
            if weak {
                head.ends_with('(') && self.after.trim_start().starts_with(')')
            } else if label.ends_with([':', '：', '—', '–', '-'])
                || TURNS.credits_on_own_line.contains(label)
            {
                own_line
            } else {
                true
            }
        };
        if TURNS.credits.iter().find(label).is_some() {
            return true;
        }
        let sentence = self.lower_after.split(". ").next().unwrap_or(&self.lower_after);
        // "Associated Press writers A and B contributed to this report".
        TURNS.contributed.iter().any(|phrase| sentence.contains(phrase))
            || self.is_closing()
            || self.is_alone()
            || self.is_reprint(agency)
    }

    /// "Article publié initialement sur Sputnik": a short line that says where the text first appeared.
    fn is_reprint(&self, opened: &str) -> bool {
        let has = |stems: &[&str]| {
            opened
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| stems.iter().any(|stem| word.starts_with(stem)))
        };
        let short = self.before.len() + self.after.len() <= REPRINT;
        short && has(&TURNS.published) && has(&TURNS.first)
    }

    /// The name in brackets at the very end of the text.
    fn is_closing(&self) -> bool {
        let Some(head) = self.before.trim_end().strip_suffix(['(', '/', '（', '[']) else {
            return false;
        };
        let Some(rest) = after_closing_name(self.after.trim_start()) else { return false };
        let ends = rest.chars().all(|c| !c.is_alphanumeric());
        let explained = head.split_whitespace().next_back().is_some_and(|word| {
            let word = word.to_lowercase();
            !word.ends_with(['.', '"', '”', '»', '!', '?'])
                && TURNS.is_filler(word.trim_matches(WRAPPING))
        });
        // "...the agency (TASS)" explains a name; "...he added. (TASS)" is a credit.
        ends && !explained && self.below.trim().lines().nth(1).is_none()
    }

    /// The name is all there is in the first or last line.
    fn is_alone(&self) -> bool {
        let bare = |s: &str| s.chars().all(|c| !c.is_alphanumeric());
        let lead = self.before.trim().to_lowercase();
        let by = TURNS.by_name.contains(&lead.as_str());
        let edge = self.above.trim().is_empty() || self.below.trim().is_empty();
        // A text that is a name and nothing else is a headline cut short, not a credit.
        let something_else = !(self.above.trim().is_empty() && self.below.trim().is_empty());
        edge && something_else && (bare(self.before) || by) && bare(self.after)
    }

    /// The copyright line of a picture: "© Sputnik / A. Photographer".
    fn is_picture(&self) -> bool {
        let rest = self.after.trim_start();
        let slash =
            rest.strip_prefix(['/', '.', '|']).is_some_and(|r| r.chars().any(char::is_alphabetic));
        slash || self.is_picture_label()
    }

    /// The line speaks of a picture right beside the name.
    fn is_picture_label(&self) -> bool {
        if self.before.len() + self.after.len() >= CONTEXT {
            return false;
        }
        let line = format!("{} {}", self.lower_before, self.lower_after);
        let word =
            |w: &str| TURNS.picture.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()));
        let han = |p: &&'static str| p.chars().all(is_unsegmented) && line.contains(*p);
        (line.split([' ', '/', ':', '：']).any(word) || TURNS.picture.iter().any(han))
            && !line.contains("source")
    }

    /// "RIA Novosti reported", "told Sputnik", "according to the Global Times".
    fn is_source(&self) -> bool {
        let mut before = self.lower_before.as_str();
        let mut told = self.name.starts_with(ARABIC_TO);
        if let Some(particle) = particle(before).filter(|_| self.name.starts_with(is_arabic)) {
            before = &before[..before.len() - particle.len()];
            told |= particle.ends_with('ل');
        }
        let before = before.replace('’', "'");
        let elided = before.strip_suffix("l'").or_else(|| before.strip_suffix("d'"));
        let before = elided.unwrap_or(&before);
        let after = self.lower_after.replace('’', "'");
        if self.is_chinese() {
            return unspaced::is_source(before, &after);
        }
        self.is_author()
            || (self.is_headline_source() && !self.is_picture_label())
            || self.is_said_before(before, &after)
            || is_said_after(&after)
            || (syntax::is_source(before, &after, told)
                && !self.is_about_banning()
                && !is_of_picture(before))
    }

    /// "which the Associated Press could not independently verify": only the author of a text says this.
    fn is_author(&self) -> bool {
        let after = self.lower_after.trim_start_matches(WRAPPING).replace('’', "'");
        TURNS.authoring.iter().any(|phrase| {
            after.starts_with(phrase)
                && (phrase.chars().any(is_unsegmented) || strip_first(&after, phrase).is_some())
        })
    }

    fn is_chinese(&self) -> bool {
        let near = |c: Option<char>| c.is_some_and(is_unsegmented);
        let before = self.before.trim_end_matches(WRAPPING).chars().next_back();
        near(before)
            || near(self.after.trim_start_matches(WRAPPING).chars().next())
            || near(self.name.chars().next())
    }

    /// "Talks to resume in May: TASS" as a line of its own, and "TASS: talks to resume in May".
    fn is_headline_source(&self) -> bool {
        let line = self.before.len() + self.after.len();
        let (before, after) = (self.before.trim_end(), self.after.trim());
        let first = self.above.trim().is_empty() && line <= HEADLINE;
        let closes = after.chars().all(|c| !c.is_alphanumeric())
            && (before.ends_with([':', '：']) || before.ends_with(DASHES))
            && before.len() > 20;
        let opens = (before.is_empty() || matches!(before, "Via" | "Vía"))
            && after.starts_with([':', '：']);
        first && (closes || opens)
    }

    fn is_said_before(&self, before: &str, after: &str) -> bool {
        let Some(phrase) = TURNS.phrase_before(before) else { return false };
        if phrase.ends_with(" by") && is_of_picture(before) {
            return false;
        }
        let rest = after.trim_start_matches(WRAPPING);
        let follows = |table: &[&str]| table.iter().any(|p| strip_first(rest, p).is_some());
        if follows(&TURNS.object_clause) {
            return false;
        }
        let told = matches!(phrase, "told" | "telling" | "tells");
        if let Some(owned) = after.strip_prefix("'s ") {
            let work = TURNS.owned_works.iter().any(|w| strip_first(owned, w).is_some());
            // A name follows: "told RT's Jane Doe".
            let person = self.after.chars().nth(3).is_some_and(char::is_uppercase);
            return work
                || (person && !TURNS.belongings.iter().any(|w| strip_first(owned, w).is_some()));
        }
        if !told && follows(&TURNS.belongings) {
            return false;
        }
        !(TURNS.products.contains(&phrase) && self.is_about_banning())
    }

    fn is_about_banning(&self) -> bool {
        let start = self.before.rfind(". ").map_or(0, |i| i + 2);
        let end = self.after.find(". ").unwrap_or(self.after.len());
        let sentence = format!("{} {}", &self.before[start..], &self.after[..end]).to_lowercase();
        let mut words = sentence.split(|c: char| !c.is_alphanumeric());
        words.any(|word| TURNS.banning.iter().any(|b| word.starts_with(b)))
    }
}

/// "In this photo released by": the words before a name give a picture, not a report.
fn is_of_picture(before: &str) -> bool {
    let words: Vec<&str> = before.rsplit(' ').take(PICTURE_WORDS).collect();
    words.iter().any(|w| TURNS.picture.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// What follows the bracket that closes after a name and, at most, the title of its commentator: "（某报评论员）".
fn after_closing_name(after: &str) -> Option<&str> {
    let at = after.find([')', '/', '）', ']'])?;
    let (title, rest) = after.split_at(at);
    let short = title.chars().count() <= MAX_TITLE_CHARS;
    let named = title.chars().all(|c| is_unsegmented(c) || c.is_whitespace());
    (title.is_empty() || short && named).then(|| rest.strip_prefix([')', '/', '）', ']']))?
}

/// Dashes between place and agency.
const DASHES: &[char] = &['-', '–', '—', '−'];

/// Whether `place` can be the place and date of a dateline: few words, beginning with a capital or
/// an uncased letter, and no sentence.
fn is_place(place: &str) -> bool {
    let begins = place.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let words = place.split_whitespace().count();
    let sentence = place.contains(['!', '?', '"', '“', '”', '«', ';', ':', '。']);
    begins && words <= DATELINE_WORDS && !sentence
}

/// What follows the bracket that closes after the name and, at most, its correspondent's.
fn after_bracket(after: &str) -> Option<&str> {
    let at = after.find([')', '/', '）', ']', '.', ','])?;
    let (person, rest) = after.split_at(at);
    let named = person.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && person.split_whitespace().count() <= MAX_PERSON_WORDS;
    let desk = !person.is_empty()
        && person.chars().count() <= MAX_TITLE_CHARS
        && person.chars().all(|c| is_unsegmented(c) || c.is_whitespace() || c.is_ascii_digit());
    (named || desk).then(|| rest.strip_prefix([')', '/', '）', ']']))?
}

/// Whether characters of a script without spaces are too many for a place, so that a full stop after the bracket ends their
/// sentence, not a dateline.
fn is_clause(place: &str) -> bool {
    place.ends_with(is_unsegmented) && place.chars().count() > PLACE_CHARS
}

/// Whether `place` ends with a date, as that of a dateline does; a number before is one of a sentence: "The 27 states of the Norda
/// Union (NOU)", "3日清晨运抵佐尔万山（Zorvan）".
fn is_dated(place: &str) -> bool {
    if place.ends_with(is_unsegmented) {
        return has_date(place) && place.ends_with(DATE_ENDS);
    }
    place.split_whitespace().rev().take(DATE_WORDS).any(has_date)
}

fn has_date(place: &str) -> bool {
    place.chars().any(char::is_numeric)
}

/// Whether the first word is in capitals (two letters at least).
fn in_capitals(place: &str) -> bool {
    let word = place.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
}

/// "北京5月5日电" or "5日电" after the name.
fn is_chinese_dateline(after: &str) -> bool {
    let Some(end) = after.find(['电', '電', '讯', '訊']) else { return false };
    let middle = &after[..end];
    let short = middle.chars().count() <= 18 && !middle.contains(['。', '，', ',', '.']);
    short && middle.contains('日') && has_date(middle)
}

/// Whether a phrase directly after the name says that the outlet reports.
fn is_said_after(after: &str) -> bool {
    let after = without_case_ending(after);
    let after = after.trim_start_matches("'s ").trim_start_matches(WRAPPING);
    // "Reuters, citing three officials, said".
    if let Some(clause) = after.strip_prefix(", ") {
        return TURNS.citing.iter().any(|phrase| strip_first(clause, phrase).is_some());
    }
    let Some(rest) = TURNS.phrase_after(after) else { return false };
    !TURNS.is_of_itself(rest.trim_start())
}

fn tail(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(CONTEXT))..]
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(CONTEXT.min(text.len()))]
}
