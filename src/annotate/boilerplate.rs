//! Standing text of an outlet, found by counting: footers, mastheads, boxes and calls that no list
//! knows, because they recur in the outlet's articles.
//!
//! A unit is a short line anywhere in a text, or a sentence near its head or tail, or of a text of one line. A sentence inside a
//! paragraph of the body is never a unit, and one that recurs in several outlets is none of either's
//! furniture: a slogan that outlets repeat for months is a finding, and the business of `similarity`.

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::corpus::{Calendar, Corpus};
use crate::model::Article;
use crate::text::{find_byte, for_each_hash, sentences, span};

/// Fewest articles with different substance that a standing text occurs in.
const MIN_ARTICLES: usize = 5;
/// It recurs over more than this many days: longer than any story runs in near-identical updates.
const MIN_DAYS: i64 = 14;
/// Or, in a shorter collection, in at least this share of the outlet's articles, in percent.
const MIN_SHARE: usize = 20;
/// Longest line that may be a box of its own, in bytes (about 35 words).
const LINE_BYTES: usize = 240;
/// Distance from the head or tail of a text within which sentences are units, in bytes (100 words).
const EDGE_BYTES: usize = 600;
/// Least letters of a unit, in bytes: shorter ones cannot make a passage.
const MIN_BYTES: usize = 12;
/// First words by which most lines and sentences are told apart without reading them to the end.
const BEGINNING_WORDS: usize = 4;
/// Bytes that hold so many words, mostly.
const BEGINNING_BYTES: usize = 40;
/// Bytes of a text's middle from which its fingerprint is made.
const MIDDLE_BYTES: usize = 1_500;

/// Per article from `from` on: the sentences and boxes that recur in one outlet's articles up to its day, in bytes, sorted
/// and apart. Cost: linear in the number of lines of these articles and the look-back window before them; two looks at
/// the head, the tail and the short lines of each.
pub(super) fn boilerplate(
    corpus: &Corpus,
    calendar: &Calendar,
    from: usize,
) -> Vec<Vec<Range<usize>>> {
    let mut spans: Vec<Vec<Range<usize>>> = vec![Vec::new(); corpus.len()];
    for (article, span) in standing(corpus, calendar, from) {
        spans[article].push(span);
    }
    let texts = corpus.articles().par_iter();
    spans
        .par_iter_mut()
        .zip(texts)
        .filter(|(spans, _)| !spans.is_empty())
        .for_each(|(spans, article)| *spans = merged(&article.text, std::mem::take(spans)));
    spans
}

/// One occurrence of a unit: a line or sentence that may be standing text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Hash of its words.
    pub unit: u64,
    /// Number of the outlet.
    pub outlet: u32,
    /// Number of the article, in the order of time.
    pub article: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

/// What decides whether a unit is standing text: of the articles that may hold it, and of their outlets.
pub trait StandingFacts {
    /// Number of an article's day.
    fn day_of(&self, article: usize) -> usize;
    /// The articles of a day's look-back window.
    fn lookback(&self, day: usize) -> Range<usize>;
    /// How many articles an outlet has in it, holders of the unit or not.
    fn articles_in_lookback(&self, outlet: u32, day: usize) -> usize;
    /// Time of an article in seconds.
    fn time(&self, article: usize) -> i64;
    /// What the article is about: see [`substance`].
    fn substance(&self, article: usize) -> u64;
}

/// A place that may hold a unit.
#[derive(Debug, Clone, Copy)]
struct CandidateUnit {
    /// See [`beginning`].
    beginning: u64,
    article: u32,
    start: u32,
    end: u32,
}

