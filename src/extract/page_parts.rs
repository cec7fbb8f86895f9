//! What the structure of a page says of its body: that it goes on in a further container, that it begins
//! with a standfirst, that it is a list of teasers, which lines are readers' or the publisher's.

use std::collections::{BTreeMap, BTreeSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

use super::blocks::{self, Block, letters, same_letters};
use super::page_furniture::is_only_link;
use super::select_body::{is_prose, prose_chars};
use super::{page_boxes, url};

/// Parts of the names of boxes in which readers speak.
const READERS: &[&str] = &[
    "comment",
    "kommentar",
    "komentar",
    "opinie",
    "opinia",
    "disqus",
    "discussion",
    "comentario",
    "yorum",
    "коммент",
    "комент",
];
/// Parts of the names of boxes that ask for a subscription, and of the words in which they do.
const OFFER_BOXES: &[&str] =
    &["paywall", "subscri", "newsletter", "abonn", "signup", "sign-up", "premium"];
const OFFERS: &[&str] = &[
    "subscri",
    "sign up",
    "abonn",
    "подпис",
    "підпис",
    "suscr",
    "assin",
    "abbona",
    "prenumer",
    "订阅",
    "訂閱",
    "اشترك",
    "구독",
    "購読",
    "συνδρομ",
];
/// Longest text of a box with an offer, in characters: a paid article's own container has such names, too.
const OFFER_CHARS: usize = 1_500;
/// Levels above a body's container on which further containers of it are looked for.
const LEVELS: usize = 6;
/// Letters by which a standfirst and the page's description are compared: descriptions are cut.
const STANDFIRST_LETTERS: usize = 60;
/// Fewest letters of a standfirst.
const MIN_STANDFIRST: usize = 40;
/// How many blocks above the body a standfirst is looked for.
const STANDFIRST_BLOCKS: usize = 30;
/// Fewest headline links with a summary each that are a list.
const TEASERS: usize = 3;
/// Share of a body's prose that stands under headline links from which it is a list of teasers, in percent.
const TEASER_PERCENT: usize = 80;
/// Fewest words of a headline, and letters in scripts without blanks.
const HEADLINE: (usize, usize) = (3, 6);

/// The lines of boxes that are no part of an article: comments of readers, offers of a subscription.
pub(super) fn foreign_lines(page: &Html, title: &str) -> BTreeSet<String> {
    let everything = blocks::blocks(page.root_element(), &BTreeSet::new());
    let most = prose_chars(&everything) / 2;
    let elements = page.root_element().descendants().filter_map(ElementRef::wrap);
    let boxes: BTreeSet<NodeId> = elements
        .filter(|element| is_foreign(*element, title, most))
        .map(|element| element.id())
        .collect();
    if boxes.is_empty() {
        return BTreeSet::new();
    }
    let own: BTreeSet<String> =
        blocks::blocks(page.root_element(), &boxes).iter().map(|b| letters(&b.text)).collect();
    let all = everything.iter().map(|block| letters(&block.text));
    all.filter(|line| !own.contains(line)).collect()
}

fn is_foreign(element: ElementRef<'_>, title: &str, most: usize) -> bool {
    let (of_readers, of_offers) = (
        page_boxes::is_named_one_of(element, READERS),
        page_boxes::is_named_one_of(element, OFFER_BOXES),
    );
    if !of_readers && !of_offers || matches!(element.value().name(), "article" | "main") {
        return false;
    }
    let inside = blocks::blocks(element, &BTreeSet::new());
    if prose_chars(&inside) > most || inside.iter().any(|b| same_letters(&b.text, title)) {
        return false;
    }
    of_readers || is_offer(&inside)
}

fn is_offer(inside: &[Block]) -> bool {
    let text: String = inside.iter().map(|block| block.text.to_lowercase() + "\n").collect();
    text.chars().count() <= OFFER_CHARS && OFFERS.iter().any(|word| text.contains(word))
}

/// The body with the parts of it that stand in further containers of the same kind beside its own.
pub(super) fn with_further_parts(page: &Html, body: Vec<Block>) -> Vec<Block> {
    let Some(container) = container_of(page, &body) else { return body };
    let kind = kind_of(container);
    let mut level = container;
    for _ in 0..LEVELS {
        let Some(parent) = level.parent().and_then(ElementRef::wrap) else { return body };
        let same: Vec<ElementRef<'_>> = parent
            .children()
            .filter_map(ElementRef::wrap)
            .filter(|child| kind_of(*child) == kind_of(level) && !kind_of(level).1.is_empty())
            .collect();
        let parts: Vec<Option<Vec<Block>>> = same
            .iter()
            .map(|part| if part.id() == level.id() { None } else { Some(part_of(*part, &kind)) })
            .collect();
        if parts.iter().flatten().any(|part| !part.is_empty()) {
            let known: BTreeSet<String> = body.iter().map(|block| letters(&block.text)).collect();
            let mut body = Some(body);
            return parts
                .into_iter()
                .flat_map(|part| match part {
                    None => body.take().unwrap_or_default(),
                    Some(part) => {
                        part.into_iter().filter(|b| !known.contains(&letters(&b.text))).collect()
                    }
                })
                .collect();
        }
        level = parent;
    }
    body
}

/// Name and classes of an element.
fn kind_of(element: ElementRef<'_>) -> (&str, &str) {
    (element.value().name(), element.attr("class").unwrap_or_default().trim())
}

/// The lowest element that holds all paragraphs of a body; `None` for fewer than two.
fn container_of<'a>(page: &'a Html, body: &[Block]) -> Option<ElementRef<'a>> {
    let held: BTreeSet<String> =
        body.iter().filter(|block| is_prose(block)).map(|block| letters(&block.text)).collect();
    let paragraphs = Selector::parse("p").ok()?;
    let mut own = page.select(&paragraphs).filter(|p| held.contains(&letters(&blocks::line(*p))));
    let first = own.next()?;
    let mut around: Vec<NodeId> = first.ancestors().map(|node| node.id()).collect();
    let mut is_single = true;
    for paragraph in own {
        is_single = false;
        let other: BTreeSet<NodeId> = paragraph.ancestors().map(|node| node.id()).collect();
        around.retain(|id| other.contains(id));
    }
    if is_single {
        return None;
    }
    page.tree.get(*around.first()?).and_then(ElementRef::wrap)
}

