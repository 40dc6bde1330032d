/* test_token.c - what is one token, its flags, and laws over texts made of awkward pieces. */
#include <check.h>
#include <stdlib.h>

#include "token.h"
#include "uniclass.h"
#include "utf8.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* As ck_assert, but it costs nothing while all is well: for long loops. */
#define REQUIRE(...) \
	do { \
		if (!(__VA_ARGS__)) \
			ck_abort_msg("%s", #__VA_ARGS__); \
	} while (0)

#define APO "\xE2\x80\x99"  /* right single quote: the curly apostrophe */
#define LSQ "\xE2\x80\x98"  /* left single quote */
#define SHY "\xC2\xAD"      /* soft hyphen */
#define ACUTE "\xCC\x81"    /* combining */
#define ZWJ "\xE2\x80\x8D"  /* zero width joiner */
#define ZWNJ "\xE2\x80\x8C" /* zero width non-joiner */
#define LS "\xE2\x80\xA8"   /* line separator */
#define NBSP "\xC2\xA0"     /* no-break space */
#define E_ACUTE "\xC3\xA9"  /* precomposed */
#define CAP_E_ACUTE "\xC3\x89"

/* Tokens of text as "W:word N:12 P:." with a + before those that are glued to the token before. */
static void
render(struct span text, const struct tokens *t, struct buf *out)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct token *k = t->at + i;

		if (i > 0)
			buf_char(out, (k->flags & TOKEN_SPACE) != 0 ? ' ' : '+');
		buf_char(out, "WNP"[k->kind]);
		buf_char(out, ':');
		buf_put(out, token_span(text, k));
	}
}

