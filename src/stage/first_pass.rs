//! Stages that read articles: `days`, `short`, `fingerprint`, `lines`.

use std::collections::BTreeSet;

use super::params::{OutletDays, SideTables, StageParams, outlet_number};
use super::rows::{Out, StageOutput, StageRows};
use super::{Stage, StageError, small, time_of};
use crate::annotate::{substance, units};
use crate::corpus::day_of_time;
use crate::model::Role;
use crate::similarity::steps::{Fingerprinter, ShortText, short_text};

/// Columns of `articles`.
const DOC: usize = 0;
const OUTLET: usize = 2;
const TEXT: usize = 4;

/// Counts the articles of each outlet and day.
#[derive(Debug, Default)]
pub(super) struct DaysStage {
    days: OutletDays,
}

impl Stage for DaysStage {
    fn rows(&mut self, rows: &StageRows<'_>, _: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let day = day_of_time(time_of(rows.long(DOC, row)));
            self.days.count(outlet_number(rows.text(OUTLET, row)), day);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        self.days.rows().try_for_each(|(outlet, day, articles)| {
            out.row(&[Out::Long(day), Out::Long(outlet), Out::Count(articles)])
        })
    }
}

/// Collects the texts that are too short to share a gram.
#[derive(Debug, Default)]
pub(super) struct ShortStage {
    texts: BTreeSet<ShortText>,
}

impl Stage for ShortStage {
    fn rows(&mut self, rows: &StageRows<'_>, _: &mut StageOutput<'_>) -> Result<(), StageError> {
        self.texts.extend((0..rows.len()).filter_map(|row| short_text(rows.text(TEXT, row))));
        Ok(())
    }

    fn end(&mut self, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        self.texts.iter().try_for_each(|text| {
            out.row(&[
                Out::Long(text.start.cast_signed()),
                Out::Count(text.words),
                Out::Long(text.hash.cast_signed()),
            ])
        })
    }
}

/// Cuts texts into the grams by which they are found.
#[derive(Debug)]
pub(super) struct FingerprintStage<'p> {
    params: &'p StageParams,
    fingerprinter: Fingerprinter,
}

impl<'p> FingerprintStage<'p> {
    pub(super) fn new(params: &'p StageParams, sides: &SideTables) -> Result<Self, StageError> {
        let short = small(sides.short.as_ref(), "short")?.iter().copied();
        Ok(FingerprintStage { params, fingerprinter: Fingerprinter::new(short) })
    }
}

impl Stage for FingerprintStage<'_> {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let doc = rows.long(DOC, row);
            let outlet = rows.text(OUTLET, row);
            let role = role_number(self.params.registry.role(outlet));
            let outlet = outlet_number(outlet);
            for gram in self.fingerprinter.grams(rows.text(TEXT, row)) {
                let kind = if gram.is_whole { 2 } else { i8::from(gram.gram & 1 == 1) };
                out.row(&[
                    Out::Long(gram.gram),
                    Out::Byte(kind),
                    Out::Long(doc),
                    Out::Long(outlet),
                    Out::Byte(role),
                    Out::Count(gram.at as usize),
                ])?;
            }
        }
        Ok(())
    }
}

/// A role as a number.
fn role_number(role: Role) -> i8 {
    i8::from(role != Role::Subject)
}

/// The role of a number: what it is beyond subject or not makes no difference to a pair.
pub(super) fn role_of(number: i64) -> Role {
    if number == 0 { Role::Subject } else { Role::Wire }
}

/// Cuts out the lines and sentences that may be standing text.
#[derive(Debug)]
pub(super) struct LinesStage;

impl Stage for LinesStage {
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError> {
        for row in 0..rows.len() {
            let text = rows.text(TEXT, row);
            let units = units(text);
            if units.is_empty() {
                continue;
            }
            let outlet = outlet_number(rows.text(OUTLET, row));
            let substance = substance(text).cast_signed();
            for (unit, place) in units {
                out.row(&[
                    Out::Long(unit.cast_signed()),
                    Out::Long(outlet),
                    Out::Long(rows.long(DOC, row)),
                    Out::Count(place.start),
                    Out::Count(place.end),
                    Out::Long(substance),
                ])?;
            }
        }
        Ok(())
    }
}
