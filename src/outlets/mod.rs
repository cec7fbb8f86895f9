//! The registry of outlets: data (`outlets.toml`, embedded), its reader and its checker.
//!
//! [`embedded`] is what the program knows by itself; [`with_file`] lays a user's file over it, field
//! by field, and names file, line and key of every mistake; [`problems()`] judges the result as a
//! whole. `docs/outlets.md` is the guide for people. Nothing here asks the network or the disk.

mod check;
mod entries;
mod file;
mod problems;
mod write;

pub use file::{Mistake, RegistryError};
pub use problems::{Problem, problems};
pub use write::difference;

use crate::model::{Outlet, Registry};

/// The registry that is compiled in.
const EMBEDDED: &str = include_str!("outlets.toml");

/// Returns the registry that comes with the program.
///
/// Reads about a thousand lines of TOML: a few milliseconds, so call it once.
///
/// # Panics
///
/// Never: a test of this module reads the same constant.
pub fn embedded() -> Registry {
    with_file(Registry::default(), EMBEDDED, "src/outlets/outlets.toml")
        .unwrap_or_else(|error| unreachable!("the embedded registry is tested: {error}"))
}

/// Lays the outlets of a registry file over `base`.
///
/// An outlet whose id `base` knows is overridden field by field, its editions and page rules too (by
/// edition id and rule name); lists are replaced, except by the `add_` keys. Other outlets are added.
/// `path` only names the file in messages.
///
/// # Errors
///
/// All mistakes of the file, each with line, key and what to do; a syntax error ends the reading, so
/// it comes alone.
pub fn with_file(base: Registry, text: &str, path: &str) -> Result<Registry, RegistryError> {
    file::read(text)
        .and_then(|file| entries::lay_over(base, &file, text))
        .map_err(|mistakes| RegistryError { path: path.to_owned(), mistakes })
}

/// Returns the outlet that people call `name`: by id, name or alias, without regard to case, spaces
/// or punctuation (`Global Times`, `global_times` and `GlobalTimes` are one).
///
/// For names in imported records and on the command line, never for names inside an article's text.
pub fn find<'a>(registry: &'a Registry, name: &str) -> Option<&'a Outlet> {
    let wanted = bare(name);
    let is_called = |outlet: &&Outlet| {
        let mut names = std::iter::once(&outlet.name).chain(&outlet.aliases);
        names.any(|alias| bare(alias) == wanted)
    };
    registry
        .get(name)
        .or_else(|| registry.outlets.iter().find(|outlet| bare(&outlet.id) == wanted))
        .or_else(|| registry.outlets.iter().find(is_called))
        .filter(|_| !wanted.is_empty())
}

/// Returns the name that `wanted` is most likely a misspelling of, if it is like any; of equals the
/// first in the alphabet.
pub fn closest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Jaro-Winkler similarity from which two names count as one mistyped; a guess that separates
    /// `langauge`/`language` (0.97) from neighbours such as `title`/`role` (0.48).
    const ALIKE: f64 = 0.8;
    names
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(score, _)| *score >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// The letters and digits of a name, in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
