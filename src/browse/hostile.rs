//! Markup and script in every field that a stranger can fill: titles, addresses, outlet names, ids. Each page of the report
//! and of the browser must show it as text.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};

use super::{Fields, Library, Request, Site};
use crate::corpus::{Corpus, RawCorpus};
use crate::model::{Article, Outlet, Registry, Role};
use crate::pipeline::{AnalyzeConfig, analyze};
use crate::report::{Document, OUTPUTS, ReportConfig, ReportIndex, Run};
use crate::testing::{article, hours};
use crate::text::sanitize;

/// What is tried.
const PAYLOADS: [&str; 60] = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</ScRiPt>",
    "<script src=//evil.example/x.js></script>",
    "<script/x>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</select><script>alert(1)</script>",
    "</noscript><script>alert(1)</script>",
    "</svg><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\"/><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text y=9>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<button formaction=\"javascript:alert(1)\">x</button>",
    "<form action=\"javascript:alert(1)\"><input type=submit></form>",
    "<isindex action=\"javascript:alert(1)\">",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
    "<embed src=\"data:text/html,<script>alert(1)</script>\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<base href=\"//evil.example/\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<style>@import \"//evil.example/x.css\"</style>",
    "<div style=\"background:url(//evil.example/x)\">x</div>",
    "<plaintext>",
    "<template><script>alert(1)</script></template>",
    "<!--<img src=\"--><img src=x onerror=alert(1)>\">",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "` onclick=alert(1) x=`",
    "x onpointerover=alert(1) y",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}<%= 7*7 %>",
    "javascript:alert(1)//",
];

/// Articles of a corpus: two of each payload, so that there are matches, edges, narratives and pairs to show.
const AT_ONCE: usize = 6;

/// A corpus in which each of these texts is an outlet's name, an outlet's id, two articles' ids, titles, bylines and addresses,
/// and a part of what they say.
fn corpus(texts: &[&str]) -> Corpus {
    let outlets = texts.iter().map(|&text| Outlet {
        name: text.to_owned(),
        operator: Some(text.to_owned()),
        ..Outlet { role: Role::Subject, ..Outlet::unlisted(text) }
    });
    let mut articles = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        for copy in 0..2 {
            let outlet = texts[(n + copy) % texts.len()];
            let hour = i64::try_from(n + 5 * copy).unwrap();
            articles.push(Article {
                title: format!("{text} harbour{n}"),
                url: format!("{text}https://{text}.example/{text}"),
                byline: (*text).to_owned(),
                edition: (*text).to_owned(),
                text: format!(
                    "{text} harbour{n} masters said two grain{n} ships had left the northern{n} quay before dawn, ending \
                     a blockade{n} that kept forty crews idle{n} since January and drove{n} the price of bread up. {text} \
                     By noon{n} the column of trucks{n} reached back to the ring road{n}, one crane{n} operator told us."
                ),
                ..article(&format!("{text}{copy}"), outlet, hours(hour))
            });
        }
    }
    let registry = Registry::new(outlets);
    Corpus::build(RawCorpus { articles, registry, ..RawCorpus::default() })
}

/// The report and every page of the browser that a click leads to, by name.
fn pages(texts: &[&str]) -> BTreeMap<String, String> {
    let corpus = corpus(texts);
    let analysis = analyze(&corpus, &AnalyzeConfig::default());
    assert!(analysis.matches.len() >= texts.len() && !analysis.diffusion.edges.is_empty());
    let (run, config) = (Run::default(), ReportConfig { texts: true, ..ReportConfig::default() });
    let view = ReportIndex::new(&corpus, &analysis, &run, &config);
    let mut report = Vec::new();
    let output = OUTPUTS.iter().find(|output| output.name == "report.html").unwrap();
    output.write(&view, &mut report).unwrap();
    let mut pages = BTreeMap::from([("report".to_owned(), String::from_utf8(report).unwrap())]);
    let bytes = serde_json::to_vec(&Document::of(&view)).unwrap();
    let library = Library::new(Document::read(&bytes).unwrap());
    library.read_words(None, &mut |_| {}).unwrap();
    let site = Site { library, sheet: None, token: "secret".into() };
    let link = Selector::parse("a[href^='/']").unwrap();
    let mut open = vec!["/".to_owned()];
    while let Some(address) = open.pop() {
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let request =
            Request { path: path.into(), fields: Fields::parse(query), ..Request::default() };
        let reply = site.answer(&request);
        assert_eq!(reply.status, 200, "{address}");
        let page = String::from_utf8(reply.body).unwrap();
        for link in Html::parse_document(&page).select(&link) {
            let target = link.value().attr("href").unwrap().split('#').next().unwrap();
            if !pages.contains_key(target) && !target.contains("format=csv") {
                pages.insert(target.to_owned(), String::new());
                open.push(target.to_owned());
            }
        }
        pages.insert(address, page);
    }
    pages
}

/// The names of all elements, and in brackets those of all attributes, of a page.
fn markup(page: &Html) -> BTreeSet<String> {
    let elements = page.tree.values().filter_map(|node| node.as_element());
    elements
        .flat_map(|element| {
            let attributes = element.attrs().map(|(name, _)| format!("[{name}]"));
            attributes.chain([element.name().to_owned()]).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn sixty_payloads_are_text_on_every_page() {
    let plain: Vec<String> = (0..AT_ONCE).map(|n| format!("plain{n}")).collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let known: BTreeSet<String> =
        pages(&plain).values().flat_map(|page| markup(&Html::parse_document(page))).collect();
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for texts in PAYLOADS.chunks(AT_ONCE) {
        for (address, page) in pages(texts) {
            let page = Html::parse_document(&page);
            let foreign: Vec<String> = markup(&page).difference(&known).cloned().collect();
            assert_eq!(foreign, Vec::<String>::new(), "{address}");
            for element in page.tree.values().filter_map(|node| node.as_element()) {
                for name in ["href", "action", "src", "xlink:href"] {
                    let target = element.attr(name).unwrap_or("#");
                    let is_ours = target.starts_with('#')
                        || (target.starts_with('/') && !target.starts_with("//"))
                        || target.starts_with("data:,")
                        || target.starts_with("https://web.archive.org/web/");
                    assert!(is_ours, "{address}: {name}={target}");
                }
            }
            let text: String = page.root_element().text().collect();
            for payload in texts {
                let is_there = text.contains(&sanitize::terminal(payload));
                *shown.entry(payload).or_default() += usize::from(is_there);
            }
        }
    }
    let unseen: Vec<&&str> =
        PAYLOADS.iter().filter(|p| shown.get(*p).is_none_or(|n| *n < 10)).collect();
    assert!(unseen.is_empty(), "not shown on ten pages: {unseen:?}");
}
