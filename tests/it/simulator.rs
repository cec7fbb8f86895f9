//! A news world whose truth is known, to measure what the evidence is worth.
//!
//! Each world plays events over some days: agencies that publish and outlets that carry them, with
//! and without a credit; outlets and controls that write for themselves, quote the same statement (some
//! with marks, some without), close with the same paragraph of background and repeat one formula; a
//! readout that everybody carries whole; roundups with another item's dateline; copies of copies, whole
//! or in part, with a link, a credit, a citation or nothing; copies that are dated back and seen late;
//! clocks that are wrong within their stated error or known to the day; agency items that are not in the
//! archive. The whole pipeline then reads the articles, and its edges are compared with what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use fimi::corpus::Corpus;
use fimi::model::{
    Analysis, Article, DateSource, Diffusion, Evidence, Grade, Link, Origin, Outlet, Precision,
    Published, Registry,
};
use fimi::pipeline::{self, AnalyzeConfig};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Worlds played; each adds to the same counts.
const SEEDS: u64 = 20;
const EVENTS: usize = 14;
/// Of three states: what one state's outlets share is another question.
const SUBJECTS: [&str; 4] = ["rt", "cgtn", "presstv", "harbour-post"];
const CONTROLS: [&str; 3] = ["bbc", "aljazeera", "dw"];
const WIRES: [(&str, &str); 2] = [("tass", "TASS"), ("xinhua", "Xinhua")];

/// One article and how it came to be.
struct Item {
    article: Article,
    at: DateTime<Utc>,
    event: usize,
    sentences: Vec<String>,
    /// The item it took text from.
    source: Option<usize>,
    /// It names that item or its outlet.
    stated: bool,
    /// It holds all of that item.
    whole: bool,
    /// Not in the archive.
    lost: bool,
}

struct World {
    rng: Pcg64,
    registry: Registry,
    items: Vec<Item>,
}

/// What was found, over all worlds.
#[derive(Debug, Default)]
struct Counts {
    /// Per grade: edges between archived articles, and those of them along the true flow of text.
    directed: BTreeMap<Grade, (usize, usize)>,
    /// Articles whose source is archived and earlier beyond the clocks, and those with an edge.
    receivers: usize,
    reached: usize,
    /// Of these: those that name their source, and those with E1 or E2; those that do not, and those with E3.
    stated: (usize, usize),
    unstated: BTreeMap<&'static str, (usize, usize)>,
    /// Pairs that only carry one agency's text, and those that X explains without an edge between.
    wire_pairs: usize,
    explained: usize,
    /// Pairs of one event without flow of text, and those with a directed edge.
    apart: usize,
    false_edges: usize,
    /// Chains of stated sources only, and those found at full depth.
    chains: usize,
    exact: usize,
}

#[test]
fn evidence_holds_in_simulated_worlds() {
    let mut counts = Counts::default();
    for seed in 0..SEEDS {
        let mut world =
            World { rng: Pcg64::seed_from_u64(seed), registry: registry(), items: Vec::new() };
        for event in 0..EVENTS {
            world.play(event);
        }
        counts.add(&world);
    }
    counts.judge();
}

/// The registry, and an outlet of no state.
fn registry() -> Registry {
    let mut outlets = fimi::outlets::embedded().outlets;
    outlets.push(Outlet { name: "Harbour Post".into(), ..Outlet::unlisted("harbour-post") });
    Registry::new(outlets)
}

impl Counts {
    /// Prints what was found, and holds it to the limits.
    fn judge(&self) {
        let counts = self;
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let edges: usize = counts.directed.values().map(|(all, _)| all).sum();
        let right: usize = counts.directed.values().map(|(_, right)| right).sum();
        let mut report = String::new();
        for (grade, (all, right)) in &counts.directed {
            let _ = writeln!(
                report,
                "{} precision {:.3} of {all}",
                grade.as_str(),
                share(*right, *all)
            );
        }
        for (length, (all, found)) in &counts.unstated {
            let _ = writeln!(
                report,
                "E3 {:.3} of {all} that name no source, {length}",
                share(*found, *all)
            );
        }
        let _ = write!(
            report,
            "recall: E1 or E2 {:.3} of {} that name their source\n\
         direction: precision {:.4} of {edges}, recall {:.3} of {}\nX: {:.3} of {} wire-only pairs\n\
         false edges: {:.4} of {} pairs without flow\nstated chains at full depth: {:.3} of {}",
            share(counts.stated.1, counts.stated.0),
            counts.stated.0,
            share(right, edges),
            share(counts.reached, counts.receivers),
            counts.receivers,
            share(counts.explained, counts.wire_pairs),
            counts.wire_pairs,
            share(counts.false_edges, counts.apart),
            counts.apart,
            share(counts.exact, counts.chains),
            counts.chains,
        );
        // Shown by `cargo test --test it simulator -- --nocapture`.
        std::io::stdout().write_all(report.as_bytes()).unwrap();
        assert!(
            counts.receivers > 500 && counts.wire_pairs > 100 && counts.chains > 30,
            "{report}"
        );
        assert!(share(right, edges) >= 0.98, "{report}");
        assert!(share(counts.stated.1, counts.stated.0) >= 0.95, "{report}");
        let (all, found) = counts.unstated[WHOLE];
        assert!(all > 100 && share(found, all) >= 0.95, "{report}");
        assert!(share(counts.explained, counts.wire_pairs) >= 0.95, "{report}");
        assert!(share(counts.false_edges, counts.apart) <= 0.01, "{report}");
        assert!(share(counts.exact, counts.chains) >= 0.80, "{report}");
    }
}

