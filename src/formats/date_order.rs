//! Day and month of numeric dates: one order for a whole file, never decided cell by cell.
//!
//! `3/2/2026` is the third of February or the second of March. A date of the file with a number over
//! twelve tells which; if two of them contradict each other, or none is there, such a date is refused.

/// In which order a program writes a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// A date written in numbers, the year last: `3/2/2026 10:15`, `03-02-2026`.
struct Numeric<'a> {
    first: u32,
    second: u32,
    year: &'a str,
    rest: &'a str,
}

/// What the dates of a file say about their order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    day_first: bool,
    month_first: bool,
    /// Some clock has AM or PM, as where months come first: it decides if nothing else does.
    half_days: bool,
}

impl Evidence {
    /// Takes a time as it is written.
    pub(super) fn add(&mut self, time: &str) {
        let Some(date) = numeric(time) else { return };
        self.day_first |= date.first > 12 && date.second <= 12;
        self.month_first |= date.second > 12 && date.first <= 12;
        let rest = date.rest.to_ascii_lowercase();
        self.half_days |= rest.contains("am") || rest.contains("pm");
    }

    /// Returns the order of all dates, if it is known.
    pub(super) fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first, self.half_days) {
            (true, false, _) => Some(DateOrder::DayFirst),
            (false, true, _) | (false, false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Whether day and month of a time can be told apart by the file's order only.
pub(super) fn is_ambiguous(time: &str) -> bool {
    numeric(time)
        .is_some_and(|date| date.first <= 12 && date.second <= 12 && date.first != date.second)
}

/// Returns the time with its date in the order of ISO 8601; `None` if it is no numeric date.
pub(super) fn ordered(time: &str, order: DateOrder) -> Option<String> {
    let date = numeric(time)?;
    let (day, month) = match order {
        DateOrder::DayFirst => (date.first, date.second),
        DateOrder::MonthFirst => (date.second, date.first),
    };
    Some(format!("{}-{month:02}-{day:02}{}", date.year, date.rest))
}

fn numeric(time: &str) -> Option<Numeric<'_>> {
    let time = time.trim();
    let (first, rest) = number(time)?;
    // Where points separate, the day comes first everywhere.
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '-'))?;
    let (second, rest) = number(&rest[1..])?;
    let rest = rest.strip_prefix(separator)?;
    let year = rest.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = &rest[4..];
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let is_date = (1..=31).contains(&first) && (1..=31).contains(&second);
    (ends && is_date).then_some(Numeric { first, second, year, rest })
}

/// A number of one or two digits, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(times: &[&str], expected: Option<DateOrder>) {
        let mut evidence = Evidence::default();
        for time in times {
            evidence.add(time);
        }
        assert_eq!(evidence.order(), expected, "{times:?}");
    }

    #[test]
    fn one_number_over_twelve_decides_for_all() {
        check(&["3/2/2026", "3/25/2026"], Some(DateOrder::MonthFirst));
        check(&["03/02/2026", "25/02/2026 10:15"], Some(DateOrder::DayFirst));
        check(&["03/25/2026", "25/03/2026"], None);
        check(&["3/2/2026"], None);
        check(&["3/2/2026 10:15 AM"], Some(DateOrder::MonthFirst));
        check(&["3/2/2026 10:15 AM", "25/2/2026 1:00 PM"], Some(DateOrder::DayFirst));
    }

    #[test]
    fn only_numeric_dates_are_ambiguous() {
        for (time, expected) in [
            ("3/2/2026", true),
            ("03-02-2026 10:15", true),
            ("3/3/2026", false),
            ("25/3/2026", false),
            ("03.02.2026", false),
            ("2026-03-02", false),
            ("2 March 2026", false),
            ("", false),
        ] {
            assert_eq!(is_ambiguous(time), expected, "{time}");
        }
    }

    #[test]
    fn dates_are_put_in_order() {
        let iso = |order| ordered("3/2/2026 10:15:20", order);
        assert_eq!(iso(DateOrder::MonthFirst).as_deref(), Some("2026-03-02 10:15:20"));
        assert_eq!(iso(DateOrder::DayFirst).as_deref(), Some("2026-02-03 10:15:20"));
    }
}
