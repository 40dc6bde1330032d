/* records.c - laws of records over made-up and damaged lines and texts, with jansson as the second opinion.
 *
 * usage: prop_records [CASES [SEED]]
 *
 * 1. A right record is accepted, its text decoded as it was made.
 * 2. What is written is one line of valid UTF-8 and of valid JSON, by json.c and by jansson.
 * 3. Every annotation in it lies in the text and its text is the slice, counted in code points by other code.
 * 4. Unknown members keep their bytes.
 * 5. Reading and writing again changes nothing; nor does writing all layers anew, twice.
 * 6. Parts and documents from raw text obey 2, 3 and 5; tables have their columns; text for people is safe.
 * 7. A damaged record is refused, with a message and a count, or obeys 2, 3, 5.
 */
#include <stdio.h>
#include <stdlib.h>

/* Both libraries begin their names with json_: those that clash are jansson_ here. Macros of jansson
 * that name its types (json_is_string) must not be used below. */
#define JSON_NULL JANSSON_NULL
#define JSON_STRING JANSSON_STRING
#define JSON_ARRAY JANSSON_ARRAY
#define JSON_OBJECT JANSSON_OBJECT
#define json_type jansson_type
#define json_string jansson_string
#include <jansson.h>
#undef JSON_NULL
#undef JSON_STRING
#undef JSON_ARRAY
#undef JSON_OBJECT
#undef json_type
#undef json_string

#include "json.h"
#include "output.h"
#include "utf8.h"

enum { CASES = 6000, SEED = 20211204, SHOWN_MAX = 10, BORDER_MAX = 400, OWN_MAX = 8, DAMAGED = 4 };

struct prop {
	uint64_t state; /* of the dice */
	size_t cases, failed, accepted, refused;
	struct buf line, text;       /* a record, and its text as it should be decoded */
	uint32_t border[BORDER_MAX]; /* bytes of the text where code points begin, and its end */
	size_t n_border;
	struct buf known[OWN_MAX]; /* unknown members as they stand in the line */
	size_t n_known;
	bool odd; /* holds what jansson refuses */
};

static const struct where here = { .file = "f", .line = 1 };

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
static unsigned
dice(struct prop *t, size_t sides)
{
	t->state ^= t->state >> 12;
	t->state ^= t->state << 25;
	t->state ^= t->state >> 27;
	return (unsigned)(((t->state * 0x2545F4914F6CDD1DU) >> 33) % sides);
}

static void
law(struct prop *t, bool holds, const char *what, struct span line)
{
	t->cases++;
	if (holds)
		return;
	if (t->failed++ < SHOWN_MAX)
		printf("broken: %s\n%.*s\n", what, (int)line.n, line.p);
}

/* --- making records --- */

