//! The words and phrases that mark a narrative, from the headlines and openings of its articles.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Annotations, Article};
use crate::text::{Running, join, join_as_written, running};

use super::expression::{for_each_candidate, is_name};

/// Bytes of an article's text that are read: about its first 80 words. News says first what it is
/// about.
const OPENING_BYTES: usize = 500;

/// Articles of a narrative that are read for its key phrases; more add nothing to the ranking.
const MAX_READ: usize = 200;
/// Key phrases given.
const KEY_PHRASES: usize = 6;
/// Share of the narratives in whose articles a word may be used that is part of a longer key phrase: what more of them use
/// (verbs of the news, months) makes no expression of its neighbours.
const COMMON: f64 = 0.1;
/// Ranked candidates that are looked at for them; most of those left out share a word with a better one.
const MAX_RANKED: usize = 60;
/// What each further word of a phrase adds to its score: enough to win over its own parts when as
/// many articles use it, not enough to win over a word that twice as many use (a guess that reads
/// well on news).
const LENGTH_BONUS: f64 = 0.5;

/// A phrase that at least two articles of a narrative use.
#[derive(Debug, Clone, Copy)]
struct UsedPhrase {
    /// Of the folded words.
    hash: u64,
    /// How many of the articles read use it.
    articles: u32,
    /// Where it is written: index of an article, then first word and number of words of its lead.
    at: (usize, usize, usize),
    /// It is a name wherever it is written, and keeps its capitals.
    is_name: bool,
}

/// Returns for each group of articles the phrases that mark it, strongest first.
///
/// The score of a phrase is `n/N · ln(1 + G/g)`: the share of the group's articles that use it, and
/// how few of the `G` groups do. That is the c-TF-IDF of Grootendorst, *BERTopic: neural topic
/// modeling* (2022), section 3.4, with articles in place of occurrences, so that one long article
/// does not name the group.
#[expect(clippy::doc_markdown, reason = "the title of a paper")]
pub(super) fn key_phrases(
    articles: &[Article],
    annotations: &Annotations,
    groups: &[Vec<usize>],
) -> Vec<Vec<String>> {
    let leads = Leads { articles, annotations };
    let candidates: Vec<Vec<UsedPhrase>> =
        groups.par_iter().map(|group| candidates(leads, group)).collect();
    let mut used: FxHashMap<u64, u32> = FxHashMap::default();
    for candidate in candidates.iter().flatten() {
        *used.entry(candidate.hash).or_default() += 1;
    }
    let rarity = |hash: u64| {
        let used = used.get(&hash).copied().unwrap_or(1);
        (1.0 + groups.len() as f64 / f64::from(used)).ln()
    };
    let most = (COMMON * groups.len() as f64).max(2.0);
    let is_common = |word: u64| used.get(&word).is_some_and(|n| f64::from(*n) > most);
    candidates
        .par_iter()
        .map(|candidates| strongest(leads, candidates, rarity, is_common))
        .collect()
}

/// Ranks the candidates of one group and takes the best that have no word in common.
fn strongest(
    texts: Leads<'_>,
    candidates: &[UsedPhrase],
    rarity: impl Fn(u64) -> f64,
    is_common: impl Fn(u64) -> bool,
) -> Vec<String> {
    let score = |c: &UsedPhrase| {
        f64::from(c.articles) * rarity(c.hash) * (1.0 + LENGTH_BONUS * (c.at.2 - 1) as f64)
    };
    let mut scored: Vec<(f64, UsedPhrase)> = candidates.iter().map(|c| (score(c), *c)).collect();
    scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.at.cmp(&b.1.at)));
    // Most candidates stand in the first article or two.
    let mut leads: FxHashMap<usize, Vec<Running<'_>>> = FxHashMap::default();
    let mut chosen = Vec::new();
    let mut taken: FxHashSet<u64> = FxHashSet::default();
    for (_, phrase) in scored.into_iter().take(MAX_RANKED) {
        let (article, start, length) = phrase.at;
        if chosen.len() == KEY_PHRASES {
            break;
        }
        let words = leads.entry(article).or_insert_with(|| texts.of(article));
        let Some(run) = words.get(start..start + length) else { continue };
        let is_loose = length > 1 && !phrase.is_name && run.iter().any(|word| is_common(word.hash));
        if !is_loose && run.iter().all(|word| !taken.contains(&word.hash)) {
            taken.extend(run.iter().filter(|word| word.solid).map(|word| word.hash));
            chosen.push(if phrase.is_name { join_as_written(run) } else { join(run) });
        }
    }
    chosen
}

/// A candidate where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    hash: u64,
    /// Article, first word and number of words.
    at: (usize, usize, usize),
    is_name: bool,
    /// The words before and after it.
    around: [Option<u64>; 2],
}

