//! The files of an output directory, in one table: name, content, when it is written, and by what.
//!
//! A new format is a module with a function that writes it and one entry of [`OUTPUTS`]; command, listing
//! and clean-up follow from the table.

use std::io::{self, Write};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::csv::Dialect;
use super::report_index::ReportIndex;
use super::table::Table;
use super::tables;
use super::{ReportConfig, document, graph, html, parquet, stix, wide};
use crate::model::Relations;

/// One file of an output directory.
#[derive(Clone, Copy)]
pub struct Output {
    /// Its name in the output directory.
    pub name: &'static str,
    /// What it holds, in one sentence.
    pub about: &'static str,
    /// Whether a run over these relations writes it: a file without rows would say that there is nothing,
    /// where nobody looked.
    pub when: fn(Relations) -> bool,
    /// Whether a run that is reported like this writes it.
    pub asked: fn(&ReportConfig) -> bool,
    content: Content,
}

/// What renders a file.
#[derive(Clone, Copy)]
enum Content {
    /// Rows of a table, as CSV.
    Table(&'static Table),
    /// Rows of a table, as Parquet.
    Parquet(&'static Table),
    /// Anything else.
    File(fn(&ReportIndex, &mut dyn Write) -> io::Result<()>),
}

/// Every file of an output directory but `run.json` and [`DATA_PACKAGE`](super::DATA_PACKAGE), in the order of
/// their names.
pub static OUTPUTS: &[Output] = &[
    table(with_topics, &tables::aligned::ALIGNED),
    file(
        "analysis.json",
        "The whole analysis by ids; `fimi show` and `fimi diff` read it.",
        document::write,
    ),
    table(always, &tables::articles::ARTICLES),
    table(Relations::has_convergence, &tables::edges::CHAINS),
    table(Relations::has_convergence, &tables::contrasts::CONTRASTS),
    table(always, &tables::coverage_tables::COVERAGE_GAPS),
    table(Relations::has_convergence, &tables::edges::EDGES),
    table(always, &tables::coverage_tables::FEEDS_STATUS),
    file(
        "graph.gexf",
        "Outlets and the edges E1 to E3 between them, in GEXF 1.3 (Gephi).",
        graph::outlets_gexf,
    ),
    file("graph.graphml", "The same graph in GraphML (networkx, igraph).", graph::outlets_graphml),
    file(
        "graph_articles.gexf",
        "Articles that an edge joins, and these edges, in GEXF 1.3. Edges of grade E5 run by claimed time and claim no direction.",
        graph::articles_gexf,
    ),
    file("graph_articles.graphml", "The same graph in GraphML.", graph::articles_graphml),
    table(Relations::has_convergence, &tables::graph::GRAPH_EDGES),
    table(Relations::has_convergence, &tables::graph::GRAPH_NODES),
    table(Relations::has_convergence, &tables::influence::INFLUENCE),
    table(always, &tables::matches::MATCHES),
    table(Relations::has_convergence, &tables::narratives::NARRATIVE_ARTICLES),
    table(Relations::has_convergence, &tables::narratives::NARRATIVES),
    asked(|config| config.news, table(Relations::has_convergence, &tables::news::NEW_EDGES)),
    asked(|config| config.news, table(Relations::has_convergence, &tables::news::NEW_NARRATIVES)),
    table(Relations::has_convergence, &tables::pairs::OUTLET_PAIRS),
    table(Relations::has_convergence, &tables::series::PAIR_STRATA),
    table(with_reuse, &tables::matches::PASSAGES),
    table(Relations::has_convergence, &tables::phrases::PHRASES),
    table(Relations::has_convergence, &tables::regions::REGION_PAIRS),
    table(Relations::has_convergence, &tables::regions::REGIONS),
    file(
        "report.html",
        "The report for people: one file, no network, complete without JavaScript.",
        html::write,
    ),
    table(Relations::has_convergence, &tables::series::SERIES),
    table(Relations::has_convergence, &tables::shares::SHARES),
    table(always, &tables::coverage_tables::SKIPPED),
    asked(
        |config| config.stix.is_some(),
        file(
            "stix.json",
            "Outlets and directed edges of the period as a STIX 2.1 bundle; no threat actor, no campaign.",
            stix::write,
        ),
    ),
    table(Relations::has_convergence, &tables::regions::SURGES),
    table(Relations::has_convergence, &tables::watchlist::TAGS),
    table(Relations::has_convergence, &tables::watchlist::WATCHLIST),
    asked(
        |config| config.wide,
        file(
            "wide_edges.csv",
            "Matrix: edges of grade E1 to E3 from the outlet of the row to that of the column.",
            wide::edges,
        ),
    ),
    asked(
        |config| config.wide,
        file("wide_overlap.csv", "Matrix: overlap of two outlets.", wide::overlap),
    ),
    asked(
        |config| config.wide,
        file(
            "wide_shares.csv",
            "Matrix: share of the articles of the outlet of the row that have a match in that of the column.",
            wide::shares,
        ),
    ),
];

/// The tables of [`OUTPUTS`] again, as Parquet.
static PARQUET: LazyLock<Vec<Output>> = LazyLock::new(|| {
    let of_table = |output: &Output| {
        let table = output.table()?;
        // Once for each table of the program.
        let name = String::leak(format!("{}.parquet", table.file.trim_end_matches(".csv")));
        Some(Output { name, content: Content::Parquet(table), ..*output })
    };
    OUTPUTS.iter().filter_map(of_table).collect()
});

/// An output that is written only if it is asked for.
const fn asked(asked: fn(&ReportConfig) -> bool, output: Output) -> Output {
    Output { asked, ..output }
}

/// An output that is written if there are narratives, edges and significance.
const fn file(
    name: &'static str,
    about: &'static str,
    write: fn(&ReportIndex, &mut dyn Write) -> io::Result<()>,
) -> Output {
    Output {
        name,
        about,
        when: Relations::has_convergence,
        asked: anyway,
        content: Content::File(write),
    }
}

const fn table(when: fn(Relations) -> bool, table: &'static Table) -> Output {
    Output {
        name: table.file,
        about: table.about,
        when,
        asked: anyway,
        content: Content::Table(table),
    }
}

fn anyway(_: &ReportConfig) -> bool {
    true
}

fn always(_: Relations) -> bool {
    true
}

fn with_reuse(relations: Relations) -> bool {
    relations.contains(Relations::REUSE)
}

fn with_topics(relations: Relations) -> bool {
    relations.contains(Relations::LEXICAL)
}

/// All files that a run may write: [`OUTPUTS`], and its tables as Parquet.
pub fn all_outputs() -> impl Iterator<Item = &'static Output> {
    OUTPUTS.iter().chain(PARQUET.iter())
}

/// Those that a run over these relations writes which is reported like this.
pub fn outputs_of(
    relations: Relations,
    config: &ReportConfig,
) -> impl Iterator<Item = &'static Output> {
    let tables = if config.parquet { PARQUET.as_slice() } else { &[] };
    let is_wanted = move |output: &&Output| (output.when)(relations) && (output.asked)(config);
    OUTPUTS.iter().chain(tables).filter(is_wanted)
}

/// What is known of a file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name in the output directory.
    pub name: &'static str,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content, hex.
    pub sha256: String,
}

impl Output {
    /// The table, if the file is one.
    pub(super) fn table(&self) -> Option<&'static Table> {
        match self.content {
            Content::Table(table) => Some(table),
            Content::Parquet(_) | Content::File(_) => None,
        }
    }

    /// Writes the file and returns its length and hash. Rows are rendered on the current rayon pool and
    /// written in order; memory stays bounded.
    ///
    /// # Errors
    ///
    /// What `out` reports.
    pub fn write(&self, index: &ReportIndex, out: &mut dyn Write) -> io::Result<Written> {
        let mut out = Hashing { out, hash: Sha256::new(), bytes: 0 };
        match self.content {
            Content::Table(table) => table.write(index, Dialect::of(index.config), &mut out)?,
            Content::Parquet(table) => parquet::write(table, index, &mut out)?,
            Content::File(write) => write(index, &mut out)?,
        }
        out.flush()?;
        let sha256 = crate::ids::hex(&out.hash.finalize());
        Ok(Written { name: self.name, bytes: out.bytes, sha256 })
    }
}

/// Passes bytes on, counts and hashes them.
struct Hashing<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
