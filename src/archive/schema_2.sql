-- How far the text supports the language of an article, in percent; NULL where nobody asked.
ALTER TABLE articles ADD COLUMN language_confidence INTEGER;

DROP VIEW v_articles;
CREATE VIEW v_articles AS
  SELECT article, version, outlet, edition, language, language_confidence, url, title, text, byline,
         published, published_precision AS precision, published_source, published_raw,
         (SELECT min(first_seen) FROM articles o WHERE o.article = a.article) AS first_seen,
         raw_sha256, text_sha256, flags, links, citations, origin
  FROM articles a WHERE newest = 1;
