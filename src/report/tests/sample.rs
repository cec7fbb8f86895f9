//! A small fictional analysis for tests: outlets and texts are written for this project.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::corpus::{Corpus, RawCorpus};
use crate::ids::{sha256_hex, stable_id};
use crate::model::{
    Across, AlignedPair, Analysis, AnchorKind, Article, ArticleRole, CalendarUnit, Carrier, Chain,
    Citation, CitationKind, Claim, Contrast, CoverageGap, DateSource, Edge, Evidence, FeedStatus,
    FetchStatus, Grade, Influence, InfluenceEdge, LagQuantiles, LagSign, Match, Mention, Narrative,
    Origin, Outlet, OutletPair, Overlap, OverlapKind, PairOverlap, PairPeriod, PairStratum,
    Passage, PassageKind, Phrase, PhraseExample, Precision, Published, RegionMonth, RegionPair,
    Regions, Registry, Relation, Role, Share, SharedAnchor, Significance, Skipped, SourceKind,
    Spread, Stance, Surge, Synchrony, Tag, Verdict, WatchedNarrative, Watchlist, Why,
};
use crate::report::{NewEdge, NewNarrative, News, ReportConfig, ReportIndex, Run, RunBefore};
use crate::testing;
use crate::text::places::Region;

const CANAL: &str = "The Ostra canal authority has quietly signed over the eastern locks to a foreign bank, according to papers that circulated among port workers in Velmar on Monday. The papers, which carry no signature, describe a lease of ninety-nine years and a fee that nobody in the town hall would confirm.";
const PROTEST: &str = "Dock crews walked off the job within the hour, and by noon the column of trucks reached back to the ring road. \"We were never asked,\" one crane operator said, refusing to give a name.";
const MINISTER: &str = "\"There is no lease, there was no lease, and there will be no lease as long as I hold this office,\" Transport Minister Ilda Morav told reporters.";
const WIRE: &str = "The harbour commission of Velmar reported a throughput of 2.4 million tonnes in the first quarter, up 3.1 percent on the year, the state statistics service said on Tuesday.";
const OWN: &str = "The commission publishes its register every spring, and every spring the same pages are missing from the copy that the public may read. This year it is the annex on tariffs and the map of the eastern basin that were left out.";
const GRAIN: &str = "A convoy of forty grain wagons left the Senda depot without customs papers, two drivers said, and turned north at the old border crossing rather than south towards the mills.";
const RU: &str = "Управление канала Остра передало восточные шлюзы иностранному банку, говорится в бумагах, которые разошлись среди портовых рабочих Вельмара.";
const ZH: &str =
    "奥斯特拉运河管理局已悄悄将东部船闸移交给一家外国银行，韦尔马尔港口工人手中的文件这样写道。";

/// The day the sample starts.
pub(crate) fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_434_800, 0).unwrap()
}

fn outlet(id: &str, name: &str, state: Option<&str>, role: Role) -> Outlet {
    Outlet {
        id: id.into(),
        name: name.into(),
        state: state.map(Into::into),
        role,
        domains: vec![format!("{id}.example")],
        ..Outlet::default()
    }
}

/// A corpus and what was found in it.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) corpus: Corpus,
    pub(crate) analysis: Analysis,
}

impl Sample {
    pub(crate) fn view<'a>(&'a self, run: &'a Run, config: &'a ReportConfig) -> ReportIndex<'a> {
        ReportIndex::new(&self.corpus, &self.analysis, run, config)
    }
}

#[derive(Clone)]
struct Maker {
    raw: RawCorpus,
    analysis: Analysis,
}

impl Maker {
    fn sample(self) -> Sample {
        Sample { corpus: Corpus::of_ordered(self.raw), analysis: self.analysis }
    }

    fn cite(&mut self, article: usize, citation: Citation) {
        let citations = &mut self.analysis.annotations.citations;
        citations.resize(self.raw.articles.len(), Vec::new());
        citations[article].push(citation);
    }

    fn article(&mut self, outlet: &str, minute: i64, title: &str, text: &[&str]) -> usize {
        self.dated(outlet, minute, Precision::Second, title, text)
    }

