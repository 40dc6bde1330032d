/* record.c - what a record offers to filters: sentences, tokens, layers, offsets; and records from raw text. */
#include "record.h"

#include <stdlib.h>

/* Hashing is all we take from xxHash: compiled in, no library to link. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "ascii.h"
#include "record_own.h"
#include "utf8.h"

/* Bytes of text between two entries of cp_index: an eighth of a bit of memory for a byte of text,
 * and at most so many bytes are counted for an offset. */
enum { CP_BLOCK = 64 };

const char *const layer_name[N_LAYER] = { "sents", "dates", "ents", "quotes", "summary" };
const char *const timex_name[N_TIMEX] = { "DATE", "TIME", "DURATION", "SET" };
const char *const ent_name[N_ENT] = { "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT",
	"EVENT", "WORK_OF_ART", "LAW", "LANGUAGE" };
const char *const quote_name[N_QUOTE] = { "direct", "mixed", "indirect", "attitude" };

/* --- offsets --- */

static void
build_index(struct record *r)
{
	size_t n = r->text.n / CP_BLOCK + 1;
	uint32_t count = 0;

	r->cp_index = arena_raw(r->arena, n, sizeof(*r->cp_index));
	for (size_t i = 0; i < n; i++) {
		size_t at = i * CP_BLOCK;
		size_t left = r->text.n - at;

		r->cp_index[i] = count;
		count += (uint32_t)utf8_count(
		    span_cut(r->text, at, at + (left < CP_BLOCK ? left : CP_BLOCK)));
	}
}

/* A whole block of which each byte is a code point: most are, also in a text with some others. */
static bool
is_plain_block(const struct record *r, uint32_t block)
{
	return block < r->text.n / CP_BLOCK &&
	       r->cp_index[block + 1] - r->cp_index[block] == CP_BLOCK;
}

uint32_t
record_cp(struct record *r, uint32_t at)
{
	uint32_t block = at / CP_BLOCK;

	if (r->ascii)
		return at;
	if (r->cp_index == NULL)
		build_index(r);
	if (is_plain_block(r, block))
		return r->cp_index[block] + at % CP_BLOCK;
	return r->cp_index[block] +
	       (uint32_t)utf8_count(span_cut(r->text, (size_t)block * CP_BLOCK, at));
}

/* Code points beyond U+FFFF in the bytes [from, to) of the text: their first byte is F0 or more. */
static uint32_t
count_astral(const struct record *r, size_t from, size_t to)
{
	uint32_t n = 0;

	for (size_t i = from; i < to; i++)
		n += (unsigned char)r->text.p[i] >= 0xF0;
	return n;
}

static uint32_t
astral_before(struct record *r, uint32_t at)
{
	size_t n = r->text.n / CP_BLOCK + 1, block = at / CP_BLOCK;

	if (r->astral_index == NULL) {
		r->astral_index = arena_raw(r->arena, n, sizeof(*r->astral_index));
		r->astral_index[0] = 0;
		for (size_t i = 1; i < n; i++)
			r->astral_index[i] = r->astral_index[i - 1] +
					     count_astral(r, (i - 1) * CP_BLOCK, i * CP_BLOCK);
	}
	return r->astral_index[block] + count_astral(r, block * CP_BLOCK, at);
}

uint32_t
record_shown(struct record *r, uint32_t at)
{
	if (r->ascii || r->offsets == OFFSETS_BYTES)
		return at;
	return record_cp(r, at) + (r->offsets == OFFSETS_UTF16 ? astral_before(r, at) : 0);
}

/* The last block that begins at or before code point cp. A code point has at least one byte, so it is
 * not before block cp / CP_BLOCK; texts with few long characters have it close behind. */
