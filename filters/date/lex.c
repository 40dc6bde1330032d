/* lex.c - tokens to lexemes. Shapes first, then words, then numbers. */
#include "lex.h"

#include "ascii.h"

/* Is there a shape of digits and a full stop? */
static bool
any_stop_shape(const struct words *w)
{
	size_t n;
	const struct shape *s = words_shapes(w, &n);

	for (size_t i = 0; i < n; i++)
		if (s[i].n == 2 && s[i].piece[1].c == '.')
			return true;
	return false;
}

struct lexer
lexer_new(const struct words *w, const struct settings *s)
{
	struct lexer lx = { .words = w, .settings = s, .stop_shapes = any_stop_shape(w) };

	lx.cardinal = words_atom_known(w, SPAN("CARD"));
	lx.tens = words_atom_known(w, SPAN("TENS"));
	lx.scale = words_atom_known(w, SPAN("SCALE"));
	lx.hundred = words_atom_known(w, SPAN("HUNDRED"));
	lx.and_word = words_atom_known(w, SPAN("AND"));
	return lx;
}

static struct span
text_of(const struct lexer *lx, size_t i)
{
	return token_span(lx->text, &lx->token[i]);
}

static enum casing
casing_of(const struct token *t)
{
	if (t->flags & TOKEN_CAPS)
		return CASE_CAPS;
	return t->flags & TOKEN_UPPER ? CASE_TITLE : CASE_LOWER;
}

/* --- shapes */

/* Digits at *at: between min and max of them and then no more; -1 if not so. */
static int32_t
digits(struct span text, size_t *at, unsigned min, unsigned max)
{
	size_t i = *at;
	int32_t v = 0;

	while (i < text.n && ascii_digit((unsigned char)text.p[i]) && i - *at < max)
		v = v * 10 + text.p[i++] - '0';
	if (i - *at < min)
		return -1;
	*at = i;
	return v;
}

/* A literal of a shape; the apostrophe also stands for the curly one. */
static bool
literal(struct span text, size_t *at, char c)
{
	if (*at >= text.n)
		return false;
	if (c == '\'' && text.n - *at >= 3 && memcmp(text.p + *at, "\xE2\x80\x99", 3) == 0) {
		*at += 3;
		return true;
	}
	if (ascii_fold((unsigned char)text.p[*at]) != (unsigned char)c)
		return false;
	(*at)++;
	return true;
}

static bool
in_range(uint8_t slot, int32_t v)
{
	switch (slot) {
	case S_MONTH: /* which of day and month comes first, resolve.c decides */
	case S_DAY:
		return v >= 1 && v <= 31;
	case S_HOUR:
		return v <= 24;
	case S_MIN:
	case S_SEC:
		return v <= 59;
	case S_QUARTER:
		return v >= 1 && v <= 4;
	case S_WEEK:
		return v >= 1 && v <= 53;
	case S_WDAY:
		return v >= 1 && v <= 7;
	case S_YEAR:
		return v >= 1000 && v <= 2199;
	default:
		return true;
	}
}

/* Try one shape at byte at; the byte behind it, or 0. */
static size_t
try_shape(const struct shape *s, struct span text, size_t at, struct lexeme *x)
{
	x->n_set = 0;
	for (int k = 0; k < s->n; k++) {
		const struct shape_piece *p = &s->piece[k];
		size_t from = at;
		int32_t v;

		if (p->kind == S_NONE) {
			if (!literal(text, &at, p->c))
				return 0;
			continue;
		}
		v = digits(text, &at, p->min, p->max);
		if (v < 0 || !in_range(p->kind, v) || x->n_set == LEXEME_SETS)
			return 0;
		if (p->kind == S_SPLIT)
			v += 1000 * (int32_t)(at - from);
		x->set[x->n_set].slot = p->kind;
		x->set[x->n_set++].v = v;
	}
	return at;
}

/* True if a shape or number may end before byte at: no letter or digit follows, nor a mark with a digit behind it. */
static bool
ends(struct span text, size_t at)
{
	unsigned char c, d;

	if (at >= text.n)
		return true;
	c = (unsigned char)text.p[at];
	if (ascii_digit(c))
		return false;
	/* "8:00am": a word may be glued to digits; the tokens know where it begins. */
	if (ascii_alpha(c))
		return ascii_digit((unsigned char)text.p[at - 1]);
	if (at + 1 >= text.n || (c != '.' && c != '-' && c != '/' && c != ':' && c != ','))
		return true;
	d = (unsigned char)text.p[at + 1];
	return !ascii_digit(d) || c == '-' || c == ',';
}