/// The places, in any outlet, of the units that recur in exactly one up to the day: article and bytes.
fn standing(corpus: &Corpus, calendar: &Calendar, from: usize) -> Vec<(usize, Range<usize>)> {
    let since = calendar.since(from);
    let (articles, outlets) = (corpus.articles(), corpus.outlets());
    let mut of_outlet: Vec<Vec<usize>> = vec![Vec::new(); corpus.outlet_ids().len()];
    for (article, &outlet) in outlets.iter().enumerate().skip(since) {
        of_outlet[outlet as usize].push(article);
    }
    let mut seen = recurring(articles, outlets, since);
    seen.par_sort_unstable();
    let substances = Substances::new(articles);
    let facts = OfCorpus { articles, calendar, of_outlet: &of_outlet, substances: &substances };
    let units: Vec<&[Sighting]> = seen.chunk_by(|a, b| a.unit == b.unit).collect();
    let marked =
        units.into_par_iter().flat_map_iter(|seen| standing_on_their_days(&facts, from, seen));
    marked.map(|s| (s.article as usize, s.start as usize..s.end as usize)).collect()
}

/// The occurrences of all units that recur, and of a few that do not.
///
/// Hardly any sentence begins as often as a unit must occur, so that hardly any is read to its end.
fn recurring(articles: &[Article], outlets: &[u32], since: usize) -> Vec<Sighting> {
    let candidates: Vec<CandidateUnit> = (since..articles.len())
        .into_par_iter()
        .flat_map_iter(|article| candidates(articles, article))
        .collect();
    let often = Often::new(&candidates);
    let sighting = |candidate: &CandidateUnit| {
        let CandidateUnit { article, start, end, .. } = *candidate;
        let text = &articles[article as usize].text;
        let unit = unit(text.get(start as usize..end as usize)?)?;
        Some(Sighting { unit, outlet: outlets[article as usize], article, start, end })
    };
    candidates.par_iter().filter(|c| often.may_hold(c.beginning)).filter_map(sighting).collect()
}

/// The places of one article that may hold a unit; what does not fit in 32 bits is left out.
fn candidates(articles: &[Article], article: usize) -> impl Iterator<Item = CandidateUnit> {
    let text = articles[article].text.as_str();
    places(text).into_iter().filter_map(move |place| {
        let beginning = beginning(text.get(place.clone())?);
        let small = |n: usize| u32::try_from(n).ok();
        let (start, end) = (small(place.start)?, small(place.end)?);
        Some(CandidateUnit { beginning, article: small(article)?, start, end })
    })
}

/// Which beginnings occur [`MIN_ARTICLES`] times or more, and a few others.
struct Often {
    counts: Vec<u8>,
}

impl Often {
    fn new(candidates: &[CandidateUnit]) -> Often {
        let mut often = Often { counts: vec![0; (4 * candidates.len()).next_power_of_two()] };
        for candidate in candidates {
            let place = often.place(candidate.beginning);
            often.counts[place] = often.counts[place].saturating_add(1);
        }
        often
    }

    fn may_hold(&self, beginning: u64) -> bool {
        usize::from(self.counts[self.place(beginning)]) >= MIN_ARTICLES
    }

    fn place(&self, beginning: u64) -> usize {
        (beginning >> 20) as usize & (self.counts.len() - 1)
    }
}

/// Of the occurrences of one unit, sorted, those from an article on, on whose day exactly one outlet has it as
/// standing text.
pub fn standing_on_their_days(
    facts: &impl StandingFacts,
    from: usize,
    seen: &[Sighting],
) -> Vec<Sighting> {
    let holders: Vec<(u32, Vec<usize>)> = seen
        .chunk_by(|a, b| a.outlet == b.outlet)
        .map(|seen| {
            let mut holders: Vec<usize> = seen.iter().map(|s| s.article as usize).collect();
            holders.dedup();
            (seen[0].outlet, holders)
        })
        .filter(|(_, holders)| holders.len() >= MIN_ARTICLES)
        .collect();
    if holders.is_empty() {
        return Vec::new();
    }
    let mut asked_for: Vec<(usize, Sighting)> = seen
        .iter()
        .filter(|sighting| sighting.article as usize >= from)
        .map(|sighting| (facts.day_of(sighting.article as usize), *sighting))
        .collect();
    asked_for.sort_unstable();
    let of_day = asked_for.chunk_by(|a, b| a.0 == b.0);
    let stands = |seen: &&[(usize, Sighting)]| {
        let day = seen[0].0;
        let lookback = facts.lookback(day);
        let of = |(outlet, holders): &&(u32, Vec<usize>)| {
            is_standing(facts, *outlet, day, within(holders, &lookback))
        };
        holders.iter().filter(of).count() == 1
    };
    of_day.filter(stands).flatten().map(|(_, sighting)| *sighting).collect()
}

