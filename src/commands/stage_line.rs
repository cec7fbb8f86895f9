//! One line on a terminal while an analysis runs: which stage, which of how many, of how much, how fast, and how long still.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::Context;
use crate::report::wording;

/// The stages in the order in which the pipeline ends them, each with its share of the time of a run, in thousandths: as
/// measured on 100,000 made-up articles. They say how long a run still takes, nothing else.
const STAGES: [(&str, u32); 9] = [
    ("annotate", 30),
    ("similarity", 430),
    ("narrative", 40),
    ("evidence", 90),
    ("significance", 50),
    ("grade", 1),
    ("influence", 4),
    ("watchlist", 30),
    ("regions", 5),
];
/// What follows them.
const LAST: &str = "report";
/// How often the line is drawn anew, so that a long stage is seen to go on.
pub(super) const TICK: Duration = Duration::from_millis(250);
/// A run that has gone on for less is over before anybody has read how long it will take.
const TOO_SHORT: Duration = Duration::from_secs(2);

/// The line; hidden where the user or the terminal wants none.
pub(super) struct StageLine {
    bar: ProgressBar,
    articles: usize,
    /// When the last stage ended, and which share of the run was done then.
    done: Arc<Mutex<(Duration, f64)>>,
}

impl StageLine {
    /// A line for an analysis of so many articles, which begins now.
    pub(super) fn new(context: &Context, articles: usize) -> StageLine {
        let bar = ProgressBar::new_spinner();
        if !context.progress {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let done = Arc::new(Mutex::new((Duration::ZERO, 0.0)));
        let seen = Arc::clone(&done);
        let pace = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let (ended, share) = *seen.lock().unwrap_or_else(PoisonError::into_inner);
            // A line that cannot be drawn is drawn at the next tick.
            let _ = out.write_str(&pace(articles, state.elapsed(), ended, share));
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} · {elapsed}{pace}") {
            bar.set_style(style.with_key("pace", pace));
        }
        let line = StageLine { bar, articles, done };
        line.show(STAGES[0].0);
        // The tick is a thread of its own, and starting one can fail: never for a line that nobody sees.
        if context.progress {
            line.bar.enable_steady_tick(TICK);
        }
        line
    }

    /// A stage has ended: the next one runs.
    pub(super) fn ended(&self, stage: &str) {
        let done = (self.bar.elapsed(), share_until(stage));
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) = done;
        self.show(after(stage));
    }

    /// A file of the last stage is being written.
    pub(super) fn writes(&self, file: &str) {
        self.bar.set_message(format!("{}, {file}", place(LAST)));
    }

    fn show(&self, stage: &str) {
        let articles = wording::count(self.articles, "article");
        self.bar.set_message(format!("{}, {articles}", place(stage)));
    }
}

/// The line vanishes with the value: what follows on the terminal is the result.
impl Drop for StageLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// ` · 1,200 articles/s · about 40 s left`, from what was done until the last stage ended; nothing before that says enough.
fn pace(articles: usize, elapsed: Duration, ended: Duration, share: f64) -> String {
    let mut text = String::new();
    if elapsed < TOO_SHORT || share <= 0.0 || ended.is_zero() {
        return text;
    }
    let rate = articles as f64 * share / ended.as_secs_f64();
    let _ = write!(text, " · {rate:.0} articles/s");
    if let Some(left) = time_left(elapsed, ended, share) {
        let _ = write!(text, " · about {left} left");
    }
    text
}

/// What is left of something of which a share was done after `ended`, now that it has gone on for `elapsed`.
pub(super) fn time_left(elapsed: Duration, ended: Duration, share: f64) -> Option<String> {
    let total = ended.as_secs_f64() / share;
    let left = total - elapsed.as_secs_f64();
    // Also where the share is none, or not a number.
    if !(left.is_finite() && left >= 1.0) {
        return None;
    }
    Some(if left < 60.0 { format!("{left:.0} s") } else { wording::duration((left / 60.0).ceil()) })
}

/// Share of the run that is done when a stage has ended.
fn share_until(stage: &str) -> f64 {
    let at = STAGES.iter().position(|(known, _)| *known == stage);
    let done: u32 = STAGES.iter().take(at.map_or(0, |at| at + 1)).map(|(_, share)| share).sum();
    f64::from(done) / 1_000.0
}

/// The stage that runs after another one.
fn after(stage: &str) -> &'static str {
    let at = STAGES.iter().position(|(known, _)| *known == stage);
    at.and_then(|at| STAGES.get(at + 1)).map_or(LAST, |(name, _)| name)
}

/// `similarity (2 of 10)`.
fn place(stage: &str) -> String {
    let at = STAGES.iter().position(|(known, _)| *known == stage).unwrap_or(STAGES.len());
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
        assert_eq!(ended, STAGES.map(|(name, _)| name));
    }

    #[test]
    fn each_stage_is_followed_by_the_next() {
        assert_eq!(after("annotate"), "similarity");
        assert_eq!(after("regions"), "report");
        assert_eq!(place("similarity"), "similarity (2 of 10)");
        assert_eq!(place("report"), "report (10 of 10)");
        assert!(share_until("annotate") > 0.0 && share_until("regions") < 1.0);
    }

    #[test]
    fn the_rest_is_told_once_a_stage_has_ended() {
        let seconds = Duration::from_secs;
        assert_eq!(pace(100_000, seconds(9), Duration::ZERO, 0.0), "");
        assert_eq!(pace(100_000, seconds(1), seconds(1), 0.5), "");
        let half = pace(100_000, seconds(30), seconds(20), 0.5);
        assert_eq!(half, " · 2500 articles/s · about 10 s left");
        assert_eq!(pace(100_000, seconds(50), seconds(20), 0.5), " · 2500 articles/s");
        assert_eq!(time_left(seconds(10), seconds(10), 0.01).as_deref(), Some("17 min"));
        assert_eq!(time_left(seconds(10), seconds(10), 0.0), None);
    }
}
