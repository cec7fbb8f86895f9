//! What a single value of the registry must look like.
//!
//! Each function returns the value as the model wants it, or says what is wrong and what to write
//! instead, as a lower-case fragment that follows the name of the key.

use scraper::Selector;
use url::{Host, Url};

use crate::model::Zone;

/// Longest id; ids become parts of file names.
const ID_MAX: usize = 64;

/// Names that Windows gives to devices and no file may have.
const DEVICES: [&str; 5] = ["aux", "con", "nul", "prn", "clock"];

/// An outlet's or edition's id.
pub(super) fn id(value: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if value.is_empty() || value.len() > ID_MAX || !value.chars().all(allowed) {
        return Err(format!(
            "`{value}` is no id: use 1 to {ID_MAX} of a-z, 0-9 and `-`, such as `rt` or `rt-en`"
        ));
    }
    if DEVICES.contains(&value) {
        return Err(format!("`{value}` is the name of a device on Windows: choose another id"));
    }
    Ok(value.to_owned())
}

/// A state: ISO 3166-1 alpha-2.
pub(super) fn state(value: &str) -> Result<String, String> {
    if value.len() == 2 && value.chars().all(|c| c.is_ascii_uppercase()) {
        return Ok(value.to_owned());
    }
    Err(format!(
        "`{value}` is no ISO 3166-1 code: write two capitals, such as \"RU\", or leave the key out"
    ))
}

/// A language: ISO 639-1.
pub(super) fn language(value: &str) -> Result<String, String> {
    if value.len() == 2 && value.chars().all(|c| c.is_ascii_lowercase()) {
        return Ok(value.to_owned());
    }
    Err(format!("`{value}` is no ISO 639-1 code: write two small letters, such as \"en\""))
}

/// A zone: `UTC` or an offset such as `+08:00`.
pub(super) fn zone(value: &str) -> Result<Zone, String> {
    if matches!(value, "UTC" | "Z") {
        return Ok(Zone(0));
    }
    let offset = || {
        let (sign, rest) = value.split_at_checked(1)?;
        let sign = match sign {
            "+" => 1,
            "-" => -1,
            _ => return None,
        };
        let (hours, minutes) = rest.split_once(':')?;
        let number = |text: &str| (text.len() == 2).then(|| text.parse::<u8>().ok()).flatten();
        let (hours, minutes) = (number(hours)?, number(minutes)?);
        (hours <= 14 && minutes < 60).then(|| sign * (i32::from(hours) * 60 + i32::from(minutes)))
    };
    offset().map(Zone).ok_or_else(|| {
        format!("`{value}` is no zone: write \"UTC\" or an offset from UTC such as \"+08:00\"")
    })
}

/// An address of the past, which may ask for a period.
pub(super) fn past(value: &str) -> Result<String, String> {
    let places = ["{AFTER}", "{BEFORE}"];
    let counts = places.map(|place| value.matches(place).count());
    if counts[0] != counts[1] || (counts[0] > 0 && !value.contains("{PAGE}")) {
        return Err(format!(
            "`{value}` asks for half a period: write {{AFTER}}, {{BEFORE}} and {{PAGE}}"
        ));
    }
    let plain = places.iter().fold(value.to_owned(), |plain, place| plain.replace(place, "1"));
    address(&plain).map(|_| value.to_owned())
}

/// An address to ask.
pub(super) fn address(value: &str) -> Result<String, String> {
    let wrong = |why: &str| Err(format!("`{value}` {why}: write it as https://host/path"));
    let day = ["{YYYY}", "{MM}", "{DD}"].map(|part| value.matches(part).count());
    let places = ["{YYYY}", "{MM}", "{DD}", "{PAGE}"];
    let rest = places.iter().fold(value.to_owned(), |rest, place| rest.replace(place, ""));
    let all_or_none = day.contains(&0) == (day == [0; 3]);
    if rest.contains(['{', '}']) || !all_or_none {
        return Err(format!(
            "`{value}` has a wrong place for the day: write {{YYYY}}, {{MM}} and {{DD}}, all three"
        ));
    }
    if value.contains("{PAGE}") && day != [0; 3] {
        return Err(format!("`{value}` has places for a day and for a page: write one of them"));
    }
    match Url::parse(value) {
        Err(error) => wrong(&format!("is no address ({error})")),
        Ok(url) if !matches!(url.scheme(), "http" | "https") => wrong("is not http or https"),
        Ok(url) if url.host().is_none() => wrong("names no host"),
        Ok(url) if !url.username().is_empty() || url.password().is_some() => Err(String::from(
            "an address with a user name or password is not asked: leave them out",
        )),
        Ok(_) => Ok(value.to_owned()),
    }
}

