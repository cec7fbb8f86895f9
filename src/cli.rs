//! Flags and help text, nothing else: clap's view of the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::Relations;

/// What `--help` says below the options.
const EXIT_CODES: &str = "\
Exit codes:
  0   done (also: nothing new)
  1   internal error
  2   usage or configuration error
  3   partial: some source or record failed, outputs are written
  4   nothing usable, nothing written
  5   a --fail-on condition holds, outputs are written
  75  another run holds the archive

Data goes to stdout, everything else to stderr. What is measured is overlap and order of
publication; no result says that outlets acted together on purpose.";

/// Measures narrative convergence of news outlets: overlap and order, with the evidence.
#[derive(Debug, Parser)]
#[command(name = "fimi", version, after_help = EXIT_CODES, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Flags that every command knows.
    #[command(flatten)]
    pub global: GlobalArgs,
}

/// Flags that every command knows.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    /// Keep archive and configuration in this folder instead of the XDG folders
    #[arg(long, global = true, env = "FIMI_HOME", value_name = "DIR", help_heading = "Global")]
    pub home: Option<PathBuf>,
    /// Read settings from this file instead of the default config.toml
    #[arg(long, global = true, env = "FIMI_CONFIG", value_name = "FILE", help_heading = "Global")]
    pub config: Option<PathBuf>,
    /// Add to or override the built-in outlets with this file (see docs/outlets.md)
    #[arg(
        long,
        global = true,
        env = "FIMI_REGISTRY",
        value_name = "FILE",
        help_heading = "Global"
    )]
    pub registry: Option<PathBuf>,
    /// Worker threads; the result does not depend on it [default: all cores]
    #[arg(long, global = true, env = "FIMI_THREADS", value_name = "N", help_heading = "Global")]
    pub threads: Option<usize>,
    /// Take this as the present time (RFC 3339), so that a run can be repeated
    #[arg(long, global = true, env = "FIMI_NOW", value_name = "TIME", help_heading = "Global")]
    pub now: Option<String>,
    /// Say nothing on success
    #[arg(short, long, global = true, help_heading = "Global")]
    pub quiet: bool,
    /// Say more on stderr (-vv: everything)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Global")]
    pub verbose: u8,
    /// Colour of terminal output
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "Global")]
    pub color: Color,
    /// No progress bars
    #[arg(long, global = true, help_heading = "Global")]
    pub no_progress: bool,
}

/// When to colour terminal output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fetch, analyze and report: the main job
    Scan(ScanArgs),
    /// The main job against recorded sites on loopback; needs no internet
    Demo(DemoArgs),
    /// Update the archive, nothing else
    Fetch(FetchArgs),
    /// Analyze the archive or a file, offline
    Analyze(AnalyzeArgs),
    /// Compare two outlets, or two runs
    Diff(DiffArgs),
    /// Show an article, match, edge, narrative or chain of a run
    Show(ShowArgs),
    /// List the outlets, or ask every source for its health
    Outlets(OutletsArgs),
    /// Take articles from a file into the archive
    Import(ImportArgs),
    /// Write the archive's articles to a file
    Export(ExportArgs),
    /// Read one page and print the article as JSON
    Extract(ExtractArgs),
    /// Shuffle the data at hand: Type-I error and power of the test of outlet pairs
    Calibrate(CalibrateArgs),
    /// Exploratory: infer a network from the times in a file of cascades (NETINF)
    Influence(InfluenceArgs),
    /// Print shell completions
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Which articles, and how they are compared.
#[derive(Debug, Clone, Default, Args)]
pub struct AnalysisArgs {
    /// Articles from this time on: 7d, 36h, 2026-03-01 (00:00 UTC) or RFC 3339
    #[arg(long, env = "FIMI_SINCE", value_name = "TIME")]
    pub since: Option<String>,
    /// Articles before this time
    #[arg(long, env = "FIMI_UNTIL", value_name = "TIME")]
    pub until: Option<String>,
    /// Greatest distance in time of two compared articles: 7d, 36h [default: 7d]
    #[arg(long, env = "FIMI_WINDOW", value_name = "SPAN")]
    pub window: Option<String>,
    /// What is computed; reuse and lexical end with the matches [default: all]
    #[arg(long, env = "FIMI_RELATIONS", value_parser = relations())]
    pub relations: Option<String>,
    /// Take what the last run found in weeks that are over, and leave it to the next: same results, sooner
    #[arg(long)]
    pub incremental: bool,
    /// Output folder
    #[arg(short, long, env = "FIMI_OUT", value_name = "DIR", default_value = "fimi-out")]
    pub out: PathBuf,
    /// Print run.json's summary on stdout instead of the terminal summary
    #[arg(long)]
    pub json: bool,
    /// How they are written.
    #[command(flatten)]
    pub files: FileArgs,
    /// End with exit code 5 if this holds: `edges` (any E1–E3 edge) or `significant` (any pair that is more than chance)
    #[arg(long, value_enum, value_name = "CONDITION")]
    pub fail_on: Vec<FailOn>,
}

