//! The stage `verify`: what two articles share, and what it is by the two texts alone.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::groups::{kind, read_places};
use super::params::StageParams;
use super::rows::{Out, StageOutput, StageRows};
use super::{Stage, StageError};
use crate::annotate::merged;
use crate::model::{Naming, PassageKind, Why};
use crate::similarity::steps::{
    AlignedPassage, PairSides, PreparedText, Side, Verdict, VerifiedPair, verify,
};
use crate::similarity::{SimilarityConfig, relation, title_distance};
use crate::text::quotations;

/// Bytes of prepared texts that are kept for the next pairs: an article is in several.
const KEPT_BYTES: usize = 48 << 20;

/// Compares two texts word by word.
#[derive(Debug)]
pub(super) struct VerifyStage<'p> {
    params: &'p StageParams,
    config: SimilarityConfig,
    kept: FxHashMap<i64, Arc<PreparedArticle>>,
    bytes: usize,
}

/// What is made of an article once, for all of its pairs.
#[derive(Debug)]
struct PreparedArticle {
    text: PreparedText,
    recurring: Vec<(u32, bool)>,
    standing: Vec<Range<usize>>,
    quotes: OnceLock<Vec<Range<usize>>>,
    naming: Naming,
}

impl PreparedArticle {
    fn new(text: &str, naming: &str, links: &str) -> Result<PreparedArticle, StageError> {
        let (mut recurring, mut standing) = (Vec::new(), Vec::new());
        for (at, end, of) in read_places(links)? {
            match of {
                kind::STANDING => standing.push(at as usize..end as usize),
                of => recurring.push((at, of == kind::PERSISTENT)),
            }
        }
        let naming = if naming.is_empty() {
            Naming::default()
        } else {
            serde_json::from_str(naming)
                .map_err(|error| StageError::data(format!("naming: {error}")))?
        };
        Ok(PreparedArticle {
            text: PreparedText::new(text),
            recurring,
            standing: merged(text, standing),
            quotes: OnceLock::new(),
            naming,
        })
    }
}

/// A row of `candidates`: the columns of one article begin here.
#[derive(Clone, Copy)]
struct ArticleColumns(usize);

impl ArticleColumns {
    const A: ArticleColumns = ArticleColumns(3);
    const B: ArticleColumns = ArticleColumns(9);

    fn id<'b>(self, rows: &StageRows<'b>, row: usize) -> &'b str {
        rows.text(self.0, row)
    }

    fn outlet<'b>(self, rows: &StageRows<'b>, row: usize) -> &'b str {
        rows.text(self.0 + 1, row)
    }

    fn title<'b>(self, rows: &StageRows<'b>, row: usize) -> &'b str {
        rows.text(self.0 + 2, row)
    }

    fn text<'b>(self, rows: &StageRows<'b>, row: usize) -> &'b str {
        rows.text(self.0 + 3, row)
    }
}

