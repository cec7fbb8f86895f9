//! A stated publication time, and how times without a zone are read.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use serde::Serialize;

use super::moment::{self, Moment};
use crate::model::{DateSource, Precision, Published, Zone};

/// A stated publication time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Kind of place it stands in.
    pub source: DateSource,
    /// The very place: a selector, the name of a `meta` element.
    pub origin: String,
    /// As written.
    pub raw: String,
    /// The instant as read.
    pub utc: DateTime<Utc>,
    /// How exact it is.
    pub precision: Precision,
    /// The calendar day in the outlet's zone; as written for an unknown outlet.
    pub local_date: NaiveDate,
}

impl From<Claim> for Published {
    fn from(claim: Claim) -> Published {
        Published {
            raw: claim.raw,
            utc: claim.utc,
            local_date: claim.local_date,
            precision: claim.precision,
            source: claim.source,
        }
    }
}

/// The zone in which times without one are read, and whose calendar day is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutletZone {
    /// Zone of clock times that carry none.
    pub zone: Zone,
    /// The outlet is known, so its zone's calendar is the one meant; otherwise the day as written.
    pub known: bool,
}

impl OutletZone {
    /// A claim out of a written time; `None` if it cannot be read.
    pub(super) fn claim(self, source: DateSource, origin: &str, raw: &str) -> Option<Claim> {
        let moment = moment::parse(raw, self.zone)?;
        Some(self.claim_of(source, origin, raw, moment))
    }

    /// A claim out of a time that was read already.
    pub(super) fn claim_of(
        self,
        source: DateSource,
        origin: &str,
        raw: &str,
        moment: Moment,
    ) -> Claim {
        // Templates fill a bare date up to midnight, and minutes with `:00`; claiming less is the
        // safe side.
        let midnight = moment.at.num_seconds_from_midnight() == 0;
        let precision = match moment.precision {
            _ if midnight => Precision::Day,
            Precision::Second if moment.at.second() == 0 => Precision::Minute,
            precision => precision,
        };
        let in_zone = self.known && precision != Precision::Day;
        let zone = self.zone.to_chrono();
        let local_date = if in_zone {
            moment.at.with_timezone(&zone).date_naive()
        } else {
            moment.at.date_naive()
        };
        // A day of a known outlet begins in its own zone, however the midnight was labelled.
        let day = || zone.from_local_datetime(&local_date.and_time(NaiveTime::MIN)).single();
        let at = if self.known && midnight { day().unwrap_or(moment.at) } else { moment.at };
        Claim {
            source,
            origin: origin.to_owned(),
            raw: raw.to_owned(),
            utc: at.with_timezone(&Utc),
            precision,
            local_date,
        }
    }
}
