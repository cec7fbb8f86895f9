//! Hindi.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const HI: Language = Language {
    code: "hi",
    name: "Hindi",
    stemmer: Some(Algorithm::Hindi),
    dates: Dates {
        months: &[
            ("जनवरी", 1), ("फरवरी", 2), ("फ़रवरी", 2), ("मार्च", 3), ("अप्रैल", 4), ("मई", 5), ("जून", 6),
            ("जुलाई", 7), ("अगस्त", 8), ("सितंबर", 9), ("सितम्बर", 9), ("अक्टूबर", 10), ("अक्तूबर", 10),
            ("नवंबर", 11), ("नवम्बर", 11), ("दिसंबर", 12), ("दिसम्बर", 12),
        ],
        half_days: &[
            ("पूर्वाह्न", Morning), ("सुबह", Morning), ("अपराह्न", Afternoon), ("शाम", Afternoon),
            ("दोपहर", Noon), ("रात", Night),
        ],
        zone_names: &[
            ("भारतीय समय*", Fixed(330)), ("भारतीय मानक समय", Fixed(330)), ("मॉस्को समय", Fixed(180)),
            ("स्थानीय समय", Unknown),
        ],
        updated: &["अपडेट*", "अद्यतन*", "संशोधित*"],
        publication: &["प्रकाशित"],
        ..Dates::NONE
    },
    ..Language::NONE
};
