/* letter.c - {"file","line","stage","error","raw"} -> unit. */
#include "letter.h"

#include "article.h"
#include "ascii.h"
#include "json.h"

/* The value of a base64 digit, or -1. */
static int
digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static struct span
base64(struct span s, struct arena *a)
{
	char *out = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < s.n && digit(s.p[i]) >= 0; i++) {
		bits = bits << 6 | (unsigned)digit(s.p[i]);
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		out[n++] = (char)(bits >> held & 0xFF);
	}
	return (struct span){ out, n };
}

static struct span
body(struct span raw)
{
	return raw.n >= 2 && *raw.p == '"' ? span_cut(raw, 1, raw.n - 1) : (struct span){ NULL, 0 };
}

/* Does it begin like a JSON record? */
static bool
is_json(struct span raw)
{
	size_t i = 0;

	while (i < raw.n && ascii_space((unsigned char)raw.p[i]))
		i++;
	return i < raw.n && raw.p[i] == '{';
}

static void
make_unit(struct span raw, enum input_format format, struct unit *u)
{
	struct where at = u->where;
	struct article_head head;
	bool impossible = false;

	*u = (struct unit){ .kind = UNIT_JSON, .where = at, .raw = raw };
	if (format == FORMAT_JSONL || (format == FORMAT_AUTO && is_json(raw)))
		return;
	u->kind = UNIT_TEXT;
	u->body = raw;
	if (format == FORMAT_TEXT || !article_first(raw, &head, &impossible))
		return;
	u->date = span_cut(raw, head.day, head.day + 10);
	u->title = span_cut(raw, head.title, head.title_end);
	u->body = span_cut(raw, head.end, raw.n);
}

bool
letter_unit(struct span line, enum input_format format, struct arena *a, struct unit *u)
{
	struct json j = { line.p, line.p + line.n, NULL };
	struct span raw = { NULL, 0 };
	uint64_t n;

	*u = (struct unit){ .where = { .file = "-" } };
	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key, value;

		if (!json_key(&j, &key) || !json_value(&j, &value))
			return false;
		if (span_is(key, "file") && body(value).p != NULL)
			u->where.file = arena_cstr(a, json_unescape(body(value), a, NULL));
		else if (span_is(key, "line") && json_uint(value, SIZE_MAX, &n))
			u->where.line = (size_t)n;
		else if (span_is(key, "raw") && body(value).p != NULL)
			raw = json_unescape(body(value), a, NULL);
		else if (span_is(key, "raw64") && body(value).p != NULL)
			raw = base64(body(value), a);
	}
	if (j.what != NULL || raw.p == NULL)
		return false;
	make_unit(raw, format, u);
	return true;
}
