//! Full-text search over the articles of a run: `SQLite`'s FTS5, over the words that this program itself compares (folded
//! letters, one character a word in scripts without spaces), so that a copy in other letters is found too, and Chinese and
//! Arabic as well as English.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags, params};

use crate::text::words;

/// The words of a text as FTS5 is to see them: `SQLite`'s `ascii` tokenizer splits at spaces and leaves every other letter
/// alone. Beginnings of one and two letters, which stand for thousands of words, have an index of their own: without it `a*`
/// takes a second among 100,000 articles; it makes the file half as large again.
const SCHEMA: &str = "CREATE VIRTUAL TABLE words USING fts5(
    title, body, content='', columnsize=0, prefix='1 2', tokenize=\"ascii\")";

/// Articles whose words are split at once: enough for all threads, few enough to hold in memory.
const AT_ONCE: usize = 2_000;

/// What is searched of one article.
pub(crate) struct Searched<'a> {
    /// Headline.
    pub(crate) title: &'a str,
    /// Text, or as much of it as is at hand.
    pub(crate) body: String,
}

/// The index. Articles are named by their position.
pub(crate) struct SearchIndex(Mutex<Connection>);

impl SearchIndex {
    /// Opens the index at `path`, or makes it there from what `article` gives for each of `count` positions. Without a
    /// path, or where the path cannot be written, the index is in memory. O(text); on disk a little more than the text.
    ///
    /// # Errors
    ///
    /// What `SQLite` reports.
    pub(crate) fn open<'a>(
        path: Option<&Path>,
        count: usize,
        article: impl Fn(usize) -> Searched<'a> + Sync,
        progress: &mut dyn FnMut(usize),
    ) -> anyhow::Result<SearchIndex> {
        let Some(path) = path else { return SearchIndex::in_memory(count, article, progress) };
        if let Some(found) = SearchIndex::made_before(path) {
            return Ok(found);
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let writable = std::fs::create_dir_all(folder)
            .and_then(|()| tempfile::Builder::new().prefix(".search-").tempfile_in(folder));
        let Ok(file) = writable else { return SearchIndex::in_memory(count, article, progress) };
        let mut connection = Connection::open(file.path()).context("cannot make the index")?;
        // A half-made file never gets its name: neither a journal nor a flush at each step is needed.
        connection.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")?;
        fill(&mut connection, count, article, progress)?;
        connection.close().map_err(|(_, error)| error)?;
        file.persist(path).with_context(|| format!("cannot write {}", path.display()))?;
        SearchIndex::made_before(path).context("the index that was just made cannot be read")
    }

    fn in_memory<'a>(
        count: usize,
        article: impl Fn(usize) -> Searched<'a> + Sync,
        progress: &mut dyn FnMut(usize),
    ) -> anyhow::Result<SearchIndex> {
        let mut connection = Connection::open_in_memory()?;
        fill(&mut connection, count, article, progress)?;
        Ok(SearchIndex(Mutex::new(connection)))
    }

    fn made_before(path: &Path) -> Option<SearchIndex> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).ok()?;
        connection.query_row("SELECT count(*) FROM words_config", [], |_| Ok(())).ok()?;
        Some(SearchIndex(Mutex::new(connection)))
    }

    /// Positions of the articles that hold all of what is asked for, ascending; `None` if nothing is asked for.
    ///
    /// # Errors
    ///
    /// What `SQLite` reports.
    pub(crate) fn find(&self, query: &Query) -> anyhow::Result<Option<Vec<usize>>> {
        let Some(expression) = query.expression() else { return Ok(None) };
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement =
            connection.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1")?;
        let rows = statement.query_map([expression], |row| row.get::<_, i64>(0))?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(usize::try_from(row?).ok());
        }
        found.sort_unstable();
        Ok(Some(found))
    }
}

fn fill<'a>(
    connection: &mut Connection,
    count: usize,
    article: impl Fn(usize) -> Searched<'a> + Sync,
    progress: &mut dyn FnMut(usize),
) -> anyhow::Result<()> {
    connection.execute_batch(SCHEMA)?;
    let transaction = connection.transaction()?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?;
        for start in (0..count).step_by(AT_ONCE) {
            let end = count.min(start + AT_ONCE);
            let split: Vec<[String; 2]> = (start..end)
                .into_par_iter()
                .map(|i| {
                    let searched = article(i);
                    [joined(searched.title), joined(&searched.body)]
                })
                .collect();
            for (i, [title, body]) in (start..end).zip(split) {
                insert.execute(params![i64::try_from(i)?, title, body])?;
            }
            progress(end);
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The folded words of a text.
pub(crate) fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded.into_owned()).collect()
}

/// The folded words of a text with spaces between them.
fn joined(text: &str) -> String {
    let mut all = String::with_capacity(text.len() + text.len() / 8);
    for word in words(text) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&word.folded);
    }
    all
}

/// What is looked for: words and phrases, all of which an article must hold.
///
/// A phrase stands in quotation marks; `word*` is any word that begins so; `-word` must not be there. A run of characters
/// without a space is a phrase of its words: a Chinese expression is found where it stands, not where its characters are
/// scattered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    wanted: Vec<Part>,
    unwanted: Vec<Part>,
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    words: Vec<String>,
    /// The last word is the beginning of one.
    is_prefix: bool,
}

