//! From the pieces of sentences to their vectors: the network of the Universal Sentence Encoder, multilingual (Yang et
//! al., ACL 2020).
//!
//! Each piece has an embedding. Three branches, normalized together, look at windows of two, three and five pieces; embedding and
//! branches are joined, normalized and summed over the sentence, and four dense layers make the vector of it, of length 1.

use std::collections::BTreeMap;

use super::ModelError;
use super::arrays::{Array, Numbers};
use super::gemm::multiply;

/// Parts of the table of embeddings: piece `p` is row `p / 17` of part `p % 17`.
const PARTS: usize = 17;
/// Pieces of a branch's window, and how many of them stand before the piece at hand.
const WINDOWS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];

/// A matrix with `width` columns.
#[derive(Debug)]
struct Matrix {
    width: usize,
    numbers: Vec<f32>,
}

/// Scale and shift of a normalized row.
#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// One branch.
#[derive(Debug)]
struct Branch {
    window: usize,
    before: usize,
    layers: [(Matrix, Vec<f32>); 2],
}

/// The weights of a model.
#[derive(Debug)]
pub(super) struct Network {
    /// Levels of each part of the table, row by row.
    table: Vec<Vec<u8>>,
    /// Of each part: the least value, and the step between levels.
    steps: Vec<(f32, f32)>,
    width: usize,
    /// From an embedding to what the branches begin with, side by side.
    projection: Matrix,
    bias: Vec<f32>,
    projected: Norm,
    /// Numbers of a piece in one branch.
    own: usize,
    branches: Vec<Branch>,
    norm: Norm,
    joined: Matrix,
    joined_bias: Vec<f32>,
    /// d0, d1, p1, d2, p3, d3.
    dense: [Matrix; 6],
    epsilon: f32,
}

/// What a batch needs while it is computed.
#[derive(Default)]
struct Scratch {
    product: Vec<f32>,
    windows: Vec<f32>,
}

