//! The plan of text reuse as data: which stage reads which tables, grouped and ordered how.

use serde::Serialize;

use super::schema::{CONTRACT, TableColumns};
use super::tables;

/// One stage of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanStage {
    /// Its name, and that of the table that it makes.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// The tables whose rows it reads.
    pub reads: &'static [&'static str],
    /// Columns whose equal values must be in one partition; empty: any partition will do.
    pub key: &'static [&'static str],
    /// Columns by which the rows of a partition are in order; empty: none is needed.
    pub order: &'static [&'static str],
    /// Small tables of all articles that every task gets as a file.
    pub sides: &'static [&'static str],
    /// What is joined to the rows before.
    pub joins: &'static [PlanJoin],
    /// Only one task may run.
    pub is_single: bool,
    /// Columns of its input.
    pub input: TableColumns,
    /// Columns of its output.
    pub output: TableColumns,
}

/// A join to the rows of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PlanJoin {
    /// The table that is joined.
    pub table: &'static str,
    /// Columns of the rows.
    pub on: &'static [&'static str],
    /// The columns of the table that equal them.
    pub to: &'static [&'static str],
    /// What is put behind the names of its columns.
    pub suffix: &'static str,
    /// Rows without a partner go too (`false`) or stay with empty values (`true`).
    pub is_left: bool,
    /// Of several partners the one with the least value of this column counts.
    pub least: Option<&'static str>,
}

const fn with(table: &'static str, on: &'static [&'static str], suffix: &'static str) -> PlanJoin {
    PlanJoin { table, on, to: &["doc"], suffix, is_left: false, least: None }
}

/// The links of an article with itself.
const fn with_links(on: &'static [&'static str], suffix: &'static str) -> PlanJoin {
    PlanJoin { table: "links", on, to: &["a", "b"], suffix, is_left: true, least: None }
}

const MAP: PlanStage = PlanStage {
    name: "",
    about: "",
    reads: &["articles"],
    key: &[],
    order: &[],
    sides: &[],
    joins: &[],
    is_single: false,
    input: tables::ARTICLES,
    output: &[],
};

/// All stages, each after those whose tables it needs.
pub const PLAN: &[PlanStage] = &[
    PlanStage {
        name: "days",
        about: "counts the articles of each outlet and day",
        output: tables::DAYS,
        ..MAP
    },
    PlanStage {
        name: "short",
        about: "collects the texts that are too short to share a gram",
        output: tables::SHORT,
        ..MAP
    },
    PlanStage {
        name: "fingerprint",
        about: "cuts texts into the grams by which they are found",
        sides: &["short"],
        output: tables::GRAMS,
        ..MAP
    },
    PlanStage {
        name: "pairs",
        about: "links the articles that hold a gram",
        reads: &["fingerprint"],
        key: &["gram"],
        order: &["gram", "doc", "at"],
        sides: &["days"],
        input: tables::GRAMS,
        output: tables::PLACES,
        ..MAP
    },
    PlanStage {
        name: "lines",
        about: "cuts out the lines and sentences that may be standing text",
        output: tables::LINES,
        ..MAP
    },
    PlanStage {
        name: "standing",
        about: "finds the lines that are standing text of one outlet",
        reads: &["lines"],
        key: &["unit"],
        order: &["unit", "outlet", "doc", "start"],
        sides: &["days"],
        input: tables::LINES,
        output: tables::PLACES,
        ..MAP
    },
    PlanStage {
        name: "links",
        about: "puts the places of each pair into one row",
        reads: &["pairs", "standing"],
        key: &["a", "b"],
        order: &["a", "b", "at_a", "at_b", "kind"],
        input: tables::PLACES,
        output: tables::LINKS,
        ..MAP
    },
    PlanStage {
        name: "verify",
        about: "compares two texts word by word; a row with a = b is no pair and is left out",
        reads: &["links"],
        key: &["a"],
        order: &["a", "b"],
        joins: &[
            with("articles", &["a"], "_a"),
            with_links(&["a", "a"], "_a"),
            with("articles", &["b"], "_b"),
            with_links(&["b", "b"], "_b"),
        ],
        input: tables::CANDIDATES,
        output: tables::VERIFIED,
        ..MAP
    },
    PlanStage {
        name: "spans",
        about: "sends the stretches of each pair to its two articles",
        reads: &["verify"],
        input: tables::VERIFIED,
        output: tables::SPANS,
        ..MAP
    },
    PlanStage {
        name: "holders",
        about: "finds which wire or control held a passage earlier",
        reads: &["spans"],
        key: &["doc"],
        order: &["doc", "kind", "a", "b", "n"],
        input: tables::SPANS,
        output: tables::HOLDERS,
        ..MAP
    },
    PlanStage {
        name: "judge",
        about: "decides what each passage is",
        reads: &["verify"],
        joins: &[PlanJoin {
            table: "holders",
            on: &["a", "b", "n"],
            to: &["a", "b", "n"],
            suffix: "",
            is_left: true,
            least: Some("holder"),
        }],
        input: tables::HELD,
        output: tables::PASSAGES,
        ..MAP
    },
    PlanStage {
        name: "components",
        about: "joins the articles that share own passages, directly or over others",
        reads: &["judge"],
        is_single: true,
        input: tables::PASSAGES,
        output: tables::COMPONENTS,
        ..MAP
    },
];

/// The stage of this name.
pub fn stage_named(name: &str) -> Option<&'static PlanStage> {
    PLAN.iter().find(|stage| stage.name == name)
}

#[derive(Serialize)]
struct ColumnDescription {
    name: &'static str,
    #[serde(rename = "type")]
    of: super::schema::ColumnType,
}

/// A stage as a program reads it.
#[derive(Serialize)]
struct StageDescription {
    name: &'static str,
    about: &'static str,
    reads: &'static [&'static str],
    key: &'static [&'static str],
    order: &'static [&'static str],
    sides: &'static [&'static str],
    joins: &'static [PlanJoin],
    single: bool,
    input: Vec<ColumnDescription>,
    output: Vec<ColumnDescription>,
}

fn described(stage: &PlanStage) -> StageDescription {
    let columns = |columns: TableColumns| {
        columns.iter().map(|&(name, of)| ColumnDescription { name, of }).collect()
    };
    StageDescription {
        name: stage.name,
        about: stage.about,
        reads: stage.reads,
        key: stage.key,
        order: stage.order,
        sides: stage.sides,
        joins: stage.joins,
        single: stage.is_single,
        input: columns(stage.input),
        output: columns(stage.output),
    }
}

/// `fimi stage NAME --describe`.
pub fn describe_stage(stage: &PlanStage, algo: Option<&str>) -> serde_json::Value {
    serde_json::json!({ "contract": CONTRACT, "algo": algo, "stage": described(stage) })
}

/// `fimi plan --json`.
pub fn describe_plan() -> serde_json::Value {
    let stages: Vec<StageDescription> = PLAN.iter().map(described).collect();
    serde_json::json!({ "contract": CONTRACT, "stages": stages })
}
