//! Publication days that a page states only in its running text: a labelled line ("Published: ..."), a
//! date line beside the headline, and what a general date finder makes of the rest. To the day, unless
//! the zone of their clocks is known.
//!
//! A wrong date is worse than none, so what stands in menus, teasers and comments is not looked at,
//! and neither is a line that tells of an event, of a validity or of a change.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::Datelike;
use ego_tree::NodeId;
use scraper::Html;

use super::blocks::{self, Block, same_letters};
use super::claim::{Claim, OutletZone};
use super::page_furniture::is_only_link;
use super::{moment, page_boxes, rules};
use crate::model::{DateSource, Precision};
use crate::text::languages;

/// How many lines before and after the headline a date line is looked for.
const HEADLINE_LINES: usize = 5;
/// Longest date line, in characters: a date, a name, a section.
const DATE_LINE_CHARS: usize = 100;
/// Fewest words of a line that is a sentence, if it also ends like one.
const SENTENCE_WORDS: usize = 8;

/// Place of a day that is one of the page's, but for all that is known of any of its parts.
const GUESSED: &str = "guessed";

/// The time of a page that states none in its markup: a labelled one, one in the document's title, one
/// beside the headline; else the day that a general date finder takes, which may be that of a licence,
/// an event or another article (see [`is_guess`]).
pub(super) fn last_resort(page: &Html, title: &str, zone: OutletZone) -> Option<Claim> {
    let boxes = page_boxes::foreign_boxes(page, title);
    let everything = blocks::blocks(page.root_element(), &BTreeSet::new());
    let lines = blocks::blocks(page.root_element(), &boxes);
    labelled(&everything, zone)
        .or_else(|| in_document_title(page, zone))
        .or_else(|| beside_headline(&lines, title, zone))
        .or_else(|| guessed(page, &boxes, zone).map(to_the_day))
}

/// Whether a claim is a guess: on pages that state no time elsewhere two in three are right.
pub(super) fn is_guess(claim: &Claim) -> bool {
    claim.source == DateSource::Heuristic && claim.origin == GUESSED
}

/// The time in a labelled line or beside the headline.
pub(super) fn beside(page: &Html, title: &str, zone: OutletZone) -> Option<Claim> {
    let lines = blocks::blocks(page.root_element(), &page_boxes::foreign_boxes(page, title));
    labelled(&lines, zone).or_else(|| beside_headline(&lines, title, zone))
}

/// A claim out of a line. Its clock counts only if its zone is known, by the line or by the outlet.
fn claim_of(origin: &str, text: &str, zone: OutletZone) -> Option<Claim> {
    let moment = moment::parse(text, zone.zone)?;
    let claim = zone.claim_of(DateSource::Heuristic, origin, text, moment);
    Some(if zone.known || moment.zoned { claim } else { to_the_day(claim) })
}

fn to_the_day(claim: Claim) -> Claim {
    Claim { precision: Precision::Day, ..claim }
}

/// The first day after a label of publication; a page with two different ones is a list.
fn labelled(lines: &[Block], zone: OutletZone) -> Option<Claim> {
    let claims: Vec<Claim> = lines
        .iter()
        .filter(|line| is_short(&line.text))
        .filter_map(|line| {
            let lower = line.text.to_lowercase();
            let (place, label) = languages::phrases(|l| l.dates.published)
                .filter_map(|label| Some((lower.find(label)?, label)))
                .min()?;
            let stated = lower.get(place + label.len()..)?;
            claim_of("labelled", stated, zone)
        })
        .collect();
    let first = claims.first()?;
    claims.iter().all(|claim| claim.local_date == first.local_date).then(|| first.clone())
}

/// A date that is a part of its own in the document's title: "A bridge | The Post | 03.05.2020".
fn in_document_title(page: &Html, zone: OutletZone) -> Option<Claim> {
    let title = rules::first_value(page, "title")?;
    let mut parts = title.split('|').skip(1).map(str::trim);
    let is_date = |part: &&str| {
        part.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-'))
            && part.split(['.', '/', '-']).filter(|number| !number.is_empty()).count() == 3
    };
    claim_of("in the document's title", parts.find(is_date)?, zone)
}

/// A date in a short line within a few lines of the headline, the nearest first. A headline that is
/// a link is that of another page.
fn beside_headline(lines: &[Block], title: &str, zone: OutletZone) -> Option<Claim> {
    let headline =
        lines.iter().position(|line| !is_only_link(line) && same_letters(&line.text, title))?;
    let near = (1..=HEADLINE_LINES)
        .flat_map(|step| [headline.checked_add(step), headline.checked_sub(step)]);
    let mut stated = near.flatten().filter_map(|place| lines.get(place)).filter_map(|line| {
        let claim = claim_of("beside the headline", &line.text, zone);
        claim.filter(|_| is_date_line(&line.text))
    });
    let nearest = stated.next()?;
    // Of two clocks there, either may be that of a change or of another article.
    let is_single =
        stated.all(|other| other.precision == Precision::Day || other.utc == nearest.utc);
    Some(if is_single { nearest } else { to_the_day(nearest) })
}

fn is_short(line: &str) -> bool {
    line.chars().nth(DATE_LINE_CHARS).is_none()
}

/// Whether a line can state when its page was published: short, no sentence, no other kind of day.
fn is_date_line(line: &str) -> bool {
    let lower = line.to_lowercase();
    let is_sentence =
        line.ends_with(['.', '!', '?']) && line.split_whitespace().count() >= SENTENCE_WORDS;
    is_short(line)
        && !is_sentence
        && !languages::phrases(|l| l.dates.other_days).any(|word| lower.contains(word))
}