impl Network {
    /// Takes the weights of a model by their names.
    pub(super) fn new(arrays: &mut BTreeMap<String, Array>) -> Result<Network, ModelError> {
        let mut weights = Weights(arrays);
        let mut table = Vec::new();
        let mut width = 0;
        for part in 1..=PARTS {
            let (columns, levels) = weights.levels(&format!("q{part}"))?;
            width = columns;
            table.push(levels);
        }
        let (least, steps) = (weights.floats("lo")?, weights.floats("scale")?);
        let mut branches = Vec::new();
        let mut parts = Vec::new();
        let (mut bias, mut projected) = (Vec::new(), Norm { scale: Vec::new(), shift: Vec::new() });
        for (window, before) in WINDOWS {
            let layer = |weights: &mut Weights<'_>, n: usize| {
                let matrix = weights.matrix(&format!("w{n}_{window}"))?;
                Ok::<_, ModelError>((matrix, weights.floats(&format!("b{n}_{window}"))?))
            };
            parts.push(weights.matrix(&format!("proj{window}"))?);
            bias.extend(weights.floats(&format!("proj_b{window}"))?);
            let norm = weights.norm(&format!("{window}"))?;
            projected.scale.extend(norm.scale);
            projected.shift.extend(norm.shift);
            let layers = [layer(&mut weights, 1)?, layer(&mut weights, 2)?];
            branches.push(Branch { window, before, layers });
        }
        let network = Network {
            table,
            steps: least.into_iter().zip(steps).collect(),
            width,
            own: parts.first().map_or(0, |part| part.width),
            projection: Matrix::beside(&parts),
            bias,
            projected,
            branches,
            norm: weights.norm("")?,
            joined: weights.matrix("cnn_W")?,
            joined_bias: weights.floats("cnn_b")?,
            dense: [
                weights.matrix("d0")?,
                weights.matrix("d1")?,
                weights.matrix("p1")?,
                weights.matrix("d2")?,
                weights.matrix("p3")?,
                weights.matrix("d3")?,
            ],
            epsilon: weights.floats("eps")?.first().copied().unwrap_or_default(),
        };
        if network.fits() { Ok(network) } else { Err(ModelError::Damaged("shapes".into())) }
    }

    /// Whether all shapes fit together, so that nothing can go wrong later.
    fn fits(&self) -> bool {
        let matrix = |m: &Matrix, rows: usize, width: usize| {
            m.width == width && m.width > 0 && m.numbers.len() == rows * width
        };
        let norm = |n: &Norm, width: usize| n.scale.len() == width && n.shift.len() == width;
        let (own, beside) = (self.own, self.own * self.branches.len());
        let branch = |b: &Branch| {
            let layer = |(m, bias): &(Matrix, Vec<f32>)| {
                matrix(m, own * b.window, own) && bias.len() == own
            };
            b.layers.iter().all(layer)
        };
        let joined = self.width + beside;
        let out = self.joined.width;
        let [d0, d1, p1, d2, p3, d3] = &self.dense;
        let inner = d0.width;
        self.width > 0
            && matrix(&self.projection, self.width, beside)
            && self.bias.len() == beside
            && norm(&self.projected, beside)
            && self.steps.len() == PARTS
            && self.table.iter().all(|part| part.len() % self.width == 0)
            && self.branches.iter().all(branch)
            && norm(&self.norm, joined)
            && matrix(&self.joined, joined, out)
            && self.joined_bias.len() == out
            && matrix(d0, out, inner)
            && matrix(d1, inner, inner)
            && matrix(p1, out, inner)
            && matrix(d2, inner, d2.width)
            && matrix(p3, inner, d3.width)
            && matrix(d3, d2.width, d3.width)
    }

    /// Whether there is an embedding for each of so many pieces.
    pub(super) fn knows(&self, pieces: usize) -> bool {
        let rows = |part: usize| self.table[part].len() / self.width;
        pieces > 0 && (0..PARTS.min(pieces)).all(|part| rows(part) > (pieces - 1 - part) / PARTS)
    }

    /// Numbers of a vector.
    pub(super) fn size(&self) -> usize {
        self.dense[5].width
    }

    /// The vectors of sentences, given as their pieces, one after another; each has length 1. What a sentence gets does
    /// not depend on the others.
    pub(super) fn forward(&self, sentences: &[Vec<u32>]) -> Vec<f32> {
        let pieces: Vec<u32> = sentences.concat();
        let lengths: Vec<usize> = sentences.iter().map(Vec::len).collect();
        let embedded = self.embedded(&pieces);
        let mut scratch = Scratch::default();
        let mut beside = Vec::new();
        self.projection.apply(&embedded, &mut beside);
        for row in beside.chunks_mut(self.projection.width) {
            row.iter_mut().zip(&self.bias).for_each(|(x, bias)| *x += bias);
            self.projected.apply(row, self.epsilon);
        }
        let branch = |(n, branch): (usize, &Branch)| {
            let mut own = Vec::with_capacity(pieces.len() * self.own);
            for row in beside.chunks(self.projection.width) {
                own.extend_from_slice(&row[n * self.own..(n + 1) * self.own]);
            }
            branch.forward(own, self.own, &lengths, &mut scratch)
        };
        let branches: Vec<Vec<f32>> = self.branches.iter().enumerate().map(branch).collect();
        let sums = self.summed(&embedded, &branches, &lengths);
        let mut means = Vec::new();
        self.joined.apply(&sums, &mut means);
        for (row, length) in means.chunks_mut(self.joined.width).zip(&lengths) {
            // Each piece adds the bias once, and the sum was divided by the root of their number.
            let root = (*length as f64).sqrt();
            for (x, bias) in row.iter_mut().zip(&self.joined_bias) {
                *x += bias * single(root);
            }
        }
        self.dense(&means)
    }

    /// The embeddings of pieces, row by row.
    fn embedded(&self, pieces: &[u32]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(pieces.len() * self.width);
        for &piece in pieces {
            let (part, row) = (piece as usize % PARTS, piece as usize / PARTS);
            let (least, step) = self.steps[part];
            let levels = self.table[part].get(row * self.width..(row + 1) * self.width);
            let levels = levels.unwrap_or_default();
            rows.extend(levels.iter().map(|level| f32::from(*level) * step + least));
            rows.resize(rows.len() + self.width - levels.len(), 0.0);
        }
        rows
    }

    /// Embedding and branches of each piece joined and normalized, summed over each sentence and divided by the root
    /// of its length.
    fn summed(&self, embedded: &[f32], branches: &[Vec<f32>], lengths: &[usize]) -> Vec<f32> {
        let joined = self.norm.scale.len();
        let mut sums = Vec::with_capacity(joined * lengths.len());
        let mut at = 0;
        let mut row = Vec::with_capacity(joined);
        for &length in lengths {
            let mut sum = vec![0.0f32; joined];
            for piece in at..at + length {
                row.clear();
                row.extend(&embedded[piece * self.width..(piece + 1) * self.width]);
                for values in branches {
                    row.extend(&values[piece * self.own..(piece + 1) * self.own]);
                }
                self.norm.apply(&mut row, self.epsilon);
                sum.iter_mut().zip(&row).for_each(|(sum, x)| *sum += x);
            }
            at += length;
            let root = single((length.max(1) as f64).sqrt());
            sums.extend(sum.into_iter().map(|x| x / root));
        }
        sums
    }

    /// The dense layers, and vectors of length 1.
    fn dense(&self, means: &[f32]) -> Vec<f32> {
        let [d0, d1, p1, d2, p3, d3] = &self.dense;
        let (mut y0, mut y1, mut y2, mut z) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut skipped = Vec::new();
        d0.apply(means, &mut y0);
        relu(&mut y0);
        p1.apply(means, &mut y1);
        d1.apply(&y0, &mut skipped);
        y1.iter_mut().zip(&skipped).for_each(|(x, skip)| *x = (*x + skip).max(0.0));
        d2.apply(&y1, &mut y2);
        relu(&mut y2);
        p3.apply(&y1, &mut z);
        d3.apply(&y2, &mut skipped);
        z.iter_mut().zip(&skipped).for_each(|(x, skip)| *x = (*x + skip).tanh());
        for row in z.chunks_mut(d3.width) {
            let length = row.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt();
            if length > 0.0 {
                for x in row {
                    *x = single(f64::from(*x) / length);
                }
            }
        }
        z
    }
}

