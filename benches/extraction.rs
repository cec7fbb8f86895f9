//! Cost of reading pages: the demo's, or those of the folder that the variable `FIMI_BENCH_PAGES` names
//! (`*.html`, searched through). `cargo bench --bench extraction`.

use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fimi::extract::{ExtractConfig, page};
use rayon::prelude::*;

fn pages(folder: &Path, into: &mut Vec<Vec<u8>>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            pages(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            into.extend(std::fs::read(&path));
        }
    }
}

/// All pages on all threads of the machine.
fn extraction(criterion: &mut Criterion) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let folder = std::env::var_os("FIMI_BENCH_PAGES").map_or(demo, PathBuf::from);
    let mut all = Vec::new();
    pages(&folder, &mut all);
    let registry = fimi::outlets::embedded();
    let config = ExtractConfig::default();
    let mut group = criterion.benchmark_group("extraction");
    group.sample_size(10);
    group.throughput(Throughput::Elements(all.len() as u64));
    group.bench_function("pages", |bench| {
        let read = |bytes: &Vec<u8>| page(bytes, "", None, &registry, &config).text.value.len();
        bench.iter(|| all.par_iter().map(read).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, extraction);
criterion_main!(benches);
