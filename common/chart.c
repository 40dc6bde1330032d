/* chart.c - bars and lines of blocks: U+2580 to U+258F, or ASCII. */
#include "chart.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"
#include "visible.h"

/* s as a terminal may see it, on one line. */
static void
put_visible(struct buf *out, struct span s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_space((unsigned char)s.p[i]))
			continue;
		visible_put(out, span_cut(s, from, i), false);
		buf_char(out, ' ');
		from = i + 1;
	}
	if (s.n > 0)
		visible_put(out, span_cut(s, from, s.n), false);
}

static unsigned
width_of(struct span s)
{
	unsigned n = 0;

	for (size_t i = 0, len; i < s.n; i += len)
		n += (unsigned)uni_width(utf8_next(span_cut(s, i, s.n), &len));
	return n;
}

unsigned
chart_width(struct span s)
{
	struct buf b = { 0 };
	unsigned n;

	put_visible(&b, s);
	n = width_of(buf_span(&b));
	buf_free(&b);
	return n;
}

/* Characters of s in at most n columns. */
static unsigned
put_head(struct buf *out, struct span s, unsigned n)
{
	unsigned col = 0;

	for (size_t i = 0, len; i < s.n; i += len) {
		unsigned w = (unsigned)uni_width(utf8_next(span_cut(s, i, s.n), &len));

		if (col + w > n)
			break;
		buf_put(out, span_cut(s, i, i + len));
		col += w;
	}
	return col;
}

void
chart_cell(struct buf *out, struct span s, unsigned n, bool ascii)
{
	struct buf b = { 0 };
	unsigned col;

	put_visible(&b, s);
	if (width_of(buf_span(&b)) <= n) {
		col = put_head(out, buf_span(&b), n);
	} else {
		col = put_head(out, buf_span(&b), n > 0 ? n - 1 : 0) + (n > 0);
		if (n > 0)
			buf_str(out, ascii ? "~" : "\xE2\x80\xA6");
	}
	for (; col < n; col++)
		buf_char(out, ' ');
	buf_free(&b);
}

/* U+2588 is a full block, U+2589 to U+258F are seven to one eighth from the left. */
static void
put_eighths(struct buf *out, unsigned eighths)
{
	char block[4] = "\xE2\x96\x88";

	block[2] = (char)(0x88 + (8 - eighths));
	buf_str(out, block);
}

void
chart_bar(struct buf *out, uint64_t v, uint64_t most, unsigned n, bool ascii)
{
	double share = most == 0 ? 0 : (double)v / (double)most;
	unsigned eighths = (unsigned)(share * n * 8 + 0.5);

	if (eighths == 0 && v > 0)
		eighths = 1;
	for (; eighths >= 8; eighths -= 8)
		buf_str(out, ascii ? "#" : "\xE2\x96\x88");
	if (eighths > 0 && ascii)
		buf_char(out, '#');
	else if (eighths > 0)
		put_eighths(out, eighths);
}

void
chart_spark(struct buf *out, const uint64_t *v, size_t n, bool ascii)
{
	static const char letters[] = " .:-=+*#%";
	char block[4] = "\xE2\x96\x81"; /* lower one eighth; U+2588 is eight */
	uint64_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = v[i] > most ? v[i] : most;
	for (size_t i = 0; i < n; i++) {
		unsigned step = most == 0 ? 0 : (unsigned)((double)v[i] / (double)most * 8 + 0.5);

		step = v[i] > 0 && step == 0 ? 1 : step;
		block[2] = (char)(0x80 + step);
		if (ascii)
			buf_char(out, letters[step]);
		else
			buf_str(out, step == 0 ? " " : block);
	}
}
