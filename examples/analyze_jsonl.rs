//! Reads a file of records, analyzes it and prints the summary: `cargo run --example analyze_jsonl corpus.jsonl`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to its user")]

use fimi::corpus::Corpus;
use fimi::formats::{ReadOptions, read_files};
use fimi::pipeline::{self, AnalyzeConfig};
use fimi::report::{self, ReportConfig, ReportIndex};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a file of records")?;
    let registry = fimi::outlets::embedded();
    let records = read_files(&[path], &ReadOptions::new(&registry))?;
    for skipped in &records.skipped {
        eprintln!("skipped {}: {}", skipped.what, skipped.reason);
    }
    let registry = records.registry(&registry);
    let corpus = Corpus::new(records.articles, registry);
    let analysis = pipeline::analyze(&corpus, &AnalyzeConfig::default());
    let (run, config) = (report::Run::default(), ReportConfig::default());
    let view = ReportIndex::new(&corpus, &analysis, &run, &config);
    print!("{}", report::summary(&view, 100, "no folder"));
    Ok(())
}
