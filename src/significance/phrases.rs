//! Phrases that two outlets use far more than the controls do.
//!
//! Compared within one language, where controls write in it too: without them every phrase of a
//! language would look like a speciality of the outlets that use it.

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, Normal};

use super::SignificanceConfig;
use super::fdr::benjamini_hochberg;
use super::log_odds::{Use, z_score};
use super::phrase_counts::{PhraseUse, example, rows, spell};
use crate::corpus::Corpus;
use crate::model::{Phrase, Registry, Role};

/// Least number of control articles in a language.
const MIN_CONTROL_ARTICLES: usize = 20;
/// A phrase is left out if a longer one that holds it has this share of its articles in both
/// outlets: then it is only a piece of that one.
const PART_SHARE: f64 = 0.8;
/// Phrases of a pair that are spelled out and compared for being parts, for each one that is given.
const SPARE: usize = 5;

/// A phrase of two outlets before it is spelled out.
#[derive(Debug, Clone, Copy)]
struct CandidatePhrase {
    hash: u64,
    outlets: [usize; 2],
    with: [usize; 2],
    control: usize,
    z: [f64; 2],
    examples: [usize; 2],
}

impl CandidatePhrase {
    /// The weaker of both z-scores: a phrase is shared only as far as both outlets over-use it.
    fn z(&self) -> f64 {
        self.z[0].min(self.z[1])
    }
}

/// Returns the phrases, sorted by pair and then by strength, and what the reader must know.
pub(super) fn phrases(corpus: &Corpus, config: &SignificanceConfig) -> (Vec<Phrase>, Vec<String>) {
    let part = |id: &String| PhraseSide::of(corpus.registry(), id);
    let roles: Vec<PhraseSide> = corpus.outlet_ids().iter().map(part).collect();
    let mut by_language: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in corpus.reported() {
        by_language.entry(&corpus.articles()[i].language).or_default().push(i);
    }
    let (mut found, mut untested) = (Vec::new(), Vec::new());
    for (language, members) in by_language {
        match candidates(corpus, &roles, &members, config) {
            Some(candidates) => found.extend(candidates),
            None => untested.push(if language.is_empty() { "unknown" } else { language }),
        }
    }
    let mut notes = Vec::new();
    if !untested.is_empty() {
        notes.push(format!(
            "phrases not compared in {}: fewer than {MIN_CONTROL_ARTICLES} control articles",
            untested.join(", ")
        ));
    }
    (significant(corpus, found, config), notes)
}

/// The part an outlet plays here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PhraseSide {
    Compared,
    Control,
}

impl PhraseSide {
    fn of(registry: &Registry, id: &str) -> PhraseSide {
        match registry.get(id) {
            Some(outlet) if outlet.role == Role::Control => PhraseSide::Control,
            Some(outlet) if outlet.role == Role::Wire && outlet.state.is_none() => {
                PhraseSide::Control
            }
            _ => PhraseSide::Compared,
        }
    }
}

/// Every phrase that two compared outlets use often enough, with its scores; `None` without controls
/// although there is a pair to compare.
fn candidates(
    corpus: &Corpus,
    roles: &[PhraseSide],
    members: &[usize],
    config: &SignificanceConfig,
) -> Option<Vec<CandidatePhrase>> {
    let mut totals = vec![0usize; roles.len()];
    for &i in members {
        totals[corpus.outlet_of(i)] += 1;
    }
    let busy = |outlet: &usize| {
        roles[*outlet] == PhraseSide::Compared && totals[*outlet] >= config.min_phrase_articles
    };
    if (0..roles.len()).filter(busy).count() < 2 {
        return Some(Vec::new());
    }
    let (compared, controls): (Vec<usize>, Vec<usize>) =
        members.iter().partition(|&&i| roles[corpus.outlet_of(i)] == PhraseSide::Compared);
    if controls.len() < MIN_CONTROL_ARTICLES {
        return None;
    }
    let least = u8::try_from(2 * config.min_phrase_articles).unwrap_or(u8::MAX);
    let rows = rows(corpus, &compared, &controls, least);
    let groups: Vec<&[PhraseUse]> = rows.chunk_by(|a, b| a.hash == b.hash).collect();
    let scored = groups.into_iter().flat_map(|uses| {
        score(uses, roles, &totals, members.len(), controls.len(), config.min_phrase_articles)
    });
    Some(scored.collect())
}

