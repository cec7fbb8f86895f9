//! Hindi.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language, Speech, Stems, Turns};

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
    speech: Speech {
        verbs: &[
            Stems {
                stems: "कहा कहते कहती कहना बताया बताते लिखा लिखते माना मानना मानते दावा जोड़ा घोषणा आरोप चेतावनी जोर ज़ोर स्पष्ट \
                    बोले बोला कह",
                endings: "-",
            },
        ],
        that: "कि",
        as_words: "जैसा",
        phrases: &[
            "के अनुसार", "के मुताबिक", "के मुताबिक़", "के हवाले से", "के शब्दों में", "की राय में",
            "की नजर में", "के विचार में", "का कहना है", "का मानना है",
        ],
        texts: "पत्र बयान संदेश भाषण",
        ..Speech::NONE
    },
    turns: Turns {
        after: &["के अनुसार", "के मुताबिक", "के हवाले से", "से कहा", "को बताया", "से बातचीत में", "ने बताया", "ने कहा", "ने लिखा", "की रिपोर्ट", "ने रिपोर्ट", "की ख़बर", "की खबर", "ने खबर"],
        fillers: "समाचार एजेंसी अख़बार चैनल",
        credits: &["स्रोत:"],
        conjunctions: "और",
        ..Turns::NONE
    },
    ..Language::NONE
};
