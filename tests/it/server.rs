//! A web server on loopback that sends byte for byte what a test wants, broken answers included.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// `Host` header and path.
    pub(crate) target: String,
    /// All header lines, lower case.
    pub(crate) headers: String,
    /// When it came.
    pub(crate) at: Instant,
}

/// What the server does with a connection after it has read the request.
pub(crate) enum Answer {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Sends nothing for this long.
    Silence(Duration),
    /// Sends the head, then a byte each 50 ms without end.
    Dripping(Vec<u8>),
    /// Sends the head, then bytes without end.
    Endless(Vec<u8>),
}

/// A running server; it ends with the test's process.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Starts a server; `answer` is given host and path, and all header lines in lower case.
    pub(crate) fn start(answer: impl Fn(&str, &str) -> Answer + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (record, answer) = (Arc::clone(&seen), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (record, answer) = (Arc::clone(&record), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &record, &*answer));
            }
        });
        Server { address, seen }
    }

    /// What has been asked so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How often something was asked that contains `part`.
    pub(crate) fn hits(&self, part: &str) -> usize {
        self.seen().iter().filter(|seen| seen.target.contains(part)).count()
    }
}

#[expect(clippy::disallowed_methods, reason = "the server measures the pauses between requests")]
fn serve(mut stream: TcpStream, record: &Mutex<Vec<Seen>>, answer: &dyn Fn(&str, &str) -> Answer) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 64 << 10 {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => break,
        }
        if head.first().is_some_and(|b| !b.is_ascii_uppercase()) {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"); // TLS, for one
            return;
        }
    }
    let head = String::from_utf8_lossy(&head).to_string();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let headers = head.to_lowercase();
    let host = headers.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    // A client that takes this server for its proxy gives the whole address.
    let target = match path.strip_prefix("http://") {
        Some(whole) => whole.to_string(),
        None => format!("{host}{path}"),
    };
    let seen = Seen { target: target.clone(), headers: headers.clone(), at: Instant::now() };
    record.lock().unwrap().push(seen);
    match answer(&target, &headers) {
        Answer::Bytes(bytes) => drop(stream.write_all(&bytes)),
        Answer::Silence(time) => std::thread::sleep(time),
        Answer::Dripping(head) => {
            let mut sent = stream.write_all(&head);
            while sent.is_ok() {
                std::thread::sleep(Duration::from_millis(50));
                sent = stream.write_all(b"x");
            }
        }
        Answer::Endless(head) => {
            let mut sent = stream.write_all(&head);
            while sent.is_ok() {
                sent = stream.write_all(&[b'x'; 4096]);
            }
        }
    }
}

/// A whole answer with status line, headers and body.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    Answer::Bytes(bytes)
}

/// A document.
pub(crate) fn ok(body: &str) -> Answer {
    answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

/// Nothing there.
pub(crate) fn missing() -> Answer {
    answer("404 Not Found", "", b"")
}
