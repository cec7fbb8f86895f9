//! Places that a text names: states and territories, by their names, capitals and demonyms, in eight languages.
//!
//! The list is `places.toml`, which says where it comes from. It tells what a text is about, not whose a territory is.

mod file;

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::words::for_each_hash;
use file::{Capitals, Form};

/// The list that is compiled in.
const LIST: &str = include_str!("../places.toml");

/// The languages of the list (ISO 639-1).
pub const LANGUAGES: [&str; 8] = ["ar", "de", "en", "es", "fr", "pt", "ru", "zh"];

/// A part of the world, as readers of foreign-policy news divide it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// The continent, north of the Sahara too.
    Africa,
    /// East, South and Southeast Asia, Australia and the Pacific; China too.
    AsiaPacific,
    /// Europe without the post-Soviet states; the Baltic states are here.
    Europe,
    /// Mexico to Cape Horn, the Caribbean.
    LatinAmerica,
    /// Western Asia with Iran and Turkey, without the Caucasus.
    MiddleEast,
    /// United States, Canada, Greenland.
    NorthAmerica,
    /// The states that left the Soviet Union other than the Baltic ones; Russia too.
    PostSoviet,
}

impl Region {
    /// All regions, in the order in which they are shown.
    pub const ALL: [Region; 7] = [
        Region::Africa,
        Region::AsiaPacific,
        Region::Europe,
        Region::LatinAmerica,
        Region::MiddleEast,
        Region::NorthAmerica,
        Region::PostSoviet,
    ];

    /// Its name in files: `africa`, `asia-pacific`, `europe`, `latin-america`, `middle-east`, `north-america`,
    /// `post-soviet`.
    pub fn as_str(self) -> &'static str {
        match self {
            Region::Africa => "africa",
            Region::AsiaPacific => "asia-pacific",
            Region::Europe => "europe",
            Region::LatinAmerica => "latin-america",
            Region::MiddleEast => "middle-east",
            Region::NorthAmerica => "north-america",
            Region::PostSoviet => "post-soviet",
        }
    }
}

/// A state or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-2; XK is Kosovo.
    pub code: String,
    /// Where it lies.
    pub region: Region,
}

/// A place that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where, in bytes.
    pub span: Range<usize>,
    /// What.
    pub place: &'static Place,
}

/// All places of the list, by code.
pub fn all() -> &'static [Place] {
    &file::list().places
}

/// Returns the places that `text` names, in order, without overlaps; of two names that begin at one word the longer one.
///
/// `language` is an ISO 639-1 code; in a language that the list does not know no place is found. A name in a script with
/// capitals counts only with a capital, so that `turkey` and `chad` are no states. Cost: O(text), about a quarter of
/// what its terms cost; the first call for a language makes its table (some milliseconds).
pub fn places(text: &str, language: &str) -> Vec<Mention> {
    let Some(index) = index(language) else { return Vec::new() };
    let mut words = Vec::with_capacity(text.len() / 6);
    for_each_hash(text, |span, hash| words.push((span, hash)));
    let mut found = Vec::new();
    let mut rest = words.as_slice();
    while let Some(((first, hash), after)) = rest.split_first() {
        let forms = index.get(hash).map_or(&[][..], Vec::as_slice);
        let Some((form, last)) =
            forms.iter().find_map(|form| Some((form, form.last(text, first, after)?)))
        else {
            rest = after;
            continue;
        };
        if let Some(place) = form.place {
            found.push(Mention { span: first.start..last, place });
        }
        rest = after.get(form.rest.len()..).unwrap_or_default();
    }
    found
}

impl Form {
    /// Where the name ends, if it stands in `text` with its first word at `first` and the words `after` following.
    fn last(
        &self,
        text: &str,
        first: &Range<usize>,
        after: &[(Range<usize>, u64)],
    ) -> Option<usize> {
        let next = after.get(..self.rest.len())?;
        let fits = self.rest.iter().zip(next).all(|(forms, (_, hash))| forms.contains(hash));
        let mut end = first.end;
        for (span, _) in next {
            let gap = text.get(end..span.start)?;
            if gap.chars().any(|c| parts(c) && !(c == '.' && self.capitals == Capitals::All)) {
                return None;
            }
            end = span.end;
        }
        let written = text.get(first.start..end)?;
        (fits && self.capitals.allow(written)).then_some(end)
    }
}

