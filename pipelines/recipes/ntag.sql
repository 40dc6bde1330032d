-- ntag.sql - tables of ntag-show in SQLite: docs.tsv and found.tsv of this folder become a database to ask.
--
--	ntag-show -t tsv --rows docs --columns id,source,line,date,title,text articles.jsonl >docs.tsv
--	ntag-show -t tsv articles.jsonl >found.tsv
--	sqlite3 news.db <ntag.sql
--
-- docs: an article a row. found: an annotation a row; ents, dates, quotes and summary are views of it. In TSV a tab, a newline, a
-- return and a backslash of the text are \t, \n, \r and \\: they are put back here.
.bail on
PRAGMA foreign_keys = off;
BEGIN;
CREATE TEMP TABLE docs_in (id, source, line, date, title, text);
CREATE TEMP TABLE found_in (source, line, id, date, start, "end", layer, label, text, value, name);
.mode ascii
.separator "\t" "\n"
.import docs.tsv docs_in
.import found.tsv found_in

CREATE TABLE IF NOT EXISTS docs (
	id TEXT PRIMARY KEY, source TEXT, line INTEGER, date TEXT, title TEXT, text TEXT);
CREATE TABLE IF NOT EXISTS found (
	id TEXT REFERENCES docs, start INTEGER, "end" INTEGER, layer TEXT, label TEXT, text TEXT, value TEXT, name TEXT,
	PRIMARY KEY (id, layer, start, "end", label, value, name)) WITHOUT ROWID;

-- The same article twice is one: what was there is replaced.
DELETE FROM found WHERE id IN (SELECT id FROM docs_in);
INSERT OR REPLACE INTO docs
	SELECT id, source, nullif(line, ''), nullif(date, ''),
		replace(replace(replace(replace(replace(title, '\\', char(1)), '\t', char(9)), '\n', char(10)), '\r', char(13)), char(1), '\'),
		replace(replace(replace(replace(replace(text, '\\', char(1)), '\t', char(9)), '\n', char(10)), '\r', char(13)), char(1), '\')
	FROM docs_in;
INSERT OR REPLACE INTO found
	SELECT id, CAST(start AS INTEGER), CAST("end" AS INTEGER), layer, label,
		replace(replace(replace(replace(replace(text, '\\', char(1)), '\t', char(9)), '\n', char(10)), '\r', char(13)), char(1), '\'),
		value,
		replace(replace(replace(replace(replace(name, '\\', char(1)), '\t', char(9)), '\n', char(10)), '\r', char(13)), char(1), '\')
	FROM found_in;

CREATE INDEX IF NOT EXISTS found_name ON found (layer, name);
CREATE INDEX IF NOT EXISTS found_value ON found (layer, value);
CREATE INDEX IF NOT EXISTS docs_date ON docs (date);
CREATE VIEW IF NOT EXISTS ents AS SELECT id, start, "end", label, text, name FROM found WHERE layer = 'ents';
CREATE VIEW IF NOT EXISTS dates AS SELECT id, start, "end", label AS type, text, value FROM found WHERE layer = 'dates';
CREATE VIEW IF NOT EXISTS quotes AS
	SELECT id, start, "end", label AS kind, text, value AS cue, name AS speaker FROM found WHERE layer = 'quotes';
CREATE VIEW IF NOT EXISTS summary AS SELECT id, start, "end", text FROM found WHERE layer = 'summary';
COMMIT;
