//! What is known of a language, field by field. The data are in the file of each language.
//!
//! A word of two lists stands in both: each list is read alone. A `str` holds several words, set apart by
//! blanks.

/// Turns of phrase, or beginnings of lines.
pub(crate) type Phrases = &'static [&'static str];

/// A part of the day that is named beside a clock time of twelve hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HalfDay {
    /// From midnight to noon.
    Morning,
    /// From noon to midnight.
    Afternoon,
    /// Round noon: 12 and the hours after it.
    Noon,
    /// Evening, or the hours after midnight.
    Night,
}

/// Offset of a time zone, in minutes east of Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offset {
    /// The same all the year.
    Fixed(i32),
    /// This one in winter, an hour more in summer by the rule of the United States.
    UnitedStates(i32),
    /// This one in winter, an hour more in summer by the rule of the European Union.
    Europe(i32),
    /// The name means several zones, or that of a place that is not named.
    Unknown,
}

/// Stems, and the endings that each of them takes, both set apart by blanks; `-` is the empty ending.
pub(crate) struct Stems {
    pub(crate) stems: &'static str,
    pub(crate) endings: &'static str,
}

impl Stems {
    /// All forms: each stem with each ending.
    pub(crate) fn forms(&self) -> impl Iterator<Item = String> {
        let endings = || self.endings.split_whitespace().map(|ending| ending.trim_matches('-'));
        let stems = self.stems.split_whitespace();
        stems.flat_map(move |stem| endings().map(move |ending| format!("{stem}{ending}")))
    }
}

/// Words of written times. All in lower case.
pub(crate) struct Dates {
    /// Beginnings of month names with the number of the month: a word names the month with whose beginning it
    /// starts, the longest of all languages wins.
    pub(crate) months: &'static [(&'static str, u32)],
    /// Words that begin like a month and are none.
    pub(crate) not_months: &'static str,
    /// Small words inside a date: "5 *de* mayo", "5*th*".
    pub(crate) inside: &'static str,
    /// Words for halves of the day; one before a clock time counts too.
    pub(crate) half_days: &'static [(&'static str, HalfDay)],
    /// Words for the hour behind a clock time.
    pub(crate) hours: &'static str,
    /// Abbreviations of time zones; those that mean several zones are unknown.
    pub(crate) zones: &'static [(&'static str, Offset)],
    /// Time zones in words. A city stands for the zone of its country.
    pub(crate) zone_names: &'static [(&'static str, Offset)],
    /// Words for "time" in the name of a zone.
    pub(crate) time: &'static str,
    /// Words after which a time is that of a change, not of the publication; `*` ends a beginning.
    pub(crate) updated: Phrases,
    /// Words after which a time is that of the publication; `*` ends a beginning.
    pub(crate) publication: Phrases,
    /// What stands before a publication day.
    pub(crate) published: Phrases,
    /// Parts of lines whose day is no publication's: validity, events, changes.
    pub(crate) other_days: Phrases,
    /// Beginnings of lines that state when a page was made.
    pub(crate) labels: Phrases,
}

impl Dates {
    /// Nothing known.
    pub(super) const NONE: Dates = Dates {
        months: &[],
        not_months: "",
        inside: "",
        half_days: &[],
        hours: "",
        zones: &[],
        zone_names: &[],
        time: "",
        updated: &[],
        publication: &[],
        published: &[],
        other_days: &[],
        labels: &[],
    };
}

/// Words of what surrounds an article on its page. All in lower case.
pub(crate) struct Page {
    /// Words of buttons and counters.
    pub(crate) buttons: &'static str,
    /// What only notices of ownership say.
    pub(crate) ownership: Phrases,
    /// Parts of the words of consent notices and privacy walls.
    pub(crate) notices: Phrases,
    /// Beginnings of lines that lead away from the article, or close it: "Read more", the editor in charge.
    pub(crate) boxes: Phrases,
    /// Headlines of error pages, or their beginnings.
    pub(crate) error_titles: Phrases,
    /// What stands before the name in a byline, with the space.
    pub(crate) bylines: Phrases,
    /// Labels of [`Turns::credits`] that name a writer.
    pub(crate) author_labels: Phrases,
}