/* Tokens from i up to byte end, or 0 if end is inside one. */
static uint32_t
tokens_to(const struct lexer *lx, size_t i, size_t end)
{
	size_t k = i;

	while (k < lx->n_token && lx->token[k].start < end)
		k++;
	if (k == i || lx->token[k - 1].start + lx->token[k - 1].len != end)
		return 0;
	return (uint32_t)(k - i);
}

/* Digits with white space or most marks behind them are just a number, and so is one with a comma: no shape
 * needs to be tried. */
static bool
bare_number(const struct lexer *lx, size_t i)
{
	const struct token *t = &lx->token[i];
	size_t end = (size_t)t->start + t->len;
	unsigned char c;

	if (t->kind != TOKEN_NUMBER)
		return false;
	if (memchr(lx->text.p + t->start, ',', t->len) != NULL)
		return true;
	if (memchr(lx->text.p + t->start, '.', t->len) != NULL)
		return false;
	if (end >= lx->text.n || t->len > 4)
		return true;
	c = (unsigned char)lx->text.p[end];
	if (c == '.' && lx->stop_shapes)
		return false;
	return !ascii_alpha(c) && c != '-' && c != '/' && c != ':' && c != '\'' && c < 0x80;
}

/* How a stretch of digits begins: their number and the character behind them. */
struct opening {
	size_t n;
	unsigned char behind;
};

static struct opening
opening(struct span text, size_t at)
{
	struct opening o = { 0, 0 };

	while (at + o.n < text.n && ascii_digit((unsigned char)text.p[at + o.n]))
		o.n++;
	if (at + o.n < text.n)
		o.behind = ascii_fold((unsigned char)text.p[at + o.n]);
	return o;
}

/* A quick look: false means that the shape cannot be there. */
static bool
may_be_shape(const struct shape *s, struct opening o)
{
	const struct shape_piece *first = &s->piece[0], *second = &s->piece[1];

	if (first->kind == S_NONE)
		return ascii_digit((unsigned char)first->c) == (o.n > 0);
	if (o.n < first->min)
		return false;
	if (s->n < 2 || second->kind != S_NONE)
		return true;
	return o.n <= first->max && (o.behind == (unsigned char)second->c || o.behind >= 0x80);
}

/* The first bit that is on from k on; SHAPE_MAX if there is none. */
static size_t
next_bit(const uint64_t *set, size_t k)
{
	for (; k < SHAPE_MAX; k = (k | 63) + 1) {
		uint64_t rest = set[k / 64] >> (k % 64);

		if (rest != 0)
			return k + (size_t)__builtin_ctzll(rest);
	}
	return SHAPE_MAX;
}

static bool
lex_shape(const struct lexer *lx, size_t i, struct lexeme *x)
{
	size_t n, best = 0;
	const struct shape *shape = words_shapes(lx->words, &n);
	const uint64_t *set;
	struct lexeme y = *x;
	struct opening o;

	if (bare_number(lx, i))
		return false;
	o = opening(lx->text, lx->token[i].start);
	set = words_shapes_at(lx->words, o.n > 0, o.behind);
	for (size_t k = next_bit(set, 0); k < n; k = next_bit(set, k + 1)) {
		size_t end;

		if (!may_be_shape(&shape[k], o))
			continue;
		end = try_shape(&shape[k], lx->text, lx->token[i].start, &y);
		if (end <= best || !ends(lx->text, end))
			continue;
		y.n_tok = tokens_to(lx, i, end);
		if (y.n_tok == 0)
			continue;
		best = end;
		y.symbol = shape[k].symbol;
		y.atom = shape[k].atom;
		y.kind = LEX_SHAPE;
		*x = y;
	}
	return best != 0;
}

/* --- numbers in digits */

/* What one token of digits, commas and full stops looks like; comma: groups of digits, dot: a fraction. */
struct figures {
	int32_t v;
	int frac, split, n_frac, n_digit;
	bool comma, dot, bad;
};

