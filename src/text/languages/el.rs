//! Greek.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning};
use super::Offset::{Europe, Fixed, Unknown};
use super::{Dates, Language, Page};

#[rustfmt::skip]
pub(super) const EL: Language = Language {
    code: "el",
    name: "Greek",
    stemmer: Some(Algorithm::Greek),
    dates: Dates {
        months: &[
            ("ιαν", 1), ("φεβ", 2), ("μαρ", 3), ("μάρ", 3), ("απρ", 4), ("μαϊ", 5), ("μάι", 5),
            ("ιουν", 6), ("ιούν", 6), ("ιουλ", 7), ("ιούλ", 7), ("αυγ", 8), ("αύγ", 8), ("σεπ", 9),
            ("οκτ", 10), ("νοε", 11), ("νοέ", 11), ("δεκ", 12),
        ],
        half_days: &[
            ("πμ", Morning), ("π μ", Morning), ("το πρωί", Morning), ("μμ", Afternoon), ("μ μ", Afternoon),
            ("το απόγευμα", Afternoon), ("το βράδυ", Afternoon),
        ],
        hours: "ώρα",
        zone_names: &[
            ("ώρα ελλάδας", Europe(120)), ("ώρα ελλάδος", Europe(120)), ("ώρα μόσχας", Fixed(180)),
            ("τοπική ώρα", Unknown),
        ],
        updated: &["ενημερώθηκε", "ενημέρωση", "ανανεώθηκε", "τροποποιήθηκε", "επικαιροποι*"],
        publication: &["δημοσι*", "αναρτήθηκε"],
        published: &["δημοσιεύτηκε", "δημοσίευση"],
        labels: &["ημερομηνία δημοσίευσης", "δημοσίευση:", "δημοσιεύτηκε", "τελευταία ενημέρωση"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "αποστολή εκτύπωση μέγεθος κειμένου μοιραστείτε το σχόλια προβολή",
        ownership: &["με επιφύλαξη παντός δικαιώματος"],
        boxes: &["διαβάστε επίσης", "διαβάστε ακόμη", "δείτε επίσης", "δείτε ακόμα"],
        ..Page::NONE
    },
    ..Language::NONE
};
