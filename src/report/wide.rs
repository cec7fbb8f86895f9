//! Matrices of outlets for spreadsheets: one row and one column an outlet.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::csv::{self, Dialect};
use super::rank;
use super::report_index::ReportIndex;
use super::table::Value;
use crate::model::OutletPair;

/// Decimals of shares.
const SHARE_DECIMALS: usize = 4;

/// `wide_overlap.csv`: overlap of both outlets; symmetric.
pub(super) fn overlap(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    matrix(view, out, |pair, _| share(pair.overlap))
}

/// `wide_shares.csv`: share of the articles of the row's outlet that have a match in the column's.
pub(super) fn shares(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    matrix(view, out, |pair, forward| share(if forward { pair.share_a } else { pair.share_b }))
}

/// `wide_edges.csv`: edges of grade E1 to E3 from the row's outlet to the column's.
pub(super) fn edges(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    matrix(view, out, |pair, forward| {
        let (ab, ba) = rank::directed(pair);
        Value::Integer(if forward { ab } else { ba })
    })
}

fn share(share: Option<f64>) -> Value<'static> {
    share.map_or(Value::Empty, |share| Value::Number(share, SHARE_DECIMALS))
}

/// Writes a matrix; `value` reads a pair, forward if the row's outlet is the pair's first. The diagonal is empty.
fn matrix(
    view: &ReportIndex,
    out: &mut dyn Write,
    value: impl Fn(&OutletPair, bool) -> Value<'static>,
) -> io::Result<()> {
    let dialect = Dialect::of(view.config);
    let pairs: BTreeMap<(&str, &str), &OutletPair> = view
        .analysis
        .significance
        .pairs
        .iter()
        .map(|pair| ((pair.outlet_a.as_str(), pair.outlet_b.as_str()), pair))
        .collect();
    let ids = view.corpus.outlet_ids();
    let mut bytes = dialect.start().to_vec();
    csv::push(&mut bytes, &Value::Id("outlet"), dialect);
    for id in ids {
        bytes.push(b',');
        csv::push(&mut bytes, &Value::Id(id), dialect);
    }
    bytes.extend_from_slice(dialect.line_end());
    for row in ids {
        csv::push(&mut bytes, &Value::Id(row), dialect);
        for column in ids {
            bytes.push(b',');
            let forward = pairs.get(&(row.as_str(), column.as_str())).map(|pair| (pair, true));
            let either = forward
                .or_else(|| pairs.get(&(column.as_str(), row.as_str())).map(|pair| (pair, false)));
            if let Some((pair, forward)) = either {
                csv::push(&mut bytes, &value(pair, forward), dialect);
            }
        }
        bytes.extend_from_slice(dialect.line_end());
    }
    out.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    #[test]
    fn a_cell_is_the_pair_seen_from_its_row() {
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let rendered = |write: fn(&ReportIndex, &mut dyn Write) -> io::Result<()>| {
            let mut bytes = Vec::new();
            write(&view, &mut bytes).unwrap();
            let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
            let ids: Vec<String> =
                reader.headers().unwrap().iter().skip(1).map(Into::into).collect();
            let rows: Vec<Vec<String>> = reader
                .records()
                .map(|row| row.unwrap().iter().skip(1).map(Into::into).collect())
                .collect();
            (ids, rows)
        };
        let (ids, shares) = rendered(shares);
        let at = |id: &str| ids.iter().position(|other| other == id).unwrap();
        let (a, b) = (at("meridian"), at("north-star"));
        assert_eq!((shares[a][b].as_str(), shares[b][a].as_str()), ("0.6700", "0.5000"));
        let (_, edges) = rendered(edges);
        assert_eq!((edges[a][b].as_str(), edges[b][a].as_str()), ("2", "7"));
        let (_, overlap) = rendered(overlap);
        assert_eq!(overlap[a][b], overlap[b][a]);
        assert!((0..ids.len()).all(|i| overlap[i][i].is_empty()));
    }
}
