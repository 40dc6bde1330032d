/* test_reader.c - streams into units: every oddity of RECORD "Raw text in", in pieces of every size. */
#include "reader.h"

#include <check.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "buf.h"

#define BOM "\xEF\xBB\xBF"
#define H1 "date 2022-03-01 "
#define H2 "date 2022-03-02 "

/* Bytes that come in pieces. */
struct pieces {
	struct span left;
	size_t step;     /* bytes of a piece; 0: all */
	int interrupted; /* EINTR before each piece when odd */
	int err;         /* errno at the end, or 0 */
};

static ssize_t
next_piece(void *ctx, char *to, size_t n)
{
	struct pieces *p = ctx;

	if (p->step == 1 && (p->interrupted++ & 1) == 0) {
		errno = EINTR;
		return -1;
	}
	if (p->left.n == 0 && p->err != 0) {
		errno = p->err;
		return -1;
	}
	if (p->step > 0 && n > p->step)
		n = p->step;
	if (n > p->left.n)
		n = p->left.n;
	memcpy(to, p->left.p, n);
	p->left = span_cut(p->left, n, p->left.n);
	return (ssize_t)n;
}

/* One unit as a line: J3{...} or T3[date][title][body], line ends and NULs made visible. */
static void
show(struct buf *out, const struct unit *u)
{
	const struct span part[] = { u->date, u->title, u->body };

	buf_fmt(out, "%c%zu", u->kind == UNIT_JSON ? 'J' : 'T', u->where.line);
	if (u->kind == UNIT_JSON)
		diag_mask(out, u->raw);
	for (size_t i = 0; u->kind == UNIT_TEXT && i < 3; i++) {
		buf_str(out, part[i].p == NULL ? "-" : "[");
		for (size_t k = 0; k < part[i].n; k++)
			if (part[i].p[k] == '\n')
				buf_char(out, '~');
			else if (part[i].p[k] == '\r')
				buf_char(out, '^');
			else if (part[i].p[k] == '\0')
				buf_char(out, '$');
			else
				buf_char(out, part[i].p[k]);
		buf_str(out, part[i].p == NULL ? "" : "]");
	}
	buf_char(out, '\n');
}

struct result {
	struct buf out;
	struct diag diag;
};

static void
result_free(struct result *r)
{
	buf_free(&r->out);
	buf_free(&r->diag.err);
	buf_free(&r->diag.dead);
}

static void
run(struct result *r, const struct input *in, struct span bytes, size_t step, int err)
{
	struct pieces p = { bytes, step, 0, err };
	struct unit u;

	*r = (struct result){ .diag = { .prog = "t", .keep_dead = true } };
	struct reader *rd = reader_new_feed(in, (struct source_feed){ next_piece, &p }, &r->diag);
	while (reader_next(rd, &u))
		show(&r->out, &u);
	ck_assert(!reader_next(rd, &u));
	reader_free(rd);
	buf_char(&r->out, '\0');
	buf_char(&r->diag.err, '\0');
}

enum how { PLAIN = 0, NULS = 1, LINES = 2, DCT = 4 };

struct reader_case {
	const char *name;
	struct span in;
	enum input_format format;
	enum how how;
	size_t max;      /* max_record, or 0 */
	const char *out; /* units as show() writes them */
	const char *err; /* messages */
};

#define S(lit) \
	{ \
		(lit), sizeof(lit) - 1 \
	}
#define JSONL FORMAT_JSONL
#define NEWS FORMAT_NEWS
#define TEXT FORMAT_TEXT
#define AUTO FORMAT_AUTO

