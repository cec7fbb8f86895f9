//! Flags, environment and file become the settings of each stage, and every value knows its origin.
//!
//! Precedence: flag, then environment (`FIMI_*`), then configuration file, then the default of the
//! stage's own configuration. Nothing past this module looks at a flag.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::exit::UserError;

/// Where the value of a setting came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SettingOrigin {
    /// Command line.
    Flag,
    /// A variable `FIMI_...`.
    Environment,
    /// Configuration file.
    File,
    /// Built in.
    Default,
}

/// A resolved value as text, with its origin, for `run.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Setting {
    /// The value as it would be written in the configuration file.
    pub(crate) value: String,
    /// Where it came from.
    pub(crate) origin: SettingOrigin,
}

/// The configuration file: every key is optional, an unknown key is an error.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileConfig {
    /// `--registry`
    pub(crate) registry: Option<PathBuf>,
    /// `--threads`
    pub(crate) threads: Option<usize>,
    /// `--window`
    pub(crate) window: Option<String>,
    /// `--since`
    pub(crate) since: Option<String>,
    /// `--narratives`
    pub(crate) narratives: Option<PathBuf>,
    /// `--relations`
    pub(crate) relations: Option<String>,
    /// `--host-delay`
    pub(crate) host_delay: Option<String>,
    /// `--max-time`
    pub(crate) max_time: Option<String>,
    /// Least time between two polls of one source
    pub(crate) min_interval: Option<String>,
    /// Age of the newest item from which a source counts as frozen
    pub(crate) stale_after: Option<String>,
    /// Who runs this, for the user agent: an address or URL at which a site owner can complain
    pub(crate) contact: Option<String>,
    /// Thresholds of the method other than the fitted ones
    #[serde(default)]
    pub(crate) thresholds: Thresholds,
    /// Periods in which frequencies of terms, grams and lines are counted
    #[serde(default)]
    pub(crate) calendar: Days,
}

/// The table `[calendar]` of the configuration file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the keys of the file")]
pub(crate) struct Days {
    /// Fewest days of the warm-up
    pub(crate) warm_up_days: Option<u32>,
    /// Fewest articles of the warm-up
    pub(crate) warm_up_articles: Option<usize>,
    /// Days of a look-back window
    pub(crate) lookback_days: Option<u32>,
}

/// The table `[thresholds]` of the configuration file; each a share or a similarity in `0..=1`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thresholds {
    /// Reused share of the shorter text from which a pair is `verbatim`
    pub(crate) verbatim: Option<f64>,
    /// Reused share of the shorter text from which a pair is `near_duplicate`
    pub(crate) near_duplicate: Option<f64>,
    /// Least TF-IDF cosine of a lexical match
    pub(crate) lexical: Option<f64>,
    /// Least mean similarity at which two groups of articles are one narrative
    pub(crate) narrative: Option<f64>,
    /// Rate of false discoveries at which a pair of outlets is called
    pub(crate) false_discovery_rate: Option<f64>,
}

/// Reads a configuration file.
///
/// # Errors
///
/// Names the file, line and key of the first mistake.
pub(crate) fn read_file(path: &Path) -> anyhow::Result<FileConfig> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        UserError::usage(format!("cannot read configuration {}: {e}", path.display()))
    })?;
    parse_file(&text, path)
}

fn parse_file(text: &str, path: &Path) -> anyhow::Result<FileConfig> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        let message = error.message().trim().to_string();
        UserError::usage(format!("configuration {}, line {line}: {message}", path.display())).into()
    })
}

/// The folders of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folders {
    /// The archive's file.
    pub(crate) archive: PathBuf,
    /// Where the configuration file is looked for.
    pub(crate) config: PathBuf,
    /// What can be found again at any time, but not at once.
    pub(crate) cache: PathBuf,
    /// Sentence models.
    pub(crate) models: PathBuf,
}

impl Folders {
    /// What scans remember of what they reported.
    pub(crate) fn seen(&self) -> PathBuf {
        self.archive.with_file_name("seen.json")
    }
}