static void
add_figure(const struct settings *s, struct figures *f, char c)
{
	if (c == s->group) {
		f->comma = true;
		f->bad |= f->dot;
	} else if (c == s->decimal) {
		f->bad |= f->dot;
		f->dot = true;
	} else if (f->dot) {
		if (f->n_frac < 2)
			f->frac = f->frac * 10 + c - '0';
		if (f->n_frac < 3)
			f->split = f->split % 1000 * 10 + c - '0' + 1000 * (f->n_frac + 1);
		f->n_frac++;
	} else {
		if (f->v > 99999999)
			f->bad = true;
		else
			f->v = f->v * 10 + c - '0';
		f->n_digit++;
	}
}

static struct figures
read_figures(const struct settings *set, struct span s)
{
	struct figures f = { 0 };

	for (size_t i = 0; i < s.n; i++) {
		/* Digits of other scripts: a number, but none that can be told. */
		if (!ascii_digit((unsigned char)s.p[i]) && s.p[i] != ',' && s.p[i] != '.') {
			f.bad = true;
			return f;
		}
		add_figure(set, &f, s.p[i]);
	}
	if (f.n_frac == 1)
		f.frac *= 10;
	return f;
}

static unsigned
plain_classes(const struct figures *f)
{
	unsigned set = NC_NUM | NC_INT;
	int32_t v = f->v;

	if (f->n_digit > 4)
		return set;
	set |= NC_SHORT;
	if (f->n_digit == 4 && v >= 1000 && v <= 2199)
		set |= NC_YEAR | (v >= 1900 && v < 2050 && v % 100 != 0 ? NC_MYEAR : 0);
	if (f->n_digit == 4 && v / 100 <= 24 && v % 100 < 60 && v <= 2400)
		set |= NC_HHMM;
	if (f->n_digit == 3 && v / 100 >= 1 && v / 100 <= 9 && v % 100 < 60)
		set |= NC_HMM;
	if (f->n_digit == 2)
		set |= NC_YY | (v < 60 ? NC_MINUTE : 0);
	if (f->n_digit <= 2 && v >= 1 && v <= 31)
		set |= NC_DNUM;
	if (f->n_digit <= 2 && v <= 24)
		set |= NC_HOUR;
	return set;
}

static bool
lex_figures(const struct lexer *lx, size_t i, struct lexeme *x)
{
	struct figures f = read_figures(lx->settings, text_of(lx, i));
	unsigned set = NC_NUM;

	if (f.bad)
		return false;
	if (!f.comma && !f.dot)
		set = plain_classes(&f);
	else if (!f.comma && f.n_frac == 2 && f.v <= 24 && f.frac < 60)
		set |= NC_DOT;
	x->symbol = words_number(lx->words, set);
	x->kind = LEX_NUMBER;
	x->num = f.v;
	x->frac = (int16_t)f.frac;
	x->split = (int16_t)f.split;
	x->n_tok = 1;
	return true;
}

/* --- numbers in words: "twenty-four", "two hundred and ten", "nineteen ninety-four" */

struct number_word {
	int32_t value;
	uint16_t atom; /* cardinal, tens, hundred or scale; UINT16_MAX: none */
	uint32_t n;    /* tokens */
};

static struct number_word
number_word(const struct lexer *lx, size_t i)
{
	struct number_word none = { 0, UINT16_MAX, 0 };
	const uint16_t atom[] = { lx->cardinal, lx->tens, lx->hundred, lx->scale };
	struct tokens t = { lx->token, lx->n_token };
	const struct word *w;
	size_t n = 0;
	uint32_t at;

	if (i >= lx->n_token || lx->token[i].kind != TOKEN_WORD)
		return none;
	at = words_find(lx->words, &t, i, &n);
	if (at == 0 || n != 1)
		return none;
	w = words_at(lx->words, at);
	for (size_t k = 0; k < sizeof(atom) / sizeof(atom[0]); k++) {
		const struct sense *s = words_sense(lx->words, w, atom[k]);

		if (s != NULL)
			return (struct number_word){ s->value, atom[k], 1 };
	}
	return none;
}

static bool
is_char(const struct lexer *lx, size_t i, char c)
{
	return i < lx->n_token && lx->token[i].kind == TOKEN_PUNCT &&
	       lx->token[i].first == (uint8_t)c;
}

static bool
is_and(const struct lexer *lx, size_t i)
{
	struct tokens t = { lx->token, lx->n_token };
	size_t n;
	uint32_t at;

	if (i >= lx->n_token)
		return false;
	at = words_find(lx->words, &t, i, &n);
	return at != 0 && n == 1 &&
	       words_sense(lx->words, words_at(lx->words, at), lx->and_word) != NULL;
}