/// Whether a unit that these articles of an outlet hold is standing text among all of its look-back window.
fn is_standing(facts: &impl StandingFacts, outlet: u32, day: usize, holders: &[usize]) -> bool {
    let (Some(first), Some(last)) = (holders.first(), holders.last()) else { return false };
    let often = if facts.time(*last) - facts.time(*first) > MIN_DAYS * 24 * 60 * 60 {
        MIN_ARTICLES
    } else {
        let all = facts.articles_in_lookback(outlet, day);
        MIN_ARTICLES.max((all * MIN_SHARE).div_ceil(100))
    };
    // Most standing texts are known for what they are by their first few articles.
    let mut different = FxHashSet::default();
    holders.len() >= often
        && holders.iter().any(|&holder| {
            different.insert(facts.substance(holder));
            different.len() >= often
        })
}

/// The facts about a whole corpus.
struct OfCorpus<'a> {
    articles: &'a [Article],
    calendar: &'a Calendar,
    /// Articles of each outlet, ascending.
    of_outlet: &'a [Vec<usize>],
    substances: &'a Substances<'a>,
}

impl StandingFacts for OfCorpus<'_> {
    fn day_of(&self, article: usize) -> usize {
        self.calendar.day_of(article)
    }

    fn lookback(&self, day: usize) -> Range<usize> {
        let day = &self.calendar.days()[day];
        day.since..day.articles.end
    }

    fn articles_in_lookback(&self, outlet: u32, day: usize) -> usize {
        within(&self.of_outlet[outlet as usize], &self.lookback(day)).len()
    }

    fn time(&self, article: usize) -> i64 {
        self.articles[article].at().timestamp()
    }

    fn substance(&self, article: usize) -> u64 {
        self.substances.of(article)
    }
}

/// Those of ascending articles that are in a range.
fn within<'a>(articles: &'a [usize], range: &Range<usize>) -> &'a [usize] {
    let from = articles.partition_point(|article| *article < range.start);
    let to = articles.partition_point(|article| *article < range.end);
    articles.get(from..to).unwrap_or_default()
}

/// What each article is about, found when it is asked for: few articles hold a unit that recurs, and some
/// hold several.
struct Substances<'a> {
    articles: &'a [Article],
    known: Vec<OnceLock<u64>>,
}

impl Substances<'_> {
    fn new(articles: &[Article]) -> Substances<'_> {
        Substances { articles, known: articles.iter().map(|_| OnceLock::new()).collect() }
    }

    fn of(&self, article: usize) -> u64 {
        *self.known[article].get_or_init(|| substance(&self.articles[article].text))
    }
}

/// The units of a text: what may be standing text, with its place in bytes.
pub fn units(text: &str) -> Vec<(u64, Range<usize>)> {
    let units =
        places(text).into_iter().filter_map(|place| Some((unit(text.get(place.clone())?)?, place)));
    units.collect()
}

/// The spans in order, those with only blanks between them made one.
pub fn merged(text: &str, spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let is_blank = |gap: &str| gap.trim().is_empty();
    span::union_across(spans, |gap| text.get(gap.clone()).is_some_and(is_blank))
}

