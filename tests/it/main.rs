//! Integration tests: one binary, one module a part.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod archive;