/// Returns the folders: all under `home` if it is given, else the XDG folders.
///
/// # Errors
///
/// Fails if no home directory is known.
pub(crate) fn folders(home: Option<&Path>) -> anyhow::Result<Folders> {
    use etcetera::BaseStrategy;
    if let Some(home) = home {
        return Ok(Folders {
            archive: home.join("archive.db"),
            config: home.join("config.toml"),
            cache: home.join("cache"),
            models: home.join("models"),
        });
    }
    let base = etcetera::choose_base_strategy()
        .map_err(|e| UserError::usage(format!("no home directory ({e}): give --home DIR")))?;
    Ok(Folders {
        archive: base.data_dir().join("fimi").join("archive.db"),
        config: base.config_dir().join("fimi").join("config.toml"),
        cache: base.cache_dir().join("fimi"),
        models: base.data_dir().join("fimi").join("models"),
    })
}

/// Settings in the order in which they are resolved.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Resolver {
    /// What was resolved so far, by key.
    pub(crate) settings: BTreeMap<&'static str, Setting>,
    /// Flags whose value comes from the environment.
    pub(crate) from_environment: BTreeSet<String>,
}

impl Resolver {
    /// Chooses among flag and file, reads the text with `parse`, and records value and origin; with
    /// neither, records `default` and returns `None`.
    ///
    /// # Errors
    ///
    /// Names the setting and its origin.
    pub(crate) fn choose<T>(
        &mut self,
        key: &'static str,
        flag: Option<&str>,
        file: Option<&str>,
        default: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<Option<T>> {
        let (text, origin) = match (flag, file) {
            (Some(text), _) if self.from_environment.contains(key) => {
                (text, SettingOrigin::Environment)
            }
            (Some(text), _) => (text, SettingOrigin::Flag),
            (None, Some(text)) => (text, SettingOrigin::File),
            (None, None) => (default, SettingOrigin::Default),
        };
        self.settings.insert(key, Setting { value: text.to_string(), origin });
        if origin == SettingOrigin::Default {
            return Ok(None);
        }
        let place = match origin {
            SettingOrigin::Flag => format!("--{}", key.replace('_', "-")),
            SettingOrigin::Environment => format!("FIMI_{}", key.to_uppercase()),
            _ => format!("configuration key `{key}`"),
        };
        parse(text)
            .map(Some)
            .map_err(|problem| UserError::usage(format!("{place} {text}: {problem}")).into())
    }
}

/// Reads a share.
///
/// # Errors
///
/// Says what is understood.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "not between 0 and 1".to_string())
}

/// Reads a number above zero.
///
/// # Errors
///
/// Says what is understood.
pub(crate) fn number<T: FromStr + Default + PartialOrd>(text: &str) -> Result<T, String> {
    let number = text.parse().ok().filter(|number| *number > T::default());
    number.ok_or_else(|| "not a number above zero".to_string())
}

/// Reads a span of time: `90s`, `30m`, `36h`, `7d`, `2w`.
///
/// # Errors
///
/// Says which forms are understood.
pub(crate) fn span(text: &str) -> Result<TimeDelta, String> {
    let help = || "not a span of time; write 500ms, 90s, 30m, 36h, 7d or 2w".to_string();
    let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(help)?;
    let (digits, unit) = text.split_at(split);
    let number: i64 = digits.parse().map_err(|_| help())?;
    let seconds = match unit {
        "ms" => return TimeDelta::try_milliseconds(number).ok_or_else(help),
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => return Err(help()),
    };
    number.checked_mul(seconds).and_then(TimeDelta::try_seconds).ok_or_else(help)
}

/// Reads a point in time: RFC 3339, a date (00:00 UTC), or a span before `now`.
///
/// # Errors
///
/// Says which forms are understood.
pub(crate) fn instant(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.with_timezone(&Utc));
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(day.and_time(chrono::NaiveTime::MIN).and_utc());
    }
    span(text).ok().and_then(|span| now.checked_sub_signed(span)).ok_or_else(|| {
        "not a time; write 7d, 36h, 2026-03-01 (00:00 UTC) or 2026-03-01T08:00:00Z".to_string()
    })
}