/// The places of a text that may hold a unit.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let line = find_byte(rest.as_bytes(), |byte| byte == b'\n').unwrap_or(rest.len());
        let span = start..start + rest.get(..line).unwrap_or_default().trim_end().len();
        start += line + 1;
        if span.len() <= LINE_BYTES {
            // A summary of one line: its standing sentence has no line of its own.
            if span.len() == text.trim_end().len() {
                places.extend(sentences_of(text, span.clone()).filter(|s| *s != span));
            }
            places.extend((span.len() >= MIN_BYTES).then_some(span));
            continue;
        }
        let (head, tail) = (EDGE_BYTES, text.len().saturating_sub(EDGE_BYTES));
        // Twice the edge holds a whole sentence that begins inside it; a cut one is left out.
        let end = text.floor_char_boundary((2 * EDGE_BYTES).min(span.end));
        let begin = text.len().saturating_sub(2 * EDGE_BYTES).max(span.start);
        let begin = text.floor_char_boundary(begin);
        let from_head = |s: &Range<usize>| s.start < head && (s.end < end || end == span.end);
        let from_tail = |s: &Range<usize>| s.end > tail && (s.start > begin || begin == span.start);
        if begin == span.start && end == span.end {
            places
                .extend(sentences_of(text, span.clone()).filter(|s| from_head(s) || from_tail(s)));
            continue;
        }
        let known = places.len();
        if span.start < head {
            let of_head = sentences_of(text, span.start..end).take_while(|s| s.start < head);
            places.extend(of_head.filter(from_head));
        }
        if span.end > tail {
            // A sentence of a short text is found from both ends.
            let of_head = places.split_off(known);
            let of_tail: Vec<_> = sentences_of(text, begin..span.end).filter(from_tail).collect();
            places.extend(of_head.into_iter().filter(|s| !of_tail.contains(s)));
            places.extend(of_tail);
        }
    }
    places
}

/// The sentences of a part of a text.
fn sentences_of(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let found = sentences(text.get(part.clone()).unwrap_or_default());
    found.map(move |s| s.start + part.start..s.end + part.start)
}

/// The unit that a line or sentence is; `None` if it is too short. Words count, whatever their case;
/// numbers do not: "12 comments" recurs with "3 comments".
fn unit(line: &str) -> Option<u64> {
    let (mut unit, mut letters) = (0, 0);
    for_each_hash(line, |word, hash| {
        if !is_number(line, &word) {
            unit = then(unit, hash);
            letters += word.len();
        }
    });
    (letters >= MIN_BYTES).then_some(unit)
}

/// The same for equal units, and different for most others: the hash of the first words.
fn beginning(line: &str) -> u64 {
    let cut = line.floor_char_boundary(BEGINNING_BYTES);
    of_first_words(line, cut).or_else(|| of_first_words(line, line.len())).unwrap_or_default()
}

/// The hash of the first words before `cut`; `None` if there are too few, but for a whole line.
fn of_first_words(line: &str, cut: usize) -> Option<u64> {
    let (mut hash, mut words) = (0, 0);
    for_each_hash(line.get(..cut)?, |word, next| {
        // The last one may have been cut.
        let is_whole = word.end < cut || cut == line.len();
        if words < BEGINNING_WORDS && is_whole && !is_number(line, &word) {
            hash = then(hash, next);
            words += 1;
        }
    });
    (words == BEGINNING_WORDS || cut == line.len()).then_some(hash)
}

fn is_number(line: &str, word: &Range<usize>) -> bool {
    line.as_bytes().get(word.start).is_some_and(u8::is_ascii_digit)
}

/// A number that copies and updates of one text share, and texts about other things do not: the least
/// hash of two words in a row of the middle (min-wise hashing, Broder 1997, with one function).
pub fn substance(text: &str) -> u64 {
    let length = (text.len() / 2).min(MIDDLE_BYTES);
    let start = text.floor_char_boundary((text.len() - length) / 2);
    let end = text.floor_char_boundary(start + length);
    let (mut least, mut before) = (u64::MAX, 0);
    for_each_hash(text.get(start..end).unwrap_or_default(), |_, hash| {
        least = least.min(then(before, hash));
        before = hash;
    });
    least
}