/// A copy of all of an article.
const WHOLE: &str = "whole";

impl World {
    /// One event: an agency and its carriers, independent reports, copies of copies.
    fn play(&mut self, event: usize) {
        let start = DateTime::UNIX_EPOCH
            + TimeDelta::days(19_000)
            + TimeDelta::hours(30) * i32::try_from(event).unwrap();
        let topic: Vec<String> = (0..14).map(|_| self.word()).collect();
        let words = self.sentence(&topic, 18);
        let statements =
            [format!("“{words}” the minister said."), format!("The minister said {words}.")];
        let background = self.sentences(&topic, 3);
        let formula = format!("{}.", self.sentence(&topic, 20));
        if self.rng.random_bool(0.6) {
            let (wire, name) = WIRES[self.rng.random_range(0..WIRES.len())];
            let lost = self.rng.random_bool(0.3);
            let sentences = self.sentences(&topic, 12);
            let item = self.publish(wire, event, start, sentences, None, false);
            self.items[item].lost = lost;
            let others: Vec<&str> = self.some_of(&SUBJECTS, 3);
            for outlet in others {
                self.carry(item, outlet, name, &topic);
            }
        }
        let mut writers = self.some_of(&SUBJECTS, 2);
        writers.extend(self.some_of(&CONTROLS, 2));
        let mut originals = Vec::new();
        for outlet in writers {
            let mut sentences = self.sentences(&topic, 11);
            if self.rng.random_bool(0.6) {
                let statement = &statements[usize::from(self.rng.random_bool(0.5))];
                sentences.insert(3, statement.clone());
            }
            if self.rng.random_bool(0.4) {
                sentences.insert(6, formula.clone());
            }
            if self.rng.random_bool(0.4) {
                sentences.extend(background.clone());
            }
            let at = start + TimeDelta::minutes(self.rng.random_range(0..900));
            originals.push(self.publish(outlet, event, at, sentences, None, false));
        }
        self.readout(event, start, &topic);
        self.roundup(event, start, &topic, &formula);
        let original = originals[0];
        self.date_back(original, &topic);
        for original in originals {
            let (mut parent, mut seen) =
                (original, vec![self.items[original].article.outlet.clone()]);
            for _ in 0..self.rng.random_range(0..=3) {
                let outlet = SUBJECTS[self.rng.random_range(0..SUBJECTS.len())];
                if seen.iter().any(|s| s == outlet) {
                    break;
                }
                seen.push(outlet.to_owned());
                parent = self.copy(parent, outlet, &topic);
            }
        }
    }

    /// A readout that everybody carries whole, unsigned.
    fn readout(&mut self, event: usize, start: DateTime<Utc>, topic: &[String]) {
        let mut sentences = vec![format!(
            "President {} met with Prime Minister {} in the capital.",
            self.word(),
            self.word()
        )];
        for n in 0..9 {
            let what = self.sentence(topic, 13);
            sentences.push(match n % 3 {
                0 => format!("The two sides exchanged views on {what}."),
                1 => format!("The president said that {what}."),
                _ => format!("Both sides reaffirmed {what}."),
            });
        }
        let outlets = [&SUBJECTS[..], &CONTROLS[..1]].concat();
        for outlet in outlets {
            let at = start + TimeDelta::minutes(self.rng.random_range(0..600));
            self.publish(outlet, event, at, sentences.clone(), None, false);
        }
    }