static const struct reader_case cases[] = {
	/* JSON lines */
	{ "two records", S("{\"a\":1}\n{\"b\":2}\n"), AUTO, 0, 0, "J1{\"a\":1}\nJ2{\"b\":2}\n",
	    "" },
	{ "A12 no newline at the end", S("{\"a\":1}\n{}"), AUTO, 0, 0, "J1{\"a\":1}\nJ2{}\n", "" },
	{ "A13 blank lines", S("\n \t\n{}\n\n  \r\n{}\n\n"), AUTO, 0, 0, "J3{}\nJ6{}\n", "" },
	{ "A14 CR LF", S("{}\r\n{}\r\n"), AUTO, 0, 0, "J1{}\nJ2{}\n", "" },
	{ "A4 byte order mark", S(BOM "{}\n"), AUTO, 0, 0, "J1{}\n", "" },
	{ "A4 byte order mark inside", S("{}\n" BOM "{}\n" BOM "\n"), AUTO, 0, 0, "J1{}\nJ2{}\n",
	    "" },
	{ "A11 two records on a line", S("{}{}\n{}\n"), AUTO, 0, 0, "J1{}{}\nJ2{}\n", "" },
	{ "A5 NUL", S("{\"a\":\"\0\"}\n{}\n"), AUTO, 0, 0, "J1{\"a\":\"\\x00\"}\nJ2{}\n", "" },
	{ "A10, A15 lines that are no records", S("{\"a\"\nnull\ntext\n{}"), AUTO, 0, 0,
	    "J1{\"a\"\nJ2null\nJ3text\nJ4{}\n", "" },
	{ "first line no record", S("x\n{}\n"), JSONL, 0, 0, "J1x\nJ2{}\n", "" },
	{ "JSON whatever is asked for text", S("{}\n{}\n"), AUTO, NULS | LINES, 0, "J1{}\nJ2{}\n",
	    "" },
	{ "longest line", S("{\"a\":12}\n{}\n"), AUTO, 0, 8, "J1{\"a\":12}\nJ2{}\n", "" },
	{ "A20 line too long", S("{}\n{\"a\":123}\n{}\n"), AUTO, 0, 8, "J1{}\nJ3{}\n",
	    "t: -:2: record of 9 bytes is longer than --max-record (8); record rejected\n" },
	{ "A20 last line too long", S("{}\n{\"a\":123}"), AUTO, 0, 8, "J1{}\n",
	    "t: -:2: record of 9 bytes is longer than --max-record (8); record rejected\n" },

	/* news */
	{ "one", S(" " H1 "Ferry sinks\n\nMany saved.\n"), AUTO, 0, 0,
	    "T1[2022-03-01][Ferry sinks][~~Many saved.~]\n", "" },
	{ "A29 glued", S(" " H1 "A\n\nIt sank. " H2 "B\n\nIt rose."), AUTO, 0, 0,
	    "T1[2022-03-01][A][~~It sank.]\nT3[2022-03-02][B][~~It rose.]\n", "" },
	{ "A14 CR LF, glued", S(" " H1 "A\r\n\r\nIt sank. " H2 "B\r\n\r\nIt rose."), AUTO, 0, 0,
	    "T1[2022-03-01][A][^~^~It sank.]\nT3[2022-03-02][B][^~^~It rose.]\n", "" },
	{ "lone CR", S(H1 "A\r\rIt sank.\r" H2 "B\r\rIt rose."), AUTO, 0, 0,
	    "T1[2022-03-01][A][^^It sank.^]\nT4[2022-03-02][B][^^It rose.]\n", "" },
	{ "A4 byte order marks", S(BOM " " H1 "A\n\nIt sank." BOM " " H2 "B\nIt rose."), AUTO, 0, 0,
	    "T1[2022-03-01][A][~~It sank.]\nT3[2022-03-02][B][~It rose.]\n", "" },
	{ "A32 nothing", S(""), AUTO, 0, 0, "", "" },
	{ "byte order mark alone", S(BOM), AUTO, 0, 0, "", "" },
	{ "white space alone", S("\n \r\n\t"), AUTO, 0, 0, "", "" },
	{ "white space alone, as news", S("\n \r\n\t\xC2\xA0"), NEWS, 0, 0, "", "" },
	{ "white space alone, as text", S("\n \r\n\t" BOM), TEXT, 0, 0, "", "" },
	{ "no header", S("Just text.\n\nMore.\n"), AUTO, 0, 0, "T1--[Just text.~~More.~]\n", "" },
	{ "indentation of the first line", S("\r\n \n\t Text\n  More"), AUTO, 0, 0,
	    "T3--[\t Text~  More]\n", "" },
	{ "no header, blank lines first", S("\n\r\n\n Text"), NEWS, 0, 0, "T4--[~^~~ Text]\n", "" },
	{ "header alone", S(H1 "A"), AUTO, 0, 0, "T1[2022-03-01][A][]\n", "" },
	{ "headers alone", S(H1 "A\n" H2 "B\n"), AUTO, 0, 0,
	    "T1[2022-03-01][A][~]\nT2[2022-03-02][B][~]\n", "" },
	{ "no headline", S("date 2022-03-01\n\nBody"), AUTO, 0, 0, "T1[2022-03-01][][~~Body]\n",
	    "" },
	{ "preamble", S("Today:\n " H1 "A\n\nB"), AUTO, 0, 0,
	    "T1--[Today:~]\nT2[2022-03-01][A][~~B]\n", "" },
	{ "blank preamble", S("\n\n " H1 "A\n\nB"), NEWS, 0, 0, "T3[2022-03-01][A][~~B]\n", "" },
	{ "A30 header-like words", S(H1 "A\n\nOn date 2022-03-02 Tuesday it\nwas."), AUTO, 0, 0,
	    "T1[2022-03-01][A][~~On date 2022-03-02 Tuesday it~was.]\n", "" },
	{ "A31 impossible date, said once",
	    S(H1 "A\n\nB. date 2022-02-30 C\n\nD\n date 2022-02-31 E\n"), AUTO, 0, 0,
	    "T1[2022-03-01][A][~~B. date 2022-02-30 C~~D~ date 2022-02-31 E~]\n",
	    "t: -:3: 2022-02-30 is no date; taken as text\n" },
	{ "one NUL", S(H1 "A\n\nB\0C"), AUTO, 0, 0, "T1[2022-03-01][A][~~B$C]\n", "" },
	{ "A2 bad bytes", S(H1 "A\xE9\n\n\xFF"), AUTO, 0, 0, "T1[2022-03-01][A\xE9][~~\xFF]\n",
	    "" },
	{ "JSON as news", S("{}\n"), NEWS, 0, 0, "T1--[{}~]\n", "" },
	{ "text knows no headers", S(H1 "A\n\nB. " H2 "C\n\n"), TEXT, 0, 0,
	    "T1--[" H1 "A~~B. " H2 "C~~]\n", "" },
	{ "date of headerless text", S("A.\n" H1 "B\n\nC."), AUTO, DCT, 0,
	    "T1[2001-02-03]-[A.~]\nT2[2022-03-01][B][~~C.]\n", "" },
	{ "longest document", S(H1 "A\n1234"), AUTO, 0, 22, "T1[2022-03-01][A][~1234]\n", "" },
	{ "longest document, then a header", S(H1 "A\n123." H2 "B\n\n123"), AUTO, 0, 22,
	    "T1[2022-03-01][A][~123.]\nT2[2022-03-02][B][~~123]\n", "" },
	{ "A20 document too long", S(H1 "A\n1234.\n" H2 "B\n\n1"), AUTO, 0, 22,
	    "T3[2022-03-02][B][~~1]\n",
	    "t: -:1: record of 24 bytes is longer than --max-record (22); record rejected\n" },
	{ "A20 last document too long", S(H1 "A\n1\n\n" H2 "B\n12345"), AUTO, 0, 22,
	    "T1[2022-03-01][A][~1~~]\n",
	    "t: -:4: record of 23 bytes is longer than --max-record (22); record rejected\n" },

	/* -0 and --doc-per-line */
	{ "NULs", S("A\nb.\0\0 \n\0" H1 "C\n\nD\0E"), AUTO, NULS, 0,
	    "T1--[A~b.]\nT3[2022-03-01][C][~~D]\nT5--[E]\n", "" },
	{ "NUL at the end", S("A\0B\0"), AUTO, NULS, 0, "T1--[A]\nT1--[B]\n", "" },
	{ "header inside is text", S("A. " H1 "B\n\nC"), AUTO, NULS, 0, "T1--[A. " H1 "B~~C]\n",
	    "" },
	{ "NULs, too long", S("123456\0\n1\0"), AUTO, NULS, 5, "T2--[~1]\n",
	    "t: -:1: record of 6 bytes is longer than --max-record (5); record rejected\n" },
	{ "lines", S("A\n\n " H1 "B\r\n \nC"), AUTO, LINES, 0,
	    "T1--[A]\nT3[2022-03-01][B][^]\nT5--[C]\n", "" },
	{ "lines as text", S(H1 "B\nC"), TEXT, LINES, 0, "T1--[" H1 "B]\nT2--[C]\n", "" },
	{ "lines with a date", S("A\nB"), TEXT, LINES | DCT, 0,
	    "T1[2001-02-03]-[A]\nT2[2001-02-03]-[B]\n", "" },
	{ "impossible date in a line", S("date 2022-02-30 B\n"), AUTO, LINES, 0,
	    "T1--[date 2022-02-30 B]\n", "t: -:1: 2022-02-30 is no date; taken as text\n" },

	/* FAULTS A3, A9 */
	{ "binary", S("ELF\0\0\1"), AUTO, 0, 0, "", "t: -: binary file skipped\n" },
	{ "binary behind a document", S(H1 "A\n\n" H2 "B\n\0\0"), AUTO, 0, 0,
	    "T1[2022-03-01][A][~~]\n", "t: -: binary file skipped\n" },
	{ "binary behind lines", S("A\nB\0\nC\0\nD\n"), AUTO, LINES, 0, "T1--[A]\nT2--[B$]\n",
	    "t: -: binary file skipped\n" },
	{ "A3 UTF-16 LE",
	    S("\xFF\xFE"
	      "A\0\xE9\0\x3D\xD8\x00\xDE\n\0"),
	    AUTO, 0, 0, "T1--[A\xC3\xA9\xF0\x9F\x98\x80~]\n", "" },
	{ "A3 UTF-16 BE",
	    S("\xFE\xFF"
	      "\0{\0}\0\n\0{\0}"),
	    AUTO, 0, 0, "J1{}\nJ2{}\n", "" },
	{ "A3 UTF-32 LE",
	    S("\xFF\xFE\0\0"
	      "A\0\0\0\0\xF6\x01\0"),
	    AUTO, 0, 0, "T1--[A\xF0\x9F\x98\x80]\n", "" },
	{ "A3 UTF-32 BE",
	    S("\0\0\xFE\xFF"
	      "\0\0\0A\0\x11\0\0"),
	    AUTO, 0, 0, "T1--[A\xEF\xBF\xBD]\n",
	    "t: -: UTF-16 or UTF-32 is damaged; 1 \xC3\x97 U+FFFD put in\n" },
	{ "A3 UTF-16 with lone surrogates, torn",
	    S("\xFF\xFE"
	      "\x3D\xD8"
	      "A\0\0\xDE"
	      "B\0C"),
	    AUTO, 0, 0,
	    "T1--[\xEF\xBF\xBD"
	    "A\xEF\xBF\xBD"
	    "B\xEF\xBF\xBD]\n",
	    "t: -: UTF-16 or UTF-32 is damaged; 3 \xC3\x97 U+FFFD put in\n" },
	{ "UTF-16 mark alone", S("\xFF\xFE"), AUTO, 0, 0, "", "" },
	{ "half a mark", S("\xFF"), AUTO, 0, 0, "T1--[\xFF]\n", "" },
};

