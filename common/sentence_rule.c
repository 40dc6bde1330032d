/* sentence_rule.c - is this stop the end of a sentence? Class of the word before x what follows.
 */
#include "sentence_cut.h"

#include "ascii.h"

/* Classes of the word before a single full stop. */
enum row {
	ROW_PLAIN,
	ROW_NEVER,
	ROW_NUMBER,
	ROW_SUFFIX,
	ROW_MONTH,
	ROW_LETTERS, /* U.S. */
	ROW_MIXED,   /* Ph.D. */
	N_ROW
};

enum answer {
	N, /* no */
	Y, /* yes */
	O, /* only if marks open before what follows */
	Q, /* only if a quotation opens there */
};

static const unsigned char decide[N_ROW][N_FOLLOW] = {
	/*		 starter name digit lower comma other */
	[ROW_PLAIN] = { Y, Y, Y, N, N, Y },
	[ROW_NEVER] = { N, N, N, N, N, N },
	[ROW_NUMBER] = { Y, Y, O, N, N, O },
	[ROW_SUFFIX] = { Y, Q, Q, N, N, Q },
	[ROW_MONTH] = { Y, N, N, N, N, N },
	[ROW_LETTERS] = { Y, O, O, N, N, O },
	[ROW_MIXED] = { Y, N, N, N, N, N },
};

/* Behind "U.S." only a word of grammar is a starter: others are learned too weakly ("U.K. Panel"). */
static bool
answer(const struct stop *s, enum row row)
{
	bool weak = row == ROW_LETTERS && s->follow == FOLLOW_STARTER &&
		    (s->then_classes & WORD_FUNCTION) == 0;
	enum answer a = (enum answer)decide[row][weak ? FOLLOW_NAME : s->follow];

	return a == Y || (a == O && s->opens) || (a == Q && s->opens_quote);
}

static bool
is_upper_at(const struct cut *c, size_t i)
{
	size_t len;

	return i < c->end && (sentence_mark(c->text, i, &len) & MARK_UPPER) != 0;
}

/* "U.S", "a.m", "J.R.R": single letters with stops between them. */
static bool
is_letters(struct span w)
{
	if (w.n < 3 || w.n % 2 == 0)
		return false;
	for (size_t i = 0; i < w.n; i++)
		if (i % 2 == 0 ? !ascii_alpha((unsigned char)w.p[i]) : w.p[i] != '.')
			return false;
	return true;
}

static bool
all_caps(struct span w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!ascii_upper((unsigned char)w.p[i]))
			return false;
	return true;
}

/* "At 5 a.m." opens the sentence: it cannot be all of it. */
static bool
is_clock(const struct cut *c, const struct stop *s)
{
	size_t number = sentence_word_before(c, s->word);
	size_t at = sentence_word_before(c, number);

	return at < number && sentence_is_first(c, at) &&
	       sentence_word(c->text, at, sentence_word_end(c, at)) & WORD_CLOCK;
}

/* "7 a.m. Eastern", "7 a.m. EST", "7 a.m. Moscow time" go on. */
static bool
rule_time(const struct cut *c, const struct stop *s)
{
	struct span then = span_cut(c->text, s->letter, s->then);
	size_t second = sentence_skip(c->text, s->then, c->end);
	struct span rest = span_cut(c->text, second, c->end);

	if (s->then_classes & WORD_ZONE || !is_upper_at(c, s->letter) || is_clock(c, s))
		return false;
	if (then.n >= 2 && then.n <= 4 && all_caps(then))
		return false;
	return !span_starts(rest, SPAN("time")) && !span_starts(rest, SPAN("Time"));
}

/* One letter, a capital if it is not ASCII: "É." */
static bool
is_initial(const struct cut *c, const struct stop *s)
{
	size_t len = 0;
	unsigned mark = s->word < s->at ? sentence_mark(c->text, s->word, &len) : 0;

	return s->word + len == s->at && mark & (MARK_UPPER | (len == 1 ? MARK_LOWER : 0));
}

/* "John F. Kennedy", "vitamin C. The next", "you and I. Then". */
static bool
rule_initial(const struct cut *c, const struct stop *s)
{
	size_t before = sentence_word_before(c, s->word);
	bool named = before < s->word && is_upper_at(c, before);
	bool starter = s->then_classes & (named ? WORD_FUNCTION : WORD_STARTER) &&
		       is_upper_at(c, s->letter) && s->then > s->letter + 1;

	if (c->text.p[s->word] == 'I' && !named)
		return starter || s->follow == FOLLOW_NAME;
	return starter;
}

/* "Main St." and "5th St.", where "in St. Ives" has a saint. */
static bool
after_name(const struct cut *c, const struct stop *s)
{
	size_t before = sentence_word_before(c, s->word);

	return before < s->word &&
	       (is_upper_at(c, before) || ascii_digit((unsigned char)c->text.p[before]));
}

