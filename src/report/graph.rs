//! Graphs for other programs: GEXF 1.3 (Gephi) and GraphML (networkx, igraph), from the same tables as the CSV files.
//!
//! A graph is a table of nodes and a table of edges; every further column becomes a typed attribute. Both formats are
//! XML 1.0, which has no control characters: they are left out.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::markup::push_escaped;
use super::report_index::ReportIndex;
use super::table::{Column, Kind, Row, Table, Value};
use super::tables::articles::ARTICLES;
use super::tables::edges::EDGES;
use super::tables::graph::{GRAPH_EDGES, GRAPH_NODES};
use crate::model::Grade;

/// Outlets, and the edges E1 to E3 between them.
const OUTLETS: Graph = Graph {
    nodes: &GRAPH_NODES,
    id: "Id",
    label: "Label",
    edges: &GRAPH_EDGES,
    source: "Source",
    target: "Target",
    weight: Some("Weight"),
    undirected: None,
    with_isolated: true,
};

/// Articles that an edge with a direction joins, and these edges; those from a source without an article in the archive are
/// left out.
const ARTICLE_EDGES: Graph = Graph {
    nodes: &ARTICLES,
    id: "article",
    label: "title",
    edges: &EDGES,
    source: "from",
    target: "to",
    weight: None,
    undirected: Some(("grade", Grade::E5.as_str())),
    with_isolated: false,
};

/// Writes `graph.gexf`.
pub(super) fn outlets_gexf(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    OUTLETS.gexf(view, out)
}

/// Writes `graph.graphml`.
pub(super) fn outlets_graphml(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    OUTLETS.graphml(view, out)
}

/// Writes `graph_articles.gexf`.
pub(super) fn articles_gexf(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    ARTICLE_EDGES.gexf(view, out)
}

/// Writes `graph_articles.graphml`.
pub(super) fn articles_graphml(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    ARTICLE_EDGES.graphml(view, out)
}

/// Two tables, and the columns that make a graph of them.
struct Graph {
    nodes: &'static Table,
    id: &'static str,
    label: &'static str,
    edges: &'static Table,
    source: &'static str,
    target: &'static str,
    /// Weight of an edge; every edge weighs 1 if there is none.
    weight: Option<&'static str>,
    /// The column and value of edges that show no direction: an arrow would claim one, so they are left out.
    undirected: Option<(&'static str, &'static str)>,
    /// Whether nodes without an edge are written.
    with_isolated: bool,
}

/// The rows of a graph: its nodes, and the edges that start at a node.
struct Rows {
    nodes: Vec<Row>,
    edges: Vec<Row>,
}

impl Graph {
    fn rows(&self, view: &ReportIndex) -> Rows {
        let (source, target) = (find(self.edges, self.source), find(self.edges, self.target));
        let mut edges = (self.edges.rows)(view);
        let is_undirected = |row| {
            self.undirected.is_some_and(|(column, value)| {
                plain(&(find(self.edges, column).value)(view, row)).as_deref() == Some(value)
            })
        };
        edges.retain(|&row| plain(&(source.value)(view, row)).is_some() && !is_undirected(row));
        let ends: BTreeSet<String> = edges
            .iter()
            .flat_map(|&row| [source, target].map(|end| plain(&(end.value)(view, row))))
            .flatten()
            .collect();
        let id = find(self.nodes, self.id);
        let mut nodes = (self.nodes.rows)(view);
        nodes.retain(|&row| {
            self.with_isolated || plain(&(id.value)(view, row)).is_some_and(|id| ends.contains(&id))
        });
        Rows { nodes, edges }
    }

    fn node_attributes(&self) -> impl Iterator<Item = (usize, &'static Column)> {
        attributes(self.nodes, vec![self.id, self.label])
    }

    fn edge_attributes(&self) -> impl Iterator<Item = (usize, &'static Column)> {
        let mut ends = vec![self.source, self.target, "Type"];
        ends.extend(self.weight);
        attributes(self.edges, ends)
    }