static struct input
input_of(const struct reader_case *c)
{
	return (struct input){
		.format = c->format,
		.null_cut = (c->how & NULS) != 0,
		.doc_per_line = (c->how & LINES) != 0,
		.dct = (c->how & DCT) != 0 ? "2001-02-03" : NULL,
		.max_record = c->max,
	};
}

START_TEST(streams)
{
	const struct reader_case *c = &cases[_i];
	static const size_t steps[] = { 0, 1, 2, 3, 7 };
	struct input in = input_of(c);

	for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
		struct result r;
		run(&r, &in, c->in, steps[k], 0);
		ck_assert_msg(strcmp(r.out.p, c->out) == 0, "%s, pieces of %zu:\n%snot\n%s",
		    c->name, steps[k], r.out.p, c->out);
		ck_assert_msg(strcmp(r.diag.err.p, c->err) == 0, "%s, pieces of %zu:\n%snot\n%s",
		    c->name, steps[k], r.diag.err.p, c->err);
		result_free(&r);
	}
}
END_TEST

/* UTF-16 without a mark is refused by name, JSON or text. */
START_TEST(unmarked)
{
	static const struct span bytes[] = {
		S("T\0h\0e\0 \0e\0n\0d\0.\0\n\0"),
		S("\0T\0h\0e\0 \0e\0n\0d\0.\0\n"),
		S("{\0\"\0a\0\"\0:\0001\0}\0\n\0"),
	};
	struct input in = { 0 };
	struct result r;

	run(&r, &in, bytes[_i], 0, 0);
	ck_assert_str_eq(r.out.p, "");
	ck_assert_ptr_nonnull(strstr(r.diag.err.p, "looks like UTF-16 without a byte order mark"));
	ck_assert_uint_eq(r.diag.count.unreadable, 1);
	result_free(&r);
}
END_TEST

