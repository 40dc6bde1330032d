/* subst.c - ${name} in a scalar value, cut into pieces in one pass. */
#include "subst.h"

#include <stdlib.h>

#include "ascii.h"
#include "params.h"
#include "utf8.h"

struct cutter {
	struct at at;
	const struct params *params;
	struct faults *f;
	struct pieces *out;
};

static void
push(struct cutter *c, struct span text, bool value)
{
	VEC_PUSH(c->f->arena, &c->out->list, (struct piece){ text, value });
}

struct span
subst_slug(struct span s, struct arena *a)
{
	char *out = arena_raw(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char b = ascii_fold((unsigned char)s.p[i]);

		if (ascii_alnum(b))
			out[n++] = (char)b;
		else if (n > 0 && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return (struct span){ out, n };
}

/* env.NAME or env.NAME:-text */
static bool
environment(struct cutter *c, struct span name)
{
	const char *dash = memmem(name.p, name.n, ":-", 2);
	size_t n = dash == NULL ? name.n : (size_t)(dash - name.p);
	const char *key = arena_cstr(c->f->arena, span_cut(name, 0, n)), *value = getenv(key);

	if (dash != NULL && (value == NULL || *value == '\0')) {
		push(c, span_cut(name, n + 2, name.n), true);
		return true;
	}
	if (value == NULL || *key == '\0') {
		fault_add(c->f, c->at, "environment variable \"%s\" is not set", key);
		return false;
	}
	push(c, arena_copy(c->f->arena, span_c(value)), true);
	return true;
}

static bool
undefined(struct cutter *c, struct span name)
{
	const char *typed = arena_cstr(c->f->arena, name);

	if (c->params == NULL)
		fault_add(
		    c->f, c->at, "only ${env.NAME} may stand in a default, not \"%s\"", typed);
	else
		fault_add(c->f, c->at, "undefined parameter \"%s\"%s", typed,
		    fault_near(c->f, typed, params_names(c->params, c->f->arena)));
	return false;
}

/* name or name|slug */
static bool
parameter(struct cutter *c, struct span name)
{
	const char *bar = memchr(name.p, '|', name.n);
	size_t n = bar == NULL ? name.n : (size_t)(bar - name.p);
	const struct param *p =
	    c->params == NULL ? NULL : params_find(c->params, span_cut(name, 0, n));
	struct span value;

	if (p == NULL)
		return undefined(c, span_cut(name, 0, n));
	if (bar != NULL && !span_is(span_cut(name, n + 1, name.n), "slug")) {
		fault_add(c->f, c->at, "unknown form \"%s\" in ${%s}; there is only |slug",
		    arena_cstr(c->f->arena, span_cut(name, n + 1, name.n)),
		    arena_cstr(c->f->arena, name));
		return false;
	}
	c->out->unknown |= p->value == NULL;
	value = span_c(p->value == NULL ? "" : p->value);
	push(c, bar == NULL ? value : subst_slug(value, c->f->arena), true);
	return true;
}

bool
subst_cut(const char *text, struct at at, const struct params *params, struct faults *f,
    struct pieces *out)
{
	struct cutter c = { at, params, f, out };
	const char *from = text, *p = text;
	bool ok = true;

	*out = (struct pieces){ 0 };
	while ((p = strstr(p, "${")) != NULL) {
		const char *end = strchr(p, '}');
		struct span name;

		if (p > from && p[-1] == '$') { /* $${: one $ less, no parameter */
			push(&c, (struct span){ from, (size_t)(p - 1 - from) }, false);
			from = p;
			p += 2;
			continue;
		}
		if (end == NULL) {
			fault_add(f, at, "unterminated ${");
			return false;
		}
		if (p > from)
			push(&c, (struct span){ from, (size_t)(p - from) }, false);
		name = (struct span){ p + 2, (size_t)(end - p - 2) };
		ok &= span_starts(name, SPAN("env.")) ? environment(&c, span_cut(name, 4, name.n))
						      : parameter(&c, name);
		from = p = end + 1;
	}
	if (*from != '\0' || out->list.n == 0)
		push(&c, span_c(from), false);
	return ok;
}

const char *
subst_join(const struct pieces *p, struct arena *a)
{
	size_t n = 0;
	char *out;

	for (size_t i = 0; i < p->list.n; i++)
		n += p->list.at[i].text.n;
	out = arena_raw(a, n + 1, 1);
	n = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		struct span s = p->list.at[i].text;

		if (s.n > 0)
			memcpy(out + n, s.p, s.n);
		n += s.n;
	}
	out[n] = '\0';
	return out;
}

bool
subst_is_absent(const struct pieces *p)
{
	return p->list.n == 1 && p->list.at[0].value && p->list.at[0].text.n == 0;
}