static size_t
find_block(const struct record *r, uint32_t cp)
{
	size_t low = cp / CP_BLOCK, high = r->text.n / CP_BLOCK, step = 1;

	while (low + step <= high && r->cp_index[low + step] <= cp) {
		low += step;
		step *= 2;
	}
	high = low + step <= high ? low + step - 1 : high;
	while (low < high) {
		size_t mid = low + (high - low + 1) / 2;

		if (r->cp_index[mid] <= cp)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

/* Bytes of p that begin a code point, one bit each at the bottom of its byte. */
static uint64_t
beginnings(const char *p)
{
	const uint64_t low = 0x0101010101010101U;
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return (~(word >> 7) | word >> 6) & low; /* not 10xxxxxx */
}

/* Where the code point begins that *n others, counted from byte at, stand before; the end of s if there are
 * too few. *n receives how many are missing. */
static size_t
skip_characters(struct span s, size_t at, uint32_t *n)
{
	while (s.n - at >= 8) {
		uint32_t eight = (uint32_t)(beginnings(s.p + at) * 0x0101010101010101U >> 56);

		if (eight > *n && eight == 8) { /* ASCII, as nearly always */
			at += *n;
			*n = 0;
			return at;
		}
		if (eight > *n)
			break;
		*n -= eight;
		at += 8;
	}
	for (; at < s.n; at++) {
		bool begins = ((unsigned char)s.p[at] & 0xC0) != 0x80;

		if (begins && *n == 0)
			break;
		*n -= begins;
	}
	return at;
}

/* A byte of text from which code point cp is not far, and how many are left to it. The end of an
 * annotation stands close behind its start. */
static size_t
near(struct record *r, uint32_t cp, uint32_t *left)
{
	size_t block;

	if (cp >= r->last_cp && cp - r->last_cp <= CP_BLOCK / 2) {
		*left = cp - r->last_cp;
		return r->last_at;
	}
	if (r->cp_index == NULL)
		build_index(r);
	block = find_block(r, cp);
	*left = cp - r->cp_index[block];
	return block * CP_BLOCK;
}

uint32_t
record_byte(struct record *r, uint64_t cp)
{
	size_t at;
	uint32_t left;

	if (cp > r->text.n)
		return UINT32_MAX;
	if (r->ascii)
		return (uint32_t)cp;
	at = near(r, (uint32_t)cp, &left);
	at = skip_characters(r->text, at, &left);
	if (left != 0)
		return UINT32_MAX;
	r->last_cp = (uint32_t)cp;
	r->last_at = (uint32_t)at;
	return r->last_at;
}

/* --- what filters read --- */

const struct ranges *
record_sents(struct record *r)
{
	if ((r->have & 1U << LAYER_SENTS) == 0 && !r->found_sents) {
		r->sents = (struct ranges){ 0 };
		if (r->text.n > 0)
			sentence_split(r->text, NULL, &r->sents, r->arena);
		r->found_sents = true;
	}
	return &r->sents;
}

const struct tokens *
record_tokens(struct record *r)
{
	if (!r->tokenised && r->text.n > 0)
		r->tokens = token_scan(r->text, r->arena);
	r->tokenised = true;
	return &r->tokens;
}

/* --- what filters write --- */

static bool
same_ranges(const struct ranges *a, const struct ranges *b)
{
	return a->n == b->n && (a->n == 0 || memcmp(a->at, b->at, a->n * sizeof(*a->at)) == 0);
}

static void
unorder(struct record *r, uint32_t what)
{
	size_t n = 0;

	for (size_t i = 0; i < r->order.n; i++)
		if (r->order.at[i] != what)
			r->order.at[n++] = r->order.at[i];
	r->order.n = n;
}

/* The summary points into sentences that are no longer there: neither it nor its scores are true. */
static void
drop_summary(struct record *r)
{
	unorder(r, LAYER_SUMMARY);
	unorder(r, ORDER_SCORES);
	r->was = (struct ranges){ 0 };
	r->have &= ~(1U << LAYER_SUMMARY);
	r->set &= ~(1U << LAYER_SUMMARY);
	r->summary = (struct indexes){ 0 };
	r->gone |= 1U << (FIELD_LAYER + LAYER_SUMMARY) | 1U << FIELD_SCORES;
}

static void
order(struct record *r, uint32_t what)
{
	for (size_t i = 0; i < r->order.n; i++)
		if (r->order.at[i] == what)
			return;
	VEC_PUSH(r->arena, &r->order, what);
}

void
record_settle(struct record *r)
{
	if (r->was.at != NULL && !same_ranges(&r->was, &r->sents))
		drop_summary(r);
	if ((r->set & 1U << LAYER_SUMMARY) != 0 && r->summary.score != NULL)
		order(r, ORDER_SCORES);
	for (; r->n_ordered < r->extra.n; r->n_ordered++)
		VEC_PUSH(r->arena, &r->order, ORDER_EXTRA + (uint32_t)r->n_ordered);
}

static void
empty_layer(struct record *r, enum layer which)
{
	switch (which) {
	case LAYER_SENTS:
		r->sents = (struct ranges){ 0 };
		r->found_sents = false;
		break;
	case LAYER_DATES:
		r->dates = (struct dates){ 0 };
		break;
	case LAYER_ENTS:
		r->ents = (struct ents){ 0 };
		break;
	case LAYER_QUOTES:
		r->quotes = (struct quotes){ 0 };
		break;
	case LAYER_SUMMARY:
	case N_LAYER:
		r->summary = (struct indexes){ 0 };
		r->was = (struct ranges){ 0 };
		break;
	}
}

void
record_own(struct record *r, enum layer which)
{
	record_settle(r);
	if (which == LAYER_SENTS && (r->have & 1U << LAYER_SUMMARY) != 0 && r->was.at == NULL)
		r->was = r->sents;
	empty_layer(r, which);
	r->have |= 1U << which;
	r->set |= 1U << which;
	r->sorted = false;
	order(r, which);
}

void
record_leave_out(struct record *r, unsigned layers)
{
	for (unsigned l = 0; l < N_LAYER; l++) {
		if ((layers & r->have & 1U << l) == 0)
			continue;
		empty_layer(r, (enum layer)l);
		r->gone |= 1U << (FIELD_LAYER + l);
		r->have &= ~(1U << l);
	}
}

void
record_own_sents(struct record *r)
{
	struct ranges found = *record_sents(r);

	if ((r->have & 1U << LAYER_SENTS) != 0)
		return;
	record_own(r, LAYER_SENTS);
	r->sents = found;
}

/* --- sorting --- */

struct sort_key {
	uint32_t start, end, index;
};

/* A total order: spans alike keep the order they had, whatever qsort() does. */
static int
compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* A layer as bytes: each element begins with its start and its end. */
struct elements {
	char *at;
	size_t n, size;
};

static struct sort_key
key_of(const struct elements *e, size_t i)
{
	struct sort_key k = { .index = (uint32_t)i };

	memcpy(&k.start, e->at + i * e->size, sizeof(k.start));
	memcpy(&k.end, e->at + i * e->size + sizeof(k.start), sizeof(k.end));
	return k;
}

static bool
in_order(const struct elements *e)
{
	for (size_t i = 1; i < e->n; i++) {
		struct sort_key a = key_of(e, i - 1), b = key_of(e, i);

		if (compare_keys(&a, &b) > 0)
			return false;
	}
	return true;
}

static void
sort_elements(struct elements e, struct arena *a)
{
	struct sort_key *key;
	char *old;

	if (in_order(&e))
		return;
	key = arena_raw(a, e.n, sizeof(*key));
	for (size_t i = 0; i < e.n; i++)
		key[i] = key_of(&e, i);
	qsort(key, e.n, sizeof(*key), compare_keys);
	old = arena_raw(a, e.n, e.size);
	memcpy(old, e.at, e.n * e.size);
	for (size_t i = 0; i < e.n; i++)
		memcpy(e.at + i * e.size, old + key[i].index * e.size, e.size);
}

static int
compare_indexes(const void *a, const void *b)
{
	uint32_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return x < y ? -1 : x > y;
}

#define ELEMENTS(v) ((struct elements){ (char *)(v).at, (v).n, sizeof(*(v).at) })

void
record_sort(struct record *r, enum layer which)
{
	switch (which) {
	case LAYER_SENTS:
		sort_elements(ELEMENTS(r->sents), r->arena);
		break;
	case LAYER_DATES:
		sort_elements(ELEMENTS(r->dates), r->arena);
		break;
	case LAYER_ENTS:
		sort_elements(ELEMENTS(r->ents), r->arena);
		break;
	case LAYER_QUOTES:
		sort_elements(ELEMENTS(r->quotes), r->arena);
		break;
	case LAYER_SUMMARY:
	case N_LAYER:
		if (r->summary.n > 1)
			qsort(r->summary.at, r->summary.n, sizeof(*r->summary.at), compare_indexes);
		break;
	}
}

/* --- records from raw text --- */

static const struct span bom = { "\xEF\xBB\xBF", 3 };

/* The first c at or behind byte from; s.n if there is none. */
static size_t
find_byte(struct span s, size_t from, char c)
{
	const char *p = memchr(s.p + from, c, s.n - from);

	return p == NULL ? s.n : (size_t)(p - s.p);
}

/* Append s with line ends as \n and without the byte order marks that cat(1) leaves at line starts. */
static size_t
put_lines(char *out, struct span s)
{
	size_t n = 0, i = 0, lf, cr;

	if (s.n == 0)
		return 0;
	cr = find_byte(s, 0, '\r');
	if (cr == s.n && find_byte(s, 0, bom.p[0]) == s.n) {
		memcpy(out, s.p, s.n);
		return s.n;
	}
	lf = find_byte(s, 0, '\n');
	while (i < s.n) {
		size_t end;

		if (span_starts(span_cut(s, i, s.n), bom)) {
			i += bom.n;
			continue;
		}
		/* Each searched for only once it was passed: linear where one of them is rare. */
		if (lf < i)
			lf = find_byte(s, i, '\n');
		if (cr < i)
			cr = find_byte(s, i, '\r');
		end = lf < cr ? lf : cr;
		memcpy(out + n, s.p + i, end - i);
		n += end - i;
		i = end;
		if (i == s.n)
			break;
		i += s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n' ? 2 : 1;
		out[n++] = '\n';
	}
	return n;
}

/* Without the blank lines at the start and the white space at the end. */
static struct span
trim_lines(struct span s)
{
	size_t start = 0;

	while (s.n > 0 && ascii_space((unsigned char)s.p[s.n - 1]))
		s.n--;
	for (size_t i = 0; i < s.n && ascii_space((unsigned char)s.p[i]); i++)
		if (s.p[i] == '\n')
			start = i + 1;
	return span_cut(s, start, s.n);
}

static struct span
trim(struct span s)
{
	s = trim_lines(s);
	while (s.n > 0 && ascii_space((unsigned char)*s.p))
		s = span_cut(s, 1, s.n);
	return s;
}

struct span
record_repaired(struct record *r, struct span s, struct diag *d)
{
	struct buf good = { 0 };
	struct span out;
	size_t bad;

	if (s.n == 0 || utf8_valid(s) == s.n)
		return s;
	bad = utf8_repair(s, &good);
	out = arena_copy(r->arena, buf_span(&good));
	buf_free(&good);
	if (d != NULL)
		d->count.repaired += bad;
	return out;
}

/* The text: title, blank line, body; title and body are given as they stand in the input. */
static void
compose(struct record *r, struct span title, struct span body)
{
	char *p = arena_raw(r->arena, title.n + body.n + 2, 1);
	size_t n = 0, n_title;

	n_title = put_lines(p, title);
	title = trim((struct span){ p, n_title });
	memmove(p, title.p, title.n);
	n = title.n;
	if (r->title.p != NULL)
		r->title = (struct span){ p, n };
	body = trim_lines((struct span){ p + n + 2, put_lines(p + n + 2, body) });
	if (n > 0 && body.n > 0) {
		p[n++] = '\n';
		p[n++] = '\n';
	}
	if (body.n > 0)
		memmove(p + n, body.p, body.n);
	r->body_at = (uint32_t)n;
	r->text = (struct span){ p, n + body.n };
}

void
record_from_text(struct record *r, struct span date, struct span title, struct span body,
    struct where w, struct arena *a, struct diag *d)
{
	*r = (struct record){ .arena = a, .where = w, .line = w.line };
	r->title = title.p == NULL ? title : SPAN("");
	if (date.p != NULL)
		r->date = trim(arena_copy(a, record_repaired(r, date, d)));
	compose(r, record_repaired(r, title, d), record_repaired(r, body, d));
	r->ascii = utf8_ascii(r->text);
	if (w.file != NULL && strcmp(w.file, "-") != 0)
		r->source = record_repaired(r, arena_copy(a, span_c(w.file)), NULL);
	record_name(r);
	r->own = 1U << FIELD_ID | 1U << FIELD_TEXT;
	r->own |= r->source.p != NULL ? 1U << FIELD_SOURCE : 0;
	r->own |= r->line > 0 ? 1U << FIELD_LINE : 0;
	r->own |= r->date.p != NULL ? 1U << FIELD_DATE : 0;
	r->own |= r->title.p != NULL ? 1U << FIELD_TITLE : 0;
}

/* --- identity --- */

static void
hash_more(XXH3_state_t *h, struct span s)
{
	if (s.n > 0)
		XXH3_128bits_update(h, s.p, s.n);
}

void
record_id(struct span date, struct span title, struct span text, char out[20])
{
	XXH128_canonical_t canon;
	XXH3_state_t h;

	XXH3_INITSTATE(&h);
	XXH3_128bits_reset(&h);
	hash_more(&h, date);
	hash_more(&h, (struct span){ "", 1 });
	hash_more(&h, title);
	hash_more(&h, (struct span){ "", 1 });
	hash_more(&h, text);
	XXH128_canonicalFromHash(&canon, XXH3_128bits_digest(&h));
	for (size_t i = 0; i < 20; i++)
		out[i] = "0123456789abcdef"[canon.digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
}

void
record_name(struct record *r)
{
	char *id = arena_raw(r->arena, 20, 1);

	record_id(r->date, r->title, r->text, id);
	r->id = (struct span){ id, 20 };
}
