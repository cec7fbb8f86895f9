//! The rule: a term and a claim, both, in one place.

use super::*;
use crate::model::{Article, Registry};
use crate::testing;

const CODEBOOK: &str = r#"
[[narrative]]
id = "locks"
title = "The locks were sold"
source = "own"
terms = { en = ["locks", "OCA"], ru = ["шлюз*"], zh = ["船闸"], ar = ["أقفال"] }
counter_claims = [{ text = "The locks were not sold.", words = { en = ["sold|sale", "denied|false"] } }]
[[narrative.claims]]
text = "The eastern locks were sold to a foreign bank."
[[narrative.claims]]
text = "The port lost its locks."
words.en = ["sold|sale*|lease", "bank|investor"]
words.ru = ["продан*|передан*", "банк*"]
words.zh = ["出售|移交", "银行"]
words.ar = ["بيع", "بنك"]
"#;

fn codebook() -> Codebook {
    Codebook::from_toml(CODEBOOK, "n.toml").unwrap()
}

fn article(language: &str, title: &str, text: &str) -> Article {
    Article {
        language: language.into(),
        title: title.into(),
        text: text.into(),
        ..testing::article("1", "x", testing::hours(1))
    }
}

fn tags(articles: Vec<Article>) -> (Corpus, Vec<Tag>) {
    let corpus = Corpus::new(articles, Registry::default());
    let config = WatchlistConfig { codebook: codebook() };
    let vocabulary = Vocabulary::of(&corpus);
    let words = Words::new(config.codebook.narratives(), &vocabulary);
    let found = tag(&corpus, &config, &vocabulary, &words);
    (corpus, found.tags)
}

/// Checks which sentence is tagged, if any.
#[track_caller]
fn check(language: &str, title: &str, text: &str, expected: Option<(Stance, &str)>) {
    let (corpus, tags) = tags(vec![article(language, title, text)]);
    let article = &corpus.articles()[0];
    let found = tags.first().map(|tag| {
        let sentence = tag.span.clone().map_or(article.title.as_str(), |span| &article.text[span]);
        (tag.stance, sentence)
    });
    assert_eq!(found, expected);
    assert!(tags.len() <= 1);
}

#[test]
fn a_term_and_the_claim_stand_in_one_sentence() {
    let sentence = "The locks will be sold to a bank.";
    check("en", "", &format!("Rain fell. {sentence}"), Some((Stance::Claim, sentence)));
    check("en", "", "The locks are old. A boat was sold to a bank.", None);
    check("en", "", "The locks are old and painted green.", None);
    check("en", "", "The boat was sold to a bank.", None);
}

#[test]
fn the_headline_tells_what_its_text_is_about() {
    let sentence = "They were sold to a bank on Monday.";
    check("en", "Trouble at the locks", sentence, Some((Stance::Claim, sentence)));
    check("en", "Locks sold to bank", "", Some((Stance::Claim, "Locks sold to bank")));
}

#[test]
fn each_language_has_its_own_words() {
    let ru = "Восточные шлюзы проданы банку.";
    check("ru", "", ru, Some((Stance::Claim, ru)));
    let zh = "东部船闸已移交给一家外国银行。";
    check("zh", "", zh, Some((Stance::Claim, zh)));
    let ar = "تم بيع الأقفال للبنك.";
    check("ar", "", ar, Some((Stance::Claim, ar)));
    let ar = "بيع أقفال للبنك.";
    check("ar", "", ar, Some((Stance::Claim, ar)));
    // No term, or no word of the claim, in the language of the article.
    check("fr", "", "Les locks ont été sold à une bank.", None);
    check("ru", "", "Старые шлюзы покрасили.", None);
}

#[test]
fn a_claim_without_a_list_is_its_own_words() {
    let near = "The eastern locks went to a foreign bank.";
    let (_, found) = tags(vec![article("en", "", near)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].claim, 0);
    assert!((found[0].score - 0.8).abs() < 1e-9, "{}", found[0].score);
}

#[test]
fn a_denial_is_no_claim() {
    let text = "The council denied that the locks were sold to a bank.";
    check("en", "", text, Some((Stance::CounterClaim, text)));
}

#[test]
fn short_forms_stand_in_capitals() {
    let capitals = "OCA sold it to a bank.";
    check("en", "", capitals, Some((Stance::Claim, capitals)));
    check("en", "", "Oca sold it to a bank.", None);
}

#[test]
fn a_stem_may_have_lost_the_accents_of_its_word() {
    const CODEBOOK: &str = r#"
[[narrative]]
id = "mexico"
title = "México sells its ports"
source = "own"
terms = { es = ["México"], de = ["Länder"] }
[[narrative.claims]]
text = "The ports are sold."
words.es = ["puertos", "vende"]
words.de = ["Häfen", "verkaufen"]
"#;
    let codebook = Codebook::from_toml(CODEBOOK, "n.toml").unwrap();
    let config = WatchlistConfig { codebook };
    let check = |language: &str, text: &str| {
        let corpus = Corpus::new(vec![article(language, "", text)], Registry::default());
        assert_eq!(crate::pipeline::tag(&corpus, &config).tags.len(), 1, "{text}");
    };
    check("es", "México vende sus puertos.");
    check("de", "Die Länder verkaufen ihre Häfen.");
}

#[test]
fn the_best_sentence_of_an_article_counts_once() {
    let text = "The locks went to a foreign bank. The eastern locks were sold to a foreign bank.";
    let (_, found) = tags(vec![article("en", "", text)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].claim, 0);
    assert_eq!(found[0].span, Some(34..text.len()));
}

#[test]
fn without_a_codebook_nothing_is_watched() {
    let corpus = Corpus::new(vec![article("en", "", "Locks sold to a bank.")], Registry::default());
    let config = WatchlistConfig { codebook: Codebook::none() };
    assert_eq!(crate::pipeline::tag(&corpus, &config), Watchlist::default());
}