/// The text of a further part: its containers of the body's kind, if they are prose without links.
fn part_of(part: ElementRef<'_>, kind: &(&str, &str)) -> Vec<Block> {
    let containers =
        part.descendants().filter_map(ElementRef::wrap).filter(|e| kind_of(*e) == *kind);
    let text: Vec<Block> =
        containers.flat_map(|element| blocks::blocks(element, &BTreeSet::new())).collect();
    let beside: BTreeSet<NodeId> = part
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| matches!(element.value().name(), "aside" | "nav"))
        .map(|element| element.id())
        .collect();
    let everything = blocks::blocks(part, &beside);
    let is_plain = text.iter().any(is_prose)
        && text.iter().all(|block| block.links.is_empty())
        && !everything.iter().any(is_headline_link)
        && page_boxes::is_of_the_article(part);
    if is_plain { text } else { Vec::new() }
}

/// The body with its standfirst, which stands above it and is the page's description.
pub(super) fn with_standfirst(
    page: &[Block],
    descriptions: &[String],
    mut body: Vec<Block>,
) -> Vec<Block> {
    let start = |text: &str| -> String { letters(text).chars().take(STANDFIRST_LETTERS).collect() };
    let starts: Vec<String> = descriptions
        .iter()
        .map(|text| start(text))
        .filter(|start| start.chars().count() >= MIN_STANDFIRST)
        .collect();
    let Some(first) = body.first().map(|block| letters(&block.text)) else { return body };
    let Some(place) = page.iter().position(|block| letters(&block.text) == first) else {
        return body;
    };
    let held: String = body.iter().map(|block| letters(&block.text)).collect();
    let standfirst = page[..place].iter().rev().take(STANDFIRST_BLOCKS).find(|block| {
        let own = start(&block.text);
        block.links.is_empty() && starts.contains(&own) && !held.contains(&own)
    });
    if let Some(standfirst) = standfirst {
        body.insert(0, standfirst.clone());
    }
    body
}

