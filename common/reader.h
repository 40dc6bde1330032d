/* reader.h - bytes of any input -> units: JSON lines or raw documents. Never looks inside a record.
 *
 * Files, standard input, directories, lists of names; gzip by content; UTF-16 with BOM. RECORD.md "Raw text in"
 * and FAULTS A and B say what happens to each oddity.
 */
#ifndef NTAG_READER_H
#define NTAG_READER_H

#include <stdint.h>

#include "diag.h"
#include "span.h"

enum input_format { FORMAT_AUTO, FORMAT_NEWS, FORMAT_TEXT, FORMAT_JSONL };

struct input {
	char *const *file; /* operands, in order; none: standard input */
	size_t n_file;
	const char *files0_from; /* names separated by NUL (or newline when newline_names), or NULL */
	bool newline_names;
	enum input_format format;
	bool null_cut, doc_per_line; /* -0, --doc-per-line */
	const char *dct;	     /* date for headerless documents, "mtime", or NULL */
	size_t max_record;	     /* bytes */
};

enum unit_kind { UNIT_JSON, UNIT_TEXT };

/* One record-to-be. Bytes are valid until the next call of reader_next(). */
struct unit {
	enum unit_kind kind;
	struct where where; /* file: "-" for standard input; line: where it starts */
	struct span raw;    /* all its bytes: the JSON line, or the document with its header */
	struct span date, title, body; /* UNIT_TEXT; absent date: p == NULL */
};

struct reader;

/* Calls idle(ctx) before a read that would block (FAULTS B18); idle may be NULL. in, d and ctx must outlive the reader. */
struct reader *reader_new(const struct input *in, struct diag *d, void (*idle)(void *), void *ctx);

/* The next unit; false at the end of all input. Unreadable inputs and over-long records are said and
 * counted on d, and skipped. Counts files and bytes on d; never counts read records (the caller does). */
bool reader_next(struct reader *rd, struct unit *u);

/* Share of the input already read, 0..1, or -1 if its size is unknown: for progress. */
double reader_share(const struct reader *rd);

void reader_free(struct reader *rd);

#endif