impl Branch {
    /// The values of the branch for each piece, given those that it begins with, `own` numbers a piece.
    fn forward(
        &self,
        mut values: Vec<f32>,
        own: usize,
        lengths: &[usize],
        scratch: &mut Scratch,
    ) -> Vec<f32> {
        for (matrix, bias) in &self.layers {
            self.windows(&values, own, lengths, &mut scratch.windows);
            matrix.apply(&scratch.windows, &mut scratch.product);
            for (row, product) in values.chunks_mut(own).zip(scratch.product.chunks(own)) {
                for ((x, product), bias) in row.iter_mut().zip(product).zip(bias) {
                    *x += (product + bias).max(0.0);
                }
            }
        }
        values
    }

    /// Puts the rows of each piece's window beside each other; outside of the sentence they are zero.
    fn windows(&self, values: &[f32], own: usize, lengths: &[usize], windows: &mut Vec<f32>) {
        windows.clear();
        windows.reserve(values.len() * self.window);
        let mut first = 0;
        for &length in lengths {
            for at in first..first + length {
                for n in 0..self.window {
                    let row = (at + n).checked_sub(self.before);
                    match row.filter(|row| (first..first + length).contains(row)) {
                        Some(row) => windows.extend(&values[row * own..(row + 1) * own]),
                        None => windows.resize(windows.len() + own, 0.0),
                    }
                }
            }
            first += length;
        }
    }
}

impl Matrix {
    /// Matrices with equally many rows, side by side.
    fn beside(parts: &[Matrix]) -> Matrix {
        let rows = parts.iter().map(|part| part.numbers.len() / part.width.max(1)).min();
        let row = |n: usize| {
            parts.iter().flat_map(move |m| &m.numbers[n * m.width..(n + 1) * m.width]).copied()
        };
        Matrix {
            width: parts.iter().map(|part| part.width).sum(),
            numbers: (0..rows.unwrap_or(0)).flat_map(row).collect(),
        }
    }

    /// Sets `out` to the rows times the matrix.
    fn apply(&self, rows: &[f32], out: &mut Vec<f32>) {
        multiply(rows, &self.numbers, self.numbers.len() / self.width, self.width, out);
    }
}

impl Norm {
    /// Brings a row to mean 0 and variance 1, then to the scale and shift of each column.
    fn apply(&self, row: &mut [f32], epsilon: f32) {
        let count = row.len().max(1) as f32;
        let mean = sum(row, |x| x) / count;
        for x in row.iter_mut() {
            *x -= mean;
        }
        let variance = sum(row, |x| x * x) / count;
        let inverse = 1.0 / (variance + epsilon).sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
            *x = *x * inverse * scale + shift;
        }
    }
}

/// The sum over a row, in eight parts that a CPU can add at a time.
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut sums = [0.0f32; 8];
    for eight in eights {
        for (sum, x) in sums.iter_mut().zip(eight) {
            *sum += of(*x);
        }
    }
    sums.into_iter().sum::<f32>() + rest.iter().map(|x| of(*x)).sum::<f32>()
}

/// Puts zero in the place of what is below.
fn relu(values: &mut [f32]) {
    for x in values {
        *x = x.max(0.0);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the network computes in single precision")]
fn single(x: f64) -> f32 {
    x as f32
}

/// The arrays of a model, taken by name.
struct Weights<'a>(&'a mut BTreeMap<String, Array>);

impl Weights<'_> {
    fn take(&mut self, name: &str) -> Result<Array, ModelError> {
        self.0.remove(name).ok_or_else(|| ModelError::Damaged(format!("no array {name}")))
    }

    fn floats(&mut self, name: &str) -> Result<Vec<f32>, ModelError> {
        match self.take(name)?.numbers {
            Numbers::Floats(floats) => Ok(floats),
            Numbers::Bytes(_) => Err(ModelError::Damaged(format!("{name} holds no weights"))),
        }
    }

    fn matrix(&mut self, name: &str) -> Result<Matrix, ModelError> {
        let width = self.0.get(name).and_then(|array| array.shape.get(1)).copied().unwrap_or(0);
        Ok(Matrix { width, numbers: self.floats(name)? })
    }

    fn norm(&mut self, suffix: &str) -> Result<Norm, ModelError> {
        let scale = self.floats(&format!("ln_g{suffix}"))?;
        Ok(Norm { scale, shift: self.floats(&format!("ln_b{suffix}"))? })
    }

    /// The width and the levels of a part of the table.
    fn levels(&mut self, name: &str) -> Result<(usize, Vec<u8>), ModelError> {
        let Array { shape, numbers } = self.take(name)?;
        match (numbers, shape.as_slice()) {
            (Numbers::Bytes(levels), &[_, width]) => Ok((width, levels)),
            _ => Err(ModelError::Damaged(format!("{name} holds no levels"))),
        }
    }
}
