//! Whose turn it is: a few outlets are at work at once, and one that is slow does not keep the others
//! from theirs.

use std::pin::pin;
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use super::FetchConfig;

/// The turns of a run.
pub(super) struct Turns {
    places: Semaphore,
    /// How long an outlet keeps its place.
    length: Duration,
}

impl Turns {
    /// Turns for so many outlets: each gets one before the run's time is up, however slow the others
    /// are.
    pub(super) fn new(config: &FetchConfig, outlets: usize) -> Turns {
        let places = config.concurrency.max(1);
        let rounds = u32::try_from(outlets.div_ceil(places)).unwrap_or(u32::MAX);
        // One round more, so that the last ones have time to work.
        let share = config.max_time / rounds.saturating_add(1);
        Turns { places: Semaphore::new(places), length: share.min(config.outlet_turn) }
    }

    /// The turn of one outlet, which has not begun.
    pub(super) fn turn(&self) -> Turn<'_> {
        Turn { turns: self, place: None, end: None }
    }
}

/// The turn of one outlet. It ends with the outlet's work; after its length the place is free for the next
/// one, while the work goes on.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    place: Option<SemaphorePermit<'a>>,
    /// When the place is given up; `None` before the turn.
    end: Option<Instant>,
}

impl Turn<'_> {
    /// Waits for a place, once.
    pub(super) async fn begin(&mut self) {
        if self.end.is_none() {
            // It is never closed.
            self.place = self.turns.places.acquire().await.ok();
            self.end = Some(Instant::now() + self.turns.length);
        }
    }

    /// Does a part of the work.
    pub(super) async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        if let Some(end) = self.end.filter(|_| self.place.is_some())
            && let Ok(done) = timeout_at(end, &mut work).await
        {
            return done;
        }
        self.place = None;
        work.await
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;

    #[tokio::test]
    async fn a_slow_outlet_keeps_nobody_waiting_for_long() {
        let milliseconds = Duration::from_millis;
        let turns = Turns { places: Semaphore::new(1), length: milliseconds(60) };
        let start = Instant::now();
        let work = async |length: u64| {
            let mut turn = turns.turn();
            turn.begin().await;
            let began = start.elapsed();
            turn.during(sleep(milliseconds(length))).await;
            (began, start.elapsed())
        };
        let (slow, quick, last) = tokio::join!(work(600), work(10), work(10));
        assert!(slow.1 >= milliseconds(600), "its work goes on");
        assert!(quick.0 >= milliseconds(60) && last.0 >= quick.1, "one at a time");
        assert!(last.1 < slow.1, "nobody waits for the slow one's end");
    }

    #[test]
    fn turns_are_shorter_where_time_is() {
        let config = FetchConfig {
            concurrency: 2,
            max_time: Duration::from_mins(1),
            ..FetchConfig::default()
        };
        assert_eq!(Turns::new(&config, 4).length, Duration::from_secs(20));
    }
}
