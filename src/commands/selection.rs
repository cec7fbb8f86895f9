//! Which outlets a command is about.

use std::collections::BTreeSet;

use crate::cli::PollArgs;
use crate::exit::UserError;
use crate::model::{Outlet, PollSet, Registry};
use crate::outlets;

/// Returns the ids of the outlets that people call `names`; none for no names, which means all.
///
/// # Errors
///
/// If the registry has no such outlet; the message names the closest id.
pub(super) fn outlet_ids(
    registry: &Registry,
    names: &[String],
) -> anyhow::Result<Option<Vec<String>>> {
    let id = |name: &String| {
        if name.trim().is_empty() {
            return Err(UserError::usage("an outlet without a name: write them as rt,tass"));
        }
        if let Some(outlet) = outlets::find(registry, name) {
            return Ok(outlet.id.clone());
        }
        let ids = registry.outlets.iter().map(|outlet| outlet.id.as_str());
        let hint = match outlets::closest(name, ids) {
            Some(other) => format!("did you mean `{other}`?"),
            None => String::from("`fimi outlets` lists them"),
        };
        Err(UserError::usage(format!("no outlet `{name}`; {hint}")))
    };
    let ids: Vec<String> = names.iter().map(id).collect::<Result<_, _>>()?;
    Ok((!ids.is_empty()).then_some(ids))
}

/// Returns the outlets that a run asks: those named, else those of the set, the states and the languages; `None` for the
/// whole registry.
///
/// # Errors
///
/// If an outlet is not in the registry, or no outlet is of that state or language.
pub(super) fn polled_ids(
    registry: &Registry,
    args: &PollArgs,
) -> anyhow::Result<Option<Vec<String>>> {
    if let Some(named) = outlet_ids(registry, &args.outlets)? {
        return Ok(Some(named));
    }
    let is_narrowed = !args.state.is_empty() || !args.language.is_empty();
    let set = args.set.unwrap_or(if is_narrowed { PollSet::Full } else { PollSet::Default });
    let outlets = &registry.outlets;
    one_of("state", &args.state, outlets.iter().filter_map(|outlet| outlet.state.as_deref()))?;
    one_of("language", &args.language, outlets.iter().flat_map(polled_languages))?;
    let is_wanted = |outlet: &&Outlet| {
        (set == PollSet::Full || outlet.set == PollSet::Default)
            && is_among(&args.state, outlet.state.as_deref())
            && is_among(&args.language, polled_languages(outlet))
    };
    let wanted: Vec<String> = outlets.iter().filter(is_wanted).map(|o| o.id.clone()).collect();
    if wanted.is_empty() {
        return Err(
            UserError::usage("no outlet of the registry is of that state and language").into()
        );
    }
    Ok((wanted.len() < outlets.len()).then_some(wanted))
}

/// Languages of an outlet's editions that have a source.
fn polled_languages(outlet: &Outlet) -> impl Iterator<Item = &str> {
    let polled = outlet.editions.iter().filter(|edition| !edition.sources.is_empty());
    polled.map(|edition| edition.language.as_str())
}

/// Whether nothing is wanted, or one of these is.
fn is_among<'a>(wanted: &[String], codes: impl IntoIterator<Item = &'a str>) -> bool {
    let mut codes = codes.into_iter();
    wanted.is_empty() || codes.any(|code| wanted.iter().any(|w| w.eq_ignore_ascii_case(code)))
}

/// Checks that each code is one of those that the registry has.
fn one_of<'a>(
    what: &str,
    wanted: &[String],
    known: impl Iterator<Item = &'a str>,
) -> anyhow::Result<()> {
    let known: BTreeSet<&str> = known.collect();
    for code in wanted {
        if !known.iter().any(|known| known.eq_ignore_ascii_case(code)) {
            let known: Vec<&str> = known.into_iter().collect();
            return Err(UserError::usage(format!(
                "no outlet of {what} `{code}`; the registry has {}",
                known.join(" ")
            ))
            .into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_outlet_gets_a_hint() {
        let registry = outlets::embedded();
        let ids = |name: &str| outlet_ids(&registry, &[name.to_owned()]).map_err(|e| e.to_string());
        assert!(ids("sputink").unwrap_err().contains("did you mean `sputnik`"));
        assert!(ids("zzz").unwrap_err().contains("fimi outlets"));
        assert_eq!(ids("Global Times"), Ok(Some(vec!["globaltimes".into()])));
        assert_eq!(outlet_ids(&registry, &[]).unwrap(), None);
    }

    #[test]
    fn sets_states_and_languages_choose_outlets() {
        let registry = outlets::embedded();
        let ids = |set, states: &[&str], languages: &[&str]| {
            let own = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect();
            let args = PollArgs {
                set,
                state: own(states),
                language: own(languages),
                ..PollArgs::default()
            };
            polled_ids(&registry, &args).map_err(|error| error.to_string())
        };
        let of = |id: &str| registry.get(id).unwrap();
        assert_eq!(ids(Some(PollSet::Full), &[], &[]), Ok(None));
        let default = ids(None, &[], &[]).unwrap().unwrap();
        assert!(default.iter().all(|id| of(id).set == PollSet::Default));
        let two = ids(None, &["ru", "CN"], &[]).unwrap().unwrap();
        assert!(two.contains(&"rt".to_owned()) && two.contains(&"cgtn".to_owned()));
        assert!(two.iter().all(|id| matches!(of(id).state.as_deref(), Some("RU" | "CN"))));
        let spanish = ids(None, &[], &["es"]).unwrap().unwrap();
        assert!(spanish.iter().all(|id| polled_languages(of(id)).any(|code| code == "es")));
        let narrow = ids(Some(PollSet::Default), &["ru"], &["es"]).unwrap().unwrap();
        assert!(narrow.contains(&"rt".to_owned()));
        assert!(ids(None, &["zz"], &[]).unwrap_err().starts_with("no outlet of state `zz`"));
        assert!(ids(None, &[], &["xx"]).unwrap_err().starts_with("no outlet of language `xx`"));
    }
}