    fn dated(
        &mut self,
        outlet: &str,
        minute: i64,
        precision: Precision,
        title: &str,
        text: &[&str],
    ) -> usize {
        let utc = start() + TimeDelta::minutes(minute);
        let text = text.join("\n");
        let url = format!("https://{outlet}.example/news/{}", self.raw.articles.len() + 1);
        self.raw.articles.push(Article {
            id: stable_id(&[outlet, &url]),
            outlet: outlet.into(),
            edition: format!("{outlet}-en"),
            language: "en".into(),
            language_confidence: None,
            url,
            title: title.into(),
            text_sha256: sha256_hex(text.as_bytes()),
            text,
            byline: String::new(),
            published: Some(Published {
                raw: utc.to_rfc2822(),
                source: DateSource::Feed,
                ..testing::published(utc, precision)
            }),
            first_seen: Some(utc + TimeDelta::minutes(4)),
            links: Vec::new(),
            raw_sha256: sha256_hex(title.as_bytes()),
            version: 1,
            flags: Vec::new(),
        });
        self.raw.articles.len() - 1
    }

    fn matched(
        &mut self,
        a: usize,
        b: usize,
        shared: &[(&str, PassageKind)],
        lexical: f64,
    ) -> usize {
        let all = &self.raw.articles;
        let place = |article: usize, piece: &str| {
            let start = all[article].text.find(piece).unwrap();
            start..start + piece.len()
        };
        let passages: Vec<Passage> = shared
            .iter()
            .map(|(piece, kind)| Passage {
                earlier: place(a, piece),
                later: place(b, piece),
                words: piece.split_whitespace().count(),
                kind: *kind,
                why: match kind {
                    PassageKind::Own => Why::NothingElse,
                    PassageKind::Quoted => Why::QuotationMarks,
                    PassageKind::Wire => Why::HeldEarlier("Wire".to_owned()),
                    PassageKind::Boilerplate => Why::Persistent,
                },
                holder: None,
            })
            .collect();
        let bytes: usize = passages.iter().map(|p| p.earlier.len()).sum();
        let share = |article: usize| bytes as f64 / all[article].text.len() as f64;
        let (containment_earlier, containment_later) = (share(a), share(b));
        let relation = match containment_earlier.max(containment_later) {
            c if c >= 0.8 => Relation::Verbatim,
            c if c >= 0.5 => Relation::NearDuplicate,
            c if c > 0.0 => Relation::Partial,
            _ => Relation::Narrative,
        };
        self.analysis.matches.push(Match {
            id: stable_id(&[&all[a].id, &all[b].id]),
            earlier: a,
            later: b,
            containment_earlier,
            containment_later,
            overlaps: (lexical > 0.0)
                .then_some(Overlap { by: OverlapKind::Lexical, cosine: lexical })
                .into_iter()
                .collect(),
            title_similarity: 0.4,
            across: None,
            passages,
            relation,
        });
        self.analysis.matches.len() - 1
    }

    /// Makes a match one of a text and its translation.
    fn translated(&mut self, matched: usize) {
        let (a, b) = (self.analysis.matches[matched].earlier, self.analysis.matches[matched].later);
        let whole = |article: usize| Some(0..self.raw.articles[article].text.len());
        let title = |article: usize| self.raw.articles[article].title.len();
        let mention = |article: usize| Mention { in_headline: true, span: 0..title(article) };
        let across = Across {
            score: 0.9,
            anchors: vec![SharedAnchor {
                kind: AnchorKind::Name,
                earlier: mention(a),
                later: mention(b),
                weight: 4.0,
            }],
            aligned: vec![
                AlignedPair { earlier: None, later: None, score: 0.8 },
                AlignedPair { earlier: whole(a), later: whole(b), score: 0.7 },
            ],
        };
        let matched = &mut self.analysis.matches[matched];
        matched.overlaps = vec![Overlap { by: OverlapKind::Semantic, cosine: 0.75 }];
        (matched.across, matched.relation) = (Some(across), Relation::Translation);
    }

    fn edge(
        &mut self,
        from: Origin,
        to: usize,
        grade: Grade,
        narrative: usize,
        evidence: Vec<Evidence>,
    ) -> usize {
        let all = &self.raw.articles;
        let start = match &from {
            Origin::Article(a) => Some(&all[*a]),
            _ => None,
        };
        let lag = start.map(|a| (all[to].at() - a.at()).num_seconds() as f64 / 60.0);
        let error = start
            .and_then(|a| Some(a.clock_error()? + all[to].clock_error()?))
            .map(|e| e.num_seconds() as f64 / 60.0);
        self.analysis.diffusion.edges.push(Edge {
            id: stable_id(&[&format!("{from:?}"), &all[to].id, grade.as_str()]),
            from,
            to,
            grade,
            lag_minutes: lag,
            clock_error_minutes: error,
            narrative: Some(narrative),
            evidence,
        });
        self.analysis.diffusion.edges.len() - 1
    }

