//! The corpus of the fuzz targets (`tests/fuzz/corpus`), as it is and damaged, in bounded time.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fimi::fuzz::{TARGETS, Target};

/// Damaged forms of each file that are read, too.
const MUTANTS: u64 = 12;
/// Longest time for one input; without optimization all is about ten times slower.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });

fn corpus(target: &Target) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target.name);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

/// Changes, cuts, doubles or swaps a few places.
fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let (a, b) = (numbers.below(bytes.len() + 1), numbers.below(bytes.len() + 1));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 64));
        match numbers.below(4) {
            0 if from < bytes.len() => bytes[from] = u8::try_from(numbers.below(256)).unwrap(),
            1 => drop(bytes.drain(from..to)),
            2 => {
                let part = bytes[from..to].to_vec();
                bytes.splice(from..from, part);
            }
            _ => bytes.truncate(from.max(bytes.len() / 2)),
        }
    }
    bytes
}

#[expect(clippy::disallowed_methods, reason = "how long an input takes is what is tested")]
fn run(target: &Target, bytes: &[u8], file: &Path) {
    let start = Instant::now();
    (target.run)(bytes);
    let taken = start.elapsed();
    assert!(taken <= LONGEST, "{} takes {taken:?} for a form of {}", target.name, file.display());
}

fn replay(target: &Target, mutants: u64) {
    let files = corpus(target);
    assert!(!files.is_empty(), "{} has no corpus", target.name);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        run(target, &bytes, &file);
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for _ in 0..mutants {
            run(target, &damaged(&bytes, &mut numbers), &file);
        }
    }
}

#[test]
fn no_input_of_a_fuzz_target_makes_it_panic_or_linger() {
    for target in &TARGETS {
        replay(target, MUTANTS);
    }
}

#[test]
#[ignore = "takes minutes: for releases"]
fn thousands_of_damaged_inputs_make_nothing_panic_or_linger() {
    for target in &TARGETS {
        replay(target, 1_000);
    }
}