/* Sum so far: whole thousands in high, the rest in low. */
struct sum {
	int64_t high, low;
	uint16_t last; /* kind of the last word */
	int n;
	int32_t first;
	bool spelt; /* the words are those of a year: "nineteen" and two digits */
	int32_t year;
};

/* May this word follow what has been read? */
static bool
add_word(const struct lexer *lx, struct sum *s, struct number_word w)
{
	if (w.atom == lx->hundred && s->n > 0 && s->low > 0 && s->low < 100) {
		s->low *= 100;
	} else if (w.atom == lx->scale && s->n > 0 && s->low > 0) {
		s->high += s->low * w.value;
		s->low = 0;
	} else if (w.atom == lx->cardinal || w.atom == lx->tens) {
		bool unit =
		    s->n > 0 && s->last == lx->tens && w.atom == lx->cardinal && w.value < 10;

		if (!unit && s->n != 0 && s->last != lx->hundred && s->last != lx->scale)
			return false;
		s->low += w.value;
	} else if (s->n == 0 && (w.atom == lx->hundred || w.atom == lx->scale)) {
		s->low = w.value;
	} else {
		return false;
	}
	if (s->high + s->low > 999999999)
		return false;
	s->last = w.atom;
	s->n++;
	return true;
}

/* "nineteen ninety-four", "twenty twenty-one", "nineteen oh five" is left alone. */
static bool
lex_spelt_year(const struct lexer *lx, size_t i, struct lexeme *x)
{
	struct number_word a = number_word(lx, i), b, c;
	size_t at = i + 1;
	int32_t v;

	if (a.atom == UINT16_MAX || (a.value != 20 && (a.value < 15 || a.value > 19)))
		return false;
	b = number_word(lx, at);
	if (b.atom == UINT16_MAX || (b.atom != lx->tens && (b.value < 10 || b.value > 19)))
		return false;
	v = a.value * 100 + b.value;
	at++;
	if (b.atom == lx->tens) {
		size_t k = is_char(lx, at, '-') ? at + 1 : at;

		c = number_word(lx, k);
		if (c.atom == lx->cardinal && c.value < 10) {
			v += c.value;
			at = k + 1;
		}
	}
	x->symbol = words_number(lx->words, NC_NUM | NC_WORD | NC_SPELT);
	x->kind = LEX_NUMBER;
	x->num = v;
	x->frac = 0;
	x->split = 0;
	x->n_tok = (uint32_t)(at - i);
	return true;
}

static bool
lex_number_words(const struct lexer *lx, size_t i, struct lexeme *x)
{
	struct sum s = { 0 };
	size_t at = i, end = i;

	if (lx->settings->pairs && lex_spelt_year(lx, i, x))
		return true;
	while (at < lx->n_token && at - i < LEX_LOOK) {
		struct number_word w = number_word(lx, at);

		if (w.atom == UINT16_MAX || !add_word(lx, &s, w))
			break;
		end = ++at;
		at += s.last == lx->tens ? is_char(lx, at, '-')
					 : s.last != lx->cardinal && is_and(lx, at);
	}
	if (end == i)
		return false;
	x->num = (int32_t)(s.high + s.low);
	x->frac = 0;
	x->split = 0;
	x->symbol = words_number(lx->words,
	    NC_NUM | NC_WORD | (x->num >= 1900 && x->num < 2100 && s.n > 1 ? NC_SPELT : 0));
	x->kind = LEX_NUMBER;
	x->n_tok = (uint32_t)(end - i);
	return true;
}

/* --- words */

static void
lex_word(const struct lexer *lx, size_t i, struct lexeme *x)
{
	struct tokens t = { lx->token, lx->n_token };
	const struct word *w;
	size_t n = 1;

	x->word = words_find(lx->words, &t, i, &n);
	x->n_tok = (uint32_t)n;
	if (x->word == 0) {
		x->symbol = words_other(lx->words, x->casing);
		return;
	}
	w = words_at(lx->words, x->word);
	x->kind = LEX_WORD;
	x->symbol = w->symbol[x->casing];
	if (w->dotted && is_char(lx, i + n, '.') && !(lx->token[i + n].flags & TOKEN_SPACE)) {
		x->dot = true;
		x->n_tok++;
	}
}