    /// GEXF 1.3: <https://gexf.net/schema.html>.
    fn gexf(&self, view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.rows(view);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
        writeln!(out, "<graph defaultedgetype=\"directed\" mode=\"static\">")?;
        for (class, columns) in [
            ("node", self.node_attributes().collect::<Vec<_>>()),
            ("edge", self.edge_attributes().collect()),
        ] {
            writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
            for (i, column) in columns {
                let (title, kind) = (escaped(column.name), gexf_type(column.kind));
                writeln!(out, "<attribute id=\"{i}\" title=\"{title}\" type=\"{kind}\"/>")?;
            }
            writeln!(out, "</attributes>")?;
        }
        writeln!(out, "<nodes>")?;
        for &row in &rows.nodes {
            let cell = |name| cell(self.nodes, name, view, row);
            let (id, label) = (cell(self.id), cell(self.label));
            write!(out, "<node id=\"{id}\" label=\"{label}\">")?;
            gexf_values(self.node_attributes(), view, row, out)?;
            writeln!(out, "</node>")?;
        }
        writeln!(out, "</nodes>\n<edges>")?;
        for (i, &row) in rows.edges.iter().enumerate() {
            let (source, target, weight) = self.edge(view, row);
            write!(
                out,
                "<edge id=\"{i}\" source=\"{source}\" target=\"{target}\" weight=\"{weight}\">"
            )?;
            gexf_values(self.edge_attributes(), view, row, out)?;
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "</edges>\n</graph>\n</gexf>")
    }

    /// GraphML: <http://graphml.graphdrawing.org/specification.html>. `label` and `weight` are keys like others there.
    fn graphml(&self, view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.rows(view);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        let key = |out: &mut dyn Write, id: &str, class: &str, name: &str, kind: &str| {
            let name = escaped(name);
            writeln!(
                out,
                "<key id=\"{id}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            )
        };
        key(out, "label", "node", "label", "string")?;
        for (i, column) in self.node_attributes() {
            key(out, &format!("n{i}"), "node", column.name, graphml_type(column.kind))?;
        }
        key(out, "weight", "edge", "weight", "double")?;
        for (i, column) in self.edge_attributes() {
            key(out, &format!("e{i}"), "edge", column.name, graphml_type(column.kind))?;
        }
        writeln!(out, "<graph id=\"G\" edgedefault=\"directed\">")?;
        for &row in &rows.nodes {
            let cell = |name| cell(self.nodes, name, view, row);
            let (id, label) = (cell(self.id), cell(self.label));
            write!(out, "<node id=\"{id}\"><data key=\"label\">{label}</data>")?;
            graphml_values("n", self.node_attributes(), view, row, out)?;
            writeln!(out, "</node>")?;
        }
        for &row in &rows.edges {
            let (source, target, weight) = self.edge(view, row);
            write!(
                out,
                "<edge source=\"{source}\" target=\"{target}\"><data key=\"weight\">{weight}</data>"
            )?;
            graphml_values("e", self.edge_attributes(), view, row, out)?;
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "</graph>\n</graphml>")
    }

    /// Source, target and weight of an edge, escaped.
    fn edge(&self, view: &ReportIndex, row: Row) -> (String, String, String) {
        let cell = |name| cell(self.edges, name, view, row);
        let weight = self.weight.map_or_else(|| "1".to_owned(), cell);
        (cell(self.source), cell(self.target), weight)
    }
}

/// The columns but for these, with their positions.
fn attributes(
    table: &'static Table,
    but: Vec<&'static str>,
) -> impl Iterator<Item = (usize, &'static Column)> {
    table.columns.iter().enumerate().filter(move |(_, column)| !but.contains(&column.name))
}

/// The column of that name.
fn find(table: &'static Table, name: &str) -> &'static Column {
    let found = table.columns.iter().find(|column| column.name == name);
    found.unwrap_or_else(|| unreachable!("the graphs of this module name columns that exist"))
}

/// The escaped value of a column; empty if it is missing.
fn cell(table: &'static Table, name: &str, view: &ReportIndex, row: Row) -> String {
    let value = plain(&(find(table, name).value)(view, row));
    value.as_deref().map(escaped).unwrap_or_default()
}

fn gexf_values(
    columns: impl Iterator<Item = (usize, &'static Column)>,
    view: &ReportIndex,
    row: Row,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "<attvalues>")?;
    for (i, column) in columns {
        if let Some(value) = plain(&(column.value)(view, row)) {
            write!(out, "<attvalue for=\"{i}\" value=\"{}\"/>", escaped(&value))?;
        }
    }
    write!(out, "</attvalues>")
}

fn graphml_values(
    prefix: &str,
    columns: impl Iterator<Item = (usize, &'static Column)>,
    view: &ReportIndex,
    row: Row,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (i, column) in columns {
        if let Some(value) = plain(&(column.value)(view, row)) {
            write!(out, "<data key=\"{prefix}{i}\">{}</data>", escaped(&value))?;
        }
    }
    Ok(())
}

/// A value as text, without the quotes and guards that a CSV cell needs; `None` if it is missing.
fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Empty => return None,
        Value::Id(id) => (*id).to_owned(),
        Value::Text(text) => text.clone().into_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Number(x, decimals) => format!("{x:.decimals$}"),
        Value::Probability(p) => p.to_string(),
        Value::Time(time) => time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        Value::Date(day) => day.to_string(),
        Value::Boolean(is) => is.to_string(),
    })
}