    fn narrative(&mut self, label: &str, phrases: &[&str], articles: &[usize]) {
        let all = &self.raw.articles;
        let mut timeline: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        let mut outlets: Vec<String> = Vec::new();
        let mut roles = Vec::new();
        for &article in articles {
            *timeline.entry(all[article].at().date_naive()).or_default() += 1;
            outlets.push(all[article].outlet.clone());
            let first_day = all[articles[0]].at().date_naive() == all[article].at().date_naive();
            roles.push(if first_day { ArticleRole::Origin } else { ArticleRole::LateAmplifier });
        }
        outlets.sort();
        outlets.dedup();
        let most = timeline.values().copied().max().unwrap();
        let peak = *timeline.iter().find(|(_, n)| **n == most).unwrap().0;
        self.analysis.narratives.push(Narrative {
            id: stable_id(&[label, &all[articles[0]].id]),
            label: label.into(),
            key_phrases: phrases.iter().map(|&p| p.into()).collect(),
            articles: articles.to_vec(),
            outlets,
            first: articles[0],
            peak,
            timeline,
        });
        self.analysis.diffusion.roles.push(roles);
    }
}

fn registry() -> Registry {
    let (ru, cn) = (Some("RU"), Some("CN"));
    let mut outlets = vec![
        outlet("north-star", "North Star", ru, Role::Subject),
        outlet("meridian", "Meridian Radio", ru, Role::Subject),
        outlet("lantern", "Lantern Daily", cn, Role::Subject),
        outlet("jade-tv", "Jade TV", cn, Role::Subject),
        outlet("volna", "Volna News Agency", ru, Role::Wire),
        outlet("harbour-post", "Harbour Post", Some("GB"), Role::Control),
        outlet("plain-wire", "Plain Wire", None, Role::Control),
    ];
    outlets[0].operator = Some("Beacon Group".into());
    outlets[1].operator = Some("Beacon Group".into());
    Registry::new(outlets)
}

fn feeds() -> Vec<FeedStatus> {
    let feed =
        |outlet: &str, status: FetchStatus, http: Option<u16>, items: usize, message: &str| {
            FeedStatus {
                outlet: outlet.into(),
                edition: format!("{outlet}-en"),
                kind: SourceKind::Feed,
                url: format!("https://{outlet}.example/rss.xml"),
                status,
                http,
                fetched_at: start() + TimeDelta::days(3),
                items,
                new_items: items / 2,
                pages: items / 2,
                pages_failed: usize::from(items > 20),
                newest: (items > 0).then(|| start() + TimeDelta::hours(70)),
                message: message.into(),
            }
        };
    vec![
        feed("harbour-post", FetchStatus::Ok, Some(200), 40, ""),
        feed(
            "jade-tv",
            FetchStatus::Stale,
            Some(200),
            12,
            "newest item is 19 days old; add the list page to the registry",
        ),
        feed("lantern", FetchStatus::Ok, Some(200), 18, ""),
        feed("meridian", FetchStatus::Ok, Some(200), 25, ""),
        feed("north-star", FetchStatus::NotModified, Some(304), 0, ""),
        feed(
            "plain-wire",
            FetchStatus::Challenge,
            Some(403),
            0,
            "a script challenge instead of the feed: try another network, or import an archive",
        ),
        feed(
            "volna",
            FetchStatus::Dns,
            None,
            0,
            "the host name does not resolve here: it may be blocked on this network",
        ),
    ]
}

