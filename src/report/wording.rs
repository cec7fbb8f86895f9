//! Figures in words: durations, shares, times, verdicts, and what speaks against a finding.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::alternatives::{self, OutletFacts};
use super::first::First;
use super::report_index::ReportIndex;
use crate::model::{ClockEvidence, ClockSuspicion, OutletPair, Precision, Role, Verdict};

/// From this many hours on a duration is given in days and hours: minutes matter less then.
const HOURS_IN_FULL: u64 = 48;

/// Minutes in words: `45 s`, `3 min`, `26 h 05 min`, `3 d 4 h`.
pub(crate) fn duration(minutes: f64) -> String {
    if !minutes.is_finite() {
        return "unknown".into();
    }
    let sign = if minutes < 0.0 { "−" } else { "" };
    let seconds = (minutes.abs() * 60.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
    #[expect(clippy::cast_sign_loss, reason = "not negative")]
    let seconds = seconds as u64;
    let (hours, mins) = (seconds / 3_600, seconds / 60 % 60);
    let (days, hours) = if hours < HOURS_IN_FULL { (0, hours) } else { (hours / 24, hours % 24) };
    let words = match (days, hours, mins) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) if seconds % 60 == 30 => format!("{mins}.5 min"),
        (0, 0, _) => format!("{mins} min"),
        (0, _, 0) => format!("{hours} h"),
        (0, _, _) => format!("{hours} h {mins:02} min"),
        (_, 0, _) => format!("{days} d"),
        (..) => format!("{days} d {hours} h"),
    };
    format!("{sign}{words}")
}

/// A share as a whole percentage; below one per cent with one decimal.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.95 {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.0} %")
    }
}

/// The greatest odds ratio that a run tells apart from an infinite one.
const MAX_ODDS: f64 = 1000.0;

/// A share as [`percent`]; a dash where there was nothing to compare.
pub(crate) fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".into(), percent)
}

/// An odds ratio with its 95 % interval: `2.4 (95 %: 1.6 to 3.5)`.
pub(crate) fn odds(pair: &OutletPair) -> Option<String> {
    let bounded = |odds: f64| {
        if odds >= MAX_ODDS { "over 1,000".to_owned() } else { format!("{odds:.1}") }
    };
    let (odds, low) = (bounded(pair.odds?), pair.odds_low?);
    let high = pair.odds_high.map_or_else(|| "no upper end".to_owned(), bounded);
    Some(format!("{odds} (95 %: {low:.1} to {high})"))
}

/// What the pair was compared with: `windows of 2 days, 4 controls with 1,200 articles`.
pub(crate) fn compared_with(pair: &OutletPair) -> Option<String> {
    let days = count(pair.window_days? as usize, "day");
    let controls = count(pair.controls?, "control");
    let articles = count(pair.control_articles?, "article");
    Some(format!("compared within windows of {days}, beside {controls} with {articles}"))
}

/// Two ends of an interval of shares as whole percentages.
pub(crate) fn percent_range((low, high): (f64, f64)) -> String {
    format!("{:.0}–{:.0} %", low * 100.0, high * 100.0)
}

/// A probability with two significant digits.
pub(crate) fn probability(p: f64) -> String {
    if p <= 0.0 {
        "0".into()
    } else if p < 0.001 {
        format!("{p:.1e}")
    } else if p < 0.1 {
        format!("{p:.3}")
    } else {
        format!("{p:.2}")
    }
}

/// `2026-03-02 07:00`, or the day alone.
pub(crate) fn time(at: DateTime<Utc>, precision: Option<Precision>) -> String {
    match precision {
        Some(Precision::Day) => at.format("%Y-%m-%d").to_string(),
        _ => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// `1 article`, `2 articles`: English plural by `s`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    count_of(n, noun, &format!("{noun}s"))
}

/// `1 match`, `2 matches`: a noun with a plural of its own.
pub(crate) fn count_of(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(n)) }
}

/// `12,345`.
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The first outlet of a narrative, or that the order is unresolved.
pub(crate) fn first(view: &ReportIndex, narrative: usize) -> String {
    match super::first::first(view, narrative) {
        First::Article(article) => view.outlet_name(article).to_owned(),
        First::Unresolved(outlets) => format!("order unresolved ({})", count(outlets, "outlet")),
    }
}

/// A verdict in words.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::MoreThanChance => "more than chance",
        Verdict::NotDistinguishable => "not distinguishable",
        Verdict::TooFew => "not tested: too few",
        Verdict::NoBaseline => "not tested: no baseline",
    }
}

