//! Canonical addresses: one article, one address.
//!
//! Drops what senders add for counting (campaign parameters, fragments), and the mobile and AMP
//! forms of a page. What an outlet's own article id is, the registry says; see `identity`.

use regex::Regex;
use url::Url;

/// Query parameters that count readers and never choose a document, lower case. From the
/// documentation of Google Analytics, Meta, Yandex Metrica, Matomo, Mailchimp, and the
/// parameters that RT's, CGTN's and the BBC's own feeds add.
const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_medium",
    "cmpid",
    "cid_source",
    "dclid",
    "fb_action_ids",
    "fb_ref",
    "fb_source",
    "fbclid",
    "ftag",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "icid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "ocid",
    "openstat",
    "print",
    "printable",
    "rcid",
    "ref",
    "ref_src",
    "referrer",
    "rss",
    "smid",
    "soc_src",
    "soc_trk",
    "sref",
    "traffic_source",
    "twclid",
    "wbraid",
    "wt_mc",
    "xtor",
    "yclid",
    "ysclid",
];

/// Prefixes of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "pk_", "mtm_", "matomo_", "hsa_", "maf_"];

/// Parameters that ask for the AMP form of a page.
const AMP_VALUES: &[(&str, &str)] = &[("amp", ""), ("amp", "1"), ("outputtype", "amp")];

/// Host labels of mobile and AMP forms.
const MOBILE_LABELS: &[&str] = &["m.", "mobile.", "amp."];

/// Returns the canonical form of an http(s) address, resolved against `base` if it is relative;
/// `None` for anything that is not such an address (`mailto:`, `javascript:`, no host).
///
/// The scheme becomes `https`, the host lower case without port 80 or 443, without mobile or AMP
/// label; the path has no double slashes and no AMP ending; the query is sorted and free of
/// tracking parameters; the fragment goes.
pub(super) fn canonical(address: &str, base: Option<&str>) -> Option<String> {
    let address = archived(address.trim());
    let parsed = Url::parse(address).or_else(|_| match base.and_then(|b| Url::parse(b).ok()) {
        Some(base) => base.join(address),
        None if address.starts_with("//") => Url::parse(&format!("https:{address}")),
        None => Url::parse(address),
    });
    let url = parsed.ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = host_of(&url)?;
    let port = url.port().filter(|port| !matches!(port, 80 | 443));
    let port = port.map_or_else(String::new, |port| format!(":{port}"));
    let path = path_of(url.path());
    let query = query_of(&url);
    Some(format!("https://{host}{port}{path}{query}"))
}

/// The address inside one of the Wayback Machine, which holds copies of other sites' pages.
fn archived(address: &str) -> &str {
    let inner = || {
        let (_, path) = address.split_once("web.archive.org/web/")?;
        let (stamp, inner) = path.split_once('/')?;
        let is_stamp = stamp.starts_with(|c: char| c.is_ascii_digit());
        (is_stamp && inner.starts_with("http")).then_some(inner)
    };
    inner().unwrap_or(address)
}

/// Returns the host of an address, lower case, without a leading `www.`.
pub(super) fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_end_matches('.');
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Returns the path of an address, without double slashes; empty if it is none.
pub(super) fn path(address: &str) -> String {
    Url::parse(address).map_or_else(|_| String::new(), |url| path_of(url.path()))
}

/// Returns what tells an article of an outlet from its others: the group of the outlet's
/// `article_id` pattern that takes part on the canonical address, else the address without scheme, `www.` and
/// trailing slash.
pub(super) fn identity(canonical: &str, article_id: Option<&str>) -> String {
    let own = article_id.and_then(|pattern| Regex::new(pattern).ok()).and_then(|pattern| {
        // A pattern with alternatives has several groups, of which one takes part.
        let found = pattern.captures(canonical)?;
        let id = found.iter().skip(1).flatten().next()?;
        Some(id.as_str().to_owned())
    });
    own.unwrap_or_else(|| {
        let bare = canonical.trim_start_matches("https://");
        bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
    })
}

fn host_of(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    let rest = MOBILE_LABELS.iter().find_map(|label| host.strip_prefix(label));
    // `m.rt.com` is `www.rt.com`, but `m.co.uk` would be a site of its own.
    match rest.filter(|rest| psl::domain_str(rest).is_some()) {
        Some(rest) if psl::domain_str(rest) == Some(rest) => Some(format!("www.{rest}")),
        Some(rest) => Some(rest.to_owned()),
        None => Some(host.to_owned()).filter(|host| !host.is_empty()),
    }
}

