//! Ground floor: words, sentences, shingles, stop words, scripts. Knows no stage.
