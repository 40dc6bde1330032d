/* literal.c - required literals of patterns, and a search for them 16 bytes at a time. */
#include "literal.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ascii.h"

/* ---- analysis ---- */

struct analysis {
	struct span s;
	size_t at;
	enum literal_case how;
	struct arena *arena;
	char run[LITERAL_LONG]; /* the literal being read, */
	size_t n_run;
	char best[LITERAL_LONG]; /* the longest of this alternative */
	size_t n_best;
};

static bool
usable(unsigned char c, enum literal_case how)
{
	if (how != LITERAL_EXACT && (ascii_fold(c) == 'k' || c == '\''))
		return false;
	if (how == LITERAL_CASELESS && ascii_fold(c) == 's')
		return false;
	return c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '/';
}

static void
end_run(struct analysis *an)
{
	if (an->n_run > an->n_best) {
		memcpy(an->best, an->run, an->n_run);
		an->n_best = an->n_run;
	}
	an->n_run = 0;
}

static void
add_byte(struct analysis *an, char c)
{
	if (!usable((unsigned char)c, an->how) || an->n_run == LITERAL_LONG)
		end_run(an);
	if (usable((unsigned char)c, an->how))
		an->run[an->n_run++] = c;
}

/* The character before a quantifier is no longer sure. */
static void
drop_last(struct analysis *an)
{
	if (an->n_run > 0)
		an->n_run--;
	end_run(an);
}

static bool
add_literal(struct literals *out, struct span text, bool fold, struct arena *a)
{
	char *p;

	if (text.n < LITERAL_MIN || out->n == LITERAL_MAX)
		return false;
	p = arena_raw(a, text.n, 1);
	for (size_t i = 0; i < text.n; i++)
		p[i] = fold ? (char)ascii_fold((unsigned char)text.p[i]) : text.p[i];
	out->at[out->n++] = (struct literal){ { p, text.n }, fold };
	return true;
}

static bool
end_alternative(struct analysis *an, struct literals *out)
{
	struct span best;

	end_run(an);
	best = (struct span){ an->best, an->n_best };
	an->n_best = 0;
	return add_literal(out, best, an->how != LITERAL_EXACT, an->arena);
}

/* Past a class; s.p[at] is its [. False: it does not end. */
static bool
skip_class(struct analysis *an)
{
	const char *p = an->s.p;
	size_t at = an->at + 1, n = an->s.n;

	at += at < n && p[at] == '^';
	at += at < n && p[at] == ']';
	for (; at < n && p[at] != ']'; at++) {
		if (p[at] == '[' && at + 1 < n && strchr(":.=", p[at + 1]) != NULL)
			return false; /* [:alpha:]: rare, and its end is another */
		if (p[at] == '\\' && ++at < n && p[at] == 'Q')
			return false;
	}
	an->at = at + 1;
	return at < n;
}

/* Past \ and its letter, if it is a mark by itself or a class of one character. */
static bool
skip_escape(struct analysis *an)
{
	char c;

	if (an->at + 1 >= an->s.n)
		return false;
	c = an->s.p[an->at + 1];
	an->at += 2;
	if (c != '\0' && strchr("dDwWsSbBAzZGntrfhHvVR", c) != NULL) {
		end_run(an);
		return true;
	}
	if (ascii_alnum((unsigned char)c) || (unsigned char)c >= 0x80)
		return false;
	add_byte(an, c);
	return true;
}

/* Is the bracket at rest that of a group which changes nothing outside? */
static bool
is_plain_group(struct span rest)
{
	static const char *const harmless[] = { "(?:", "(?=", "(?!", "(?<=", "(?<!" };

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (span_starts(rest, span_c(harmless[i])))
			return true;
	return rest.n > 1 && rest.p[1] != '?' && rest.p[1] != '*';
}

/* Past a group, all of it; what it holds may be optional, so nothing of it is taken. */
static bool
skip_group(struct analysis *an)
{
	struct analysis in = *an;
	size_t depth = 0;

	do {
		struct span rest = span_cut(in.s, in.at, in.s.n);
		char c = rest.n == 0 ? '\0' : *rest.p;

		if (rest.n == 0 || (c == '(' && !is_plain_group(rest)))
			return false;
		if (c == '[' || c == '\\') {
			if (c == '[' ? !skip_class(&in) : !skip_escape(&in))
				return false;
			continue;
		}
		depth += c == '(';
		depth -= c == ')';
		in.at++;
	} while (depth > 0);
	an->at = in.at;
	return true;
}

/* Past {2,3} behind a character. */
static bool
skip_count(struct analysis *an)
{
	const char *end = memchr(an->s.p + an->at, '}', an->s.n - an->at);

	if (end == NULL)
		return false;
	drop_last(an);
	an->at = (size_t)(end - an->s.p) + 1;
	return true;
}

/* One piece of the top level; false: give up. */
static bool
step(struct analysis *an, struct literals *out)
{
	char c = an->s.p[an->at];

	switch (c) {
	case '|':
		an->at++;
		return end_alternative(an, out);
	case '(':
		end_run(an);
		return skip_group(an);
	case '[':
		end_run(an);
		return skip_class(an);
	case '\\':
		return skip_escape(an);
	case '{':
		return skip_count(an);
	case '*':
	case '?':
		drop_last(an);
		break;
	case '+':
	case '.':
	case '^':
	case '$':
	case ')':
		end_run(an);
		break;
	default:
		add_byte(an, c);
	}
	an->at++;
	return c != ')';
}

