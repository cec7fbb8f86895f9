//! All order is here: [`ingest`] brings articles in, [`analyze`] finds what a corpus shows.

use chrono::{DateTime, Utc};

use crate::archive::{Archive, ArchiveError};
use crate::corpus::{Calendar, CalendarConfig, Corpus, first_within};
use crate::extract::{self, EXTRACTOR_VERSION, ExtractConfig};
use crate::fetch::{
    self, Backfilled, FetchConfig, FetchError, FetchSummary, Forecast, PastKnown, StoreError,
};
use crate::incremental::{Known, Weeks};
use crate::model::{Analysis, PastDay, Period, RawItem, Registry, Skipped, Walked, Watchlist};
use crate::reported::{self, Findings};
use crate::similarity::Found;
use crate::{
    annotate, evidence, influence, narrative, regions, significance, similarity, watchlist,
};

/// Settings of the pure stages.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct AnalyzeConfig {
    /// Periods in which frequencies of terms, grams and lines are counted.
    pub calendar: CalendarConfig,
    /// Matches: thresholds, window, relations.
    pub similarity: similarity::SimilarityConfig,
    /// Grouping.
    pub narrative: narrative::NarrativeConfig,
    /// Edges and chains.
    pub evidence: evidence::EvidenceConfig,
    /// Null models.
    pub significance: significance::SignificanceConfig,
    /// Influence from times alone.
    pub influence: influence::InfluenceConfig,
    /// Narratives that somebody watches for.
    pub watchlist: watchlist::WatchlistConfig,
}

/// Pages that are in memory at once while they are read: at most 8 MiB each, usually a tenth of one.
const ITEMS_AT_ONCE: usize = 500;

/// What [`ingest`] brought.
#[derive(Debug)]
pub struct Ingested {
    /// How each source answered.
    pub summary: FetchSummary,
    /// Items that could not be read as articles.
    pub skipped: Vec<Skipped>,
}

/// Fetch → archive → extract: polls the sources of these outlets (`None`: of all) and stores what they bring, source by
/// source; then reads every stored item that this version of the extractor has not read yet.
///
/// # Errors
///
/// Fails if the archive cannot be read or written. A source that fails is part of the summary.
pub fn ingest(
    archive: &mut Archive,
    registry: &Registry,
    outlets: Option<&[String]>,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &(dyn fetch::Progress + Sync),
) -> Result<Ingested, IngestError> {
    let known = archive.known()?;
    let mut store = |fetched| archive.store(&fetched).map_err(Into::into);
    let summary = fetch::run(registry, outlets, &known, config, now, progress, &mut store)?;
    let skipped = extract_pending(archive, registry, now)?;
    Ok(Ingested { summary, skipped })
}

/// Walks the lists of a period of the past → archive; then, if `go_on` says so, fetches the pages of their articles →
/// archive → extract. Lists that were read for the same period before are not asked for again, nor are pages that the
/// archive has.
///
/// # Errors
///
/// Fails if the archive cannot be read or written. A list or page that fails is part of the result.
#[expect(clippy::too_many_arguments, reason = "those of `ingest`, the period and the question")]
pub fn backfill(
    archive: &mut Archive,
    registry: &Registry,
    outlets: Option<&[String]>,
    period: Period,
    config: &FetchConfig,
    now: DateTime<Utc>,
    progress: &(dyn fetch::Progress + Sync),
    go_on: &mut (dyn FnMut(&Forecast) -> bool + Send),
) -> Result<(Backfilled, Vec<Skipped>), IngestError> {
    let known = PastKnown { known: archive.known()?, walked: archive.walks(period)? };
    let mut shelf = ArchiveShelf { archive, period, go_on };
    let done =
        fetch::backfill(registry, outlets, period, &known, config, now, progress, &mut shelf)?;
    let skipped =
        if done.days.is_empty() { Vec::new() } else { extract_pending(archive, registry, now)? };
    Ok((done, skipped))
}

/// Puts what a walk through the past brings into the archive.
struct ArchiveShelf<'a> {
    archive: &'a mut Archive,
    period: Period,
    go_on: &'a mut (dyn FnMut(&Forecast) -> bool + Send),
}

impl fetch::Shelf for ArchiveShelf<'_> {
    fn walked(&mut self, walked: &Walked) -> Result<(), StoreError> {
        Ok(self.archive.store_walk(self.period, walked)?)
    }

    fn forecast(&mut self, forecast: &Forecast) -> Result<bool, StoreError> {
        Ok((self.go_on)(forecast))
    }

    fn days(&mut self, days: &[PastDay]) -> Result<(), StoreError> {
        Ok(self.archive.store_past_days(days)?)
    }

    fn item(&mut self, item: &RawItem, wanted: bool) -> Result<(), StoreError> {
        Ok(self.archive.store_past_item(item, wanted)?)
    }
}

/// Reads the stored items that this version of the extractor has not read yet; returns those that are no articles.
fn extract_pending(
    archive: &mut Archive,
    registry: &Registry,
    now: DateTime<Utc>,
) -> Result<Vec<Skipped>, ArchiveError> {
    let config = ExtractConfig { now: Some(now) };
    let mut skipped = Vec::new();
    loop {
        let items = archive.pending(EXTRACTOR_VERSION, ITEMS_AT_ONCE)?;
        if items.is_empty() {
            return Ok(skipped);
        }
        let (articles, unusable) = extract::articles(&items, registry, &config);
        archive.save_articles(&items, &articles, EXTRACTOR_VERSION)?;
        skipped.extend(unusable);
    }
}

