/* sentence_word.h - what the tables know about one word (data/{abbrev,starters,context}.tsv).
 */
#ifndef NTAG_SENTENCE_WORD_H
#define NTAG_SENTENCE_WORD_H

#include <stdint.h>

#include "span.h"

/* Classes of the tables, named as there; the head of each table says what they mean. */
enum word_class {
	WORD_TITLE = 1 << 1,
	WORD_SAINT = 1 << 2,
	WORD_REFER = 1 << 3,
	WORD_NUMBER = 1 << 4,
	WORD_SUFFIX = 1 << 5,
	WORD_MONTH = 1 << 6,
	WORD_TIME = 1 << 7,
	WORD_FIGURE = 1 << 8,
	WORD_FUNCTION = 1 << 9,
	WORD_LEARNED = 1 << 10,
	WORD_SPEECH = 1 << 11,
	WORD_ZONE = 1 << 12,
	WORD_BANG = 1 << 13,
	WORD_CREDIT = 1 << 14,
	WORD_CLOCK = 1 << 15,
	WORD_SUBJECT = 1 << 16,
	WORD_ABBREV = WORD_TITLE | WORD_SAINT | WORD_REFER | WORD_NUMBER | WORD_SUFFIX |
		      WORD_MONTH | WORD_TIME,
	WORD_STARTER = WORD_FUNCTION | WORD_LEARNED,
};

enum { WORD_LOOK = 16 }; /* bytes of the longest word in the tables */

/* Set of enum word_class of bytes [from, to) of text, in any case of ASCII letters (the first may matter) and
 * with either apostrophe; 0 if no table has it. */
unsigned sentence_word(struct span text, size_t from, size_t to);

#endif
