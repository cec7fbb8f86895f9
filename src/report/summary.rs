//! What a terminal shows at the end of a run: at most [`MAX_LINES`] lines, plain text.

use std::fmt::Write;

use super::report_index::ReportIndex;
use super::{TOOL_VERSION, rank, wording};
use crate::model::{Grade, Role};
use crate::text::sanitize;

/// A summary must fit on one screen.
const MAX_LINES: usize = 25;
/// Lines after the notes: what is not measured, and where the files are.
const END_LINES: usize = 2;
/// Narratives and pairs that are shown.
const TOP: usize = 5;
/// Lines that one sentence may take.
const MAX_WRAPPED: usize = 2;
/// Before the second line of a sentence.
const INDENT: &str = "  ";
/// Narrowest and widest line; a narrower terminal wraps, a wider one is not filled.
const WIDTHS: (usize, usize) = (60, 120);

/// Columns a character takes on a terminal: two for East Asian wide ones.
fn width_of(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Returns `text` cleaned for a terminal, in exactly `width` columns.
fn fit(text: &str, width: usize) -> String {
    let clean = sanitize::terminal(text);
    let total: usize = clean.chars().map(width_of).sum();
    let (mut line, mut used) = (String::new(), 0);
    for c in clean.chars() {
        let keep = if total > width { width.saturating_sub(1) } else { width };
        if used + width_of(c) > keep {
            break;
        }
        used += width_of(c);
        line.push(c);
    }
    if total > width && width > 0 {
        line.push('…');
        used += 1;
    }
    line.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    line
}

/// Returns the summary of an analysis for a terminal of `width` columns; `place` says where the
/// files are, and is left out if empty. Text from outside is stripped of control characters.
pub fn summary(view: &ReportIndex, width: usize, place: &str) -> String {
    let width = width.clamp(WIDTHS.0, WIDTHS.1);
    let mut lines = vec![headline(view)];
    lines.extend(wrap(&counts(view), width));
    let has_convergence = view.analysis.relations.has_convergence();
    if has_convergence {
        narratives(view, width, &mut lines);
        pairs(view, width, &mut lines);
        lines.push(edges(view));
        lines.extend(chain(view).iter().flat_map(|line| wrap(line, width)));
    }
    lines.extend(feeds(view));
    notes(view, width, &mut lines);
    lines.push("Overlap and order are measured here; intent is not.".into());
    let mut text = String::new();
    for line in lines {
        text.push_str(fit(&line, width).trim_end());
        text.push('\n');
    }
    if !place.is_empty() {
        // Never cut: a path is there to be copied.
        let first = if has_convergence { "open report.html" } else { "see matches.csv" };
        let _ = writeln!(text, "Files: {} ({first} first)", sanitize::terminal(place));
    }
    text
}

/// Breaks a line between words into at most [`MAX_WRAPPED`] lines, those after the first indented; the
/// last one is cut by [`fit`] if it is still too long.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut used) = (vec![String::new()], 0);
    for word in sanitize::terminal(text).split_whitespace() {
        let columns: usize = word.chars().map(width_of).sum();
        if used > 0 && used + 1 + columns > width && lines.len() < MAX_WRAPPED {
            lines.push(format!("{INDENT}{word}"));
            used = INDENT.len() + columns;
        } else if let Some(line) = lines.last_mut() {
            let space = if used == 0 { "" } else { " " };
            line.push_str(space);
            line.push_str(word);
            used += space.len() + columns;
        }
    }
    lines
}

/// The caveats, as many as the screen has room for.
fn notes(view: &ReportIndex, width: usize, lines: &mut Vec<String>) {
    let notes = wording::caveats(view);
    for (i, note) in notes.iter().enumerate() {
        let wrapped = wrap(&format!("Note: {note}"), width);
        let last = i + 1 == notes.len();
        if lines.len() + wrapped.len() + usize::from(!last) > MAX_LINES - END_LINES {
            let left = wording::count(notes.len() - i, "more note");
            lines.push(format!("Note: {left} in report.html, under \"Read this first\"."));
            return;
        }
        lines.extend(wrapped);
    }
}

fn headline(view: &ReportIndex) -> String {
    let mut line = format!("fimi {TOOL_VERSION}");
    if view.run.since.is_some() || view.run.until.is_some() {
        let _ = write!(line, " · {}", wording::window(view.run.since, view.run.until));
    } else if let Some((first, last)) = period(view) {
        let _ = write!(line, " · {first} to {last}");
    }
    if !view.run.run_id.is_empty() {
        let _ = write!(line, " · run {}", view.run.run_id);
    }
    line
}