#[expect(clippy::too_many_arguments, reason = "a row of a table, written as one")]
fn pair(
    ids: (&str, &str),
    articles: (usize, usize),
    shares: (f64, f64),
    ab: &[(Grade, usize)],
    ba: &[(Grade, usize)],
    common_source: usize,
    test: Option<(usize, f64, f64, f64)>,
    verdict: Verdict,
) -> OutletPair {
    let (edges_ab, edges_ba): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (ab.iter().copied().collect(), ba.iter().copied().collect());
    let (n_ab, n_ba): (usize, usize) = (edges_ab.values().sum(), edges_ba.values().sum());
    let interval = |n: usize, share: f64| (n > 9).then_some((share * 0.5, share * 1.5));
    let lag = |n: usize| {
        (n >= 5).then_some(LagQuantiles {
            n,
            p10: 22.0,
            median: 96.5,
            median_interval: Some((31.0, 180.0)),
            p90: 410.0,
        })
    };
    OutletPair {
        outlet_a: ids.0.into(),
        outlet_b: ids.1.into(),
        articles_a: articles.0,
        articles_b: articles.1,
        common_days: 56,
        share_a: Some(shares.0),
        share_b: Some(shares.1),
        overlap: Some((shares.0 * shares.1).sqrt()),
        share_a_interval: interval(articles.0, shares.0),
        share_b_interval: interval(articles.1, shares.1),
        overlap_interval: interval(articles.0.min(articles.1), (shares.0 * shares.1).sqrt()),
        reciprocity: (n_ab + n_ba > 0).then(|| 2.0 * n_ab.min(n_ba) as f64 / (n_ab + n_ba) as f64),
        reciprocity_interval: (n_ab + n_ba > 0).then_some((0.1, 0.9)),
        lag_ab: lag(n_ab),
        lag_ba: lag(n_ba),
        edges_ab,
        edges_ba,
        common_source,
        shared: test.map_or(0, |t| t.0),
        expected: test.map(|t| t.1),
        effect: test.map(|t| t.0 as f64 / t.1),
        effect_interval: test.map(|t| (t.0 as f64 / t.1 * 0.6, t.0 as f64 / t.1 * 1.5)),
        odds: test.map(|t| (t.0 as f64 / t.1).powi(2)),
        odds_low: test.map(|t| (t.0 as f64 / t.1).powi(2) * 0.6),
        odds_high: test.map(|t| (t.0 as f64 / t.1).powi(2) * 1.7),
        detectable_odds: test.map(|_| 2.1),
        window_days: test.map(|_| 2),
        controls: test.map(|_| 2),
        control_articles: test.map(|_| 48),
        p_six_hours: test.map(|t| t.2),
        p: test.map(|t| t.2),
        q: test.map(|t| t.3),
        verdict,
        shared_common: usize::from(common_source > 1),
        rhythm: test.map(|t| Synchrony {
            synchrony: 0.31,
            synchrony_q: t.3,
            lead: -0.05,
            lead_q: 0.8,
            shifts: 83,
        }),
        order: test.map_or_else(LagSign::default, |t| LagSign {
            n: 18,
            a_first: 12,
            expected: Some(0.52),
            q: Some(t.3),
        }),
    }
}

fn pairs() -> Vec<OutletPair> {
    use Grade::{E1, E2, E3};
    use Verdict::{MoreThanChance, NotDistinguishable, TooFew};
    vec![
        pair(
            ("harbour-post", "lantern"),
            (14, 11),
            (0.07, 0.09),
            &[],
            &[],
            1,
            Some((2, 1.8, 0.41, 0.52)),
            NotDistinguishable,
        ),
        pair(
            ("harbour-post", "meridian"),
            (14, 9),
            (0.14, 0.22),
            &[],
            &[],
            2,
            Some((3, 2.2, 0.33, 0.52)),
            NotDistinguishable,
        ),
        pair(
            ("harbour-post", "north-star"),
            (14, 12),
            (0.14, 0.17),
            &[],
            &[],
            1,
            Some((3, 2.9, 0.48, 0.52)),
            NotDistinguishable,
        ),
        pair(
            ("jade-tv", "lantern"),
            (5, 11),
            (0.6, 0.27),
            &[],
            &[(E1, 1), (E3, 1)],
            0,
            None,
            TooFew,
        ),
        pair(
            ("lantern", "meridian"),
            (11, 9),
            (0.27, 0.33),
            &[(E2, 1)],
            &[(E3, 2)],
            1,
            Some((5, 1.6, 0.012, 0.036)),
            MoreThanChance,
        ),
        pair(
            ("lantern", "north-star"),
            (11, 12),
            (0.36, 0.42),
            &[],
            &[(E1, 2), (E2, 1), (E3, 3)],
            2,
            Some((6, 1.7, 0.000_031, 0.000_28)),
            MoreThanChance,
        ),
        pair(
            ("meridian", "north-star"),
            (9, 12),
            (0.67, 0.5),
            &[(E3, 2)],
            &[(E1, 1), (E2, 2), (E3, 4)],
            3,
            Some((7, 2.1, 0.000_2, 0.000_9)),
            MoreThanChance,
        ),
        pair(("north-star", "volna"), (12, 6), (0.17, 0.33), &[], &[(E1, 2)], 0, None, TooFew),
    ]
}

