/* json_diff.c - json.c against jansson on made-up and then damaged lines: same verdict, same strings.
 *
 * usage: prop_json_diff [CASES [SEED]]   (from the top of the source tree)
 *
 * The verdict is on a whole line that is one object. Where the two disagree, the message of the one that
 * refuses must be in json_differences.tsv, and once what that row is about has been taken out of the line (and
 * nothing else), they must agree: so no second fault hides behind a known difference.
 */
#include <stdio.h>
#include <stdlib.h>

/* Both libraries begin their names with json_: those that clash are jansson_ here. */
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

#include "ascii.h"
#include "diag.h"
#include "json.h"
#include "table.h"
#include "utf8.h"

enum { CASES = 300000, SEED = 20211204, ROW_MAX = 32, SHOWN_MAX = 10 };

static const char table_name[] = "tests/property/json_differences.tsv";

struct diff {
	uint64_t state; /* of the dice */
	struct table table;
	size_t met[ROW_MAX]; /* cases of each row */
	size_t cases, valid, failed;
	size_t strings; /* compared after decoding */
	struct arena arena;
	struct buf line, plain;
};

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
static unsigned
dice(struct diff *d, unsigned sides)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (unsigned)((d->state * 0x2545F4914F6CDD1DU) >> 33) % sides;
}

/* --- making lines --- */

static void
put_one_of(struct diff *d, const char *const *of, unsigned n)
{
	buf_str(&d->line, of[dice(d, n)]);
}

static void
make_space(struct diff *d)
{
	static const char *const spaces[] = { " ", "\t", "  ", " \r\n " };

	if (dice(d, 6) == 0)
		put_one_of(d, spaces, 4);
}

static void
make_string(struct diff *d)
{
	static const char *const pieces[] = { "a", "said ", "Kyiv on Tuesday, officials",
		"\xC3\xA9", "\xE2\x80\x99", "\xF0\x9F\x98\x80", "\\n", "\\\"", "\\\\", "\\/",
		"\\b\\f\\r\\t", "\\u00e9", "\\uD83D\\uDE00", "\\u2019", "\x7F", "{", "]", ":,",
		"1e999", "99999999999999999999" };
	static const char *const rare[] = { "\\u0000", "\\ud83d", "\\uDE00", "\\ud83dx",
		"\\uDBFF\\uDBFF" };

	buf_char(&d->line, '"');
	for (unsigned n = dice(d, 6); n > 0; n--)
		put_one_of(d, pieces, sizeof(pieces) / sizeof(pieces[0]));
	if (dice(d, 60) == 0)
		put_one_of(d, rare, sizeof(rare) / sizeof(rare[0]));
	buf_char(&d->line, '"');
}

static void
make_number(struct diff *d)
{
	static const char *const numbers[] = { "0", "-0", "1", "42", "-17", "3.25", "0.5e-3", "1E5",
		"2e+2", "9223372036854775807", "0.1000", "1234567890123456789012345.5" };
	static const char *const rare[] = { "1e400", "-1e999", "18446744073709551616",
		"-9223372036854775809", "1234567890123456789012345678901234567890" };

	if (dice(d, 60) == 0)
		put_one_of(d, rare, sizeof(rare) / sizeof(rare[0]));
	else
		put_one_of(d, numbers, sizeof(numbers) / sizeof(numbers[0]));
}

static void
make_scalar(struct diff *d)
{
	static const char *const words[] = { "null", "true", "false" };

	switch (dice(d, 5)) {
	case 0:
		put_one_of(d, words, 3);
		break;
	case 1:
	case 2:
		make_number(d);
		break;
	default:
		make_string(d);
	}
}

static void
make_key(struct diff *d)
{
	static const char *const keys[] = { "\"id\"", "\"text\"", "\"start\"", "\"end\"",
		"\"dates\"", "\"\"" };

	make_space(d);
	if (dice(d, 2) == 0)
		put_one_of(d, keys, sizeof(keys) / sizeof(keys[0]));
	else
		make_string(d);
	make_space(d);
	buf_char(&d->line, ':');
}