/// Analyzes a corpus. Runs on the current rayon pool; the result does not depend on its size.
///
/// What ends in the articles that the corpus [reports](Corpus::reported) is returned; those before are compared with.
///
/// With one kind of [`Relations`](crate::model::Relations) alone it ends with the matches.
pub fn analyze(corpus: &Corpus, config: &AnalyzeConfig) -> Analysis {
    analyze_after(corpus, config, None, &mut |_| {}).0
}

/// As [`analyze`], where `known` are results of an earlier run for weeks that are over: as far as they still hold they
/// are taken over. Returns what is known now, for the next run; nothing if nothing was given.
///
/// `done` is called with the name of each stage that has ended, so that a caller who may read the clock can time it.
pub fn analyze_after(
    corpus: &Corpus,
    config: &AnalyzeConfig,
    known: Option<Known>,
    done: &mut dyn FnMut(&'static str),
) -> (Analysis, Option<Known>) {
    let relations = config.similarity.relations;
    let calendar = Calendar::new(corpus.articles(), &config.calendar);

    let settings = (&config.calendar, &config.similarity);
    let weeks = known.is_some().then(|| Weeks::new(corpus, &calendar, &settings));
    let known = known.zip(weeks.as_ref()).map(|(known, weeks)| known.that_holds_for(weeks));
    let known = known.unwrap_or_default();

    let compared = first_within(corpus.articles(), known.articles(), config.similarity.window);
    let annotations = annotate::annotate(corpus, &calendar, relations, known.named, compared);
    done("annotate");

    let keep = weeks.is_some();
    let Found { matches, terms } = similarity::matches_after(
        known.found,
        keep,
        corpus,
        &calendar,
        &annotations,
        &config.similarity,
    );
    let known = weeks.map(|weeks| Known::new(weeks, &annotations, &matches, &terms));
    done("similarity");

    let significance = significance::not_assessed();
    let matched = Analysis { relations, annotations, matches, significance, ..Analysis::default() };
    if relations.has_convergence() {
        (converge(corpus, matched, config, done), known)
    } else {
        let found = Findings { matches: matched.matches, ..Findings::default() };
        let Findings { matches, .. } = reported::of_period(corpus, found);
        (Analysis { matches, ..matched }, known)
    }
}

/// What follows from the matches: narratives, evidence, significance, graded edges, influence, watchlist, regions.
fn converge(
    corpus: &Corpus,
    matched: Analysis,
    config: &AnalyzeConfig,
    done: &mut dyn FnMut(&'static str),
) -> Analysis {
    let Analysis { annotations, matches, .. } = matched;

    let narratives = narrative::narratives(corpus, &annotations, &matches, &config.narrative);
    done("narrative");

    let edges = evidence::gather(corpus, &annotations, &matches, &narratives, &config.evidence);
    let found = reported::of_period(corpus, Findings { matches, narratives, edges });
    let Findings { matches, narratives, edges: ungraded } = found;
    done("evidence");

    let mut significance =
        significance::assess(corpus, &matches, &narratives, &ungraded, &config.significance);
    let far = similarity::far_pairs(corpus, &annotations, &config.similarity);
    significance.notes.extend(far.note());
    done("significance");

    let edges = evidence::grade(ungraded, corpus, &significance.pairs);
    let diffusion = evidence::follow(edges, corpus, &narratives, &config.evidence);
    done("grade");

    let influence = influence::influence(corpus, &narratives, &config.influence);
    done("influence");

    let mut watchlist = tag(corpus, &config.watchlist);
    watchlist.spread = watchlist::spread(corpus, &watchlist, &diffusion.edges, &narratives);
    done("watchlist");

    let regions = regions::regions(corpus, &matches, &diffusion.edges);
    done("regions");

    let relations = matched.relations;
    Analysis {
        relations,
        annotations,
        matches,
        narratives,
        diffusion,
        significance,
        influence,
        watchlist,
        regions,
    }
}

/// The sentences that resemble the claims of the watchlist; the one place that chooses how likeness is measured.
pub fn tag(corpus: &Corpus, config: &watchlist::WatchlistConfig) -> Watchlist {
    if config.codebook.narratives().is_empty() {
        return Watchlist::default();
    }
    let vocabulary = watchlist::Vocabulary::of(corpus);
    let words = watchlist::Words::new(config.codebook.narratives(), &vocabulary);
    watchlist::tag(corpus, config, &vocabulary, &words)
}

/// Why [`ingest`] ended early. What was stored until then stays.
#[derive(Debug)]
pub enum IngestError {
    /// The sources could not be polled at all, or what they brought could not be stored.
    Fetch(FetchError),
    /// The archive cannot be read or written.
    Archive(ArchiveError),
}

impl std::fmt::Display for IngestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            IngestError::Fetch(error) => error.fmt(f),
            IngestError::Archive(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for IngestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            IngestError::Fetch(error) => error.source(),
            IngestError::Archive(error) => error.source(),
        }
    }
}

impl From<FetchError> for IngestError {
    fn from(error: FetchError) -> IngestError {
        IngestError::Fetch(error)
    }
}

impl From<ArchiveError> for IngestError {
    fn from(error: ArchiveError) -> IngestError {
        IngestError::Archive(error)
    }
}
