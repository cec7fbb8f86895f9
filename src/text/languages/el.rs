//! Greek.

use snowball_stemmers_rs::Algorithm;

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
