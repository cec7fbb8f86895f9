//! Which texts have a subject in common by their words.

use super::*;

/// Two articles among others of no concern: (title, text, language) of each.
fn matches_of(a: (&str, &str, &str), b: (&str, &str, &str)) -> usize {
    let of = |outlet: &str, id: &str, hour, (title, text, language): (&str, &str, &str)| Article {
        title: title.to_owned(),
        language: language.to_owned(),
        ..article(outlet, id, hour, text)
    };
    let mut articles = vec![of("alpha", "a", 1, a), of("beta", "b", 2, b)];
    articles.extend((0..20).map(|n| article("gamma", &n.to_string(), 3, &prose(&letters(n), 30))));
    run(articles, Relations::LEXICAL).len()
}

#[test]
fn a_headline_belongs_to_its_text() {
    let a = ("Karvelia buys the Brenn refinery", "The president hopes for calm.", "en");
    let b = ("Brenn refinery goes to Karvelia", "Talks with the owner have ended.", "en");
    assert_eq!(matches_of(a, b), 1);
    assert_eq!(matches_of(("", a.1, "en"), ("", b.1, "en")), 0);
}

#[test]
fn one_name_and_a_number_are_no_subject() {
    let bath = ("", "The bath was sold for 25 in Halmere.", "en");
    assert_eq!(matches_of(bath, ("", "Storm toll of Halmere rose to 25.", "en")), 0);
    assert_eq!(matches_of(bath, ("", "The bath of Halmere went for 25.", "en")), 1);
    assert_eq!(matches_of(bath, ("", "В порту 25 судов, 25 буксиров.", "ru")), 0);
}