static void
make_text(struct prop *t)
{
	static const struct {
		struct span plain;
		const char *json;
	} pieces[] = {
		{ { "a", 1 }, "a" },
		{ { "Al ", 3 }, "Al " },
		{ { "said no. ", 9 }, "said no. " },
		{ { "on Tuesday, 3 May 2021", 22 }, "on Tuesday, 3 May 2021" },
		{ { "\n", 1 }, "\\n" },
		{ { "\n\n", 2 }, "\\n\\n" },
		{ { "\t\r", 2 }, "\\t\\r" },
		{ { "\"", 1 }, "\\\"" },
		{ { "\\", 1 }, "\\\\" },
		{ { "/", 1 }, "\\/" },
		{ { "\0", 1 }, "\\u0000" },
		{ { "\033[1m", 4 }, "\\u001b[1m" },
		{ { "\xC3\xA9", 2 }, "\xC3\xA9" },
		{ { "\xC3\xA9", 2 }, "\\u00e9" },
		{ { "e\xCC\x81", 3 }, "e\xCC\x81" },
		{ { "\xC2\x9B\x7F", 3 }, "\xC2\x9B\x7F" },
		{ { "\xE2\x80\x9C", 3 }, "\xE2\x80\x9C" },
		{ { "\xE2\x80\x9D", 3 }, "\xE2\x80\x9D" },
		{ { "\xE2\x80\xA8", 3 }, "\xE2\x80\xA8" },
		{ { "\xE2\x80\xAE", 3 }, "\\u202E" },
		{ { "\xF0\x9F\x98\x80", 4 }, "\xF0\x9F\x98\x80" },
		{ { "\xF0\x9F\x98\x80", 4 }, "\\ud83d\\uDE00" },
		{ { "\xEF\xBF\xBD", 3 }, "\\ud83d" },
		{ { "\xEF\xBF\xBD", 3 }, "\\uDE00" },
	};
	enum { N = sizeof(pieces) / sizeof(pieces[0]) };
	unsigned n = dice(t, 4) == 0 ? dice(t, 60) : dice(t, 8), ascii = dice(t, 3) == 0;

	buf_char(&t->line, '"');
	for (unsigned i = 0; i < n; i++) {
		unsigned k = dice(t, ascii ? 12 : N);

		if (k > 21 && dice(t, 4) > 0)
			continue; /* a lone surrogate before another would be a pair */
		buf_put(&t->text, pieces[k].plain);
		buf_str(&t->line, pieces[k].json);
		if (k > 21) {
			buf_char(&t->text, '|');
			buf_char(&t->line, '|');
		}
	}
	buf_char(&t->line, '"');
}

static void
find_borders(struct prop *t)
{
	t->n_border = 0;
	for (size_t i = 0; i <= t->text.n && t->n_border < BORDER_MAX; i++)
		if (i == t->text.n || ((unsigned char)t->text.p[i] & 0xC0) != 0x80)
			t->border[t->n_border++] = (uint32_t)i;
}

/* Start and end as code points, "text" in half of them. */
static void
make_span(struct prop *t, unsigned start, unsigned end)
{
	buf_fmt(&t->line, "{\"start\":%u,\"end\":%u", start, end);
	if (dice(t, 2) == 0)
		return;
	buf_str(&t->line, ",\"text\":");
	json_put(&t->line, span_cut(buf_span(&t->text), t->border[start], t->border[end]));
}

static void
make_any_span(struct prop *t)
{
	unsigned a = dice(t, t->n_border), b = dice(t, t->n_border);

	make_span(t, a < b ? a : b, a < b ? b : a);
}

/* A name of the list, or one of somebody else's. */
static void
make_word(struct prop *t, const char *key, const char *const *names, unsigned n)
{
	unsigned k = dice(t, n + 1);

	buf_fmt(&t->line, ",\"%s\":\"%s\"", key, k == n ? "CARDINAL" : names[k]);
}

static void
make_mention(struct prop *t, const char *key)
{
	if (dice(t, 2) == 0)
		return;
	buf_fmt(&t->line, ",\"%s\":", key);
	make_any_span(t);
	buf_str(&t->line, dice(t, 2) == 0 ? "}" : ",\"name\":\"Al \\u004ftt\"}");
}

static void
make_annotation(struct prop *t, enum layer layer)
{
	make_any_span(t);
	if (layer == LAYER_DATES) {
		make_word(t, "type", timex_name, N_TIMEX);
		buf_str(&t->line, dice(t, 2) == 0 ? ",\"value\":\"2021-12\"" : ",\"value\":null");
		if (dice(t, 4) == 0)
			buf_str(&t->line,
			    ",\"range\":{\"start\":\"a\",\"end\":\"b\"},\"mod\":\"START\"");
	} else if (layer == LAYER_ENTS) {
		make_word(t, "label", ent_name, N_ENT);
		buf_str(&t->line, dice(t, 2) == 0 ? ",\"confidence\":0.9" : ",\"kb\":[1e2]");
	} else if (layer == LAYER_QUOTES) {
		make_word(t, "kind", quote_name, N_QUOTE);
		make_mention(t, "speaker");
		make_mention(t, "cue");
		buf_str(&t->line, dice(t, 2) == 0 ? ",\"group\":7" : ",\"why\":\"\\ud83d\"");
	}
	buf_char(&t->line, '}');
}