/// A host or registrable domain, in the form that addresses have after parsing.
pub(super) fn host(value: &str) -> Result<String, String> {
    let parsed = Host::parse(value).ok().map(|host| host.to_string());
    match parsed {
        Some(host) if host == value && !value.contains('/') => Ok(host),
        Some(host) if !value.contains('/') => Err(format!("write `{value}` as \"{host}\"")),
        _ => Err(format!("`{value}` is no host: write it without scheme and path, as rt.com")),
    }
}

/// A host, or a host and the folder of an edition that shares it with others: `france24.com/fr`.
pub(super) fn host_or_folder(value: &str) -> Result<String, String> {
    let Some((name, folder)) = value.split_once('/') else { return host(value) };
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if folder.is_empty()
        || !folder.split('/').all(|part| !part.is_empty() && part.chars().all(is_plain))
    {
        return Err(format!("`{value}` is no host and folder: write it as france24.com/fr"));
    }
    host(name).map(|name| format!("{name}/{folder}"))
}

/// Words that are looked for or shown as they stand here.
pub(super) fn expression(value: &str) -> Result<String, String> {
    if value.is_empty() || value.trim() != value || value.contains(char::is_control) {
        return Err(format!(
            "`{value}` is empty, or has blanks or line ends round it: remove them"
        ));
    }
    Ok(value.to_owned())
}

/// A day, a month or a year: `2017-04-19`, `2021-07`, `2021`.
pub(super) fn day(value: &str) -> Result<String, String> {
    let whole = format!("{value}{}", "0000-01-01".get(value.len()..).unwrap_or_default());
    if value.len() >= 4 && whole.parse::<chrono::NaiveDate>().is_ok() {
        return Ok(value.to_owned());
    }
    Err(format!("`{value}` is no day: write it as 2017-04-19, 2017-04 or 2017"))
}

/// A name under which an outlet is cited.
pub(super) fn alias(value: &str) -> Result<String, String> {
    let letters = value.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < 2 || value.trim() != value {
        return Err(format!("`{value}` is no name: give two letters or more, no blanks round it"));
    }
    if value.chars().all(|c| c.is_lowercase() || c.is_whitespace()) && value.is_ascii() {
        return Err(format!(
            "`{value}` is all small letters and would be found in ordinary words: names are matched \
             in the case they are written in"
        ));
    }
    Ok(value.to_owned())
}

/// A CSS selector.
pub(super) fn selector(value: &str) -> Result<String, String> {
    match Selector::parse(value) {
        Ok(_) => Ok(value.to_owned()),
        Err(error) => Err(format!(
            "`{value}` is no CSS selector ({error}); pseudo-classes of browsers such as `:visible` \
             or `:contains()` do not exist here"
        )),
    }
}

/// A CSS selector that an attribute may follow, as in `a@data-time`.
pub(super) fn selector_or_attribute(value: &str) -> Result<String, String> {
    match value.rsplit_once('@') {
        Some((css, name)) if attribute(name).is_ok() => selector(css).map(|_| value.to_owned()),
        _ => selector(value),
    }
}

/// The name of an attribute.
pub(super) fn attribute(value: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_:".contains(c);
    if !value.is_empty() && value.chars().all(allowed) {
        return Ok(value.to_owned());
    }
    Err(format!("`{value}` is no name of an attribute: write it as data-json"))
}

/// A path into a JSON document: keys joined by dots.
pub(super) fn path(value: &str) -> Result<String, String> {
    let is_key =
        |key: &str| !key.is_empty() && !key.contains(|c: char| "{}".contains(c) || c.is_control());
    if value.trim() == value && value.split('.').all(is_key) {
        return Ok(value.to_owned());
    }
    Err(format!("`{value}` is no path: write keys joined by dots, such as \"title.rendered\""))
}

