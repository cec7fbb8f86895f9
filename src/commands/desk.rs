//! What a job that runs every day leaves for the next run, and whom it tells: memory, growing tables, alarms.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::alarm;
use super::append::Growing;
use super::seen::Memory;
use crate::alert::Alert;
use crate::cli::DeskArgs;
use crate::corpus::Corpus;
use crate::model::Analysis;
use crate::report::{News, ReportIndex};

/// Memory and growing tables of a run; nothing if they are not asked for.
pub(super) struct Desk<'a> {
    args: &'a DeskArgs,
    growing: Option<Growing<'a>>,
    memory: Option<Memory<'a>>,
}

impl<'a> Desk<'a> {
    /// Opens what is asked for, before the work starts: a bad path fails at once.
    ///
    /// # Errors
    ///
    /// If memory or tables cannot be used.
    pub(super) fn open(args: &'a DeskArgs) -> anyhow::Result<Desk<'a>> {
        let growing = args.append.as_deref().map(Growing::open).transpose()?;
        let seen = args.seen.as_deref();
        let memory = seen.map(|path| Memory::open(path, growing.as_ref())).transpose()?;
        Ok(Desk { args, growing, memory })
    }

    /// What of an analysis no run before has reported; `None` without memory.
    pub(super) fn news(&self, corpus: &Corpus, analysis: &Analysis) -> Option<News> {
        self.memory.as_ref().map(|memory| memory.seen.news(corpus, analysis))
    }

    /// Raises the alarms, adds the rows and remembers, in this order: a run that is killed in between is as if it had
    /// not been, and may only raise an alarm twice.
    ///
    /// # Errors
    ///
    /// If an alarm reaches nobody, or something cannot be written.
    pub(super) fn report(
        &mut self,
        view: &ReportIndex,
        alerts: &[Alert],
        out: &Path,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let (run_id, day) = (&view.run.run_id, now.date_naive());
        if let Some(memory) = &mut self.memory {
            memory.seen.learn(view.corpus, view.analysis, run_id, day);
            memory.prepare()?;
        }
        alarm::raise(self.args, alerts, (run_id, out), now)?;
        if let Some(growing) = &mut self.growing {
            growing.add(view, day)?;
        }
        // From here on this run has reported.
        self.memory.as_ref().map_or(Ok(()), Memory::finish)
    }
}
