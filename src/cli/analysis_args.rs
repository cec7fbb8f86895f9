//! The flags of every command that analyzes.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};

use crate::alert::Condition;
use crate::model::Relations;

/// Which articles, and how they are compared.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct AnalysisArgs {
    /// Articles from this time on: 7d, 36h, 2026-03-01 (00:00 UTC) or RFC 3339
    #[arg(long, env = "FIMI_SINCE", value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Articles before this time
    #[arg(long, env = "FIMI_UNTIL", value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Greatest distance in time of two compared articles: 7d, 36h [default: 7d]
    #[arg(long, env = "FIMI_WINDOW", value_name = "SPAN")]
    pub(crate) window: Option<String>,
    /// What is computed; reuse and lexical end with the matches [default: all]
    #[arg(long, env = "FIMI_RELATIONS", value_parser = relations())]
    pub(crate) relations: Option<String>,
    /// Take what the last run found in weeks that are over, and leave it to the next: same results, sooner
    #[arg(long)]
    pub(crate) incremental: bool,
    /// Watch for the narratives of this file (TOML; docs/watchlist.md) instead of the built-in ones; `none` for none
    #[arg(long, env = "FIMI_NARRATIVES", value_name = "FILE")]
    pub(crate) narratives: Option<PathBuf>,
    /// Output folder
    #[arg(short, long, env = "FIMI_OUT", value_name = "DIR", default_value = "fimi-out")]
    pub(crate) out: PathBuf,
    /// Print run.json's summary on stdout instead of the terminal summary
    #[arg(long)]
    pub(crate) json: bool,
    /// How they are written.
    #[command(flatten)]
    pub(crate) files: FileArgs,
    /// Filled-in sheet of `fimi sample`: what it says of these edges goes into run.json and the report; twice for two coders
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Vec<PathBuf>,
    /// What to remember and when to raise an alarm.
    #[command(flatten)]
    pub(crate) desk: DeskArgs,
}

/// What a job that runs every day asks for.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct DeskArgs {
    /// Remember in this file what was reported, and say what is new [default for scan: seen.json beside the archive]
    #[arg(long, env = "FIMI_SEEN", value_name = "FILE", help_heading = "Every day")]
    pub(crate) seen: Option<PathBuf>,
    /// Add the rows of this run, with its id and day, to the growing tables in this folder; a run is added once
    #[arg(long, env = "FIMI_APPEND", value_name = "DIR", help_heading = "Every day")]
    pub(crate) append: Option<PathBuf>,
    /// End with exit code 5 if this holds: edges, significant, "new E1-E3 from ru to cn", 'narrative "Taiwan" outlets>=4', "silent 3d"; docs/operations.md lists them
    #[arg(long, value_name = "CONDITION", help_heading = "Every day")]
    pub(crate) fail_on: Vec<Condition>,
    /// If a --fail-on condition holds, add one line of JSON to this file
    #[arg(long, value_name = "FILE", requires = "fail_on", help_heading = "Every day")]
    pub(crate) alert_file: Option<PathBuf>,
    /// If a --fail-on condition holds, run this command with `sh -c`, the line of JSON on its standard input
    #[arg(long, value_name = "COMMAND", requires = "fail_on", help_heading = "Every day")]
    pub(crate) alert_command: Option<String>,
}

/// How output files are written.
#[expect(clippy::struct_excessive_bools, reason = "switches that do not depend on each other")]
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct FileArgs {
    /// Keep the whole text of each article in analysis.json, so that `fimi show` can print it
    #[arg(long)]
    pub(crate) texts: bool,
    /// CSV files that Excel opens as they are: byte order mark and CRLF
    #[arg(long)]
    pub(crate) excel: bool,
    /// Leave CSV text cells as they are, even if a spreadsheet would read them as formulas
    #[arg(long)]
    pub(crate) csv_raw: bool,
    /// Write every table as Parquet too
    #[arg(long)]
    pub(crate) parquet: bool,
    /// Write matrices of outlets, one row and one column an outlet, for spreadsheets
    #[arg(long)]
    pub(crate) wide: bool,
    /// Write stix.json, a STIX 2.1 bundle of outlets and directed edges: types of the standard alone (plain), or channels and narratives (opencti)
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "plain", value_name = "PROFILE")]
    pub(crate) stix: Option<Stix>,
}

/// Profiles of `stix.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stix {
    /// Types of the standard alone
    Plain,
    /// With OpenCTI's channels and narratives
    Opencti,
}

/// Reads the name of a set of relations.
fn relations() -> PossibleValuesParser {
    PossibleValuesParser::new(
        Relations::NAMED.map(|named| PossibleValue::new(named.name).help(named.about)),
    )
}
