//! The columns of every table that stages exchange.

use super::schema::ColumnType::{Int8, Int32, Int64, Utf8};
use super::schema::TableColumns;

/// Articles: `doc` ascends with time and id, and is not repeated; `naming` is JSON, whom the article names.
pub const ARTICLES: TableColumns = &[
    ("doc", Int64),
    ("id", Utf8),
    ("outlet", Utf8),
    ("title", Utf8),
    ("text", Utf8),
    ("naming", Utf8),
];
/// Articles of an outlet on a day: rows of one outlet and day are added up.
pub const DAYS: TableColumns = &[("day", Int64), ("outlet", Int64), ("articles", Int32)];
/// Texts that count as a whole or not at all; repeats do no harm.
pub const SHORT: TableColumns = &[("start", Int64), ("words", Int32), ("hash", Int64)];
/// Indexed grams. `kind`: 0 a gram, 1 a short text in the article, 2 a short text that is the article.
pub const GRAMS: TableColumns = &[
    ("gram", Int64),
    ("kind", Int8),
    ("doc", Int64),
    ("outlet", Int64),
    ("role", Int8),
    ("at", Int32),
];
/// Lines and sentences that may be standing text, in bytes; `substance` tells what the article is about.
pub const LINES: TableColumns = &[
    ("unit", Int64),
    ("outlet", Int64),
    ("doc", Int64),
    ("start", Int32),
    ("end", Int32),
    ("substance", Int64),
];
/// Places. `kind`: 0 a gram shared by two articles, by first word; with `a` = `b`, 1 a gram that recurs, 2 one that an
/// outlet uses for weeks (both by first word), 3 standing text, in bytes.
pub const PLACES: TableColumns =
    &[("a", Int64), ("b", Int64), ("at_a", Int32), ("at_b", Int32), ("kind", Int8)];
/// The places of one pair, or of one article with itself, in one text.
pub const LINKS: TableColumns = &[("a", Int64), ("b", Int64), ("links", Utf8)];
/// A pair with both articles.
pub const CANDIDATES: TableColumns = &[
    ("a", Int64),
    ("b", Int64),
    ("links", Utf8),
    ("id_a", Utf8),
    ("outlet_a", Utf8),
    ("title_a", Utf8),
    ("text_a", Utf8),
    ("naming_a", Utf8),
    ("links_a", Utf8),
    ("id_b", Utf8),
    ("outlet_b", Utf8),
    ("title_b", Utf8),
    ("text_b", Utf8),
    ("naming_b", Utf8),
    ("links_b", Utf8),
];
/// One row a passage, numbered by `n` from 1; one with `n` 0 for a pair without. `is_match` 0: the pair shares standing lines alone.
/// `is_open` 1: a third article that held the passage earlier would decide.
pub const VERIFIED: TableColumns = &[
    ("a", Int64),
    ("b", Int64),
    ("n", Int32),
    ("id_a", Utf8),
    ("id_b", Utf8),
    ("outlet_a", Utf8),
    ("outlet_b", Utf8),
    ("relation", Utf8),
    ("shingles", Int32),
    ("shingles_a", Int32),
    ("shingles_b", Int32),
    ("title_edits", Int32),
    ("title_words", Int32),
    ("passages", Int32),
    ("start_a", Int32),
    ("end_a", Int32),
    ("start_b", Int32),
    ("end_b", Int32),
    ("words", Int32),
    ("kind", Utf8),
    ("why", Utf8),
    ("text", Utf8),
    ("is_match", Int8),
    ("is_open", Int8),
];
/// What an article is asked: `kind` 0, who holds this stretch of it (`a`, `id`, `outlet`; a wire or control); `kind` 1, who
/// held this passage of the pair `a`, `b` with these outlets.
pub const SPANS: TableColumns = &[
    ("doc", Int64),
    ("kind", Int8),
    ("a", Int64),
    ("b", Int64),
    ("n", Int32),
    ("start", Int32),
    ("end", Int32),
    ("id", Utf8),
    ("outlet", Utf8),
    ("other", Utf8),
];
/// Who held a passage earlier; of several rows of one passage the least `holder` counts.
pub const HOLDERS: TableColumns = &[
    ("a", Int64),
    ("b", Int64),
    ("n", Int32),
    ("holder", Int64),
    ("holder_id", Utf8),
    ("holder_outlet", Utf8),
];
/// As [`VERIFIED`], each with its holder: `holder_id` is empty if there is none.
pub const HELD: TableColumns = &{
    let mut columns = [("holder_id", Utf8); VERIFIED.len() + 2];
    let (verified, _) = columns.split_at_mut(VERIFIED.len());
    verified.copy_from_slice(VERIFIED);
    columns[VERIFIED.len() + 1] = ("holder_outlet", Utf8);
    columns
};
/// The passages of all matches, with their kinds; a match without passages has one row with `n` 0.
pub const PASSAGES: TableColumns = &[
    ("a", Int64),
    ("b", Int64),
    ("n", Int32),
    ("article_a", Utf8),
    ("article_b", Utf8),
    ("outlet_a", Utf8),
    ("outlet_b", Utf8),
    ("relation", Utf8),
    ("shingles", Int32),
    ("shingles_a", Int32),
    ("shingles_b", Int32),
    ("title_edits", Int32),
    ("title_words", Int32),
    ("passages", Int32),
    ("start_a", Int32),
    ("end_a", Int32),
    ("start_b", Int32),
    ("end_b", Int32),
    ("words", Int32),
    ("kind", Utf8),
    ("text", Utf8),
    ("why", Utf8),
    ("holder", Utf8),
];
/// Articles that are joined by own passages, directly or over others; `component` is the earliest of them.
pub const COMPONENTS: TableColumns = &[("doc", Int64), ("component", Int64)];