/// A run to go with the sample.
pub(crate) fn run() -> Run {
    Run {
        run_id: stable_id(&["sample"]),
        since: Some(start() - TimeDelta::hours(7)),
        until: Some(start() + TimeDelta::days(4)),
        settings: serde_json::json!({
            "similarity": { "relations": "all", "window": 604_800, "min_lexical": 0.35 },
            "significance": { "max_q": 0.05, "min_narratives": 10 },
        }),
        news: Some(News {
            before: Some(RunBefore { run_id: "before".into(), day: start().date_naive() }),
            edges: vec![
                NewEdge { edge: 0, grade_before: None },
                NewEdge { edge: 1, grade_before: Some(Grade::E5) },
            ],
            narratives: vec![
                NewNarrative {
                    narrative: 0,
                    is_new: true,
                    articles: 2,
                    outlets: vec!["volna".into()],
                },
                NewNarrative {
                    narrative: 1,
                    is_new: false,
                    articles: 1,
                    outlets: vec!["meridian".into()],
                },
            ],
        }),
    }
}

/// The sample analysis: four narratives, every grade, a chain of three steps, hostile text.
pub(crate) fn analysis() -> Sample {
    made().sample()
}

#[expect(clippy::too_many_lines, reason = "data, written in one place")]
fn made() -> Maker {
    let raw = RawCorpus { registry: registry(), ..RawCorpus::default() };
    let mut m = Maker { raw, analysis: Analysis::default() };
    let own = PassageKind::Own;
    let intro = "Our correspondent reports from Velmar.";
    // Canal: north-star -> meridian -> lantern -> jade-tv.
    let n1 = m.article(
        "north-star",
        0,
        "Foreign bank takes over Ostra locks, papers show",
        &[intro, CANAL, PROTEST],
    );
    let w1 = m.article("volna", 30, "Velmar port throughput up 3.1 percent", &[WIRE]);
    let m1 = m.article(
        "meridian",
        75,
        "Ostra canal: \"nobody asked the dockers\"",
        &[PROTEST, "North Star first published the papers.", CANAL],
    );
    let h1 = m.article(
        "harbour-post",
        130,
        "Minister denies Ostra lease",
        &["The transport ministry dismissed a report on the Ostra canal.", MINISTER],
    );
    let n2 = m.article(
        "north-star",
        200,
        "Velmar port throughput rises",
        &[WIRE, "Shipping agents expect more."],
    );
    let m2 = m.article(
        "meridian",
        221,
        "Port of Velmar reports growth",
        &["MOSCOW, March 2. /VOLNA/.", WIRE],
    );
    let l1 = m.article(
        "lantern",
        405,
        "Locks for lease: a canal and its creditors",
        &[CANAL, "Analysts say the case shows a pattern.", OWN],
    );
    let d1 = m.dated(
        "harbour-post",
        900,
        Precision::Day,
        "Ostra canal: what we know",
        &["Little is certain about the eastern locks.", MINISTER],
    );
    let j1 = m.article(
        "jade-tv",
        1_510,
        "Canal papers raise questions",
        &[OWN, "Source: Lantern Daily"],
    );
    let l2 = m.article(
        "lantern",
        1_600,
        "=HYPERLINK(\"https://bad.example\") <script>alert(1)</script> \u{202e}txet",
        &[GRAIN, MINISTER],
    );
    let n3 = m.article(
        "north-star",
        1_725,
        "Grain wagons vanish at the border",
        &["The convoy was seen at dawn.", GRAIN],
    );
    let z1 = m.article("lantern", 2_900, "奥斯特拉运河东部船闸移交外国银行", &[ZH]);
    let r1 = m.article("north-star", 3_100, "Шлюзы Остры отдали банку", &[RU]);
    m.raw.articles[z1].language = "zh".into();
    m.raw.articles[r1].language = "ru".into();
    let cite = Citation {
        outlet: "north-star".into(),
        kind: CitationKind::Text,
        span: 0..10,
        text: "North Star first published".into(),
    };
    m.cite(m1, cite.clone());

    let ab = m.matched(n1, m1, &[(CANAL, own), (PROTEST, own)], 0.81);
    let nl = m.matched(n1, l1, &[(CANAL, own)], 0.55);
    m.matched(n1, h1, &[], 0.38);
    let w_n = m.matched(w1, n2, &[(WIRE, own)], 0.9);
    let w_m = m.matched(w1, m2, &[(WIRE, own)], 0.93);
    let ml = m.matched(m1, l1, &[(CANAL, own)], 0.52);
    let hh = m.matched(h1, l2, &[(MINISTER, PassageKind::Quoted)], 0.0);
    let nm = m.matched(n2, m2, &[(WIRE, PassageKind::Wire)], 0.88);
    m.analysis.matches[nm].passages[0].holder = Some(w1);
    let lj = m.matched(l1, j1, &[(OWN, own)], 0.47);
    let ln = m.matched(l2, n3, &[(GRAIN, own)], 0.66);
    let told = m.matched(z1.min(r1), z1.max(r1), &[], 0.0);
    m.translated(told);
    m.analysis.matches.sort_by_key(|x| (x.earlier, x.later));
    let id = |m: &Maker, a: usize, b: usize| {
        m.analysis.matches.iter().position(|x| (x.earlier, x.later) == (a, b)).unwrap()
    };
    let _ = (ab, nl, w_n, w_m, ml, hh, lj, ln);

    m.narrative(
        "Foreign bank takes over Ostra locks, papers show",
        &["ostra canal", "eastern locks", "ninety-nine years"],
        &[n1, m1, h1, l1, d1, j1],
    );
    m.narrative(
        "Velmar port throughput up 3.1 percent",
        &["throughput", "harbour commission"],
        &[w1, n2, m2],
    );
    m.narrative(
        "=HYPERLINK(\"https://bad.example\") <script>alert(1)</script> \u{202e}txet",
        &["grain wagons", "senda depot"],
        &[l2, n3],
    );

    let passage = |matched: usize, passage: usize| Evidence::Passage { matched, passage };
    let (x, y) = (id(&m, n1, m1), id(&m, m1, l1));
    let e1 = m.edge(
        Origin::Article(n1),
        m1,
        Grade::E2,
        0,
        vec![Evidence::Cites(cite), passage(x, 0), passage(x, 1)],
    );
    let e2 = m.edge(Origin::Article(m1), l1, Grade::E3, 0, vec![passage(y, 0)]);
    let x = id(&m, n1, h1);
    m.edge(Origin::Article(n1), h1, Grade::E5, 0, vec![Evidence::Overlap { matched: x }]);
    let x = id(&m, l1, j1);
    let credit = Citation {
        outlet: "lantern".into(),
        kind: CitationKind::Credit,
        span: 0..0,
        text: "Source: Lantern Daily".into(),
    };
    let e3 = m.edge(
        Origin::Article(l1),
        j1,
        Grade::E1,
        0,
        vec![
            Evidence::Link { url: "https://lantern.example/news/7".into(), canonical: false },
            Evidence::Cites(credit),
            passage(x, 0),
        ],
    );
    let x = id(&m, w1, n2);
    m.edge(Origin::Article(w1), n2, Grade::E3, 1, vec![passage(x, 0)]);
    let x = id(&m, w1, m2);
    m.edge(Origin::Article(w1), m2, Grade::E1, 1, vec![passage(x, 0)]);
    let x = id(&m, n2, m2);
    m.edge(Origin::Article(w1), m2, Grade::X, 1, vec![Evidence::Explains { matched: x }]);
    m.edge(
        Origin::Outlet("volna".into()),
        m2,
        Grade::X,
        1,
        vec![Evidence::Explains { matched: x }],
    );
    let x = id(&m, h1, l2);
    m.edge(Origin::Statement, l2, Grade::X, 0, vec![Evidence::Explains { matched: x }]);
    let x = id(&m, l2, n3);
    m.edge(Origin::Article(l2), n3, Grade::E3, 2, vec![passage(x, 0)]);

    let Maker { mut raw, mut analysis } = m;
    analysis.diffusion.chains.push(Chain {
        id: stable_id(&["chain"]),
        narrative: Some(0),
        edges: vec![e1, e2, e3],
        depth: 3,
        outlets: ["north-star", "meridian", "lantern", "jade-tv"].map(Into::into).to_vec(),
        states: vec!["RU".into(), "CN".into()],
        weakest: Grade::E3,
        lag_minutes: 1_510.0,
    });
    analysis.significance = Significance {
        pairs: pairs(),
        overlaps: vec![PairOverlap {
            outlet_a: "lantern".into(),
            outlet_b: "north-star".into(),
            relation: None,
            window_days: Some(3),
            a: Share {
                articles: 11,
                matched: 6,
                days: 5,
                share: 0.545,
                interval: Some((0.3, 0.8)),
            },
            b: Share { articles: 12, matched: 4, days: 4, share: 0.333, interval: None },
            overlap: 0.426,
            overlap_interval: None,
        }],
        series: vec![
            PairPeriod {
                outlet_a: "lantern".into(),
                outlet_b: "north-star".into(),
                relation: None,
                unit: CalendarUnit::Week,
                start: start().date_naive(),
                articles_a: 11,
                articles_b: 12,
                matched_a: 6,
                matched_b: 4,
                edges: Some([2, 1]),
            },
            PairPeriod {
                outlet_a: "lantern".into(),
                outlet_b: "north-star".into(),
                relation: Some(Relation::Partial),
                unit: CalendarUnit::Month,
                start: start().date_naive(),
                articles_a: 11,
                articles_b: 0,
                matched_a: 1,
                matched_b: 0,
                edges: None,
            },
        ],
        strata: vec![PairStratum {
            outlet_a: "lantern".into(),
            outlet_b: "north-star".into(),
            number: 1,
            language: "en".into(),
            start: start().date_naive(),
            days: 4,
            eligible: 6,
            observed: 2,
            bounds: (0, 3),
            tables: vec![(0, 300), (1, 900), (2, 300)],
        }],
        contrasts: vec![Contrast {
            state_a: "CN".into(),
            state_b: "RU".into(),
            observed: 14.0,
            expected: 7.5,
            observed_control: 9.0,
            expected_control: 11.25,
            ratio: 2.25,
            interval: (1.4, 3.6),
            narratives: 31,
        }],
        phrases: vec![Phrase {
            phrase: "lease of ninety-nine years".into(),
            outlet_a: "lantern".into(),
            outlet_b: "north-star".into(),
            count_a: 6,
            count_b: 5,
            count_control: 0,
            z_a: 4.31,
            z_b: 3.87,
            q: 0.000_4,
            examples: [l1, n1].map(|article| {
                let text = &raw.articles[article].text;
                let at = |part: &str| text.find(part).unwrap_or(0);
                let phrase = at("lease of ninety-nine years");
                PhraseExample {
                    article,
                    in_title: false,
                    sentence: at("The papers")..at("confirm.") + 8,
                    phrase: phrase..phrase + 26,
                }
            }),
        }],
        notes: vec!["2 controls only: the baseline is thin".into()],
    };
    analysis.influence = Influence {
        edges: vec![InfluenceEdge {
            from: "north-star".into(),
            to: "lantern".into(),
            gain: 41.5,
            explained: 3,
            preceded: 4,
            narratives_from: 6,
            narratives_to: 6,
            strength: 0.5,
            median_lag_minutes: Some(95.0),
        }],
        narratives: 6,
        rate_per_hour: 0.4,
        gain_share: 0.93,
    };
    raw.feeds = feeds();
    raw.gaps = (0..3)
        .map(|day| CoverageGap {
            outlet: "volna".into(),
            day: start().date_naive() + TimeDelta::days(day),
            reason: "dns".into(),
        })
        .collect();
    raw.skipped =
        vec![Skipped { what: "corpus.jsonl:17".into(), reason: "no text: give `text`".into() }];
    analysis.watchlist = watchlist(&raw);
    analysis.regions = regions(&raw);
    Maker { raw, analysis }
}