static size_t
make_sents(struct prop *t)
{
	size_t n = 0;

	buf_str(&t->line, "\"sents\":[");
	for (unsigned from = 0; from + 1 < t->n_border && n < 5; n++) {
		unsigned end = from + 1 + dice(t, t->n_border - from - 1);

		buf_str(&t->line, n == 0 ? "" : ",");
		make_span(t, from, end);
		buf_char(&t->line, '}');
		from = end;
	}
	buf_char(&t->line, ']');
	return n;
}

static void
make_layer(struct prop *t, enum layer layer)
{
	unsigned n = dice(t, 5);

	buf_fmt(&t->line, "\"%s\":[", layer_name[layer]);
	for (unsigned i = 0; i < n; i++) {
		buf_str(&t->line, i == 0 ? "" : " , ");
		make_annotation(t, layer);
	}
	buf_char(&t->line, ']');
}

/* A member of somebody else's; jansson does not take the last ones. */
static void
make_unknown(struct prop *t)
{
	static const char *const raw[] = { "0.1000", "-0.0e-7", "[]", "{\"a\":{\"text\":[1, 2]}}",
		"null", "\"\\u0041\\/\xC3\xA9\"", "true", "[{\"start\":-1}]", "1E400",
		"\"\\ud83d\"", "123456789012345678901234567890" };
	unsigned k = dice(t, dice(t, 8) == 0 ? 11 : 8);
	struct buf *keep;

	if (t->n_known == OWN_MAX)
		return;
	keep = &t->known[t->n_known];
	buf_fmt(keep, "\"u%zu\"%s:%s%s", t->n_known++, dice(t, 4) == 0 ? " " : "",
	    dice(t, 4) == 0 ? "\t" : "", raw[k]);
	buf_put(&t->line, buf_span(keep));
	t->odd |= k >= 8;
	buf_str(&t->line, dice(t, 4) == 0 ? " , " : ",");
}

static void
make_record(struct prop *t)
{
	size_t n_sents = 0;

	buf_clear(&t->line);
	buf_clear(&t->text);
	for (; t->n_known > 0; t->n_known--)
		buf_clear(&t->known[t->n_known - 1]);
	t->odd = false;
	buf_str(&t->line, dice(t, 4) == 0 ? "{ " : "{");
	while (dice(t, 3) == 0)
		make_unknown(t);
	if (dice(t, 2) == 0)
		buf_str(&t->line, dice(t, 2) == 0 ? "\"id\":7.0," : "\"i\\u0064\":\"a\",");
	buf_str(&t->line, dice(t, 8) == 0 ? "\"te\\u0078t\" : " : "\"text\":");
	make_text(t);
	find_borders(t);
	buf_char(&t->line, ',');
	while (dice(t, 3) == 0)
		make_unknown(t);
	if (dice(t, 2) == 0) {
		n_sents = make_sents(t);
		buf_char(&t->line, ',');
	}
	for (enum layer l = LAYER_DATES; l <= LAYER_QUOTES; l++)
		if (dice(t, 2) == 0) {
			make_layer(t, l);
			buf_char(&t->line, ',');
			if (dice(t, 3) == 0)
				make_unknown(t);
		}
	if (n_sents > 0)
		buf_fmt(&t->line, "\"summary\":[%u],", dice(t, n_sents));
	buf_str(&t->line, dice(t, 2) == 0 ? "\"date\":\"2021-12-04\"}" : "\"date\":null }");
}

/* --- the laws --- */

