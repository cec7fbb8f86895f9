//! `--fail-on`: conditions that a desk sets for its runs, and what in an analysis meets them.

mod check;

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::TimeDelta;

use crate::config::span;
use crate::model::{Grade, Outlet, Registry, Verdict, WatchedNarrative};

pub(crate) use check::{Alert, check};

/// A condition, as it was written and as it is meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    /// As written.
    pub(crate) text: String,
    meaning: Meaning,
}

#[derive(Debug, Clone, PartialEq)]
enum Meaning {
    /// An edge of these grades between such outlets.
    Edge { is_new: bool, grades: RangeInclusive<Grade>, from: Vec<Who>, to: Vec<Who> },
    /// A pair of outlets with this verdict.
    Pair { outlets: Option<[String; 2]>, verdict: Verdict },
    /// A narrative with these words in its label or key phrases, of so many outlets and articles.
    Narrative { is_new: bool, words: String, outlets: usize, articles: usize },
    /// A narrative of the watchlist (this one, or any) that articles of so many outlets resemble.
    Watchlist { id: Option<String>, outlets: usize, articles: usize },
    /// An outlet of which nothing newer than so long is known.
    Silent { for_at_least: TimeDelta, outlets: Vec<Who> },
}

/// An outlet, or all of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Who(String);

impl Who {
    /// Reads ids and states, separated by commas.
    fn list(text: &str) -> Vec<Who> {
        text.split(',').map(|who| Who(who.trim().to_lowercase())).collect()
    }

    /// Whether it means this outlet.
    fn means(&self, outlet: &Outlet) -> bool {
        outlet.id == self.0
            || outlet.state.as_ref().is_some_and(|s| s.eq_ignore_ascii_case(&self.0))
    }

    /// Whether one of several means the outlet; none of them: any outlet.
    fn any_means(all: &[Who], registry: &Registry, outlet: &str) -> bool {
        all.is_empty() || registry.get(outlet).is_some_and(|o| all.iter().any(|who| who.means(o)))
    }
}

/// What the conditions are, for messages.
pub(crate) const FORMS: &str = "\
edges, significant, [new] E1-E3 [from WHO] [to WHO], pair A,B VERDICT, \
[new] narrative [\"WORDS\"] [outlets>=N] [articles>=N], watchlist [ID] [outlets>=N] [articles>=N], silent SPAN [WHO]; WHO is outlet ids or states, as rt,cn";

impl Condition {
    /// Whether it asks for what no run before has reported.
    pub(crate) fn needs_memory(&self) -> bool {
        matches!(
            self.meaning,
            Meaning::Edge { is_new: true, .. } | Meaning::Narrative { is_new: true, .. }
        )
    }

    /// How far back it must be known what an outlet has published.
    pub(crate) fn looks_back(&self) -> Option<TimeDelta> {
        match self.meaning {
            Meaning::Silent { for_at_least, .. } => Some(for_at_least),
            _ => None,
        }
    }

    /// Checks the outlets and states that it names.
    ///
    /// # Errors
    ///
    /// Names what the registry does not have.
    pub(crate) fn check_names(&self, registry: &Registry) -> Result<(), String> {
        let names: Vec<&str> = match &self.meaning {
            Meaning::Edge { from, to, .. } => from.iter().chain(to).map(|who| &*who.0).collect(),
            Meaning::Silent { outlets, .. } => outlets.iter().map(|who| &*who.0).collect(),
            Meaning::Pair { outlets: Some(outlets), .. } => {
                outlets.iter().map(String::as_str).collect()
            }
            Meaning::Pair { .. } | Meaning::Narrative { .. } | Meaning::Watchlist { .. } => {
                Vec::new()
            }
        };
        let is_pair = matches!(self.meaning, Meaning::Pair { .. });
        for name in names {
            let who = Who(name.to_owned());
            let mut outlets = registry.outlets.iter();
            let is_known = outlets.any(|o| if is_pair { o.id == who.0 } else { who.means(o) });
            if !is_known {
                let ids = registry.outlets.iter().map(|outlet| outlet.id.as_str());
                let hint = match crate::outlets::closest(name, ids) {
                    Some(id) => format!("did you mean `{id}`?"),
                    None => "`fimi outlets` lists them".to_owned(),
                };
                return Err(format!("--fail-on {self}: no outlet or state `{name}`; {hint}"));
            }
        }
        Ok(())
    }
}