static const struct cut {
	const char *text, *tokens;
} cuts[] = {
	{ "", "" },
	{ " \n\t ", "" },
	{ "Kyiv", "W:Kyiv" },
	{ "He said no.", "W:He W:said W:no+P:." },
	/* apostrophes */
	{ "don't", "W:don't" },
	{ "don" APO "t", "W:don" APO "t" },
	{ "O'Brien O" APO "Brien", "W:O'Brien W:O" APO "Brien" },
	{ "O'Brien's", "W:O'Brien+W:'s" },
	{ "Biden's Biden" APO "s", "W:Biden+W:'s W:Biden+W:" APO "s" },
	{ "IT'S", "W:IT+W:'S" },
	{ "the dogs' tails", "W:the W:dogs+P:' W:tails" },
	{ "James's", "W:James+W:'s" },
	{ "rock'n'roll", "W:rock'n'roll" },
	{ "l'" E_ACUTE "t" E_ACUTE, "W:l'" E_ACUTE "t" E_ACUTE },
	{ "'90s", "P:'+N:90+W:s" },
	{ LSQ "90s", "P:" LSQ "+N:90+W:s" },
	{ "'yes'", "P:'+W:yes+P:'" },
	{ "1990's 747" APO "s", "N:1990+W:'s N:747+W:" APO "s" },
	{ "y'all's", "W:y'all+W:'s" },
	{ "o'shea", "W:o'shea" },
	{ "o's" E_ACUTE, "W:o's" E_ACUTE },
	{ "a''s", "W:a+P:'+P:'+W:s" },
	{ "the 's", "W:the P:'+W:s" },
	{ "(us)'s", "P:(+W:us+P:)+P:'+W:s" },
	{ "x'5", "W:x+P:'+N:5" },
	{ "end'", "W:end+P:'" },
	{ "end" APO, "W:end+P:" APO },
	{ "end\xE2\x80", "W:end+P:\xE2\x80" }, /* no valid UTF-8: but no read behind the end */
	/* full stops */
	{ "U.S. troops", "W:U.S. W:troops" },
	{ "U.S.-led", "W:U.S.+P:-+W:led" },
	{ "U.S.'s U.N." APO "s", "W:U.S.+W:'s W:U.N.+W:" APO "s" },
	{ "at 5 a.m. and", "W:at N:5 W:a.m. W:and" },
	{ "5p.m.", "N:5+W:p.m." },
	{ "the U.S", "W:the W:U.S" },
	{ "e.g. i.e., etc.", "W:e.g. W:i.e.+P:, W:etc+P:." },
	{ "Ph.D.", "W:Ph+P:.+W:D+P:." },
	{ "J. K. Rowling", "W:J+P:. W:K+P:. W:Rowling" },
	{ "J.K. Rowling", "W:J.K. W:Rowling" },
	{ "J.Smith", "W:J+P:.+W:Smith" },
	{ "J.R.R.Tolkien", "W:J.R.R.+W:Tolkien" },
	{ "plan A. I", "W:plan W:A+P:. W:I" },
	{ "I...", "W:I+P:.+P:.+P:." },
	{ "U.S...", "W:U.S.+P:.+P:." },
	{ "a.1", "W:a+P:.+N:1" },
	{ "G.7.", "W:G+P:.+N:7+P:." },
	{ "x.y1", "W:x+P:.+W:y1" },
	{ CAP_E_ACUTE ".U. E" ACUTE ".U.", "W:" CAP_E_ACUTE ".U. W:E" ACUTE ".U." },
	{ "example.com", "W:example+P:.+W:com" },
	/* numbers */
	{ "$1,500.50", "P:$+N:1,500.50" },
	{ "1,500,000.", "N:1,500,000+P:." },
	{ "1, 2", "N:1+P:, N:2" },
	{ "2.5%", "N:2.5+P:%" },
	{ ".5", "P:.+N:5" },
	{ "1..2", "N:1+P:.+P:.+N:2" },
	{ "10:00", "N:10+P::+N:00" },
	{ "2021-12-04", "N:2021+P:-+N:12+P:-+N:04" },
	{ "4.12.2021", "N:4.12.2021" },
	{ "1990s 27th 3D", "N:1990+W:s N:27+W:th N:3+W:D" },
	{ "\xD9\xA1\xD9\xA2,\xD9\xA3", "N:\xD9\xA1\xD9\xA2,\xD9\xA3" }, /* Arabic-Indic */
	{ "5\xC2\xBD", "N:5+P:\xC2\xBD" },
	{ "9/11", "N:9+P:/+N:11" },
	/* words */
	{ "COVID19 G20 F-16", "W:COVID19 W:G20 W:F+P:-+N:16" },
	{ "well-known AT&T", "W:well+P:-+W:known W:AT+P:&+W:T" },
	{ "snake_case", "W:snake+P:_+W:case" },
	{ "na\xC3\xAFve Zo"
	  "e"
	  "\xCC\x88",
	    "W:na\xC3\xAFve W:Zoe\xCC\x88" },
	{ ACUTE "a", "P:" ACUTE "+W:a" },
	{ "co" SHY "operate", "W:co" SHY "operate" },
	{ "co" SHY " op", "W:co+P:" SHY " W:op" },
	{ SHY "a", "P:" SHY "+W:a" },
	{ "\xD9\x86" ZWNJ "\xD9\x86", "W:\xD9\x86" ZWNJ "\xD9\x86" },
	{ "a" ZWJ, "W:a+P:" ZWJ },
	{ "\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2", "W:\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2" }, /* Kyiv */
	{ "\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x81\xAF\xE3\x80\x82",
	    "W:\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x81\xAF+P:\xE3\x80\x82" },
	{ "1\xE6\x9C\x88", "N:1+W:\xE6\x9C\x88" },
	{ "\xF0\x90\x90\x80\xF0\x90\x90\xA8", "W:\xF0\x90\x90\x80\xF0\x90\x90\xA8" }, /* Deseret */
	/* marks */
	{ "\xE2\x80\x9CNo,\xE2\x80\x9D", "P:\xE2\x80\x9C+W:No+P:,+P:\xE2\x80\x9D" },
	{ "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "P:\xF0\x9F\x98\x80+P:\xF0\x9F\x98\x80" },
	{ "\xF0\x9F\x91\xA8" ZWJ "\xF0\x9F\x91\xA9",
	    "P:\xF0\x9F\x91\xA8+P:" ZWJ "+P:\xF0\x9F\x91\xA9" },
	{ "a\xE2\x80\x94"
	  "b",
	    "W:a+P:\xE2\x80\x94+W:b" },
	{ "a" LS "b" NBSP "c", "W:a W:b W:c" },
	{ "http://a.org/?q=1", "W:http+P::+P:/+P:/+W:a+P:.+W:org+P:/+P:?+W:q+P:=+N:1" },
	{ "press@nato.int", "W:press+P:@+W:nato+P:.+W:int" },
	{ "\x01\x7F", "P:\x01+P:\x7F" },
	{ "\xEF\xBF\xBD", "P:\xEF\xBF\xBD" },
};

/* With blanks behind it a text has the same tokens: the fast way of token.c stops before the end. */
static void
check_padded(struct span text, const struct tokens *t, struct arena *a)
{
	enum { PAD = 40 };
	char *copy = arena_alloc(a, text.n + PAD, 1);
	struct tokens padded;

	if (text.n > 0)
		memcpy(copy, text.p, text.n);
	memset(copy + text.n, ' ', PAD);
	padded = token_scan((struct span){ copy, text.n + PAD }, a);
	REQUIRE(padded.n == t->n);
	for (size_t i = 0; i < t->n; i++) {
		const struct token *x = t->at + i, *y = padded.at + i;

		REQUIRE(x->start == y->start && x->len == y->len && x->hash == y->hash);
		REQUIRE(x->kind == y->kind && x->flags == y->flags && x->first == y->first);
	}
}

START_TEST(test_cuts)
{
	const struct cut *c = &cuts[_i];
	size_t n = strlen(c->text);
	char *copy = malloc(n == 0 ? 1 : n);
	struct span text = { copy, n };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct tokens t;

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, c->text, n);
	t = token_scan(text, &a);
	render(text, &t, &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p, c->tokens);
	if (utf8_valid(text) == text.n)
		check_padded(text, &t, &a);
	buf_free(&out);
	arena_free(&a);
	free(copy);
}
END_TEST

