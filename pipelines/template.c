/* template.c - the path of an output: cut once, filled in for each record. */
#include "template.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "ascii.h"
#include "calendar.h"
#include "json.h"

/* ---- cutting ---- */

struct parser {
	struct template *t;
	struct at at;
	const char *run;
	struct faults *f;
	struct buf literal; /* text since the last member */
	bool ok;
};

static void
complain(struct parser *p, const char *what)
{
	fault_add(p->f, p->at, "output.file %s", what);
	p->ok = false;
}

static void
end_literal(struct parser *p)
{
	if (p->literal.n > 0)
		VEC_PUSH(p->f->arena, &p->t->part,
		    (struct template_part){
			.text = arena_copy(p->f->arena, buf_span(&p->literal)) });
	buf_clear(&p->literal);
}

/* %Y, %m and %d alone: what two records of one day have in common. */
static void
check_format(struct parser *p, struct span name, struct span format)
{
	if (!span_is(name, "date")) {
		complain(p, "has a format behind a field that is not date");
		return;
	}
	for (size_t i = 0; i < format.n; i++) {
		if (format.p[i] == '/')
			complain(p, "has a / inside {}");
		if (format.p[i] != '%')
			continue;
		i++;
		if (i == format.n || strchr("Ymd", format.p[i]) == NULL)
			complain(p, "knows only %Y, %m and %d in a date");
	}
}

static void
field(struct parser *p, struct span inner)
{
	const char *colon = memchr(inner.p, ':', inner.n);
	size_t n = colon == NULL ? inner.n : (size_t)(colon - inner.p);
	struct template_part part = { .text = span_cut(inner, 0, n), .member = true };

	if (n == 0) {
		complain(p, "has an empty {}");
		return;
	}
	if (span_is(inner, "run")) {
		buf_str(&p->literal, p->run);
		return;
	}
	if (colon != NULL) {
		part.format = span_cut(inner, n + 1, inner.n);
		check_format(p, part.text, part.format);
	}
	end_literal(p);
	VEC_PUSH(p->f->arena, &p->t->part, part);
}

static void
cut_piece(struct parser *p, struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *end;

		if (s.p[i] == '}') {
			complain(p, "has a } without {");
		} else if (s.p[i] != '{') {
			buf_char(&p->literal, s.p[i]);
		} else if ((end = memchr(s.p + i, '}', s.n - i)) == NULL) {
			complain(p, "has a { without }");
			return;
		} else {
			field(p, span_cut(s, i + 1, (size_t)(end - s.p)));
			i = (size_t)(end - s.p);
		}
	}
}

/* The literal text before the first member, up to its last slash, is the prefix. */
static void
cut_prefix(struct parser *p)
{
	struct template *t = p->t;
	struct template_part *first = &t->part.at[0];
	size_t n = first->member ? 0 : first->text.n;

	while (n > 0 && first->text.p[n - 1] != '/')
		n--;
	t->prefix = n == 0 ? "." : arena_cstr(p->f->arena, span_cut(first->text, 0, n));
	if (!first->member)
		first->text = span_cut(first->text, n, first->text.n);
}

/* One component of the path below the prefix: its literal text and its number of values. */
static void
end_component(struct parser *p, struct buf *name, size_t n_value)
{
	struct span s = buf_span(name);
	size_t room = s.n < TEMPLATE_NAME_MAX ? TEMPLATE_NAME_MAX - s.n : 0;

	if (n_value == 0 && (s.n == 0 || span_is(s, ".") || span_is(s, "..")))
		complain(p, "has an empty name, . or .. behind a field");
	if (room == 0 || room < n_value * TEMPLATE_VALUE_MIN)
		complain(p, "makes names of more than 240 bytes");
	else if (n_value > 0 && room / n_value < p->t->value_max)
		p->t->value_max = room / n_value;
	buf_clear(name);
}

/* Below the prefix no literal component may lead elsewhere, and none may become too long. */
static void
check_components(struct parser *p)
{
	struct buf name = { 0 };
	size_t n_value = 0;

	p->t->value_max = TEMPLATE_VALUE_MAX;
	for (size_t i = 0; i < p->t->part.n; i++) {
		const struct template_part *part = &p->t->part.at[i];

		n_value += part->member;
		for (size_t k = 0; !part->member && k < part->text.n; k++) {
			if (part->text.p[k] != '/') {
				buf_char(&name, part->text.p[k]);
				continue;
			}
			end_component(p, &name, n_value);
			n_value = 0;
		}
	}
	end_component(p, &name, n_value);
	buf_free(&name);
}

