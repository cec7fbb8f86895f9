//! One line on a terminal while files are read: how much of them, how fast, how long still.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::Context;
use super::stage_line::{TICK, time_left};

/// The line; hidden where the user or the terminal wants none.
pub(super) struct ReadLine {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
}

impl ReadLine {
    /// A line for reading these files, which begins now.
    pub(super) fn new(context: &Context, files: &[PathBuf]) -> ReadLine {
        let sizes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
        let total = sizes.filter(std::fs::Metadata::is_file).map(|file| file.len()).sum();
        let (bar, read) = (ProgressBar::new_spinner(), Arc::new(AtomicU64::new(0)));
        if !context.progress {
            bar.set_draw_target(ProgressDrawTarget::hidden());
            return ReadLine { bar, read };
        }
        let seen = Arc::clone(&read);
        let pace = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let text = pace(seen.load(Ordering::Relaxed), total, state.elapsed());
            // A line that cannot be drawn is drawn at the next tick.
            let _ = out.write_str(&text);
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} read · {pace} · {elapsed}") {
            bar.set_style(style.with_key("pace", pace));
        }
        bar.enable_steady_tick(TICK);
        ReadLine { bar, read }
    }

    /// What counts the bytes.
    pub(super) fn counter(&self) -> &AtomicU64 {
        &self.read
    }
}

impl Drop for ReadLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// `120 of 374 MB · 31 MB/s · 8 s left`; without what is not known.
fn pace(read: u64, total: u64, elapsed: Duration) -> String {
    const MB: f64 = 1e6;
    let (read, total, seconds) = (read as f64 / MB, total as f64 / MB, elapsed.as_secs_f64());
    let mut text =
        if total > read { format!("{read:.0} of {total:.0} MB") } else { format!("{read:.0} MB") };
    if seconds >= 1.0 {
        let _ = write!(text, " · {:.1} MB/s", read / seconds);
    }
    if let Some(left) = time_left(elapsed, elapsed, read / total) {
        let _ = write!(text, " · {left} left");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_told_as_far_as_it_is_known() {
        let check = |read, total, seconds, expected: &str| {
            assert_eq!(pace(read, total, Duration::from_secs(seconds)), expected);
        };
        check(0, 374_000_000, 0, "0 of 374 MB");
        check(124_000_000, 374_000_000, 4, "124 of 374 MB · 31.0 MB/s · 8 s left");
        check(374_000_000, 374_000_000, 12, "374 MB · 31.2 MB/s");
        check(90_000_000, 0, 3, "90 MB · 30.0 MB/s");
    }
}
