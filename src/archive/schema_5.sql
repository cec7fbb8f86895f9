-- Vectors of the sentences that stand for an article, as a sentence model gives them: one byte a number, one sentence
-- after another. `opening` is a hash of these sentences. They can be computed again at any time.
CREATE TABLE vectors (
  model   TEXT NOT NULL,
  opening TEXT NOT NULL,
  vectors BLOB NOT NULL,
  PRIMARY KEY (model, opening)
) WITHOUT ROWID;
