//! The articles of a run, in order, and the days on which they appeared.

mod calendar;
mod order;

pub use calendar::*;
pub use order::in_order;
