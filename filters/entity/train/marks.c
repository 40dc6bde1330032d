/* marks.c - marks out of an article of the corpus. */
#include "marks.h"

/* Copy s without its marks; false: a brace that is not closed. */
static bool
copy(struct span s, struct buf *text, struct marks *out, struct arena *a)
{
	size_t i = 0;

	while (i < s.n) {
		struct span mark;
		const char *bar, *next, *end;

		if (s.p[i] != '{') {
			buf_char(text, s.p[i++]);
			continue;
		}
		end = memchr(s.p + i, '}', s.n - i);
		bar = memchr(s.p + i, '|', s.n - i);
		if (end == NULL || bar == NULL || bar > end)
			return false;
		next = memchr(bar + 1, '|', (size_t)(end - bar - 1));
		mark = (struct span){ bar + 1, (size_t)((next == NULL ? end : next) - bar - 1) };
		VEC_PUSH(a, out,
		    (struct mark){
			text->n, text->n + mark.n, span_cut(s, i + 1, (size_t)(bar - s.p)) });
		buf_put(text, mark);
		i = (size_t)(end - s.p) + 1;
	}
	return true;
}

bool
marks_read(struct span article, struct buf *text, struct marks *out, struct arena *a)
{
	const char *blank = memmem(article.p, article.n, "\n\n", 2),
		   *title = memmem(article.p, article.n, "title: ", 7);
	struct span body;
	const char *nl;

	if (blank == NULL || title == NULL || title > blank)
		return false;
	nl = memchr(title, '\n', (size_t)(blank + 1 - title));
	body = span_cut(article, (size_t)(blank - article.p) + 2, article.n);
	while (body.n > 0 && body.p[body.n - 1] == '\n')
		body.n--;
	if (!copy((struct span){ title + 7, (size_t)(nl - title - 7) }, text, out, a))
		return false;
	buf_str(text, "\n\n");
	return copy(body, text, out, a);
}
