/* reader.h - bytes of any input -> units: JSON lines or raw documents. Never looks inside a record.
 *
 * Files, standard input, directories, lists of names (walk.h); gzip by content, UTF-16 and UTF-32 with a byte order
 * mark (source.h); headers of news (article.h). RECORD.md "Raw text in" and FAULTS A and B say what happens to each
 * oddity. Linear time, however small the reads are; memory is max_record plus about 200 KB, twice that
 * for a moment while it grows.
 *
 * FORMAT_AUTO decides once a stream, by its first byte that is no white space: '{' means JSON lines, also
 * with null_cut or doc_per_line; anything else is FORMAT_NEWS. FORMAT_TEXT knows no headers: a stream (or a line,
 * or what is between NULs) is one document. With null_cut and doc_per_line a header at the start of a document
 * is honoured, others are text.
 *
 * The last line or document of a broken input (truncated gzip, read error) is not handed out but said. A text file with
 * more than one NUL in its first 8 KiB (before the end of its first document) is binary: said and skipped.
 */
#ifndef NTAG_READER_H
#define NTAG_READER_H

#include <stdint.h>

#include "diag.h"
#include "source.h"
#include "span.h"

enum input_format { FORMAT_AUTO, FORMAT_NEWS, FORMAT_TEXT, FORMAT_JSONL };

struct input_units;

/* For runs that remember what they have read. Not asked about standard input. */
struct input_files {
	/* Before a file is opened. False: it is left out. *skip: so many of its units are not handed out. */
	bool (*want)(void *ctx, const char *name, uint64_t *skip);
	/* It was read (not: it could not be opened, or a read error came before its first unit: another run may have better
	 * luck). whole: to its end, without a fault. content: XXH3 (64 bits, seed 0) of its bytes, inflated
	 * and decoded. */
	void (*done)(void *ctx, const char *name, bool whole, uint64_t content);
	void *ctx;
};

struct input {
	char *const *file; /* operands, in order; none: standard input */
	size_t n_file;
	const char
	    *files0_from; /* names separated by NUL (or newline when newline_names), or NULL */
	bool newline_names;
	enum input_format format;
	bool letters; /* JSON lines that are dead letters: the units that they were (letter.h) */
	bool null_cut, doc_per_line; /* -0, --doc-per-line */
	const char *output; /* a file that the run writes: not read in a directory; or NULL */
	const char *dct;    /* date for headerless documents, "mtime", or NULL */
	size_t max_record;  /* bytes of a JSON line, or of a document with its header; 0: 64 MiB */
	const struct input_files *files; /* NULL: all are read, and nobody is told */
	const struct input_units *units; /* in place of all files; NULL: no */
};

enum unit_kind { UNIT_JSON, UNIT_TEXT };

struct unit;

/* Units from elsewhere than files, such as an index. */
struct input_units {
	bool (*next)(void *ctx, struct unit *u); /* as reader_next() */
	void *ctx;
};

/* One record-to-be. Bytes, and the name of the file, are valid until the next call of reader_next(). */
struct unit {
	enum unit_kind kind;
	struct where where; /* file: "-" for standard input; line: where it starts */
	struct span raw;    /* all its bytes: the JSON line, or the document with its header */
	/* UNIT_TEXT. Without a header title.p is NULL and date (then perhaps from dct, outside raw) may be. */
	struct span date, title, body;
	/* UNIT_JSON of struct input_units: a record made of raw text before; layers it is to do without. */
	size_t body_line;
	uint32_t body_at;
	unsigned without;
};

struct reader;

/* Calls idle(ctx) before a read that would block (FAULTS B18); idle may be NULL. in, d and ctx must outlive the reader. */
struct reader *reader_new(const struct input *in, struct diag *d, void (*idle)(void *), void *ctx);

/* The same, with bytes from feed in place of any file: for tests. */
struct reader *reader_new_feed(const struct input *in, struct source_feed feed, struct diag *d);

/* The next unit; false at the end of all input. Unreadable inputs and over-long records are said and
 * counted on d, and skipped; when d is strict an over-long record is the end. Counts files and bytes on d; counts no
 * records as read but over-long ones (the caller does). */
bool reader_next(struct reader *rd, struct unit *u);

/* The file being read (NULL: none) and how many of its units are behind, those that were skipped too. */
const char *reader_place(const struct reader *rd, uint64_t *units);

/* Share of the input already read, 0..1, or -1 if its size is unknown: for progress. */
double reader_share(const struct reader *rd);

void reader_free(struct reader *rd);

#endif
