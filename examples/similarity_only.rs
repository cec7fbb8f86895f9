//! Compares the articles of a file, and nothing further: `cargo run --example similarity_only corpus.jsonl`.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use fimi::corpus::Corpus;
use fimi::model::Relations;
use fimi::pipeline::{self, AnalyzeConfig};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a file of records")?;
    let records = fimi::formats::read(path)?;
    let corpus = Corpus::new(records.articles, fimi::outlets::embedded());
    let mut config = AnalyzeConfig::default();
    config.similarity.relations = Relations::REUSE;
    for found in pipeline::analyze(&corpus, &config).matches {
        let id = |place: usize| &corpus.articles()[place].id;
        println!(
            "{} {} {} {:.2}",
            id(found.earlier),
            id(found.later),
            found.relation.as_str(),
            found.containment_later
        );
    }
    Ok(())
}