/// A path, or an address in which each `{path}` is filled in.
pub(super) fn path_or_pattern(value: &str) -> Result<String, String> {
    if !value.contains(['{', '}']) {
        return path(value);
    }
    let mut plain = String::new();
    for (at, part) in value.split('{').enumerate() {
        let rest = match part.split_once('}') {
            Some((inside, rest)) if at > 0 && path(inside).is_ok() => {
                plain.push('x');
                rest
            }
            None if at == 0 => part,
            _ => return Err(format!("`{value}` has a place that is no path: write it as {{aid}}")),
        };
        plain.push_str(rest);
    }
    if plain.contains('}') {
        return Err(format!("`{value}` has a bracket too many: write each place as {{aid}}"));
    }
    Ok(value.to_owned())
}

/// The regular expression that finds an outlet's own article id in an address. Only its syntax is
/// read: to compile those of the whole registry takes longer than to read a page.
pub(super) fn article_id(value: &str) -> Result<String, String> {
    match regex_syntax::parse(value) {
        Err(error) => {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            Err(format!("`{value}` is no regular expression ({why})"))
        }
        Ok(parsed) if parsed.properties().explicit_captures_len() == 0 => Err(format!(
            "`{value}` has no group: put round brackets about the part that is the article's id"
        )),
        Ok(_) if value.len() > MAX_ARTICLE_ID || repeats_much(value) => {
            Err(format!("`article_id` {value} is too large: repeat at most {MAX_REPEATS} times"))
        }
        Ok(_) => Ok(value.to_owned()),
    }
}

/// Bytes of an `article_id`.
const MAX_ARTICLE_ID: usize = 1_000;

/// Times that a part of an `article_id` may be repeated by number: one repeated so often in another fills the compiler's limit.
const MAX_REPEATS: u32 = 100;

/// Whether a number of repeats is beyond the limit.
fn repeats_much(pattern: &str) -> bool {
    let numbers = pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let mut numbers = numbers.flat_map(|(inside, _)| inside.split(','));
    numbers.any(|number| number.trim().parse::<u64>().is_ok_and(|n| n > u64::from(MAX_REPEATS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_zone(text: &str, expected: Option<i32>) {
        assert_eq!(zone(text).ok(), expected.map(Zone), "{text}");
    }

    #[test]
    fn zones_are_offsets() {
        check_zone("UTC", Some(0));
        check_zone("+08:00", Some(480));
        check_zone("-03:30", Some(-210));
        check_zone("+8", None);
        check_zone("+08:75", None);
        check_zone("Europe/Moscow", None);
        check_zone("é8:00", None);
    }

    #[test]
    fn an_article_id_that_is_too_large_is_refused() {
        assert!(article_id("/([0-9]{5,20})-").is_ok());
        assert!(article_id("/((a{1000}){1000})").is_err_and(|why| why.contains("too large")));
        assert!(article_id(&format!("/({})", "a".repeat(2_000))).is_err());
    }

    #[test]
    fn hosts_have_no_scheme_and_are_in_lower_case() {
        assert_eq!(host("rt.com"), Ok("rt.com".into()));
        assert_eq!(host("127.0.0.1"), Ok("127.0.0.1".into()));
        assert_eq!(host("RT.com"), Err("write `RT.com` as \"rt.com\"".into()));
        assert!(host("https://rt.com").is_err());
    }

    #[test]
    fn an_attribute_follows_the_last_at_sign() {
        assert!(selector_or_attribute("a[data-time]@data-time").is_ok());
        assert!(selector_or_attribute("meta[content=\"x@y\"]").is_ok());
        assert!(selector_or_attribute("a[@data-time").is_err());
    }

    #[test]
    fn a_name_of_small_letters_is_refused() {
        assert!(alias("mirror").is_err());
        assert!(alias("新华社").is_ok());
        assert!(alias("RT").is_ok());
        assert!(alias("rt.com").is_ok());
    }
}