/* An object of up to steps members and elements, at any depth: a walk up and down, no recursion. */
static void
make_object(struct diff *d, unsigned steps)
{
	char close[64];
	size_t depth = 0;
	bool first = true;

	buf_char(&d->line, '{');
	close[depth++] = '}';
	while (depth > 0) {
		make_space(d);
		if (steps == 0 || dice(d, 5) == 0) {
			buf_char(&d->line, close[--depth]);
			first = false;
			continue;
		}
		steps--;
		if (!first)
			buf_char(&d->line, ',');
		if (close[depth - 1] == '}')
			make_key(d);
		make_space(d);
		first = depth < sizeof(close) && dice(d, 3) == 0;
		if (first) {
			close[depth] = "}]"[dice(d, 2)];
			buf_char(&d->line, close[depth++] == '}' ? '{' : '[');
		} else {
			make_scalar(d);
		}
	}
}

/* Arrays in arrays, around the limits of both. */
static void
make_deep(struct diff *d)
{
	static const unsigned depths[] = { 5, 100, 998, 999, 1000, 1001, 1500, 2040 };
	unsigned n = depths[dice(d, sizeof(depths) / sizeof(depths[0]))];

	buf_str(&d->line, "{\"u\":");
	for (unsigned i = 0; i < n; i++)
		buf_char(&d->line, '[');
	for (unsigned i = 0; i < n; i++)
		buf_char(&d->line, ']');
	buf_char(&d->line, '}');
}

/* Change, drop, double or swap bytes of the line. */
static void
damage(struct diff *d)
{
	static const char bytes[] =
	    "\"\\{}[]:,0123456789.eE+-tfnu \t\n\x01\x1F\x7F\x80\xBF\xC3\xE2\xED\xA0\xF4\xFF/*";
	size_t at = dice(d, (unsigned)d->line.n), n = d->line.n - at;
	char *p = d->line.p + at;

	switch (dice(d, 5)) {
	case 0: /* another byte */
		*p = bytes[dice(d, sizeof(bytes))];
		break;
	case 1: /* dropped */
		memmove(p, p + 1, n - 1);
		d->line.n--;
		break;
	case 2: /* one more */
		buf_room(&d->line, 1);
		p = d->line.p + at;
		memmove(p + 1, p, n);
		*p = bytes[dice(d, sizeof(bytes))];
		d->line.n++;
		break;
	case 3: /* cut off */
		d->line.n = at + 1;
		break;
	default: /* one from elsewhere in the line */
		*p = d->line.p[dice(d, (unsigned)d->line.n)];
	}
}

/* --- the two opinions --- */

/* NULL if line is one object in valid UTF-8, else what is wrong. */
static const char *
ours(struct span line)
{
	struct json j = { line.p, line.p + line.n, NULL };
	struct span raw;

	if (utf8_valid(line) != line.n)
		return "not UTF-8";
	if (!json_value(&j, &raw))
		return j.what;
	if (json_type(raw) != JSON_OBJECT)
		return "no object";
	json_accept(&j, ' '); /* past white space */
	return j.p == j.end ? NULL : "more than one value";
}

static json_t *
theirs(struct span line, size_t flags, json_error_t *error)
{
	json_t *root = json_loadb(line.p, line.n, flags, error);

	if (root == NULL || json_typeof(root) == JANSSON_OBJECT)
		return root;
	json_decref(root);
	strncpy(error->text, "no object", sizeof(error->text) - 1);
	return NULL;
}

/* Bytes of the escape or number at p that are a known difference; 0 if none. What stands for them goes
 * to out: no fault comes or goes by it. */
static size_t
known(struct span rest, bool in_string, struct buf *out)
{
	size_t n = 0;

	if (in_string && rest.p[0] == '\\' && rest.n >= 6 && rest.p[1] == 'u') {
		bool nul = memcmp(rest.p + 2, "0000", 4) == 0;
		bool surrogate = ascii_fold((unsigned char)rest.p[2]) == 'd' &&
				 ascii_hex((unsigned char)rest.p[3]) >= 8;

		if (nul || surrogate)
			buf_str(out, "\\u0041");
		return nul || surrogate ? 6 : 0;
	}
	if (in_string || !ascii_digit((unsigned char)rest.p[0]))
		return 0;
	/* The first two digits of many: a wrong leading zero stays one. */
	while (n < rest.n && ascii_digit((unsigned char)rest.p[n]))
		n++;
	if (n < 3)
		return 0;
	buf_put(out, span_cut(rest, 0, 2));
	return n;
}

