//! Where the value of each flag comes from: what `run.json` keeps of the command line.

use std::collections::BTreeMap;

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde::Serialize;

/// Flags whose values may hold a secret: a webhook's address, a token in a command.
const SECRET: [&str; 1] = ["alert_command"];

/// The flags of a command, by their names without dashes.
pub(crate) type Flags = BTreeMap<String, Flag>;

/// A flag with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Flag {
    /// The value as given; several with commas between them.
    pub(crate) value: String,
    /// Where it comes from.
    pub(crate) origin: FlagOrigin,
}

/// Where the value of a flag comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FlagOrigin {
    /// It was given.
    CommandLine,
    /// A variable `FIMI_...`.
    Environment,
    /// The flag's own default.
    Default,
}

/// Every flag of the command that has a value. What has none is decided by the configuration file or built in, which the
/// settings say.
pub(crate) fn flags(matches: &ArgMatches) -> Flags {
    let mut command = matches;
    while let Some((_, inner)) = command.subcommand() {
        command = inner;
    }
    let flag = |id: &str| {
        let origin = match command.value_source(id)? {
            ValueSource::CommandLine => FlagOrigin::CommandLine,
            ValueSource::EnvVariable => FlagOrigin::Environment,
            _ => FlagOrigin::Default,
        };
        let values: Vec<String> = if SECRET.contains(&id) {
            vec!["(not kept)".to_owned()]
        } else {
            let values = command.try_get_raw(id).ok()??;
            values.map(|value| value.to_string_lossy().into_owned()).collect()
        };
        Some((id.to_owned(), Flag { value: values.join(","), origin }))
    };
    command.ids().filter_map(|id| flag(id.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_flag_has_a_value_and_an_origin() {
        let words = ["fimi", "scan", "--outlets", "rt,cgtn", "--out", "o", "-q"];
        let words =
            words.into_iter().chain(["--fail-on", "edges", "--alert-command", "post TOKEN"]);
        let flags = flags(&Cli::command().get_matches_from(words));
        let is = |name: &str, value: &str, origin| {
            assert_eq!(flags[name], Flag { value: value.into(), origin }, "{name}");
        };
        is("outlets", "rt,cgtn", FlagOrigin::CommandLine);
        is("out", "o", FlagOrigin::CommandLine);
        is("quiet", "true", FlagOrigin::CommandLine);
        is("color", "auto", FlagOrigin::Default);
        is("force", "false", FlagOrigin::Default);
        is("alert_command", "(not kept)", FlagOrigin::CommandLine);
        assert!(!flags.contains_key("since") && !flags.contains_key("AnalysisArgs"), "{flags:?}");
    }
}
