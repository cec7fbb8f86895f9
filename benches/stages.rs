//! Cost of the stages round the engine, each on what the one before it gives for a made-up corpus:
//! annotate, narrative, evidence, significance, influence, report. `cargo bench --bench stages`.

mod made_up;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fimi::corpus::{Calendar, CalendarConfig, Corpus};
use fimi::model::{Analysis, Outlet, Registry, Relations, Role, UngradedEdge};
use fimi::pipeline::{AnalyzeConfig, analyze};
use fimi::report::{ReportConfig, ReportIndex, Run, outputs_of};
use fimi::{annotate, evidence, influence, narrative, significance};
use made_up::{OUTLETS, corpus, outlet};

/// Articles of the corpora.
const SIZES: [usize; 2] = [1_000, 5_000];
/// One outlet in so many is a wire, and one a control.
const WIRES: usize = 10;

fn registry() -> Registry {
    Registry::new((0..OUTLETS).map(|n| Outlet {
        role: match n % WIRES {
            0 => Role::Wire,
            1 => Role::Control,
            _ => Role::Subject,
        },
        // Copies credit where they are from: `made_up::corpus`.
        aliases: vec![outlet(n).to_uppercase()],
        ..Outlet::unlisted(&outlet(n))
    }))
}

fn analysis(articles: usize) -> (Corpus, Analysis) {
    let corpus = Corpus::new(corpus(articles), registry());
    let analysis = analyze(&corpus, &AnalyzeConfig::default());
    (corpus, analysis)
}

/// Runs `stage` on the analysis of each size.
fn each_size(
    criterion: &mut Criterion,
    name: &str,
    mut stage: impl FnMut(&Corpus, &Analysis, &AnalyzeConfig),
) {
    let config = AnalyzeConfig::default();
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    for n in SIZES {
        let analyzed = analysis(n);
        group.throughput(Throughput::Elements(n as u64));
        group.bench_with_input(
            BenchmarkId::from_parameter(n),
            &analyzed,
            |bench, (corpus, analysis)| {
                bench.iter(|| stage(corpus, analysis, &config));
            },
        );
    }
    group.finish();
}

/// Citations and text that recurs.
fn annotate(criterion: &mut Criterion) {
    each_size(criterion, "annotate", |corpus, _, _| {
        let calendar = Calendar::new(corpus.articles(), &CalendarConfig::default());
        annotate::annotate(corpus, &calendar, Relations::default(), Vec::new(), 0);
    });
}

fn narrative(criterion: &mut Criterion) {
    each_size(criterion, "narrative", |corpus, analysis, config| {
        narrative::narratives(corpus, &analysis.annotations, &analysis.matches, &config.narrative);
    });
}

fn gathered(corpus: &Corpus, analysis: &Analysis, config: &AnalyzeConfig) -> Vec<UngradedEdge> {
    let Analysis { annotations, matches, narratives, .. } = analysis;
    evidence::gather(corpus, annotations, matches, narratives, &config.evidence)
}

fn evidence(criterion: &mut Criterion) {
    each_size(criterion, "evidence", |corpus, analysis, config| {
        gathered(corpus, analysis, config);
    });
}

fn significance(criterion: &mut Criterion) {
    each_size(criterion, "significance", |corpus, analysis, config| {
        let Analysis { matches, narratives, .. } = analysis;
        let found = gathered(corpus, analysis, config);
        significance::assess(corpus, matches, narratives, &found, &config.significance);
    });
}

fn influence(criterion: &mut Criterion) {
    each_size(criterion, "influence", |corpus, analysis, config| {
        influence::influence(corpus, &analysis.narratives, &config.influence);
    });
}

/// Every file of an output directory, to nowhere.
fn report(criterion: &mut Criterion) {
    each_size(criterion, "report", |corpus, analysis, _| {
        let (run, config) = (Run::default(), ReportConfig::default());
        let view = ReportIndex::new(corpus, analysis, &run, &config);
        for output in outputs_of(analysis.relations, &ReportConfig::default()) {
            output.write(&view, &mut std::io::sink()).expect("nowhere has room");
        }
    });
}

criterion_group!(benches, annotate, narrative, evidence, significance, influence, report);
criterion_main!(benches);
