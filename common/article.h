/* article.h - header lines of raw news text: where one document ends and the next begins. Never copies a byte.
 *
 * A header is "date 2021-12-04 The headline": a valid day and a headline that does not start in lower case, up
 * to the end of the line (LF, CR LF or a lone CR). Blanks and byte order marks before it belong to it.
 *
 *  - At the start of a line it counts if a blank is before "date", a blank line is before or behind it, the text
 *    starts or ends there, or the next line is a header too.
 *  - Glued behind other text (files without a final newline, run through cat) it needs a headline, a blank line, the
 *    end or another header behind it, and before it a sentence end, a closing quotation mark or a capitalised word;
 *    without a blank before "date", a sentence end or closing quotation mark.
 *  - A byte order mark among the blanks before it is the start of a file, and so of a line.
 *
 * A headline whose first word has a capital inside ("iPhone sales fall") does not start in lower case.
 * The rule is RECORD's; the cases that shaped it are the table of tests/unit/test_article.c.
 *
 * The scan is incremental and linear: text may grow between two calls, and no byte is searched twice, however
 * small the pieces are. What a decision may depend on is bounded by the constants below, so that pieces and
 * memory limits never change a result. Bytes need not be valid UTF-8.
 */
#ifndef NTAG_ARTICLE_H
#define NTAG_ARTICLE_H

#include <stddef.h>

#include "span.h"

enum {
	ARTICLE_BACK = 1024,      /* bytes before "date" that are looked at */
	ARTICLE_HEADLINE = 65536, /* longest headline; a longer line is text */
	ARTICLE_AHEAD = 1024,     /* bytes behind the headline's line that are looked at */
};

/* A header; all positions are bytes of the text it was found in. */
struct article_head {
	size_t at;   /* its first byte: the blanks before "date" */
	size_t word; /* the d of "date" */
	size_t day;  /* of the ten bytes YYYY-MM-DD */
	size_t title, title_end;
	size_t end; /* behind the headline, before the line end */
};

/* What was seen of the text so far. Begin with article_begin(). */
struct article_scan {
	size_t at;                /* no header begins ("date") before it, but in pending */
	bool origin;              /* byte 0 of the text is the start of the stream */
	bool pending;             /* a candidate waits for the bytes behind it */
	struct article_head head; /* the candidate; title not yet known */
	bool likely;              /* it is one whatever follows its line */
	bool glued;
	size_t lf, cr;           /* next LF and CR at or behind the last line asked about */
	size_t lf_seen, cr_seen; /* where the search for them goes on */
	bool impossible;         /* set when a header was text only for its day; */
	size_t impossible_at;    /* the first such day. The caller clears the flag */
};

/* Start anew at byte from of the text; origin: byte 0 is the start of a stream. */
void article_begin(struct article_scan *s, size_t from, bool origin);

/* The next header of text, which must be the text of the last call, grown at its end or not. final: nothing will
 * follow. Returns true with *h filled; the scan goes on behind it. False: none so far. */
bool article_next(struct article_scan *s, struct span text, bool final, struct article_head *h);

/* The caller has dropped the first n bytes of the text; n is at most article_clear() - ARTICLE_BACK, or the place
 * of the header just found. */
void article_shift(struct article_scan *s, size_t n);

/* No header of which "date" stands before this byte will be found any more. */
size_t article_clear(const struct article_scan *s);

/* The header that a whole document starts with, if any. Blanks, blank lines and byte order marks may come
 * before it; what follows its line does not matter. */
bool article_first(struct span text, struct article_head *h, bool *impossible);

/* True if s is white space (Unicode's) and byte order marks alone. */
bool article_blank(struct span s);

#endif