/// Adds a word to the hash of those before it (the multiplier is that of splitmix64).
pub(super) fn then(before: u64, word: u64) -> u64 {
    (before.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CalendarConfig;
    use crate::model::Registry;
    use crate::testing;

    fn article(outlet: &str, day: i64, text: String) -> Article {
        let id = format!("{outlet}-{day}");
        Article { text, ..testing::article(&id, outlet, testing::days(day)) }
    }

    const FOOTER: &str = "The Harbour Post is an independent paper of the northern towns.";
    const SLOGAN: &str = "The old harbour must never be sold to strangers from the south.";

    /// A text of its own for each number, with a long paragraph in the middle.
    fn story(n: i64) -> String {
        let words: Vec<String> = (0..120).map(|i| format!("w{n}x{i}")).collect();
        format!("Lead {n} of story q{n} begins here today.\n{}.", words.join(" "))
    }

    /// A corpus of these articles; of those of one time the order is kept.
    fn corpus(articles: Vec<Article>) -> Corpus {
        let numbered = articles.into_iter().enumerate();
        let articles = numbered.map(|(n, article)| Article { id: format!("{n:05}"), ..article });
        Corpus::new(articles.collect(), Registry::default())
    }

    fn marked(corpus: &Corpus, config: &CalendarConfig, from: usize) -> Vec<Vec<Range<usize>>> {
        boilerplate(corpus, &Calendar::new(corpus.articles(), config), from)
    }

    /// The texts that are marked, in the order of the articles.
    fn marks(articles: Vec<Article>) -> Vec<Vec<String>> {
        let texts: Vec<String> = articles.iter().map(|article| article.text.clone()).collect();
        let corpus = corpus(articles);
        let spans = marked(&corpus, &CalendarConfig::default(), 0);
        let mut marks = vec![Vec::new(); texts.len()];
        for (article, spans) in corpus.articles().iter().zip(spans) {
            let place: usize = article.id.parse().unwrap();
            marks[place] = spans.into_iter().map(|span| texts[place][span].to_owned()).collect();
        }
        marks
    }

    #[test]
    fn a_footer_that_recurs_is_marked_and_so_is_its_copy_elsewhere() {
        let mut articles: Vec<Article> =
            (0..8).map(|n| article("a", 5 * n, format!("{}\n{FOOTER}", story(n)))).collect();
        articles.push(article("b", 3, format!("{}\n{FOOTER}", story(99))));
        articles.push(article("b", 4, story(100)));
        let marks = marks(articles);
        assert!(marks[..9].iter().all(|found| found == &[FOOTER]), "{marks:?}");
        assert!(marks[9].is_empty());
    }

    #[test]
    fn numbers_in_a_standing_line_do_not_matter() {
        let line = |n: i64| format!("This report was read by {n} subscribers of the paper.");
        let articles =
            (0..8).map(|n| article("a", 5 * n, format!("{}\n{}", story(n), line(n)))).collect();
        assert!(marks(articles).iter().all(|found| found.len() == 1));
    }

    #[test]
    fn what_several_outlets_repeat_is_a_finding() {
        let of = |outlet: &'static str, from: i64| {
            (0..8).map(move |n| article(outlet, 5 * n, format!("{}\n{SLOGAN}", story(n + from))))
        };
        assert!(marks(of("a", 50).chain(of("bb", 100)).collect()).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_slogan_inside_the_body_is_not_marked() {
        let body = |n: i64| {
            let story = story(n);
            let (first, last) = story.split_at(story.len() / 2);
            format!("{first} {SLOGAN} {last}")
        };
        let articles = (0..12).map(|n| article("a", 5 * n, body(n))).collect();
        assert!(marks(articles).iter().all(Vec::is_empty));
    }

    #[test]
    fn updates_of_one_story_are_no_standing_text() {
        let articles =
            (0..20).map(|n| article("a", n, format!("{}\nUpdate {n} q{n}.", story(1)))).collect();
        assert!(marks(articles).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_new_footer_is_marked_once_it_is_known_for_one() {
        let with = |n| if n < 35 { story(n) } else { format!("{}\n{FOOTER}", story(n)) };
        let articles: Vec<Article> = (0..60).map(|n| article("a", n, with(n))).collect();
        let config =
            CalendarConfig { warm_up_days: 30, warm_up_articles: 1, ..CalendarConfig::default() };
        let spans = marked(&corpus(articles), &config, 0);
        let marked: Vec<usize> = (0..60).filter(|&n| !spans[n].is_empty()).collect();
        // On day 43 it is in 9 of 44 articles; what was before stays.
        assert_eq!(marked, (43..60).collect::<Vec<_>>());
    }

    #[test]
    fn a_few_repeats_of_a_week_in_many_articles_are_none() {
        let with = |n: i64| if n < 6 { format!("{}\n{FOOTER}", story(n)) } else { story(n) };
        let articles = (0..60).map(|n| article("a", n / 10, with(n))).collect();
        assert!(marks(articles).iter().all(Vec::is_empty));
    }

    proptest::proptest! {
        #[test]
        fn no_unit_that_recurs_is_missed(
            lines in proptest::collection::vec("(one|two|THREE|4|drei und vier)( [a-c]{3,9}){1,7}", 1..4),
            numbers in proptest::collection::vec(0..100, 12),
        ) {
            let line = |n: i32, line: &String| format!("{n} {line}, {n}");
            let text = |n| lines.iter().map(|l| line(n, l)).collect::<Vec<_>>().join("\n");
            let articles: Vec<Article> =
                numbers.into_iter().map(|n| article("a", 0, text(n))).collect();
            let all = articles.iter().flat_map(|article| {
                places(&article.text).into_iter().filter_map(|place| unit(&article.text[place]))
            });
            let found = recurring(&articles, &vec![0; articles.len()], 0);
            let mut found: Vec<u64> = found.iter().map(|sighting| sighting.unit).collect();
            let mut expected: Vec<u64> = all.collect();
            found.sort_unstable();
            expected.sort_unstable();
            // Each line is in twelve articles.
            proptest::prop_assert_eq!(found, expected);
        }

        #[test]
        fn days_that_are_over_keep_their_marks(
            mut lines in proptest::collection::vec((0i64..30, 0usize..2, 0usize..3), 1..60),
            from in 0usize..60, until in 0usize..60,
            warm_up_days in 1u32..9, lookback_days in 1u32..30,
        ) {
            lines.sort_unstable();
            let standing = ["", FOOTER, SLOGAN];
            let build = |(n, &(day, outlet, line)): (i64, &(i64, usize, usize))| {
                let text = format!("{}\n{}", story(n), standing[line]);
                article(["a", "b"][outlet], day, text)
            };
            let articles: Vec<Article> = (0..).zip(&lines).map(build).collect();
            let config = CalendarConfig { warm_up_days, warm_up_articles: 1, lookback_days };
            let corpus = corpus(articles);
            let all = marked(&corpus, &config, 0);
            // From an article on.
            let from = from.min(corpus.len());
            proptest::prop_assert_eq!(&marked(&corpus, &config, from)[from..], &all[from..]);
            // Up to the end of a day after the warm-up.
            let calendar = Calendar::new(corpus.articles(), &config);
            if let Some(day) = calendar.days().get(calendar.day_of(until)) {
                let early = corpus.articles()[..day.articles.end].to_vec();
                let early = marked(&Corpus::new(early, Registry::default()), &config, 0);
                proptest::prop_assert_eq!(&early[..], &all[..early.len()]);
            }
        }

        #[test]
        fn spans_are_sound(
            texts in proptest::collection::vec("[ab. \n\u{4e00}é]{0,80}", 0..12),
        ) {
            let articles = (0i64..).zip(texts).map(|(n, t)| article("a", n * 9, t)).collect();
            let corpus = corpus(articles);
            let marked = marked(&corpus, &CalendarConfig::default(), 0);
            for (article, spans) in corpus.articles().iter().zip(marked) {
                let mut end = 0;
                for span in spans {
                    proptest::prop_assert!(span.start >= end && span.start < span.end);
                    proptest::prop_assert!(article.text.get(span.clone()).is_some());
                    end = span.end;
                }
            }
        }
    }
}
