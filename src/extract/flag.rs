//! What a reader should know of how an article was read.

use crate::model::word_enum;

word_enum! {
    /// A remark on one article; its word stands in the `flags` column of `articles.csv`.
    pub enum Flag {
        /// The outlet's rule for the body and the page's general structure give different texts.
        BodiesDiffer = "bodies_differ",
        /// Some bytes were no characters of the page's encoding.
        CharsetErrors = "charset_errors",
        /// A consent notice stands where the article's body should be.
        Consent = "consent",
        /// The page states publication times that cannot all be right.
        DateConflict = "date_conflict",
        /// The publication day is one that stands somewhere on the page; it may be another thing's.
        DateGuessed = "date_guessed",
        /// The text is an announcement or a teaser, not the article's body.
        ExcerptOnly = "excerpt_only",
        /// The address is that of a site's front page.
        FrontPage = "front_page",
        /// A stated time lies in the future and was not believed.
        FutureDate = "future_date",
        /// The record came without a text; its headline stands for one.
        HeadlineOnly = "headline_only",
        /// Nobody declares a language and the text is too short or mixed to tell it.
        LanguageUnsure = "language_unsure",
        /// The publication time names no zone and was read as UTC.
        NoZone = "no_zone",
        /// A saved page names no address; the outlet was told by where its links lead.
        OutletGuessed = "outlet_guessed",
        /// What was fetched is no page: a picture, a document, a recording.
        NotHtml = "not_html",
        /// Readers have to pay for the article.
        Paywall = "paywall",
        /// The outlet's rule for the body found a scrap of a much longer text, which was taken instead.
        RuleTooShort = "rule_too_short",
        /// The page answers like an article and holds none: an error page or an empty template.
        Soft404 = "soft_404",
        /// A request to log in, or to allow scripts, stands in the article's place.
        Stub = "stub",
        /// The page nests too deep for a parser and was cut.
        TooComplex = "too_complex",
        /// The page is too long and was cut.
        Truncated = "truncated",
        /// The page states the time of a change and none of its publication.
        UpdatedOnly = "updated_only",
    }
}