/// The days of the first and last article that is reported.
fn period(view: &ReportIndex) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let articles = &view.corpus.articles()[view.corpus.reported()];
    let ends = articles.first().zip(articles.last());
    ends.map(|(first, last)| (first.at().date_naive(), last.at().date_naive()))
}

fn counts(view: &ReportIndex) -> String {
    let all = view.analysis;
    let outlets = view.corpus.outlet_ids();
    let of = |role: Role| outlets.iter().filter(|o| view.corpus.registry().role(o) == role).count();
    let mut line = format!(
        "{} from {} ({}, {}, {}) · {}",
        wording::count(view.corpus.reported().len(), "article"),
        wording::count(outlets.len(), "outlet"),
        wording::count(of(Role::Subject), "subject"),
        wording::count(of(Role::Wire), "wire"),
        wording::count(of(Role::Control), "control"),
        wording::count_of(all.matches.len(), "match", "matches"),
    );
    if all.relations.has_convergence() {
        let _ = write!(line, " · {}", wording::count(all.narratives.len(), "narrative"));
    }
    let earlier = view.corpus.reported().start;
    if earlier > 0 {
        let _ = write!(line, " · compared with {} before", wording::thousands(earlier));
    }
    if !view.corpus.skipped().is_empty() {
        let _ = write!(line, " · {} skipped", wording::thousands(view.corpus.skipped().len()));
    }
    line
}

/// Fixed columns right of the label in the table of narratives, and without those that a narrow terminal leaves out.
const NARRATIVE_FIGURES: usize = 55;
const FEW_FIGURES: usize = 38;
/// From this width on all columns are there.
const ALL_FROM: usize = 76;

fn narratives(view: &ReportIndex, width: usize, lines: &mut Vec<String>) {
    if view.analysis.narratives.is_empty() {
        return;
    }
    let has_all = width >= ALL_FROM;
    let label = width - if has_all { NARRATIVE_FIGURES } else { FEW_FIGURES };
    let mut row = |name: &str, articles: &str, outlets: &str, edges: &str, first: &str| {
        let counts = if has_all { format!(" {articles:>8} {outlets:>7}") } else { String::new() };
        lines.push(format!("{}{counts} {edges:>6}  {first}", fit(name, label)));
    };
    row("NARRATIVE", "articles", "outlets", Grade::DIRECTED_ASCII, "first");
    for &i in rank::narratives(view).iter().take(TOP) {
        let narrative = &view.analysis.narratives[i];
        let edges = view.edges_of(i).iter().filter(|&&e| view.edge(e).grade.is_directed()).count();
        let first = view.article(narrative.first);
        let when = wording::time(first.at(), first.published.as_ref().map(|p| p.precision));
        let outlet = wording::first(view, i);
        row(
            &narrative.label,
            &narrative.articles.len().to_string(),
            &narrative.outlets.len().to_string(),
            &edges.to_string(),
            &format!("{} {outlet}", when.get(5..).unwrap_or(&when)),
        );
    }
}

/// Fixed columns right of the names in the table of pairs.
const PAIR_FIGURES: usize = 77;
/// Least columns for the names.
const MIN_NAMES: usize = 20;
/// On a narrower terminal the lag gives way to the verdict and its figures.
const LAG_FROM: usize = 92;

fn pairs(view: &ReportIndex, width: usize, lines: &mut Vec<String>) {
    let order = rank::pairs(view);
    if order.is_empty() {
        return;
    }
    let has_lag = width >= LAG_FROM;
    let names = width.saturating_sub(PAIR_FIGURES).max(MIN_NAMES);
    let has_shares = width >= ALL_FROM;
    let mut row = |name: &str, shares: &str, edges: &str, lag: &str, verdict: &str| {
        let lag = if has_lag { format!(" {lag:>11}") } else { String::new() };
        let shares = if has_shares { format!(" {shares:>13}") } else { String::new() };
        lines.push(format!("{}{shares} {edges:>9}{lag}  {verdict}", fit(name, names)));
    };
    row("OUTLET PAIR (a / b)", "share a / b", "a→b b→a", "median lag", "against chance");
    for &i in order.iter().take(TOP) {
        let pair = &view.analysis.significance.pairs[i];
        let (ab, ba) = rank::directed(pair);
        let side = if ba > ab { pair.lag_ba } else { pair.lag_ab };
        let lag = match side {
            Some(q) => wording::duration(q.median),
            None if ab + ba > 0 => "n < 5".to_owned(),
            None => "-".to_owned(),
        };
        let mut verdict = wording::verdict(pair.verdict).to_owned();
        if let (Some(odds), Some(q)) = (pair.odds, pair.q) {
            let _ = write!(verdict, " (odds {odds:.1}, q {})", wording::probability(q));
        }
        let name = format!("{} / {}", view.name(&pair.outlet_a), view.name(&pair.outlet_b));
        let shares = format!("{} / {}", wording::share(pair.share_a), wording::share(pair.share_b));
        row(&name, &shares, &format!("{ab:>3} {ba:>3}"), &lag, &verdict);
    }
}