impl Query {
    /// Reads what a user typed. Anything is a query: what holds no word asks for nothing.
    pub(crate) fn parse(text: &str) -> Query {
        let mut query = Query::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (is_unwanted, from) = match rest.strip_prefix('-') {
                Some(after) => (true, after),
                None => (false, rest),
            };
            let quoted = from.strip_prefix(['"', '“', '„', '«']);
            let (part, after) = match quoted {
                Some(inner) => inner.split_once(['"', '”', '“', '»']).unwrap_or((inner, "")),
                None => from.split_once(char::is_whitespace).unwrap_or((from, "")),
            };
            let is_prefix = quoted.is_none() && part.ends_with('*');
            let words: Vec<String> =
                words(part).into_iter().map(|word| word.folded.into_owned()).collect();
            if !words.is_empty() {
                let list = if is_unwanted { &mut query.unwanted } else { &mut query.wanted };
                list.push(Part { words, is_prefix });
            }
            rest = after.trim_start();
        }
        query
    }

    /// Whether it asks for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The query in FTS5's language; none if no word is wanted.
    fn expression(&self) -> Option<String> {
        if self.wanted.is_empty() {
            return None;
        }
        let mut all = String::new();
        let parts = self.wanted.iter().map(|part| (" AND ", part));
        for (joint, part) in parts.chain(self.unwanted.iter().map(|part| (" NOT ", part))) {
            if !all.is_empty() {
                all.push_str(joint);
            }
            // Folded words hold no quotation mark, but what a tokenizer does is no guarantee.
            let words = part.words.join(" ").replace('"', " ");
            let _ = write!(all, "\"{words}\"{}", if part.is_prefix { " *" } else { "" });
        }
        Some(all)
    }

    /// Whether the folded words of a text hold what is wanted; a query for nothing is held by any.
    pub(crate) fn is_in(&self, folded: &[String]) -> bool {
        let holds = |part: &Part| {
            let last = part.words.len() - 1;
            folded.windows(part.words.len()).any(|window| {
                window.iter().zip(&part.words).enumerate().all(|(i, (word, wanted))| {
                    word == wanted
                        || (part.is_prefix && i == last && word.starts_with(wanted.as_str()))
                })
            })
        };
        self.wanted.iter().all(holds) && !self.unwanted.iter().any(holds)
    }

    /// Whether a word of a text is one of those looked for.
    pub(crate) fn marks(&self, folded: &str) -> bool {
        self.wanted.iter().any(|part| {
            let last = part.words.len() - 1;
            part.words.iter().enumerate().any(|(i, word)| {
                word == folded || (part.is_prefix && i == last && folded.starts_with(word.as_str()))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [(&str, &str); 6] = [
        ("Canal locks leased", "The Ostra canal authority signed over the eastern locks."),
        ("Port report", "Throughput at the eastern port rose; the locks were not mentioned."),
        ("运河东部船闸移交", "奥斯特拉运河管理局已悄悄将东部船闸移交给一家外国银行。"),
        ("Шлюзы", "Управление канала Остра передало восточные шлюзы банку."),
        ("سفن الحبوب", "غادرت سفينتان محملتان بالحبوب الميناء قبل الفجر."),
        ("Zahlen", "Im Hafen stieg der Umschlag um 3,5 Prozent auf 1,000 Tonnen."),
    ];

    fn index() -> SearchIndex {
        let article = |i: usize| Searched { title: TEXTS[i].0, body: TEXTS[i].1.to_owned() };
        SearchIndex::open(None, TEXTS.len(), article, &mut |_| {}).unwrap()
    }

    #[track_caller]
    fn check(query: &str, expected: &[usize]) {
        let found = index().find(&Query::parse(query)).unwrap();
        assert_eq!(found.as_deref(), Some(expected), "{query}");
    }

    #[test]
    fn all_words_are_wanted_in_any_order_and_case() {
        check("locks", &[0, 1]);
        check("LOCKS eastern", &[0, 1]);
        check("locks authority", &[0]);
        check("locks nowhere", &[]);
    }

    #[test]
    fn phrases_beginnings_and_what_must_not_be_there() {
        check("\"eastern locks\"", &[0]);
        check("“eastern locks”", &[0]);
        check("eastern -canal", &[1]);
        check("auth*", &[0]);
        check("\"eastern loc*\"", &[]);
        check("3.5", &[5]);
        check("1,000", &[5]);
    }

    #[test]
    fn other_scripts_are_found() {
        check("东部船闸", &[2]);
        check("船东", &[]);
        check("шлюзы", &[3]);
        check("الحبوب", &[4]);
        check("ｌｏｃｋｓ", &[0, 1]);
    }

    #[test]
    fn any_text_is_a_query() {
        for text in
            ["", "  ", "\"", "-", "*", "()", "AND", "NEAR(", "title:x", "a\" OR \"b", "^x", "-only"]
        {
            let query = Query::parse(text);
            let found = index().find(&query);
            assert!(found.is_ok(), "{text}: {found:?}");
            assert_eq!(found.unwrap().is_none(), query.is_empty(), "{text}");
        }
    }

    #[test]
    fn an_index_on_disk_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/search.db");
        let article = |i: usize| Searched { title: TEXTS[i].0, body: TEXTS[i].1.to_owned() };
        let mut made = 0;
        for _ in 0..2 {
            let index =
                SearchIndex::open(Some(&path), TEXTS.len(), article, &mut |n| made += n).unwrap();
            assert_eq!(index.find(&Query::parse("locks")).unwrap().unwrap(), [0, 1]);
        }
        assert_eq!(made, TEXTS.len());
    }

    proptest::proptest! {
        #[test]
        fn no_text_upsets_the_search(text in ".{0,60}") {
            proptest::prop_assert!(index().find(&Query::parse(&text)).is_ok());
        }
    }
}
