//! Styles of terminal text that several commands share.

use anstyle::Style;

/// Headings.
pub(super) const BOLD: Style = Style::new().bold();
/// Ids and what else matters less.
pub(super) const DIM: Style = Style::new().dimmed();