impl Page {
    /// Nothing known.
    pub(super) const NONE: Page = Page {
        buttons: "",
        ownership: &[],
        notices: &[],
        boxes: &[],
        error_titles: &[],
        bylines: &[],
        author_labels: &[],
    };
}

/// Words of reported speech. Lower case. Verbs of saying are those of [`Classes::reports`], [`Classes::tells`] and
/// [`verbs`](Self::verbs) together.
pub(crate) struct Speech {
    /// Verbs of saying and holding of which a person is the subject rather than an outlet.
    pub(crate) verbs: &'static [Stems],
    /// Verbs after which a clause needs no conjunction: they attribute unless a word of [`mute`](Self::mute) follows.
    pub(crate) bare: &'static str,
    /// What follows a bare verb when nothing is reported ("said little"); in scripts without spaces, words that hold a
    /// verb of saying and are none.
    pub(crate) mute: &'static str,
    /// Conjunctions that open a clause of speech.
    pub(crate) that: &'static str,
    /// Before a verb of saying and its subject, in an insertion: "*as* the mayor wrote".
    pub(crate) as_words: &'static str,
    /// Attribute before an article or a capitalized word, but not after an article: "*laut* Polizei", "*segundo* o prefeito".
    pub(crate) prepositions: &'static str,
    /// Attribute wherever they stand: "according to", "in the words of".
    pub(crate) phrases: Phrases,
    /// In scripts without spaces, attribute before a comma, a colon or a quotation mark.
    pub(crate) before_clause: Phrases,
    /// Words for texts that are quoted in a paragraph of their own, and what announces them: "the *letter*, word for word:".
    pub(crate) texts: &'static str,
    /// In scripts without spaces, attribute with what stands between their halves: "用…的话".
    pub(crate) frames: &'static [(&'static str, &'static str)],
    /// The verb of saying stands at the end of its clause.
    pub(crate) verb_last: bool,
}

impl Speech {
    /// Nothing known.
    pub(super) const NONE: Speech = Speech {
        verbs: &[],
        bare: "",
        mute: "",
        that: "",
        as_words: "",
        prepositions: "",
        phrases: &[],
        before_clause: &[],
        texts: "",
        frames: &[],
        verb_last: false,
    };
}

