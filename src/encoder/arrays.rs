//! Named arrays of numbers: the weights of a model, in the file of a model and in the `NumPy` archive that they come from.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::ModelError;

/// The numbers of an array, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numbers {
    /// Levels of a quantised table.
    Bytes(Vec<u8>),
    /// Weights.
    Floats(Vec<f32>),
}

/// An array.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Array {
    pub(super) shape: Vec<usize>,
    pub(super) numbers: Numbers,
}

impl Array {
    /// The bytes of the numbers, little-endian.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.numbers {
            Numbers::Bytes(bytes) => bytes.clone(),
            Numbers::Floats(floats) => floats.iter().flat_map(|x| x.to_le_bytes()).collect(),
        }
    }

    /// The array of these bytes; `None` if their number does not fit the shape.
    pub(super) fn of(kind: &str, shape: Vec<usize>, bytes: &[u8]) -> Option<Array> {
        let count = shape.iter().try_fold(1usize, |all, n| all.checked_mul(*n))?;
        let numbers = match kind {
            "u1" if bytes.len() == count => Numbers::Bytes(bytes.to_vec()),
            "f4" if bytes.len() == count.checked_mul(4)? => {
                let floats = bytes.as_chunks::<4>().0.iter();
                Numbers::Floats(floats.map(|x| f32::from_le_bytes(*x)).collect())
            }
            "f8" if bytes.len() == count.checked_mul(8)? => {
                let floats = bytes.as_chunks::<8>().0.iter();
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "weights are in single precision"
                )]
                let single = |x: &[u8; 8]| f64::from_le_bytes(*x) as f32;
                Numbers::Floats(floats.map(single).collect())
            }
            _ => return None,
        };
        Some(Array { shape, numbers })
    }

    /// The word for the type of the numbers.
    pub(super) fn kind(&self) -> &'static str {
        match self.numbers {
            Numbers::Bytes(_) => "u1",
            Numbers::Floats(_) => "f4",
        }
    }
}

/// Most bytes of an unpacked file: five times what any known model has.
const MOST_BYTES: u64 = 512 << 20;

/// A file of a zip archive, unpacked.
pub(super) fn unpacked(zip: &[u8], name: &str) -> Result<Vec<u8>, ModelError> {
    let damaged = |what: &dyn std::fmt::Display| ModelError::Damaged(format!("{name}: {what}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).map_err(|e| damaged(&e))?;
    let file = archive.by_name(name).map_err(|e| damaged(&e))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
    Ok(bytes)
}

/// The arrays of a `NumPy` archive by name; those of a type that is no weight are left out.
pub(super) fn of_npz(npz: &[u8]) -> Result<BTreeMap<String, Array>, ModelError> {
    let archive = zip::ZipArchive::new(Cursor::new(npz));
    let archive = archive.map_err(|e| ModelError::Damaged(format!("weights: {e}")))?;
    let names: Vec<String> = archive.file_names().flatten().map(String::from).collect();
    let mut arrays = BTreeMap::new();
    for file in names {
        let bytes = unpacked(npz, &file)?;
        let name = file.strip_suffix(".npy").unwrap_or(&file);
        let (kind, shape, content) =
            npy(&bytes).ok_or_else(|| ModelError::Damaged(format!("{file}: no array in rows")))?;
        if let Some(array) = Array::of(&kind, shape, content) {
            arrays.insert(name.to_owned(), array);
        }
    }
    Ok(arrays)
}

/// Type, shape and content of an array in the NPY format, versions 1 and 2; `None` if it is none, or lies column by column.
fn npy(bytes: &[u8]) -> Option<(String, Vec<usize>, &[u8])> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (version, rest) = rest.split_at_checked(2)?;
    let (length, rest) = if version[0] == 1 {
        let (length, rest) = rest.split_first_chunk::<2>()?;
        (usize::from(u16::from_le_bytes(*length)), rest)
    } else {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        (usize::try_from(u32::from_le_bytes(*length)).ok()?, rest)
    };
    let (head, content) = rest.split_at_checked(length)?;
    let head = std::str::from_utf8(head).ok()?;
    let after =
        |key: &str| head.split_once(&format!("'{key}':")).map(|(_, rest)| rest.trim_start());
    if !after("fortran_order")?.starts_with("False") {
        return None;
    }
    let kind = after("descr")?.strip_prefix('\'')?.split('\'').next()?;
    let shape = after("shape")?.strip_prefix('(')?.split(')').next()?;
    let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
    let shape: Option<Vec<usize>> = sizes.map(|size| size.parse().ok()).collect();
    Some((kind.trim_start_matches(['<', '|']).to_owned(), shape?, content))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// A zip archive of these files, packed.
    pub(in crate::encoder) fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// An array in the NPY format.
    pub(in crate::encoder) fn npy_of(kind: &str, shape: &str, content: &[u8]) -> Vec<u8> {
        let head = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n");
        let length = u16::try_from(head.len()).unwrap().to_le_bytes();
        [b"\x93NUMPY\x01\x00", &length[..], head.as_bytes(), content].concat()
    }

    #[test]
    fn arrays_are_read_with_their_shape() {
        let floats = [1.5f32, -2.0].iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
        let npz = zip(&[
            ("w.npy".into(), npy_of("<f4", "(2, 1)", &floats)),
            ("q.npy".into(), npy_of("|u1", "(3,)", &[1, 2, 3])),
            ("eps.npy".into(), npy_of("<f8", "()", &1e-3f64.to_le_bytes())),
            ("bits.npy".into(), npy_of("|i1", "(1,)", &[6])),
        ]);
        let arrays = of_npz(&npz).unwrap();
        assert_eq!(arrays.len(), 3, "what is no weight is left out");
        assert_eq!(arrays["w"].numbers, Numbers::Floats(vec![1.5, -2.0]));
        assert_eq!(arrays["w"].shape, [2, 1]);
        assert_eq!(arrays["q"].numbers, Numbers::Bytes(vec![1, 2, 3]));
        assert!(arrays["eps"].shape.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let fortran = String::from_utf8_lossy(&npy_of("<f4", "(1,)", &[0; 4]))
            .replace("False", "True ")
            .into_bytes();
        assert!(npy(&fortran).is_none());
        assert!(npy(b"no array").is_none());
        assert!(Array::of("f4", vec![3], &[0; 8]).is_none());
        assert!(of_npz(b"no archive").is_err());
        assert!(unpacked(&zip(&[]), "weights.npz").is_err());
    }
}
