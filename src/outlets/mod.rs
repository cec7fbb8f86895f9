//! The registry of outlets: data (`outlets.toml`) and its reader.

use crate::model::Registry;

/// Returns the registry that comes with the program.
pub fn embedded() -> Registry {
    Registry::default()
}
