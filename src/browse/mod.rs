//! `fimi browse`: a run as pages on this machine. Every article, match, narrative, edge, pair, chain, outlet and source has an
//! address; every list can be narrowed and saved as CSV.
//!
//! [`Site::answer`] is pure but for the coding sheet: a request in, a reply out. [`serve`] puts it on loopback.

mod details;
mod frame;
mod library;
mod links;
mod listing;
mod lists;
mod overview;
mod pair_lists;
mod request;
mod search;
pub(crate) mod serve;
mod sheet;
mod sides;

pub(crate) use library::{ArticleFilter, Library, at};
pub(crate) use request::{Fields, Reply, Request};
pub(crate) use search::Query;
pub(crate) use sheet::Sheet;

use frame::Frame;

/// The style of the report, which the pages share, and what they need beyond it.
const STYLE: &str =
    concat!(include_str!("../report/templates/report.css"), include_str!("templates/browse.css"));
/// The keys of the coding sheet: the only script.
const CODE_KEYS: &str = include_str!("templates/code.js");

/// All pages of a run.
pub(crate) struct Site {
    /// The run.
    pub(crate) library: Library,
    /// A sheet to be filled in, if one was given.
    pub(crate) sheet: Option<Sheet>,
    /// What a form must hold that wants to write.
    pub(crate) token: String,
}

impl Site {
    /// Answers a request; whatever is asked for, there is a page.
    pub(crate) fn answer(&self, request: &Request) -> Reply {
        let fields = &request.fields;
        let query = if request.path == "/articles" { fields.get("q") } else { "" };
        let frame = Frame::new(&self.library, &request.path, query, self.sheet.is_some());
        let answer = if request.is_post {
            self.write(request, &frame)
        } else {
            self.read(&request.path, fields, &frame)
        };
        match answer {
            Ok(Some(reply)) => reply,
            Ok(None) => details::problem(frame, 404, "There is no such page in this run"),
            Err(error) => {
                details::problem(frame, 500, &format!("This page could not be made: {error:#}"))
            }
        }
    }

    fn read(&self, path: &str, fields: &Fields, frame: &Frame) -> anyhow::Result<Option<Reply>> {
        let (library, id) = (&self.library, fields.get("id"));
        let listed = |listing: listing::Listing| Some(listing.reply(frame.clone(), fields));
        Ok(match path {
            "/" => Some(details::run(library, frame.clone())),
            "/style.css" => Some(Reply::asset("text/css; charset=utf-8", STYLE)),
            "/code.js" => Some(Reply::asset("text/javascript; charset=utf-8", CODE_KEYS)),
            "/articles" => {
                // Somebody who has an id at hand types it into the search field.
                match details::find(library, fields.get("q")) {
                    Some(place) if fields.get("format").is_empty() => Some(Reply::see(place)),
                    _ => listed(lists::articles(library, fields)?),
                }
            }
            "/matches" => listed(lists::matches(library, fields)),
            "/passages" => listed(lists::passages(library, fields)),
            "/narratives" => listed(lists::narratives(library, fields)),
            "/edges" => listed(lists::edges(library, fields)),
            "/pairs" => listed(pair_lists::pairs(library, fields)),
            "/chains" => listed(pair_lists::chains(library)),
            "/sources" => listed(pair_lists::sources(library, fields)),
            "/article" => details::article(library, frame.clone(), id),
            "/match" => details::matched(library, frame.clone(), id),
            "/narrative" => details::narrative(library, frame.clone(), id),
            "/edge" => details::edge(library, frame.clone(), id),
            "/chain" => details::chain(library, frame.clone(), id),
            "/outlet" => details::outlet(library, frame.clone(), id),
            "/pair" => details::pair(library, frame.clone(), fields.get("a"), fields.get("b")),
            "/code" => {
                self.sheet.as_ref().map(|sheet| sheet.page(frame.clone(), fields, &self.token))
            }
            _ => None,
        })
    }

    fn write(&self, request: &Request, frame: &Frame) -> anyhow::Result<Option<Reply>> {
        let Some(sheet) = self.sheet.as_ref().filter(|_| request.path == "/code") else {
            return Ok(None);
        };
        if !equal(request.fields.get("token"), &self.token) {
            let text = "Nothing was written: this form is not of the page that is served now";
            return Ok(Some(details::problem(frame.clone(), 403, text)));
        }
        Ok(Some(match sheet.label(&request.fields)? {
            Ok(reply) => reply,
            Err(problem) => details::problem(frame.clone(), 400, &problem),
        }))
    }
}

/// Compares without stopping at the first difference, so that a token cannot be guessed by the time that it takes.
fn equal(given: &str, token: &str) -> bool {
    let differences = given.bytes().zip(token.bytes()).filter(|(a, b)| a != b).count();
    given.len() == token.len() && differences == 0 && !token.is_empty()
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
