/* sentence_colon.c - what a colon gives away where no stop stands: an address, a face, a time stamp, a credit.
 */
#include "sentence_cut.h"

#include "ascii.h"

enum {
	ADDRESS_MAX = 1024, /* bytes of an address; a longer one is not looked at */
	STAMP_MAX = 12,     /* of "08/17/2000 11" before the colon, at most */
};

static bool
is_digit(const struct cut *c, size_t i)
{
	return i < c->end && ascii_digit((unsigned char)c->text.p[i]);
}

static bool
is_space(const struct cut *c, size_t i)
{
	return i < c->end && ascii_space((unsigned char)c->text.p[i]);
}

static bool
is_upper(const struct cut *c, size_t i)
{
	return i < c->end && ascii_upper((unsigned char)c->text.p[i]);
}

/* Behind an address begins a sentence only with another address or a word of grammar: "www.x.org It is". */
static bool
begins_behind(const struct cut *c, size_t i)
{
	if (span_starts(span_cut(c->text, i, c->end), SPAN("http")))
		return true;
	return is_upper(c, i) && sentence_word(c->text, i, sentence_word_end(c, i)) & WORD_FUNCTION;
}

/* "http://x.org/a It is": go on behind the address, whose dots are no stops. */
static size_t
address(const struct cut *c, size_t at, struct colon *out)
{
	size_t end = at + 3;

	while (end < c->end && end - at < ADDRESS_MAX && !is_space(c, end))
		end++;
	if (is_space(c, end) &&
	    (ascii_alnum((unsigned char)c->text.p[end - 1]) || c->text.p[end - 1] == '/') &&
	    begins_behind(c, sentence_skip(c->text, end, c->end)))
		out->gap[out->n++] = (struct gap){ end, sentence_skip(c->text, end, c->end) };
	for (size_t i = end; i > at + 3; i--)
		if (ascii_alnum((unsigned char)c->text.p[i - 1]))
			return i; /* a full stop behind it is looked at like any other */
	return end;
}

/* "… I like it :-) Now we": a face ends a sentence before a capital. */
static size_t
face(const struct cut *c, size_t at, size_t n, struct colon *out)
{
	size_t end = at + n;

	if (at > c->start && is_space(c, at - 1) && is_space(c, end) && is_upper(c, end + 1))
		out->gap[out->n++] = (struct gap){ end, end + 1 };
	return end;
}

/* Where "08/17/2000 11" before the colon at byte at begins; at if it is something else. */
static size_t
stamp_start(const struct cut *c, size_t at)
{
	size_t i = at, slashes = 0, blanks = 0;
	bool ok = true;

	while (ok && i > c->start && at - i <= STAMP_MAX + 1) {
		char b = c->text.p[i - 1];

		slashes += b == '/';
		blanks += b == ' ';
		ok = blanks < 2 && (ascii_digit((unsigned char)b) || b == '/' || b == ' ');
		i -= ok;
	}
	i += is_space(c, i);
	return slashes == 2 && at - i >= 9 && at - i <= STAMP_MAX + 1 ? i : at;
}

/* Behind ":21 AM" or ":21:05 PM" at the colon; 0 if it is something else. */
static size_t
stamp_end(const struct cut *c, size_t at)
{
	size_t i = at;

	while (i < c->end && i - at <= 3 && c->text.p[i] == ':' && is_digit(c, i + 1) &&
	       is_digit(c, i + 2))
		i += 3;
	if (i == at || i + 2 >= c->end || c->text.p[i] != ' ' || c->text.p[i + 2] != 'M')
		return 0;
	return c->text.p[i + 1] == 'A' || c->text.p[i + 1] == 'P' ? i + 3 : 0;
}

/* "Ann Wood 08/17/2000 11:21 AM I spoke": the head of a mail quoted below another. */
static size_t
stamp(const struct cut *c, size_t at, struct colon *out)
{
	size_t start = stamp_start(c, at), end = stamp_end(c, at), len;

	if (start == at || end == 0)
		return at + 1;
	if (start > c->start + 1 &&
	    sentence_mark_before(c->text, start - 1, &len) & (MARK_LOWER | MARK_UPPER) &&
	    is_upper(c, sentence_word_before(c, start)))
		out->gap[out->n++] = (struct gap){ start, start };
	if (is_space(c, end) && is_upper(c, end + 1))
		out->gap[out->n++] = (struct gap){ end, end + 1 };
	return end;
}

/* "… at night Image: Anna Wood": the credit of a picture stands for itself. */
static size_t
credit(const struct cut *c, size_t at, struct colon *out)
{
	size_t i = at, len;

	while (i > c->start && at - i < WORD_LOOK && ascii_lower((unsigned char)c->text.p[i - 1]))
		i--;
	if (i < c->start + 2 || !is_upper(c, i - 1) || c->text.p[i - 2] != ' ')
		return at + 1;
	i--;
	if (sentence_word(c->text, i, at) & WORD_CREDIT &&
	    sentence_mark_before(c->text, i - 1, &len) &
		(MARK_LOWER | MARK_UPPER | MARK_DIGIT | MARK_CLOSE))
		out->gap[out->n++] = (struct gap){ i, i };
	return at + 1;
}

size_t
sentence_colon(const struct cut *c, size_t at, struct colon *out)
{
	size_t n = sentence_face(c, at);

	out->n = 0;
	if (span_starts(span_cut(c->text, at, c->end), SPAN("://")))
		return address(c, at, out);
	if (n > 0)
		return face(c, at, n, out);
	return is_digit(c, at + 1) ? stamp(c, at, out) : credit(c, at, out);
}
