/* xml.c - the five characters that matter, and those that must not be there. */
#include "xml.h"

#include "utf8.h"
#include "visible.h"

/* What stands for c, or NULL for c itself. */
static const char *
reference(char c, unsigned flags)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r':
		return (flags & XML_PAGE) != 0 ? " " : "&#13;";
	case '"':
		return (flags & XML_ATTRIBUTE) != 0 ? "&quot;" : NULL;
	case '\t':
		return (flags & XML_ATTRIBUTE) != 0 ? "&#9;" : NULL;
	case '\n':
		return (flags & (XML_ATTRIBUTE | XML_ONE_LINE)) != 0 ? "&#10;" : NULL;
	default:
		return NULL;
	}
}

static bool
is_allowed(uint32_t cp)
{
	if (cp < 0x20)
		return cp == '\t' || cp == '\n' || cp == '\r';
	if (cp >= 0x7F && cp < 0xA0)
		return false;
	if (cp >= 0xFDD0 && cp <= 0xFDEF)
		return false; /* noncharacters: Unicode 15.0, section 23.7 */
	return (cp & 0xFFFE) != 0xFFFE;
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"';
}

static void
put_char(struct buf *out, struct span bytes, uint32_t cp, unsigned flags)
{
	const char *as = cp < 0x80 ? reference((char)cp, flags) : NULL;

	if (as != NULL)
		buf_str(out, as);
	else if (!is_allowed(cp))
		buf_str(out, "\xEF\xBF\xBD");
	else if ((flags & XML_PAGE) != 0 && cp >= 0x80 && !visible_safe(cp))
		visible_put(out, bytes, false);
	else
		buf_put(out, bytes);
}

void
xml_put(struct buf *out, struct span s, unsigned flags)
{
	for (size_t i = 0, len; i < s.n; i += len) {
		size_t plain = i;
		uint32_t cp;

		while (plain < s.n && is_plain((unsigned char)s.p[plain]))
			plain++;
		if (plain > i)
			buf_put(out, span_cut(s, i, plain));
		i = plain;
		if (i == s.n)
			return;
		cp = utf8_next(span_cut(s, i, s.n), &len);
		put_char(out, span_cut(s, i, i + len), cp, flags);
	}
}

void
xml_attribute(struct buf *out, const char *name, struct span value)
{
	if (value.n == 0)
		return;
	buf_char(out, ' ');
	buf_str(out, name);
	buf_str(out, "=\"");
	xml_put(out, value, XML_ATTRIBUTE);
	buf_char(out, '"');
}
