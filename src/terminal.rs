//! The terminal: colour, width, and text made safe for it.

use std::io::{IsTerminal, Write};

use anstyle::Style;

use crate::text::sanitize;

/// Headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// Ids and what else matters less.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Columns of text for a file or pipe, which have no width of their own.
const DEFAULT_WIDTH: usize = 100;

/// Columns of the terminal on stdout; 100 for a file or pipe.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

/// Whether progress bars can be drawn: stderr is a terminal, and nobody records it.
pub(crate) fn can_draw() -> bool {
    std::io::stderr().is_terminal() && !in_ci()
}

#[expect(clippy::disallowed_methods, reason = "CI is a property of the terminal, not a setting")]
fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}

/// Says something on stderr, made safe for a terminal.
pub(crate) fn say(text: &str) {
    // With a closed stderr there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
}

/// Says on stderr why the program ends.
pub(crate) fn say_error(text: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {}", printable(text));
}

/// Returns a message as it may reach a terminal: line by line, without what steers one. Messages
/// repeat addresses, headers and titles of others.
pub(crate) fn printable(message: &str) -> String {
    message.lines().map(sanitize::terminal).collect::<Vec<_>>().join("\n")
}

/// Data output: colour is removed where the terminal or the user does not want it.
pub(crate) fn stdout() -> impl Write {
    Stdout(anstream::AutoStream::auto(std::io::stdout()))
}

/// Standard output whose errors say so.
struct Stdout<W>(W);

impl<W: Write> Write for Stdout<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes).map_err(|error| of_stdout(&error))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush().map_err(|error| of_stdout(&error))
    }
}

fn of_stdout(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("cannot write to standard output: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_do_not_steer_the_terminal() {
        assert_eq!(
            printable("a\u{1b}[31mb\u{9b}2Jc\u{202e}d\r\nnext\tword"),
            "a[31mb2Jcd\nnext word"
        );
    }
}