fn path_of(path: &str) -> String {
    let mut clean = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !clean.ends_with('/') {
            clean.push(c);
        }
    }
    if let Some(page) = clean.strip_suffix(".amp.html") {
        return format!("{page}.html");
    }
    let clean = clean.strip_prefix("/amp/").map_or(clean.clone(), |rest| format!("/{rest}"));
    let shorter = ["/amp/", "/amp", ".amp"].iter().find_map(|ending| clean.strip_suffix(ending));
    match shorter.filter(|rest| !rest.is_empty()) {
        Some(rest) => rest.to_owned(),
        None => clean,
    }
}

fn query_of(url: &Url) -> String {
    let Some(query) = url.query() else { return String::new() };
    let mut kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    kept.sort_unstable();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}

fn is_tracking(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    name.is_empty()
        || TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || AMP_VALUES.iter().any(|(n, v)| *n == name && value.eq_ignore_ascii_case(v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        assert_eq!(canonical(address, None).as_deref(), Some(expected));
    }

    #[test]
    fn copies_of_an_article_have_one_address() {
        for copy in [
            "https://a.example/news/1?ref=home",
            "https://a.example/news/1?print=1",
            "https://a.example/news/1/amp/",
            "https://a.example/amp/news/1",
            "https://web.archive.org/web/20260304101520/https://a.example/news/1",
            "https://web.archive.org/web/20260304101520id_/https://a.example/news/1#top",
        ] {
            check(copy, "https://a.example/news/1");
        }
    }

    #[test]
    fn tracking_parameters_go_in_any_case() {
        check(
            " https://www.rt.com/news/1-a/?utm_source=rss&utm_medium=rss&utm_campaign=RSS ",
            "https://www.rt.com/news/1-a/",
        );
        check(
            "http://news.cgtn.com/news/a/p.html?UTM_Source=cgtn&UTM_Campaign=World&fbclid=1",
            "https://news.cgtn.com/news/a/p.html",
        );
    }

    #[test]
    fn what_chooses_a_document_stays_and_is_sorted() {
        check("https://a.example/x?id=2&a=1&gclid=9#top", "https://a.example/x?a=1&id=2");
    }

    #[test]
    fn double_slashes_ports_case_and_dots_go() {
        check("HTTP://WWW.RT.com:80//business/1-a", "https://www.rt.com/business/1-a");
        check("https://a.example.:8443/x", "https://a.example:8443/x");
    }

    #[test]
    fn mobile_and_amp_forms_are_the_page() {
        check("https://m.rt.com/news/1-a/", "https://www.rt.com/news/1-a/");
        check("https://amp.news.cgtn.com/a.html", "https://news.cgtn.com/a.html");
        check("https://a.example/x/amp/", "https://a.example/x");
        check("https://a.example/x.amp.html?outputType=amp", "https://a.example/x.html");
        check("https://m.co.uk/x", "https://m.co.uk/x");
    }

    #[test]
    fn relative_addresses_need_a_base() {
        assert_eq!(
            canonical("/news/1", Some("https://www.rt.com/a/b")).as_deref(),
            Some("https://www.rt.com/news/1")
        );
        assert_eq!(canonical("/news/1", None), None);
        assert_eq!(canonical("mailto:a@b.example", Some("https://a.example")), None);
        assert_eq!(canonical("javascript:void(0)", Some("https://a.example")), None);
    }

    #[test]
    fn canonical_is_idempotent() {
        for address in
            ["https://m.a.example//b/amp?x=1&utm_id=2", "http://A.example", "//b.example/x/"]
        {
            let once = canonical(address, None).unwrap();
            assert_eq!(canonical(&once, None).as_deref(), Some(once.as_str()));
        }
    }

    #[test]
    fn identity_is_the_outlets_own_id_else_the_bare_address() {
        let address = "https://www.rt.com/news/473849-some-slug/";
        assert_eq!(identity(address, Some(r"/(\d{5,})-")), "473849");
        let either = Some(r"/page/(\d+)|/(\d{5,})-");
        assert_eq!(identity(address, either), "473849");
        assert_eq!(identity("https://www.rt.com/page/7", either), "7");
        assert_eq!(identity(address, Some("no group")), "rt.com/news/473849-some-slug");
        assert_eq!(identity(address, None), "rt.com/news/473849-some-slug");
    }
}