/// Two regions, a pair, a surge.
fn regions(raw: &RawCorpus) -> Regions {
    let (month, outlet) = (start().date_naive(), |i: usize| raw.articles[i].outlet.clone());
    let places = vec!["ML".to_owned(), "NE".to_owned()];
    let (mut a, mut b) = (outlet(0), outlet(1));
    if a > b {
        std::mem::swap(&mut a, &mut b);
    }
    let mut of_articles = vec![Vec::new(); raw.articles.len()];
    of_articles[0] = vec![Region::Africa];
    of_articles[1] = vec![Region::Africa, Region::LatinAmerica];
    Regions {
        of_articles,
        months: vec![RegionMonth {
            region: Region::Africa,
            outlet: outlet(0),
            month,
            articles: 1,
            edition_articles: 1,
            all: 3,
            places: places.clone(),
        }],
        pairs: vec![RegionPair {
            region: Region::Africa,
            outlet_a: a,
            outlet_b: b,
            month,
            matches: 1,
            edges_ab: 1,
            edges_ba: 0,
        }],
        surges: vec![Surge {
            region: Region::Africa,
            from: month,
            until: month,
            articles: 12,
            expected: 2.5,
            outlets: 2,
            places,
        }],
        usual_days: 20,
    }
}

/// A watched narrative, a sentence of the first article that resembles its claim, and a headline against it.
fn watchlist(raw: &RawCorpus) -> Watchlist {
    let claim = |text: &str| Claim { text: text.into(), ..Claim::default() };
    let end = raw.articles[0].text.find('.').unwrap() + 1;
    let tag = |article: usize, stance: Stance, span| Tag {
        article,
        narrative: 0,
        stance,
        claim: 0,
        score: 0.75,
        span,
        attributed: stance == Stance::CounterClaim,
    };
    let carrier = |article: usize, articles: usize, first| Carrier {
        outlet: raw.articles[article].outlet.clone(),
        articles,
        counter_articles: 1 - articles,
        first,
    };
    Watchlist {
        narratives: vec![WatchedNarrative {
            id: "locks".into(),
            title: "The locks were sold <script>alert(1)</script>".into(),
            source: "made up".into(),
            region: "europe".into(),
            claims: vec![claim("The eastern locks were sold to a foreign bank.")],
            counter_claims: vec![claim("The locks were not sold.")],
            terms: BTreeMap::from([("en".into(), vec!["locks".into()])]),
        }],
        measure: "words of the claim",
        tags: vec![tag(0, Stance::Claim, Some(0..end)), tag(1, Stance::CounterClaim, None)],
        spread: vec![Spread {
            carriers: vec![carrier(0, 1, Some(0)), carrier(1, 0, None)],
            edges: vec![0],
            groups: vec![0],
        }],
    }
}

