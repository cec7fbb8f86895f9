//! The comparison of two outlets as CSV: one row a narrative.

use std::io::Write;

use anyhow::Result;
use chrono::{DateTime, Utc};

use super::Comparison;
use crate::report::guarded;

/// Columns of the CSV form; documented in `docs/output.md`.
const COLUMNS: [&str; 14] = [
    "carried_by",
    "narrative",
    "label",
    "articles_a",
    "articles_b",
    "first_a",
    "first_b",
    "leader",
    "lag_minutes",
    "clock_error_minutes",
    "edges_ab",
    "edges_ba",
    "common_source",
    "own_words",
];

pub(super) fn write(c: &Comparison, out: &mut dyn Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let time = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    writer.write_record(COLUMNS)?;
    for s in &c.shared {
        writer.write_record([
            "both",
            s.narrative,
            &guarded(s.label),
            &s.articles_a.to_string(),
            &s.articles_b.to_string(),
            &time(s.first_a),
            &time(s.first_b),
            s.leader.as_str(),
            &format!("{:.1}", s.lag_minutes),
            &s.clock_error_minutes.map_or_else(String::new, |e| format!("{e:.1}")),
            &s.edges_ab.to_string(),
            &s.edges_ba.to_string(),
            &s.common_source.to_string(),
            &s.own_words.to_string(),
        ])?;
    }
    for (side, alone) in [("a", &c.only_a), ("b", &c.only_b)] {
        for n in alone {
            let articles = n.articles.to_string();
            let first = time(n.first);
            let (here, there) = ((articles.as_str(), first.as_str()), ("0", ""));
            let (of_a, of_b) = if side == "a" { (here, there) } else { (there, here) };
            let label = guarded(n.label);
            let mut row = vec![side, n.narrative, &label, of_a.0, of_b.0, of_a.1, of_b.1];
            row.resize(COLUMNS.len(), "");
            writer.write_record(row)?;
        }
    }
    Ok(writer.flush()?)
}