/// The body without the teasers of other articles behind it. Of a body that is nothing but teasers, what
/// stands under the page's headline instead.
pub(super) fn without_teasers(page: &[Block], title: &str, mut body: Vec<Block>) -> Vec<Block> {
    let own = own_host(page);
    let is_teaser_headline = |block: &Block| is_headline_link(block) && leads_home(block, &own);
    let mut is_summary: BTreeMap<String, bool> = BTreeMap::new();
    for pair in page.windows(2) {
        let under_headline = is_teaser_headline(&pair[0]) && pair[1].links.is_empty();
        // A line that also stands elsewhere is no mere summary.
        *is_summary.entry(letters(&pair[1].text)).or_insert(true) &= under_headline;
    }
    let is_teased = |block: &Block| is_summary.get(&letters(&block.text)) == Some(&true);
    let all = prose_chars(&body);
    let teased: Vec<Block> = body.iter().filter(|b| is_prose(b) && is_teased(b)).cloned().collect();
    if teased.len() >= TEASERS && prose_chars(&teased) * 100 >= all * TEASER_PERCENT {
        let item = under_the_headline(page, title);
        return if item.iter().any(is_prose) { item } else { body };
    }
    let end = body.iter().rposition(|block| !is_teased(block) && !is_teaser_headline(block));
    let tail = end.map_or(0, |end| end + 1);
    if body[tail..].iter().filter(|block| is_teased(block)).count() >= TEASERS {
        body.truncate(tail);
    }
    body
}

/// The lines between the page's headline and the next headline link.
fn under_the_headline(page: &[Block], title: &str) -> Vec<Block> {
    let headline = page.iter().position(|b| !is_only_link(b) && same_letters(&b.text, title));
    let below = headline.map_or(&[][..], |place| &page[place + 1..]);
    below.iter().take_while(|block| !is_headline_link(block)).cloned().collect()
}

/// The host into which most of the page's absolute links lead; empty if it has none.
fn own_host(page: &[Block]) -> String {
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for (href, _) in page.iter().flat_map(|block| &block.links) {
        if let Some(host) = url::host(href) {
            *hosts.entry(host).or_default() += 1;
        }
    }
    hosts.into_iter().max_by_key(|(_, count)| *count).map(|(host, _)| host).unwrap_or_default()
}

/// Whether a line's link leads to another page of the same site: one to a shop belongs to what is said there.
fn leads_home(block: &Block, own: &str) -> bool {
    block.links.iter().all(|(href, _)| url::host(href).is_none_or(|host| host == own))
}

