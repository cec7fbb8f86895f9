use super::*;

fn ask(server: &DemoServer, request: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(server: &DemoServer, host: &str, path: &str) -> String {
    ask(server, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"))
}

#[test]
fn every_source_of_the_registry_is_recorded_or_special() {
    let registry = registry().unwrap();
    assert_eq!(registry.outlets.len(), 9);
    assert_eq!(outlets::problems(&registry), []);
    let special: Special = toml::from_str(RESPONSES).unwrap();
    let editions = registry.outlets.iter().flat_map(|outlet| &outlet.editions);
    for source in editions.flat_map(|edition| &edition.sources) {
        let (host, path) = source.url["http://".len()..].split_once('/').unwrap();
        let path = path.split('?').next().unwrap_or_default();
        let known = recorded(host, path, 1).is_some()
            || special.response.iter().any(|s| s.url == source.url);
        assert!(known, "{}", source.url);
    }
}

#[test]
fn every_listed_page_is_recorded() {
    let registry = registry().unwrap();
    let address = regex::Regex::new(r#"http://([a-z.-]+\.example)(/[^\s"<>?#]*)"#).unwrap();
    let editions = registry.outlets.iter().flat_map(|outlet| &outlet.editions);
    let sources: Vec<&str> =
        editions.flat_map(|e| &e.sources).map(|source| source.url.as_str()).collect();
    for poll in [1, 2] {
        let mut pages = 0;
        for (_, [host, path]) in
            sources.iter().filter_map(|s| address.captures(s)).map(|c| c.extract())
        {
            let Some((_, body)) = recorded(host, path, poll) else { continue };
            let body = std::str::from_utf8(body).unwrap();
            for (whole, [host, path]) in address.captures_iter(body).map(|c| c.extract()) {
                let names_an_article = path.contains(|c: char| c.is_ascii_digit());
                if names_an_article && !path.contains(".jpg") {
                    assert!(recorded(host, path, poll).is_some(), "poll {poll}: {whole}");
                    pages += 1;
                }
            }
        }
        assert!(pages > 50 * usize::from(poll), "{pages}");
    }
}

#[test]
fn polls_are_at_the_documented_moments() {
    assert_eq!(Poll::First.at().to_rfc3339(), "2026-03-04T12:00:00+00:00");
    assert_eq!(Poll::Second.at().to_rfc3339(), "2026-03-06T23:00:00+00:00");
}

#[test]
fn host_and_poll_choose_the_file() {
    let server = serve(Poll::First).unwrap();
    let first = get(&server, "www.rt.example", "/rss/?x=1");
    assert!(first.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/xml"), "{first}");
    server.set_poll(Poll::Second);
    let second = get(&server, "www.rt.example:80", "/rss/");
    assert!(second.len() > first.len(), "later articles are listed");
    assert!(get(&server, "nobody.example", "/rss/").starts_with("HTTP/1.1 404 "));
    assert!(get(&server, "www.rt.example", "/../outlets.toml").starts_with("HTTP/1.1 404 "));
}

#[test]
fn unchanged_is_304_without_a_body() {
    let server = serve(Poll::First).unwrap();
    let head = ask(&server, "HEAD /rss/ HTTP/1.1\r\nHost: www.rt.example\r\n\r\n");
    assert!(head.ends_with("\r\n\r\n"));
    let etag = head.lines().find_map(|line| line.strip_prefix("ETag: ")).unwrap();
    let again = ask(
        &server,
        &format!("GET /rss/ HTTP/1.1\r\nHost: www.rt.example\r\nIf-None-Match: {etag}\r\n\r\n"),
    );
    assert!(again.starts_with("HTTP/1.1 304 ") && again.ends_with("\r\n\r\n"));
}

#[test]
fn special_responses_come_as_often_as_they_should() {
    let server = serve(Poll::First).unwrap();
    let feed = "/export/rss2/archive/index.xml";
    assert!(get(&server, "sputnikglobe.example", feed).starts_with("HTTP/1.1 503 "));
    assert!(get(&server, "sputnikglobe.example", feed).starts_with("HTTP/1.1 200 "));
    for _ in 0..2 {
        let challenge = get(&server, "de.rt.example", "/feeds/news/");
        assert!(challenge.starts_with("HTTP/1.1 403 "), "{challenge}");
        assert!(challenge.contains("Server: ddos-guard"));
    }
    server.set_poll(Poll::Second);
    assert!(get(&server, "de.rt.example", "/feeds/news/").starts_with("HTTP/1.1 200 "));
}

#[test]
fn nonsense_is_refused() {
    let server = serve(Poll::First).unwrap();
    assert!(ask(&server, "POST / HTTP/1.1\r\nHost: www.rt.example\r\n\r\n").contains(" 405 "));
    assert_eq!(ask(&server, "\r\n\r\n"), "");
}
