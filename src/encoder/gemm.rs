//! The product of two matrices: the one place where speed needs code that the compiler cannot check.
//!
//! A row of the product does not depend on the rows beside it, so that batches and threads change nothing.
#![expect(unsafe_code, reason = "`matrixmultiply` takes pointers; lengths are checked before")]

/// Sets `out` to `a · b`, where `a` has rows of `inner` numbers and `b` has `inner` rows of `width` numbers.
///
/// # Panics
///
/// If the lengths do not fit.
pub(crate) fn multiply(a: &[f32], b: &[f32], inner: usize, width: usize, out: &mut Vec<f32>) {
    let rows = a.len().checked_div(inner).unwrap_or(0);
    assert!(inner > 0 && width > 0 && a.len() == rows * inner && b.len() == inner * width);
    out.clear();
    out.resize(rows * width, 0.0);
    let stride = |n: usize| isize::try_from(n).unwrap_or(isize::MAX);
    // SAFETY: the lengths were checked above, each matrix lies row by row without gaps in its slice, and `out` is
    // borrowed alone.
    unsafe {
        matrixmultiply::sgemm(
            rows,
            inner,
            width,
            1.0,
            a.as_ptr(),
            stride(inner),
            1,
            b.as_ptr(),
            stride(width),
            1,
            0.0,
            out.as_mut_ptr(),
            stride(width),
            1,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_that_of_rows_and_columns() {
        let mut out = vec![9.0];
        multiply(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[1.0, 0.0, 0.0, 1.0, 1.0, 1.0], 3, 2, &mut out);
        assert_eq!(out, [4.0, 5.0, 10.0, 11.0]);
        multiply(&[], &[1.0], 1, 1, &mut out);
        assert!(out.is_empty());
    }

    #[test]
    #[should_panic(expected = "a.len()")]
    fn lengths_must_fit() {
        multiply(&[1.0; 3], &[1.0; 4], 2, 2, &mut Vec::new());
    }
}
