//! One file a command: read, call, write.

pub mod demo_server;
pub mod extract;