fn edges(view: &ReportIndex) -> String {
    let counts = rank::by_grade(view);
    let of = |grades: &[Grade]| {
        let each = grades
            .iter()
            .map(|grade| format!("{} {}", grade.as_str(), counts.get(grade).copied().unwrap_or(0)));
        each.collect::<Vec<_>>().join(", ")
    };
    let undirected: Vec<Grade> = Grade::ALL
        .iter()
        .copied()
        .filter(|&grade| !grade.is_directed() && grade != Grade::X)
        .collect();
    format!(
        "Edges: directed {} · undirected {} · common source {}",
        of(&Grade::DIRECTED),
        of(&undirected),
        of(&[Grade::X]),
    )
}

fn chain(view: &ReportIndex) -> Option<String> {
    let chains = &view.analysis.diffusion.chains;
    let longest = &chains[*rank::chains(view).first()?];
    let names: Vec<&str> = longest.outlets.iter().map(|id| view.name(id)).collect();
    Some(format!(
        "Chains: {}; longest {} in {}, weakest grade {}",
        wording::thousands(chains.len()),
        names.join(" → "),
        wording::duration(longest.lag_minutes),
        longest.weakest.as_str(),
    ))
}

fn feeds(view: &ReportIndex) -> Option<String> {
    let feeds = &view.corpus.feeds();
    if feeds.is_empty() {
        return None;
    }
    let deaf: Vec<_> = feeds.iter().filter(|feed| !feed.status.is_heard()).collect();
    let mut line = format!("Feeds: {} of {} heard", feeds.len() - deaf.len(), feeds.len());
    for (i, feed) in deaf.iter().enumerate() {
        let mark = if i == 0 { "; not heard:" } else { "," };
        let _ = write!(line, "{mark} {} {}", feed.edition, feed.status.as_str());
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn render(sample: &sample::Sample, width: usize) -> String {
        let (run, config) = (sample::run(), ReportConfig::default());
        summary(&sample.view(&run, &config), width, "out/2026-03-06")
    }

    #[test]
    fn a_screen_holds_it() {
        let sample = sample::repeated(40);
        for width in [0, 60, 80, 100, 1_000] {
            let text = render(&sample, width);
            assert!(text.lines().count() <= MAX_LINES, "{text}");
            let limit = width.clamp(WIDTHS.0, WIDTHS.1);
            for line in text.lines() {
                assert!(line.chars().map(width_of).sum::<usize>() <= limit, "{line}");
            }
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\t']));
        }
    }

    #[test]
    fn verdicts_and_narratives_can_be_read_in_sixty_columns() {
        let text = render(&sample::analysis(), 60);
        assert!(
            text.contains("not distinguishable") || text.contains("more than chance"),
            "{text}"
        );
        assert!(text.contains("Foreign bank takes"), "{text}");
    }

    #[test]
    fn it_says_what_there_is() {
        insta::assert_snapshot!(render(&sample::analysis(), 100));
    }

    #[test]
    fn an_empty_analysis_has_a_summary() {
        let text = render(&sample::empty(), 80);
        assert!(text.contains("0 articles from 0 outlets"), "{text}");
    }

    #[test]
    fn sentences_take_two_lines_at_most() {
        assert_eq!(wrap("one two three four", 9), ["one two", "  three four"]);
        assert_eq!(wrap("one", 9), ["one"]);
        assert_eq!(wrap("北京 会谈 开始", 9), ["北京 会谈", "  开始"]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(fit("北京会谈", 5), "北京…");
        assert_eq!(fit("ab", 4), "ab  ");
        assert_eq!(fit("abcd", 4), "abcd");
        assert_eq!(fit("a\u{1b}[2Jb", 9), "a[2Jb    ");
    }
}
