//! The table of evidence: what is known of a pair of articles, and the grade that follows.
//!
//! Facts are gathered in `receiver`; here is only the decision, so that the table of
//! `docs/method.md` ("Evidence grades") can be read off one function.

use crate::model::Grade;

/// What the later article's text shares with the earlier one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    /// Nothing but boilerplate, or nothing at all.
    Nothing,
    /// Only a third party's words: a wire's text, or quotations.
    Foreign {
        /// A textual citation of the earlier outlet may be where it is from: it is quoted speech, or
        /// a wire's text and the later article does not name that wire.
        citable: bool,
    },
    /// The earlier article's own words, and how they are held.
    Own(Held),
}

/// Who else holds the earlier article's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Nobody earlier.
    First,
    /// Perhaps an earlier article, whose time cannot be told.
    Unknown,
    /// A third article had all of them earlier, or the later outlet itself had.
    Elsewhere,
}

/// What is known of an earlier article `a` and a later article `b` of different outlets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, one row of a table each")]
pub(super) struct Facts {
    /// `a` is earlier by more than both clock errors.
    pub(super) resolved: bool,
    /// `a`'s text as archived was out before `b` (differs from `resolved` if `a` was edited).
    pub(super) text_resolved: bool,
    /// `b` links to `a`, or names it as canonical.
    pub(super) linked: bool,
    /// `b`'s credit, byline or dateline names `a`'s outlet.
    pub(super) credited: bool,
    /// `b` cites `a`'s outlet in its text, in words that are not a wire's.
    pub(super) cited: bool,
    /// Another item of `a`'s outlet is the one that a credit or citation means: an earlier one holds
    /// all that they share, or they share only a third party's words and it shares own text.
    pub(super) repeated: bool,
    /// `a` links to `b` or names `b`'s outlet as its source: the words claim the other direction.
    pub(super) contradicted: bool,
    /// One of them is credited to a third outlet that has no such item in the archive.
    pub(super) foreign_credit: bool,
    /// Shared text.
    pub(super) shared: Shared,
}

/// What follows from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruling {
    /// An edge of grade E1–E3.
    Directed(Grade),
    /// A common source explains it: edges of grade X from that source.
    Common,
    /// Evidence of reuse whose direction cannot be told: E5.
    Open,
    /// Explained by the edge from another holder: no edge.
    Explained,
    /// Narrative overlap at most: E5 if no other match of that outlet says more.
    Overlap,
}

/// Decides. The first row that fits counts; each line is a row of the table in `docs/method.md`.
#[rustfmt::skip]
pub(super) fn rule(f: &Facts) -> Ruling {
    use Held::{Elsewhere, First, Unknown};
    use Shared::{Foreign, Nothing, Own};
    let text = f.shared != Nothing;
    let citable = matches!(f.shared, Own(_) | Foreign { citable: true });
    match f.shared {
        _ if f.linked && f.resolved                                   => Ruling::Directed(Grade::E1),
        _ if f.credited && text && f.resolved && !f.repeated          => Ruling::Directed(Grade::E1),
        _ if f.cited && citable && f.resolved && !f.repeated          => Ruling::Directed(Grade::E2),
        Foreign { .. }                                                => Ruling::Common,
        Own(Elsewhere)                                                => Ruling::Explained,
        Own(First | Unknown) if f.foreign_credit                      => Ruling::Common,
        Own(First) if f.text_resolved && !f.contradicted              => Ruling::Directed(Grade::E3),
        Own(First | Unknown)                                          => Ruling::Open,
        Nothing if f.linked                                           => Ruling::Open,
        Nothing                                                       => Ruling::Overlap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: Facts = Facts {
        resolved: true,
        text_resolved: true,
        linked: false,
        credited: false,
        cited: false,
        repeated: false,
        contradicted: false,
        foreign_credit: false,
        shared: Shared::Own(Held::First),
    };
    const QUOTES: Shared = Shared::Foreign { citable: true };
    const WIRE: Shared = Shared::Foreign { citable: false };

    #[test]
    fn each_row_of_the_table() {
        use Ruling::{Common, Directed, Explained, Open, Overlap};
        use Shared::{Nothing, Own};
        let open = Facts { resolved: false, text_resolved: false, ..FACTS };
        let rows = [
            (Facts { linked: true, shared: Nothing, ..FACTS }, Directed(Grade::E1)),
            (Facts { linked: true, shared: WIRE, ..FACTS }, Directed(Grade::E1)),
            (Facts { linked: true, ..open }, Open),
            (Facts { linked: true, shared: Nothing, ..open }, Open),
            (Facts { credited: true, ..FACTS }, Directed(Grade::E1)),
            (Facts { credited: true, shared: WIRE, ..FACTS }, Directed(Grade::E1)),
            (Facts { credited: true, shared: Nothing, ..FACTS }, Overlap),
            (Facts { credited: true, repeated: true, shared: WIRE, ..FACTS }, Common),
            (Facts { credited: true, ..open }, Open),
            (Facts { cited: true, ..FACTS }, Directed(Grade::E2)),
            (Facts { cited: true, shared: QUOTES, ..FACTS }, Directed(Grade::E2)),
            (Facts { cited: true, shared: WIRE, ..FACTS }, Common),
            (Facts { cited: true, shared: Nothing, ..FACTS }, Overlap),
            (Facts { cited: true, ..open }, Open),
            (Facts { cited: true, contradicted: true, ..FACTS }, Directed(Grade::E2)),
            (Facts { shared: QUOTES, ..FACTS }, Common),
            (Facts { shared: WIRE, ..open }, Common),
            (Facts { shared: Own(Held::Elsewhere), ..FACTS }, Explained),
            (Facts { cited: true, shared: Own(Held::Elsewhere), ..FACTS }, Directed(Grade::E2)),
            (Facts { foreign_credit: true, ..FACTS }, Common),
            (FACTS, Directed(Grade::E3)),
            (Facts { contradicted: true, ..FACTS }, Open),
            (Facts { text_resolved: false, ..FACTS }, Open),
            (Facts { shared: Own(Held::Unknown), ..FACTS }, Open),
            (open, Open),
            (Facts { shared: Nothing, ..FACTS }, Overlap),
        ];
        for (facts, expected) in rows {
            assert_eq!(rule(&facts), expected, "{facts:?}");
        }
    }
}