/// What else than one outlet taking from the other may explain a pair's overlap.
///
/// `gap_days` is the number of days on which one of the two was not heard.
pub(crate) fn pair_doubts(
    pair: &OutletPair,
    gap_days: usize,
    facts: &impl OutletFacts,
) -> Vec<String> {
    let mut doubts = Vec::new();
    if pair.common_source > 0 {
        let n = thousands(pair.common_source);
        doubts.push(format!(
            "Common source: wire copy, a quotation or a statement explains {n} more of this pair's matches; they are not among its edges."
        ));
    }
    if pair.shared_common > 0 {
        doubts.push(format!(
            "Common source: {} that both carry rest on such text alone and are left out of the test.",
            count(pair.shared_common, "narrative")
        ));
    }
    doubts.push(
        match pair.verdict {
            Verdict::MoreThanChance => "Common events: tested against stories of the same language and the same days; an interest that the others lack, a common source or working hours alike would look the same.",
            Verdict::NotDistinguishable => "Common events: what both carry cannot be told from stories of the same language and the same days.",
            Verdict::TooFew => "Common events: not tested, too few narratives or other outlets in the languages of both.",
            Verdict::NoBaseline => "Common events: not tested, in the languages of both no control outlet is at hand.",
        }
        .to_owned(),
    );
    if pair.verdict == Verdict::NotDistinguishable
        && let Some(odds) = pair.detectable_odds
    {
        doubts.push(format!(
            "Power: odds above {odds:.1} would have been found in four of five cases."
        ));
    }
    if pair.verdict == Verdict::MoreThanChance && pair.p_six_hours.is_some_and(|p| p > 0.05) {
        doubts.push("Hours: within six hours the two share no more than chance gives; they may be alike in their hours alone.".into());
    }
    doubts.extend(alternatives::of_outlets(&pair.outlet_a, &pair.outlet_b, facts));
    if gap_days > 0 {
        doubts.push(format!(
            "Gaps: {} on which one of the two was not heard; what it carried then is unknown.",
            count(gap_days, "day")
        ));
    }
    doubts
}

/// What a reader must know before using any figure of this analysis, most important first.
pub(crate) fn caveats(view: &ReportIndex) -> Vec<String> {
    let analysis = view.analysis;
    let mut caveats: Vec<String> = analysis.significance.notes.iter().map(|n| capital(n)).collect();
    caveats.extend(analysis.annotations.clocks.iter().map(|clock| suspicion(view, clock)));
    let heard: BTreeSet<&str> = view
        .corpus
        .feeds()
        .iter()
        .filter(|feed| feed.status.is_heard())
        .map(|feed| feed.outlet.as_str())
        .collect();
    let unheard = || view.corpus.feeds().iter().filter(|feed| !feed.status.is_heard());
    let silent: BTreeSet<&str> = unheard()
        .filter(|feed| !heard.contains(feed.outlet.as_str()))
        .map(|feed| view.name(&feed.outlet))
        .collect();
    if !silent.is_empty() {
        let names: Vec<&str> = silent.into_iter().collect();
        caveats.push(format!("Not heard, so their silence means nothing: {}.", names.join(", ")));
    }
    let partly: BTreeSet<&str> = unheard()
        .filter(|feed| heard.contains(feed.outlet.as_str()))
        .map(|feed| feed.edition.as_str())
        .collect();
    if !partly.is_empty() {
        let editions: Vec<&str> = partly.into_iter().collect();
        caveats.push(format!("Heard in part, other sources answered: {}.", editions.join(", ")));
    }
    let undirected =
        view.corpus.reported().filter(|&a| view.article(a).clock_error().is_none()).count();
    if undirected > 0 {
        caveats.push(format!(
            "{} of {} {} a time that gives no direction (a day only, or first seen only).",
            thousands(undirected),
            count(view.corpus.reported().len(), "article"),
            if undirected == 1 { "has" } else { "have" }
        ));
    }
    let has_control =
        view.corpus.reported().any(|article| view.outlet_role(article) == Role::Control);
    if !has_control && analysis.significance.notes.is_empty() && !view.corpus.is_empty() {
        caveats.push("No control outlet in the corpus: nothing is tested against chance.".into());
    }
    caveats
}

/// The text with a capital at its start.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The window of a run in words.
pub(crate) fn window(since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> String {
    match (since.map(|t| time(t, None)), until.map(|t| time(t, None))) {
        (None, None) => "everything in the input".into(),
        (Some(since), None) => format!("from {since} UTC"),
        (None, Some(until)) => format!("before {until} UTC"),
        (Some(since), Some(until)) => format!("{since} to {until} UTC"),
    }
}

/// One sentence on an outlet's suspicious clock.
fn suspicion(view: &ReportIndex, clock: &ClockSuspicion) -> String {
    let (name, shift) = (view.name(&clock.outlet), duration(clock.minutes.abs() as f64));
    let (items, of) = (thousands(clock.items), thousands(clock.of));
    let side = if clock.minutes > 0 { "after" } else { "before" };
    match clock.evidence {
        ClockEvidence::SeenEarly => format!(
            "{name}: {items} of {of} items were seen up to {shift} before the time they state; its \
             times may be in another zone than they say. Nothing was corrected."
        ),
        ClockEvidence::SharedTitles => {
            let others = if clock.other.is_empty() {
                "other outlets".to_owned()
            } else {
                format!("{} (or the fault is there)", view.name(&clock.other))
            };
            format!(
                "{name}: {items} of {of} headlines shared with {others} lie {shift} {side} theirs, to \
                 the hour; its times may be in another zone than they say. Nothing was corrected."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        for (minutes, expected) in [
            (0.0, "0 s"),
            (0.75, "45 s"),
            (1.5, "1.5 min"),
            (3.0, "3 min"),
            (60.0, "1 h"),
            (125.0, "2 h 05 min"),
            (-5.0, "−5 min"),
            (1_467.0, "24 h 27 min"),
            (4_560.0, "3 d 4 h"),
            (2_880.0, "2 d"),
            (f64::NAN, "unknown"),
        ] {
            assert_eq!(duration(minutes), expected);
        }
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(percent(0.004), "0.4 %");
        assert_eq!(percent(0.425), "42 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(probability(0.000_031), "3.1e-5");
        assert_eq!(probability(0.012), "0.012");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(12), "12");
        assert_eq!(count(1, "day"), "1 day");
    }
}
