//! Flags of `fimi match` and `fimi stage`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `fimi match`
#[derive(Debug, Args)]
pub(crate) struct MatchArgs {
    /// Files of records (.jsonl, .csv, .parquet; .gz and .zst too)
    #[arg(short, long, value_name = "FILE", required = true)]
    pub(crate) input: Vec<PathBuf>,
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "fimi-match")]
    pub(crate) out: PathBuf,
    /// Folder for the tables between stages; a run that was stopped goes on from them [default: OUT/work]
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
    /// Memory to use, such as 4GiB
    #[arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = bytes)]
    pub(crate) memory: usize,
    /// End after this stage (articles: when the articles are numbered), and leave its table
    #[arg(long, value_name = "STAGE")]
    pub(crate) until: Option<String>,
    /// Stop at the first unreadable record
    #[arg(long)]
    pub(crate) strict: bool,
}

/// `fimi stage`
#[derive(Debug, Args)]
pub(crate) struct StageArgs {
    /// Which stage; `fimi plan` lists them
    pub(crate) name: String,
    /// Parameters of the run: the file params.json that `fimi match` writes
    #[arg(long, value_name = "FILE", required_unless_present = "describe")]
    pub(crate) params: Option<PathBuf>,
    /// All rows of stage `days`, as Arrow IPC
    #[arg(long, value_name = "FILE")]
    pub(crate) days: Option<PathBuf>,
    /// All rows of stage `short`, as Arrow IPC
    #[arg(long, value_name = "FILE")]
    pub(crate) short: Option<PathBuf>,
    /// Sort the rows if they are not in order (the default)
    #[arg(long, conflicts_with = "input_order")]
    pub(crate) sort: bool,
    /// What is promised of the input; rows that are not in this order end the stage with 65
    #[arg(long, value_enum, value_name = "ORDER")]
    pub(crate) input_order: Option<InputOrder>,
    /// Memory for sorting, such as 512MiB
    #[arg(long, value_name = "SIZE", default_value = "512MiB", value_parser = bytes)]
    pub(crate) mem: usize,
    /// Folder for what does not fit [default: that of the system]
    #[arg(long, value_name = "DIR")]
    pub(crate) tmp: Option<PathBuf>,
    /// Write rows and distinct keys of the partition to stderr: over all partitions the keys must add up
    #[arg(long)]
    pub(crate) audit: bool,
    /// Print columns, grouping, order, algorithm and version of the contract as JSON, and end
    #[arg(long)]
    pub(crate) describe: bool,
}

/// What is promised of the order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputOrder {
    /// By the columns that `--describe` names.
    Sorted,
}

/// Reads a size: `512MiB`, `4GiB`, or bytes.
fn bytes(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" | "kb" => 1 << 10,
        "m" | "mib" | "mb" => 1 << 20,
        "g" | "gib" | "gb" => 1 << 30,
        _ => return Err("give a size such as 512MiB or 4GiB".to_owned()),
    };
    let size = digits.trim().parse::<usize>().ok().and_then(|size| size.checked_mul(unit));
    size.filter(|size| *size >= 1 << 20).ok_or_else(|| "give a size of 1MiB or more".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(bytes("4GiB"), Ok(4 << 30));
        assert_eq!(bytes("512m"), Ok(512 << 20));
        assert_eq!(bytes("2097152"), Ok(2 << 20));
        for wrong in ["", "4 TiB", "GiB", "-1", "0", "99999999999999999999G"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
