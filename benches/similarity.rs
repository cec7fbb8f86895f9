//! Cost of the engine, step by step, on made-up corpora: reading records, cutting words (three scripts),
//! reuse and lexical overlap. `cargo bench --bench similarity`.

use chrono::{DateTime, TimeDelta};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fimi::model::{Article, DateSource, Precision, Published, Registry, Relations};
use fimi::normalize::{RecordFields, record};
use fimi::similarity::{SimilarityConfig, matches};
use fimi::text::for_each_hash;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Words of an article.
const WORDS: usize = 450;
/// Different words of a corpus.
const VOCABULARY: usize = 60_000;
/// One article in so many is a copy of an earlier one with some words changed.
const COPIES: usize = 7;
/// Articles of a day.
const PER_DAY: usize = 60;
/// Outlets.
const OUTLETS: usize = 40;

/// A word by its rank: common words are short.
fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["ka", "re", "mo", "ti", "sul", "ne", "vor", "li", "pa", "den", "go", "xi"];
    let mut word = String::new();
    let mut rest = rank + 1;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// A word's rank, low ones far more often than high ones.
fn rank(random: &mut Pcg64) -> usize {
    let below = (0..3).fold(VOCABULARY, |below, _| random.random_range(1..=below));
    random.random_range(0..below)
}

fn corpus(articles: usize) -> Vec<Article> {
    let mut random = Pcg64::seed_from_u64(7);
    let mut texts: Vec<Vec<usize>> = Vec::with_capacity(articles);
    for n in 0..articles {
        let text = if n > 0 && n % COPIES == 0 {
            let earlier = random.random_range(n.saturating_sub(PER_DAY)..n);
            let mut text = texts[earlier].clone();
            for _ in 0..WORDS / 20 {
                let place = random.random_range(0..text.len());
                text[place] = rank(&mut random);
            }
            text
        } else {
            (0..WORDS).map(|_| rank(&mut random)).collect()
        };
        texts.push(text);
    }
    texts.into_iter().enumerate().map(|(n, text)| article(n, &text)).collect()
}

fn article(n: usize, ranks: &[usize]) -> Article {
    let minutes = i64::try_from(n * 24 * 60 / PER_DAY).unwrap_or(0);
    let utc = DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
    let words: Vec<String> = ranks.iter().map(|&rank| word(rank)).collect();
    Article {
        id: format!("{n:06}"),
        outlet: format!("outlet{:02}", n * 7919 % OUTLETS),
        language: "en".to_owned(),
        title: words.iter().take(9).cloned().collect::<Vec<_>>().join(" "),
        text: words.chunks(15).map(|s| s.join(" ")).collect::<Vec<_>>().join(". "),
        published: Some(Published {
            raw: String::new(),
            utc,
            local_date: utc.date_naive(),
            precision: Precision::Minute,
            source: DateSource::Record,
        }),
        ..Article::default()
    }
}

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
    let registry = Registry::default();
    for (name, relations) in [("reuse", Relations::Reuse), ("lexical", Relations::Lexical)] {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        for n in [1_000, 10_000] {
            let articles = corpus(n);
            let config = SimilarityConfig { relations, ..SimilarityConfig::default() };
            group.throughput(Throughput::Elements(n as u64));
            group.bench_with_input(BenchmarkId::from_parameter(n), &articles, |bench, articles| {
                bench.iter(|| matches(articles, &registry, &config));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, read, tokenize, similarity);
criterion_main!(benches);