/// Whether `c` parts two words that stand next to each other; points are also written inside short forms ("U.S.").
fn parts(c: char) -> bool {
    matches!(
        c,
        '\n' | '.'
            | '!'
            | '?'
            | ';'
            | ':'
            | ','
            | '、'
            | '。'
            | '！'
            | '？'
            | '；'
            | '：'
            | '，'
            | '،'
            | '؛'
    )
}

/// For each hash of a first word the names that begin with it, longer ones first.
type Index = FxHashMap<u64, Vec<Form>>;

fn index(language: &str) -> Option<&'static Index> {
    static INDEXES: [OnceLock<Index>; LANGUAGES.len()] =
        [const { OnceLock::new() }; LANGUAGES.len()];
    let place = LANGUAGES.iter().position(|known| *known == language)?;
    INDEXES.get(place).map(|index| {
        index.get_or_init(|| file::index(LANGUAGES.get(place).copied().unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: &str, expected: &[&str]) {
        let found = places(text, language);
        let codes: Vec<&str> = found.iter().map(|mention| mention.place.code.as_str()).collect();
        assert_eq!(codes, expected, "{text}");
        assert!(found.iter().all(|mention| text.get(mention.span.clone()).is_some()));
    }

    #[test]
    fn names_in_each_language() {
        check("Talks between Russia and Burkina Faso", "en", &["RU", "BF"]);
        check("Переговоры России с Буркина-Фасо и Саудовской Аравией", "ru", &["RU", "BF", "SA"]);
        check("俄罗斯和布基纳法索举行会谈", "zh", &["RU", "BF"]);
        check("Conversaciones entre Rusia y Arabia Saudita", "es", &["RU", "SA"]);
        check("La Russie et l'Arabie saoudite", "fr", &["RU", "SA"]);
        check("محادثات بين روسيا والسعودية وبالصين", "ar", &["RU", "SA", "CN"]);
        check("Gespräche Russlands mit den Vereinigten Staaten", "de", &["RU", "US"]);
        check("A Rússia e os Estados Unidos", "pt", &["RU", "US"]);
    }

    #[test]
    fn demonyms_and_capitals() {
        check("Nigerien soldiers left Niamey", "en", &["NE", "NE"]);
        check("Nigerian soldiers left Abuja", "en", &["NG", "NG"]);
        check("нигерские и нигерийские военные", "ru", &["NE", "NG"]);
        check("las tropas francesas en Bamako", "es", &["FR", "ML"]);
        check("القوات الفرنسية في باماكو", "ar", &["FR", "ML"]);
        check("die französischen Truppen", "de", &["FR"]);
        check("法国军队离开巴马科", "zh", &["FR", "ML"]);
    }

    #[test]
    fn the_longer_name_wins() {
        check(
            "Equatorial Guinea, Papua New Guinea, Guinea-Bissau and Guinea",
            "en",
            &["GQ", "PG", "GW", "GN"],
        );
        check("印度尼西亚和印度", "zh", &["ID", "IN"]);
        check("Южный Судан и Судан; Северная Корея и Южная Корея", "ru", &["SS", "SD", "KP", "KR"]);
        check("South Sudan and Sudan", "en", &["SS", "SD"]);
    }

    #[test]
    fn other_things_of_the_same_name_are_no_places() {
        check("马里乌波尔和印度洋，中非合作论坛", "zh", &[]);
        check("the Indian Ocean, Latin America, the Vienna Convention", "en", &[]);
        check("a turkey, some china, and he told us", "en", &[]);
        check("The US told us", "en", &["US"]);
        check("того хотят в россии", "ru", &[]);
        check("الدعم المالي", "ar", &[]);
        check("بالبلاد", "ar", &[]);
    }

    #[test]
    fn words_of_one_name_stand_together() {
        check("It was united. Kingdom come", "en", &[]);
        check("the United\u{a0}Kingdom", "en", &["GB"]);
        check("南、非", "zh", &[]);
    }

    #[test]
    fn an_unknown_language_has_none() {
        check("Venäjä ja Kiina", "fi", &[]);
        check("", "en", &[]);
    }

    #[test]
    fn the_list_is_whole() {
        let places = all();
        assert!(places.len() > 190, "{}", places.len());
        assert!(places.is_sorted_by(|a, b| a.code < b.code), "each code once, in order");
        for region in Region::ALL {
            assert!(
                places.iter().filter(|place| place.region == region).count() >= 2,
                "{region:?}"
            );
        }
    }
}
