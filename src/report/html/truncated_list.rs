//! What the sections of the page share: lists that say what was cut, and names.

use super::escape::Html;
use crate::report::report_index::ReportIndex;
use crate::report::wording;

/// A list that may have been cut.
pub(super) struct List<T> {
    /// What is shown.
    pub(super) shown: Vec<T>,
    /// How many there are.
    pub(super) total: usize,
}

impl<T> List<T> {
    /// The first `limit` of all, each made ready for the template.
    pub(super) fn of<I>(all: &[I], limit: usize, make: impl FnMut(&I) -> T) -> List<T> {
        List { shown: all.iter().take(limit).map(make).collect(), total: all.len() }
    }

    /// Whether there is anything.
    pub(super) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// What is left out, in words; empty if nothing is.
    pub(super) fn rest(&self, file: &str) -> String {
        match self.total - self.shown.len() {
            0 => String::new(),
            n => format!(
                "{} of {} shown; the other {} are in {file}.",
                wording::thousands(self.shown.len()),
                wording::thousands(self.total),
                wording::thousands(n)
            ),
        }
    }
}

/// The name of an outlet as the registry has it.
pub(super) fn name(view: &ReportIndex, outlet: &str) -> Html {
    Html::title(view.corpus.registry().name(outlet), "")
}