/// Scores one phrase for every pair of outlets that use it often enough.
fn score(
    uses: &[PhraseUse],
    roles: &[PhraseSide],
    totals: &[usize],
    articles: usize,
    controls: usize,
    least: usize,
) -> Vec<CandidatePhrase> {
    let by_outlet: Vec<(usize, &[PhraseUse])> = uses
        .chunk_by(|a, b| a.outlet == b.outlet)
        .map(|run| (run[0].outlet as usize, run))
        .collect();
    let control: usize = by_outlet
        .iter()
        .filter(|&&(outlet, _)| roles[outlet] == PhraseSide::Control)
        .map(|(_, run)| run.len())
        .sum();
    let everyone = Use { with: uses.len() as f64, of: articles as f64 };
    let baseline = Use { with: control as f64, of: controls as f64 };
    let scored: Vec<(usize, &[PhraseUse], f64)> = by_outlet
        .into_iter()
        .filter(|&(outlet, run)| roles[outlet] == PhraseSide::Compared && run.len() >= least)
        .map(|(outlet, run)| {
            let usage = Use { with: run.len() as f64, of: totals[outlet] as f64 };
            (outlet, run, z_score(usage, baseline, everyone))
        })
        .collect();
    let mut found = Vec::new();
    for (i, &(a, run_a, z_a)) in scored.iter().enumerate() {
        for &(b, run_b, z_b) in &scored[i + 1..] {
            found.push(CandidatePhrase {
                hash: uses[0].hash,
                outlets: [a, b],
                with: [run_a.len(), run_b.len()],
                control,
                z: [z_a, z_b],
                examples: [run_a[0].article as usize, run_b[0].article as usize],
            });
        }
    }
    found
}

/// Corrects for the number of tests, keeps what is significant and spells it out.
///
/// A shared phrase must be over-used by both outlets, so its p-value is the larger of the two
/// (intersection-union test, Berger 1982).
fn significant(
    corpus: &Corpus,
    candidates: Vec<CandidatePhrase>,
    config: &SignificanceConfig,
) -> Vec<Phrase> {
    let tail = |z: f64| Normal::new(0.0, 1.0).map_or(1.0, |normal| normal.sf(z));
    let p: Vec<f64> = candidates.iter().map(|c| tail(c.z())).collect();
    let mut kept: Vec<(CandidatePhrase, f64)> = candidates
        .into_iter()
        .zip(benjamini_hochberg(&p))
        .filter(|&(_, q)| q <= config.false_discovery_rate)
        .collect();
    kept.sort_by(|(a, _), (b, _)| {
        a.outlets.cmp(&b.outlets).then(b.z().total_cmp(&a.z())).then(a.hash.cmp(&b.hash))
    });
    kept.chunk_by(|a, b| a.0.outlets == b.0.outlets)
        .flat_map(|pair| {
            let spelled = pair.iter().take(SPARE * config.max_phrases).filter_map(|&(uses, q)| {
                let phrase = spell(corpus.articles().get(uses.examples[0])?, uses.hash)?;
                Some(Spelled { phrase, uses, q })
            });
            without_parts(spelled.collect())
                .into_iter()
                .take(config.max_phrases)
                .filter_map(|spelled| finished(corpus, spelled))
                .collect::<Vec<Phrase>>()
        })
        .collect()
}

/// A candidate with its words.
struct Spelled {
    phrase: String,
    uses: CandidatePhrase,
    q: f64,
}

/// The value for the report, with an example of each outlet.
fn finished(corpus: &Corpus, spelled: Spelled) -> Option<Phrase> {
    let Spelled { phrase, uses, q } = spelled;
    let example = |side: usize| example(corpus.articles(), uses.examples[side], uses.hash);
    Some(Phrase {
        phrase,
        outlet_a: corpus.outlet_ids()[uses.outlets[0]].clone(),
        outlet_b: corpus.outlet_ids()[uses.outlets[1]].clone(),
        count_a: uses.with[0],
        count_b: uses.with[1],
        count_control: uses.control,
        z_a: uses.z[0],
        z_b: uses.z[1],
        q,
        examples: [example(0)?, example(1)?],
    })
}

