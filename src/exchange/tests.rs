//! The plan on a disk gives what an analysis in memory gives.

use std::fmt::Write as _;
use std::path::Path;

use super::*;
use crate::corpus::{CalendarConfig, Corpus};
use crate::formats;
use crate::model::{PassageKind, Relations};
use crate::outlets;
use crate::pipeline::{AnalyzeConfig, analyze};

/// A few numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn sentence(&mut self, words: usize) -> String {
        const SYLLABLES: [&str; 12] =
            ["ba", "ko", "ri", "ten", "mo", "ul", "sha", "per", "in", "dra", "ve", "lo"];
        let mut word = || -> String { (0..3).map(|_| SYLLABLES[self.below(12)]).collect() };
        let words: Vec<String> = (0..words).map(|_| word()).collect();
        words.join(" ") + "."
    }
}

/// Articles over eleven weeks: stories that others take whole, in part and edited, quotations, footers, slogans, flashes of
/// a few words, Chinese text, credits, and many that have one time.
fn records() -> String {
    const OUTLETS: [&str; 8] =
        ["rt", "cgtn", "tass", "sputnik", "presstv", "bbc", "reuters", "somewhere"];
    let mut numbers = Numbers(7);
    let footers: Vec<String> = OUTLETS.iter().map(|_| numbers.sentence(20)).collect();
    let slogan = numbers.sentence(24);
    let mut stories: Vec<Vec<String>> = Vec::new();
    let mut lines = String::new();
    for n in 0..420usize {
        let outlet = numbers.below(OUTLETS.len());
        if stories.is_empty() || n % 3 == 0 {
            let story: Vec<String> = (0..5)
                .map(|_| {
                    let words = 12 + numbers.below(20);
                    numbers.sentence(words)
                })
                .collect();
            stories.push(story);
        }
        let last = stories.len() - 1;
        let story = &stories[last - numbers.below(6).min(last)];
        let mut text: Vec<String> = match numbers.below(7) {
            0 => story.clone(),
            1 => story[1..4].to_vec(),
            2 => vec![format!("\"{}\" the minister said.", story[2]), numbers.sentence(60)],
            3 => vec![numbers.sentence(30), story[0].replacen(' ', " surely ", 1), story[1].clone()],
            4 => vec![story[4].split(' ').take(7).collect::<Vec<_>>().join(" ")],
            5 => vec!["外交部发言人今天在例行记者会上表示双方将继续就有关问题保持沟通并推动合作取得新的进展".into(), numbers.sentence(9)],
            _ => vec![numbers.sentence(70), slogan.clone()],
        };
        if numbers.below(2) == 0 {
            text.push(format!("\n{}", footers[outlet]));
        }
        if numbers.below(4) == 0 {
            text.insert(0, slogan.clone());
        }
        if numbers.below(9) == 0 {
            text.push("\nSource: Xinhua".into());
        }
        let (day, hour) = (n * 77 / 420, numbers.below(3) * 6);
        let date =
            chrono::NaiveDate::from_ymd_opt(2026, 1, 3).unwrap() + chrono::Days::new(day as u64);
        let title = numbers.sentence(5);
        let record = serde_json::json!({
            "outlet": OUTLETS[outlet], "id": format!("article-{:04}", n * 11 % 420), "title": title,
            "text": text.join(" "), "published": format!("{date}T{hour:02}:00:00Z"),
        });
        writeln!(lines, "{record}").unwrap();
    }
    lines
}