    /// Items of the day in one article; one has an agency's dateline, another one holds a formula.
    fn roundup(&mut self, event: usize, start: DateTime<Utc>, topic: &[String], formula: &str) {
        let outlet = SUBJECTS[self.rng.random_range(0..SUBJECTS.len())];
        let mut sentences = self.sentences(&[], 3);
        let item = self.sentence(&[], 14);
        sentences.insert(0, format!("BEIJING, May 5 (Xinhua) -- {item}."));
        sentences.extend(self.sentences(topic, 4));
        sentences.push(formula.to_owned());
        let at = start + TimeDelta::minutes(self.rng.random_range(900..1400));
        self.publish(outlet, event, at, sentences, None, false);
    }

    /// A copy that claims to be older than what it was taken from; it is first seen two days later.
    fn date_back(&mut self, parent: usize, topic: &[String]) {
        let taken = self.items[parent].article.outlet.clone();
        let Some(outlet) = SUBJECTS.iter().find(|outlet| **outlet != taken) else { return };
        let mut sentences = self.part_of(parent, 95);
        sentences.extend(self.sentences(topic, 1));
        let (claimed, event) =
            (self.items[parent].at - TimeDelta::hours(2), self.items[parent].event);
        let item = self.publish(outlet, event, claimed, sentences, None, false);
        let seen = self.items[parent].at + TimeDelta::hours(50);
        self.items[item].at = seen;
        self.items[item].article.first_seen = Some(seen);
    }

    /// Carries an agency's item, with or without saying so.
    fn carry(&mut self, item: usize, outlet: &str, name: &str, topic: &[String]) {
        let lost = self.items[item].lost;
        let mut sentences = self.part_of(item, 70);
        sentences.extend(self.sentences(topic, 1));
        // What is neither credited nor archived nobody can know; nearly all such copies are credited.
        let stated = self.rng.random_bool(if lost { 0.95 } else { 0.5 });
        if stated {
            sentences.push(format!("({name})"));
        }
        let at = self.after(item);
        let event = self.items[item].event;
        self.publish(outlet, event, at, sentences, Some(item), stated);
    }

    /// Copies an article and adds a little; returns the copy.
    fn copy(&mut self, parent: usize, outlet: &str, topic: &[String]) -> usize {
        let whole = self.rng.random_bool(0.5);
        let mut sentences = self.part_of(parent, if whole { 100 } else { 40 });
        let added = if whole { 1 } else { self.rng.random_range(1..=6) };
        sentences.extend(self.sentences(topic, added));
        let name = self.registry.name(&self.items[parent].article.outlet).to_owned();
        let how = self.rng.random_range(0..26);
        match how {
            0..4 => sentences.push(format!("Source: {name}")),
            4..9 => sentences.insert(0, format!("The talks go on, {name} reported.")),
            _ => {}
        }
        let (at, event) = (self.after(parent), self.items[parent].event);
        let item = self.publish(outlet, event, at, sentences, Some(parent), how < 13);
        self.items[item].whole = whole;
        if (9..13).contains(&how) {
            let url = self.items[parent].article.url.clone();
            self.items[item].article.links =
                vec![Link { url, text: String::new(), canonical: false }];
        }
        item
    }

    fn publish(
        &mut self,
        outlet: &str,
        event: usize,
        at: DateTime<Utc>,
        mut sentences: Vec<String>,
        source: Option<usize>,
        stated: bool,
    ) -> usize {
        if self.rng.random_bool(0.05) {
            sentences.push("The European Union banned RT and Sputnik.".into());
        }
        let (precision, error, grain) = match self.rng.random_range(0..20) {
            0..5 => (Precision::Second, 30, 1),
            5..18 => (Precision::Minute, 60, 60),
            _ => (Precision::Day, 0, 86_400),
        };
        // A clock that is set wrong, within what its precision promises.
        let wrong = self.rng.random_range(-error / 2..=error / 2);
        let seconds = (at.timestamp() + wrong).div_euclid(grain) * grain;
        let claimed = DateTime::from_timestamp(seconds, 0).unwrap();
        let n = self.items.len();
        let text = sentences.join("\n");
        let title = self.sentence(&[], 7);
        self.items.push(Item {
            article: Article {
                id: format!("{n:05}"),
                outlet: outlet.into(),
                language: "en".into(),
                url: format!("https://{outlet}.example/{n}"),
                title,
                text,
                published: Some(Published {
                    raw: String::new(),
                    utc: claimed,
                    local_date: claimed.date_naive(),
                    precision,
                    source: DateSource::Record,
                }),
                first_seen: Some(at + TimeDelta::minutes(10)),
                ..Article::default()
            },
            at,
            event,
            sentences,
            source,
            stated,
            whole: false,
            lost: false,
        });
        n
    }

