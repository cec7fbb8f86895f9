//! Arithmetic of spans: byte ranges of one text.
//!
//! A list of spans is *in order* if it is sorted by start and no two of them overlap; [`union`] makes
//! such a list of any. All lengths are bytes.

use std::ops::Range;

/// Returns the length that both spans hold.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether `inner` lies wholly in `outer`.
pub fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether `spans`, in any order, hold together more than `share` (0 to 1) of `of`. Nothing covers an empty span.
pub fn covers_more_than(spans: &[Range<usize>], of: &Range<usize>, share: f64) -> bool {
    let inside = spans.iter().filter(|span| overlap(span, of) > 0);
    let inside = inside.map(|span| span.start.max(of.start)..span.end.min(of.end)).collect();
    let held: usize = union(inside).iter().map(Range::len).sum();
    !of.is_empty() && held as f64 > share * of.len() as f64
}

/// Returns those of `spans`, in order, that share a byte with `of`. Two binary searches.
pub fn touching<'s>(spans: &'s [Range<usize>], of: &Range<usize>) -> &'s [Range<usize>] {
    let from = spans.partition_point(|span| span.end <= of.start);
    let to = spans.partition_point(|span| span.start < of.end);
    spans.get(from..to).unwrap_or_default()
}

/// Returns the bytes of all `spans` as a list in order; spans that overlap or adjoin become one.
pub fn union(spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    union_across(spans, Range::is_empty)
}

/// Like [`union`], and two spans also become one if `joins` holds for the gap between them.
pub fn union_across(
    mut spans: Vec<Range<usize>>,
    joins: impl Fn(&Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end || joins(&(last.end..span.start)) => {
                last.end = last.end.max(span.end);
            }
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_spans() {
        assert_eq!(overlap(&(0..4), &(2..9)), 2);
        assert_eq!(overlap(&(0..2), &(2..9)), 0);
        assert!(contains(&(0..4), &(0..4)) && !contains(&(0..4), &(1..5)));
    }

    #[test]
    fn a_span_is_covered_by_several() {
        let spans = [0..2, 3..5, 9..12];
        assert_eq!(touching(&spans, &(2..9)), &spans[1..2]);
        assert!(covers_more_than(&spans, &(1..10), 0.4) && !covers_more_than(&spans, &(1..9), 0.4));
        assert!(!covers_more_than(&[0..3, 1..4], &(0..8), 0.5), "no byte counts twice");
        assert!(!covers_more_than(&spans, &(4..4), 0.0));
    }

    #[test]
    fn spans_become_one_where_they_meet() {
        assert_eq!(union(vec![5..7, 0..2, 2..3]), [0..3, 5..7]);
        assert_eq!(union_across(vec![0..2, 4..5, 9..9], |gap| gap.len() == 2), [0..5, 9..9]);
    }

    proptest! {
        #[test]
        fn a_union_holds_the_same_bytes(parts in prop::collection::vec((0usize..40, 0usize..9), 0..9)) {
            let spans: Vec<_> = parts.iter().map(|(start, length)| *start..start + length).collect();
            let joined = union(spans.clone());
            for at in 0..60 {
                let held = |spans: &[Range<usize>]| spans.iter().any(|span| span.contains(&at));
                prop_assert_eq!(held(&joined), held(&spans));
            }
            prop_assert!(joined.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
