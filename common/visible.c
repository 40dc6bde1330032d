/* visible.c - unsafe characters become escapes that can be read. */
#include "visible.h"

#include "utf8.h"

bool
visible_safe(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return false;
	if (cp < 0x2028)
		return true;
	return cp > 0x2069 || (cp > 0x202E && cp < 0x2066);
}

/* Bytes of s before the first unsafe character. */
static size_t
safe_length(struct span s)
{
	size_t i = 0, len;

	while (i < s.n && visible_safe(utf8_next(span_cut(s, i, s.n), &len)))
		i += len;
	return i;
}

void
visible_put(struct buf *out, struct span s, bool blanks)
{
	while (s.n > 0) {
		size_t safe = safe_length(s), len;
		uint32_t cp;

		buf_put(out, span_cut(s, 0, safe));
		s = span_cut(s, safe, s.n);
		if (s.n == 0)
			return;
		cp = utf8_next(s, &len);
		if (blanks && (cp == '\n' || cp == '\t'))
			buf_char(out, (char)cp);
		else
			buf_fmt(out, cp < 0x80 ? "\\x%02x" : "\\u%04x", cp);
		s = span_cut(s, len, s.n);
	}
}

void
visible_put_json(struct buf *out, struct span json)
{
	while (json.n > 0) {
		size_t safe = safe_length(json), len;
		uint32_t cp;

		buf_put(out, span_cut(json, 0, safe));
		json = span_cut(json, safe, json.n);
		if (json.n == 0)
			return;
		cp = utf8_next(json, &len);
		if (cp < 0x20)
			buf_char(out, (char)cp); /* white space of the grammar */
		else
			buf_fmt(out, "\\u%04x", cp);
		json = span_cut(json, len, json.n);
	}
}
