//! The codebook: a TOML file of narratives. One is built in; a user's takes its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::pattern::is_readable;
use crate::model::{Claim, WatchedNarrative};

/// The codebook that is compiled in.
const BUILT_IN: &str = include_str!("codebook.toml");

/// Most claims of a narrative, and most claims against it: more are several narratives.
const MAX_CLAIMS: usize = 12;
/// The language of a claim that names none.
const LANGUAGE: &str = "en";

/// Narratives to watch for, in the order of their file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Codebook {
    /// `built-in`, `file`, or `none`.
    origin: &'static str,
    /// SHA-256 of the file; empty for none.
    sha256: String,
    #[serde(skip)]
    narratives: Arc<Vec<WatchedNarrative>>,
}

impl Default for Codebook {
    fn default() -> Codebook {
        Codebook::built_in()
    }
}

impl Codebook {
    /// The codebook that comes with the program; read once.
    ///
    /// # Panics
    ///
    /// Never: a test of this module reads the same constant.
    pub fn built_in() -> Codebook {
        static READ: LazyLock<Codebook> = LazyLock::new(|| {
            let narratives = read(BUILT_IN).unwrap_or_else(|mistakes| {
                unreachable!("the built-in codebook is tested: {mistakes:?}")
            });
            Codebook::of("built-in", BUILT_IN, narratives)
        });
        READ.clone()
    }

    /// A codebook without narratives: nothing is watched for.
    pub fn none() -> Codebook {
        Codebook { origin: "none", sha256: String::new(), narratives: Arc::default() }
    }

    /// Reads a user's codebook; `path` only names the file in messages.
    ///
    /// # Errors
    ///
    /// All mistakes of the file, each with line, key and what to do; a syntax error ends the reading, so it comes alone.
    pub fn from_toml(text: &str, path: &str) -> Result<Codebook, CodebookError> {
        let narratives =
            read(text).map_err(|mistakes| CodebookError { path: path.to_owned(), mistakes })?;
        Ok(Codebook::of("file", text, narratives))
    }

    fn of(origin: &'static str, text: &str, narratives: Vec<WatchedNarrative>) -> Codebook {
        let sha256 = crate::ids::sha256_hex(text.as_bytes());
        Codebook { origin, sha256, narratives: Arc::new(narratives) }
    }

    /// What is watched for.
    pub fn narratives(&self) -> &[WatchedNarrative] {
        &self.narratives
    }
}

/// One mistake in a codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// A codebook that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodebookError {
    /// The file, as it was named.
    pub path: String,
    /// All that was found, in the order of the file; never empty.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for CodebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, Mistake { line, message }) in self.mistakes.iter().enumerate() {
            let newline = if i == 0 { "" } else { "\n" };
            write!(f, "{newline}{}:{line}: {message}", self.path)?;
        }
        Ok(())
    }
}

impl std::error::Error for CodebookError {}

/// A codebook as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    narrative: Vec<Entry>,
}

/// `[[narrative]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    title: Spanned<String>,
    source: Option<Spanned<String>>,
    #[serde(default)]
    region: String,
    /// Language of the sentences of its claims.
    language: Option<String>,
    claims: Spanned<Vec<Spanned<ClaimEntry>>>,
    #[serde(default)]
    counter_claims: Vec<Spanned<ClaimEntry>>,
    terms: Spanned<BTreeMap<String, Vec<Spanned<String>>>>,
}

/// One of `claims`: a sentence, or `[[narrative.claims]]`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a claim is a sentence, or a table of `text` and `words`")]
enum ClaimEntry {
    Sentence(String),
    Table(ClaimTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimTable {
    text: String,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

fn read(text: &str) -> Result<Vec<WatchedNarrative>, Vec<Mistake>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let message = match &message {
            m if m.starts_with("missing field") => {
                format!("{m}: a narrative needs id, title, source, claims and terms")
            }
            m => m.clone(),
        };
        vec![Mistake { line: line_at(text, at), message }]
    })?;
    let mut reader = Reader { text, mistakes: Vec::new() };
    if file.narrative.is_empty() {
        reader
            .say(0, "no narrative: write `[[narrative]]` with id, title, source, claims and terms");
    }
    let mut seen = BTreeSet::new();
    let narratives = file.narrative.into_iter().map(|entry| {
        if !seen.insert(entry.id.get_ref().clone()) {
            reader.say(
                entry.id.span().start,
                "this id is in the file twice: give each narrative its own",
            );
        }
        reader.narrative(entry)
    });
    let narratives = narratives.collect();
    if reader.mistakes.is_empty() {
        return Ok(narratives);
    }
    reader.mistakes.sort_by_key(|mistake| mistake.line);
    Err(reader.mistakes)
}

