//! A tiny HTTP server on loopback that plays the recorded sites of `fixtures/demo`.
//!
//! Every site of the demo is served from one port; the `Host` header says which one is meant. The
//! sites are embedded in the program, so that `fimi demo` needs no other file. What to do with the
//! port (dial it for every host, poll twice, analyze) is the business of the `demo` command.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::ids::sha256_hex;
use crate::model::{Outlet, Registry};
use crate::outlets::{self, RegistryError};
use crate::watchlist::{Codebook, CodebookError};

/// The recorded sites, in `poll-1/HOST/path` and `poll-2/HOST/path`.
static SITES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/demo");

/// The registry file of the demo: built-in outlets, moved to hosts under `.example`.
const REGISTRY: &str = include_str!("../../fixtures/demo/outlets.toml");
/// What is watched for in them.
const NARRATIVES: &str = include_str!("../../fixtures/demo/narratives.toml");

/// Addresses that do not simply answer with their file: challenge pages, errors.
const RESPONSES: &str = include_str!("../../fixtures/demo/responses.toml");

/// Longest request head that is read, in bytes; the fetcher's are under one kilobyte.
const HEAD_LIMIT: u64 = 16 * 1024;

/// A client that says nothing for this long is dropped, so that no thread outlives the demo for long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Seconds from the Unix epoch to the first poll, 2026-03-04T12:00:00Z.
const FIRST_POLL: i64 = 1_772_625_600;
/// Seconds from the Unix epoch to the second poll, 2026-03-06T23:00:00Z.
const SECOND_POLL: i64 = 1_772_838_000;

/// The two moments at which the sites were recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Poll {
    /// 2026-03-04T12:00:00Z.
    First,
    /// 2026-03-06T23:00:00Z: later articles, and one edited one. What did not change since the
    /// first poll is served from there.
    Second,
}

impl Poll {
    /// The moment of the poll, which stands for "now" while it is fetched.
    pub(crate) fn at(self) -> DateTime<Utc> {
        let seconds = match self {
            Poll::First => FIRST_POLL,
            Poll::Second => SECOND_POLL,
        };
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn number(self) -> u8 {
        match self {
            Poll::First => 1,
            Poll::Second => 2,
        }
    }
}

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub(crate) struct DemoServer {
    addr: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

impl DemoServer {
    /// The loopback address to dial for every host of the demo.
    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Serves the sites as they were at `poll` from the next request on.
    pub(crate) fn set_poll(&self, poll: Poll) {
        self.shared.poll.store(poll.number(), Ordering::SeqCst);
    }
}

impl Drop for DemoServer {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // The accepting thread sleeps in `accept`; a connection wakes it.
        let woken = TcpStream::connect_timeout(&self.addr, PATIENCE).is_ok();
        if let Some(thread) = self.accepting.take().filter(|_| woken) {
            let _ = thread.join();
        }
    }
}

/// Returns the outlets of the demo: the built-in ones as `fixtures/demo/outlets.toml` moves them,
/// without those that have no recorded site.
///
/// # Errors
///
/// If that file is not a valid registry.
pub(crate) fn registry() -> Result<Registry, RegistryError> {
    let all = outlets::with_file(outlets::embedded(), REGISTRY, "fixtures/demo/outlets.toml")?;
    let recorded = |outlet: &Outlet| outlet.domains.iter().all(|d| d.ends_with(".example"));
    Ok(Registry::new(all.outlets.into_iter().filter(recorded)))
}

/// Returns what the demo watches for, if the user names no file of his own.
///
/// # Errors
///
/// If the file is damaged.
pub(crate) fn codebook() -> Result<Codebook, CodebookError> {
    Codebook::from_toml(NARRATIVES, "fixtures/demo/narratives.toml")
}

/// Starts serving the recorded sites on a free port of 127.0.0.1.
///
/// # Errors
///
/// If no port can be bound or no thread started, or if `responses.toml` is not valid.
pub(crate) fn serve(poll: Poll) -> io::Result<DemoServer> {
    let special: Special =
        toml::from_str(RESPONSES).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let addr = listener.local_addr()?;
    let shared = Arc::new(Shared {
        poll: AtomicU8::new(poll.number()),
        stopping: AtomicBool::new(false),
        special: special.response,
        served: Mutex::new(BTreeMap::new()),
    });
    let for_thread = Arc::clone(&shared);
    let accepting = thread::Builder::new()
        .name("demo-server".into())
        .spawn(move || accept(&listener, &for_thread))?;
    Ok(DemoServer { addr, shared, accepting: Some(accepting) })
}

/// What the threads of one server share.
#[derive(Debug)]
struct Shared {
    poll: AtomicU8,
    stopping: AtomicBool,
    special: Vec<SpecialResponse>,
    /// How often each special response was given, by its position.
    served: Mutex<BTreeMap<usize, u32>>,
}

/// The content of `responses.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Special {
    response: Vec<SpecialResponse>,
}

