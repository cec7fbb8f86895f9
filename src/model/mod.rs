//! The values that cross a stage border: plain data with public fields.
//!
//! A stage reads some of these and returns others; nothing in here computes more than a look-up or
//! a comparison. Two conventions hold everywhere:
//!
//! - **Indices.** Inside one analysis an article is named by its place in the
//!   [`Corpus`](crate::corpus::Corpus), a match or narrative by its place in the [`Analysis`] (`usize`); the
//!   stable `id` is written to files, never the place.
//! - **Offsets.** Spans are byte offsets into [`Article::text`], half-open, on character borders.

mod across;
mod analysis;
mod annotations;
mod article;
mod clock;
mod coverage;
mod credit;
mod edge;
mod feed_status;
mod fetched;
mod influence;
mod matched;
mod narrative;
mod outlet;
mod pair;
mod past;
mod published;
mod regions;
mod shares;
mod significance;
mod watchlist;
mod words;

pub use across::{Across, AlignedPair, AnchorKind, Mention, SharedAnchor};
pub use analysis::Analysis;
pub use annotations::{Annotations, Citation, CitationKind, Naming};
pub use article::{Article, CLOCK_ERROR_DAY, CLOCK_ERROR_MINUTE, CLOCK_ERROR_SECOND, Link};
pub use clock::{ClockEvidence, ClockSuspicion};
pub use coverage::{CoverageGap, Skipped};
pub use credit::Credit;
pub use edge::{Basis, Caveat, Chain, Diffusion, Edge, Evidence, Grade, Origin, UngradedEdge};
pub use feed_status::{FeedStatus, FetchStatus};
pub use fetched::{Fetched, Known, KnownItem, RawItem, RawPage, RequestLog, Validators};
pub use influence::{Influence, InfluenceEdge};
pub use matched::{
    Match, NamedRelations, Overlap, OverlapKind, Passage, PassageKind, Relation, Relations, Why,
};
pub(crate) use narrative::narrative_of;
pub use narrative::{ArticleRole, Narrative};
pub use outlet::{
    Agreement, Edition, ItemPaths, Outlet, PageRules, PollSet, Registry, Role, Source, SourceKind,
    Zone,
};
pub use pair::{LagQuantiles, LagSign, OutletPair, Synchrony, Verdict};
pub use past::{PastDay, PastItem, Period, Walked};
pub use published::{DateSource, Precision, Published};
pub use regions::{RegionMonth, RegionPair, Regions, Surge};
pub use shares::{PairOverlap, Share};
pub use significance::{
    CalendarUnit, Contrast, PairPeriod, PairStratum, Phrase, PhraseExample, Significance,
};
pub use watchlist::{Carrier, Claim, Spread, Stance, Tag, WatchedNarrative, Watchlist};
pub use words::UnknownWord;
pub(crate) use words::word_enum;