/// A line that is a link and long enough for a headline.
fn is_headline_link(block: &Block) -> bool {
    let (words, signs) = HEADLINE;
    let is_wide = block.text.chars().filter(|c| u32::from(*c) >= 0x2e80).count() >= signs;
    is_only_link(block) && (is_wide || block.text.split_whitespace().count() >= words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "The bridge over the river was closed on Monday for repairs of its pillars.";
    const TWO: &str = "The ministry asked all drivers to take the ferry until the works are done.";
    const THREE: &str = "Engineers will look at the northern pillar on Thursday with two divers.";
    const FOUR: &str = "The mayor said that the town had asked for a new bridge for nine years.";

    fn page_of(html: &str) -> (Html, Vec<Block>) {
        let page = Html::parse_document(html);
        let blocks = blocks::blocks(page.root_element(), &BTreeSet::new());
        (page, blocks)
    }

    fn plain(lines: &[&str]) -> Vec<Block> {
        lines.iter().map(|line| Block { text: (*line).into(), links: Vec::new() }).collect()
    }

    #[track_caller]
    fn lines_are(body: &[Block], expected: &[&str]) {
        assert_eq!(body.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_body_goes_on_in_the_next_container_of_its_kind() {
        let html = format!(
            "<div class=grid><div class=body><p>{ONE}</p><p>{TWO}</p></div></div><p>Advertisement</p>\
             <div class=grid><aside><a href=/x>More on this bridge</a></aside><div class=body><p>{THREE}</p>\
             </div></div>"
        );
        let (page, _) = page_of(&html);
        lines_are(&with_further_parts(&page, plain(&[ONE, TWO])), &[ONE, TWO, THREE]);
    }

    #[test]
    fn teasers_are_no_further_part() {
        let html = format!(
            "<div class=n><p>{ONE}</p><p>{TWO}</p></div>\
             <div class=n><h3><a href=/x>Another bridge is closed</a></h3><p>{THREE}</p></div>\
             <div class=n><p>{FOUR} <a href=/y>more</a></p></div>"
        );
        let (page, _) = page_of(&html);
        lines_are(&with_further_parts(&page, plain(&[ONE, TWO])), &[ONE, TWO]);
    }

    #[test]
    fn the_description_above_the_body_is_its_standfirst() {
        let (_, blocks) = page_of(&format!("<h1>A bridge</h1><h3>{ONE}</h3><p>{TWO}</p>"));
        let described = [ONE.to_owned()];
        lines_are(&with_standfirst(&blocks, &described, plain(&[TWO])), &[ONE, TWO]);
        lines_are(&with_standfirst(&blocks, &described, plain(&[ONE, TWO])), &[ONE, TWO]);
        lines_are(&with_standfirst(&blocks, &[THREE.to_owned()], plain(&[TWO])), &[TWO]);
    }

    #[test]
    fn teasers_give_way_to_the_item() {
        let teaser = |text: &str| format!("<h3><a href=/x>A headline of it</a></h3><p>{text}</p>");
        let teasers: String = [TWO, THREE, FOUR].iter().map(|text| teaser(text)).collect();
        let (_, blocks) = page_of(&format!("<h1>A bridge</h1><p>{ONE}</p>{teasers}"));
        lines_are(&without_teasers(&blocks, "A bridge", plain(&[TWO, THREE, FOUR])), &[ONE]);
        let all = [ONE, TWO, THREE, FOUR];
        lines_are(&without_teasers(&blocks, "A bridge", plain(&all)), &[ONE]);
        lines_are(&without_teasers(&[], "A bridge", plain(&all)), &all);
        let shops = teasers.replace("/x", "https://shop.example/x");
        let menu = "<a href=https://a.example/1>A</a><a href=https://a.example/2>B</a>".repeat(3);
        let (_, blocks) = page_of(&format!("{menu}<h1>A bridge</h1><p>{ONE}</p>{shops}"));
        lines_are(&without_teasers(&blocks, "A bridge", plain(&all)), &all);
    }

    #[test]
    fn readers_and_offers_are_foreign() {
        let html = format!(
            "<h1>A bridge</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><div class=opinie><p>{FOUR}</p></div>\
             <div class=paywall><p>Subscribe now.</p></div>"
        );
        let (page, _) = page_of(&html);
        let lines = foreign_lines(&page, "A bridge");
        assert_eq!(lines, [letters(FOUR), letters("Subscribe now.")].into());
        let whole =
            page_of(&format!("<div class=no-comments><h1>A bridge</h1><p>{ONE}</p></div>")).0;
        assert!(foreign_lines(&whole, "A bridge").is_empty());
    }
}