/* All but the sets, which n_set guards. */
static void
clear(struct lexeme *x, size_t i)
{
	x->symbol = 0;
	x->kind = LEX_OTHER;
	x->dot = false;
	x->tok = (uint32_t)i;
	x->n_tok = 1;
	x->word = 0;
	x->num = 0;
	x->frac = 0;
	x->split = 0;
	x->n_set = 0;
	x->atom = 0;
}

void
lex_at(const struct lexer *lx, size_t i, struct lexeme *x)
{
	const struct token *t = &lx->token[i];
	const struct head *head;

	clear(x, i);
	x->glued = !(t->flags & TOKEN_SPACE);
	x->casing = (uint8_t)casing_of(t);
	if (t->kind == TOKEN_NUMBER) {
		if (!lex_shape(lx, i, x))
			lex_figures(lx, i, x);
		return;
	}
	if (((t->flags & TOKEN_DIGIT) || t->first == '\'' || t->first == 0xE2 ||
		t->first == 0xC2) &&
	    lex_shape(lx, i, x))
		return;
	if (!in_bloom(words_bloom(lx->words), t->hash)) {
		x->symbol = words_other(lx->words, x->casing);
		return;
	}
	head = words_head(lx->words, t->hash);
	if (head != NULL && head->simple) {
		x->word = head->word;
		x->symbol = head->symbol[x->casing];
		x->kind = LEX_WORD;
		return;
	}
	lex_word(lx, i, x);
	if (x->word != 0 && words_at(lx->words, x->word)->numeric && x->n_tok == 1)
		lex_number_words(lx, i, x);
}

/* A number taken as a time of day: "1430", "7.30", "430". */
static bool
fill_clock(const struct lexer *lx, const struct lexeme *x, uint16_t atom, struct slots *s)
{
	if (words_slot(lx->words, atom) != S_HOUR)
		return false;
	if (atom == words_atom_known(lx->words, SPAN("DOTTIME"))) {
		slots_put(s, S_HOUR, x->num);
		slots_put(s, S_MIN, x->frac);
	} else if (x->num >= 100) {
		slots_put(s, S_HOUR, x->num / 100);
		slots_put(s, S_MIN, x->num % 100);
	} else {
		slots_put(s, S_HOUR, x->num);
	}
	return true;
}

/* The second of its kind goes to a slot of its own: "two years and six months". */
static enum slot
free_slot(const struct slots *s, enum slot slot)
{
	if (slot == S_N && slots_has(s, S_N))
		return slots_has(s, S_N2) ? S_N3 : S_N2;
	if (slot == S_UNIT && slots_has(s, S_UNIT))
		return slots_has(s, S_UNIT2) ? S_UNIT3 : S_UNIT2;
	return slot;
}

static void
fill_number(
    const struct lexer *lx, const struct lexeme *x, uint16_t atom, enum slot slot, struct slots *s)
{
	if (slot == S_HOUR && fill_clock(lx, x, atom, s))
		return;
	slot = free_slot(s, slot);
	slots_put(s, slot, x->num);
	if (slot == S_N && x->frac != 0)
		slots_put(s, S_FRAC, x->frac);
	if ((slot == S_N || slot == S_N2 || slot == S_N3) && x->split != 0)
		slots_put(s, S_SPLIT, x->split);
	if (slot == S_DAY)
		slots_put(s, S_KIND, 2);
}

void
lex_fill(
    const struct lexer *lx, const struct lexeme *x, uint16_t atom, enum slot slot, struct slots *s)
{
	const struct sense *sense;

	if (x->kind == LEX_SHAPE && x->atom == atom) {
		if (x->n_set == 1 && slot != S_NONE) {
			slots_put(s, slot, x->set[0].v);
			return;
		}
		for (int k = 0; k < x->n_set; k++)
			slots_put(s, (enum slot)x->set[k].slot, x->set[k].v);
		return;
	}
	if (slot == S_NONE)
		return;
	if (x->kind == LEX_NUMBER) {
		fill_number(lx, x, atom, slot, s);
		return;
	}
	sense = words_sense(lx->words, words_at(lx->words, x->word), atom);
	if (sense == NULL)
		return;
	slots_put(s, free_slot(s, slot), sense->value);
	if (sense->slot2 != S_NONE)
		slots_put(s, (enum slot)sense->slot2, sense->value2);
}
