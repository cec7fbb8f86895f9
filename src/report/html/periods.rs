//! The columns of pictures over time: days, weeks, months or years, whichever are few enough to be read.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::report::report_index::ReportIndex;

/// Columns that fit a page.
const MAX_COLUMNS: usize = 26;

/// How long a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Spans of equal length, without a gap from the first article to the last.
pub(super) struct Periods {
    unit: Unit,
    /// The first day of each, ascending.
    starts: Vec<NaiveDate>,
}

impl Periods {
    /// The periods of all articles; none without articles.
    pub(super) fn of(view: &ReportIndex) -> Periods {
        let articles = view.reported_articles();
        let ends = articles.first().zip(articles.last());
        match ends.map(|(first, last)| (first.at().date_naive(), last.at().date_naive())) {
            Some((first, last)) => Periods::between(first, last),
            None => Periods { unit: Unit::Day, starts: Vec::new() },
        }
    }

    fn between(first: NaiveDate, last: NaiveDate) -> Periods {
        let all = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
        let made = all.map(|unit| (unit, starts(unit, first, last)));
        let [.., years] = &made;
        let (unit, starts) =
            made.iter().find(|(_, starts)| starts.len() <= MAX_COLUMNS).unwrap_or(years);
        // Millennia of forged dates are cut rather than drawn.
        let starts = starts.iter().take(4 * MAX_COLUMNS).copied().collect();
        Periods { unit: *unit, starts }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The period that holds a day; the nearest one for a day outside all.
    pub(super) fn index(&self, day: NaiveDate) -> usize {
        self.starts.partition_point(|&start| start <= day).saturating_sub(1)
    }

    /// The name of a column.
    pub(super) fn label(&self, index: usize) -> String {
        let start = self.starts[index];
        let format = match self.unit {
            Unit::Day | Unit::Week => "%b %-d",
            Unit::Month => "%b %Y",
            Unit::Year => "%Y",
        };
        start.format(format).to_string()
    }

    /// What a column is: `day`, `week from Monday`, ...
    pub(super) fn name(&self) -> &'static str {
        match self.unit {
            Unit::Day => "day",
            Unit::Week => "week (from Monday)",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }
}

fn starts(unit: Unit, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    /// A page of forged dates must not cost more than this.
    const MOST: usize = 20_000;
    let begin = match unit {
        Unit::Day => Some(first),
        Unit::Week => {
            first.checked_sub_days(Days::new(u64::from(first.weekday().num_days_from_monday())))
        }
        Unit::Month => first.with_day(1),
        Unit::Year => first.with_day(1).and_then(|day| day.with_month(1)),
    };
    let next = |day: &NaiveDate| match unit {
        Unit::Day => day.succ_opt(),
        Unit::Week => day.checked_add_days(Days::new(7)),
        Unit::Month => day.checked_add_months(Months::new(1)),
        Unit::Year => day.checked_add_months(Months::new(12)),
    };
    std::iter::successors(begin.or(Some(first)), next)
        .take_while(|day| *day <= last)
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &str, last: &str, unit: Unit, columns: usize, label: &str) {
        let periods = Periods::between(first.parse().unwrap(), last.parse().unwrap());
        assert_eq!((periods.unit, periods.len()), (unit, columns));
        assert_eq!(periods.label(0), label);
        assert_eq!(periods.index(last.parse().unwrap()), columns - 1);
        assert_eq!(periods.index(first.parse().unwrap()), 0);
    }

    #[test]
    fn the_shortest_unit_that_fits_is_taken() {
        check("2026-03-02", "2026-03-02", Unit::Day, 1, "Mar 2");
        check("2026-03-02", "2026-03-27", Unit::Day, 26, "Mar 2");
        check("2026-03-04", "2026-03-31", Unit::Week, 5, "Mar 2");
        check("2022-01-15", "2022-12-31", Unit::Month, 12, "Jan 2022");
        check("1999-05-05", "2026-03-02", Unit::Year, 28, "1999");
    }
}