/* Flags of the last token of text. */
static const struct flagged {
	const char *name, *text;
	unsigned flags;
} flaggeds[] = {
	{ "start of the text", "a", TOKEN_SPACE | TOKEN_LINE | TOKEN_PARA },
	{ "blanks before the text", "  a", TOKEN_SPACE | TOKEN_LINE | TOKEN_PARA },
	{ "glued", "a,", 0 },
	{ "blank", "a b", TOKEN_SPACE },
	{ "tab, no-break space", "a\t" NBSP "b", TOKEN_SPACE },
	{ "new line", "a\nb", TOKEN_SPACE | TOKEN_LINE },
	{ "carriage return, line feed", "a\r\nb", TOKEN_SPACE | TOKEN_LINE },
	{ "indented line", "a \n  b", TOKEN_SPACE | TOKEN_LINE },
	{ "blank line", "a\n\nb", TOKEN_SPACE | TOKEN_LINE | TOKEN_PARA },
	{ "blank line of blanks", "a\n \t\nb", TOKEN_SPACE | TOKEN_LINE | TOKEN_PARA },
	{ "line separator is a blank", "a" LS LS "b", TOKEN_SPACE },
	{ "form feed is a blank", "a\fb", TOKEN_SPACE },
	{ "upper", "a Kyiv", TOKEN_SPACE | TOKEN_UPPER },
	{ "upper beyond ASCII", "a " CAP_E_ACUTE "t" E_ACUTE, TOKEN_SPACE | TOKEN_UPPER },
	{ "caps", "a NATO", TOKEN_SPACE | TOKEN_UPPER | TOKEN_CAPS },
	{ "one letter is no caps", "a I", TOKEN_SPACE | TOKEN_UPPER },
	{ "one letter with a mark is no caps", "a E" ACUTE, TOKEN_SPACE | TOKEN_UPPER },
	{ "one letter and a digit", "a G7", TOKEN_SPACE | TOKEN_UPPER | TOKEN_DIGIT },
	{ "caps and a digit", "a COVID19", TOKEN_SPACE | TOKEN_UPPER | TOKEN_CAPS | TOKEN_DIGIT },
	{ "caps with an apostrophe", "a O'BRIEN", TOKEN_SPACE | TOKEN_UPPER | TOKEN_CAPS },
	{ "mixed", "a McKay", TOKEN_SPACE | TOKEN_UPPER },
	{ "late upper", "a iPhone", TOKEN_SPACE },
	{ "caps with full stops", "a U.S.", TOKEN_SPACE | TOKEN_UPPER | TOKEN_CAPS | TOKEN_DOTS },
	{ "full stops", "a p.m.", TOKEN_SPACE | TOKEN_DOTS },
	{ "possessive", "a's", TOKEN_POSS },
	{ "possessive in capitals", "IT" APO "S", TOKEN_POSS | TOKEN_UPPER },
	{ "ideographs have no case", "a \xE6\x9D\xB1\xE4\xBA\xAC", TOKEN_SPACE },
	{ "upper with an ideograph is no caps", "a AB\xE6\x9D\xB1", TOKEN_SPACE | TOKEN_UPPER },
	{ "number", "a 5", TOKEN_SPACE },
};