/* line without the known differences, into d->plain. */
static void
make_plain(struct diff *d, struct span line)
{
	bool in_string = false;

	buf_clear(&d->plain);
	for (size_t i = 0; i < line.n;) {
		size_t n = known(span_cut(line, i, line.n), in_string, &d->plain);

		if (n == 0) {
			n = in_string && line.p[i] == '\\' && i + 1 < line.n ? 2 : 1;
			in_string = in_string != (n == 1 && line.p[i] == '"');
			buf_put(&d->plain, span_cut(line, i, i + n));
		}
		i += n;
	}
}

/* Deepest nesting of brackets outside strings. */
static size_t
depth_of(struct span line)
{
	bool in_string = false;
	size_t depth = 0, most = 0;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '"')
			in_string = !in_string;
		else if (in_string)
			i += c == '\\';
		else if (c == '{' || c == '[')
			most = ++depth > most ? depth : most;
		else if (c == '}' || c == ']')
			depth--;
	}
	return most;
}

static size_t
find_row(const struct diff *d, const char *who, const char *message)
{
	for (size_t r = 0; r < d->table.n_row; r++)
		if (span_is(table_cell(&d->table, r, 0), who) &&
		    span_starts(span_c(message), table_cell(&d->table, r, 1)))
			return r;
	return SIZE_MAX;
}

static void
report(struct diff *d, struct span line, const char *what, const char *message)
{
	d->failed++;
	if (d->failed <= SHOWN_MAX)
		printf("FAIL %s (%s): %.*s\n", what, message, (int)(line.n > 300 ? 300 : line.n),
		    line.p);
}

/* We take line, jansson does not. */
static void
check_accepted(struct diff *d, struct span line, const char *message)
{
	size_t row = find_row(d, "jansson", message);
	json_error_t error;
	json_t *root;

	if (row == SIZE_MAX) {
		report(d, line, "invalid accepted", message);
		return;
	}
	d->met[row]++;
	make_plain(d, line);
	root = theirs(buf_span(&d->plain), 0, &error);
	if (root == NULL)
		report(d, line, "invalid accepted behind a known difference", error.text);
	json_decref(root);
}

/* line without raw NUL bytes, into d->plain. */
static void
drop_nuls(struct diff *d, struct span line)
{
	buf_clear(&d->plain);
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '\0')
			buf_char(&d->plain, line.p[i]);
}

/* jansson takes line, we do not: too deep, or a NUL, without which we would take it. */
static void
check_refused(struct diff *d, struct span line, const char *what)
{
	size_t row = find_row(d, "json.c", what);

	if (row == SIZE_MAX) {
		report(d, line, "valid refused", what);
		return;
	}
	d->met[row]++;
	if (depth_of(line) > JSON_DEPTH_MAX)
		return;
	drop_nuls(d, line);
	if (d->plain.n == line.n || ours(buf_span(&d->plain)) != NULL)
		report(d, line, "valid refused behind a known difference", what);
}

/* Strings right below the top decode to the same text. jansson has no doubled keys here. */
static void
check_strings(struct diff *d, struct span line, json_t *root)
{
	struct json j = { line.p, line.p + line.n, NULL };

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key, raw, text;
		json_t *their;

		if (!json_key(&j, &key) || !json_value(&j, &raw))
			break;
		if (json_type(raw) != JSON_STRING)
			continue;
		key = json_unescape(key, &d->arena, NULL);
		text = json_unescape(span_cut(raw, 1, raw.n - 1), &d->arena, NULL);
		their = json_object_get(root, arena_cstr(&d->arena, key));
		d->strings++;
		if (their == NULL || json_typeof(their) != JANSSON_STRING ||
		    !span_eq(
			text, (struct span){ json_string_value(their), json_string_length(their) }))
			report(d, line, "decoded differently", "text");
		buf_clear(&d->plain);
		json_put(&d->plain, text);
		if (d->plain.n < 2 || utf8_valid(buf_span(&d->plain)) != d->plain.n)
			report(d, line, "written badly", "text");
	}
	if (j.what != NULL)
		report(d, line, "iteration refused", j.what);
}