/// The expressions that at least two articles of a group use.
fn candidates(texts: Leads<'_>, group: &[usize]) -> Vec<UsedPhrase> {
    let mut found: Vec<Use> = Vec::new();
    for &i in group.iter().take(MAX_READ) {
        let words = texts.of(i);
        for_each_candidate(&words, &texts.articles[i].language, |run| {
            let at = (i, run.place.start, run.place.len());
            let is_name = is_name(&words[run.place]);
            found.push(Use { hash: run.hash, at, is_name, around: run.around });
        });
    }
    found.sort_unstable();
    found
        .chunk_by(|a, b| a.hash == b.hash)
        .filter_map(|uses| {
            let articles = uses.chunk_by(|a, b| a.at.0 == b.at.0).count();
            // Copies hold a phrase among the same words: that makes no expression of it.
            let is_free = |side: usize| {
                let first = uses[0].around[side];
                uses.iter().any(|one| one.around[side].is_none() || one.around[side] != first)
            };
            (articles >= 2 && is_free(0) && is_free(1)).then(|| UsedPhrase {
                hash: uses[0].hash,
                articles: u32::try_from(articles).unwrap_or(u32::MAX),
                at: uses[0].at,
                is_name: uses.iter().all(|one| one.is_name),
            })
        })
        .collect()
}

/// Where headlines and openings are read.
#[derive(Clone, Copy)]
struct Leads<'a> {
    articles: &'a [Article],
    annotations: &'a Annotations,
}

impl<'a> Leads<'a> {
    /// The words of an article's headline and opening, but for its standing text.
    fn of(self, index: usize) -> Vec<Running<'a>> {
        let article = &self.articles[index];
        let opening = article.text.floor_char_boundary(OPENING_BYTES);
        let mut words = running(&article.title, &article.language);
        let mut from = 0;
        let standing = self.annotations.boilerplate(index).iter().cloned();
        for gap in standing.chain(std::iter::once(opening..opening)) {
            let own = article.text.get(from..gap.start.min(opening)).unwrap_or_default();
            words.extend(running(own, &article.language));
            from = gap.end;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::tests::article;

    #[track_caller]
    fn check(language: &str, groups: &[&[&str]], expected: &[&str]) {
        let mut articles = Vec::new();
        let mut numbers = Vec::new();
        for group in groups {
            let start = articles.len();
            for (i, title) in group.iter().enumerate() {
                let mut article = article(&format!("{start}-{i}"), "o", 0, title);
                language.clone_into(&mut article.language);
                articles.push(article);
            }
            numbers.push((start..articles.len()).collect());
        }
        assert_eq!(key_phrases(&articles, &Annotations::default(), &numbers)[0], expected);
    }

    #[test]
    fn names_keep_their_small_words_and_their_capitals() {
        let titles = ["Bank of Norland cuts rates", "Why the Bank of Norland waits, rates or not"];
        check("en", &[&titles], &["Bank of Norland", "rates"]);
    }

    #[test]
    fn a_copy_of_a_sentence_gives_expressions_and_no_pieces_of_it() {
        let sentence = "A helicopter carrying a team of geologists made an emergency stop on the snow-covered Kesh \
                        Plateau, and the crew reported a falling oil pressure";
        let copies = [sentence, sentence];
        let mut articles = Vec::new();
        for (i, title) in copies.into_iter().enumerate() {
            let mut article = article(&i.to_string(), "o", 0, title);
            "en".clone_into(&mut article.language);
            articles.push(article);
        }
        let phrases = key_phrases(&articles, &Annotations::default(), &[vec![0, 1]]).concat();
        assert!(phrases.contains(&"Kesh Plateau".to_owned()), "{phrases:?}");
        for piece in
            ["carrying a team", "helicopter carrying", "covered kesh", "reported a falling"]
        {
            assert!(
                !phrases.iter().any(|phrase| phrase.to_lowercase().contains(piece)),
                "{phrases:?}"
            );
        }
    }

    #[test]
    fn standing_text_names_nothing() {
        let text = "Boats are back. Read the full article on our site.";
        let articles =
            ["a", "b"].map(|id| Article { text: text.into(), ..article(id, "o", 0, "") });
        let standing = std::iter::once(16..text.len()).collect::<Vec<_>>();
        let boilerplate = vec![standing.clone(), standing];
        let annotations = Annotations { boilerplate, ..Annotations::default() };
        let groups = [vec![0, 1]];
        let phrases = key_phrases(&articles, &annotations, &groups).concat().join(" ");
        assert!(phrases.contains("boats") && !phrases.contains("article"), "{phrases}");
    }

    #[test]
    fn a_word_that_every_group_uses_comes_last() {
        let groups: [&[&str]; 3] = [
            &["storm report", "report: storm"],
            &["flood report", "report: flood"],
            &["vote report", "report: vote"],
        ];
        check("en", &groups, &["storm", "report"]);
    }

    #[test]
    fn chinese_phrases_have_no_spaces() {
        check("zh", &[&["北京大桥开通", "北京大桥今日开通"]], &["北京大桥", "开通"]);
    }
}
