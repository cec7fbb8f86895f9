//! The only network and the only async code.