START_TEST(counts)
{
	struct input in = { .max_record = 8 };
	struct result r;

	run(&r, &in, (struct span)S("{}\n\n{\"long\":1}\n{}\n"), 0, 0);
	ck_assert_uint_eq(r.diag.count.read, 1);
	ck_assert_uint_eq(r.diag.count.rejected, 1);
	ck_assert_uint_eq(r.diag.count.files, 1);
	ck_assert_uint_eq(r.diag.count.bytes, 18);
	ck_assert_uint_eq(r.diag.count.unreadable, 0);
	buf_char(&r.diag.dead, '\0');
	ck_assert_ptr_nonnull(strstr(r.diag.dead.p, "\"offset\":4,\"length\":10"));
	result_free(&r);
}
END_TEST

/* --strict: nothing is read behind the first rejection. */
START_TEST(strict)
{
	struct input in = { .max_record = 8 };
	struct pieces p = { (struct span)S("{}\n{\"long\":1}\n{}\n"), 0, 0, 0 };
	struct diag d = { .prog = "t", .strict = true };
	struct unit u;
	struct reader *rd = reader_new_feed(&in, (struct source_feed){ next_piece, &p }, &d);

	ck_assert(reader_next(rd, &u));
	ck_assert(!reader_next(rd, &u));
	reader_free(rd);
	buf_free(&d.err);
}
END_TEST

