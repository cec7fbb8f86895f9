//! Ground floor: words, terms, sentences, quotations, written times. Knows no stage.
//!
//! Everything here is a pure function of a text (and sometimes its language), works in every script
//! and never fails: a damaged or strange text gives fewer or odder words, not an error. Offsets are
//! byte offsets into the text that was given, on character borders.

mod attribution;
mod bytes;
pub(crate) mod case_forms;
pub(crate) mod charset;
pub mod count;
mod fold;
mod han_variants;
mod homoglyphs;
pub(crate) mod languages;
mod mojibake;
pub(crate) mod moment;
pub mod places;
mod quotations;
mod running;
pub(crate) mod sanitize;
mod sentences;
pub mod span;
mod stop;
mod terms;
mod unmarked_quotations;
mod words;

pub use attribution::{attributes, is_attributed, is_attribution};
pub use bytes::find_byte;
pub(crate) use bytes::{WIDE, bits, first_wide, is_alphanumeric, is_lead, padded_with_zeros};
pub use fold::{fold, has_unsegmented, is_unsegmented};
pub(crate) use han_variants::simplify;
pub use quotations::quotations;
pub use running::{Running, for_each_phrase, hash_of_run, join, join_as_written, running, span_of};
pub use sentences::sentences;
pub use stop::{StopWords, is_stop_word};
pub use terms::{Term, stem, term_of, terms};
pub use words::{Word, for_each_hash, words};
