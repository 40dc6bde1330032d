/* sentence_mark.h - marks and blanks around a stop: what kind of character stands here.
 */
#ifndef NTAG_SENTENCE_MARK_H
#define NTAG_SENTENCE_MARK_H

#include <stdint.h>

#include "span.h"

enum mark {
	MARK_SPACE = 1, /* white space, no-break space too */
	MARK_OPEN = 2,  /* may open a quotation or a bracket */
	MARK_CLOSE = 4, /* may close one */
	MARK_QUOTE = 8, /* a quotation mark */
	MARK_BRACKET = 16,
	MARK_STOP = 32, /* . ? ! … and their full-width forms */
	MARK_WIDE = 64, /* a full-width stop: needs no blank behind it */
	MARK_DASH = 128,
	MARK_BULLET = 256,
	MARK_COMMA = 512, /* , ; : % : nothing begins with it */
	MARK_DIGIT = 1024,
	MARK_UPPER = 2048,
	MARK_LOWER = 4096,
	MARK_ASK = 8192,       /* ? and ！ family: with MARK_STOP */
	MARK_SLASH = 16384,    /* / and other joints of words */
	MARK_STRAIGHT = 32768, /* " and ': opens or closes */
};

/* Set of enum mark of the character at byte i (i < t.n); *len its bytes. */
unsigned sentence_mark(struct span t, size_t i, size_t *len);

/* The same of the character that ends at byte i (i > 0). */
unsigned sentence_mark_before(struct span t, size_t i, size_t *len);

/* Past white space from i, at most to end; and back from i, at least to start. */
size_t sentence_skip(struct span t, size_t i, size_t end);
size_t sentence_trim(struct span t, size_t i, size_t start);

#endif