START_TEST(test_flags)
{
	const struct flagged *c = &flaggeds[_i];
	struct arena a = { 0 };
	struct tokens t = token_scan(span_c(c->text), &a);

	ck_assert_uint_gt(t.n, 0);
	ck_assert_msg(t.at[t.n - 1].flags == c->flags, "%s: %u", c->name, t.at[t.n - 1].flags);
	arena_free(&a);
}
END_TEST

static uint32_t
dice(uint32_t *state, uint32_t sides)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % sides;
}

static bool
all_space(struct span s)
{
	size_t len;

	for (size_t i = 0; i < s.n; i += len)
		if ((uni_class(utf8_next(span_cut(s, i, s.n), &len)) & UNI_SPACE) == 0)
			return false;
	return true;
}

/* Every byte is in exactly one token or is white space, and what a token says of itself is so. */
static void
check_laws(struct span text, const struct tokens *t)
{
	size_t end = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct token *k = t->at + i;
		struct span gap = span_cut(text, end, k->start), s = token_span(text, k);
		size_t len;
		unsigned class = uni_class(utf8_next(s, &len));

		REQUIRE(k->len > 0 && k->start >= end && k->start + k->len <= text.n);
		REQUIRE(all_space(gap));
		REQUIRE((gap.n > 0 || i == 0) == ((k->flags & TOKEN_SPACE) != 0));
		REQUIRE((k->flags & TOKEN_PARA) == 0 || (k->flags & TOKEN_LINE) != 0);
		REQUIRE(k->hash == uni_hash(s));
		REQUIRE(k->first == (unsigned char)s.p[0]);
		REQUIRE(utf8_valid(s) == s.n);
		REQUIRE((k->kind == TOKEN_NUMBER) == ((class & UNI_DIGIT) != 0));
		REQUIRE((k->kind == TOKEN_WORD) ==
			((class & UNI_LETTER) != 0 || (k->flags & TOKEN_POSS) != 0));
		REQUIRE(k->kind != TOKEN_PUNCT || k->len == len);
		end = k->start + k->len;
	}
	REQUIRE(all_space(span_cut(text, end, text.n)));
}

START_TEST(test_laws)
{
	static const char *const pieces[] = { "a", "s", "S", "Q", "word", "LONGEST",
		"of15lettersetc.", "U.", "'", APO, ".", ",", "1", "23", " ", "\n", "\n\n", "\r\n",
		SHY, ACUTE, ZWJ, NBSP, LS, E_ACUTE, CAP_E_ACUTE, "\xE6\x9D\xB1", "\xD9\xA1",
		"\xF0\x9F\x98\x80", "-", "\xEF\xBF\xBD", "\x01" };
	uint32_t state = 20211204;

	for (unsigned k = 0; k < 50000; k++) {
		struct arena a = { 0 };
		struct buf text = { 0 };
		char *copy;
		struct tokens t;

		for (uint32_t n = dice(&state, 30); n > 0; n--)
			buf_str(&text, pieces[dice(&state, LENGTH(pieces))]);
		copy = malloc(text.n == 0 ? 1 : text.n);
		REQUIRE(copy != NULL);
		if (text.n > 0)
			memcpy(copy, text.p, text.n);
		t = token_scan((struct span){ copy, text.n }, &a);
		check_laws((struct span){ copy, text.n }, &t);
		check_padded((struct span){ copy, text.n }, &t, &a);
		free(copy);
		buf_free(&text);
		arena_free(&a);
	}
}
END_TEST

/* Texts that want more tokens than the first guess, one token, or none. */
START_TEST(test_sizes)
{
	static const struct size {
		char byte;
		size_t tokens_per_1000;
	} sizes[] = { { '.', 1000 }, { 'a', 0 }, { ' ', 0 }, { '\'', 1000 } };
	const struct size *c = &sizes[_i];
	enum { N = 100000 };
	char *p = malloc(N);
	struct arena a = { 0 };
	struct tokens t;

	ck_assert_ptr_nonnull(p);
	memset(p, c->byte, N);
	t = token_scan((struct span){ p, N }, &a);
	ck_assert_uint_eq(t.n, N / 1000 * c->tokens_per_1000 + (c->byte == 'a'));
	check_laws((struct span){ p, N }, &t);
	arena_free(&a);
	free(p);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("token");
	TCase *tc = tcase_create("token");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, test_cuts, 0, LENGTH(cuts));
	tcase_add_loop_test(tc, test_flags, 0, LENGTH(flaggeds));
	tcase_add_test(tc, test_laws);
	tcase_add_loop_test(tc, test_sizes, 0, 4);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
