/* date.h - ntag-date: times in text as TIMEX3.
 *
 * The plot (date.c): words.c knows the vocabulary, lex.c makes lexemes, match.c finds patterns, direct.c looks
 * for tense, resolve.c gives values, timex.c writes them. Knowledge is in data/, a row a fact.
 */
#ifndef NTAG_DATE_DATE_H
#define NTAG_DATE_DATE_H

#include "filter.h"

extern const struct filter filter_date;

#endif
