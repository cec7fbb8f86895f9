//! The lists of what stands for more than one article: pairs of outlets, chains, sources.

use super::library::Library;
use super::links::{chain_at, outlet, outlet_at, pair_at};
use super::listing::{Cell, Column, Listing, csv_only, number, text};
use super::lists::{choice, outlets};
use super::request::Fields;
use crate::report::wording;

const PAIRS: &[Column] = &[
    text("pair"),
    text("against chance"),
    number("shared narratives"),
    number("share a"),
    number("share b"),
    number("edges a to b"),
    number("edges b to a"),
    number("common source"),
    csv_only("outlet a"),
    csv_only("outlet b"),
];

/// The pairs of outlets, those with the most directed edges first.
pub(crate) fn pairs<'l>(library: &'l Library, fields: &Fields) -> Listing<'l> {
    let all = &library.document.outlet_pairs;
    let one = fields.get("outlet");
    let mut found: Vec<usize> = (0..all.len())
        .filter(|&i| one.is_empty() || all[i].outlet_a == one || all[i].outlet_b == one)
        .collect();
    let directed =
        |i: usize| -> usize { all[i].edges_ab.values().chain(all[i].edges_ba.values()).sum() };
    found.sort_by_key(|&i| (std::cmp::Reverse((directed(i), all[i].shared)), i));
    Listing {
        name: "pairs",
        title: "Pairs of outlets".to_owned(),
        about: "Those with the most directed edges first.".to_owned(),
        columns: PAIRS,
        fields: vec![choice("outlet", "outlet", outlets(library), fields)],
        total: found.len(),
        row: Box::new(move |i| {
            let pair = &all[found[i]];
            let (a, b) = (pair.outlet_a.as_str(), pair.outlet_b.as_str());
            let names = [a, b].map(|id| library.lookup.name(id));
            vec![
                Cell::of(format!("{} and {}", names[0], names[1])).to(pair_at(a, b)),
                Cell::of(wording::verdict(pair.verdict)),
                Cell::n(pair.shared),
                Cell::of(wording::share(pair.share_a)),
                Cell::of(wording::share(pair.share_b)),
                Cell::n(pair.edges_ab.values().sum()),
                Cell::n(pair.edges_ba.values().sum()),
                Cell::n(pair.common_source),
                Cell::of(a).to(outlet_at(a)),
                Cell::of(b).to(outlet_at(b)),
            ]
        }),
    }
}

const CHAINS: &[Column] = &[
    text("path"),
    number("steps"),
    text("weakest grade"),
    text("from first to last"),
    csv_only("chain"),
];

/// The chains, the longest first.
pub(crate) fn chains(library: &Library) -> Listing<'_> {
    let all = &library.document.chains;
    Listing {
        name: "chains",
        title: "Chains".to_owned(),
        about: "Paths of edges E1 to E3 in one narrative: an observed order of claimed times, as strong as the weakest step."
            .to_owned(),
        columns: CHAINS,
        fields: Vec::new(),
        total: all.len(),
        row: Box::new(move |i| {
            let chain = &all[i];
            let names: Vec<&str> = chain.outlets.iter().map(|id| library.lookup.name(id)).collect();
            vec![
                Cell::of(names.join(" → ")).to(chain_at(&chain.id)),
                Cell::n(chain.edges.len()),
                Cell::of(chain.weakest.as_str()),
                Cell::of(wording::duration(chain.lag_minutes)),
                Cell::of(&*chain.id).to(chain_at(&chain.id)),
            ]
        }),
    }
}

const SOURCES: &[Column] = &[
    text("outlet"),
    text("edition"),
    text("kind"),
    text("status"),
    number("items"),
    number("new"),
    text("newest item"),
    text("what happened"),
    csv_only("address"),
];

/// The sources that were polled.
pub(crate) fn sources<'l>(library: &'l Library, fields: &Fields) -> Listing<'l> {
    let all = &library.document.feeds;
    let one = fields.get("outlet");
    let found: Vec<usize> =
        (0..all.len()).filter(|&i| one.is_empty() || all[i].outlet == one).collect();
    Listing {
        name: "sources",
        title: "Sources".to_owned(),
        about: "Feeds, lists and sitemaps, as they answered last. None if the corpus was imported."
            .to_owned(),
        columns: SOURCES,
        fields: vec![choice("outlet", "outlet", outlets(library), fields)],
        total: found.len(),
        row: Box::new(move |i| {
            let feed = all[found[i]].as_ref();
            vec![
                outlet(library, &feed.outlet),
                Cell::of(feed.edition.as_str()),
                Cell::of(feed.kind.as_str()),
                Cell::of(feed.status.as_str()),
                Cell::n(feed.items),
                Cell::n(feed.new_items),
                Cell::of(feed.newest.map_or_else(String::new, |at| wording::time(at, None))),
                Cell::of(feed.message.as_str()),
                Cell::of(feed.url.as_str()),
            ]
        }),
    }
}
