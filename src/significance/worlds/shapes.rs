//! The worlds: those of the checks, and others of different shape.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::generator::{DAY, Newsroom, World};
use crate::model::Role::{self, Control, Subject, Wire};

/// Newsrooms that are alike.
fn several(ids: &[&'static str], role: Role, rates: &[(&'static str, f64)]) -> Vec<Newsroom> {
    ids.iter().map(|id| Newsroom::new(id, role, rates)).collect()
}

fn world(rooms: Vec<Vec<Newsroom>>, events: &[(&'static str, f64)]) -> World {
    World::new(rooms.into_iter().flatten().collect(), events)
}

fn pair(rates: &[(&'static str, f64)]) -> [Newsroom; 2] {
    ["lead", "follow"].map(|id| Newsroom::new(id, Subject, rates))
}

/// `inside` from one day to another, else `outside`.
fn burst(
    from: i64,
    until: i64,
    inside: f64,
    outside: f64,
) -> impl Fn(i64) -> f64 + Clone + 'static {
    move |day| if (from..=until).contains(&day) { inside } else { outside }
}

/// Factors of Monday to Sunday.
fn weekly(factors: [f64; 7]) -> impl Fn(i64) -> f64 + Clone + 'static {
    move |day| factors[usize::try_from(day.rem_euclid(7)).unwrap()]
}

const OFFICE: [f64; 7] = [1.3, 1.3, 1.3, 1.3, 1.2, 0.05, 0.05];
const SUBJECTS: [&str; 3] = ["sub1", "sub2", "sub3"];
const CONTROLS: [&str; 5] = ["ctl1", "ctl2", "ctl3", "ctl4", "ctl5"];

fn one_language() -> World {
    world(
        vec![
            several(&["lead"], Subject, &[("en", 0.25)]),
            several(&["follow"], Subject, &[("en", 0.2)]),
            several(&SUBJECTS, Subject, &[("en", 0.3)]),
            several(&CONTROLS, Control, &[("en", 0.25)]),
        ],
        &[("en", 6.0)],
    )
}

fn two_languages() -> World {
    world(
        vec![
            several(&["lead"], Subject, &[("en", 0.3)]),
            several(&["follow"], Subject, &[("en", 0.25)]),
            several(&["ens"], Subject, &[("en", 0.3)]),
            several(&CONTROLS[..3], Control, &[("en", 0.3)]),
            several(&SUBJECTS, Subject, &[("ru", 0.3)]),
            several(&["ruc1", "ruc2", "ruc3"], Control, &[("ru", 0.3)]),
        ],
        &[("en", 4.0), ("ru", 4.0)],
    )
}

fn editions() -> World {
    let all = [("en", 0.3), ("ru", 0.3), ("es", 0.3), ("ar", 0.3)];
    world(
        vec![
            pair(&all).to_vec(),
            several(&["sub1"], Subject, &[("en", 0.3), ("es", 0.3), ("ar", 0.3)]),
            several(&["sub2"], Subject, &[("en", 0.3)]),
            several(&["ctl0"], Control, &[("en", 0.3), ("ar", 0.3)]),
            several(&CONTROLS, Control, &[("en", 0.3)]),
        ],
        &[("en", 3.0), ("ru", 2.0), ("es", 2.0), ("ar", 2.0)],
    )
}

fn block() -> World {
    let both = [("en", 0.3), ("ru", 0.3)];
    world(
        vec![
            several(&["lead"], Subject, &both),
            several(&["follow"], Wire, &both),
            several(&["ruw1", "ruw2", "ruw3"], Wire, &[("ru", 0.3)]),
            several(&SUBJECTS, Subject, &[("en", 0.3)]),
            several(&CONTROLS, Control, &[("en", 0.3)]),
        ],
        &[("en", 4.0), ("ru", 4.0)],
    )
}

fn bursts() -> World {
    let quiet = burst(24, 38, 0.25, 1.3);
    let subject = burst(0, 12, 3.0, 0.6);
    let en = [("en", 0.25)];
    world(
        vec![
            vec![Newsroom::new("lead", Subject, &en).active(burst(24, 38, 3.0, 0.25))],
            vec![Newsroom::new("follow", Subject, &[("en", 0.2)]).active(burst(24, 38, 4.0, 0.25))],
            SUBJECTS.map(|id| Newsroom::new(id, Subject, &en).active(subject.clone())).to_vec(),
            CONTROLS.map(|id| Newsroom::new(id, Control, &en).active(quiet.clone())).to_vec(),
        ],
        &[("en", 6.0)],
    )
}

fn arrivals() -> World {
    let there = |from, until| burst(from, until, 1.0, 0.0);
    let en = [("en", 0.3)];
    world(
        vec![
            vec![Newsroom::new("lead", Subject, &en).active(there(20, 48))],
            vec![Newsroom::new("follow", Subject, &[("en", 0.25)]).active(there(18, 50))],
            SUBJECTS.map(|id| Newsroom::new(id, Subject, &en).active(there(0, 30))).to_vec(),
            ["late1", "late2"]
                .map(|id| Newsroom::new(id, Control, &en).active(there(28, 55)))
                .to_vec(),
            several(&CONTROLS[..4], Control, &[("en", 0.25)]),
        ],
        &[("en", 6.0)],
    )
}

fn weekday() -> World {
    let (office, weekend) = (weekly(OFFICE), weekly([0.5, 0.5, 0.5, 0.5, 1.0, 3.0, 3.0]));
    let (en, rare) = ([("en", 0.3)], [("en", 0.25)]);
    let subject = |id| Newsroom::new(id, Subject, &en).open(4, 12).active(office.clone());
    world(
        vec![
            vec![Newsroom::new("lead", Subject, &en).open(5, 14).active(office.clone())],
            vec![Newsroom::new("follow", Subject, &rare).open(6, 15).active(office.clone())],
            ["sub1", "sub2"].map(subject).to_vec(),
            ["week1", "week2"]
                .map(|id| Newsroom::new(id, Subject, &[("en", 0.2)]).active(weekend.clone()))
                .to_vec(),
            several(&CONTROLS[..3], Control, &rare),
            ["night1", "night2"].map(|id| Newsroom::new(id, Control, &rare).open(14, 23)).to_vec(),
        ],
        &[("en", 6.0)],
    )
}

fn crisis() -> World {
    let mut world = one_language();
    world.crisis = Some((22, 28));
    for room in &mut world.newsrooms[..4] {
        *room = room.clone().active(burst(22, 28, 2.5, 0.8));
    }
    world
}

fn sizes() -> World {
    let mut world = one_language();
    for room in &mut world.newsrooms {
        room.rates = vec![("en", 0.16)];
    }
    world.newsrooms.insert(0, Newsroom::new("giant", Wire, &[("en", 0.85)]).alone(48));
    world
}

fn few_controls() -> World {
    let subjects = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7"];
    world(
        vec![
            several(&["lead"], Subject, &[("en", 0.3)]),
            several(&["follow"], Subject, &[("en", 0.25)]),
            several(&subjects, Subject, &[("en", 0.25)]),
            several(&["ctl1"], Control, &[("en", 0.06)]),
        ],
        &[("en", 6.0)],
    )
}

fn all_at_once() -> World {
    let both = [("en", 0.3), ("ru", 0.3)];
    let office = weekly([1.3, 1.3, 1.3, 1.2, 1.2, 0.1, 0.1]);
    let wire = |id| Newsroom::new(id, Wire, &[("ru", 0.3)]).open(4, 16).active(office.clone());
    let subject = |id| Newsroom::new(id, Subject, &[("en", 0.25)]).active(burst(10, 45, 1.0, 0.0));
    let mut world = world(
        vec![
            vec![Newsroom::new("lead", Subject, &both).active(burst(18, 34, 3.0, 0.4))],
            vec![Newsroom::new("follow", Subject, &both).active(burst(20, 36, 3.0, 0.4))],
            ["ruw1", "ruw2"].map(wire).to_vec(),
            ["sub1", "sub2"].map(subject).to_vec(),
            vec![Newsroom::new("giant", Wire, &[("en", 0.8)]).alone(20)],
            several(&["enc1", "enc2", "enc3"], Control, &[("en", 0.25)]),
            vec![Newsroom::new("ruc1", Control, &[("ru", 0.15)]).active(burst(25, 55, 1.0, 0.0))],
            vec![Newsroom::new("ctl1", Control, &[("en", 0.2)]).open(14, 23)],
        ],
        &[("en", 4.0), ("ru", 3.0)],
    );
    world.crisis = Some((24, 29));
    world
}

/// One hosting company fails for a day or two, six times: `lead`, `follow` and `sub1` fall silent, and no gap says so.
fn shared_outages() -> World {
    let mut world = one_language();
    for room in &mut world.newsrooms[..3] {
        *room = room
            .clone()
            .active(|day| f64::from(u8::from(![6, 7, 15, 24, 33, 34, 41, 50].contains(&day))));
    }
    world
}

/// Every outlet has 24 items a day of its own; its feed holds the last ten and is read at midnight.
fn short_feeds() -> World {
    let mut world = one_language();
    for room in &mut world.newsrooms {
        *room = room.clone().alone(24);
    }
    world.shape = |world, items| {
        let mut kept = Vec::new();
        let mut held: BTreeMap<(usize, i64), usize> = BTreeMap::new();
        for item in items.into_iter().rev() {
            let count = held.entry((item.outlet, item.minute.div_euclid(DAY))).or_default();
            *count += 1;
            let room = if world.newsrooms[item.outlet].id.starts_with("ctl") { 30 } else { 10 };
            if *count <= room {
                kept.push(item);
            }
        }
        kept.reverse();
        kept
    };
    world
}

/// Three outlets publish all they have at ten o'clock on Monday, Wednesday and Friday.
fn bulk() -> World {
    let mut world = one_language();
    world.shape = |world, mut items| {
        for item in &mut items {
            if ["lead", "follow", "sub1"].contains(&world.newsrooms[item.outlet].id) {
                let day = item.minute.div_euclid(DAY);
                let wait = [0, 1, 0, 1, 0, 2, 1][usize::try_from(day.rem_euclid(7)).unwrap()];
                item.minute = (day + wait) * DAY + 600 + item.minute % 17;
            }
        }
        items.retain(|item| item.minute < world.days * DAY);
        items.sort();
        items
    };
    world
}

/// Two countries with holidays of their own, and weekends of their own.
fn holidays() -> World {
    let mut world = one_language();
    let week = weekly([1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.6]);
    let other = weekly([1.2, 1.2, 1.2, 1.2, 0.6, 0.6, 1.2]);
    for (place, room) in world.newsrooms.iter_mut().enumerate() {
        let (week, other) = (week.clone(), other.clone());
        *room = if place < 4 {
            room.clone().active(move |day| {
                week(day) * burst(9, 13, 0.1, 1.0)(day) * burst(37, 39, 0.1, 1.0)(day)
            })
        } else {
            room.clone().active(move |day| other(day) * burst(20, 23, 0.15, 1.0)(day))
        };
    }
    world
}

/// Outlets of one zone work by day there and give local days alone.
fn local_days() -> World {
    let mut world = one_language();
    for room in &mut world.newsrooms[..5] {
        *room = room.clone().open(0, 12);
    }
    for room in &mut world.newsrooms[5..] {
        *room = room.clone().open(11, 24);
    }
    world.local_days = Some((&["lead", "follow", "sub1", "sub2", "sub3"], 8));
    world
}

/// Three outlets grow tenfold over the run, the others shrink.
fn growth() -> World {
    let mut world = one_language();
    for (place, room) in world.newsrooms.iter_mut().enumerate() {
        let end = if place < 3 { 10f64 } else { 0.4 };
        *room = room.clone().active(move |day| 0.5 * end.powf(day as f64 / 55.0));
    }
    world
}

/// Three languages, of which two outlets favour another one each week.
fn three_languages() -> World {
    let all = [("en", 0.25), ("ru", 0.25), ("zh", 0.25)];
    let turn = |language: &str, day: i64| {
        let place = ["en", "ru", "zh"].iter().position(|own| *own == language).unwrap();
        if day.div_euclid(7).rem_euclid(3) == i64::try_from(place).unwrap() { 3.0 } else { 0.4 }
    };
    let control = |ids: &[&'static str], language| several(ids, Control, &[(language, 0.25)]);
    world(
        vec![
            pair(&all).map(|room| room.active_in(turn)).to_vec(),
            several(&["sub1", "sub2"], Subject, &all),
            control(&["enc1", "enc2", "enc3"], "en"),
            control(&["ruc1", "ruc2", "ruc3"], "ru"),
            control(&["zhc1", "zhc2", "zhc3"], "zh"),
        ],
        &[("en", 4.0), ("ru", 4.0), ("zh", 4.0)],
    )
}

/// Half of the outlets are open in the morning, half in the evening, seven days a week.
fn shifts() -> World {
    let mut world = one_language();
    for (place, room) in world.newsrooms.iter_mut().enumerate() {
        *room = if place % 3 == 2 || place < 2 {
            room.clone().open(3, 9)
        } else {
            room.clone().open(13, 21)
        };
    }
    world
}

/// Three outlets are busy or quiet for whole days at random, together.
fn common_moods() -> World {
    let mut world = one_language();
    for room in &mut world.newsrooms[..3] {
        let mood = |day: i64| Pcg64::seed_from_u64(day.unsigned_abs()).random_bool(0.4);
        *room = room.clone().active(move |day| if mood(day) { 2.5 } else { 0.5 });
    }
    world
}

/// A quiet language of three outlets beside a busy one.
fn small_language() -> World {
    let both = [("en", 0.25), ("sr", 0.3)];
    world(
        vec![
            pair(&both).to_vec(),
            several(&["src1", "src2"], Control, &[("sr", 0.3)]),
            several(&SUBJECTS, Subject, &[("en", 0.25)]),
            several(&CONTROLS[..3], Control, &[("en", 0.25)]),
        ],
        &[("en", 5.0), ("sr", 2.0)],
    )
}

pub(super) type Make = fn() -> World;

/// The worlds of the checks.
pub(super) const OF_THE_CHECKS: [(&str, Make); 11] = [
    ("one_language", one_language),
    ("two_languages", two_languages),
    ("editions", editions),
    ("block", block),
    ("bursts", bursts),
    ("arrivals", arrivals),
    ("weekday", weekday),
    ("crisis", crisis),
    ("sizes", sizes),
    ("few_controls", few_controls),
    ("all_at_once", all_at_once),
];

/// Worlds of other shapes.
pub(super) const OTHERS: [(&str, Make); 10] = [
    ("shared_outages", shared_outages),
    ("short_feeds", short_feeds),
    ("bulk", bulk),
    ("holidays", holidays),
    ("local_days", local_days),
    ("growth", growth),
    ("three_languages", three_languages),
    ("shifts", shifts),
    ("common_moods", common_moods),
    ("small_language", small_language),
];
