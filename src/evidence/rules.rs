//! The table of evidence: what is known of a pair of articles, and the grade that follows.
//!
//! Facts are gathered in `incoming_edges` and `shared_text`; here is only the decision, so that the table of
//! `docs/method.md` ("Evidence grades") can be read off one function.

use crate::model::Basis;

/// What the later article's text shares with the earlier one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    /// Nothing but boilerplate, or nothing at all.
    Nothing,
    /// The later text is the earlier one in another language, sentence for sentence.
    Translated,
    /// Only a third party's words: a wire's text, or quotations.
    Foreign {
        /// A textual citation of the earlier outlet may be where it is from: it is quoted speech, or
        /// a wire's text and the later article does not name that wire.
        citable: bool,
    },
    /// The earlier article's own words, and how they are held.
    Own(PriorHolder),
}

/// Who held the earlier article's own words before it; of several passages the least decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PriorHolder {
    /// Nobody in the archive.
    None,
    /// Perhaps an earlier article, whose time cannot be told.
    Possible,
    /// A third article had all of them earlier, or the later outlet itself had.
    Known,
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
    /// `b`'s credit, byline or dateline names `a`'s outlet and covers the shared text.
    pub(super) credited: bool,
    /// `b` cites `a`'s outlet beside the shared text, in words that are not a wire's.
    pub(super) cited: bool,
    /// Another item of `a`'s outlet is the one that a credit or citation means: one that holds all that
    /// these two share, and more or nearer to `b`.
    pub(super) other_item_meant: bool,
    /// `a` links to `b` or names `b`'s outlet as its source: the words claim the other direction.
    pub(super) contradicted: bool,
    /// `a` or `b` names a third source for the shared text.
    pub(super) third_source: bool,
    /// That source has no earlier item in the archive that shares text with the article that names it.
    pub(super) third_source_absent: bool,
    /// The two are in different languages and tell the same.
    pub(super) across: bool,
    /// The own text is long enough, and enough of it narration that hardly anybody else holds.
    pub(super) enough: bool,
    /// One text reads like an official document, or one owner or state is behind both outlets.
    pub(super) one_hand: bool,
    /// Shared text.
    pub(super) shared: Shared,
}

/// What follows from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// A directed edge.
    Directed(Basis),
    /// A common source explains it: edges from that source.
    Common,
    /// Evidence of reuse whose direction cannot be told.
    Undirected,
    /// Explained by the edge from another holder: no edge.
    Explained,
    /// Narrative overlap at most: an edge if no other match of that outlet says more.
    Overlap,
}

/// One row of the table in `docs/method.md`, "Evidence grades".
pub(super) struct Rule {
    /// Its number there.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "ties the row to the method and to its tests")
    )]
    pub(super) number: u8,
    /// Whether it fits.
    fits: fn(&Facts) -> bool,
    /// What follows.
    pub(super) decision: Decision,
}

/// The table. The first row that fits counts; every combination of facts fits one.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule { number: 1, decision: Decision::Directed(Basis::NamesItem),   fits: |f| f.linked && f.resolved },
    Rule { number: 2, decision: Decision::Directed(Basis::NamesItem),   fits: |f| f.credited && has_text(f) && f.resolved && !f.other_item_meant },
    Rule { number: 3, decision: Decision::Directed(Basis::CitesOutlet), fits: |f| f.cited && is_citable(f) && f.resolved && !f.other_item_meant },
    Rule { number: 4, decision: Decision::Common,                       fits: |f| matches!(f.shared, Shared::Foreign { .. }) },
    Rule { number: 5, decision: Decision::Explained,                    fits: |f| f.shared == Shared::Own(PriorHolder::Known) },
    Rule { number: 6, decision: Decision::Common,                       fits: |f| is_own(f) && f.third_source_absent },
    Rule { number: 7, decision: Decision::Directed(Basis::OwnText),     fits: |f| f.shared == Shared::Own(PriorHolder::None) && f.enough && f.text_resolved && !speaks_against(f) },
    Rule { number: 8, decision: Decision::Undirected,                   fits: |f| is_own(f) || f.linked },
    Rule { number: 9, decision: Decision::Common,                       fits: |f| f.across && f.third_source },
    Rule { number: 10, decision: Decision::Overlap,                     fits: |_| true },
];

/// Decides: `O(1)`.
pub(super) fn decide(f: &Facts) -> Decision {
    row(f).map_or(Decision::Overlap, |row| row.decision)
}

