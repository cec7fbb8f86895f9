//! Classes of words in which the rules about a clause ([`syntax`](super::syntax)) are written, of all languages
//! together: the languages do not collide, and an article may be in two.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::names::is_arabic;
use crate::text::languages::{forms, words};

type Words = FxHashSet<&'static str>;
type Forms = FxHashSet<String>;

/// The classes as sets of words.
pub(super) struct Lexicon {
    reports: Forms,
    tells: Forms,
    witnesses: Forms,
    done: Forms,
    statements: Words,
    to: Words,
    dative: Words,
    told_by: Words,
    dative_endings: Words,
    endings: Words,
    by: Words,
    of: Words,
    people: Words,
    works: Words,
    outlet_words: Words,
    outlet_stems: Vec<&'static str>,
    adverbs: Words,
    prepositions: Words,
    blocks: Words,
    openers: Words,
    including: Words,
    need_clause: Words,
    clauses: Words,
    that: Words,
    wants: Vec<&'static str>,
    according: Words,
    parts: Words,
    auxiliaries: Words,
    articles: Words,
    citing: Vec<&'static str>,
}

/// The classes of all languages, built when first asked for.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    reports: forms(|l| l.classes.reports).collect(),
    tells: forms(|l| l.classes.tells).chain(forms(|l| l.speech.verbs)).collect(),
    witnesses: forms(|l| l.classes.witnesses).collect(),
    done: forms(|l| l.classes.done).collect(),
    statements: words(|l| l.classes.statements).collect(),
    to: words(|l| l.classes.to).collect(),
    dative: words(|l| l.classes.dative).collect(),
    told_by: words(|l| l.classes.told_by).collect(),
    dative_endings: words(|l| l.classes.dative_endings).collect(),
    endings: words(|l| l.classes.endings).collect(),
    by: words(|l| l.classes.by).collect(),
    of: words(|l| l.classes.of).collect(),
    people: words(|l| l.classes.people).collect(),
    works: words(|l| l.classes.works).collect(),
    outlet_words: words(|l| l.classes.outlet_words).collect(),
    outlet_stems: words(|l| l.classes.outlet_stems).collect(),
    adverbs: words(|l| l.classes.adverbs).collect(),
    prepositions: words(|l| l.classes.prepositions).collect(),
    blocks: words(|l| l.classes.blocks).collect(),
    openers: words(|l| l.classes.openers).collect(),
    including: words(|l| l.classes.including).collect(),
    need_clause: words(|l| l.classes.need_clause).collect(),
    clauses: words(|l| l.classes.clauses).collect(),
    that: words(|l| l.speech.that).collect(),
    wants: words(|l| l.classes.wants).collect(),
    according: words(|l| l.classes.according).collect(),
    parts: words(|l| l.classes.parts).collect(),
    auxiliaries: words(|l| l.classes.auxiliaries).collect(),
    articles: words(|l| l.classes.articles).collect(),
    citing: words(|l| l.classes.citing).collect(),
});

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

    pub(super) fn is_statement(&self, word: &str) -> bool {
        self.statements.contains(word) || self.statements.contains(bare(word))
    }

    pub(super) fn is_to(&self, word: &str) -> bool {
        self.to.contains(word)
    }

    /// Whether an outlet word or article is in the case of the one who is told.
    pub(super) fn is_dative(&self, word: &str) -> bool {
        self.dative.contains(word)
    }

    /// Whether the word stands before an outlet which the verb that follows tells something.
    pub(super) fn is_told_by(&self, word: &str) -> bool {
        self.told_by.contains(word)
    }

    /// Whether this is a case ending behind a name and an apostrophe: that of the one who is told.
    pub(super) fn is_dative_ending(&self, ending: &str) -> bool {
        self.dative_endings.contains(ending)
    }

    /// Whether this is any case ending behind a name and an apostrophe.
    pub(super) fn is_ending(&self, ending: &str) -> bool {
        self.endings.contains(ending) || self.is_dative_ending(ending)
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

    pub(super) fn is_outlet_word(&self, word: &str) -> bool {
        self.outlet_words.contains(word)
            || self.outlet_words.contains(bare(word))
            || self.outlet_stems.iter().any(|stem| word.starts_with(stem))
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

    pub(super) fn is_according(&self, word: &str) -> bool {
        self.according.contains(word) || self.according.contains(bare(word))
    }

    /// Whether a clause of reported speech follows a verb that is in no list: "que", "that", "что".
    pub(super) fn opens_speech(&self, verb: &str, next: &str) -> bool {
        self.that.contains(next)
            && !self.blocks(verb)
            && !self.wants.iter().any(|stem| bare(verb).starts_with(stem))
    }

    pub(super) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Whether `verb` reports only what follows it, and `next` is not that.
    pub(super) fn lacks_clause(&self, verb: &str, next: Option<&str>) -> bool {
        self.need_clause.contains(bare(verb))
            && next.is_some_and(|word| !self.clauses.contains(word))
    }

    pub(super) fn is_auxiliary(&self, word: &str) -> bool {
        self.auxiliaries.contains(word)
    }

    pub(super) fn is_article(&self, word: &str) -> bool {
        self.articles.contains(word)
    }

    pub(super) fn is_citing(&self, word: &str) -> bool {
        self.citing.iter().any(|stem| word.starts_with(stem))
    }
}