/* ---- broken inputs: what is whole comes out, the rest is named ---- */

/* Give back what a span owns. */
static void
drop(struct span s)
{
	free((void *)(uintptr_t)s.p);
}

struct torn_case {
	const char *name;
	struct span in;
	size_t cut;       /* bytes of the gzip data that are missing; 0: none */
	struct span more; /* bytes behind it */
	const char *out, *err;
};

static struct span
zip(struct span s)
{
	z_stream z = { 0 };
	size_t most = s.n + 1000;
	unsigned char *out = malloc(most);
	union {
		const char *in;
		Bytef *z;
	} p = { s.p };

	ck_assert_int_eq(deflateInit2(&z, 0, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = p.z;
	z.avail_in = (uInt)s.n;
	z.next_out = out;
	z.avail_out = (uInt)most;
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	most -= z.avail_out;
	deflateEnd(&z);
	return (struct span){ (char *)out, most };
}

/* The data are stored, not compressed, and end in eight bytes of check sum and length. */
static const struct torn_case torns[] = {
	{ "whole", S("{}\n{}\n"), 0, S(""), "J1{}\nJ2{}\n", "" },
	{ "B7 padding", S("{}\n"), 0, S("\0\0\0"), "J1{}\n", "" },
	{ "B7 garbage", S("{}\n"), 0, S("x"), "J1{}\n",
	    "t: -: garbage behind the gzip data is ignored\n" },
	{ "B7 garbage behind padding", S("{}\n{}"), 0, S("\0x"), "J1{}\nJ2{}\n",
	    "t: -: garbage behind the gzip data is ignored\n" },
	{ "B6 half a magic number", S("{}\n{}"), 0, S("\x1F"), "J1{}\n",
	    "t: -: gzip data ends early; what begins on line 2 is not whole and left out\n" },
	{ "B6 cut behind a line", S("{}\n{}\n"), 8, S(""), "J1{}\nJ2{}\n",
	    "t: -: gzip data ends early\n" },
	{ "B6 cut in a line", S("{}\n{}\n"), 10, S(""), "J1{}\n",
	    "t: -: gzip data ends early; what begins on line 2 is not whole and left out\n" },
	{ "B6 cut in a document", S(H1 "A\n\nB.\n" H2 "C\n\nD"), 8, S(""),
	    "T1[2022-03-01][A][~~B.~]\n",
	    "t: -: gzip data ends early; what begins on line 4 is not whole and left out\n" },
	{ "B6 cut in the header", S("{}"), 18, S(""), "", "t: -: gzip data ends early\n" },
	{ "damaged", S("{}\n{}\n"), 8, S("01234567"), "J1{}\nJ2{}\n",
	    "t: -: gzip data is damaged\n" },
};

START_TEST(torn)
{
	const struct torn_case *c = &torns[_i];
	static const size_t steps[] = { 0, 1, 3 };
	struct input in = { 0 };
	struct span z = zip(c->in);
	struct buf bytes = { 0 };

	buf_put(&bytes, span_cut(z, 0, z.n - c->cut));
	buf_put(&bytes, c->more);
	for (size_t k = 0; k < 3; k++) {
		struct result r;
		run(&r, &in, buf_span(&bytes), steps[k], 0);
		ck_assert_msg(
		    strcmp(r.out.p, c->out) == 0, "%s:\n%snot\n%s", c->name, r.out.p, c->out);
		ck_assert_msg(strcmp(r.diag.err.p, c->err) == 0, "%s:\n%snot\n%s", c->name,
		    r.diag.err.p, c->err);
		ck_assert_uint_eq(r.diag.count.unreadable, c->err[0] != '\0');
		result_free(&r);
	}
	buf_free(&bytes);
	drop(z);
}
END_TEST

/* Members are joined, whatever they hold: here two, with a line across the seam, in UTF-16. */
START_TEST(members)
{
	struct span a = zip((struct span)S("\xFF\xFE{\0}\0\n\0{")),
		    b = zip((struct span)S("\0}\0\n\0"));
	struct buf bytes = { 0 };
	struct input in = { 0 };
	struct result r;

	buf_put(&bytes, a);
	buf_put(&bytes, b);
	run(&r, &in, buf_span(&bytes), (size_t)_i, 0);
	ck_assert_str_eq(r.out.p, "J1{}\nJ2{}\n");
	ck_assert_str_eq(r.diag.err.p, "");
	result_free(&r);
	buf_free(&bytes);
	drop(a);
	drop(b);
}
END_TEST

START_TEST(read_error)
{
	struct input in = { 0 };
	struct result r;

	run(&r, &in, (struct span)S("{}\n{\"a"), 0, EIO);
	ck_assert_str_eq(r.out.p, "J1{}\n");
	ck_assert_str_eq(r.diag.err.p,
	    "t: -: read error: Input/output error; what begins on line 2 is "
	    "not whole and left out\n");
	ck_assert_uint_eq(r.diag.count.unreadable, 1);
	result_free(&r);
}
END_TEST

/* ---- files ---- */

static char folder[] = P_tmpdir "/ntag-reader-XXXXXX";

static void
enter_folder(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
}

static void
leave_folder(void)
{
	ck_assert_int_eq(system("rm -rf \"$PWD\""), 0);
}

static void
write_file(const char *name, struct span s)
{
	struct timeval at[2] = { { 951782400, 0 }, { 951782400, 0 } }; /* 2000-02-29 00:00 UTC */
	FILE *f = fopen(name, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(s.p, 1, s.n, f), s.n);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(utimes(name, at), 0);
}

/* Units of in as FILE:unit. */
static void
run_files(struct result *r, const struct input *in)
{
	struct unit u;

	*r = (struct result){ .diag = { .prog = "t" } };
	struct reader *rd = reader_new(in, &r->diag, NULL, NULL);
	while (reader_next(rd, &u)) {
		buf_fmt(&r->out, "%s:", u.where.file);
		show(&r->out, &u);
	}
	reader_free(rd);
	buf_char(&r->out, '\0');
	buf_char(&r->diag.err, '\0');
}

/* B1: each file is a stream of its own: its format, its lines, its faults. */
START_TEST(b1_files)
{
	static char a[] = "a", gone[] = "nosuch", b[] = "b", c[] = "c", e[] = "e";
	char *names[] = { a, gone, b, c, e, a };
	struct input in = { .file = names, .n_file = 6, .dct = "mtime" };
	struct result r;

	write_file("a", (struct span)S("Text without newline"));
	write_file("b", (struct span)S("{}\n{}"));
	write_file("c", (struct span)S("\0\0"));
	write_file("e", (struct span)S("\n date 2022-02-30 A\n" H1 "B\n\n"));
	run_files(&r, &in);
	ck_assert_str_eq(r.out.p, "a:T1[2000-02-29]-[Text without newline]\n"
				  "b:J1{}\nb:J2{}\n"
				  "e:T2[2000-02-29]-[ date 2022-02-30 A~]\n"
				  "e:T3[2022-03-01][B][~~]\n"
				  "a:T1[2000-02-29]-[Text without newline]\n");
	ck_assert_str_eq(r.diag.err.p, "t: nosuch: cannot open: No such file or directory\n"
				       "t: c: binary file skipped\n"
				       "t: e:2: 2022-02-30 is no date; taken as text\n");
	ck_assert_uint_eq(r.diag.count.files, 5);
	ck_assert_uint_eq(r.diag.count.unreadable, 2);
	result_free(&r);
}
END_TEST

/* B2-B4: what a walk passes over is said; only what may have been a loss counts. */
START_TEST(b4_directory)
{
	static char sub[] = "sub";
	char *names[] = { sub };
	struct input in = { .file = names, .n_file = 1 };
	struct result r;

	ck_assert_int_eq(mkdir("sub", 0700), 0);
	ck_assert_int_eq(mkfifo("sub/f.txt", 0600), 0);
	ck_assert_int_eq(symlink("nosuch", "sub/gone.txt"), 0);
	write_file("sub/x.jsonl", (struct span)S("{}"));
	run_files(&r, &in);
	ck_assert_str_eq(r.out.p, "sub/x.jsonl:J1{}\n");
	ck_assert_str_eq(r.diag.err.p, "t: sub/f.txt: is not a regular file; skipped\n"
				       "t: sub/gone.txt: cannot open: No such file or directory\n");
	ck_assert_uint_eq(r.diag.count.unreadable, 1);
	result_free(&r);
}
END_TEST

START_TEST(share)
{
	static char a[] = "a", b[] = "b", dash[] = "-";
	char *names[] = { a, b, dash };
	struct input in = { .file = names, .n_file = 2 };
	struct diag d = { .prog = "t" };
	struct unit u;

	write_file("a", (struct span)S("{}\n{}\n{}\n"));
	write_file("b", (struct span)S("{}\n"));
	struct reader *rd = reader_new(&in, &d, NULL, NULL);
	ck_assert(reader_share(rd) == 0);
	for (int i = 0; i < 3; i++)
		ck_assert(reader_next(rd, &u));
	ck_assert(reader_share(rd) == 0.75);
	ck_assert(reader_next(rd, &u));
	ck_assert(!reader_next(rd, &u));
	ck_assert(reader_share(rd) == 1);
	reader_free(rd);
	in.n_file = 3; /* standard input has no size that would count */
	rd = reader_new(&in, &d, NULL, NULL);
	ck_assert(reader_share(rd) == -1);
	reader_free(rd);
}
END_TEST

/* ---- cost ---- */

/* A stream of head, unit n times, tail; never in memory as a whole. */
struct flood {
	const char *head, *unit, *tail;
	uint64_t n, at; /* of the bytes made of units */
	size_t step, head_at, tail_at;
};

static size_t
give(const char *s, size_t *at, char *to, size_t n)
{
	size_t left = strlen(s) - *at;

	n = n < left ? n : left;
	memcpy(to, s + *at, n);
	*at += n;
	return n;
}

static ssize_t
next_flood(void *ctx, char *to, size_t n)
{
	struct flood *f = ctx;
	size_t len = strlen(f->unit);

	if (f->step > 0 && n > f->step)
		n = f->step;
	if (f->head[f->head_at] != '\0')
		return (ssize_t)give(f->head, &f->head_at, to, n);
	if (f->at == f->n)
		return (ssize_t)give(f->tail, &f->tail_at, to, n);
	if (n > f->n - f->at)
		n = (size_t)(f->n - f->at);
	for (size_t i = 0; i < n; i++)
		to[i] = f->unit[(f->at + i) % len];
	f->at += n;
	return (ssize_t)n;
}

struct flood_case {
	const char *name, *head, *unit, *tail;
	const char *out; /* what comes out with max_record 100,000 */
};

/* 200,000 bytes of unit are too long, wherever they stand; the neighbours are untouched. */
static const struct flood_case floods[] = {
	{ "A20 line", "{}\n{\"a\":\"", "x", "\"}\n{}\n", "J1{}\nJ3{}\n" },
	{ "A20 document", H1 "A\nB.\n\n" H2 "C\n", "x", ".\n" H1 "D\n\nE",
	    "T1[2022-03-01][A][~B.~~]\nT6[2022-03-01][D][~~E]\n" },
	{ "A20 document of blanks", H1 "A\nB.\n\n" H2 "C\n", " ", "\n" H1 "D\n\nE",
	    "T1[2022-03-01][A][~B.~~]\nT6[2022-03-01][D][~~E]\n" },
	{ "A20 document of would-be headers", H1 "A\nB.\n\n" H2 "C\n", "X. date 2022-02-30 Y",
	    "\n" H1 "D\n\nE", "T1[2022-03-01][A][~B.~~]\nT6[2022-03-01][D][~~E]\n" },
	{ "A20 headline", H1 "A\nB.\n\n" H2, "x", "\n\n" H1 "D\n\nE", "T6[2022-03-01][D][~~E]\n" },
};

START_TEST(flooded)
{
	const struct flood_case *c = &floods[_i];
	static const size_t steps[] = { 0, 1, 1000 };

	for (size_t k = 0; k < 3; k++) {
		struct flood f = { c->head, c->unit, c->tail, 200000, 0, steps[k], 0, 0 };
		struct input in = { .max_record = 100000 };
		struct result r = { .diag = { .prog = "t", .quiet = true } };
		struct unit u;
		struct reader *rd =
		    reader_new_feed(&in, (struct source_feed){ next_flood, &f }, &r.diag);
		while (reader_next(rd, &u))
			show(&r.out, &u);
		reader_free(rd);
		buf_char(&r.out, '\0');
		ck_assert_msg(strcmp(r.out.p, c->out) == 0, "%s: %.2000s", c->name, r.out.p);
		ck_assert_uint_eq(r.diag.count.rejected, 1);
		result_free(&r);
	}
}
END_TEST

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct cost_case {
	const char *name, *head, *unit;
	enum how how;
};

static const struct cost_case costs[] = {
	{ "a line of letters", "{\"a\":\"", "x", 0 },
	{ "short lines", "", "{}\n", 0 },
	{ "blank lines", "{}", "\n", 0 },
	{ "a document of letters", H1 "A\n", "x", 0 },
	{ "a document of hyphens", H1 "A\n", "-", 0 },
	{ "headers", "", H1 "A\n", 0 },
	{ "glued headers on one line", "", "X. " H1 "A", 0 },
	{ "a document of blanks", H1 "A\n", " ", 0 },
	{ "a document of CRs", H1 "A\n", "\r", 0 },
	{ "one letter a line", "", "x\n", LINES },
	{ "one line", "", "x", LINES },
};

/* A36, B19: twice the bytes take twice the time, also in pieces of one byte. */
START_TEST(linear)
{
	const struct cost_case *c = &costs[_i];
	double took[2];

	for (int i = 0; i < 2; i++) {
		struct flood f = { c->head, c->unit, "", (uint64_t)1 << (20 + i), 0, 1, 0, 0 };
		struct input in = { .doc_per_line = (c->how & LINES) != 0 };
		struct diag d = { .prog = "t", .quiet = true };
		struct unit u;
		double from = cpu();
		struct reader *rd =
		    reader_new_feed(&in, (struct source_feed){ next_flood, &f }, &d);
		while (reader_next(rd, &u))
			;
		reader_free(rd);
		buf_free(&d.err);
		took[i] = cpu() - from;
	}
	ck_assert_msg(took[1] <= 3 * took[0] + 0.05, "%s: %.3f s, twice as long %.3f s", c->name,
	    took[0], took[1]);
}
END_TEST

#define LOOP(tc, f, table) tcase_add_loop_test(tc, f, 0, sizeof(table) / sizeof((table)[0]))

int
main(void)
{
	Suite *s = suite_create("reader");
	TCase *tc = tcase_create("reader"), *files = tcase_create("files");
	SRunner *sr = srunner_create(s);

	tcase_set_timeout(tc, 60);
	LOOP(tc, streams, cases);
	tcase_add_loop_test(tc, unmarked, 0, 3);
	tcase_add_test(tc, counts);
	tcase_add_test(tc, strict);
	LOOP(tc, torn, torns);
	tcase_add_loop_test(tc, members, 0, 4);
	tcase_add_test(tc, read_error);
	LOOP(tc, flooded, floods);
	LOOP(tc, linear, costs);
	suite_add_tcase(s, tc);
	tcase_add_checked_fixture(files, enter_folder, leave_folder);
	tcase_add_test(files, b1_files);
	tcase_add_test(files, b4_directory);
	tcase_add_test(files, share);
	suite_add_tcase(s, files);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