bool
literal_of_pattern(
    struct span pattern, enum literal_case how, struct arena *a, struct literals *out)
{
	struct analysis an = { .s = pattern, .how = how, .arena = a };

	out->n = 0;
	while (an.at < an.s.n) {
		if (!step(&an, out)) {
			out->n = 0;
			return false;
		}
	}
	if (!end_alternative(&an, out))
		out->n = 0;
	return out->n > 0;
}

bool
literal_of_text(struct span text, enum literal_case how, struct arena *a, struct literals *out)
{
	struct analysis an = { .s = text, .how = how, .arena = a };

	out->n = 0;
	for (; an.at < an.s.n; an.at++)
		add_byte(&an, an.s.p[an.at]);
	if (!end_alternative(&an, out))
		out->n = 0;
	return out->n > 0;
}

bool
literal_either(struct literals *a, const struct literals *b)
{
	if (b->n == 0 || a->n + b->n > LITERAL_MAX) {
		a->n = 0;
		return false;
	}
	for (size_t i = 0; i < b->n; i++)
		a->at[a->n++] = b->at[i];
	return true;
}

static size_t
shortest(const struct literals *l)
{
	size_t n = l->n == 0 ? 0 : SIZE_MAX;

	for (size_t i = 0; i < l->n; i++)
		n = l->at[i].text.n < n ? l->at[i].text.n : n;
	return n;
}

const struct literals *
literal_better(const struct literals *a, const struct literals *b)
{
	return shortest(b) > shortest(a) ? b : a;
}

/* ---- search ---- */

static bool
same(const char *p, const struct literal *l)
{
	if (!l->fold)
		return memcmp(p, l->text.p, l->text.n) == 0;
	for (size_t i = 0; i < l->text.n; i++)
		if ((char)ascii_fold((unsigned char)p[i]) != l->text.p[i])
			return false;
	return true;
}

/* How rare a byte is in English text, roughly: the two rarest of a literal are looked for. */
static unsigned
rarity(char c)
{
	static const char common[] =
	    "zqjxkvbpygfwmucldrhsnioate "; /* ends with the most frequent */
	const char *at = strchr(common, c);

	return at == NULL || c == '\0' ? 30 : (unsigned)(sizeof(common) - (size_t)(at - common));
}

static void
two_rarest(struct span s, size_t *a, size_t *b)
{
	unsigned best = 99;

	*a = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (rarity(s.p[i]) < best) {
			best = rarity(s.p[i]);
			*a = i;
		}
	}
	best = 99;
	*b = *a == 0 ? 1 : 0;
	for (size_t i = 0; i < s.n; i++) {
		if (i != *a && rarity(s.p[i]) < best) {
			best = rarity(s.p[i]);
			*b = i;
		}
	}
}

#ifdef __SSE2__
/* Places of 16 from p on where byte c may stand, one bit each. */
static unsigned
places(const char *p, __m128i c, __m128i fold)
{
	__m128i v = _mm_loadu_si128((const void *)p);

	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(v, fold), c));
}

/* Behind all places tried; *hit: it is at the place returned. */
static size_t
search_wide(const struct literal *l, struct span s, bool *hit)
{
	size_t a, b, at = 0, last = s.n - l->text.n;
	__m128i fold_a, fold_b, c_a, c_b;

	two_rarest(l->text, &a, &b);
	fold_a = _mm_set1_epi8(l->fold && ascii_alpha((unsigned char)l->text.p[a]) ? 0x20 : 0);
	fold_b = _mm_set1_epi8(l->fold && ascii_alpha((unsigned char)l->text.p[b]) ? 0x20 : 0);
	c_a = _mm_set1_epi8(l->text.p[a]);
	c_b = _mm_set1_epi8(l->text.p[b]);
	for (; at + 16 <= last + 1; at += 16) {
		unsigned bits =
		    places(s.p + at + a, c_a, fold_a) & places(s.p + at + b, c_b, fold_b);

		for (; bits != 0; bits &= bits - 1) {
			size_t place = at + (size_t)__builtin_ctz(bits);

			*hit = same(s.p + place, l);
			if (*hit)
				return place;
		}
	}
	return at;
}
#endif

static bool
search(const struct literal *l, struct span s)
{
	size_t at = 0;
	bool hit = false;

	if (s.n < l->text.n)
		return false;
#ifdef __SSE2__
	at = search_wide(l, s, &hit);
#endif
	for (; !hit && at + l->text.n <= s.n; at++)
		hit = same(s.p + at, l);
	return hit;
}

bool
literal_found(const struct literals *l, struct span s)
{
	for (size_t i = 0; i < l->n; i++)
		if (search(&l->at[i], s))
			return true;
	return false;
}

bool
literal_hidden(struct span s)
{
	const char *p = s.p, *end = s.n == 0 ? p : p + s.n;

	while (
	    end - p > 6 && (p = memmem(p, (size_t)(end - p), "\\u00", 4)) != NULL && end - p > 6) {
		if (p[4] >= '2' && p[4] <= '7')
			return true;
		p += 4;
	}
	return false;
}
