-- Citations are found anew by each analysis; the column was always '[]'.
DROP VIEW v_articles;
ALTER TABLE articles DROP COLUMN citations;
CREATE VIEW v_articles AS
  SELECT article, version, outlet, edition, language, language_confidence, url, title, text, byline,
         published, published_precision AS precision, published_source, published_raw,
         (SELECT min(first_seen) FROM articles o WHERE o.article = a.article) AS first_seen,
         raw_sha256, text_sha256, flags, links, origin
  FROM articles a WHERE newest = 1;
