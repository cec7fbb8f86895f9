//! What runs have reported, kept from one run to the next, so that a run can say what is new.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::model::{Analysis, Grade};
use crate::report::{NewEdge, NewNarrative, News, RunBefore};

/// Version of the layout.
const VERSION: u32 = 1;
/// Days after which something is forgotten that no run has reported again: more than any `--since` of a job that runs
/// daily, so that nothing comes back as new.
const KEPT_DAYS: i64 = 400;

/// What was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    version: u32,
    /// The last run.
    run: Option<LastRun>,
    /// Edges by id.
    edges: BTreeMap<String, SeenEdge>,
    /// Ids of articles that were in a narrative, with the last day.
    articles: BTreeMap<String, NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LastRun {
    id: String,
    day: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SeenEdge {
    /// Best grade so far.
    grade: Grade,
    /// Last day.
    day: NaiveDate,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { version: VERSION, run: None, edges: BTreeMap::new(), articles: BTreeMap::new() }
    }
}

impl Seen {
    /// Reads what [`Seen::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Seen, String> {
        let seen: Seen = serde_json::from_slice(bytes)
            .map_err(|error| format!("not what fimi remembers of its runs: {error}"))?;
        if seen.version == VERSION {
            Ok(seen)
        } else {
            Err(format!("of version {}; this fimi reads version {VERSION}", seen.version))
        }
    }

    /// The file's content.
    pub(crate) fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    /// Id of the last run.
    pub(crate) fn run_id(&self) -> Option<&str> {
        self.run.as_ref().map(|run| run.id.as_str())
    }

    /// What of an analysis has not been reported.
    pub(crate) fn news(&self, corpus: &Corpus, analysis: &Analysis) -> News {
        let mut edges: Vec<NewEdge> = Vec::new();
        for (index, edge) in analysis.diffusion.edges.iter().enumerate() {
            let before = self.edges.get(&edge.id).map(|seen| seen.grade);
            // A lesser grade is a better one.
            if before.is_none_or(|before| edge.grade < before) {
                edges.push(NewEdge { edge: index, grade_before: before });
            }
        }
        edges.sort_by_key(|new| (analysis.diffusion.edges[new.edge].grade, new.edge));
        let narratives = (0..analysis.narratives.len())
            .filter_map(|narrative| self.new_narrative(corpus, analysis, narrative))
            .collect();
        let before = self.run.as_ref();
        let before = before.map(|run| RunBefore { run_id: run.id.clone(), day: run.day });
        News { before, edges, narratives }
    }

    fn new_narrative(
        &self,
        corpus: &Corpus,
        analysis: &Analysis,
        index: usize,
    ) -> Option<NewNarrative> {
        let narrative = &analysis.narratives[index];
        let (mut known, mut new) = (BTreeSet::new(), BTreeSet::new());
        let mut articles = 0;
        for article in narrative.articles.iter().map(|&article| &corpus.articles()[article]) {
            if self.articles.contains_key(&article.id) {
                known.insert(article.outlet.as_str());
            } else {
                articles += 1;
                new.insert(article.outlet.as_str());
            }
        }
        let outlets: Vec<String> = new.difference(&known).map(|&id| id.to_owned()).collect();
        let is_new = known.is_empty();
        (!outlets.is_empty()).then_some(NewNarrative {
            narrative: index,
            is_new,
            articles,
            outlets,
        })
    }

    /// Takes note of what a run reported, and forgets what has been of no run for long.
    pub(crate) fn learn(
        &mut self,
        corpus: &Corpus,
        analysis: &Analysis,
        run_id: &str,
        day: NaiveDate,
    ) {
        for edge in &analysis.diffusion.edges {
            let seen = self.edges.entry(edge.id.clone());
            let seen = seen.or_insert(SeenEdge { grade: edge.grade, day });
            seen.grade = seen.grade.min(edge.grade);
            seen.day = seen.day.max(day);
        }
        for &article in analysis.narratives.iter().flat_map(|narrative| &narrative.articles) {
            let seen = self.articles.entry(corpus.articles()[article].id.clone()).or_insert(day);
            *seen = day.max(*seen);
        }
        let kept = day - TimeDelta::days(KEPT_DAYS);
        self.edges.retain(|_, edge| edge.day >= kept);
        self.articles.retain(|_, day| *day >= kept);
        self.run = Some(LastRun { id: run_id.to_owned(), day });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap() + chrono::Days::new(n)
    }

    #[test]
    fn everything_is_new_once() {
        let sample = sample::analysis();
        let (corpus, analysis) = (&sample.corpus, &sample.analysis);
        let mut seen = Seen::default();
        let first = seen.news(corpus, analysis);
        assert_eq!(
            (first.before.clone(), first.edges.len()),
            (None, analysis.diffusion.edges.len())
        );
        let grades: Vec<Grade> =
            first.edges.iter().map(|new| analysis.diffusion.edges[new.edge].grade).collect();
        assert!(grades.is_sorted(), "{grades:?}");
        assert!(first.narratives.iter().all(|new| new.is_new));
        seen.learn(corpus, analysis, "one", day(0));
        let again = seen.news(corpus, analysis);
        assert!(again.is_empty(), "{again:?}");
        assert_eq!(again.before.map(|run| (run.run_id, run.day)), Some(("one".to_owned(), day(0))));
    }

    #[test]
    fn a_better_grade_is_news_and_a_worse_one_is_not() {
        let mut sample = sample::analysis();
        let mut seen = Seen::default();
        seen.learn(&sample.corpus, &sample.analysis, "one", day(0));
        let weak =
            sample.analysis.diffusion.edges.iter().position(|e| e.grade == Grade::E5).unwrap();
        sample.analysis.diffusion.edges[weak].grade = Grade::E2;
        let news = seen.news(&sample.corpus, &sample.analysis);
        assert_eq!(news.edges, [NewEdge { edge: weak, grade_before: Some(Grade::E5) }]);
        seen.learn(&sample.corpus, &sample.analysis, "two", day(1));
        sample.analysis.diffusion.edges[weak].grade = Grade::E5;
        assert!(seen.news(&sample.corpus, &sample.analysis).is_empty());
        sample.analysis.diffusion.edges[weak].grade = Grade::E2;
        seen.learn(&sample.corpus, &sample.analysis, "three", day(2));
        assert!(seen.news(&sample.corpus, &sample.analysis).is_empty());
    }

    #[test]
    fn a_narrative_that_reaches_an_outlet_is_told() {
        let sample = sample::analysis();
        let mut seen = Seen::default();
        seen.learn(&sample.corpus, &sample.analysis, "one", day(0));
        let (index, narrative) = sample
            .analysis
            .narratives
            .iter()
            .enumerate()
            .find(|(_, narrative)| narrative.outlets.len() > 1)
            .unwrap();
        let outlet = &narrative.outlets[0];
        let ids = narrative.articles.iter().map(|&a| &sample.corpus.articles()[a]);
        let of_outlet: Vec<&str> =
            ids.filter(|a| a.outlet == *outlet).map(|a| a.id.as_str()).collect();
        seen.articles.retain(|id, _| !of_outlet.contains(&id.as_str()));
        let news = seen.news(&sample.corpus, &sample.analysis);
        let new = news.narratives.iter().find(|new| new.narrative == index).unwrap();
        assert!(!new.is_new && new.outlets == [outlet.clone()] && new.articles == of_outlet.len());
    }

    #[test]
    fn what_no_run_reports_is_forgotten_in_the_end() {
        let sample = sample::analysis();
        let mut seen = Seen::default();
        seen.learn(&sample.corpus, &sample.analysis, "one", day(0));
        let none = sample::empty();
        seen.learn(&none.corpus, &none.analysis, "two", day(400));
        assert!(seen.news(&sample.corpus, &sample.analysis).is_empty());
        seen.learn(&none.corpus, &none.analysis, "three", day(401));
        assert!(!seen.news(&sample.corpus, &sample.analysis).is_empty());
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let sample = sample::analysis();
        let mut seen = Seen::default();
        seen.learn(&sample.corpus, &sample.analysis, "one", day(0));
        assert_eq!(Seen::from_bytes(&seen.to_bytes().unwrap()), Ok(seen));
        assert!(Seen::from_bytes(b"{}").is_err() && Seen::from_bytes(b"").is_err());
        let later = br#"{"version":9,"run":null,"edges":{},"articles":{}}"#;
        assert!(Seen::from_bytes(later).unwrap_err().contains("version 9"));
    }
}
