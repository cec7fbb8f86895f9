//! What a person says of tags: `tags.csv` with a column `label`, and precision by narrative of the watchlist.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::Label;
use crate::significance::wilson_interval;

/// How many tags of one narrative are right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct TagPrecision {
    /// Id of the narrative in the watchlist; empty for all together.
    pub(crate) narrative: String,
    /// Tags with a label.
    pub(crate) labelled: usize,
    /// Of these, right ones.
    pub(crate) right: usize,
    /// `right` of `labelled`, `0..=1`; doubtful tags count against it.
    pub(crate) precision: f64,
    /// 95 % interval of it (Wilson).
    pub(crate) interval: (f64, f64),
}

/// Reads a labelled table of tags: by narrative, then all together. Rows without a label do not count.
///
/// # Errors
///
/// Names the missing column, or the line and word that is no label.
pub(crate) fn score(table: &[u8]) -> Result<Vec<TagPrecision>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table);
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name).ok_or_else(
            || format!("no column `{name}`: take the table of `fimi tag` and add a column `label`"),
        )
    };
    let (narrative, label) = (column("narrative")?, column("label")?);
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let word = row.get(label).unwrap_or_default().trim();
        if word.is_empty() {
            continue;
        }
        let line = row.position().map_or(0, csv::Position::line);
        let label: Label = word.parse().map_err(|error| format!("line {line}: {error}"))?;
        for name in [row.get(narrative).unwrap_or_default(), ""] {
            let entry = counts.entry(name.to_owned()).or_default();
            entry.0 += 1;
            entry.1 += usize::from(label == Label::Right);
        }
    }
    let precision = |(narrative, (labelled, right)): (String, (usize, usize))| TagPrecision {
        narrative,
        labelled,
        right,
        precision: right as f64 / labelled as f64,
        interval: wilson_interval(right, labelled).unwrap_or_default(),
    };
    // The sum sorts first, as its name is empty, and is told last.
    let mut rows: Vec<TagPrecision> = counts.into_iter().map(precision).collect();
    if !rows.is_empty() {
        rows.rotate_left(1);
    }
    Ok(rows)
}

/// The result for a reader.
pub(crate) fn text(rows: &[TagPrecision]) -> String {
    let mut text = String::from("narrative                     right  of  precision (95 %)\n");
    for row in rows {
        let name = if row.narrative.is_empty() { "all" } else { &row.narrative };
        let (low, high) = row.interval;
        let _ = writeln!(
            text,
            "{name:<28} {:>6} {:>3}  {:.2} ({low:.2} to {high:.2})",
            row.right, row.labelled, row.precision
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_by_narrative_and_of_all() {
        let table = "article,narrative,stance,label\n1,a,claim,right\n2,a,claim,wrong\n3,b,claim,right\n4,b,claim,\n5,b,claim,doubtful\n";
        let rows = score(table.as_bytes()).unwrap();
        let seen: Vec<(&str, usize, usize)> =
            rows.iter().map(|row| (row.narrative.as_str(), row.right, row.labelled)).collect();
        assert_eq!(seen, [("a", 1, 2), ("b", 1, 2), ("", 2, 4)]);
        assert!((rows[2].precision - 0.5).abs() < 1e-12);
        assert!(text(&rows).contains("all"));
    }

    #[test]
    fn mistakes_say_what_to_do() {
        assert!(score(b"article,narrative\n").unwrap_err().contains("`label`"));
        let error = score(b"narrative,label\na,maybe\n").unwrap_err();
        assert!(error.starts_with("line 2") && error.contains("right"), "{error}");
        assert_eq!(score(b"narrative,label\na,\n"), Ok(Vec::new()));
    }
}