/* Is the span of a found by jansson in text, and its text the slice? */
static bool
slice_holds(json_t *a, struct span text)
{
	json_t *start = json_object_get(a, "start"), *end = json_object_get(a, "end");
	json_t *said = json_object_get(a, "text");
	json_int_t cp = 0, s = json_integer_value(start), e = json_integer_value(end);
	size_t from = text.n, to = text.n;

	if (start == NULL && end == NULL)
		return true; /* no object, or a speaker without place */
	for (size_t i = 0; i < text.n; i++) {
		if (((unsigned char)text.p[i] & 0xC0) == 0x80)
			continue;
		from = cp == s ? i : from;
		to = cp == e ? i : to;
		cp++;
	}
	if (!json_is_integer(start) || !json_is_integer(end) || s < 0 || s > e || e > cp)
		return false;
	return json_string_value(said) == NULL ||
	       span_eq((struct span){ json_string_value(said), json_string_length(said) },
		   span_cut(text, from, to));
}

static bool
slices_hold(json_t *record)
{
	json_t *text = json_object_get(record, "text");
	struct span s = { json_string_value(text), json_string_length(text) };

	for (enum layer l = LAYER_SENTS; s.p != NULL && l <= LAYER_QUOTES; l++) {
		json_t *layer = json_object_get(record, layer_name[l]), *a;
		size_t i;

		json_array_foreach(layer, i, a)
		{
			if (!slice_holds(a, s) || !slice_holds(json_object_get(a, "speaker"), s) ||
			    !slice_holds(json_object_get(a, "cue"), s))
				return false;
		}
	}
	return true;
}

/* Does the summary name sentences that are there? One of pairs is of another kind. */
static bool
summary_holds(json_t *record)
{
	json_t *summary = json_object_get(record, "summary"), *i;
	size_t n = json_array_size(json_object_get(record, "sents")), k;

	json_array_foreach(summary, k, i)
	{
		if (json_is_integer(i) &&
		    (json_integer_value(i) < 0 || (size_t)json_integer_value(i) >= n))
			return false;
	}
	return true;
}

