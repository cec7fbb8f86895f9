//! Which articles are about which region, and when there are many of them.

use super::*;
use crate::model::{Edition, Outlet, Registry, Zone};
use crate::testing;

fn article(id: usize, outlet: &str, day: i64, title: &str, text: &str) -> Article {
    Article {
        title: title.into(),
        text: text.into(),
        edition: format!("{outlet}-africa"),
        ..testing::article(&format!("{id:04}"), outlet, testing::days(day))
    }
}

fn corpus(articles: Vec<Article>) -> Corpus {
    let edition = Edition {
        id: "x-africa".into(),
        language: "en".into(),
        region: Some("Africa".into()),
        hosts: Vec::new(),
        sources: Vec::new(),
        zone: Zone::default(),
        rules: Vec::new(),
    };
    let outlet =
        Outlet { state: Some("RU".into()), editions: vec![edition], ..Outlet::unlisted("x") };
    Corpus::new(articles, Registry::new([outlet]))
}

#[track_caller]
fn check(title: &str, text: &str, expected: &[Region]) {
    let found = regions(&corpus(vec![article(1, "x", 1, title, text)]), &[], &[]);
    assert_eq!(found.of_articles, [expected.to_vec()]);
}

#[test]
fn a_headline_or_two_places_make_the_subject() {
    use Region::{Africa, AsiaPacific, LatinAmerica};
    check("Talks in Mali", "", &[Africa]);
    check("Talks", "Mali was named once.", &[]);
    check("Talks", "Mali and its neighbour Niger.", &[Africa]);
    check("China and Brazil", "", &[AsiaPacific, LatinAmerica]);
    check("Talks", "Mali, and Brazil.", &[]);
}

#[test]
fn the_own_state_does_not_count() {
    check("Russia votes", "Moscow and Russia.", &[]);
    check("Russia and Mali", "", &[Region::Africa]);
}

#[test]
fn months_count_articles_and_editions_for_the_region() {
    let found = regions(
        &corpus(vec![
            article(1, "x", 1, "Mali", ""),
            article(2, "x", 2, "Mali and Niger", ""),
            article(3, "x", 3, "Weather", ""),
            article(4, "x", 40, "Brazil", ""),
        ]),
        &[],
        &[],
    );
    let rows: Vec<(Region, usize, usize, usize)> =
        found.months.iter().map(|m| (m.region, m.articles, m.edition_articles, m.all)).collect();
    assert_eq!(rows, [(Region::Africa, 2, 2, 3), (Region::LatinAmerica, 1, 0, 1)]);
    assert_eq!(found.months[0].places, ["ML", "NE"]);
}

#[test]
fn a_surge_is_far_above_the_usual_share() {
    let mut articles = Vec::new();
    for day in 0..20 {
        for n in 0..25 {
            let about_africa = if (7..9).contains(&day) { 12 } else { 1 };
            let title = if n < about_africa { "Soldiers leave Niger" } else { "Weather report" };
            articles.push(article(articles.len(), "x", day, title, ""));
        }
    }
    let found = regions(&corpus(articles.clone()), &[], &[]);
    assert_eq!(found.usual_days, 20);
    let [surge] = found.surges.as_slice() else { panic!("{:?}", found.surges) };
    assert_eq!((surge.region, surge.articles, surge.outlets), (Region::Africa, 24, 1));
    assert_eq!((surge.until - surge.from).num_days(), 1);
    assert!((surge.expected - 2.0).abs() < 1e-9);
    assert_eq!(surge.places, ["NE"]);

    // Ten days are too few to know what is usual.
    articles.truncate(250);
    let found = regions(&corpus(articles), &[], &[]);
    assert_eq!((found.surges.len(), found.usual_days), (0, 10));
}