/// How output files are written.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct FileArgs {
    /// Keep the whole text of each article in analysis.json, so that `fimi show` can print it
    #[arg(long)]
    pub texts: bool,
    /// CSV files that Excel opens as they are: byte order mark and CRLF
    #[arg(long)]
    pub excel: bool,
    /// Leave CSV text cells as they are, even if a spreadsheet would read them as formulas
    #[arg(long)]
    pub csv_raw: bool,
}

/// Reads the name of a set of relations.
fn relations() -> PossibleValuesParser {
    PossibleValuesParser::new(
        Relations::NAMED.map(|named| PossibleValue::new(named.name).help(named.about)),
    )
}

/// Conditions for exit code 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Any directed edge (E1–E3)
    Edges,
    /// Any outlet pair with the verdict `more_than_chance`
    Significant,
}

/// How sources are asked.
#[derive(Debug, Clone, Default, Args)]
pub struct PollArgs {
    /// Only these outlets (ids or names, comma-separated)
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub outlets: Vec<String>,
    /// Ask sources again that were asked less than the minimum interval ago
    #[arg(long)]
    pub force: bool,
    /// Stop asking after this time and go on with what is there [default: 20m]
    #[arg(long, env = "FIMI_MAX_TIME", value_name = "SPAN")]
    pub max_time: Option<String>,
    /// Pause between two requests to one site [default: 2s]
    #[arg(long, env = "FIMI_HOST_DELAY", value_name = "SPAN")]
    pub host_delay: Option<String>,
    /// Ignore robots.txt; the reason is kept in run.json
    #[arg(long, value_name = "REASON")]
    pub ignore_robots: Option<String>,
    /// Wait this many seconds for another run to release the archive, then end with 75 [default: 0]
    #[arg(long, value_name = "SECONDS")]
    pub wait_lock: Option<u64>,
    /// Treat a partial result as failure: exit code 4 instead of 3, nothing written
    #[arg(long)]
    pub strict: bool,
}

/// `fimi scan`
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Which sources.
    #[command(flatten)]
    pub poll: PollArgs,
    /// Which articles.
    #[command(flatten)]
    pub analysis: AnalysisArgs,
}

/// `fimi demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Keep the demo's archive as demo.db beside the real one, to look at it with SQL
    #[arg(long)]
    pub keep: bool,
    /// Which articles.
    #[command(flatten)]
    pub analysis: AnalysisArgs,
}

/// `fimi fetch`
#[derive(Debug, Args)]
pub struct FetchArgs {
    /// Which sources.
    #[command(flatten)]
    pub poll: PollArgs,
    /// Print one JSON object per source on stdout
    #[arg(long)]
    pub json: bool,
}

/// `fimi analyze`
#[derive(Debug, Args)]
pub struct AnalyzeArgs {
    /// Analyze this file (.jsonl, .csv, .parquet; .gz and .zst too) instead of the archive; `-` is JSONL on stdin
    #[arg(short, long, value_name = "FILE")]
    pub input: Vec<PathBuf>,
    /// Stop at the first unreadable record
    #[arg(long)]
    pub strict: bool,
    /// Which articles.
    #[command(flatten)]
    pub analysis: AnalysisArgs,
}