fn guessed(page: &Html, boxes: &BTreeSet<NodeId>, zone: OutletZone) -> Option<Claim> {
    let mut page = page.clone();
    for id in boxes {
        if let Some(mut node) = page.tree.get_mut(*id) {
            node.detach();
        }
    }
    let html = page.html();
    let day = catch_unwind(AssertUnwindSafe(|| {
        let document = trafilatura::dom::Document::parse(&html);
        trafilatura::metadata::extract_metadata(&document, &trafilatura::Options::default()).date
    }));
    let day = day.ok().flatten()?;
    // It fills up a month to its first day; that is none.
    let written = ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%-d.%-m.%Y", "%d/%m/%Y", "%m/%d/%Y"];
    let is_written = || written.iter().any(|format| html.contains(&day.format(format).to_string()));
    (day.day() != 1 || is_written())
        .then(|| zone.claim(DateSource::Heuristic, GUESSED, &day.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    const UNKNOWN: OutletZone = OutletZone { zone: Zone(0), known: false };

    #[track_caller]
    fn check(html: &str, expected: Option<&str>) {
        let page = Html::parse_document(html);
        let day = last_resort(&page, "A bridge", UNKNOWN).map(|claim| claim.local_date.to_string());
        assert_eq!(day.as_deref(), expected);
    }

    #[test]
    fn a_labelled_day_wins_over_that_of_a_change() {
        check(
            "<h1>A bridge</h1><p>It is closed.</p><p>Last modified: 31.10.2023<br>\
             Published: 01.11.2023</p>",
            Some("2023-11-01"),
        );
        check(
            "<h1>A bridge</h1><p>Published: 3 May 2020 | Updated: 4 May 2020</p>",
            Some("2020-05-03"),
        );
    }

    #[test]
    fn a_date_line_beside_the_headline_is_the_day() {
        check("<h1>A bridge</h1><p>3 May 2020 | A. Writer</p><p>Text.</p>", Some("2020-05-03"));
    }

    #[test]
    fn a_clock_counts_where_its_zone_is_known() {
        let beijing = OutletZone { zone: Zone(480), known: true };
        let precision = |line: &str, zone| {
            let page = Html::parse_document(&format!("<h1>A bridge</h1>{line}<p>Text.</p>"));
            last_resort(&page, "A bridge", zone).map(|claim| claim.precision)
        };
        assert_eq!(precision("<p>3 May 2020 10:15</p>", beijing), Some(Precision::Minute));
        assert_eq!(precision("<p>3 May 2020 10:15</p>", UNKNOWN), Some(Precision::Day));
        assert_eq!(precision("<p>3 May 2020 10:15 GMT</p>", UNKNOWN), Some(Precision::Minute));
        let two = "<p>3 May 2020 10:15</p><p>3 May 2020 11:30</p>";
        assert_eq!(precision(two, beijing), Some(Precision::Day));
    }

    #[test]
    fn dates_of_other_things_are_none() {
        check("<h1>A bridge</h1><p>Text.</p><footer>Licence of 12 January 2019</footer>", None);
    }

    #[test]
    fn a_day_anywhere_else_is_a_guess() {
        let filler = "<p>Text.</p>".repeat(9);
        for html in [
            &format!("<h1>A bridge</h1>{filler}<div>Fair: 3 August 2020</div>"),
            "<h1>A bridge</h1><p>Updated 5 March 2020, 19:20 GMT</p><p>Text.</p>",
        ] {
            let claim = last_resort(&Html::parse_document(html), "A bridge", UNKNOWN).unwrap();
            assert!(is_guess(&claim) && claim.precision == Precision::Day);
        }
        let html = "<h1>A bridge</h1><p>3 August 2020</p>";
        let claim = last_resort(&Html::parse_document(html), "A bridge", UNKNOWN).unwrap();
        assert!(!is_guess(&claim));
    }

    #[test]
    fn a_date_of_its_own_in_the_title_is_the_day() {
        check(
            "<title>A bridge | The Post | 19.01.2020</title><h1>A bridge</h1><p>Of 11.07.2017.</p>",
            Some("2020-01-19"),
        );
        check("<title>A bridge | 2020 in review | The Post</title><p>Text.</p>", None);
    }

    #[test]
    fn days_of_events_and_validity_are_none() {
        for line in [
            "The next meeting of the club is on 5 February 2020 at seven in the hall.",
            "Unverändert gültig seit: 05.11.2021",
        ] {
            let lines =
                ["A bridge", line].map(|text| Block { text: text.to_owned(), links: Vec::new() });
            assert_eq!(beside_headline(&lines, "A bridge", UNKNOWN), None, "{line}");
        }
    }

    #[test]
    fn menus_teasers_and_comments_are_not_looked_at() {
        check(
            "<div class=navtop><time datetime='2023-11-01'>Wednesday, 01. November 2023</time></div>\
             <h1>A bridge</h1><p>Text.</p><div class=comment-box>26.09.2020</div>",
            None,
        );
        check(
            "<ul class=dropdown><li>16.10.2021<br><a href=/1>A bridge</a></li><li>05.11.2021<br>\
             <a href=/2>Another</a></li></ul><h1>A bridge</h1><p>Text.</p>",
            None,
        );
    }
}