/// Half-open span of time of the articles that are analyzed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Period {
    /// First instant; open if `None`.
    pub(crate) since: Option<DateTime<Utc>>,
    /// First instant after the end; open if `None`.
    pub(crate) until: Option<DateTime<Utc>>,
}

impl Period {
    /// The period of the articles that are compared: it begins this much earlier, so that a copy of an article from just
    /// before is seen as one.
    pub(crate) fn after(self, window: TimeDelta) -> Period {
        let since = self.since.map(|since| since.checked_sub_signed(window).unwrap_or(since));
        Period { since, ..self }
    }

    /// Whether `time` lies in it.
    pub(crate) fn contains(&self, time: DateTime<Utc>) -> bool {
        self.since.is_none_or(|since| since <= time) && self.until.is_none_or(|until| time < until)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |time: Option<DateTime<Utc>>, open: &str| {
            time.map_or(open.to_string(), |t| t.format("%Y-%m-%dT%H:%MZ").to_string())
        };
        write!(f, "{} to {}", show(self.since, "the beginning"), show(self.until, "the end"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-06T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn spans() {
        assert_eq!(span("7d"), Ok(TimeDelta::days(7)));
        assert_eq!(span("36h"), Ok(TimeDelta::hours(36)));
        assert_eq!(span("20ms"), Ok(TimeDelta::milliseconds(20)));
        for bad in ["", "d", "7", "7 days", "-3d", "99999999999999999999d", "9223372036854775807w"]
        {
            assert!(span(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn instants() {
        let check = |text: &str, expected: &str| {
            assert_eq!(instant(text, now()).unwrap(), expected.parse::<DateTime<Utc>>().unwrap());
        };
        check("7d", "2026-02-27T12:00:00Z");
        check("2026-03-01", "2026-03-01T00:00:00Z");
        check("2026-03-01T08:00:00+03:00", "2026-03-01T05:00:00Z");
        assert!(instant("yesterday", now()).is_err());
    }

    #[test]
    fn a_mistake_in_the_file_names_line_and_key() {
        let error = parse_file("threads = 2\nwindwo = \"7d\"\n", Path::new("c.toml")).unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("c.toml, line 2") && text.contains("windwo"), "{text}");
    }

    #[test]
    fn flags_come_before_the_file() {
        let mut resolver = Resolver::default();
        let span = resolver.choose("window", Some("2d"), Some("3d"), "7d", span).unwrap();
        assert_eq!(span, Some(TimeDelta::days(2)));
        assert_eq!(resolver.settings["window"].origin, SettingOrigin::Flag);
        resolver.from_environment.insert("window".to_owned());
        let error = resolver.choose("window", Some("x"), None, "7d", super::span).unwrap_err();
        assert!(error.to_string().contains("FIMI_WINDOW x"), "{error}");
        assert_eq!(resolver.settings["window"].origin, SettingOrigin::Environment);
        let error = resolver.choose("window", None, Some("x"), "7d", super::span).unwrap_err();
        assert!(error.to_string().contains("configuration key `window`"));
    }

    #[test]
    fn thresholds_are_shares_with_known_names() {
        let parse = |text: &str| parse_file(text, Path::new("c.toml"));
        let file = parse("[thresholds]\nlexical = 0.3\n").unwrap();
        assert_eq!(file.thresholds.lexical, Some(0.3));
        assert!(parse("[thresholds]\nlexcal = 0.3\n").is_err());
        assert_eq!(share("0.3"), Ok(0.3));
        assert!(share("1.5").is_err() && share("NaN").is_err() && share("x").is_err());
    }

    #[test]
    fn an_opening_is_not_empty() {
        let file = parse_file("[calendar]\nwarm_up_articles = 9\n", Path::new("c.toml")).unwrap();
        assert_eq!(file.calendar, Days { warm_up_articles: Some(9), ..Days::default() });
        assert_eq!(number("9"), Ok(9u32));
        assert!(number::<u32>("0").is_err() && number::<usize>("-1").is_err());
    }

    #[test]
    fn a_period_is_half_open() {
        let period = Period { since: Some(now()), until: Some(now() + TimeDelta::hours(1)) };
        assert!(period.contains(now()));
        assert!(!period.contains(now() + TimeDelta::hours(1)));
    }
}
