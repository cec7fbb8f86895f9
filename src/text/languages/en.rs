//! English.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Noon};
use super::Offset::{Europe, Fixed, UnitedStates, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const EN: Language = Language {
    code: "en",
    name: "English",
    stemmer: Some(Algorithm::English),
    grammar: "the of and to that is was for with has by from its said which have",
    abbreviations: "mr mrs ms dr prof gen lt col sgt sen rep gov st no vs jr sr inc",
    dates: Dates {
        months: &[
            ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("jun", 6), ("jul", 7), ("aug", 8),
            ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
        ],
        not_months: "mark market markets martin maria main mail made decide set settings march's out general gender generation \
            temp list listen arab magazine august's second",
        inside: "of th st nd rd",
        half_days: &[
            ("am", Morning), ("a m", Morning), ("in the morning", Morning), ("pm", Afternoon),
            ("p m", Afternoon), ("in the afternoon", Afternoon), ("in the evening", Afternoon),
            ("noon", Noon),
        ],
        hours: "hrs hours",
        zones: &[
            ("bst", Fixed(60)), ("est", Fixed(-300)), ("cdt", Fixed(-300)), ("edt", Fixed(-240)),
            ("et", UnitedStates(-300)), ("ct", UnitedStates(-360)), ("mst", Fixed(-420)),
            ("pdt", Fixed(-420)), ("mdt", Fixed(-360)), ("mt", UnitedStates(-420)), ("pst", Fixed(-480)),
            ("akdt", Fixed(-480)), ("pt", UnitedStates(-480)), ("akst", Fixed(-540)), ("hst", Fixed(-600)),
            ("adt", Fixed(-180)), ("ndt", Fixed(-150)), ("awst", Fixed(480)), ("acst", Fixed(570)),
            ("aest", Fixed(600)), ("acdt", Fixed(630)), ("aedt", Fixed(660)), ("nzst", Fixed(720)),
            ("nzdt", Fixed(780)), ("idt", Fixed(180)),
        ],
        zone_names: &[
            ("moscow time", Fixed(180)), ("minsk time", Fixed(180)), ("turkey time", Fixed(180)),
            ("istanbul time", Fixed(180)), ("doha time", Fixed(180)), ("makkah time", Fixed(180)),
            ("mecca time", Fixed(180)), ("beijing time", Fixed(480)), ("china time", Fixed(480)),
            ("china standard time", Fixed(480)), ("hong kong time", Fixed(480)),
            ("singapore time", Fixed(480)), ("greenwich mean time", Fixed(0)),
            ("universal time", Fixed(0)), ("london time", Europe(0)), ("uk time", Europe(0)),
            ("british time", Europe(0)), ("british summer time", Fixed(60)), ("paris time", Europe(60)),
            ("berlin time", Europe(60)), ("brussels time", Europe(60)), ("rome time", Europe(60)),
            ("madrid time", Europe(60)), ("central european time", Europe(60)),
            ("central european summer time", Fixed(120)), ("kyiv time", Europe(120)),
            ("kiev time", Europe(120)), ("athens time", Europe(120)), ("dubai time", Fixed(240)),
            ("abu dhabi time", Fixed(240)), ("tehran time", Fixed(210)),
            ("india standard time", Fixed(330)), ("indian standard time", Fixed(330)),
            ("india time", Fixed(330)), ("pakistan standard time", Fixed(300)),
            ("pakistan time", Fixed(300)), ("hanoi time", Fixed(420)), ("bangkok time", Fixed(420)),
            ("tokyo time", Fixed(540)), ("japan time", Fixed(540)), ("japan standard time", Fixed(540)),
            ("seoul time", Fixed(540)), ("korea time", Fixed(540)), ("korean time", Fixed(540)),
            ("korea standard time", Fixed(540)), ("eastern time", UnitedStates(-300)),
            ("us eastern", UnitedStates(-300)), ("new york time", UnitedStates(-300)),
            ("washington time", UnitedStates(-300)), ("eastern standard time", Fixed(-300)),
            ("eastern daylight time", Fixed(-240)), ("caracas time", Fixed(-240)),
            ("central time", UnitedStates(-360)), ("mountain time", UnitedStates(-420)),
            ("pacific time", UnitedStates(-480)), ("brasilia time", Fixed(-180)), ("local time", Unknown),
        ],
        time: "time",
        updated: &["updated", "update", "modified", "revised", "last change*"],
        publication: &["publi*", "posted", "issued", "released", "created"],
        published: &["published", "posted on", "date posted", "publication date", "release date"],
        other_days: &["valid", "expires", "deadline", "last modified", "last changed"],
        labels: &[
            "last updated", "last modified", "updated:", "updated at", "updated on", "published:",
            "published on", "published at", "posted:", "posted on", "posted at", "posted by", "created:",
            "first published",
        ],
    },
    page: Page {
        buttons: "share tweet print email e-mail mail send save like pin post comment comments reply views reads text size \
            font small medium large copied copy link bookmark listen close menu search subscribe login \
            register advertisement by on via this page article story to a friend",
        ownership: &["all rights reserved"],
        notices: &[
            "personal data", "privacy policy", "privacy settings", "consent", "third-party", "third party",
            "advertising partners", "terms of use",
        ],
        boxes: &[
            "also on rt.com", "read full article at rt.com", "read more", "read also", "also read",
            "see also", "read next", "read the full", "related:", "related articles", "related stories",
            "related news", "related story", "more on this", "more on:", "recommended:",
            "recommended for you", "you may also like", "don't miss", "watch:", "watch also", "click here",
            "like this story? share", "think your friends would be interested", "you can share this story",
            "share this", "share on", "follow us on", "follow rt on", "follow cgtn", "subscribe to",
            "sign up for", "sign up to", "if you like this story", "if you want to contribute",
            "download our app", "advertisement", "story continues below", "continue reading",
            "click to share", "print this", "email this",
        ],
        error_titles: &[
            "404 not found", "404 error", "404 page", "error 404", "page not found", "not found",
            "page cannot be found", "page doesn't exist", "page does not exist", "sorry, the page",
            "this page is not available", "content unavailable",
        ],
        bylines: &["by ", "by: ", "author: "],
        author_labels: &["text:"],
        ..Page::NONE
    },
    turns: Turns {
        interviews: &["interview with", "interview to", "interview for", "told"],
        authoring: &["could not independently", "could not immediately", "could not verify", "could not confirm", "couldn't independently", "was unable to independently", "was unable to verify", "was unable to confirm", "was not able to independently", "was not able to verify", "has not independently", "has not been able to", "has been unable to", "is unable to verify", "is not able to verify", "could not be reached", "did not immediately", "witness", "witnesses", "journalists at the scene", "journalists on the scene", "journalists saw"],
        before: &[
            "according to", "as per", "told", "tells", "telling", "reported by", "quoted by", "cited by",
            "citing", "cites", "cited", "quoting", "quoted", "quotes", "referring to", "published by",
            "published in", "published on", "released by", "carried by", "obtained by", "seen by",
            "reviewed by", "viewed by", "reported in", "reported on", "aired by", "aired on",
            "broadcast by", "broadcast on", "shown on", "interview with", "interview to", "interview for",
            "interviewed by", "speaking to", "speaking with", "spoke to", "spoke with", "speaking on",
            "talking to", "comment to", "comments to", "comment for", "remarks to", "remarks on",
            "confirmed to", "said to", "statement to", "wrote in", "wrote for", "writing in",
            "writing for", "article in", "article by", "article for", "op-ed in", "op-ed for",
            "editorial in", "editorial by", "report by", "report from", "report in", "report on",
            "reports by", "reports from", "reports in", "dispatch from", "commentary in", "column in",
            "column for", "data from", "calculations by", "provided to", "given to", "sent to",
            "shared with", "shared by", "as saying by", "tally by", "poll by", "told the", "informed",
            "per", "asked by", "broken by", "investigation by", "analysis by", "words to", "words by", "message to", "messages to", "in a message to", "letter to", "email to", "translation in", "translation by", "statement sent to", "in an email to", "as told to", "reply to", "described by"],
        after: &[
            "reported", "reports", "reporting", "said", "says", "wrote", "writes", "claimed", "claims",
            "quoted", "quotes", "quoting", "cited", "cites", "citing", "noted", "notes", "added",
            "learned", "revealed", "stated", "published", "carried", "broadcast", "aired", "showed",
            "confirmed", "argued", "argues", "commented", "asked", "interviewed", "is reporting",
            "was reporting", "was told", "say", "write", "suggest", "suggests", "suggested", "posted",
            "shared", "released", "made clear", "spoke to", "spoke with", "report said", "report says",
            "has learned", "understands", "warned", "warns", "has obtained", "has seen", "has reviewed",
        ],
        fillers: "the a an news agency agencies wire service daily newspaper paper tabloid broadcaster outlet outlets channel \
            television tv radio media network website site portal state state-run state-owned \
            state-controlled state-backed state-funded government-run official semi-official russian russia \
            china chinese british american french german qatari russia's china's moscow's beijing's \
            domestic international correspondent correspondents reporter reporters journalist journalists \
            editorial report article commentary story earlier also previously later has had have then then- \
            separately on monday tuesday wednesday thursday friday saturday sunday local both sources \
            partner sister in late early exclusively today yesterday first",
        credits: &[
            "source:", "source(s):", "sources:", "credit:", "text:", "originally published by",
            "originally published on", "originally published in", "originally appeared in",
            "originally appeared on", "first published by", "first published on", "first published in",
            "first appeared in", "first appeared on", "republished from", "reprinted from",
            "reposted from", "with input from", "with inputs from", "with agency inputs from",
            "with additional reporting by", "with reporting by", "courtesy of", "produced by",
            "provided by", "syndicated from", "with files from", "with material from", "with",
        ],
        credits_in_brackets: "with",
        credits_on_own_line: &["produced by", "provided by"],
        contributed: &["contributed to this"],
        by_name: "by by:",
        conjunctions: "and or",
        citing: &["citing", "quoting"],
        of_itself: &[
            "it", "its", "it's", "they", "their", "that it", "that its", "in a statement", "a loss",
            "losses", "revenue", "a profit", "an outage", "a cyberattack", "a cyber", "the ban",
            "the decision", "would",
        ],
        object_clause: &[
            "would", "was", "is", "will", "were", "are", "must", "should", "could", "'s ban",
        ],
        belongings: "editor editors editor-in-chief chief head director owner spokesperson spokesman spokeswoman lawyer lawyers \
            ceo headquarters office offices founder staff staffer employee employees license licence ban \
            ownership coverage role audience budget funding reporting photographer propaganda bias",
        owned_works: "report reports reporter editorial correspondent sources data calculations interview article telegram \
            website channel tally question questions",
        products: &[
            "published by", "published in", "published on", "carried by", "aired by", "aired on",
            "broadcast by", "broadcast on", "shown on", "report by", "report from", "reports by",
            "reports from", "article by", "interview with", "shared by", "column for", "produced by",
            "seen by", "wrote for", "informed",
        ],
        banning: "ban block remov delet restrict sanction label suspend censor fine prohibit debunk demonetiz complain false \
            disinformation misinformation propaganda cancel",
        published: "publi appear print",
        first: "origin initial first",
        picture: "photo image picture getty file",
        own_reporting: &["told", "tells", "telling", "told the", "interview with", "interview to", "interview for", "interviewed by", "speaking to", "speaking with", "spoke to", "spoke with", "talking to", "comment to", "comments to", "remarks to", "confirmed to", "said to", "statement to", "obtained by", "seen by", "reviewed by", "viewed by", "provided to", "given to", "sent to", "shared with"],
        with_agencies: &["with agencies", "agencies", "news agencies", "with wires", "wire reports", "and agencies", "with agency reports", "agency report", "from agencies"],
        media: "agency news press wire wires times post daily herald tribune courier journal gazette telegraph observer tv radio broadcasting media service report today chronicle mail standard globe star sun mirror sentinel",
        no_media: "NATO EU UN US USA UK UAE USSR CIA FBI NSA WHO IMF OPEC OSCE IAEA WTO ICC ICJ GDP CEO CFO COVID AI IT HIV DNA TV PM AM GMT UTC CET MSK UNSC UNESCO UNICEF ASEAN BRICS SCO CPC DPRK PRC ECB FED SEC DOJ DOD MP MPS LGBT NGO NGOS GPS PDF URL FAQ END UPDATE READ ALSO ISIS IS ISIL IDF PLO PKK OK II III IV VI VII",
        ..Turns::NONE
    },
    classes: Classes {
        reports: &[
            Stems {
                stems: "report claim note add learn reveal confirm comment warn suggest insist point disclose explain stress \
                    maintain allege recount speculate observ estimat stat cit quot argu describ conclud",
                endings: "- s ed e es ing d",
            },
            Stems {
                stems: "say says said write writes wrote tell tells told find found understands understood ran runs carries carried \
                    published publishes broadcast aired airs obtained called calls put puts saw witnessed \
                    posted posts attributed reckons reckoned",
                endings: "-",
            },
        ],
        tells: &[
            Stems {
                stems: "spoke speak speaking speaks talked admitted complained recalled promised",
                endings: "-",
            },
        ],
        witnesses: &[
            Stems {
                stems: "saw heard watched witnessed counted visited sees hears",
                endings: "-",
            },
        ],
        done: &[
            Stems {
                stems: "document analyz analys examin gather count film record quot cit publish releas carri obtain review view \
                    broadcast air interview relay seen shown shar collect compil confirm conduct verifi \
                    translat consult report",
                endings: "- ed d ied",
            },
        ],
        statements: "interview interviews conversation comment comments remark remarks statement statements talk chat briefing \
            answer answers reply email shared provided given sent leaked spoke speak speaks spoken talked",
        to: "to with for",
        by: "by on",
        of: "of from with for by in at on the",
        people: "witness witnesses videojournalist stringer reporter reporters correspondent correspondents journalist journalists team crew source sources photographer photographers cameraman producer",
        works: "report reports editorial editorials investigation analysis dispatch article commentary op ed piece tally \
            count poll survey story documentary review calculations service",
        according: "according per citing",
        parts: "editor editors chief head director owner spokesperson spokesman spokeswoman lawyer lawyers ceo founder \
            staff employee employees president chairman",
        wants: "den ask demand requir fear hope want promis agree decid propos",
        outlet_words: "the an s news newspaper agency agencies wire service daily paper tabloid broadcaster outlet outlets channel \
            channels television tv radio media network website site portal state run owned controlled \
            backed funded language based official semi party communist ruling both",
        outlet_stems: "russi chines china british britis americ french german qatar kremlin moscow beijing",
        adverbs: "on monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later also previously \
            first exclusively separately then meanwhile however has had have late early again already \
            recently now last week month night morning evening weekend quickly",
        prepositions: "on in at from during after before of near outside with over under by",
        blocks: "was were is are be been being will would did does do not never must should could can may might that which \
            who whose where if because",
        openers: "as and but while so that how what words",
        including: "including among like",
        need_clause: "notes noted",
        clauses: "that how",
        articles: "the a an",
        citing: "cit quot",
        ..Classes::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "argu declar vow urg believ promis stress caution emphasis emphasiz tweet announc acknowledg alleg complain \
                    admit insist lament reiterat assert contend maintain predict propos pledg conced recall \
                    remark repli respond not claim warn reveal explain suggest disclos describ accus \
                    criticis criticiz condemn hail prais quip joke wonder assur threaten tweet signal \
                    acknowledg stat writ",
                endings: "e es ed ing s d",
            },
            Stems {
                stems: "told tells tell wrote writes written writing states stated argues think thinks thought feels felt sees held \
                    ruled finds found concluded concludes decided heard admits admitted admitting insists \
                    insisted insisting points pointed pointing made means meant swore swears sworn asks \
                    asked added adds adding replied replies noted notes noting posted posts quoted putting \
                    answers answered confessed promised promises knows knew view opinion",
                endings: "-",
            },
        ],
        bare: "said says saying believes thinks insists insisted stated argues",
        mute: "little nothing much so no yes anything something more less goodbye farewell hello prayers mass grace and \
            or but about",
        that: "that",
        as_words: "as",
        phrases: &[
            "according to", "in the words of", "in the view of", "the view of", "in the opinion of",
            "the opinion of", "in the eyes of", "in his words", "in her words", "in their words",
            "in his view", "in her view", "in their view", "in a statement", "as saying",
            "by the account of", "by his account", "by her account", "as told by", "in remarks to",
            "told reporters", "told journalists", "is quoted", "was quoted", "quoted by", "in a post on",
            "on his telegram channel", "on her telegram channel", "court heard", "court was told",
            "it is alleged that", "is of the opinion", "so said", "he said", "she said", "they said",
            "is convinced that", "was convinced that", "are convinced that", "is sure that", "was sure that",
        ],
        texts: "letter statement message text words speech post reads follows declaration appeal verbatim full quote remarks address",
        ..Speech::NONE
    },
    ..Language::NONE
};
