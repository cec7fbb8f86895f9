//! A fixed corpus whose matches are known, so that no change of them goes unnoticed.

use std::fmt::Write;

use super::*;
use crate::ids::stable_id;

/// Digest of all matches of the corpus below.
const DIGEST: &str = "nigoxakizyemil526quf7dxk";

/// What to do when the digest differs on purpose.
const ADVICE: &str = "matches have changed: raise ENGINE_VERSION (src/incremental.rs), then write the new digest here";

const BRIDGE: &str = "The river bridge at Ostra opened to lorries on Monday after nine weeks of repairs. \
    Crews had replaced 140 bolts and two bearings, and a barge carried the old span downstream before dawn. \
    Traders on the north bank put out tables and sold soup to the drivers who had waited since midnight.";
const SPEECH: &str = "“We will not close this bridge again while I hold this office, and nobody will pay for the \
    delay but the contractor,” the mayor said.";
const FERRY: &str = "Паром в порту Остра снова ходит по расписанию после долгого ремонта. За девять недель рабочие \
    заменили два двигателя и сто сорок болтов, а старую палубу увезли на барже ещё до рассвета. Торговцы на северном \
    берегу выставили столы и продавали суп водителям, которые ждали с полуночи.";
const DAM: &str = "奥斯特拉河上的大坝周一重新开放，修理工作持续了九个星期。工人更换了一百四十个螺栓和两个轴承，\
    旧的闸门在黎明前由驳船运往下游。北岸的商贩摆出桌子，向从半夜起等候的司机出售热汤。";
const ROAD: &str = "أعيد فتح الطريق الساحلي في أوسترا يوم الاثنين بعد تسعة أسابيع من الإصلاح. استبدل العمال مئة \
    وأربعين برغيا ومحملين ونقل زورق القطعة القديمة قبل الفجر وباع التجار الحساء للسائقين المنتظرين منذ منتصف الليل.";

/// Copies, quotations and retellings of five texts in four languages, by two outlets, a third and a wire.
fn articles() -> Vec<Article> {
    let texts = [
        ("alpha", "en", format!("{BRIDGE} {SPEECH}")),
        ("beta", "en", format!("OSTRA. {BRIDGE} Tolls stay as they are.")),
        (
            "gamma",
            "en",
            format!(
                "Tolls will rise in May, the council of Ostra decided. {SPEECH} Boats are cheaper."
            ),
        ),
        (
            "gamma",
            "en",
            "Ostra opens its bridge to lorries: 140 bolts, two bearings, nine weeks.".to_owned(),
        ),
        ("wire", "ru", FERRY.to_owned()),
        ("alpha", "ru", format!("{FERRY} Цены не изменились.")),
        ("beta", "ru", format!("ОСТРА. {FERRY}")),
        ("alpha", "zh", DAM.to_owned()),
        ("beta", "zh", format!("{DAM}门票价格不变。")),
        ("beta", "ar", ROAD.to_owned()),
        ("gamma", "ar", format!("{ROAD} ولم تتغير الرسوم.")),
    ];
    let article = |(hour, (outlet, language, text)): (i64, (&str, &str, String))| Article {
        language: language.to_owned(),
        title: text.chars().take(30).collect(),
        ..article(outlet, &format!("g{hour:02}"), hour, &text)
    };
    (0..).zip(texts).map(article).collect()
}

/// All that is stated of a match; shares to six decimals, since logarithms may differ in the last one.
fn line(m: &Match) -> String {
    let mut line = format!(
        "{} {}-{} {} {:.6} {:.6} {:.6}",
        m.id,
        m.earlier,
        m.later,
        m.relation,
        m.containment_earlier,
        m.containment_later,
        m.title_similarity
    );
    for overlap in &m.overlaps {
        let _ = write!(line, " {}:{:.6}", overlap.by, overlap.cosine);
    }
    for p in &m.passages {
        let _ = write!(
            line,
            " {:?}={:?} {} {} {} {:?}",
            p.earlier, p.later, p.words, p.kind, p.why, p.holder
        );
    }
    line
}

#[test]
fn a_change_of_any_match_asks_for_another_engine_version() {
    let lines: Vec<String> = run(articles(), Relations::ALL).iter().map(line).collect();
    let parts: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(stable_id(&parts), DIGEST, "{ADVICE}\n{}", lines.join("\n"));
}
