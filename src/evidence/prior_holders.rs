//! Who held a passage first: the "no third earlier holder" of grade E3.
//!
//! For one receiving article the earlier articles are visited in the order of their time. Each
//! passage is looked up among those seen before; an article whose stretches all lie within those of
//! one seen earlier adds nothing and is not kept, so that hundreds of copies of one text stay linear.

use std::ops::Range;

use crate::text::span;

/// How the clock of a holder relates to the receiver. One that is timed, but too close to be called earlier, is no holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Earlier than the receiver by more than both clock errors.
    Earlier,
    /// Its time is known to the day or from the first sighting only, or its text was edited: it may
    /// be the first holder, and nobody can tell.
    Undated,
}

/// An earlier article that holds text of the receiver.
#[derive(Debug, Clone)]
struct Holder {
    article: usize,
    standing: Standing,
    /// Where in the receiver's text.
    spans: Vec<Range<usize>>,
}

/// What the articles seen so far say of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// Nobody earlier holds it.
    First,
    /// This article, earlier than the receiver, does.
    HeldBy(usize),
    /// An article without a usable time does.
    Unknown,
}

/// The holders of one receiver's passages, in the order of their time.
#[derive(Debug, Default)]
pub(super) struct PriorHolders {
    kept: Vec<Holder>,
}

impl PriorHolders {
    /// Who of those seen so far holds more than `share` of `span`.
    pub(super) fn claim(&self, span: &Range<usize>, share: f64) -> Claim {
        let holder = self.kept.iter().find(|h| span::covers_more_than(&h.spans, span, share));
        match holder {
            None => Claim::First,
            Some(h) if h.standing == Standing::Undated => Claim::Unknown,
            Some(h) => Claim::HeldBy(h.article),
        }
    }

    /// Adds the next article in the order of time.
    pub(super) fn add(&mut self, article: usize, standing: Standing, spans: Vec<Range<usize>>) {
        let adds = |h: &Holder| {
            h.standing != standing
                || !spans.iter().all(|s| h.spans.iter().any(|t| span::contains(t, s)))
        };
        if self.kept.iter().all(adds) {
            self.kept.push(Holder { article, standing, spans });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(span: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(span).collect()
    }

    fn check(seen: &[(usize, Standing, Range<usize>)], span: Range<usize>, expected: Claim) {
        let mut holders = PriorHolders::default();
        for (article, standing, span) in seen {
            holders.add(*article, *standing, one(span.clone()));
        }
        assert_eq!(holders.claim(&span, 0.5), expected);
    }

    #[test]
    fn the_first_of_several_holders_is_named() {
        use Standing::{Earlier, Undated};
        check(&[], 0..100, Claim::First);
        check(&[(3, Earlier, 0..100), (4, Earlier, 0..100)], 0..100, Claim::HeldBy(3));
        check(&[(3, Earlier, 0..50)], 0..100, Claim::First);
        check(&[(3, Earlier, 0..51)], 0..100, Claim::HeldBy(3));
        check(&[(3, Undated, 0..100), (4, Earlier, 0..100)], 0..100, Claim::Unknown);
        check(&[(3, Earlier, 0..40), (4, Earlier, 20..100)], 0..100, Claim::HeldBy(4));
    }

    #[test]
    fn hundreds_of_copies_keep_one_holder() {
        let mut holders = PriorHolders::default();
        for article in 0..300 {
            holders.add(article, Standing::Earlier, one(0..100));
        }
        assert_eq!(holders.kept.len(), 1);
    }
}