static enum row
row_of(const struct cut *c, const struct stop *s, struct span w)
{
	if (s->classes & WORD_SAINT && after_name(c, s))
		return ROW_SUFFIX;
	if (s->classes & (WORD_TITLE | WORD_SAINT | WORD_REFER))
		return ROW_NEVER;
	if (s->classes & WORD_NUMBER)
		return ROW_NUMBER;
	if (s->classes & WORD_MONTH)
		return ROW_MONTH;
	if (s->classes & WORD_SUFFIX)
		return ROW_SUFFIX;
	if (is_letters(w))
		return ROW_LETTERS;
	return w.n < 6 && ascii_upper((unsigned char)w.p[0]) && memchr(w.p, '.', w.n) != NULL
		   ? ROW_MIXED
		   : ROW_PLAIN;
}

/* "1." "1.2.3." "a." at the start of the sentence, "Figure 3." */
static bool
is_label(const struct cut *c, const struct stop *s, struct span w)
{
	size_t before;
	bool digits = true;

	for (size_t i = 0; i < w.n && digits; i++)
		digits = ascii_digit((unsigned char)w.p[i]) || w.p[i] == '.';
	if (!digits && (w.n > 1 || !ascii_alpha((unsigned char)w.p[0])))
		return false;
	if (sentence_is_first(c, s->word))
		return w.n <= 11;
	before = sentence_word_before(c, s->word);
	return digits && before < s->word && sentence_is_first(c, before) &&
	       sentence_word(c->text, before, sentence_word_end(c, before)) & WORD_FIGURE;
}

static bool
begins_low(struct span t, size_t i)
{
	return i + 1 < t.n && ascii_lower((unsigned char)t.p[i]) &&
	       ascii_lower((unsigned char)t.p[i + 1]);
}

/* Paragraphs behind the first that begin in lower case, up to two. */
static size_t
count_low(struct span t)
{
	size_t n = 0;

	for (const char *p = t.p; n < 2 && (p = memchr(p, '\n', t.n - (size_t)(p - t.p))) != NULL;
	     p++) {
		size_t i = (size_t)(p - t.p);

		n += i > 0 && p[-1] == '\n' && begins_low(t, i + 1);
	}
	return n;
}

/* Is there an "i" for "I"? */
static bool
has_low_i(struct span t)
{
	for (const char *p = t.p; (p = memchr(p, 'i', t.n - (size_t)(p - t.p))) != NULL; p++) {
		size_t i = (size_t)(p - t.p);

		if (i + 1 < t.n && (i == 0 || ascii_space((unsigned char)p[-1])) &&
		    (ascii_space((unsigned char)p[1]) || p[1] == '\''))
			return true;
	}
	return false;
}

/* Where "i" stands for "I", or paragraphs begin in lower case, sentences may too. Looked for once. */
static bool
is_informal(struct cut *c)
{
	if (c->informal == UNKNOWN) {
		bool yes = begins_low(c->text, 0) || count_low(c->text) > 1 || has_low_i(c->text);

		c->informal = yes ? YES : NO;
	}
	return c->informal == YES;
}

/* A word of which a full stop is no part: letters and apostrophes, or a number. */
static bool
is_word(struct span w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!ascii_alnum((unsigned char)w.p[i]) && w.p[i] != '\'' && w.p[i] != '-')
			return false;
	return true;
}

/* A sentence that begins in lower case: with "they" and its like behind a whole word, else in informal text. */
static bool
rule_lower(struct cut *c, const struct stop *s, struct span w)
{
	if (s->quoted || s->bracketed || s->opens || s->dashed || s->kind == STOP_ELLIPSIS ||
	    s->classes & (WORD_ABBREV | WORD_BANG) || !is_word(w))
		return false;
	if (s->kind == STOP_DOT && w.n > 3 && s->then_classes & WORD_SUBJECT)
		return true;
	return (s->kind == STOP_ASK || w.n > 1) && is_informal(c);
}

static bool
rule_dot(const struct cut *c, const struct stop *s, struct span w)
{
	if (w.n == 0)
		return s->close > s->run || !sentence_is_first(c, s->at);
	if (is_label(c, s, w))
		return false;
	if (s->classes & WORD_TIME)
		return rule_time(c, s);
	if (is_initial(c, s))
		return rule_initial(c, s);
	return answer(s, row_of(c, s, w));
}

/* "“Really?” Anna said": a name or a pronoun, and a verb of speech near. */
static bool
is_speech(const struct cut *c, const struct stop *s)
{
	size_t i = s->then, end;
	unsigned most = s->follow == FOLLOW_NAME || s->then_classes & WORD_TITLE ? 3 : 1;

	for (unsigned n = 0; n < most; n++) {
		i += i < c->end && c->text.p[i] == '.';
		i = sentence_skip(c->text, i, c->end);
		end = sentence_word_end(c, i);
		if (end == i)
			return false;
		if (sentence_word(c->text, i, end) & WORD_SPEECH)
			return true;
		i = end;
	}
	return false;
}