/// Turns of phrase that touch an outlet's name and say that it is a source, or that it is not. Lower case.
pub(crate) struct Turns {
    /// Directly before the name: "according to", "told".
    pub(crate) before: Phrases,
    /// Directly after the name: "reported".
    pub(crate) after: Phrases,
    /// Words that may stand between a turn of phrase and the name, or between two names.
    pub(crate) fillers: &'static str,
    /// Before the name in a line of its own: "Source:".
    pub(crate) credits: Phrases,
    /// A credit only in brackets at the end: "(*with* AFP)".
    pub(crate) credits_in_brackets: &'static str,
    /// A credit only at the head of a line or sentence: "*Provided by* Xinhua".
    pub(crate) credits_on_own_line: Phrases,
    /// Anywhere in the sentence after the name, which makes it a credit: "contributed to this".
    pub(crate) contributed: Phrases,
    /// Turns of [`before`](Self::before) by which the outlet was told or has seen for itself: "told", "obtained by".
    pub(crate) own_reporting: Phrases,
    /// Directly after the name, what only the author of a text says of itself: "could not independently verify".
    pub(crate) authoring: Phrases,
    /// Before the name of a paper, in quotation marks, that somebody talked to: "in an interview with".
    pub(crate) interviews: Phrases,
    /// Names nobody and credits agencies: "with agencies".
    pub(crate) with_agencies: Phrases,
    /// Words of the names of news organisations: "agency", "times"; in scripts without spaces, their last characters.
    pub(crate) media: &'static str,
    /// Short names in capitals that are no news organisation: states, alliances, offices.
    pub(crate) no_media: &'static str,
    /// Before the name in a line of its own: "By".
    pub(crate) by_name: &'static str,
    /// Between two names that share what is said of them.
    pub(crate) conjunctions: &'static str,
    /// After a comma, where the outlet itself cites: "Reuters, *citing* three officials".
    pub(crate) citing: Phrases,
    /// What follows a verb when the outlet speaks of itself: "RT said *it would* appeal".
    pub(crate) of_itself: Phrases,
    /// What follows a name that is the object of a clause: "told RT *would* be banned".
    pub(crate) object_clause: Phrases,
    /// The outlet's people and parts, after its name: said of the outlet, not by it.
    pub(crate) belongings: &'static str,
    /// What a possessive is followed by when the outlet still is the source: "Xinhua's *report*".
    pub(crate) owned_works: &'static str,
    /// Turns of [`before`](Self::before) that name the outlet's product rather than its word: no source if the sentence
    /// is about banning or judging it.
    pub(crate) products: Phrases,
    /// Beginnings of words of such sentences.
    pub(crate) banning: &'static str,
    /// Beginnings of words: a text appeared...
    pub(crate) published: &'static str,
    /// ...first, elsewhere.
    pub(crate) first: &'static str,
    /// Words of a picture and its maker.
    pub(crate) picture: &'static str,
}

impl Turns {
    /// Nothing known.
    pub(super) const NONE: Turns = Turns {
        before: &[],
        after: &[],
        fillers: "",
        credits: &[],
        credits_in_brackets: "",
        credits_on_own_line: &[],
        contributed: &[],
        own_reporting: &[],
        authoring: &[],
        interviews: &[],
        with_agencies: &[],
        media: "",
        no_media: "",
        by_name: "",
        conjunctions: "",
        citing: &[],
        of_itself: &[],
        object_clause: &[],
        belongings: "",
        owned_works: "",
        products: &[],
        banning: "",
        published: "",
        first: "",
        picture: "",
    };
}

/// Classes of words in which the rules about the order of words in a clause are written. Lower case.
pub(crate) struct Classes {
    /// Verbs of reporting: an outlet as their subject is a source.
    pub(crate) reports: &'static [Stems],
    /// Verbs whose subject is a person that tells an outlet something, beyond [`reports`](Self::reports).
    pub(crate) tells: &'static [Stems],
    /// What an outlet's reporter does at the scene.
    pub(crate) witnesses: &'static [Stems],
    /// Participles before "by": what an outlet has done with a statement, a document, a picture.
    pub(crate) done: &'static [Stems],
    /// Nouns, and verbs of talking, for what is said to an outlet: before "with", "to", "for".
    pub(crate) statements: &'static str,
    /// Between such a noun, or a verb of saying, and the outlet.
    pub(crate) to: &'static str,
    /// Forms of outlet words, and articles, in the case of the one who is told.
    pub(crate) dative: &'static str,
    /// Before an outlet that a verb of saying follows: "*za* Sputnik rekla".
    pub(crate) told_by: &'static str,
    /// Case endings written behind a name and an apostrophe: of the one who is told...
    pub(crate) dative_endings: &'static str,
    /// ...and others.
    pub(crate) endings: &'static str,
    /// Between a participle and the outlet.
    pub(crate) by: &'static str,
    /// Between a noun and the outlet that it belongs to.
    pub(crate) of: &'static str,
    /// People whose word is the outlet's.
    pub(crate) people: &'static str,
    /// Works that speak for the outlet.
    pub(crate) works: &'static str,
    /// Prepositions that name a source.
    pub(crate) according: &'static str,
    /// People and things of an outlet that do not speak for it: what they do or say is about the outlet.
    pub(crate) parts: &'static str,
    /// Beginnings of verbs that ask, want or deny: a clause after them says nothing that is reported.
    pub(crate) wants: &'static str,
    /// Words inside the noun phrase of an outlet's name: articles, agency, wire, newspaper.
    pub(crate) outlet_words: &'static str,
    /// Beginnings of the adjectives that may stand in such a phrase: nations, and whose the outlet is.
    pub(crate) outlet_stems: &'static str,
    /// Words of time, manner and perfect tense that may stand between a name and its verb.
    pub(crate) adverbs: &'static str,
    /// Prepositions that open a phrase of place or occasion between a name and its verb.
    pub(crate) prepositions: &'static str,
    /// Words that end the search: another verb, a negation, another clause.
    pub(crate) blocks: &'static str,
    /// Openings of a clause after which an outlet's name is the subject, and before which a verb is.
    pub(crate) openers: &'static str,
    /// Words that open an example of the subject: "Russian media, *including* TASS, reported".
    pub(crate) including: &'static str,
    /// Verbs that count only if a clause or a quotation follows: their other sense is to celebrate, to state.
    pub(crate) need_clause: &'static str,
    /// What follows such a verb.
    pub(crate) clauses: &'static str,
    /// Before a participle or an infinitive that is the verb of its clause.
    pub(crate) auxiliaries: &'static str,
    /// Articles: after them a verb of reporting is a noun ("*the* report").
    pub(crate) articles: &'static str,
    /// Beginnings of words by which an outlet cites another.
    pub(crate) citing: &'static str,
}

