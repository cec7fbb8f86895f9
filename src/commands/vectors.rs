//! Vectors of a corpus: from the archive, and by the model where they are missing there.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Context;
use crate::archive::Archive;
use crate::corpus::{Corpus, Sentence, Vectors, comparable, opening, sentence_at};
use crate::encoder::{self, Encoder, Model, ModelInfo};
use crate::ids::stable_id;
use crate::model::Article;
use crate::similarity::ACROSS_WINDOW;

/// Articles whose sentences are encoded at a time: their vectors in full precision take some 40 MB.
const AT_ONCE: usize = 2_000;

/// Ending of a model's file.
pub(super) const ENDING: &str = "fimi";

/// The models of a folder, sorted by name; none if there is no folder.
pub(super) fn models(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
    paths.sort();
    paths
}

/// The first model of a folder, ready for use.
///
/// # Errors
///
/// Fails if it cannot be read.
pub(super) fn load(folder: &Path) -> anyhow::Result<Option<Encoder>> {
    let Some(path) = models(folder).into_iter().next() else { return Ok(None) };
    let named = || format!("{}: import it again with `fimi model import`", path.display());
    let bytes = std::fs::read(&path).with_context(named)?;
    let model = Model::from_bytes(&bytes).with_context(named)?;
    Ok(Some(Encoder::new(model).with_context(named)?))
}

/// The articles that a model has something to say of: those with a text in another language within reach.
fn wanted(corpus: &Corpus) -> Vec<usize> {
    let is = comparable(corpus, &encoder::LANGUAGES, ACROSS_WINDOW);
    (0..corpus.len()).filter(|article| is[*article]).collect()
}

/// What is missing without a model.
pub(super) const NO_MODEL: &str = "no sentence model: texts in different languages were compared by names, numbers and places alone, so \
     translations are not told from events and short or nameless texts are missed; see `fimi model import`";

/// Whether a model would have something to say of a corpus.
pub(super) fn would_help(corpus: &Corpus) -> bool {
    !wanted(corpus).is_empty()
}

/// Adds vectors to a corpus in more than one language, if there is a model; returns it with what the model says of itself.
/// What the archive does not hold is computed, and stored there if it can be.
///
/// # Errors
///
/// Fails if the model cannot be read.
pub(super) fn add(
    context: &Context,
    corpus: Corpus,
    archive: Option<&mut Archive>,
) -> anyhow::Result<(Corpus, Option<ModelInfo>)> {
    let wanted = wanted(&corpus);
    let Some(encoder) = (if wanted.is_empty() { None } else { load(&context.folders.models)? })
    else {
        return Ok((corpus, None));
    };
    let info = encoder.info.clone();
    let mut vectors = Vectors { model: info.id.clone(), of: vec![Vec::new(); corpus.len()] };
    let mut store = Store { archive, model: &info.id, context };
    for articles in wanted.chunks(AT_ONCE) {
        let openings: Vec<Opening> =
            articles.iter().map(|a| Opening::of(&corpus.articles()[*a])).collect();
        let known = store.get(&openings);
        let missing: Vec<usize> = (0..openings.len())
            .filter(|n| known[*n].as_ref().is_none_or(|v| !openings[*n].fits(v, encoder.size())))
            .collect();
        let sentences: Vec<&str> =
            missing.iter().flat_map(|n| openings[*n].sentences.iter().copied()).collect();
        let mut computed = encoder.encode(&sentences).into_iter().map(|v| encoder.kept(&v));
        let mut known: Vec<Cow<'_, [u8]>> =
            known.into_iter().map(|v| Cow::Owned(v.unwrap_or_default())).collect();
        for n in &missing {
            let count = openings[*n].sentences.len();
            let bytes: Vec<i8> = computed.by_ref().take(count).flatten().collect();
            known[*n] = Cow::Owned(bytes.into_iter().map(i8::cast_unsigned).collect());
        }
        store.put(missing.iter().map(|n| (openings[*n].name.as_str(), known[*n].as_ref())));
        for ((article, opening), bytes) in articles.iter().zip(openings).zip(known) {
            vectors.of[*article] = opening.with(&bytes, encoder.size());
        }
    }
    Ok((corpus.with_vectors(vectors), Some(info)))
}

/// The sentences that stand for an article.
struct Opening<'a> {
    /// Hash of the sentences.
    name: String,
    places: Vec<Option<Range<usize>>>,
    sentences: Vec<&'a str>,
}

impl<'a> Opening<'a> {
    fn of(article: &'a Article) -> Opening<'a> {
        let places = opening(article);
        let sentences: Vec<&str> =
            places.iter().map(|place| sentence_at(article, place.as_ref())).collect();
        Opening { name: stable_id(&sentences), places, sentences }
    }

    /// Whether these are as many vectors as there are sentences.
    fn fits(&self, vectors: &[u8], size: usize) -> bool {
        vectors.len() == self.sentences.len() * size
    }

    /// The sentences with their vectors.
    fn with(self, bytes: &[u8], size: usize) -> Vec<Sentence> {
        let vectors = bytes.chunks(size.max(1));
        let sentence = |(span, vector): (Option<Range<usize>>, &[u8])| Sentence {
            span,
            vector: vector.iter().map(|byte| byte.cast_signed()).collect(),
        };
        self.places.into_iter().zip(vectors).map(sentence).collect()
    }
}

/// Where vectors are kept, if anywhere; what goes wrong there only costs time.
struct Store<'s> {
    archive: Option<&'s mut Archive>,
    model: &'s str,
    context: &'s Context,
}

impl Store<'_> {
    fn get(&mut self, openings: &[Opening]) -> Vec<Option<Vec<u8>>> {
        let names: Vec<String> = openings.iter().map(|opening| opening.name.clone()).collect();
        let known = self.archive.as_ref().map(|archive| archive.vectors(self.model, &names));
        known.and_then(Result::ok).unwrap_or_else(|| vec![None; openings.len()])
    }

    fn put<'v>(&mut self, found: impl Iterator<Item = (&'v str, &'v [u8])>) {
        let Some(archive) = &mut self.archive else { return };
        if let Err(problem) = archive.save_vectors(self.model, found) {
            self.context.note(format!("{problem}: the next run computes the vectors again"));
        }
    }
}
