//! Wall time, CPU time and peak memory of the stages: the only measured, hence varying, part of a run.

use std::time::Instant;

use serde::Serialize;

/// Clock ticks per second in `/proc/self/stat`: `sysconf(_SC_CLK_TCK)` is 100 on every Linux that
/// Rust supports.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one stage took.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct StageCost {
    /// Name of the stage.
    pub(crate) stage: &'static str,
    /// Seconds on the clock.
    pub(crate) wall_seconds: f64,
    /// User and system seconds over all threads; `None` where the system does not tell.
    pub(crate) cpu_seconds: Option<f64>,
    /// Highest resident memory of the process so far, in MiB; `None` where the system does not tell.
    pub(crate) peak_memory_mib: Option<f64>,
}

/// A running measurement.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    since: (Instant, Option<f64>),
    /// Stages that have ended, in order.
    pub(crate) stages: Vec<StageCost>,
}

impl Stopwatch {
    /// Starts measuring the first stage.
    pub(crate) fn start() -> Stopwatch {
        Stopwatch { since: now(), stages: Vec::new() }
    }

    /// Ends the running stage under this name and starts the next.
    pub(crate) fn lap(&mut self, stage: &'static str) {
        let (wall, cpu) = now();
        let cpu_seconds = cpu.zip(self.since.1).map(|(end, start)| round(end - start, 100.0));
        self.stages.push(StageCost {
            stage,
            wall_seconds: round((wall - self.since.0).as_secs_f64(), 1000.0),
            cpu_seconds,
            peak_memory_mib: peak_memory_mib(),
        });
        self.since = (wall, cpu);
    }
}

fn round(value: f64, per_unit: f64) -> f64 {
    (value * per_unit).round() / per_unit
}

#[expect(
    clippy::disallowed_methods,
    reason = "commands may time the stages; only run.json's `measured` shows it"
)]
fn now() -> (Instant, Option<f64>) {
    (Instant::now(), cpu_seconds())
}

/// User and system time of this process, from fields 14 and 15 of `/proc/self/stat` (proc(5)).
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

fn peak_memory_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(round(kib / 1024.0, 10.0))
}