/* Does jansson refuse for one of the reasons of json_differences.tsv? */
static bool
known_difference(const json_error_t *e)
{
	static const char *const known[] = { "too big", "real number overflow", "invalid Unicode",
		"NUL byte in object key" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(e->text, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

/* Laws 2 and 3 for one line that was written. */
static void
line_is_right(struct prop *t, struct span line)
{
	struct json j = { .p = line.p, .end = line.p + line.n };
	struct span raw;
	json_error_t e;
	json_t *tree;

	law(t, line.n > 0 && line.p[line.n - 1] == '\n', "one newline", line);
	line.n--;
	law(t, memchr(line.p, '\n', line.n) == NULL, "one line", line);
	law(t, utf8_valid(line) == line.n, "UTF-8", line);
	j.end = line.p + line.n;
	law(t, json_value(&j, &raw) && j.p == j.end, "JSON", line);
	tree = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &e);
	law(t, tree != NULL || (t->odd && known_difference(&e)), "JSON by jansson", line);
	law(t, tree == NULL || slices_hold(tree), "slices", line);
	law(t, json_object_get(tree, "text") == NULL || summary_holds(tree), "summary", line);
	json_decref(tree);
}

/* Law 5: line, read and written, is line. Returns whether it was read. */
static void
reads_back(struct prop *t, struct span line)
{
	struct diag d = { .prog = "p", .quiet = true };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct record r;

	if (line.n > 0)
		line.n--;
	if (record_parse(&r, line, NULL, here, &a, &d)) {
		record_write(&r, &out);
		out.n--;
		law(t, span_eq(buf_span(&out), line), "f(f(x)) = f(x)", line);
	} else {
		law(t, false, "what was written is refused", line);
	}
	buf_free(&out);
	arena_free(&a);
}

static void
write_and_check(struct prop *t, struct record *r)
{
	struct buf out = { 0 };

	record_write(r, &out);
	line_is_right(t, buf_span(&out));
	reads_back(t, buf_span(&out));
	buf_free(&out);
}

/* Write all layers that were read anew. */
static void
own_all(struct record *r)
{
	struct record was = *r;

	for (enum layer l = LAYER_SENTS; l < N_LAYER; l++)
		if ((was.have & 1U << l) != 0)
			record_own(r, l);
	r->sents = was.sents;
	r->dates = was.dates;
	r->ents = was.ents;
	r->quotes = was.quotes;
	r->summary = was.summary;
	for (enum layer l = LAYER_SENTS; l < N_LAYER; l++)
		record_sort(r, l);
}

static bool
is_safe(uint32_t cp)
{
	return cp >= 0x20 && (cp < 0x7F || cp > 0x9F) && (cp < 0x202A || cp > 0x202E) &&
	       (cp < 0x2066 || cp > 0x2069);
}

static void
check_forms(struct prop *t, struct record *r)
{
	static const struct look look[] = {
		{ .layers = ~0U, .width = 40, .color = true, .terminal = true },
		{ .layers = ~0U },
		{ .layers = 1 << LAYER_SENTS, .width = 20 },
	};
	struct buf out = { 0 };

	for (size_t i = 0; forms[i] != NULL; i++) {
		buf_clear(&out);
		forms[i]->record(r, &look[dice(t, 3)], &out);
		law(t, utf8_valid(buf_span(&out)) == out.n, forms[i]->name, buf_span(&out));
	}
	buf_clear(&out);
	form_find("text")->record(r, &look[1], &out);
	for (size_t k = 0, len; k < out.n; k += len) {
		uint32_t cp = utf8_next(span_cut(buf_span(&out), k, out.n), &len);

		law(t, cp == '\n' || is_safe(cp), "safe text", buf_span(&out));
	}
	buf_clear(&out);
	form_find("tsv")->record(r, &look[1], &out);
	for (size_t k = 0, tabs = 0; k < out.n; k++) {
		tabs += out.p[k] == '\t';
		if (out.p[k] == '\n') {
			law(t, tabs == 10, "columns", buf_span(&out));
			tabs = 0;
		}
	}
	buf_free(&out);
}

static void
check_parts(struct prop *t, struct record *r)
{
	uint32_t a = t->border[dice(t, t->n_border)], b = t->border[dice(t, t->n_border)];
	struct record part;

	record_part(&part, r, (struct range){ a < b ? a : b, a < b ? b : a }, 1, r->arena);
	write_and_check(t, &part);
	for (size_t i = 0; i < record_sents(r)->n && i < 4; i++) {
		record_part(&part, r, r->sents.at[i], i + 1, r->arena);
		write_and_check(t, &part);
	}
}

/* Sentences are found anew, one fewer: a summary of them cannot stay as it is. */
static void
lose_a_sentence(struct record *r)
{
	struct ranges was = r->sents;

	if (was.n == 0 || (r->have & 1U << LAYER_SENTS) == 0)
		return;
	record_own(r, LAYER_SENTS);
	r->sents = was;
	r->sents.n--;
}

static void
unknown_kept(struct prop *t, struct span out)
{
	for (size_t i = 0; i < t->n_known; i++)
		law(t, memmem(out.p, out.n, t->known[i].p, t->known[i].n) != NULL,
		    "unknown members byte for byte", out);
}

/* Laws 1 to 6 for the record that was made. */
static void
check_right(struct prop *t)
{
	struct diag d = { .prog = "p", .quiet = true };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct record r;

	law(t, record_parse(&r, buf_span(&t->line), NULL, here, &a, &d), "accepted",
	    buf_span(&t->line));
	if (d.count.rejected == 0) {
		law(t, span_eq(r.text, buf_span(&t->text)), "text", buf_span(&t->line));
		record_write(&r, &out);
		unknown_kept(t, buf_span(&out));
		check_forms(t, &r);
		check_parts(t, &r);
		write_and_check(t, &r);
		own_all(&r);
		write_and_check(t, &r);
		buf_clear(&out);
		record_write(&r, &out);
		unknown_kept(t, buf_span(&out));
		lose_a_sentence(&r);
		write_and_check(t, &r);
	}
	buf_free(&out);
	arena_free(&a);
}

static void
damage(struct prop *t)
{
	static const char *const tokens[] = { "\"", "{", "}", "[", "]", ",", ":", "-1", "9",
		"99999999999999", "\\u0000", "\\ud800", "\"text\":\"x\",", "\"sents\":", "null",
		"\377", "\xC3", " ", "." };
	size_t at = dice(t, t->line.n), n;
	struct buf tail = { 0 };
	const char *token;

	switch (dice(t, 4)) {
	case 0:
		t->line.p[at] = (char)dice(t, 256);
		break;
	case 1:
		n = 1 + dice(t, 4);
		n = n < t->line.n - at ? n : t->line.n - at;
		memmove(t->line.p + at, t->line.p + at + n, t->line.n - at - n);
		t->line.n -= n;
		break;
	case 2:
		token = tokens[dice(t, sizeof(tokens) / sizeof(tokens[0]))];
		buf_put(&tail, span_cut(buf_span(&t->line), at, t->line.n));
		t->line.n = at;
		buf_str(&t->line, token);
		buf_put(&t->line, buf_span(&tail));
		break;
	default: /* a digit: offsets move */
		for (size_t i = 0; i < t->line.n; i++, at = (at + 1) % t->line.n)
			if (t->line.p[at] >= '0' && t->line.p[at] <= '9') {
				t->line.p[at] = (char)('0' + dice(t, 10));
				break;
			}
	}
	for (size_t i = 0; i < t->line.n; i++)
		if (t->line.p[i] == '\n')
			t->line.p[i] = ' '; /* a line has none */
	buf_free(&tail);
}

/* Law 7. The line is copied to its exact size, for ASan. */
static void
check_damaged(struct prop *t)
{
	struct diag d = { .prog = "p" };
	struct arena a = { 0 };
	struct span line = arena_copy(&a, buf_span(&t->line));
	struct record r;

	if (record_parse(&r, line, NULL, here, &a, &d)) {
		t->accepted++;
		law(t, d.count.rejected == 0, "counts of an accepted record", line);
		check_forms(t, &r);
		write_and_check(t, &r);
		own_all(&r);
		write_and_check(t, &r);
	} else {
		t->refused++;
		law(t, d.count.rejected == 1 && d.err.n > 0, "counts of a refused record", line);
	}
	buf_free(&d.err);
	arena_free(&a);
}

static void
check_document(struct prop *t)
{
	struct diag d = { .prog = "p", .quiet = true };
	struct arena a = { 0 };
	struct record r;
	size_t cut = dice(t, t->line.n + 1), cut2 = cut + dice(t, t->line.n - cut + 1);

	record_from_text(&r, span_cut(buf_span(&t->line), 0, cut),
	    span_cut(buf_span(&t->line), cut, cut2), span_cut(buf_span(&t->line), cut2, t->line.n),
	    here, &a, &d);
	t->odd = false;
	check_forms(t, &r);
	record_own_sents(&r);
	write_and_check(t, &r);
	buf_clear(&t->text);
	buf_put(&t->text, r.text);
	find_borders(t);
	check_parts(t, &r);
	arena_free(&a);
}

int
main(int argc, char **argv)
{
	size_t cases = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : CASES;
	struct prop t = { .state = argc > 2 ? strtoull(argv[2], NULL, 10) : SEED };

	for (size_t i = 0; i < cases; i++) {
		make_record(&t);
		check_right(&t);
		check_document(&t);
		for (size_t k = 0; k < DAMAGED && t.line.n > 0; k++) {
			damage(&t);
			t.odd = true;
			check_damaged(&t);
		}
	}
	printf("%8zu records; damaged: %zu accepted, %zu refused\n", cases, t.accepted, t.refused);
	printf("%zu passed, %zu failed\n", t.cases - t.failed, t.failed);
	buf_free(&t.line);
	buf_free(&t.text);
	for (size_t i = 0; i < OWN_MAX; i++)
		buf_free(&t.known[i]);
	return t.failed != 0;
}
