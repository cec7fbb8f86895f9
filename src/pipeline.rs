//! The stages in order, on one screen. No logic of its own.

use crate::corpus::{Calendar, CalendarConfig, first_within};
use crate::incremental::Memory;
use crate::model::{Analysis, Corpus, Relations};
use crate::{annotate, corpus, evidence, influence, narrative, significance, similarity};

/// Settings of the pure stages.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct AnalyzeConfig {
    /// In which days it is counted what is usual.
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
}

/// Analyzes a corpus. Runs on the current rayon pool; the result does not depend on its size.
///
/// With one kind of [`Relations`] alone it ends with the matches.
/// What `memory` knows of weeks that are over is not looked for again; it is brought up to date. `done` is
/// called with the name of each stage that has ended, so that a caller who may read the clock can time it.
pub fn analyze(
    corpus: Corpus,
    config: &AnalyzeConfig,
    memory: Option<&mut Memory>,
    done: &mut dyn FnMut(&'static str),
) -> Analysis {
    let relations = config.similarity.relations;
    let Corpus { articles, registry, feeds, gaps, mut skipped } = corpus;

    let (mut articles, unusable) = corpus::in_order(articles);
    let calendar = Calendar::new(&articles, &config.calendar);
    let (keeps, mut nothing) = (memory.is_some(), Memory::default());
    let memory = memory.unwrap_or(&mut nothing);
    if keeps {
        memory.recall(&articles, &calendar, &registry, &(&config.calendar, &config.similarity));
    }
    if relations.contains(Relations::REUSE) {
        // Passages are judged by both.
        articles = annotate::with_citations(articles, &registry, memory.take_citations());
        let compared = first_within(&articles, memory.articles(), config.similarity.window);
        articles = annotate::with_boilerplate(articles, &calendar, compared);
    }
    skipped.extend(unusable);
    done("normalize");

    let similarity::Found { matches, terms } = similarity::matches_after(
        memory.take_found(),
        keeps,
        &articles,
        &calendar,
        &registry,
        &config.similarity,
    );
    memory.keep(terms, &calendar);
    let articles = annotate::without_boilerplate(articles);
    done("similarity");

    let analysis = Analysis {
        relations,
        articles,
        registry,
        matches,
        significance: significance::not_assessed(),
        feeds,
        gaps,
        skipped,
        ..Analysis::default()
    };
    if relations.has_convergence() { converge(analysis, config, done) } else { analysis }
}

/// What follows from the matches: narratives, evidence, significance, graded edges, influence.
fn converge(
    analysis: Analysis,
    config: &AnalyzeConfig,
    done: &mut dyn FnMut(&'static str),
) -> Analysis {
    let Analysis { articles, registry, matches, gaps, .. } = &analysis;

    let narratives = narrative::narratives(articles, matches, &config.narrative);
    done("narrative");

    let clocks = annotate::suspect_clocks(articles);
    let ungraded = evidence::gather(articles, registry, matches, &narratives, &config.evidence);
    done("evidence");

    let significance = significance::assess(
        articles,
        registry,
        matches,
        &narratives,
        &ungraded,
        gaps,
        &config.significance,
    );
    done("significance");

    let edges = evidence::grade(ungraded, articles, &significance.pairs);
    let diffusion = evidence::follow(edges, articles, registry, &narratives, &config.evidence);
    done("grade");

    let influence = influence::influence(articles, &narratives, &config.influence);
    done("influence");

    Analysis { narratives, diffusion, significance, influence, clocks, ..analysis }
}