/* Both opinions on one line, and what follows from them. */
static void
compare(struct diff *d, struct span line)
{
	json_error_t error;
	const char *what = ours(line);
	json_t *root = theirs(line, JSON_REJECT_DUPLICATES, &error);

	d->cases++;
	if (what == NULL && root == NULL)
		check_accepted(d, line, error.text);
	else if (what != NULL && root != NULL)
		check_refused(d, line, what);
	else if (root != NULL)
		check_strings(d, line, root);
	d->valid += what == NULL;
	json_decref(root);
	arena_reset(&d->arena);
}

/* A line of exactly its size, so that AddressSanitizer sees a read behind the end. */
static void
compare_exact(struct diff *d)
{
	size_t n = d->line.n;
	char *copy = malloc(n == 0 ? 1 : n);

	if (copy == NULL)
		die_oom(n);
	memcpy(copy, d->line.p, n);
	compare(d, (struct span){ copy, n });
	free(copy);
}

static void
run_cases(struct diff *d, size_t cases)
{
	while (d->cases < cases) {
		buf_clear(&d->line);
		make_space(d);
		if (dice(d, 1000) == 0)
			make_deep(d);
		else
			make_object(d, dice(d, 20));
		make_space(d);
		compare_exact(d);
		/* The same line, more and more damaged. */
		for (unsigned n = 1 + dice(d, 4); n > 0 && d->line.n > 0; n--) {
			damage(d);
			compare_exact(d);
		}
	}
}

static void
run_examples(struct diff *d)
{
	for (size_t r = 0; r < d->table.n_row; r++) {
		struct span example = table_cell(&d->table, r, 2);
		size_t before = d->met[r];

		if (example.n == 0)
			continue;
		compare(d, example);
		if (d->met[r] != before + 1)
			report(d, example, "example of a row shows no difference", table_name);
	}
}

static bool
load_table(struct diff *d, struct buf *text, struct arena *a)
{
	FILE *in = fopen(table_name, "rb");
	const char *what = "cannot open";
	size_t line = 0, column = 0, n;

	if (in != NULL) {
		while ((n = fread(buf_room(text, 4096), 1, 4096, in)) > 0)
			text->n += n;
		fclose(in);
		if (table_parse(&d->table, buf_span(text), a, &line, &column, &what) &&
		    d->table.n_row <= ROW_MAX)
			return true;
	}
	printf("%s:%zu:%zu: %s\n0 passed, 1 failed\n", table_name, line, column, what);
	return false;
}

int
main(int argc, char **argv)
{
	size_t cases = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : CASES;
	struct diff d = { .state = argc > 2 ? strtoull(argv[2], NULL, 10) : SEED };
	struct buf text = { 0 };
	struct arena a = { 0 };

	if (!load_table(&d, &text, &a))
		return 1;
	run_examples(&d);
	run_cases(&d, cases);
	for (size_t r = 0; r < d.table.n_row; r++) {
		struct span message = table_cell(&d.table, r, 1);

		printf("%8zu known differences: %.*s\n", d.met[r], (int)message.n, message.p);
		if (d.met[r] == 0)
			report(&d, message, "row never met", table_name);
	}
	printf("%8zu lines, %zu valid; %zu strings decoded\n", d.cases, d.valid, d.strings);
	printf("%zu passed, %zu failed\n", d.cases - (d.failed < d.cases ? d.failed : d.cases),
	    d.failed);
	buf_free(&text);
	buf_free(&d.line);
	buf_free(&d.plain);
	arena_free(&d.arena);
	arena_free(&a);
	return d.failed == 0 ? 0 : 1;
}
