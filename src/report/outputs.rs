//! The files of an output directory, in one table: name, content, when it is written, and by what.
//!
//! A new format is a module with a function that writes it and one entry of [`OUTPUTS`]; command, listing
//! and clean-up follow from the table.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::csv::Dialect;
use super::report_index::ReportIndex;
use super::table::Table;
use super::tables;
use super::{document, graph, html};
use crate::model::Relations;

/// One file of an output directory.
pub struct Output {
    /// Its name in the output directory.
    pub name: &'static str,
    /// What it holds, in one sentence.
    pub about: &'static str,
    /// Whether a run over these relations writes it: a file without rows would say that there is nothing,
    /// where nobody looked.
    pub when: fn(Relations) -> bool,
    content: Content,
}

/// What renders a file.
enum Content {
    /// Rows of a table, as CSV.
    Table(&'static Table),
    /// Anything else.
    File(fn(&ReportIndex, &mut dyn Write) -> io::Result<()>),
}

/// Every file of an output directory but `run.json` and [`DATA_PACKAGE`](super::DATA_PACKAGE), in the order of
/// their names.
pub static OUTPUTS: &[Output] = &[
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
    table(Relations::has_convergence, &tables::pairs::OUTLET_PAIRS),
    table(with_reuse, &tables::matches::PASSAGES),
    table(Relations::has_convergence, &tables::phrases::PHRASES),
    file(
        "report.html",
        "The report for people: one file, no network, complete without JavaScript.",
        html::write,
    ),
    table(Relations::has_convergence, &tables::shares::SHARES),
    table(always, &tables::coverage_tables::SKIPPED),
];

/// An output that is written if there are narratives, edges and significance.
const fn file(
    name: &'static str,
    about: &'static str,
    write: fn(&ReportIndex, &mut dyn Write) -> io::Result<()>,
) -> Output {
    Output { name, about, when: Relations::has_convergence, content: Content::File(write) }
}

const fn table(when: fn(Relations) -> bool, table: &'static Table) -> Output {
    Output { name: table.file, about: table.about, when, content: Content::Table(table) }
}

fn always(_: Relations) -> bool {
    true
}

fn with_reuse(relations: Relations) -> bool {
    relations.contains(Relations::REUSE)
}

/// Those of [`OUTPUTS`] that a run over these relations writes.
pub fn outputs_of(relations: Relations) -> impl Iterator<Item = &'static Output> {
    OUTPUTS.iter().filter(move |output| (output.when)(relations))
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
            Content::File(_) => None,
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
