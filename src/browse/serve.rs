//! The pages over HTTP, on loopback and nowhere else.
//!
//! A page of the internet that is open in the same browser must not read a run: a request whose `Host` is not this
//! machine is refused (DNS rebinding), other origins get nothing to read from (no CORS), and what writes needs a token that only
//! these pages hold. Nothing here loads anything from elsewhere, and the browser is told so.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{
    HeaderMap, HeaderValue, Method, Request as HttpRequest, Response, StatusCode, header,
};

use super::{Fields, Reply, Request, Site};

/// Longest form that is read, in bytes: a comment and a token.
const MAX_FORM: usize = 64 * 1024;

/// What every answer says to the browser.
static HEADERS: [(header::HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A socket on loopback that is ready to serve.
pub(crate) struct Server {
    listener: tokio::net::TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes a port of 127.0.0.1; 0 for any that is free.
    ///
    /// # Errors
    ///
    /// If the port is taken.
    pub(crate) async fn bind(port: u16) -> std::io::Result<Server> {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Server { listener, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the program ends.
    ///
    /// # Errors
    ///
    /// What the socket reports.
    pub(crate) async fn run(self, site: Arc<Site>) -> std::io::Result<()> {
        let state = Arc::new(Served { site, port: self.address.port() });
        axum::serve(self.listener, Router::new().fallback(answer).with_state(state)).await
    }
}

struct Served {
    site: Arc<Site>,
    port: u16,
}

async fn answer(State(served): State<Arc<Served>>, request: HttpRequest<Body>) -> Response<Body> {
    if !is_ours(request.headers(), header::HOST, served.port, "") {
        return plain(421, "this address is not served here");
    }
    let (parts, body) = request.into_parts();
    let is_post = parts.method == Method::POST;
    if !is_post && parts.method != Method::GET && parts.method != Method::HEAD {
        return plain(405, "only reading, and filling in a sheet");
    }
    let fields = if is_post {
        let has_origin = parts.headers.contains_key(header::ORIGIN);
        if has_origin && !is_ours(&parts.headers, header::ORIGIN, served.port, "http://") {
            return plain(403, "another site may not write here");
        }
        match to_bytes(body, MAX_FORM).await {
            Ok(bytes) => Fields::parse(&String::from_utf8_lossy(&bytes)),
            Err(_) => return plain(413, "too long"),
        }
    } else {
        Fields::parse(parts.uri.query().unwrap_or_default())
    };
    let request = Request { is_post, path: parts.uri.path().to_owned(), fields };
    // A search may take a tenth of a second: it must not hold up the socket.
    let made = tokio::task::spawn_blocking(move || served.site.answer(&request)).await;
    match made {
        Ok(reply) => response(reply),
        Err(_) => plain(500, "this page could not be made"),
    }
}

/// Whether a header names this machine by its loopback names and this port.
fn is_ours(headers: &HeaderMap, name: header::HeaderName, port: u16, scheme: &str) -> bool {
    let given = headers.get(name).and_then(|value| value.to_str().ok());
    let host = given.and_then(|given| given.strip_prefix(scheme));
    let ours = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
    host.is_some_and(|host| ours.iter().any(|own| own.eq_ignore_ascii_case(host)))
}

fn plain(status: u16, text: &str) -> Response<Body> {
    let page = Reply::asset("text/plain; charset=utf-8", text);
    response(Reply { status, ..page })
}

fn response(reply: Reply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body));
    if let Ok(status) = StatusCode::from_u16(reply.status) {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    for (name, value) in &HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.kind));
    // Addresses and names of files are made by us, from letters that a header may hold.
    let location = reply.location.and_then(|place| HeaderValue::try_from(place).ok());
    headers.extend(location.map(|place| (header::LOCATION, place)));
    let file = reply.file.map(|name| format!("attachment; filename=\"{name}\""));
    let file = file.and_then(|file| HeaderValue::try_from(file).ok());
    headers.extend(file.map(|file| (header::CONTENT_DISPOSITION, file)));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_ours() {
        let is = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
            is_ours(&headers, header::HOST, 8020, "")
        };
        for host in ["127.0.0.1:8020", "localhost:8020", "LOCALHOST:8020", "[::1]:8020"] {
            assert!(is(host), "{host}");
        }
        for host in [
            "evil.example:8020",
            "127.0.0.1",
            "localhost:80",
            "127.0.0.1:8020.evil.example",
            "localhost.evil.example:8020",
            "0.0.0.0:8020",
            "",
        ] {
            assert!(!is(host), "{host}");
        }
        assert!(!is_ours(&HeaderMap::new(), header::HOST, 8020, ""));
    }
}