    /// A run of an item's sentences, at least this percentage of them.
    fn part_of(&mut self, item: usize, least: usize) -> Vec<String> {
        let own = |s: &&String| {
            !s.starts_with('(') && !s.contains("reported.") && !s.starts_with("Source")
        };
        let all: Vec<String> = self.items[item].sentences.iter().filter(own).cloned().collect();
        let percent = self.rng.random_range(least..=100);
        let kept = (all.len() * percent).div_ceil(100).clamp(1, all.len());
        let from = self.rng.random_range(0..=all.len() - kept);
        all[from..from + kept].to_vec()
    }

    fn after(&mut self, item: usize) -> DateTime<Utc> {
        self.items[item].at + TimeDelta::seconds(self.rng.random_range(240..36_000))
    }

    fn some_of<'t>(&mut self, all: &[&'t str], n: usize) -> Vec<&'t str> {
        let mut left = all.to_vec();
        (0..n).map(|_| left.swap_remove(self.rng.random_range(0..left.len()))).collect()
    }

    fn sentences(&mut self, topic: &[String], n: usize) -> Vec<String> {
        (0..n).map(|_| format!("{}.", self.sentence(topic, 14))).collect()
    }

    fn sentence(&mut self, topic: &[String], words: usize) -> String {
        const COMMON: [&str; 8] = ["the", "of", "and", "in", "for", "was", "on", "by"];
        let mut words: Vec<String> = (0..words)
            .map(|_| match self.rng.random_range(0..10) {
                0..3 => COMMON[self.rng.random_range(0..COMMON.len())].to_owned(),
                3..5 if !topic.is_empty() => topic[self.rng.random_range(0..topic.len())].clone(),
                _ => self.word(),
            })
            .collect();
        words[0].insert(0, 'M');
        words.join(" ")
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ba", "ko", "ri", "ten", "mo", "ul", "sha", "per", "in", "dra", "ve", "lo", "mi", "ga",
            "sto", "ne",
        ];
        let n = self.rng.random_range(2..=3);
        (0..n).map(|_| SYLLABLES[self.rng.random_range(0..SYLLABLES.len())]).collect()
    }

    /// Whether an item that goes back to the same first one is known to the day only: it may have been
    /// first, and nobody can tell.
    fn has_undated_holder(&self, item: usize) -> bool {
        let first = |item: usize| self.sources(item).into_iter().min().unwrap_or(item);
        let day = |item: &Item| {
            item.article.published.as_ref().is_some_and(|p| p.precision == Precision::Day)
        };
        (0..self.items.len()).any(|other| first(other) == first(item) && day(&self.items[other]))
    }

    fn sources(&self, item: usize) -> BTreeSet<usize> {
        std::iter::successors(self.items[item].source, |&i| self.items[i].source).collect()
    }
}

impl Counts {
    /// Analyzes a world and compares.
    fn add(&mut self, world: &World) {
        let articles = world.items.iter().filter(|i| !i.lost).map(|i| i.article.clone()).collect();
        let corpus = Corpus::new(articles, world.registry.clone());
        let analysis = pipeline::analyze(&corpus, &AnalyzeConfig::default());
        let item_of: Vec<usize> =
            corpus.articles().iter().map(|a| a.id.parse::<usize>().unwrap()).collect();
        let place: BTreeMap<usize, usize> =
            item_of.iter().enumerate().map(|(place, &item)| (item, place)).collect();
        let directed = directed(&analysis.diffusion, &item_of);
        for (&(from, to), &grade) in &directed {
            let (all, right) = self.directed.entry(grade).or_default();
            *all += 1;
            *right += usize::from(world.sources(to).contains(&from));
        }
        let reached: BTreeSet<usize> = directed.keys().map(|(_, to)| *to).collect();
        for (index, item) in world.items.iter().enumerate() {
            let Some(source) = item.source.filter(|s| place.contains_key(s)) else { continue };
            if earlier(&world.items[source].article, &item.article) {
                self.receivers += 1;
                self.reached += usize::from(reached.contains(&index));
                let best =
                    directed.iter().filter(|((_, to), _)| *to == index).map(|(_, g)| *g).min();
                let (of, as_such) = if item.stated {
                    (&mut self.stated, best.is_some_and(|grade| grade <= Grade::E2))
                } else {
                    if world.has_undated_holder(index) {
                        continue;
                    }
                    (self.unstated.entry(length_of(item)).or_default(), best == Some(Grade::E3))
                };
                of.0 += 1;
                of.1 += usize::from(as_such);
            }
        }
        self.pairs(world, &analysis, &item_of, &directed);
        self.chains(world, &analysis, &item_of, &place);
    }

