//! The only SQLite.
