-- A walk through an outlet's past: the lists that were read for a period, so that a run that was stopped asks for none of
-- them twice, and what is known of each day.
CREATE TABLE walks (
  from_day  TEXT NOT NULL,              -- the period that was asked for
  until_day TEXT NOT NULL,
  source    TEXT NOT NULL,              -- the registry's address
  url       TEXT NOT NULL,              -- the document
  outlet    TEXT NOT NULL,
  at        TEXT NOT NULL,
  status    TEXT NOT NULL,
  message   TEXT NOT NULL,
  walked    TEXT NOT NULL REFERENCES bodies, -- what was read from it, as JSON
  PRIMARY KEY (from_day, until_day, source, url)
) STRICT;

CREATE TABLE past_days (
  outlet TEXT NOT NULL,
  day    TEXT NOT NULL,                 -- in the outlet's zone
  listed INTEGER NOT NULL,
  held   INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  gap    TEXT NOT NULL,                 -- why the day is a gap; empty if it was walked from end to end
  PRIMARY KEY (outlet, day)
) STRICT;
