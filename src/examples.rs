//! What `--help` of a command shows below its options: commands that can be copied. A test reads each of them.

/// `fimi scan`
pub(crate) const SCAN: &str = "\
Examples:
  fimi scan --since 3d --out scan
  fimi scan --outlets rt,cgtn,tass,reuters --out four
  fimi scan --state ru,cn --dry-run
  fimi scan -q --since 26h --out daily --fail-on significant";

/// `fimi demo`
pub(crate) const DEMO: &str = "\
Examples:
  fimi demo --out demo-report
  fimi demo --texts --out demo-report";

/// `fimi fetch`
pub(crate) const FETCH: &str = "\
Examples:
  fimi fetch
  fimi fetch --state ru,cn --max-time 10m";

/// `fimi analyze`
pub(crate) const ANALYZE: &str = "\
Examples:
  fimi analyze --since 2026-01-01 --until 2026-04-01 --out q1
  fimi analyze --input corpus.jsonl --texts --out run
  fimi analyze --since 1d --incremental --out today";

/// `fimi match`
pub(crate) const MATCH: &str = "\
Examples:
  fimi match -i news.jsonl.zst --memory 4GiB
  fimi match -i 2025.parquet -i 2026.parquet --out shared --work /scratch/fimi
  fimi match -i news.jsonl --until articles --work tables";

/// `fimi stage`
pub(crate) const STAGE: &str = "\
Examples:
  fimi stage fingerprint --describe
  fimi stage fingerprint --params params.json --short short.arrow < articles.arrow > grams.arrow
  fimi stage pairs --params params.json --days days.arrow --mem 512MiB < grams.arrow > pairs.arrow

Exit codes: 0 done, 64 usage, 65 data or contract, 70 defect, 74 input or output. Output counts only
with its end-of-stream marker and exit code 0.";

/// `fimi diff`
pub(crate) const DIFF: &str = "\
Examples:
  fimi diff rt cgtn --run q1
  fimi diff rt cgtn --run q1 --csv
  fimi diff --run monday --run tuesday";

/// `fimi show`
pub(crate) const SHOW: &str = "\
Examples:
  fimi show gsmi475y --run q1
  fimi show gsmi475y --run q1 --json";

/// `fimi browse`
pub(crate) const BROWSE: &str = "\
Examples:
  fimi browse q1
  fimi browse --archive
  fimi browse q1 --sheet fimi-sample.csv";

/// `fimi find`
pub(crate) const FIND: &str = "\
Examples:
  fimi find grain corridor --run q1
  fimi find biolab* --outlet rt --since 2026-03-01 --csv
  fimi find -- sanctions -gas";

/// `fimi outlets`
pub(crate) const OUTLETS: &str = "\
Examples:
  fimi outlets
  fimi outlets rt cgtn --check";

/// `fimi import`
pub(crate) const IMPORT: &str = "\
Examples:
  fimi import corpus.jsonl.gz
  fimi import page.html --url https://www.rt.com/news/1-x/";

/// `fimi export`
pub(crate) const EXPORT: &str = "\
Examples:
  fimi export articles.parquet --since 30d
  fimi export shares.csv --format coortweet --run q1";

/// `fimi extract`
pub(crate) const EXTRACT: &str = "\
Examples:
  fimi extract page.html --url https://www.rt.com/news/1-x/ --explain";

/// `fimi calibrate`
pub(crate) const CALIBRATE: &str = "\
Examples:
  fimi calibrate --since 2026-01-01
  fimi calibrate --input corpus.jsonl --json";

/// `fimi sample`
pub(crate) const SAMPLE: &str = "\
Examples:
  fimi sample --run q1 --size 30 --out sheet
  fimi sample --run q1 --read anna.csv --read ben.csv";

/// `fimi influence`
pub(crate) const INFLUENCE: &str = "\
Examples:
  fimi influence --cascades cascades.csv --edges 20";

/// `fimi config`
pub(crate) const CONFIG: &str = "\
Examples:
  fimi config show
  fimi config show --origin";

/// `fimi man`
pub(crate) const MAN: &str = "\
Examples:
  fimi man
  fimi man --dir man";

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use crate::cli::Cli;

    #[test]
    fn every_command_has_examples_that_can_be_run() {
        let mut read = 0;
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            let Some(help) = command.get_after_help().map(ToString::to_string) else {
                // What others may yet add, and what a shell calls.
                assert!(["completions", "help"].contains(&name) || read > 0, "{name}");
                continue;
            };
            for line in help.lines().filter(|line| line.starts_with("  fimi ")) {
                // What a shell does with the streams is not of the program.
                let own = line.split(" < ").next().unwrap_or(line);
                let words: Vec<&str> = own.split_whitespace().collect();
                assert_eq!(words.get(1), Some(&name), "{line}");
                let parsed = Cli::try_parse_from(&words);
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
                read += 1;
            }
        }
        assert!(read >= 30, "{read}");
    }
}
