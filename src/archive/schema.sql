-- Schema 1. Times are RFC 3339 in UTC; lists are JSON; `docs/operations.md` describes all of it.

CREATE TABLE bodies (
  sha256 TEXT PRIMARY KEY,              -- of the bytes before compression, hex
  bytes  INTEGER NOT NULL,              -- their number
  zstd   BLOB NOT NULL                  -- the bytes, one zstd frame
) STRICT;

CREATE TABLE sources (
  url           TEXT PRIMARY KEY,
  outlet        TEXT NOT NULL,
  edition       TEXT NOT NULL,
  kind          TEXT NOT NULL,
  etag          TEXT,                   -- validators, verbatim
  last_modified TEXT,
  not_before    TEXT,                   -- not to be asked before
  newest        TEXT                    -- newest publication time seen
) STRICT;

CREATE TABLE polls (
  poll         INTEGER PRIMARY KEY,
  outlet       TEXT NOT NULL,
  edition      TEXT NOT NULL,
  kind         TEXT NOT NULL,
  url          TEXT NOT NULL,
  status       TEXT NOT NULL,
  http         INTEGER,
  fetched_at   TEXT NOT NULL,
  items        INTEGER NOT NULL,
  new_items    INTEGER NOT NULL,
  pages        INTEGER NOT NULL,
  pages_failed INTEGER NOT NULL,
  newest       TEXT,
  message      TEXT NOT NULL,
  body         TEXT REFERENCES bodies   -- kept if it brought something new or could not be read
) STRICT;
CREATE INDEX polls_by_source ON polls (url, poll);
CREATE INDEX polls_by_outlet ON polls (outlet, fetched_at);

CREATE TABLE fetch_log (
  request INTEGER PRIMARY KEY,
  poll    INTEGER NOT NULL REFERENCES polls,
  url     TEXT NOT NULL,
  at      TEXT NOT NULL,
  status  TEXT NOT NULL,
  http    INTEGER,
  bytes   INTEGER NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX fetch_log_by_poll ON fetch_log (poll);

CREATE TABLE items (
  item        INTEGER PRIMARY KEY,
  outlet      TEXT NOT NULL,
  source      TEXT NOT NULL,            -- that announced it first
  fingerprint TEXT NOT NULL,            -- of the announcement; empty if the page is still wanted
  version     INTEGER NOT NULL          -- the newest
) STRICT;

CREATE TABLE item_keys (
  key  TEXT PRIMARY KEY,                -- outlet, U+001F, (edition, U+001F,) GUID or address
  item INTEGER NOT NULL REFERENCES items
) STRICT;
CREATE INDEX item_keys_by_item ON item_keys (item);

CREATE TABLE item_versions (
  item              INTEGER NOT NULL REFERENCES items,
  version           INTEGER NOT NULL,   -- 1, 2, ...
  edition           TEXT NOT NULL,
  source            TEXT NOT NULL,
  guid              TEXT,
  url               TEXT NOT NULL,
  title             TEXT,               -- all as announced
  summary           TEXT,
  content           TEXT,
  author            TEXT,
  published         TEXT,
  language          TEXT,
  first_seen        TEXT,
  page_url          TEXT,               -- after redirects
  page_content_type TEXT,
  page              TEXT REFERENCES bodies,
  read_by           TEXT,               -- extractor version that has read this version last
  PRIMARY KEY (item, version)
) STRICT;
CREATE INDEX item_versions_by_reader ON item_versions (read_by);

CREATE TABLE articles (
  article             TEXT NOT NULL,
  version             INTEGER NOT NULL, -- 1, 2, ...: observed edits
  newest              INTEGER NOT NULL, -- 1 for the newest version
  outlet              TEXT NOT NULL,
  edition             TEXT NOT NULL,
  language            TEXT NOT NULL,
  url                 TEXT NOT NULL,
  title               TEXT NOT NULL,
  text                TEXT NOT NULL,
  byline              TEXT NOT NULL,
  published           TEXT,
  published_raw       TEXT,
  published_date      TEXT,             -- calendar day in the outlet's zone
  published_precision TEXT,
  published_source    TEXT,
  first_seen          TEXT,             -- this version
  at_ms               INTEGER NOT NULL, -- min(published, first seen of the article), Unix ms
  links               TEXT NOT NULL,
  citations           TEXT NOT NULL,
  flags               TEXT NOT NULL,
  raw_sha256          TEXT NOT NULL,
  text_sha256         TEXT NOT NULL,
  raw_version         INTEGER NOT NULL, -- version of the item it was read from; 0 for a record
  extractor           TEXT NOT NULL,    -- that read it; empty for a record
  origin              TEXT NOT NULL,    -- 'fetch', or the imported file's name
  PRIMARY KEY (article, version)
) STRICT;
CREATE INDEX articles_by_time ON articles (newest, at_ms);

CREATE TABLE imports (
  import    INTEGER PRIMARY KEY,
  origin    TEXT NOT NULL,
  at        TEXT NOT NULL,
  new       INTEGER NOT NULL,
  versions  INTEGER NOT NULL,
  unchanged INTEGER NOT NULL
) STRICT;

CREATE VIEW v_articles AS
  SELECT article, version, outlet, edition, language, url, title, text, byline, published,
         published_precision AS precision, published_source, published_raw,
         (SELECT min(first_seen) FROM articles o WHERE o.article = a.article) AS first_seen,
         raw_sha256, text_sha256, flags, links, citations, origin
  FROM articles a WHERE newest = 1;

CREATE VIEW v_versions AS
  SELECT article, version, newest, outlet, url, title, text, published, first_seen, text_sha256,
         origin
  FROM articles;

CREATE VIEW v_feeds AS
  SELECT p.outlet, p.edition, p.kind, p.url, p.status, p.http, p.fetched_at, p.items, p.new_items,
         p.pages, p.pages_failed, p.newest, p.message, s.not_before
  FROM polls p LEFT JOIN sources s USING (url)
  WHERE p.poll = (SELECT max(poll) FROM polls l WHERE l.url = p.url AND l.outlet = p.outlet);

CREATE VIEW v_fetch_log AS
  SELECT f.request, p.outlet, p.edition, p.url AS source, f.url, f.at, f.status, f.http, f.bytes,
         f.message
  FROM fetch_log f JOIN polls p USING (poll);