static void
check_name(struct parser *p)
{
	const struct template *t = p->t;
	const struct template_part *last = &t->part.at[t->part.n - 1];

	if (!last->member && span_ends(last->text, SPAN("/")))
		complain(p, "must name a file, not a directory");
}

bool
template_parse(struct template *t, const struct pieces *pieces, struct at at, const char *run,
    struct faults *f)
{
	struct parser p = { t, at, run, f, { 0 }, true };

	*t = (struct template){ .text = subst_join(pieces, f->arena) };
	for (size_t i = 0; i < pieces->list.n; i++) {
		if (pieces->list.at[i].value)
			buf_put(&p.literal, pieces->list.at[i].text);
		else
			cut_piece(&p, pieces->list.at[i].text);
	}
	end_literal(&p);
	buf_free(&p.literal);
	if (t->part.n == 0 && p.ok)
		complain(&p, "must not be empty");
	if (!p.ok)
		return false;
	check_name(&p);
	if (t->part.n == 1 && !t->part.at[0].member) {
		t->path = arena_cstr(f->arena, t->part.at[0].text);
		return p.ok;
	}
	cut_prefix(&p);
	check_components(&p);
	return p.ok;
}

/* ---- filling in ---- */

/* Bytes of s to keep so that no character is cut: at most max. */
static size_t
whole_characters(struct span s, size_t max)
{
	while (max > 0 && ((unsigned char)s.p[max] & 0xC0) == 0x80)
		max--;
	return max;
}

void
template_safe(struct span value, size_t max, struct buf *out)
{
	enum { HASH_DIGITS = 16 };
	struct span keep = value;

	if (value.n == 0) {
		buf_char(out, '_');
		return;
	}
	if (value.n > max)
		keep.n = whole_characters(value, max - HASH_DIGITS - 1);
	for (size_t i = 0; i < keep.n; i++) {
		unsigned char c = (unsigned char)keep.p[i];
		bool bad = c == '/' || c < ' ' || c == 0x7F || (i == 0 && (c == '.' || c == '-'));

		buf_char(out, bad ? '_' : (char)c);
	}
	if (keep.n < value.n)
		buf_fmt(out, "~%016llx", (unsigned long long)XXH3_64bits(value.p, value.n));
}

static struct span
raw_value(struct record *r, struct span raw)
{
	switch (json_type(raw)) {
	case JSON_STRING:
		return json_unescape(span_cut(raw, 1, raw.n - 1), r->arena, NULL);
	case JSON_NUMBER:
	case JSON_BOOL:
		return raw;
	default:
		return (struct span){ 0 };
	}
}

static struct span
find_member(struct record *r, const struct members *in, struct span name)
{
	for (size_t i = 0; i < in->n; i++)
		if (span_eq(json_unescape(in->at[i].key, r->arena, NULL), name))
			return raw_value(r, in->at[i].raw);
	return (struct span){ 0 };
}

static struct span
member(struct record *r, struct span name)
{
	const struct {
		const char *name;
		struct span value;
	} known[] = { { "date", r->date }, { "id", r->id }, { "title", r->title },
		{ "text", r->text }, { "source", r->source } };
	struct span v;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_is(name, known[i].name))
			return known[i].value;
	v = find_member(r, &r->member, name);
	return v.p != NULL ? v : find_member(r, &r->extra, name);
}

/* The day of the document by a format; a date that is none stays as it is. */
static struct span
format_date(struct record *r, struct span date, struct span format)
{
	struct buf out = { 0 };
	struct span done;
	struct cal day;

	if (date.p == NULL || !cal_parse(date, &day))
		return date;
	if (format.p == NULL)
		format = SPAN("%Y-%m-%d");
	for (size_t i = 0; i < format.n; i++) {
		if (format.p[i] != '%')
			buf_char(&out, format.p[i]);
		else if (format.p[++i] == 'Y')
			buf_fmt(&out, "%04d", day.y);
		else
			buf_fmt(&out, "%02d", format.p[i] == 'm' ? day.m : day.d);
	}
	done = arena_copy(r->arena, buf_span(&out));
	buf_free(&out);
	return done;
}

void
template_render(const struct template *t, struct record *r, struct buf *path, uint64_t *raw)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < t->part.n; i++) {
		const struct template_part *part = &t->part.at[i];
		struct span v;

		if (!part->member) {
			buf_put(path, part->text);
			continue;
		}
		v = member(r, part->text);
		if (span_is(part->text, "date"))
			v = format_date(r, v, part->format);
		hash = XXH3_64bits_withSeed(v.p == NULL ? "" : v.p, v.n, hash + i + (v.p != NULL));
		template_safe(v, t->value_max, path);
	}
	*raw = hash;
}