impl Condition {
    /// Checks the narrative of the watchlist that it names.
    ///
    /// # Errors
    ///
    /// Names what the watchlist does not have.
    pub(crate) fn check_watchlist(&self, watched: &[WatchedNarrative]) -> Result<(), String> {
        let Meaning::Watchlist { id: Some(id), .. } = &self.meaning else { return Ok(()) };
        if watched.iter().any(|narrative| narrative.id == *id) {
            return Ok(());
        }
        let ids = watched.iter().map(|narrative| narrative.id.as_str());
        let hint = match crate::outlets::closest(id, ids) {
            Some(other) => format!("did you mean `{other}`?"),
            None => "the file of --narratives has its ids".to_owned(),
        };
        Err(format!("--fail-on {self}: the watchlist has no narrative `{id}`; {hint}"))
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Condition, String> {
        let meaning = meaning(&words(text)?).map_err(|problem| format!("{problem}; {FORMS}"))?;
        Ok(Condition { text: text.trim().to_owned(), meaning })
    }
}

/// Splits at spaces outside quotation marks.
fn words(text: &str) -> Result<Vec<String>, String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.iter_mut().next_back().into_iter().for_each(|word| word.push(c)),
        }
    }
    if quoted {
        return Err("a quotation mark is not closed".to_owned());
    }
    words.retain(|word| !word.is_empty());
    Ok(words)
}

fn meaning(words: &[String]) -> Result<Meaning, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (is_new, rest) = match words.split_first() {
        Some((&"new", rest)) => (true, rest),
        _ => (false, &words[..]),
    };
    let Some((&what, rest)) = rest.split_first() else {
        return Err("nothing is asked for".to_owned());
    };
    if what == "narrative" || what == "narratives" {
        return narrative(is_new, rest);
    }
    if let Some(grades) = grades(what) {
        return edge(is_new, grades?, rest);
    }
    match what {
        _ if is_new => Err(format!("`new {what}` is not known")),
        "significant" if rest.is_empty() => {
            Ok(Meaning::Pair { outlets: None, verdict: Verdict::MoreThanChance })
        }
        "pair" => pair(rest),
        "watchlist" => watchlist(rest),
        "silent" => silent(rest),
        _ => Err(format!("`{what}` is not known")),
    }
}

/// The grades of `edges`, `E1` or `E1-E3`; `None` for another word.
fn grades(word: &str) -> Option<Result<RangeInclusive<Grade>, String>> {
    if word == "edges" || word == "edge" {
        return Some(Ok(Grade::E1..=Grade::E3));
    }
    let (first, last) = word.split_once(['-', '–']).unwrap_or((word, word));
    let grade = |word: &str| {
        Grade::ALL.iter().copied().find(|grade| grade.as_str().eq_ignore_ascii_case(word))
    };
    let first = grade(first)?;
    Some(match grade(last) {
        Some(last) if first <= last => Ok(first..=last),
        _ => Err(format!("`{word}` is no range of grades")),
    })
}

fn edge(is_new: bool, grades: RangeInclusive<Grade>, rest: &[&str]) -> Result<Meaning, String> {
    let (mut from, mut to) = (Vec::new(), Vec::new());
    let mut rest = rest.iter();
    while let Some(&word) = rest.next() {
        let who = rest.next().map(|who| Who::list(who));
        match (word, who) {
            ("from", Some(who)) => from.extend(who),
            ("to", Some(who)) => to.extend(who),
            ("from" | "to", None) => return Err(format!("nobody after `{word}`")),
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    Ok(Meaning::Edge { is_new, grades, from, to })
}

fn pair(rest: &[&str]) -> Result<Meaning, String> {
    let [outlets, verdict] = rest else {
        return Err("a pair is written as `pair rt,cgtn more_than_chance`".to_owned());
    };
    let outlets: Vec<String> = Who::list(outlets).into_iter().map(|who| who.0).collect();
    let outlets: [String; 2] =
        outlets.try_into().map_err(|_| "a pair has two outlets, as rt,cgtn".to_owned())?;
    let verdict = Verdict::ALL.iter().copied().find(|known| known.as_str() == *verdict);
    let verdict =
        verdict.ok_or_else(|| format!("a verdict is one of {}", Verdict::WORDS.join(", ")))?;
    Ok(Meaning::Pair { outlets: Some(outlets), verdict })
}

fn narrative(is_new: bool, rest: &[&str]) -> Result<Meaning, String> {
    let (sought, [outlets, articles]) = sizes(rest)?;
    let words = sought.join(" ").to_lowercase();
    if !is_new && words.is_empty() && outlets == 0 && articles == 0 {
        return Err("a narrative needs words, a number, or `new`".to_owned());
    }
    Ok(Meaning::Narrative { is_new, words, outlets, articles })
}

fn watchlist(rest: &[&str]) -> Result<Meaning, String> {
    let (ids, [outlets, articles]) = sizes(rest)?;
    let id = match ids.as_slice() {
        [] => None,
        [id] => Some((*id).to_owned()),
        [_, more, ..] => return Err(format!("`{more}` is not known")),
    };
    Ok(Meaning::Watchlist { id, outlets, articles })
}

/// The words that are no number, and the least outlets and articles; none without a number.
fn sizes<'w>(words: &[&'w str]) -> Result<(Vec<&'w str>, [usize; 2]), String> {
    let (mut others, mut outlets, mut articles) = (Vec::new(), 0, 0);
    for word in words {
        let Some((what, number)) = word.split_once(">=") else {
            others.push(*word);
            continue;
        };
        let number = number.parse().map_err(|_| format!("`{number}` is no number"))?;
        match what {
            "outlets" => outlets = number,
            "articles" => articles = number,
            _ => return Err(format!("`{what}>=` is not known")),
        }
    }
    Ok((others, [outlets, articles]))
}

