//! Stages after `verify`: `spans` and `holders` ask who held a passage earlier, `judge` decides, `components` joins.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::params::StageParams;
use super::rows::{Out, StageOutput, StageRows};
use super::{Stage, StageError, time_of};
use crate::model::{PassageKind, Role, Why};
use crate::similarity::steps::is_held;

/// Sends the stretches of each pair to its two articles.
#[derive(Debug)]
pub(super) struct SpansStage<'p> {
    params: &'p StageParams,
}

impl<'p> SpansStage<'p> {
    pub(super) fn new(params: &'p StageParams) -> SpansStage<'p> {
        SpansStage { params }
    }

    fn is_source(&self, outlet: &str) -> bool {
        self.params.registry.role(outlet) != Role::Subject
    }
}

impl Stage for SpansStage<'_> {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in (0..rows.len()).filter(|&row| rows.long(2, row) > 0) {
            let (a, b) = (rows.long(0, row), rows.long(1, row));
            let (outlet_a, outlet_b) = (rows.text(5, row), rows.text(6, row));
            let sides = [
                (a, rows.count(14, row)..rows.count(15, row)),
                (b, rows.count(16, row)..rows.count(17, row)),
            ];
            let mut send = |side: usize, kind: i8, id: &str, outlet: &str, other: &str| {
                let (doc, span) = &sides[side];
                out.row(&[
                    Out::Long(*doc),
                    Out::Byte(kind),
                    Out::Long(if kind == 0 && side == 0 { b } else { a }),
                    Out::Long(b),
                    Out::Count(rows.count(2, row)),
                    Out::Count(span.start),
                    Out::Count(span.end),
                    Out::Text(id),
                    Out::Text(outlet),
                    Out::Text(other),
                ])
            };
            if self.is_source(outlet_a) {
                send(1, 0, rows.text(3, row), outlet_a, "")?;
            }
            if self.is_source(outlet_b) && time_of(b) <= time_of(a) {
                send(0, 0, rows.text(4, row), outlet_b, "")?;
            }
            if rows.long(23, row) == 1 {
                send(0, 1, "", outlet_a, outlet_b)?;
                send(1, 1, "", outlet_a, outlet_b)?;
            }
        }
        Ok(())
    }
}

/// A stretch of an article that a wire or control holds too.
#[derive(Debug)]
struct HeldStretch {
    span: Range<usize>,
    holder: i64,
    id: String,
    outlet: String,
}

/// Finds who held a passage earlier, article by article.
#[derive(Debug, Default)]
pub(super) struct HoldersStage {
    doc: Option<i64>,
    held: Vec<HeldStretch>,
}

impl Stage for HoldersStage {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let doc = rows.long(0, row);
            if self.doc.replace(doc) != Some(doc) {
                self.held.clear();
            }
            let (a, b) = (rows.long(2, row), rows.long(3, row));
            let span = rows.count(5, row)..rows.count(6, row);
            let (outlet, other) = (rows.text(8, row), rows.text(9, row));
            if rows.long(1, row) == 0 {
                let id = rows.text(7, row).to_owned();
                self.held.push(HeldStretch { span, holder: a, id, outlet: outlet.to_owned() });
                continue;
            }
            let earliest = self
                .held
                .iter()
                .filter(|held| {
                    held.outlet != outlet
                        && held.outlet != other
                        && time_of(held.holder) <= time_of(a)
                        && is_held(&held.span, &span)
                })
                .min_by_key(|held| held.holder);
            if let Some(held) = earliest {
                out.row(&[
                    Out::Long(a),
                    Out::Long(b),
                    Out::Count(rows.count(4, row)),
                    Out::Long(held.holder),
                    Out::Text(&held.id),
                    Out::Text(&held.outlet),
                ])?;
            }
        }
        Ok(())
    }
}

/// Decides what each passage is, now that its holder is known.
#[derive(Debug)]
pub(super) struct JudgeStage<'p> {
    params: &'p StageParams,
}

impl<'p> JudgeStage<'p> {
    pub(super) fn new(params: &'p StageParams) -> JudgeStage<'p> {
        JudgeStage { params }
    }
}

impl Stage for JudgeStage<'_> {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in (0..rows.len()).filter(|&row| rows.long(22, row) == 1) {
            let (holder, outlet) = (rows.text(24, row), rows.text(25, row));
            let is_held = rows.long(23, row) == 1 && !holder.is_empty();
            let held = Why::HeldEarlier(self.params.registry.name(outlet).to_owned()).to_string();
            let (kind, why, holder) = if is_held {
                (PassageKind::Wire.as_str(), held.as_str(), holder)
            } else {
                (rows.text(19, row), rows.text(20, row), "")
            };
            let text = |column: usize| Out::Text(rows.text(column, row));
            let count = |column: usize| Out::Count(rows.count(column, row));
            out.row(&[
                Out::Long(rows.long(0, row)),
                Out::Long(rows.long(1, row)),
                count(2),
                text(3),
                text(4),
                text(5),
                text(6),
                text(7),
                count(8),
                count(9),
                count(10),
                count(11),
                count(12),
                count(13),
                count(14),
                count(15),
                count(16),
                count(17),
                count(18),
                Out::Text(kind),
                text(21),
                Out::Text(why),
                Out::Text(holder),
            ])?;
        }
        Ok(())
    }
}

/// Joins the articles that share own passages.
#[derive(Debug, Default)]
pub(super) struct ComponentsStage {
    numbers: FxHashMap<i64, usize>,
    /// The parent of each article, and the earliest article of a root.
    parents: Vec<(usize, i64)>,
}

impl ComponentsStage {
    fn number(&mut self, doc: i64) -> usize {
        let next = self.parents.len();
        let number = *self.numbers.entry(doc).or_insert(next);
        if number == next {
            self.parents.push((next, doc));
        }
        number
    }

    fn root(&mut self, mut article: usize) -> usize {
        while self.parents[article].0 != article {
            let grandparent = self.parents[self.parents[article].0].0;
            self.parents[article].0 = grandparent;
            article = grandparent;
        }
        article
    }
}

impl Stage for ComponentsStage {
    fn rows(&mut self, rows: &StageRows<'_>, _: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in (0..rows.len()).filter(|&row| rows.text(19, row) == PassageKind::Own.as_str()) {
            let (a, b) = (self.number(rows.long(0, row)), self.number(rows.long(1, row)));
            let (a, b) = (self.root(a), self.root(b));
            let earliest = self.parents[a].1.min(self.parents[b].1);
            self.parents[b].0 = a;
            self.parents[a].1 = earliest;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        let docs: BTreeMap<i64, usize> = self.numbers.drain().collect();
        docs.into_iter().try_for_each(|(doc, number)| {
            let root = self.root(number);
            out.row(&[Out::Long(doc), Out::Long(self.parents[root].1)])
        })
    }
}
