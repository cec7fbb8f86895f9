//! One line on a terminal while an analysis runs: which stage, which of how many, of how much, for how long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;
use crate::report::wording;

/// The stages in the order in which the pipeline ends them.
const STAGES: [&str; 9] = [
    "annotate",
    "similarity",
    "narrative",
    "evidence",
    "significance",
    "grade",
    "influence",
    "watchlist",
    "regions",
];
/// What follows them.
const LAST: &str = "report";
/// How often the line is drawn anew, so that a long stage is seen to go on.
const TICK: Duration = Duration::from_millis(250);

/// The line; hidden where the user or the terminal wants none.
pub(super) struct StageLine {
    bar: ProgressBar,
    articles: String,
}

impl StageLine {
    /// A line for an analysis of so many articles, which begins now.
    pub(super) fn new(context: &Context, articles: usize) -> StageLine {
        let bar = ProgressBar::new_spinner();
        if !context.progress {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} · {elapsed}") {
            bar.set_style(style);
        }
        let line = StageLine { bar, articles: wording::count(articles, "article") };
        line.show(STAGES[0]);
        // The tick is a thread of its own, and starting one can fail: never for a line that nobody sees.
        if context.progress {
            line.bar.enable_steady_tick(TICK);
        }
        line
    }

    /// A stage has ended: the next one runs.
    pub(super) fn ended(&self, stage: &str) {
        self.show(after(stage));
    }

    fn show(&self, stage: &str) {
        self.bar.set_message(format!("{}, {}", place(stage), self.articles));
    }
}

/// The line vanishes with the value: what follows on the terminal is the result.
impl Drop for StageLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The stage that runs after another one.
fn after(stage: &str) -> &'static str {
    let at = STAGES.iter().position(|known| *known == stage);
    at.and_then(|at| STAGES.get(at + 1)).copied().unwrap_or(LAST)
}

/// `similarity (2 of 10)`.
fn place(stage: &str) -> String {
    let at = STAGES.iter().position(|known| *known == stage).unwrap_or(STAGES.len());
    format!("{stage} ({} of {})", at + 1, STAGES.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::pipeline::{AnalyzeConfig, analyze_after};

    #[test]
    fn the_pipeline_ends_its_stages_in_this_order() {
        let corpus = Corpus::new(Vec::new(), crate::outlets::embedded());
        let mut ended = Vec::new();
        analyze_after(&corpus, &AnalyzeConfig::default(), None, &mut |stage| ended.push(stage));
        assert_eq!(ended, STAGES);
    }

    #[test]
    fn each_stage_is_followed_by_the_next() {
        assert_eq!(after("annotate"), "similarity");
        assert_eq!(after("regions"), "report");
        assert_eq!(place("similarity"), "similarity (2 of 10)");
        assert_eq!(place("report"), "report (10 of 10)");
    }
}