/// Longest silence that can be asked for: a hundred years. Longer ones lead to times that cannot be told.
const MAX_SILENCE: TimeDelta = TimeDelta::days(36_525);

fn silent(rest: &[&str]) -> Result<Meaning, String> {
    let Some((time, who)) = rest.split_first() else {
        return Err("silence needs a span of time, as `silent 3d`".to_owned());
    };
    let outlets = match who {
        [] => Vec::new(),
        [who] => Who::list(who),
        [_, more, ..] => return Err(format!("`{more}` is not known")),
    };
    let for_at_least = span(time)?;
    if for_at_least > MAX_SILENCE {
        return Err(format!("`{time}` is longer than a hundred years"));
    }
    Ok(Meaning::Silent { for_at_least, outlets })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Meaning {
        text.parse::<Condition>().unwrap().meaning
    }

    #[test]
    fn conditions_are_read() {
        let edge = |is_new, grades, from: &str, to: &str| {
            let who = |text: &str| if text.is_empty() { Vec::new() } else { Who::list(text) };
            Meaning::Edge { is_new, grades, from: who(from), to: who(to) }
        };
        assert_eq!(read("edges"), edge(false, Grade::E1..=Grade::E3, "", ""));
        assert_eq!(read("new E1-E3 from ru to CN"), edge(true, Grade::E1..=Grade::E3, "ru", "cn"));
        assert_eq!(read("e2 to rt,sputnik"), edge(false, Grade::E2..=Grade::E2, "", "rt,sputnik"));
        assert_eq!(read("new edges"), edge(true, Grade::E1..=Grade::E3, "", ""));
        let pair = read("pair rt,cgtn more_than_chance");
        let outlets = Some(["rt".to_owned(), "cgtn".to_owned()]);
        assert_eq!(pair, Meaning::Pair { outlets, verdict: Verdict::MoreThanChance });
        let narrative = |is_new, words: &str, outlets, articles| Meaning::Narrative {
            is_new,
            words: words.to_owned(),
            outlets,
            articles,
        };
        assert_eq!(read("narrative \"Taiwan\" outlets>=4"), narrative(false, "taiwan", 4, 0));
        assert_eq!(
            read("new narrative \"grain deal\" articles>=10"),
            narrative(true, "grain deal", 0, 10)
        );
        assert_eq!(read("new narrative"), narrative(true, "", 0, 0));
        let watchlist = |id: Option<&str>, outlets, articles| Meaning::Watchlist {
            id: id.map(str::to_owned),
            outlets,
            articles,
        };
        assert_eq!(read("watchlist"), watchlist(None, 0, 0));
        assert_eq!(read("watchlist taiwan outlets>=2"), watchlist(Some("taiwan"), 2, 0));
        let silent = Meaning::Silent { for_at_least: TimeDelta::days(3), outlets: Who::list("rt") };
        assert_eq!(read("silent 3d rt"), silent);
    }

    #[test]
    fn a_mistake_is_named_and_the_forms_are_given() {
        for (text, part) in [
            ("", "nothing is asked for"),
            ("new", "nothing is asked for"),
            ("edgs", "`edgs` is not known"),
            ("E3-E1", "no range of grades"),
            ("edges from", "nobody after `from`"),
            ("edges until rt", "`until` is not known"),
            ("pair rt more_than_chance", "two outlets"),
            ("pair rt,cgtn often", "more_than_chance, not_distinguishable"),
            ("narrative", "needs words"),
            ("narrative x outlets>=many", "no number"),
            ("narrative \"x", "not closed"),
            ("watchlist a b", "`b` is not known"),
            ("silent", "span of time"),
            ("silent soon", "not a span of time"),
            ("new silent 3d", "`new silent` is not known"),
        ] {
            let error = text.parse::<Condition>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn watched_narratives_are_looked_up() {
        let watched = [WatchedNarrative { id: "taiwan".into(), ..WatchedNarrative::default() }];
        let check = |text: &str| text.parse::<Condition>().unwrap().check_watchlist(&watched);
        assert_eq!(
            (check("watchlist taiwan"), check("watchlist"), check("edges")),
            (Ok(()), Ok(()), Ok(()))
        );
        assert!(check("watchlist taiwn").unwrap_err().contains("did you mean `taiwan`"));
    }

    #[test]
    fn names_are_looked_up() {
        let registry = crate::outlets::embedded();
        let check = |text: &str| text.parse::<Condition>().unwrap().check_names(&registry);
        assert_eq!(check("edges from ru to cn,rt"), Ok(()));
        assert!(check("edges from sputink").unwrap_err().contains("did you mean `sputnik`"));
        assert!(check("pair rt,cn more_than_chance").is_err(), "a pair is of outlets, not states");
        assert!(check("silent 3d zz").is_err());
    }
}