/// Line of the byte `at`, from 1.
fn line_at(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count()
}

struct Reader<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn say(&mut self, at: usize, message: impl Into<String>) {
        self.mistakes.push(Mistake { line: line_at(self.text, at), message: message.into() });
    }

    fn narrative(&mut self, entry: Entry) -> WatchedNarrative {
        let Entry { id, title, source, region, language, claims, counter_claims, terms } = entry;
        let language = language.unwrap_or_else(|| LANGUAGE.to_owned());
        self.check_id(&id);
        if title.get_ref().trim().is_empty() {
            self.say(
                title.span().start,
                "the title is empty: name the narrative in a few neutral words",
            );
        }
        match &source {
            Some(source) if !source.get_ref().trim().is_empty() => {}
            other => {
                let at = other.as_ref().map_or(id.span().start, |source| source.span().start);
                self.say(at, "no source: say in `source` who described this narrative");
            }
        }
        self.check_language(id.span().start, &language);
        if claims.get_ref().is_empty() {
            self.say(
                claims.span().start,
                "no claim: write at least one sentence that the narrative says",
            );
        }
        if claims.get_ref().len() > MAX_CLAIMS || counter_claims.len() > MAX_CLAIMS {
            let message =
                format!("more than {MAX_CLAIMS} claims: split this into several narratives");
            self.say(claims.span().start, message);
        }
        let at = terms.span().start;
        let terms = terms.into_inner();
        if terms.values().all(Vec::is_empty) {
            self.say(
                at,
                "no term: say in `terms` which words must occur, as in terms.en = [\"Taiwan\"]",
            );
        }
        for (language, terms) in &terms {
            self.check_language(at, language);
            for term in terms {
                if term.get_ref().contains('|') || !is_readable(term.get_ref()) {
                    let message =
                        "a term is one word or a few that stand together, as in \"sea lane*\"";
                    self.say(term.span().start, message);
                }
            }
        }
        let bare = |(language, terms): (String, Vec<Spanned<String>>)| {
            (language, terms.into_iter().map(Spanned::into_inner).collect())
        };
        WatchedNarrative {
            id: id.into_inner(),
            title: title.into_inner(),
            source: source.map(Spanned::into_inner).unwrap_or_default(),
            region,
            claims: self.claims(claims.into_inner(), &language),
            counter_claims: self.claims(counter_claims, &language),
            terms: terms.into_iter().map(bare).collect(),
        }
    }

    fn claims(&mut self, claims: Vec<Spanned<ClaimEntry>>, language: &str) -> Vec<Claim> {
        let mut read = Vec::with_capacity(claims.len());
        for claim in claims {
            let at = claim.span().start;
            let (text, words) = match claim.into_inner() {
                ClaimEntry::Sentence(text) => (text, BTreeMap::new()),
                ClaimEntry::Table(ClaimTable { text, words }) => (text, words),
            };
            if text.trim().is_empty() {
                self.say(at, "this claim is empty: write it in one neutral sentence");
            }
            for (language, things) in &words {
                self.check_language(at, language);
                if things.is_empty() || !things.iter().all(|thing| is_readable(thing)) {
                    let message = format!(
                        "words.{language}: list what a sentence must speak of, with `|` between words for one thing: [\"sanction*\", \"backfir*|boomerang\"]"
                    );
                    self.say(at, message);
                }
            }
            read.push(Claim { text, language: language.to_owned(), words });
        }
        read
    }

    fn check_id(&mut self, id: &Spanned<String>) {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.get_ref().is_empty() || !id.get_ref().chars().all(is_plain) {
            let message = "an id has small letters, digits and hyphens: \"sea-lanes\"";
            self.say(id.span().start, message);
        }
    }

    fn check_language(&mut self, at: usize, language: &str) {
        if language.len() != 2 || !language.chars().all(|c| c.is_ascii_lowercase()) {
            let message = format!(
                "`{language}` is no language: write the two letters of ISO 639-1, such as en or zh"
            );
            self.say(at, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, line: usize, says: &str) {
        let error = Codebook::from_toml(text, "n.toml").unwrap_err().to_string();
        assert!(error.contains(&format!("n.toml:{line}: ")) && error.contains(says), "{error}");
    }

    const GOOD: &str = r#"[[narrative]]
id = "locks"
title = "The locks were sold"
source = "own"
claims = ["The eastern locks were sold to a foreign bank."]
terms.en = ["locks"]
"#;

    #[test]
    fn a_short_file_is_read() {
        let codebook = Codebook::from_toml(GOOD, "n.toml").unwrap();
        let [narrative] = codebook.narratives() else { panic!() };
        assert_eq!(narrative.id, "locks");
        assert_eq!(narrative.claims[0].language, "en");
        assert_eq!(narrative.terms["en"], ["locks"]);
        assert_ne!(codebook, Codebook::built_in());
    }

    #[test]
    fn claims_may_list_words() {
        let text = "[[narrative]]\nid = \"a\"\ntitle = \"t\"\nsource = \"s\"\nterms = { ru = [\"канал\"] }\n[[narrative.claims]]\ntext = \"A claim.\"\nwords.ru = [\"шлюз*\", \"продан*|передан*\"]\n";
        let codebook = Codebook::from_toml(text, "n.toml").unwrap();
        assert_eq!(codebook.narratives()[0].claims[0].words["ru"].len(), 2);
    }

    #[test]
    fn mistakes_have_a_line_and_say_what_to_do() {
        refused("", 1, "write `[[narrative]]`");
        refused("[[narrative]]\nid = \"a\"\n", 1, "a narrative needs");
        refused(&GOOD.replace("source = \"own\"\n", ""), 2, "say in `source`");
        refused(&GOOD.replace("\"locks\"\ntitle", "\"Locks!\"\ntitle"), 2, "small letters");
        refused(&GOOD.replace("terms.en", "terms.english"), 6, "ISO 639-1");
        refused(&GOOD.replace("[\"locks\"]", "[]"), 6, "no term");
        refused(&GOOD.replace("[\"locks\"]", "[\"***\"]"), 6, "a term is");
        refused(
            &GOOD.replace("[\"The eastern locks were sold to a foreign bank.\"]", "[]"),
            5,
            "no claim",
        );
        refused(&GOOD.replace("title = \"The locks were sold\"", "title = \"\""), 3, "title");
        refused(&GOOD.replace("claims", "clams"), 5, "clams");
        refused(&format!("{GOOD}{GOOD}"), 8, "twice");
        refused(&GOOD.replace("[\"locks\"]", "[\"locks\""), 6, "");
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = GOOD.replace("\"locks\"\ntitle", "\"X\"\ntitle").replace("\"own\"", "\"\"");
        let error = Codebook::from_toml(&text, "n.toml").unwrap_err();
        assert_eq!(error.mistakes.iter().map(|m| m.line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn the_built_in_codebook_is_whole() {
        let codebook = Codebook::built_in();
        let narratives = codebook.narratives();
        assert!(narratives.len() >= 20, "{}", narratives.len());
        for narrative in narratives {
            let id = &narrative.id;
            assert!((3..=7).contains(&narrative.claims.len()), "{id}");
            assert!(!narrative.counter_claims.is_empty(), "{id}");
            for language in crate::text::places::LANGUAGES {
                assert!(narrative.terms.contains_key(language), "{id}: no terms in {language}");
                for claim in narrative.claims.iter().chain(&narrative.counter_claims) {
                    assert!(claim.words.contains_key(language), "{id}: {language}: {}", claim.text);
                }
            }
            for claim in narrative.claims.iter().chain(&narrative.counter_claims) {
                assert!(claim.text.ends_with('.'), "{id}: {}", claim.text);
            }
        }
    }
}
