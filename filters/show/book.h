/* book.h - where ntag-show writes: a page with its overview before the articles, a folder with a page and its parts, a
 * folder with a file for each record.
 *
 * Each is a sink (run.h) together with a render function, which runs in the workers and packs what it made into frames;
 * the sink, in one thread and in order, unpacks them.
 */
#ifndef NTAG_BOOK_H
#define NTAG_BOOK_H

#include "run.h"

struct book {
	const struct form *form;
	struct look look;
	const char *dir;   /* NULL: standard output */
	struct span title; /* of the page */
	size_t per_part;   /* articles */
};

/* Have run write a book. False: there is no such book for the form (errno is not set). */
bool book_open(struct run *run, const struct book *b);
void book_free(struct run *run);

#endif
