//! An outlet's name among characters of a script without spaces: no words can be told apart by their borders, so
//! turns of phrase are looked for as they stand.

use std::sync::LazyLock;

use super::turns::{MAX_FILLERS, WRAPPING};
use crate::text::languages;

/// The turns of phrase of all such scripts.
struct Table {
    before: Vec<&'static str>,
    after: Vec<&'static str>,
    not_after: Vec<&'static str>,
    fillers: Vec<&'static str>,
    nations: Vec<&'static str>,
    reports: Vec<&'static str>,
    says: Vec<&'static str>,
    stops: Vec<&'static str>,
    told: Vec<&'static str>,
    reporter: Vec<&'static str>,
    borders: Vec<char>,
    object: Vec<char>,
}

static PHRASES: LazyLock<Table> = LazyLock::new(|| Table {
    before: languages::phrases(|l| l.unspaced.before).collect(),
    after: languages::phrases(|l| l.unspaced.after).collect(),
    not_after: languages::phrases(|l| l.unspaced.not_after).collect(),
    fillers: languages::phrases(|l| l.unspaced.fillers).collect(),
    nations: languages::phrases(|l| l.unspaced.nations).collect(),
    reports: languages::phrases(|l| l.unspaced.reports).collect(),
    says: languages::phrases(|l| l.unspaced.says).collect(),
    stops: languages::phrases(|l| l.unspaced.stops).collect(),
    told: languages::phrases(|l| l.unspaced.told).collect(),
    reporter: languages::phrases(|l| l.unspaced.reporter).collect(),
    borders: languages::ALL.iter().flat_map(|l| l.unspaced.borders).copied().collect(),
    object: languages::ALL.iter().flat_map(|l| l.unspaced.object).copied().collect(),
});

/// Whether the name between `before` and `after` (its paragraph, lower case) is a source.
pub(super) fn is_source(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(WRAPPING);
    is_from(before, after) || is_told(before, after) || is_subject(before, after)
}

/// Whether the outlet was itself told, or its reporter was there: "告诉塔斯社", "塔斯社记者".
pub(super) fn is_own_reporting(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end_matches(WRAPPING), after.trim_start_matches(WRAPPING));
    PHRASES.told.iter().any(|phrase| before.ends_with(phrase))
        || PHRASES.reporter.iter().any(|phrase| after.starts_with(phrase))
        || is_told(before, after)
}

/// "据俄罗斯塔斯社…", "告诉…".
fn is_from(before: &str, after: &str) -> bool {
    let mut from = before;
    while let Some(rest) = PHRASES.nations.iter().find_map(|nation| from.strip_suffix(nation)) {
        from = rest.trim_end_matches(WRAPPING);
    }
    let after = after.trim_start_matches(WRAPPING);
    PHRASES.before.iter().any(|p| from.ends_with(p))
        || (before.ends_with(['对', '向']) && after.starts_with("记者"))
}

/// "向路透社透露", "对俄罗斯卫星通讯社表示".
fn is_told(before: &str, after: &str) -> bool {
    let clause = after.split(PHRASES.borders.as_slice()).next().unwrap_or(after);
    before.ends_with(['对', '向']) && first_of(clause, &PHRASES.says, &PHRASES.stops)
}

/// The outlet, or its reporter, as the subject of a verb of reporting in its clause.
fn is_subject(before: &str, after: &str) -> bool {
    let mut rest = after.trim_start_matches(WRAPPING);
    if before.ends_with("记者") && !rest.starts_with("报道") {
        return false;
    }
    for _ in 0..MAX_FILLERS {
        if PHRASES.not_after.iter().any(|p| rest.starts_with(p)) {
            break;
        }
        if rest.starts_with([':', '：']) || PHRASES.after.iter().any(|p| rest.starts_with(p)) {
            return true;
        }
        let dated =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日()（）".contains(c));
        match PHRASES.fillers.iter().find_map(|f| dated.strip_prefix(f)) {
            Some(more) => rest = more,
            None if dated.len() < rest.len() => rest = dated,
            None => break,
        }
    }
    let object = before.ends_with(PHRASES.object.as_slice());
    let clause = after.split(PHRASES.borders.as_slice()).next().unwrap_or(after);
    !object && first_of(clause, &PHRASES.reports, &PHRASES.stops)
}

/// Whether one of `wanted` stands in `clause`, before any of `stops`.
fn first_of(clause: &str, wanted: &[&str], stops: &[&str]) -> bool {
    let first = |list: &[&str]| list.iter().filter_map(|p| clause.find(p)).min();
    let stop = first(stops).unwrap_or(usize::MAX);
    first(wanted).is_some_and(|at| at < stop)
}