/// The first row that fits.
fn row(f: &Facts) -> Option<&'static Rule> {
    RULES.iter().find(|row| (row.fits)(f))
}

/// What keeps own text from showing a direction, whatever its length.
fn speaks_against(f: &Facts) -> bool {
    f.contradicted || f.third_source || f.one_hand || f.across
}

fn has_text(f: &Facts) -> bool {
    f.shared != Shared::Nothing
}

fn is_own(f: &Facts) -> bool {
    matches!(f.shared, Shared::Own(_))
}

fn is_citable(f: &Facts) -> bool {
    is_own(f) || matches!(f.shared, Shared::Translated | Shared::Foreign { citable: true })
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
        other_item_meant: false,
        contradicted: false,
        third_source: false,
        third_source_absent: false,
        across: false,
        enough: true,
        one_hand: false,
        shared: Shared::Own(PriorHolder::None),
    };
    const ACROSS: Facts = Facts { across: true, shared: Shared::Translated, ..FACTS };
    const OPEN: Facts = Facts { resolved: false, text_resolved: false, ..FACTS };
    const QUOTES: Shared = Shared::Foreign { citable: true };
    const WIRE: Shared = Shared::Foreign { citable: false };
    const NOTHING: Shared = Shared::Nothing;
    const HELD_BEFORE: Shared = Shared::Own(PriorHolder::Known);
    const PERHAPS_HELD: Shared = Shared::Own(PriorHolder::Possible);

    /// (row, what it is about, facts): each row by what it needs, and by what keeps the rows above from
    /// fitting.
    #[rustfmt::skip]
    const CASES: &[(u8, &str, Facts)] = &[
        (1, "a link alone", Facts { linked: true, shared: NOTHING, ..FACTS }),
        (1, "a link and a wire's text", Facts { linked: true, shared: WIRE, ..FACTS }),
        (1, "a link though another held the text", Facts { linked: true, shared: HELD_BEFORE, ..FACTS }),
        (2, "a credit and own text", Facts { credited: true, ..FACTS }),
        (2, "a credit and a wire's text", Facts { credited: true, shared: WIRE, ..FACTS }),
        (2, "a credit though another held the text", Facts { credited: true, shared: HELD_BEFORE, ..FACTS }),
        (2, "a credit, and one state behind both", Facts { credited: true, one_hand: true, ..FACTS }),
        (2, "a credit before a citation", Facts { credited: true, cited: true, ..FACTS }),
        (2, "a credit and a translation", Facts { credited: true, ..ACROSS }),
        (2, "a credit and a translation, and a third source", Facts { credited: true, third_source: true, ..ACROSS }),
        (3, "a citation and a translation", Facts { cited: true, ..ACROSS }),
        (3, "a citation and own text", Facts { cited: true, ..FACTS }),
        (3, "a citation and little text", Facts { cited: true, enough: false, ..FACTS }),
        (3, "a citation and a quotation", Facts { cited: true, shared: QUOTES, ..FACTS }),
        (3, "a citation though another held the text", Facts { cited: true, shared: HELD_BEFORE, ..FACTS }),
        (3, "a citation though a points to b", Facts { cited: true, contradicted: true, ..FACTS }),
        (3, "a citation though a was edited", Facts { cited: true, text_resolved: false, ..FACTS }),
        (4, "a quotation alone", Facts { shared: QUOTES, ..FACTS }),
        (4, "a wire's text, order open", Facts { shared: WIRE, ..OPEN }),
        (4, "a citation that the wire's text does not bear", Facts { cited: true, shared: WIRE, ..FACTS }),
        (4, "a credit that means another item", Facts { credited: true, other_item_meant: true, shared: WIRE, ..FACTS }),
        (4, "a link whose order is open", Facts { linked: true, shared: WIRE, ..OPEN }),
        (5, "another held it", Facts { shared: HELD_BEFORE, ..FACTS }),
        (5, "another held it, and a third outlet is credited", Facts { third_source: true, third_source_absent: true, shared: HELD_BEFORE, ..FACTS }),
        (6, "own text credited to a third outlet", Facts { third_source: true, third_source_absent: true, ..FACTS }),
        (6, "the same, order open", Facts { third_source: true, third_source_absent: true, ..OPEN }),
        (7, "own text, first and earlier", FACTS),
        (7, "a credit that means another item", Facts { credited: true, other_item_meant: true, ..FACTS }),
        (8, "own text in two languages", Facts { across: true, ..FACTS }),
        (8, "order open", OPEN),
        (8, "too little own text", Facts { enough: false, ..FACTS }),
        (8, "a third source whose item is archived", Facts { third_source: true, ..FACTS }),
        (8, "an official document, or one state behind both", Facts { one_hand: true, ..FACTS }),
        (8, "the text's own time open: a was edited", Facts { text_resolved: false, ..FACTS }),
        (8, "a points to b", Facts { contradicted: true, ..FACTS }),
        (8, "an earlier holder without a time", Facts { shared: PERHAPS_HELD, ..FACTS }),
        (8, "a credit, order open", Facts { credited: true, ..OPEN }),
        (8, "a citation, order open", Facts { cited: true, ..OPEN }),
        (8, "a link alone, order open", Facts { linked: true, shared: NOTHING, ..OPEN }),
        (9, "a translation of an agency's item", Facts { third_source: true, ..ACROSS }),
        (9, "an event told in two languages after one agency", Facts { third_source: true, shared: NOTHING, ..ACROSS }),
        (10, "a translation alone", ACROSS),
        (10, "a credit and a translation, order open", Facts { credited: true, resolved: false, text_resolved: false, ..ACROSS }),
        (10, "an event told in two languages", Facts { shared: NOTHING, ..ACROSS }),
        (10, "a credit and an event in two languages", Facts { credited: true, shared: NOTHING, ..ACROSS }),
        (10, "nothing shared", Facts { shared: NOTHING, ..FACTS }),
        (10, "a credit and nothing shared", Facts { credited: true, shared: NOTHING, ..FACTS }),
        (10, "a citation and nothing shared", Facts { cited: true, shared: NOTHING, ..FACTS }),
    ];

    #[test]
    fn each_case_is_decided_by_its_row() {
        for (number, about, facts) in CASES {
            assert_eq!(row(facts).map(|row| row.number), Some(*number), "{about}");
        }
    }

    #[test]
    fn each_row_has_a_case_and_stands_in_the_method() {
        let method = include_str!("../../docs/method.md");
        let section = method.split("## Evidence grades").nth(1).unwrap();
        let section = section.split("\n## ").next().unwrap();
        for (at, row) in RULES.iter().enumerate() {
            assert_eq!(usize::from(row.number), at + 1);
            assert!(CASES.iter().any(|(number, ..)| *number == row.number), "row {}", row.number);
            let line = section.lines().find(|l| l.starts_with(&format!("| {} |", row.number)));
            let result = line.unwrap_or_default().rsplit('|').nth(1).unwrap_or_default();
            let said = match row.decision {
                Decision::Directed(basis) => basis.grade_by_facts().unwrap().as_str(),
                Decision::Common => "**X**",
                Decision::Undirected | Decision::Overlap => "**E5**",
                Decision::Explained => "no edge",
            };
            assert!(result.contains(said), "row {}: {result}", row.number);
        }
        let written = section.lines().filter(|l| {
            l.strip_prefix("| ").is_some_and(|l| l.starts_with(|c: char| c.is_ascii_digit()))
        });
        assert_eq!(written.count(), RULES.len());
    }

    #[test]
    fn the_order_of_facts_never_makes_a_directed_grade_without_a_resolved_time() {
        let first = Shared::Own(PriorHolder::None);
        let held = [HELD_BEFORE, PERHAPS_HELD, first, QUOTES, WIRE, NOTHING, Shared::Translated];
        for bits in 0..1_u32 << 12 {
            let bit = |n: u32| bits & (1 << n) != 0;
            for shared in held {
                let facts = Facts {
                    resolved: bit(0),
                    text_resolved: bit(1),
                    linked: bit(2),
                    credited: bit(3),
                    cited: bit(4),
                    other_item_meant: bit(5),
                    contradicted: bit(6),
                    third_source: bit(7),
                    third_source_absent: bit(8),
                    enough: bit(9),
                    one_hand: bit(10),
                    across: bit(11),
                    shared,
                };
                if let Decision::Directed(basis) = decide(&facts) {
                    let by_text = basis == Basis::OwnText;
                    let timed = if by_text { facts.text_resolved } else { facts.resolved };
                    assert!(timed, "{facts:?}");
                    assert!(!(by_text && facts.across), "{facts:?}");
                    let text = facts.linked || shared != NOTHING;
                    assert!(text, "{facts:?}");
                }
            }
        }
    }
}