/// One address that answers out of the ordinary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpecialResponse {
    /// The whole address, `http://HOST/path`.
    url: String,
    /// In which polls; every one if empty.
    #[serde(default)]
    polls: Vec<u8>,
    /// Only the first so many requests; all if missing.
    times: Option<u32>,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// File below `fixtures/demo` that is sent; an empty body if missing.
    body: Option<String>,
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        // Without a thread the connection is closed, and the client sees a failed request.
        let _ = thread::Builder::new()
            .name("demo-connection".into())
            .spawn(move || converse(&stream, &shared));
    }
}

/// Reads one request, answers it and closes the connection.
fn converse(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(request) = Request::read(stream)? else { return Ok(()) };
    let response = respond(&request, shared);
    let mut stream = stream;
    stream.write_all(&response.to_bytes(request.head))?;
    stream.flush()
}

/// The parts of a request that decide the answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Request {
    method: String,
    /// Without the query.
    path: String,
    /// Without the port, lower case.
    host: String,
    if_none_match: Option<String>,
    /// Asked with HEAD: no body is sent.
    head: bool,
}

impl Request {
    /// Reads the head of a request; `None` if the client sent nothing usable.
    fn read(stream: impl Read) -> io::Result<Option<Request>> {
        let mut lines = BufReader::new(stream.take(HEAD_LIMIT)).lines();
        let Some(first) = lines.next().transpose()? else { return Ok(None) };
        let mut words = first.split_ascii_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
        let path = target.split(['?', '#']).next().unwrap_or(target);
        let mut request = Request {
            method: method.to_string(),
            path: path.to_string(),
            head: method == "HEAD",
            ..Request::default()
        };
        for line in lines {
            let line = line?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            match name.to_ascii_lowercase().as_str() {
                "host" => {
                    let host = value.trim().split(':').next().unwrap_or_default();
                    request.host = host.to_ascii_lowercase();
                }
                "if-none-match" => request.if_none_match = Some(value.trim().to_string()),
                _ => {}
            }
        }
        Ok(Some(request))
    }
}

/// An answer, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    fn new(status: u16, content_type: &str, body: &[u8]) -> Response {
        let headers = vec![("Content-Type".to_string(), content_type.to_string())];
        Response { status, headers, body: body.to_vec() }
    }

    fn to_bytes(&self, head_only: bool) -> Vec<u8> {
        let mut bytes =
            format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        let length = self.body.len();
        bytes.extend(format!("Content-Length: {length}\r\nConnection: close\r\n\r\n").bytes());
        if !head_only {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        503 => "Service Unavailable",
        _ => "Unspecified",
    }
}

fn respond(request: &Request, shared: &Shared) -> Response {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::new(405, "text/plain; charset=utf-8", b"only GET and HEAD\n");
    }
    let poll = shared.poll.load(Ordering::SeqCst);
    if let Some(special) = special_response(request, poll, shared) {
        return special;
    }
    let Some((path, body)) = recorded(&request.host, &request.path, poll) else {
        return Response::new(404, "text/html; charset=utf-8", NOT_FOUND);
    };
    let etag = format!("\"{}\"", &sha256_hex(body)[..32]);
    let unchanged = request.if_none_match.as_ref().is_some_and(|seen| seen.contains(&etag));
    let mut response = if unchanged {
        Response { status: 304, headers: Vec::new(), body: Vec::new() }
    } else {
        Response::new(200, content_type(path), body)
    };
    response.headers.push(("ETag".to_string(), etag));
    response
}

const NOT_FOUND: &[u8] = b"<!DOCTYPE html><html><head><title>404</title></head>\
<body><h1>Page not found</h1></body></html>\n";

/// The answer that `responses.toml` prescribes for this request, if it does.
fn special_response(request: &Request, poll: u8, shared: &Shared) -> Option<Response> {
    let url = format!("http://{}{}", request.host, request.path);
    let (position, special) = shared
        .special
        .iter()
        .enumerate()
        .find(|(_, s)| s.url == url && (s.polls.is_empty() || s.polls.contains(&poll)))?;
    let mut served = shared.served.lock().unwrap_or_else(PoisonError::into_inner);
    let count = served.entry(position).or_insert(0);
    if special.times.is_some_and(|times| *count >= times) {
        return None;
    }
    *count += 1;
    let body = special.body.as_ref().and_then(|path| SITES.get_file(path));
    let path = special.body.as_deref().unwrap_or(".html");
    let mut response =
        Response::new(special.status, content_type(path), body.map_or(&[], |f| f.contents()));
    response.headers.extend(special.headers.iter().map(|(k, v)| (k.clone(), v.clone())));
    Some(response)
}

/// The recorded file for an address: that of the newest poll up to `poll`, and its path.
///
/// A folder stands for its `index.html`, or `index.xml` where a feed's address has no file name.
fn recorded(host: &str, path: &str, poll: u8) -> Option<(&'static str, &'static [u8])> {
    let path = path.trim_matches('/');
    let candidates = |poll: u8| {
        let root = format!("poll-{poll}/{host}/{path}");
        let folder = root.trim_end_matches('/').to_string();
        [root, format!("{folder}/index.html"), format!("{folder}/index.xml")]
    };
    (1..=poll)
        .rev()
        .flat_map(candidates)
        .find_map(|path| SITES.get_file(path))
        .and_then(|file| Some((file.path().to_str()?, file.contents())))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("xml") => "application/xml; charset=utf-8",
        Some("html" | "shtml") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests;
