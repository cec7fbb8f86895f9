//! Cost of the stages round the engine, each on what the one before it gives for a made-up corpus:
//! normalize, narrative, evidence, significance, influence, report. `cargo bench --bench stages`.

mod made_up;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fimi::corpus::{Calendar, CalendarConfig};
use fimi::model::{Analysis, Article, Corpus, Outlet, Registry, Role, UngradedEdge};
use fimi::pipeline::{AnalyzeConfig, analyze};
use fimi::report::{ReportConfig, Run, View, files_of, write};
use fimi::{annotate, corpus, evidence, influence, narrative, significance};
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

fn analysis(articles: usize) -> Analysis {
    let corpus = Corpus { articles: corpus(articles), registry: registry(), ..Corpus::default() };
    analyze(corpus, &AnalyzeConfig::default(), None, &mut |_| ())
}

/// Runs `stage` on the analysis of each size.
fn each_size(
    criterion: &mut Criterion,
    name: &str,
    mut stage: impl FnMut(&Analysis, &AnalyzeConfig),
) {
    let config = AnalyzeConfig::default();
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    for n in SIZES {
        let analysis = analysis(n);
        group.throughput(Throughput::Elements(n as u64));
        group.bench_with_input(BenchmarkId::from_parameter(n), &analysis, |bench, analysis| {
            bench.iter(|| stage(analysis, &config));
        });
    }
    group.finish();
}

/// Order, citations and standing text, as the pipeline asks for them.
fn normalize(criterion: &mut Criterion) {
    let registry = registry();
    let mut group = criterion.benchmark_group("normalize");
    group.sample_size(10);
    for n in SIZES {
        let articles = corpus(n);
        let normalized = |articles: Vec<Article>| {
            let (articles, _) = corpus::in_order(articles);
            let calendar = Calendar::new(&articles, &CalendarConfig::default());
            let articles = annotate::with_citations(articles, &registry, Vec::new());
            annotate::with_boilerplate(articles, &calendar, 0)
        };
        group.throughput(Throughput::Elements(n as u64));
        group.bench_with_input(BenchmarkId::from_parameter(n), &articles, |bench, articles| {
            bench.iter_batched(|| articles.clone(), normalized, BatchSize::LargeInput);
        });
    }
    group.finish();
}

fn narrative(criterion: &mut Criterion) {
    each_size(criterion, "narrative", |analysis, config| {
        narrative::narratives(&analysis.articles, &analysis.matches, &config.narrative);
    });
}

fn gathered(analysis: &Analysis, config: &AnalyzeConfig) -> Vec<UngradedEdge> {
    let Analysis { articles, registry, matches, narratives, .. } = analysis;
    evidence::gather(articles, registry, matches, narratives, &config.evidence)
}

fn evidence(criterion: &mut Criterion) {
    each_size(criterion, "evidence", |analysis, config| {
        gathered(analysis, config);
    });
}

fn significance(criterion: &mut Criterion) {
    each_size(criterion, "significance", |analysis, config| {
        let Analysis { articles, registry, matches, narratives, gaps, .. } = analysis;
        let found = gathered(analysis, config);
        let config = &config.significance;
        significance::assess(articles, registry, matches, narratives, &found, gaps, config);
    });
}

fn influence(criterion: &mut Criterion) {
    each_size(criterion, "influence", |analysis, config| {
        influence::influence(&analysis.articles, &analysis.narratives, &config.influence);
    });
}

/// Every file of an output directory, to nowhere.
fn report(criterion: &mut Criterion) {
    each_size(criterion, "report", |analysis, _| {
        let (run, config) = (Run::default(), ReportConfig::default());
        let view = View::new(analysis, &run, &config);
        for name in files_of(analysis.relations) {
            write(&view, name, &mut std::io::sink()).expect("nowhere has room");
        }
    });
}

criterion_group!(benches, normalize, narrative, evidence, significance, influence, report);
criterion_main!(benches);