/// `fimi diff`
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// An outlet (id or name)
    #[arg(requires = "b", required_unless_present = "run")]
    pub a: Option<String>,
    /// The outlet to compare it with
    pub b: Option<String>,
    /// Output folder of a run; give it twice to compare two runs [default: fimi-out]
    #[arg(long, value_name = "DIR")]
    pub run: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print CSV: a row for each narrative, or for each change between two runs
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// `fimi show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Id of an article, match, edge, narrative or chain (its first characters are enough)
    pub id: String,
    /// Output folder of the run
    #[arg(long, value_name = "DIR", default_value = "fimi-out")]
    pub run: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `fimi outlets`
#[derive(Debug, Args)]
pub struct OutletsArgs {
    /// Only these outlets (ids or names)
    pub ids: Vec<String>,
    /// Ask every source for its health
    #[arg(long)]
    pub check: bool,
    /// Pause between two requests to one site [default: 2s]
    #[arg(long, env = "FIMI_HOST_DELAY", value_name = "SPAN")]
    pub host_delay: Option<String>,
    /// Print one JSON object per outlet (with --check: per source)
    #[arg(long)]
    pub json: bool,
}

/// `fimi import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Files: .jsonl, .csv, .parquet (.gz and .zst too), .warc, .html
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Outlet of saved pages that their address does not tell
    #[arg(long, value_name = "ID")]
    pub outlet: Option<String>,
    /// Address of a saved page
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Stop at the first unreadable record
    #[arg(long)]
    pub strict: bool,
}

/// `fimi export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// File to write; its ending chooses the format unless --format does; `-` is stdout
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Format
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// Articles from this time on
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Articles before this time
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// For `coortweet`: the run whose narratives are the shared objects
    #[arg(long, value_name = "DIR", default_value = "fimi-out")]
    pub run: PathBuf,
}

/// Formats of `fimi export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line; can be imported again
    Jsonl,
    /// The same columns as CSV, to be imported again: cells are not guarded against formulas
    Csv,
    /// The same columns as Parquet
    Parquet,
    /// Raw pages as WARC 1.1
    Warc,
    /// CooRTweet's four columns, narratives as the shared objects
    Coortweet,
}

/// `fimi extract`
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Address or file of a page
    #[arg(value_name = "URL|FILE", required_unless_present = "html", conflicts_with = "html")]
    pub page: Option<String>,
    /// A saved page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Its address, which chooses the outlet's rules; without it the canonical address that the page names
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Say which rule gave each field
    #[arg(long)]
    pub explain: bool,
}

/// `fimi influence`
#[derive(Debug, Args)]
pub struct InfluenceArgs {
    /// File of cascades: CSV with the columns cascade, node, time, or NETINF's own text format
    #[arg(long, value_name = "FILE")]
    pub cascades: PathBuf,
    /// Rate of exponential transmission, in 1/unit of time [default: estimated]
    #[arg(long, value_name = "RATE")]
    pub rate: Option<f64>,
    /// Stop after this many edges
    #[arg(long, value_name = "N", group = "stop")]
    pub edges: Option<usize>,
    /// Stop at this share of the gain that all possible edges give [default: 0.9]
    #[arg(long, value_name = "SHARE", group = "stop")]
    pub gain_share: Option<f64>,
    /// Stop with the first edge whose p-value (Vuong's test) is not below this
    #[arg(long, value_name = "P", group = "stop")]
    pub p_value: Option<f64>,
    /// Cascades in which a node must precede the other for an edge to be possible
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_cascades: usize,
}

/// `fimi calibrate`
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Use this file (as `fimi analyze --input`) instead of the archive
    #[arg(short, long, value_name = "FILE")]
    pub input: Vec<PathBuf>,
    /// Articles from this time on
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Articles before this time
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Greatest distance in time of two compared articles: 7d, 36h [default: 7d]
    #[arg(long, value_name = "SPAN")]
    pub window: Option<String>,
    /// Shuffled matrices
    #[arg(long, value_name = "N", default_value_t = crate::significance::DEFAULT_SHUFFLES)]
    pub shuffles: usize,
    /// Matrices with planted copies, for each share
    #[arg(long, value_name = "N", default_value_t = crate::significance::DEFAULT_PLANTED)]
    pub planted: usize,
    /// Seed of the random numbers
    #[arg(long, value_name = "N", default_value_t = crate::significance::DEFAULT_SEED)]
    pub seed: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
