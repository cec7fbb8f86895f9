//! Boxes of a page that belong to something else than its article: menus, comments, teasers. Known by
//! the names of the elements round a place.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use super::blocks::same_letters;

/// Parts of the names of boxes whose times are not the article's.
const OTHER_BOXES: &[&str] = &[
    "comment",
    "kommentar",
    "related",
    "sidebar",
    "widget",
    "teaser",
    "footer",
    "navbar",
    "navtop",
    "recommend",
    "popular",
];
/// Those in which not even a date line is looked for. Themes call the whole of a page a widget, and put
/// an article's own date into a box at its side or foot.
const FOREIGN_BOXES: &[&str] =
    &["comment", "kommentar", "related", "recommend", "popular", "navbar", "navtop", "dropdown"];

/// Whether an element can be part of the article, by the names of the elements round it: not in a
/// menu, a comment, a teaser of another article.
pub(super) fn is_of_the_article(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).all(|around| !is_other_box(around))
}

fn is_other_box(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "nav" | "aside" | "footer")
        || is_named_one_of(element, OTHER_BOXES)
}

/// Whether the class or id of an element, lower case, has one of the words in it.
pub(super) fn is_named_one_of(element: ElementRef<'_>, words: &[&str]) -> bool {
    !matches!(element.value().name(), "body" | "html") && {
        let named = ["class", "id"].iter().filter_map(|key| element.attr(key));
        let named = named.map(str::to_ascii_lowercase).collect::<String>();
        words.iter().any(|word| named.contains(word))
    }
}

/// The footer of the page, not of the article: that one often has the article's date.
fn is_page_footer(element: ElementRef<'_>) -> bool {
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    element.value().name() == "footer" && !around.any(|element| element.value().name() == "article")
}

/// The boxes of a page that belong to something else; what holds the headline does not.
pub(super) fn foreign_boxes(page: &Html, title: &str) -> BTreeSet<NodeId> {
    let elements = || page.root_element().descendants().filter_map(ElementRef::wrap);
    let is_headline = |element: &ElementRef<'_>| {
        matches!(element.value().name(), "h1" | "h2")
            && same_letters(&element.text().collect::<String>(), title)
    };
    let around: BTreeSet<NodeId> = elements()
        .filter(is_headline)
        .flat_map(|headline| headline.ancestors().map(|node| node.id()).collect::<Vec<_>>())
        .collect();
    elements()
        .filter(|element| {
            element.value().name() == "nav"
                || is_page_footer(*element)
                || is_named_one_of(*element, FOREIGN_BOXES)
        })
        .map(|element| element.id())
        .filter(|id| !around.contains(id))
        .collect()
}