/// Matches and passages as the files have them, but for cells that stages do not know.
fn in_memory(input: &Path, calendar: CalendarConfig) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let registry = outlets::embedded();
    let records = formats::read_files(&[input], &ReadOptions::new(&registry)).unwrap();
    let registry = records.registry(&registry);
    let corpus = Corpus::new(records.articles, registry);
    let similarity =
        SimilarityConfig { relations: Relations::REUSE, ..SimilarityConfig::default() };
    let config = AnalyzeConfig { calendar, similarity, ..AnalyzeConfig::default() };
    let analysis = analyze(&corpus, &config);
    let (mut matches, mut passages) = (Vec::new(), Vec::new());
    for found in &analysis.matches {
        let (a, b) = (&corpus.articles()[found.earlier], &corpus.articles()[found.later]);
        let own = found.passages.iter().filter(|passage| passage.kind == PassageKind::Own);
        let own = own.map(|passage| passage.words).sum::<usize>().to_string();
        let number = crate::report::share_cell;
        matches.push(vec![
            found.id.clone(),
            a.id.clone(),
            b.id.clone(),
            a.outlet.clone(),
            b.outlet.clone(),
            found.relation.as_str().to_owned(),
            number(found.containment_earlier),
            number(found.containment_later),
            number(found.title_similarity),
            found.passages.len().to_string(),
            own,
        ]);
        for passage in &found.passages {
            let text = crate::report::guarded(&a.text[passage.earlier.clone()]).into_owned();
            let holder = passage.holder.map_or("", |holder| &corpus.articles()[holder].id);
            passages.push(vec![
                found.id.clone(),
                a.id.clone(),
                b.id.clone(),
                passage.earlier.start.to_string(),
                passage.earlier.end.to_string(),
                passage.later.start.to_string(),
                passage.later.end.to_string(),
                passage.words.to_string(),
                passage.kind.as_str().to_owned(),
                text,
                a.outlet.clone(),
                b.outlet.clone(),
                passage.why.to_string(),
                holder.to_owned(),
            ]);
        }
    }
    (matches, passages)
}

fn rows_of(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What the plan gives with so much memory.
fn planned(
    input: &Path,
    work: &Path,
    calendar: CalendarConfig,
    memory: usize,
) -> (Vec<TableMade>, Vec<u8>, Vec<u8>) {
    let registry = outlets::embedded();
    let mut tables = Vec::new();
    let plan = PlanRun {
        inputs: &[input.to_owned()],
        options: ReadOptions::new(&registry),
        calendar,
        similarity: &SimilarityConfig::default(),
        memory,
        work,
        until: None,
    };
    run(&plan, &mut |table| tables.push(TableMade { name: table.name, rows: table.rows })).unwrap();
    let (mut matches, mut passages) = (Vec::new(), Vec::new());
    write_csv(work, memory, &mut matches, &mut passages).unwrap();
    (tables, matches, passages)
}

#[test]
fn stages_on_a_disk_give_what_memory_gives() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("news.jsonl");
    std::fs::write(&input, records()).unwrap();
    let calendar = CalendarConfig { warm_up_days: 20, warm_up_articles: 50, lookback_days: 40 };
    let (matches, passages) = in_memory(&input, calendar);
    for kind in ["own", "quoted", "wire", "boilerplate"] {
        assert!(passages.iter().any(|passage| passage[8] == kind), "{kind}");
    }
    assert!(passages.iter().any(|passage| !passage[13].is_empty()));

    let work = folder.path().join("work");
    let (tables, of_matches, of_passages) = planned(&input, &work, calendar, 1 << 20);
    assert_eq!(rows_of(&of_matches), matches);
    assert_eq!(rows_of(&of_passages), passages);
    assert!(tables.iter().all(|table| table.rows.is_some()));

    // With more memory and other partitions the same bytes.
    let other = planned(&input, &folder.path().join("other"), calendar, 1 << 30);
    assert!((&other.1, &other.2) == (&of_matches, &of_passages));

    // A run that was stopped goes on after the last whole table.
    for stopped in ["verify", "spans", "holders", "judge", "components"] {
        std::fs::remove_file(work.join(stopped).join("_SUCCESS")).unwrap();
    }
    let (tables, again, _) = planned(&input, &work, calendar, 1 << 20);
    assert!(again == of_matches);
    let made: Vec<&str> =
        tables.iter().filter(|table| table.rows.is_some()).map(|table| table.name).collect();
    assert_eq!(made, ["verify", "spans", "holders", "judge", "components"]);
}
