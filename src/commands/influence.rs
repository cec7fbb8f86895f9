//! `fimi influence`: NETINF on a file of cascades, edges as CSV on stdout.
//!
//! Two formats are read: CSV with the columns `cascade`, `node`, `time`, and the text format of the
//! original NETINF program (lines `id,name`, an empty line, then one cascade a line: `id,time,id,time,...`,
//! with or without a cascade's own id before a semicolon).

use std::collections::BTreeMap;

use anyhow::Context as _;

use super::Context;
use crate::cli::InfluenceArgs;
use crate::exit::{Exit, UserError};
use crate::influence::{Cascade, InfluenceConfig, Network, Stop, network};

/// Runs the command.
pub(super) fn run(context: &Context, args: &InfluenceArgs) -> anyhow::Result<Exit> {
    let config = config(args)?;
    let path = &args.cascades;
    let text = std::fs::read_to_string(path)
        .map_err(|error| UserError::usage(format!("{}: {error}", path.display())))?;
    let events = read(&text)
        .map_err(|problem| UserError::usage(format!("{}: {problem}", path.display())))?;
    let (nodes, cascades) = cascades(&events);
    if cascades.is_empty() {
        return Err(UserError::nothing(format!("{}: no cascade in it", path.display())).into());
    }
    let found = network(&cascades, &config);
    write(&nodes, &found).context("cannot write the edges")?;
    context.note(format!(
        "{} edges from {} cascades of {} nodes; rate {}, {:.1} % of the possible gain",
        found.links.len(),
        cascades.len(),
        nodes.len(),
        found.rate,
        found.gain_share * 100.0
    ));
    Ok(Exit::Done)
}

fn config(args: &InfluenceArgs) -> Result<InfluenceConfig, UserError> {
    if args.rate.is_some_and(|rate| !(rate.is_finite() && rate > 0.0)) {
        return Err(UserError::usage("--rate: give a number above 0"));
    }
    let share = |value: f64, flag: &str| {
        if (0.0..=1.0).contains(&value) {
            Ok(value)
        } else {
            Err(UserError::usage(format!("{flag} {value}: give a number from 0 to 1")))
        }
    };
    let stop = match (args.edges, args.gain_share, args.p_value) {
        (Some(edges), ..) => Stop::Edges(edges),
        (_, Some(gain), _) => Stop::GainShare(share(gain, "--gain-share")?),
        (.., Some(p)) => Stop::PValue(share(p, "--p-value")?),
        _ => InfluenceConfig::default().stop,
    };
    Ok(InfluenceConfig { stop, rate: args.rate, min_cascades: args.min_cascades })
}

/// One event: the cascade's name, the node, the time.
type Event = (String, String, f64);

/// Reads either format; says the line of a mistake.
fn read(text: &str) -> Result<Vec<Event>, String> {
    let header = text.lines().next().unwrap_or_default().to_lowercase();
    let names: Vec<&str> = header.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let column = |name: &str| names.iter().position(|known| *known == name);
    match (column("cascade"), column("node"), column("time")) {
        (Some(cascade), Some(node), Some(time)) => table(text, [cascade, node, time]),
        _ => lines(text),
    }
}

fn time(text: &str, line: usize) -> Result<f64, String> {
    let parsed = text.trim().parse().ok().filter(|time: &f64| time.is_finite());
    parsed.ok_or_else(|| format!("line {line}: `{text}` is not a time; give a number"))
}

/// CSV with a header.
fn table(text: &str, columns: [usize; 3]) -> Result<Vec<Event>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut events = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let [cascade, node, at] = columns.map(|column| record.get(column).unwrap_or_default());
        events.push((cascade.to_owned(), node.to_owned(), time(at, number + 2)?));
    }
    Ok(events)
}

/// The original program's format.
fn lines(text: &str) -> Result<Vec<Event>, String> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut rest = text.lines().enumerate().map(|(number, line)| (number + 1, line.trim()));
    for (number, line) in rest.by_ref() {
        if line.is_empty() {
            break;
        }
        let Some((id, name)) = line.split_once(',') else {
            return Err(format!(
                "line {number}: neither CSV with the columns cascade, node, time nor a node `id,name`"
            ));
        };
        names.insert(id.trim(), name.trim());
    }
    let mut events = Vec::new();
    for (number, line) in rest.filter(|(_, line)| !line.is_empty()) {
        let (cascade, list) = match line.split_once(';') {
            Some((cascade, list)) => (cascade.to_owned(), list),
            None => (number.to_string(), line),
        };
        let fields: Vec<&str> = list.split(',').map(str::trim).collect();
        for pair in fields.chunks(2) {
            let [node, at] = pair else {
                return Err(format!("line {number}: a node without a time"));
            };
            let name = names.get(node).unwrap_or(node);
            events.push((cascade.clone(), (*name).to_owned(), time(at, number)?));
        }
    }
    Ok(events)
}

/// Nodes by name, and the cascades by theirs.
fn cascades(events: &[Event]) -> (Vec<&str>, Vec<Cascade>) {
    let mut nodes: Vec<&str> = events.iter().map(|(_, node, _)| node.as_str()).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let mut by_name: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (cascade, node, time) in events {
        if let Ok(node) = nodes.binary_search(&node.as_str()) {
            by_name.entry(cascade).or_default().push((node, *time));
        }
    }
    (nodes, by_name.into_values().map(Cascade::new).collect())
}

/// Edges in the order of choice. Numbers in full, so that they can be compared with other programs'.
fn write(nodes: &[&str], found: &Network) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(crate::terminal::stdout());
    writer.write_record([
        "rank",
        "from",
        "to",
        "gain",
        "p",
        "explained",
        "preceded",
        "median_gap",
    ])?;
    for (rank, link) in found.links.iter().enumerate() {
        writer.write_record([
            &(rank + 1).to_string(),
            nodes[link.from],
            nodes[link.to],
            &link.gain.to_string(),
            &link.p.to_string(),
            &link.explained.to_string(),
            &link.preceded.to_string(),
            &link.median_gap().map_or_else(String::new, |gap| gap.to_string()),
        ])?;
    }
    writer.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_say_the_same() {
        let csv = "cascade,node,time\n1,b,2\n1,a,0.5\n2,c,1\n";
        let text = "0,a\n1,b\n2,c\n\n1,2,0,0.5\n2,1\n";
        let with_ids = "0,a\n1,b\n2,c\n\n7;1,2,0,0.5\n8;2,1\n";
        for text in [csv, text, with_ids] {
            let events = read(text).unwrap();
            let (nodes, cascades) = cascades(&events);
            assert_eq!(nodes, ["a", "b", "c"]);
            assert_eq!(cascades[0].events, [(0, 0.5), (1, 2.0)]);
            assert_eq!(cascades[1].events, [(2, 1.0)]);
        }
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, line) in [
            ("cascade,node,time\n1,a,0\n1,b,soon\n", "line 3"),
            ("a;b\n", "line 1"),
            ("0,a\n\n0\n", "line 3"),
            ("0,a\n\n0,x\n", "line 3"),
        ] {
            let problem = read(text).unwrap_err();
            assert!(problem.starts_with(line), "{problem}");
        }
    }
}
