//! A blind sample of a run's edges, for people to judge, and what their judgements say.
//!
//! [`draw`] chooses edges, [`sheet`] writes them for coders and reads their labels back, [`score`] gives
//! precision by grade and agreement. Pure: the same run and seed give the same sheet.

mod agreement;
pub(crate) mod sheet;
pub(crate) mod tags;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::ids::stable_id;
use crate::model::{Grade, word_enum};
use crate::report::{Document, EdgeRecord};

word_enum! {
    /// What a coder says of an edge.
    pub(crate) enum Label {
        /// The texts show what the grade claims.
        Right = "right",
        /// They may or may not.
        Doubtful = "doubtful",
        /// They do not.
        Wrong = "wrong",
    }
}

/// The labels of one coder, by edge id.
pub(crate) type Labels = BTreeMap<String, Label>;

/// Precision of one grade.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_field_names, reason = "the word of the files")]
pub(crate) struct Precision {
    /// The grade.
    pub(crate) grade: Grade,
    /// Edges that every coder has labelled.
    pub(crate) labelled: usize,
    /// Of these, edges that every coder calls right.
    pub(crate) right: usize,
    /// Edges that a coder calls wrong.
    pub(crate) wrong: usize,
    /// The others.
    pub(crate) doubtful: usize,
    /// `right` of `labelled`, `0..=1`; doubtful edges count against it.
    pub(crate) precision: f64,
    /// 95 % interval of it (Wilson).
    pub(crate) interval: (f64, f64),
}

/// How far two coders agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Agreement {
    /// Edges that both have labelled.
    pub(crate) edges: usize,
    /// Of these, edges with one label.
    pub(crate) equal: usize,
    /// Cohen's kappa; `None` if both used a single label.
    pub(crate) cohen_kappa: Option<f64>,
    /// Krippendorff's alpha for nominal labels; `None` if there is a single label.
    pub(crate) krippendorff_alpha: Option<f64>,
}

/// What labels say of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Score {
    /// Id of the run.
    pub(crate) run_id: String,
    /// By grade, best first; grades without a label are left out.
    pub(crate) grades: Vec<Precision>,
    /// With two coders.
    pub(crate) agreement: Option<Agreement>,
    /// Labels of edges that this run does not have.
    pub(crate) unknown: usize,
}

/// Returns at most `size` edges of each of `grades`, in an order that tells nothing of grade or time.
///
/// The choice is by a hash of seed and edge id: an edge is not drawn less often because others came later.
pub(crate) fn draw<'d>(
    document: &'d Document<'d>,
    grades: &[Grade],
    size: usize,
    seed: u64,
) -> Vec<&'d EdgeRecord<'d>> {
    let seed = seed.to_string();
    let mut edges: Vec<(String, &EdgeRecord)> = document
        .edges
        .iter()
        .filter(|edge| grades.contains(&edge.grade))
        .map(|edge| (stable_id(&["sample", &seed, &edge.id]), edge))
        .collect();
    edges.sort_by(|a, b| a.0.cmp(&b.0));
    let mut drawn: BTreeMap<Grade, usize> = BTreeMap::new();
    edges.retain(|(_, edge)| {
        let count = drawn.entry(edge.grade).or_default();
        *count += 1;
        *count <= size
    });
    edges.into_iter().map(|(_, edge)| edge).collect()
}

/// Returns what the labels of one or two coders say of the edges of a run, given with their grades by id.
pub(crate) fn score(run_id: &str, edges: &BTreeMap<&str, Grade>, coders: &[Labels]) -> Score {
    let mut by_grade: BTreeMap<Grade, Vec<Vec<Label>>> = BTreeMap::new();
    let mut pairs = Vec::new();
    let (first, others) = coders.split_first().map_or((None, coders), |(f, o)| (Some(f), o));
    for (id, &label) in first.into_iter().flatten() {
        let Some(&grade) = edges.get(id.as_str()) else { continue };
        let mut labels = vec![label];
        labels.extend(others.iter().filter_map(|coder| coder.get(id)));
        if labels.len() == coders.len() {
            pairs.extend(labels.get(1).map(|&second| (label, second)));
            by_grade.entry(grade).or_default().push(labels);
        }
    }
    let unknown = coders.iter().flat_map(BTreeMap::keys);
    Score {
        run_id: run_id.to_owned(),
        grades: by_grade.iter().map(|(&grade, edges)| precision(grade, edges)).collect(),
        agreement: (coders.len() == 2).then(|| Agreement {
            edges: pairs.len(),
            equal: pairs.iter().filter(|(a, b)| a == b).count(),
            cohen_kappa: agreement::cohen_kappa(&pairs, Label::ALL),
            krippendorff_alpha: agreement::krippendorff_alpha(&pairs, Label::ALL),
        }),
        unknown: unknown.filter(|id| !edges.contains_key(id.as_str())).count(),
    }
}

/// The precision of edges of one grade, from the labels of each.
fn precision(grade: Grade, edges: &[Vec<Label>]) -> Precision {
    let all_right = |labels: &&Vec<Label>| labels.iter().all(|&label| label == Label::Right);
    let right = edges.iter().filter(all_right).count();
    let wrong = edges.iter().filter(|labels| labels.contains(&Label::Wrong)).count();
    Precision {
        grade,
        labelled: edges.len(),
        right,
        wrong,
        doubtful: edges.len() - right - wrong,
        precision: right as f64 / edges.len().max(1) as f64,
        interval: agreement::wilson(right, edges.len()),
    }
}

/// Returns the score as a note of a report.
pub(crate) fn note(score: &Score) -> String {
    if score.grades.is_empty() {
        return "no edge of this run is labelled in the given sheets".to_owned();
    }
    let grade = |row: &Precision| {
        format!(
            "{} {} of {} (95 % interval {:.2} to {:.2})",
            row.grade, row.right, row.labelled, row.interval.0, row.interval.1
        )
    };
    let grades: Vec<String> = score.grades.iter().map(grade).collect();
    let mut note = format!("of the edges that people have read, right are: {}", grades.join(", "));
    if let Some(found) = &score.agreement {
        let _ = write!(note, "; two coders agree on {} of {}", found.equal, found.edges);
        for (name, value) in [
            ("Cohen's kappa", found.cohen_kappa),
            ("Krippendorff's alpha", found.krippendorff_alpha),
        ] {
            if let Some(value) = value {
                let _ = write!(note, ", {name} {value:.2}");
            }
        }
    }
    note
}

/// Returns the score as lines for a reader.
pub(crate) fn text(score: &Score) -> String {
    let mut lines = vec![
        "Precision by grade: edges that every coder calls right; doubtful ones count against it"
            .to_owned(),
    ];
    for row in &score.grades {
        lines.push(format!(
            "  {:<2}  {:>3} of {:<3} right   {:.3} [{:.3}, {:.3}]   doubtful {}   wrong {}",
            row.grade,
            row.right,
            row.labelled,
            row.precision,
            row.interval.0,
            row.interval.1,
            row.doubtful,
            row.wrong
        ));
    }
    if let Some(found) = &score.agreement {
        let figure = |x: Option<f64>| x.map_or("not defined".to_owned(), |x| format!("{x:.3}"));
        lines.push(format!(
            "Two coders agree on {} of {} edges: Cohen's kappa {}, Krippendorff's alpha {}",
            found.equal,
            found.edges,
            figure(found.cohen_kappa),
            figure(found.krippendorff_alpha)
        ));
    }
    if score.unknown > 0 {
        lines.push(format!("{} labels are of edges that this run does not have", score.unknown));
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