/// Escapes text for XML 1.0 and leaves out the characters that it does not have (section 2.2, `Char`).
fn escaped(text: &str) -> String {
    let is_char = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let mut markup = String::with_capacity(text.len());
    text.chars().filter(is_char).for_each(|c| push_escaped(&mut markup, c));
    markup
}

fn gexf_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "integer",
        Kind::Number => "double",
        Kind::Boolean => "boolean",
        Kind::Id | Kind::Word(_) | Kind::Text | Kind::Time | Kind::Date => "string",
    }
}

fn graphml_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "int",
        other => gexf_type(other),
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;
    use crate::report::{ReportConfig, sample};

    fn render(write: fn(&ReportIndex, &mut dyn Write) -> io::Result<()>) -> String {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let mut out = Vec::new();
        write(&sample.view(&run, &config), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Number of elements with this name; panics on markup that is not well-formed.
    fn count(markup: &str, name: &str) -> usize {
        let mut reader = Reader::from_str(markup);
        let mut n = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => n += 1,
                Event::Eof => return n,
                _ => {}
            }
        }
    }

    #[test]
    fn both_formats_hold_the_same_graph() {
        for (gexf, graphml) in [
            (render(outlets_gexf), render(outlets_graphml)),
            (render(articles_gexf), render(articles_graphml)),
        ] {
            assert!(count(&gexf, "edge") > 0, "{gexf}");
            for name in ["node", "edge"] {
                assert_eq!(count(&gexf, name), count(&graphml, name), "{name}");
            }
            assert_eq!(
                count(&gexf, "attvalue") + count(&gexf, "node") + count(&gexf, "edge"),
                count(&graphml, "data")
            );
        }
    }

    #[test]
    fn an_edge_has_its_weight_and_numbers_their_type() {
        let gexf = render(outlets_gexf);
        assert!(gexf.contains("weight=\"1\"") || gexf.contains("weight=\"2\""), "{gexf}");
        assert!(gexf.contains("title=\"lag_median_minutes\" type=\"double\""));
        assert!(render(outlets_graphml).contains("attr.name=\"e1\" attr.type=\"int\""));
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            escaped("a<b>&\"'\u{0}\u{b}\u{fffe}\u{1f600}"),
            "a&lt;b&gt;&amp;&quot;&#39;\u{1f600}"
        );
        assert!(!render(articles_gexf).contains("<script"));
    }
}
