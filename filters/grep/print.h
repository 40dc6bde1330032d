/* print.h - what was selected of a record, as lines in the manner of grep, packed into frames.
 *
 * Workers print in any order; what depends on the records before, of other files (counts, limits, separators), is
 * left to who reads the frames in order: files.h.
 */
#ifndef NTAG_GREP_PRINT_H
#define NTAG_GREP_PRINT_H

#include "grep.h"
#include "output.h"

enum print_mode {
	PRINT_TEXT,
	PRINT_SPANS,   /* -o --json */
	PRINT_RECORDS, /* in the form of the run */
	PRINT_COUNTS,  /* -c -l -L -q: nothing but how many */
};

struct print_how {
	enum print_mode mode;
	const struct grep *grep;
	const struct look *look;
	const struct form *form;
	bool with_name; /* -H; else only names that records bring along, unless no_name */
	bool no_name, line_number, zero, matched_only;
};

/* One selected document or unit. In front of its bytes: the input file, the name it goes by, the lines. */
struct print_frame {
	uint32_t file, name, lines; /* bytes of each */
	uint32_t n;                 /* selected in it */
	bool joined; /* its first line follows the last of the frame before: no separator */
};

/* "(standard input)" as grep has it. */
struct span print_file_name(const char *file);

void print_record(const struct print_how *how, struct record *r, struct buf *out);

/* A name and what ends it, in their colours: mark is ':' or '-', or a newline. */
void print_name(const struct print_how *how, struct span name, char mark, struct buf *out);

/* The line between groups that are not neighbours. */
void print_separator(const struct print_how *how, struct buf *out);

#endif
