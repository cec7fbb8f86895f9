//! What a shell offers at the tab key beyond commands and flags: outlets and runs. The shell asks this program, so that what
//! is offered is what this version knows.

use std::path::Path;

use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter,
};
use clap_complete::env::{CompleteEnv, Shells};

use crate::cli::Cli;
use crate::outlets;

/// The variable by which a shell asks; it holds the shell's name.
const VARIABLE: &str = "FIMI_COMPLETE";

/// Ids of the built-in outlets, each with its name.
pub(crate) fn outlets() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let registry = outlets::embedded();
        let candidate = |outlet: &crate::model::Outlet| {
            CompletionCandidate::new(&outlet.id).help(Some(outlet.name.clone().into()))
        };
        registry.outlets.iter().map(candidate).collect()
    })
}

/// Folders that hold a run, then other folders, in which one may be.
pub(crate) fn runs() -> ArgValueCompleter {
    let is_run = |path: &Path| path.join("run.json").is_file();
    ArgValueCompleter::new(PathCompleter::any().filter(is_run))
}

/// Answers a shell that asks for completions; `false` if none does.
pub(crate) fn answer() -> clap::error::Result<bool> {
    let here = std::env::current_dir().ok();
    CompleteEnv::with_factory(<Cli as clap::CommandFactory>::command)
        .var(VARIABLE)
        .try_complete(std::env::args_os(), here.as_deref())
}

/// What a shell reads to ask for completions.
///
/// # Errors
///
/// If the shell is not known.
pub(crate) fn script(shell: clap_complete::Shell) -> std::io::Result<Vec<u8>> {
    let shells = Shells::builtins();
    let unknown = || std::io::Error::other(format!("no completions for {shell}"));
    let completer = shells.completer(&shell.to_string()).ok_or_else(unknown)?;
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, "fimi", "fimi", "fimi", &mut script)?;
    Ok(script)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::CommandFactory;

    use super::*;

    fn offered(words: &[&str], folder: &Path) -> Vec<String> {
        let args: Vec<OsString> = words.iter().map(OsString::from).collect();
        let (mut command, last) = (Cli::command(), args.len() - 1);
        let found = clap_complete::engine::complete(&mut command, args, last, Some(folder));
        let text =
            |candidate: &CompletionCandidate| candidate.get_value().to_string_lossy().into_owned();
        found.unwrap().iter().map(text).collect()
    }

    #[test]
    fn outlets_are_offered_wherever_one_is_named() {
        let here = Path::new(".");
        assert_eq!(offered(&["fimi", "diff", "rt", "cgt"], here), ["cgtn"]);
        assert!(offered(&["fimi", "scan", "--outlets", "sput"], here).contains(&"sputnik".into()));
        assert!(
            offered(&["fimi", "scan", "--outlets", "rt,cgt"], here).contains(&"rt,cgtn".into())
        );
        assert!(offered(&["fimi", "outlets", "ta"], here).contains(&"tass".into()));
    }

    #[test]
    fn every_shell_has_a_script() {
        for shell in <clap_complete::Shell as clap::ValueEnum>::value_variants() {
            let script = String::from_utf8(script(*shell).unwrap()).unwrap();
            assert!(script.contains(VARIABLE), "{shell}: {script}");
        }
    }
}
