//! Enums whose variants are written to files as words: each word is written once.

/// A word that names no variant of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word that was read.
    pub word: String,
    /// The words that would have been understood.
    pub known: &'static [&'static str],
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "`{}` is none of `{}`", self.word, self.known.join("`, `"))
    }
}

impl std::error::Error for UnknownWord {}

/// Defines an enum of which each variant has one word, the same in CSV, JSON, the data package and on the
/// command line: `Variant = "word"`.
///
/// A word that earlier versions wrote follows after a bar, `Variant = "word" | "old word"`: it is read and
/// never written. The enum has `ALL`, `WORDS`, `as_str`, `Display`, `FromStr` and serde.
macro_rules! word_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal $(| $old:literal)* ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize,
            serde::Deserialize,
        )]
        $vis enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $word $(, alias = $old)*)] $variant ),+
        }

        impl $name {
            /// Every variant, in the order of definition.
            $vis const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word of each variant, in the same order.
            $vis const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that files use.
            $vis const fn as_str(self) -> &'static str {
                Self::WORDS[self as usize]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownWord;

            /// Reads a word that files use, or one that earlier versions wrote.
            fn from_str(word: &str) -> Result<$name, $crate::model::UnknownWord> {
                let old_words: &[&[&str]] = &[$( &[$($old),*] ),+];
                let means = |(variant, old): &(&$name, &&[&str])| {
                    variant.as_str() == word || old.contains(&word)
                };
                let found = Self::ALL.iter().zip(old_words).find(means);
                found.map(|(variant, _)| *variant).ok_or_else(|| $crate::model::UnknownWord {
                    word: word.into(),
                    known: Self::WORDS,
                })
            }
        }
    };
}

pub(crate) use word_enum;

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};
    use std::str::FromStr;

    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use crate::model::{
        AnchorKind, ArticleRole, CalendarUnit, Caveat, CitationKind, ClockEvidence, DateSource,
        FetchStatus, Grade, OverlapKind, PassageKind, PollSet, Precision, Relation, Role,
        SourceKind, Stance, UnknownWord, Verdict,
    };

    #[test]
    fn json_text_and_parser_use_the_same_words() {
        fn check<T>(all: &[T], words: &[&str])
        where
            T: Serialize + DeserializeOwned + Display + Debug + PartialEq,
            T: FromStr<Err = UnknownWord>,
        {
            assert_eq!(all.len(), words.len());
            for (value, word) in all.iter().zip(words) {
                let json = format!("\"{word}\"");
                assert_eq!(value.to_string(), *word);
                assert_eq!(serde_json::to_string(value).unwrap(), json);
                assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value);
                assert_eq!(word.parse::<T>().as_ref(), Ok(value));
            }
            assert!("no such word".parse::<T>().is_err());
        }
        check(AnchorKind::ALL, AnchorKind::WORDS);
        check(ArticleRole::ALL, ArticleRole::WORDS);
        check(CalendarUnit::ALL, CalendarUnit::WORDS);
        check(Caveat::ALL, Caveat::WORDS);
        check(CitationKind::ALL, CitationKind::WORDS);
        check(ClockEvidence::ALL, ClockEvidence::WORDS);
        check(DateSource::ALL, DateSource::WORDS);
        check(FetchStatus::ALL, FetchStatus::WORDS);
        check(Grade::ALL, Grade::WORDS);
        check(OverlapKind::ALL, OverlapKind::WORDS);
        check(Stance::ALL, Stance::WORDS);
        check(PassageKind::ALL, PassageKind::WORDS);
        check(Precision::ALL, Precision::WORDS);
        check(Relation::ALL, Relation::WORDS);
        check(Role::ALL, Role::WORDS);
        check(PollSet::ALL, PollSet::WORDS);
        check(SourceKind::ALL, SourceKind::WORDS);
        check(Verdict::ALL, Verdict::WORDS);
    }

    #[test]
    fn words_of_earlier_versions_are_read_and_not_written() {
        let check = |old: &str, verdict: Verdict| {
            assert_eq!(old.parse(), Ok(verdict));
            assert_eq!(serde_json::from_str::<Verdict>(&format!("\"{old}\"")).unwrap(), verdict);
            assert!(!Verdict::WORDS.contains(&old));
        };
        check("too_few", Verdict::TooFew);
        check("no_baseline", Verdict::NoBaseline);
    }

    #[test]
    fn an_unknown_word_names_the_known_ones() {
        let error = "sitemaps".parse::<SourceKind>().unwrap_err();
        assert_eq!(error.to_string(), "`sitemaps` is none of `feed`, `list`, `sitemap`, `json`");
    }
}