impl<'p> VerifyStage<'p> {
    pub(super) fn new(params: &'p StageParams) -> VerifyStage<'p> {
        let config = SimilarityConfig {
            verbatim: params.verbatim,
            near_duplicate: params.near_duplicate,
            ..SimilarityConfig::default()
        };
        VerifyStage { params, config, kept: FxHashMap::default(), bytes: 0 }
    }

    fn prepared(
        &mut self,
        rows: &StageRows<'_>,
        row: usize,
        doc: i64,
        columns: ArticleColumns,
    ) -> Result<Arc<PreparedArticle>, StageError> {
        if let Some(known) = self.kept.get(&doc) {
            return Ok(known.clone());
        }
        if self.bytes > KEPT_BYTES {
            self.kept.clear();
            self.bytes = 0;
        }
        let (naming, links) = (rows.text(columns.0 + 4, row), rows.text(columns.0 + 5, row));
        let article = PreparedArticle::new(columns.text(rows, row), naming, links)?;
        self.bytes += article.text.size();
        let article = Arc::new(article);
        self.kept.insert(doc, article.clone());
        Ok(article)
    }

    fn pair(
        &mut self,
        rows: &StageRows<'_>,
        row: usize,
        out: &mut StageOutput<'_>,
    ) -> Result<(), StageError> {
        let (a, b) = (rows.long(0, row), rows.long(1, row));
        let of_a = self.prepared(rows, row, a, ArticleColumns::A)?;
        let of_b = self.prepared(rows, row, b, ArticleColumns::B)?;
        let places = read_places(rows.text(2, row))?.into_iter();
        let seeds: Vec<(u32, u32)> = places.map(|(at_a, at_b, _)| (at_a, at_b)).collect();
        let found = verify(&of_a.text, &of_b.text, &seeds, [&of_a.recurring, &of_b.recurring]);
        let Some(found) = found else { return Ok(()) };
        let sides = PairSides {
            registry: &self.params.registry,
            a: self.side(rows, row, ArticleColumns::A, &of_a),
            b: self.side(rows, row, ArticleColumns::B, &of_b),
        };
        self.write(rows, row, &found, &sides, out)
    }

    fn side<'r>(
        &self,
        rows: &StageRows<'r>,
        row: usize,
        columns: ArticleColumns,
        article: &'r PreparedArticle,
    ) -> Side<'r> {
        let (text, outlet) = (columns.text(rows, row), columns.outlet(rows, row));
        Side {
            text,
            outlet,
            role: self.params.registry.role(outlet),
            quotes: article.quotes.get_or_init(|| quotations(text)),
            boilerplate: &article.standing,
            citations: &article.naming.citations,
            credits: &article.naming.credits,
        }
    }

    fn write(
        &self,
        rows: &StageRows<'_>,
        row: usize,
        found: &VerifiedPair,
        sides: &PairSides<'_>,
        out: &mut StageOutput<'_>,
    ) -> Result<(), StageError> {
        let (a, b) = (ArticleColumns::A, ArticleColumns::B);
        let is_match = !found.is_only_lines();
        let (edits, words) =
            if is_match { title_distance(a.title(rows, row), b.title(rows, row)) } else { (0, 0) };
        let nothing = Judged { kind: "", why: String::new(), is_open: false };
        let none = std::iter::once(None).filter(|_| found.passages.is_empty());
        for (n, passage) in none.chain(found.passages.iter().map(Some)).enumerate() {
            let n = n + usize::from(passage.is_some());
            let judged = match passage {
                Some(passage) if is_match => Judged::of(sides, passage),
                _ => nothing.clone(),
            };
            let at = |range: fn(&AlignedPassage) -> &Range<usize>| {
                passage.map_or(0..0, |passage| range(passage).clone())
            };
            let (earlier, later) = (at(AlignedPassage::earlier), at(AlignedPassage::later));
            out.row(&[
                Out::Long(rows.long(0, row)),
                Out::Long(rows.long(1, row)),
                Out::Count(n),
                Out::Text(a.id(rows, row)),
                Out::Text(b.id(rows, row)),
                Out::Text(sides.a.outlet),
                Out::Text(sides.b.outlet),
                Out::Text(relation(&found.shared, &self.config).as_str()),
                Out::Count(found.shared.shingles),
                Out::Count(found.shared.of_shingles.0),
                Out::Count(found.shared.of_shingles.1),
                Out::Count(edits),
                Out::Count(words),
                Out::Count(found.passages.len()),
                Out::Count(earlier.start),
                Out::Count(earlier.end),
                Out::Count(later.start),
                Out::Count(later.end),
                Out::Count(passage.map_or(0, AlignedPassage::words)),
                Out::Text(judged.kind),
                Out::Text(&judged.why),
                Out::Text(sides.a.text.get(earlier).unwrap_or_default()),
                Out::Byte(i8::from(is_match)),
                Out::Byte(i8::from(judged.is_open)),
            ])?;
        }
        Ok(())
    }
}

/// What a passage is, unless a third article held it earlier.
#[derive(Clone)]
struct Judged {
    kind: &'static str,
    why: String,
    is_open: bool,
}

impl Judged {
    fn of(sides: &PairSides<'_>, passage: &AlignedPassage) -> Judged {
        let judged = |(kind, why): (PassageKind, Why), is_open| Judged {
            kind: kind.as_str(),
            why: why.to_string(),
            is_open,
        };
        match sides.verdict(passage) {
            Verdict::Final(kind, why) => judged((kind, why), false),
            Verdict::UnlessHeld { reported } => judged(sides.not_held(reported), true),
        }
    }
}

impl Stage for VerifyStage<'_> {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        (0..rows.len()).try_for_each(|row| self.pair(rows, row, out))
    }
}