    /// Pairs of one event between which no text went.
    fn pairs(
        &mut self,
        world: &World,
        analysis: &Analysis,
        item_of: &[usize],
        directed: &BTreeMap<(usize, usize), Grade>,
    ) {
        let explained: BTreeSet<usize> = analysis
            .diffusion
            .edges
            .iter()
            .flat_map(|edge| &edge.evidence)
            .filter_map(
                |e| if let Evidence::Explains { matched } = e { Some(*matched) } else { None },
            )
            .collect();
        let between: BTreeSet<(usize, usize)> = analysis
            .diffusion
            .edges
            .iter()
            .filter_map(
                |e| if let Origin::Article(from) = e.from { Some((from, e.to)) } else { None },
            )
            .collect();
        for (index, m) in analysis.matches.iter().enumerate() {
            let (a, b) = (item_of[m.earlier], item_of[m.later]);
            if world.items[a].event != world.items[b].event {
                continue;
            }
            let (up_a, up_b) = (world.sources(a), world.sources(b));
            if up_a.contains(&b) || up_b.contains(&a) {
                continue;
            }
            self.apart += 1;
            self.false_edges += usize::from(directed.contains_key(&(a, b)));
            let wire = |item: usize| {
                let source = world.items[item].source?;
                WIRES
                    .iter()
                    .any(|(id, _)| *id == world.items[source].article.outlet)
                    .then_some(source)
            };
            if wire(a).is_some() && wire(a) == wire(b) {
                self.wire_pairs += 1;
                let shown = explained.contains(&index)
                    || held_by_wire(world, &between, item_of, m.later, wire(b));
                self.explained += usize::from(shown && !between.contains(&(m.earlier, m.later)));
            }
        }
    }

    /// Ends of flows in which each step states its source and the clocks can tell each step.
    fn chains(
        &mut self,
        world: &World,
        analysis: &Analysis,
        item_of: &[usize],
        place: &BTreeMap<usize, usize>,
    ) {
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for chain in &analysis.diffusion.chains {
            for (step, &edge) in chain.edges.iter().enumerate() {
                let end = item_of[analysis.diffusion.edges[edge].to];
                found.insert(end, step + 1);
            }
        }
        for (index, item) in world.items.iter().enumerate() {
            let path: Vec<usize> =
                std::iter::successors(Some(index), |&i| world.items[i].source).collect();
            let clear = path.windows(2).all(|step| {
                let (to, from) = (&world.items[step[0]], &world.items[step[1]]);
                to.stated && place.contains_key(&step[1]) && earlier(&from.article, &to.article)
            });
            if path.len() > 2 && clear && !item.lost {
                self.chains += 1;
                self.exact += usize::from(found.get(&index) == Some(&(path.len() - 1)));
            }
        }
    }
}

/// Whether an edge of any grade runs from the wire's item to the receiver: then it is that edge which
/// explains what the receiver shares with other carriers.
fn held_by_wire(
    world: &World,
    between: &BTreeSet<(usize, usize)>,
    item_of: &[usize],
    to: usize,
    wire: Option<usize>,
) -> bool {
    let place = |item: usize| item_of.iter().position(|&i| i == item);
    let archived = wire.filter(|&w| !world.items[w].lost).and_then(place);
    archived.is_some_and(|from| between.contains(&(from, to)))
}

/// E1–E3 edges between articles, by item.
fn directed(diffusion: &Diffusion, item_of: &[usize]) -> BTreeMap<(usize, usize), Grade> {
    diffusion
        .edges
        .iter()
        .filter(|edge| edge.grade.is_directed())
        .filter_map(|edge| match edge.from {
            Origin::Article(from) => Some(((item_of[from], item_of[edge.to]), edge.grade)),
            Origin::Outlet(_) | Origin::Statement => None,
        })
        .collect()
}

/// How much of its source an item holds, in words.
fn length_of(item: &Item) -> &'static str {
    let words: usize = item.sentences.iter().map(|s| s.split(' ').count()).sum();
    match (item.whole, words) {
        (true, _) => WHOLE,
        (false, 0..100) => "part of an article below 100 words",
        (false, 100..150) => "part of an article of 100 to 150 words",
        (false, _) => "part of an article of 150 words or more",
    }
}

/// Whether the claimed times tell that `a` was before `b`.
fn earlier(a: &Article, b: &Article) -> bool {
    let (Some(error_a), Some(error_b)) = (a.clock_error(), b.clock_error()) else { return false };
    b.at() - a.at() > error_a + error_b
}
