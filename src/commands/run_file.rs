//! `run.json`: how the files of an output directory came about.

use std::collections::BTreeMap;

use serde::Serialize;

use super::incremental;
use crate::alert::Alert;
use crate::cli::Flags;
use crate::config::{Period, Setting};
use crate::fetch::FetchConfig;
use crate::formats::InputFile;
use crate::model::Analysis;
use crate::pipeline::AnalyzeConfig;
use crate::report::{NewEdge, News};
use crate::sample::Score;
use crate::stopwatch::StageCost;

/// Version of the layout of `run.json`.
pub(super) const RUN_SCHEMA_VERSION: u32 = 1;

/// `run.json`: how the files beside it came about. All but `measured` is the same in each run on
/// the same input with the same settings.
#[derive(Serialize)]
pub(super) struct RunFile<'a> {
    pub(super) schema_version: u32,
    pub(super) run_id: &'a str,
    pub(super) tool: &'static str,
    pub(super) tool_version: &'static str,
    pub(super) command: &'static str,
    pub(super) period: Period,
    pub(super) registry: RegistryFile<'a>,
    pub(super) settings: &'a BTreeMap<&'static str, Setting>,
    pub(super) analysis: &'a AnalyzeConfig,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fetch: Option<&'a FetchConfig>,
    pub(super) inputs: &'a [InputFile],
    pub(super) counts: BTreeMap<&'static str, usize>,
    pub(super) notes: &'a [String],
    /// What people say of the edges, with `--labels`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sample: Option<Score>,
    /// What is new, with `--seen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) news: Option<NewsCounts<'a>>,
    /// Conditions of `--fail-on`.
    pub(super) fail_on: Vec<&'a str>,
    /// Those that hold.
    pub(super) alerts: &'a [Alert],
    pub(super) partial: bool,
    pub(super) outputs: Vec<OutputFile<'a>>,
    pub(super) measured: Measured<'a>,
}

/// The outlets that were known.
#[derive(Serialize)]
pub(super) struct RegistryFile<'a> {
    /// SHA-256 of the registry in use, as JSON: built-in outlets, those of the user's file, and those that only records name.
    pub(super) sha256: String,
    /// Number of outlets.
    pub(super) outlets: usize,
    /// The user's file.
    pub(super) file: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct OutputFile<'a> {
    pub(super) name: &'a str,
    pub(super) bytes: u64,
    pub(super) sha256: &'a str,
}

/// What is new since the last run.
#[derive(Serialize)]
pub(super) struct NewsCounts<'a> {
    /// `first_run`, `nothing_new` or `new`.
    pub(super) state: &'static str,
    /// The run that is compared with.
    pub(super) since_run: Option<&'a str>,
    /// Its day.
    pub(super) since_day: Option<chrono::NaiveDate>,
    /// New edges of grade E1 to E3.
    pub(super) directed_edges: usize,
    /// New edges of any grade.
    pub(super) edges: usize,
    /// Narratives that are new or have reached an outlet.
    pub(super) narratives: usize,
}

impl<'a> NewsCounts<'a> {
    /// Counts what is new.
    pub(super) fn new(news: &'a News, analysis: &Analysis) -> NewsCounts<'a> {
        let is_directed = |new: &&NewEdge| analysis.diffusion.edges[new.edge].grade.is_directed();
        let before = news.before.as_ref();
        NewsCounts {
            state: match before {
                None => "first_run",
                Some(_) if news.is_empty() => "nothing_new",
                Some(_) => "new",
            },
            since_run: before.map(|run| run.run_id.as_str()),
            since_day: before.map(|run| run.day),
            directed_edges: news.edges.iter().filter(is_directed).count(),
            edges: news.edges.len(),
            narratives: news.narratives.len(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Measured<'a> {
    pub(super) threads: usize,
    /// Every flag with where its value comes from; what follows for the analysis is in `settings`.
    pub(super) flags: &'a Flags,
    /// With `--incremental`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) weeks: Option<incremental::Weeks>,
    pub(super) stages: &'a [StageCost],
    /// What writing each file took, within the last stage.
    pub(super) files: &'a [StageCost],
}
