//! `fimi` measures narrative convergence in foreign information manipulation and interference.
//!
//! It pulls public articles, extracts their text, and measures who carries the same text, passages
//! and narratives; who had them first, on what evidence; and whether that is more than the day's
//! news would give anyway. It states overlap, order, evidence and doubt, never intent.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("corpus.jsonl");
//! # std::fs::write(&path, r#"{"outlet": "rt", "url": "https://rt.example/1", "title": "", "text": "Ships leave.", "published": "2026-03-02"}"#)?;
//! let records = fimi::formats::read(path)?;
//! let corpus = fimi::corpus::Corpus::new(records.articles, fimi::outlets::embedded());
//! let analysis = fimi::pipeline::analyze(&corpus, &fimi::pipeline::AnalyzeConfig::default());
//! for found in &analysis.matches {
//!     println!("{} {} {}", found.earlier, found.later, found.relation.as_str());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `examples/` has the same for one stage, and with a report.
//!
//! # Bird's-eye view
//!
//! Data flows one way:
//!
//! ```text
//! fetch ─► archive ─► extract ─► Corpus ─► annotate ─► similarity ─► narrative ─► evidence ─► significance ─► grade ─► report
//! network  SQLite     bytes →    built     citations,  matches       episodes     who held    null models,    one      files
//! async    files      articles   once      recurring                              what first  p, q, effects   grade
//!                                          text                                                               an edge
//! ```
//!
//! Read [`model`] first: the values that cross a stage border. Then [`corpus`]: the articles of a run, put in
//! order once. Then [`pipeline`]: the stages in order. Each stage is one module whose `mod.rs`
//! holds its public functions and its configuration.
//!
//! Beside the last stages stand three that no edge rests on: [`influence`], exploratory, from times alone; [`watchlist`],
//! which sentences resemble claims that somebody watches for; [`regions`], which parts of the world articles are about.
//!
//! Knowledge of the world is data: `outlets/outlets.toml` (who publishes where), `text/places.toml`,
//! `similarity/semantic/gazetteer.toml` (names across languages), `watchlist/codebook.toml`, and the words of each language in
//! `text/languages`.
//!
//! # What is not there
//!
//! - No stage after [`fetch`] and [`archive`] touches the network, the disk or the clock. Time, seed
//!   and thread count are arguments.
//! - The stages import the ground floor ([`model`], [`corpus`], [`text`], [`ids`], [`encoder`]) and their own
//!   configuration, never each other.
//!   Only [`pipeline`] knows their order.
//! - A stage cannot fail. What it cannot use it returns among the skipped, with the reason.
//! - No order of a hash map reaches an output; ids are hashes of content; ties are broken explicitly:
//!   the same input gives the same bytes on any number of threads.
//! - No type, field or message claims intent: what is measured is overlap and order.

// Ground floor.
pub mod corpus;
pub mod encoder;
pub mod ids;
pub mod model;
pub mod outlets;
pub mod text;

// The stages, in order.
pub mod annotate;
pub mod archive;
pub mod evidence;
pub mod extract;
pub mod fetch;
pub mod influence;
pub mod narrative;
pub mod regions;
pub mod report;
pub mod significance;
pub mod similarity;
pub mod watchlist;

// What joins them.
pub mod formats;
pub mod incremental;
pub mod pipeline;
pub mod stage;

// The program.
mod alert;
mod browse;
mod cli;
mod commands;
mod completion;
mod config;
mod demo;
mod diff;
mod examples;
mod exchange;
mod exit;
mod load_run;
mod reported;
mod sample;
mod seen;
mod show;
mod stopwatch;
mod terminal;

/// The whole program: arguments in, exit code out. For `main` only.
#[doc(hidden)]
pub fn run() -> std::process::ExitCode {
    commands::main()
}

#[doc(hidden)]
pub mod fuzz;

#[cfg(test)]
mod testing;
