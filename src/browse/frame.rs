//! What every page has round its content: the search field, the ways to the lists, and a word on the run.

use super::library::Library;
use crate::report::wording;
use crate::text::sanitize;

/// The lists that every page leads to: path and name.
const LISTS: [(&str, &str); 9] = [
    ("/", "Run"),
    ("/articles", "Articles"),
    ("/matches", "Matches"),
    ("/passages", "Passages"),
    ("/narratives", "Narratives"),
    ("/edges", "Edges"),
    ("/pairs", "Pairs"),
    ("/chains", "Chains"),
    ("/sources", "Sources"),
];

/// The surroundings of a page.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Title of the page.
    pub(crate) title: String,
    /// What was looked for.
    pub(crate) query: String,
    /// The lists.
    pub(crate) lists: Vec<(&'static str, &'static str)>,
    /// Path of this page.
    pub(crate) at: String,
    /// Version and run.
    pub(crate) foot: String,
}

impl Frame {
    /// The surroundings of the page at `path`.
    pub(crate) fn new(library: &Library, path: &str, query: &str, has_sheet: bool) -> Frame {
        let document = library.document;
        let run = match document.run_id.as_ref() {
            "" => "the archive".to_owned(),
            id => format!("run {}", sanitize::terminal(id)),
        };
        let mut lists = LISTS.to_vec();
        if has_sheet {
            lists.push(("/code", "Coding sheet"));
        }
        Frame {
            title: String::new(),
            query: query.to_owned(),
            lists,
            at: path.to_owned(),
            foot: format!(
                "fimi {} · {run}, {}",
                sanitize::terminal(&document.tool_version),
                wording::window(document.since, document.until)
            ),
        }
    }

    /// The same with a title.
    pub(crate) fn titled(self, title: &str) -> Frame {
        Frame { title: sanitize::terminal(title), ..self }
    }
}