impl Classes {
    /// Nothing known.
    pub(super) const NONE: Classes = Classes {
        reports: &[],
        tells: &[],
        witnesses: &[],
        done: &[],
        statements: "",
        to: "",
        dative: "",
        told_by: "",
        dative_endings: "",
        endings: "",
        by: "",
        of: "",
        people: "",
        works: "",
        according: "",
        parts: "",
        wants: "",
        outlet_words: "",
        outlet_stems: "",
        adverbs: "",
        prepositions: "",
        blocks: "",
        openers: "",
        including: "",
        need_clause: "",
        clauses: "",
        auxiliaries: "",
        articles: "",
        citing: "",
    };
}

/// Turns of phrase of a script without spaces, where no words can be told apart by their borders.
pub(crate) struct Unspaced {
    /// Directly before the name.
    pub(crate) before: Phrases,
    /// Directly after the name, and after [`fillers`](Self::fillers).
    pub(crate) after: Phrases,
    /// After the name: looks like one of [`after`](Self::after) and is not.
    pub(crate) not_after: Phrases,
    /// Between the name and what follows.
    pub(crate) fillers: Phrases,
    /// Between "according to" and the name: whose outlet it is.
    pub(crate) nations: Phrases,
    /// Ends of clauses.
    pub(crate) borders: &'static [char],
    /// Verbs of reporting that may stand further on in the clause of the name.
    pub(crate) reports: Phrases,
    /// What a person who talks to an outlet does.
    pub(crate) says: Phrases,
    /// What the outlet is or suffers; a verb of reporting after it is about something else.
    pub(crate) stops: Phrases,
    /// Directly before a name that is the object of the clause.
    pub(crate) object: &'static [char],
    /// Credits, before the name.
    pub(crate) credits: Phrases,
    /// Directly before the name of an outlet that was told.
    pub(crate) told: Phrases,
    /// Directly after the name: one of the outlet's people.
    pub(crate) reporter: Phrases,
    /// What an outlet calls itself: no other source.
    pub(crate) own: Phrases,
}

impl Unspaced {
    /// Nothing known.
    pub(super) const NONE: Unspaced = Unspaced {
        before: &[],
        after: &[],
        not_after: &[],
        fillers: &[],
        nations: &[],
        borders: &[],
        reports: &[],
        says: &[],
        stops: &[],
        object: &[],
        credits: &[],
        told: &[],
        reporter: &[],
        own: &[],
    };
}