/// `copies` of the sample side by side, each with ids and days of its own: large analyses.
pub(crate) fn repeated(copies: usize) -> Sample {
    let Maker { raw, analysis: one } = made();
    let mut many = RawCorpus { articles: Vec::new(), skipped: Vec::new(), ..raw.clone() };
    let mut all = Analysis { significance: one.significance.clone(), ..Analysis::default() };
    for copy in 0..copies {
        let tag = |id: &str| format!("{id}{copy:04x}");
        let (articles, matches) = (many.articles.len(), all.matches.len());
        let (narratives, edges) = (all.narratives.len(), all.diffusion.edges.len());
        many.articles.extend(raw.articles.iter().cloned().map(|mut a| {
            a.id = tag(&a.id);
            a
        }));
        all.matches.extend(one.matches.iter().cloned().map(|mut m| {
            m.id = tag(&m.id);
            (m.earlier, m.later) = (m.earlier + articles, m.later + articles);
            m
        }));
        all.narratives.extend(one.narratives.iter().cloned().map(|mut n| {
            (n.id, n.first) = (tag(&n.id), n.first + articles);
            n.articles.iter_mut().for_each(|a| *a += articles);
            n
        }));
        all.diffusion.roles.extend(one.diffusion.roles.iter().cloned());
        all.diffusion.edges.extend(one.diffusion.edges.iter().cloned().map(|mut e| {
            (e.id, e.to) = (tag(&e.id), e.to + articles);
            e.narrative = e.narrative.map(|n| n + narratives);
            if let Origin::Article(a) = &mut e.from {
                *a += articles;
            }
            for evidence in &mut e.evidence {
                if let Evidence::Passage { matched, .. }
                | Evidence::Overlap { matched }
                | Evidence::Explains { matched } = evidence
                {
                    *matched += matches;
                }
            }
            e
        }));
        all.diffusion.chains.extend(one.diffusion.chains.iter().cloned().map(|mut c| {
            (c.id, c.narrative) = (tag(&c.id), c.narrative.map(|n| n + narratives));
            c.edges.iter_mut().for_each(|e| *e += edges);
            c
        }));
    }
    Maker { raw: many, analysis: all }.sample()
}

/// The sample with an empty corpus: every list is empty but the registry.
pub(crate) fn empty() -> Sample {
    let raw = RawCorpus { registry: registry(), ..RawCorpus::default() };
    Maker { raw, analysis: Analysis::default() }.sample()
}
