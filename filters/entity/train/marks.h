/* marks.h - an article of the project's corpus (tests/corpus): header lines, a blank line, text with {LABEL|words|value} marks. */
#ifndef NTAG_TRAIN_MARKS_H
#define NTAG_TRAIN_MARKS_H

#include "arena.h"
#include "buf.h"

/* One mark; bytes of the text without marks. */
struct mark {
	size_t start, end;
	struct span label; /* borrowed from the article */
};

struct marks {
	struct mark *at;
	size_t n, cap;
};

/* Take the marks out of an article: title, blank line, body are appended to *text. Memory of marks from a. False: no header, or a
 * mark that is not closed. */
bool marks_read(struct span article, struct buf *text, struct marks *out, struct arena *a);

#endif
