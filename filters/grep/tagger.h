/* tagger.h - adds layers that a record lacks, by the filters that give them. */
#ifndef NTAG_GREP_TAGGER_H
#define NTAG_GREP_TAGGER_H

#include "filter.h"

struct tagger;      /* the filters; a model is opened when it is first needed */
struct tagger_work; /* scratch of one worker */

/* all: ended by NULL, in the order in which they work on a record; NULL: none. */
struct tagger *tagger_new(const struct filter *const *all);
void tagger_free(struct tagger *t); /* accepts NULL */

struct tagger_work *tagger_work_new(void);
void tagger_work_free(struct tagger_work *w);

/* Have the record have that layer, with what its filter uses. False: it has none; said on w->diag. */
bool tagger_need(struct tagger *t, struct tagger_work *scratch, struct record *r, struct work *w,
    enum layer which);

#endif
