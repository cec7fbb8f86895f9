//! Builders of articles and outlets for the tests of all modules: each says only what a test is about.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Article, DateSource, Outlet, Precision, Published, Registry, Role};

/// An instant this many minutes after the Unix epoch.
pub(crate) fn minutes(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

/// An instant this many hours after the Unix epoch.
pub(crate) fn hours(hours: i64) -> DateTime<Utc> {
    minutes(60 * hours)
}

/// An instant this many days after the Unix epoch.
pub(crate) fn days(days: i64) -> DateTime<Utc> {
    hours(24 * days)
}

/// A publication time as an imported record states it.
pub(crate) fn published(utc: DateTime<Utc>, precision: Precision) -> Published {
    Published {
        raw: utc.to_rfc3339(),
        utc,
        local_date: utc.date_naive(),
        precision,
        source: DateSource::Record,
    }
}

/// An English article without text, published at `utc`, known to the minute.
pub(crate) fn article(id: &str, outlet: &str, utc: DateTime<Utc>) -> Article {
    Article {
        id: id.into(),
        outlet: outlet.into(),
        language: "en".into(),
        published: Some(published(utc, Precision::Minute)),
        ..Article::default()
    }
}

/// An outlet of which only id and role are known.
pub(crate) fn outlet(id: &str, role: Role) -> Outlet {
    Outlet { role, ..Outlet::unlisted(id) }
}

/// A registry of such outlets.
pub(crate) fn registry(outlets: &[(&str, Role)]) -> Registry {
    Registry::new(outlets.iter().map(|&(id, role)| outlet(id, role)))
}