/// Drops the phrases that are pieces of longer ones.
fn without_parts(mut phrases: Vec<Spelled>) -> Vec<Spelled> {
    let most_of = |whole: usize, part: usize| whole as f64 >= PART_SHARE * part as f64;
    let is_part = |part: &Spelled| {
        phrases.iter().any(|whole| {
            whole.phrase.len() > part.phrase.len()
                && whole.phrase.contains(&part.phrase)
                && most_of(whole.uses.with[0], part.uses.with[0])
                && most_of(whole.uses.with[1], part.uses.with[1])
        })
    };
    let mut whole = phrases.iter().map(|phrase| !is_part(phrase)).collect::<Vec<_>>().into_iter();
    phrases.retain(|_| whole.next().unwrap_or(true));
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::ordered;
    use crate::model::{Article, PhraseExample, Registry};
    use crate::significance::tests::{article, outlet};

    /// `times` articles of an outlet with a text each.
    fn add(articles: &mut Vec<Article>, outlet: &str, times: usize, text: &str) {
        for _ in 0..times {
            let i = articles.len();
            let mut article = article(&i.to_string(), outlet, i);
            article.text = format!("Report {i} begins. {text}. Weather stays mild");
            articles.push(article);
        }
    }

    fn corpus() -> Vec<Article> {
        let mut articles = Vec::new();
        add(&mut articles, "red", 12, "They praise the golden bridge of friendship");
        add(&mut articles, "red", 28, "Talks on grain go on");
        add(&mut articles, "blue", 9, "Experts hail the golden bridge of friendship again");
        add(&mut articles, "blue", 31, "Talks on grain go on");
        add(&mut articles, "green", 40, "Talks on grain go on");
        add(&mut articles, "control", 60, "Talks on grain go on");
        articles
    }

    fn found(articles: &[Article], controls: &[&str]) -> (Vec<Phrase>, Vec<String>) {
        let registry = Registry::new(controls.iter().map(|id| outlet(id, Role::Control)));
        phrases(&ordered(articles, registry), &SignificanceConfig::default())
    }

    #[test]
    fn a_phrase_of_two_outlets_is_found_whole() {
        let articles = corpus();
        let (phrases, notes) = found(&articles, &["control"]);
        let names: Vec<&str> = phrases.iter().map(|p| p.phrase.as_str()).collect();
        assert_eq!(names, ["golden bridge of friendship"]);
        let phrase = &phrases[0];
        assert_eq!((phrase.outlet_a.as_str(), phrase.outlet_b.as_str()), ("blue", "red"));
        assert_eq!((phrase.count_a, phrase.count_b, phrase.count_control), (9, 12, 0));
        let sentence = |e: &PhraseExample| &articles[e.article].text[e.sentence.clone()];
        assert_eq!(
            [sentence(&phrase.examples[0]), sentence(&phrase.examples[1])],
            [
                "Experts hail the golden bridge of friendship again.",
                "They praise the golden bridge of friendship."
            ]
        );
        assert!(phrase.q < 0.05 && phrase.z_a > 2.0 && phrase.z_b > 2.0);
        assert_eq!(notes, [""; 0]);
    }

    #[test]
    fn the_example_is_the_sentence_or_the_headline() {
        let used = |title: &str, text: &str, language: &str| {
            let mut one = article("1", "red", 1);
            (one.title, one.text, one.language) = (title.into(), text.into(), language.into());
            let words = crate::text::running("Golden Bridge", "en");
            let mut hash = 0;
            crate::text::for_each_phrase(&words, 2..=2, |h, _| hash = h);
            let found = example(std::slice::from_ref(&one), 0, hash)?;
            let part = if found.in_title { one.title } else { one.text };
            Some((part[found.sentence].to_owned(), part[found.phrase].to_owned()))
        };
        let of = |sentence: &str, phrase: &str| Some((sentence.to_owned(), phrase.to_owned()));
        assert_eq!(
            used("Golden bridge", "Rain. “The GOLDEN  bridge!” he said. A golden bridge.", "en"),
            of("“The GOLDEN  bridge!” he said.", "GOLDEN  bridge")
        );
        assert_eq!(
            used("A golden bridge opens", "Rain.", "en").unwrap().0,
            "A golden bridge opens"
        );
        // A line break between its words ends no phrase, but a sentence.
        let two = "Golden\nbridge opens";
        assert_eq!(
            used("", &format!("It rains. {two}. It rains."), "en").unwrap().0,
            "Golden\nbridge opens."
        );
        assert_eq!(used("", "No such thing", "en"), None);
    }

    #[test]
    fn without_controls_nothing_is_compared() {
        let (phrases, notes) = found(&corpus(), &[]);
        assert_eq!(phrases, []);
        assert_eq!(notes, ["phrases not compared in en: fewer than 20 control articles"]);
    }

    #[test]
    fn controls_of_another_language_are_no_baseline() {
        let mut articles = corpus();
        for article in articles.iter_mut().filter(|a| a.outlet == "control") {
            article.language = "fr".to_owned();
        }
        let (phrases, notes) = found(&articles, &["control"]);
        assert_eq!((phrases.len(), notes.len()), (0, 1));
    }
}
