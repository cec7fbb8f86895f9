//! Cost of the engine, step by step, on made-up corpora: reading records, cutting words (three scripts),
//! reuse and lexical overlap. `cargo bench --bench similarity`.

mod made_up;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fimi::corpus::{Calendar, CalendarConfig, Corpus};
use fimi::extract::{RecordFields, record};
use fimi::model::{Annotations, Article, Registry, Relations};
use fimi::similarity::{SimilarityConfig, matches};
use fimi::text::for_each_hash;
use made_up::corpus;

/// The bytes of all texts.
fn bytes<'t>(texts: impl Iterator<Item = &'t str>) -> Throughput {
    Throughput::Bytes(texts.map(str::len).sum::<usize>() as u64)
}

/// A record to an article, with its language detected and its text hashed.
fn read(criterion: &mut Criterion) {
    let articles = corpus(1_000);
    let fields = |article: &Article| RecordFields {
        outlet: Some(article.outlet.clone()),
        url: Some(format!("https://example.org/{}", article.id)),
        title: Some(article.title.clone()),
        text: Some(article.text.clone()),
        published: Some("2026-03-02T06:00:10Z".to_owned()),
        ..RecordFields::default()
    };
    let mut group = criterion.benchmark_group("read");
    group.throughput(bytes(articles.iter().map(|article| article.text.as_str())));
    group.bench_function("records", |bench| {
        bench.iter_batched(
            || articles.iter().map(fields).collect::<Vec<_>>(),
            |records| records.into_iter().filter_map(|fields| record(fields).ok()).count(),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

/// Words and their hashes, in an alphabet of one byte, one of two, and a script without spaces.
fn tokenize(criterion: &mut Criterion) {
    let latin: Vec<String> = corpus(300).into_iter().map(|article| article.text).collect();
    let moved = |from: u32, c: char| match c {
        'a'..='z' => char::from_u32(from + u32::from(c) - u32::from('a')).unwrap_or(c),
        _ => c,
    };
    let script = |from: u32, texts: &[String]| -> Vec<String> {
        texts.iter().map(|text| text.chars().map(|c| moved(from, c)).collect()).collect()
    };
    let (cyrillic, han) = (script(0x430, &latin), script(0x4E00, &latin));
    let mut group = criterion.benchmark_group("tokenize");
    for (name, texts) in [("latin", latin), ("cyrillic", cyrillic), ("han", han)] {
        group.throughput(bytes(texts.iter().map(String::as_str)));
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let mut sum = 0u64;
                for text in &texts {
                    for_each_hash(text, |_, hash| sum = sum.wrapping_add(hash));
                }
                sum
            });
        });
    }
    group.finish();
}

fn similarity(criterion: &mut Criterion) {
    for (name, relations) in [("reuse", Relations::REUSE), ("lexical", Relations::LEXICAL)] {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        for n in [1_000, 10_000] {
            let corpus = Corpus::new(corpus(n), Registry::default());
            let config = SimilarityConfig { relations, ..SimilarityConfig::default() };
            group.throughput(Throughput::Elements(n as u64));
            group.bench_with_input(BenchmarkId::from_parameter(n), &corpus, |bench, corpus| {
                let calendar = Calendar::new(corpus.articles(), &CalendarConfig::default());
                let annotations = Annotations::default();
                bench.iter(|| matches(corpus, &calendar, &annotations, &config));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, read, tokenize, similarity);
criterion_main!(benches);