static bool
rule_ask(const struct cut *c, const struct stop *s)
{
	if (s->at > c->start && (c->text.p[s->at - 1] == '(' || c->text.p[s->at - 1] == '['))
		return false;
	return !(s->bang && sentence_word(c->text, s->word, s->at) & WORD_BANG) ||
	       s->follow == FOLLOW_STARTER;
}

/* "I" is no sign of a new sentence: it is always a capital. */
static bool
rule_ellipsis(const struct cut *c, const struct stop *s)
{
	if (sentence_is_first(c, s->at) || !(s->opens || is_upper_at(c, s->letter)))
		return false;
	return s->opens || s->then != s->letter + 1 || c->text.p[s->letter] != 'I';
}

/* "… again” (Smith 55).", "Viva Maria! (1965), …": what stands in the bracket belongs to the sentence. */
static bool
is_reference(const struct cut *c, const struct stop *s)
{
	const char *p = c->text.p, *end;
	size_t most = c->end - s->next < LOOK_WORD ? c->end - s->next : LOOK_WORD;

	if (p[s->next] != '(')
		return false;
	end = memchr(p + s->next, ')', most);
	if (end == NULL || end + 2 >= p + c->end)
		return end != NULL && end + 2 == p + c->end && s->quoted;
	return end[1] == '.' || end[1] == ',' || end[1] == ';' ||
	       (s->kind == STOP_ASK && end[1] == ' ' && ascii_lower((unsigned char)end[2]));
}

/* Where the outermost open bracket closes, looked for from byte at on; SIZE_MAX: not soon. */
static size_t
find_close(const struct cut *c, size_t at)
{
	size_t end = c->end - at < LOOK_BRACKET ? c->end : at + LOOK_BRACKET;
	size_t depth = c->nest.depth;

	for (size_t i = at; i < end; i++) {
		depth += c->text.p[i] == '(';
		depth -= c->text.p[i] == ')';
		if (depth == 0)
			return i;
	}
	return SIZE_MAX;
}

/* Within a bracket that began in mid-sentence and ends soon. */
static bool
is_bracketed(struct cut *c, const struct stop *s)
{
	struct nest *n = &c->nest;

	if (n->depth == 0 || sentence_is_first(c, n->open))
		return false;
	if (n->looked < c->start || s->at > n->looked + LOOK_BRACKET / 2) {
		n->looked = s->at;
		n->close = find_close(c, s->at);
	}
	return n->close != SIZE_MAX && n->close >= s->close;
}

/* "[16: which firm? 13:28]", "(sic! 1990)": what is left of the bracket has no word. */
static bool
is_tail(const struct cut *c, const struct stop *s)
{
	size_t i = s->next, len;
	unsigned mark = 0;

	if (s->follow != FOLLOW_DIGIT || s->opens)
		return false;
	for (; i < c->end && i - s->next < LOOK_WORD; i += len) {
		mark = sentence_mark(c->text, i, &len);
		if (mark & (MARK_UPPER | MARK_LOWER | MARK_OPEN | MARK_STOP | MARK_CLOSE))
			break;
	}
	return mark & MARK_CLOSE && mark & MARK_BRACKET &&
	       (c->text.p[i] != ')' || c->nest.depth > 0); /* else "1)" of a list */
}

/* A name at the end of the paragraph: "… a long game." - Anna Wood */
static bool
is_signed(const struct cut *c, const struct stop *s)
{
	size_t len;

	return sentence_mark(c->text, s->next, &len) & MARK_DASH && is_upper_at(c, s->letter) &&
	       c->end - s->next < LOOK_WORD &&
	       memchr(c->text.p + s->next, '.', c->end - s->next) == NULL;
}

static bool
by_kind(struct cut *c, const struct stop *s)
{
	struct span w = span_cut(c->text, s->word, s->at);

	if (s->follow == FOLLOW_COMMA)
		return false;
	if (s->follow == FOLLOW_LOWER)
		return rule_lower(c, s, w);
	if (s->kind == STOP_DOT)
		return rule_dot(c, s, w);
	if (s->quoted && is_upper_at(c, s->letter) && is_speech(c, s))
		return false;
	return s->kind == STOP_ASK ? rule_ask(c, s) : rule_ellipsis(c, s);
}

bool
sentence_rule(struct cut *c, const struct stop *s)
{
	return by_kind(c, s) && !is_bracketed(c, s) && !is_reference(c, s) && !is_tail(c, s) &&
	       !is_signed(c, s);
}
