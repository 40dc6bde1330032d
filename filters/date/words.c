/* words.c - the vocabulary: rows of tables to words, atoms and symbols. */
#include "words.h"

#include "ascii.h"
#include "uniclass.h"

enum {
	HASH_SIZE = HEADS,
	SYMBOL_HASH = 2 * SYMBOL_MAX,
	ATOM_HASH = 4 * ATOM_MAX,
};

struct atom {
	struct span name;
	uint8_t slot;
};

struct words {
	struct words_read read; /* first: words.h reads it as such */
	struct arena *arena;
	struct word *word; /* 1.. */
	uint32_t n_word;
	VEC(struct sense)
	sense;               /* in the order they were added; sorted into place by words_close */
	VEC(uint32_t) owner; /* word of each sense, until then */
	struct atom *atom;
	uint32_t n_atom;
	uint16_t *atom_hash; /* atom + 1; open addressing by name */
	struct head *hash;   /* open addressing by hash of the first token */
	uint64_t *bloom;
	VEC(struct shape) shape;
	uint64_t shape_at[2][256][SHAPE_MAX / 64]; /* words_shapes_at() */
	struct atoms *symbol;                      /* atoms of each symbol; 0 has none */
	symbol *symbol_hash;
	uint32_t n_symbol;
	symbol number[NC_ALL + 1];
	symbol other;        /* UPWORD */
	const char *refused; /* what did not fit */
};

/* Classes that fill a slot; any other class is for syntax alone. */
static const struct {
	const char *name;
	uint8_t slot;
} class_slot[] = {
	{ "NUM", S_N },
	{ "INT", S_N },
	{ "DNUM", S_DAY },
	{ "HOUR", S_HOUR },
	{ "YEAR", S_YEAR },
	{ "MYEAR", S_YEAR },
	{ "YY", S_YY },
	{ "HHMM", S_HOUR },
	{ "HMM", S_HOUR },
	{ "DOTTIME", S_HOUR },
	{ "NUMWORD", S_N },
	{ "SPELT", S_YEAR },
	{ "SHORT", S_YEAR },
	{ "MINUTE", S_MIN },
	{ "MONTH", S_MONTH },
	{ "WMONTH", S_MONTH },
	{ "WEEKDAY", S_WDAY },
	{ "WEEKDAYS", S_WDAY },
	{ "SWEEKDAY", S_WDAY },
	{ "WDSHORT", S_WDAY },
	{ "MSHORT", S_MONTH },
	{ "LMSHORT", S_MONTH },
	{ "MONTHX", S_MONTH },
	{ "ORDLAST", S_ORD },
	{ "SECOND", S_UNIT },
	{ "HSHAPE", S_HALF },
	{ "HSHAPE2", S_HALF },
	{ "UNIT", S_UNIT },
	{ "UNITS", S_UNIT },
	{ "UNITX", S_UNIT },
	{ "SEASON", S_SEASON },
	{ "SEASONS", S_SEASON },
	{ "PART", S_PART },
	{ "PARTS", S_PART },
	{ "REL", S_REL },
	{ "ORD", S_ORD },
	{ "QUARTER", S_QUARTER },
	{ "HALF", S_HALF },
	{ "DECADE", S_DECADE },
	{ "ERA", S_ERA },
	{ "AMPM", S_AMPM },
	{ "ZONE", S_ZONE },
	{ "HOLIDAY", S_HOLIDAY },
	{ "EDGE", S_MOD },
	{ "MOD", S_MOD },
	{ "QMOD", S_MOD },
	{ "REF", S_REF },
	{ "VAGUE", S_VAGUE },
	{ "FREQ", S_FREQ },
	{ "EVERY", S_QUANT },
	{ "RATE", S_UNIT },
	{ "RELDAY", S_REL },
	{ "DIR", S_DIR },
	{ "DORD", S_DAY },
	{ "FALL", S_SEASON },
	{ "PART2", S_PART },
	{ "ENDS", S_MOD },
	{ "CLOCKH", S_HOUR },
	{ "QTY", S_N },
	{ "TIMES", S_FREQ },
	{ "QSHAPE", S_QUARTER },
	{ "FISCAL", S_FISCAL },
};

static uint8_t
default_slot(struct span name)
{
	for (size_t i = 0; i < sizeof(class_slot) / sizeof(class_slot[0]); i++)
		if (span_is(name, class_slot[i].name))
			return class_slot[i].slot;
	return S_NONE;
}

struct words *
words_new(struct arena *a)
{
	struct words *w = ARENA_NEW(a, struct words, 1);

	w->arena = a;
	w->word = arena_raw(a, WORD_MAX, sizeof(*w->word)); /* most is never touched */
	w->word[0] = (struct word){ 0 };
	w->n_word = 1;
	w->atom = ARENA_NEW(a, struct atom, ATOM_MAX);
	w->atom_hash = ARENA_NEW(a, uint16_t, ATOM_HASH);
	w->hash = ARENA_NEW(a, struct head, HASH_SIZE);
	w->bloom = ARENA_NEW(a, uint64_t, BLOOM_BITS / 64);
	w->symbol = arena_raw(a, SYMBOL_MAX, sizeof(*w->symbol));
	w->symbol[0] = (struct atoms){ 0 };
	w->symbol_hash = ARENA_NEW(a, symbol, SYMBOL_HASH);
	w->n_symbol = 1;
	w->read = (struct words_read){ w->bloom, w->hash, w->word, w->symbol };
	return w;
}

/* Place of that name in atom_hash: taken by it, or free. */
static uint32_t
atom_place(const struct words *w, struct span name)
{
	uint32_t hash = 2166136261u, at;

	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 16777619u;
	at = (hash ^ hash >> 16) & (ATOM_HASH - 1);
	while (w->atom_hash[at] != 0 && !span_eq(w->atom[w->atom_hash[at] - 1].name, name))
		at = (at + 1) & (ATOM_HASH - 1);
	return at;
}

uint16_t
words_atom_known(const struct words *w, struct span name)
{
	uint16_t atom = w->atom_hash[atom_place(w, name)];

	return atom == 0 ? UINT16_MAX : (uint16_t)(atom - 1);
}

static bool
is_class(struct span name)
{
	return name.n > 1 && ascii_upper((unsigned char)name.p[0]) &&
	       ascii_upper((unsigned char)name.p[1]);
}

/* Place of the chain of words that begin with a token of this hash. */
static uint32_t
chain(const struct words *w, uint32_t hash)
{
	return (uint32_t)(words_place(w, hash) - w->hash);
}

/* "'s" behind a word is one token, though alone it would be two. */
static struct tokens
tokens_of(struct span text, struct arena *a)
{
	struct tokens t = token_scan(text, a);
	struct token *clitic;

	if (!span_is(text, "'s"))
		return t;
	clitic = ARENA_NEW(a, struct token, 1);
	clitic->hash = uni_hash(text);
	return (struct tokens){ clitic, 1 };
}

static bool
same_phrase(const struct word *x, const struct tokens *t)
{
	if (x->n_token != t->n)
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (x->hashes[i] != t->at[i].hash)
			return false;
	return true;
}

static void
link_word(struct words *w, uint32_t at, uint32_t i)
{
	uint32_t k = w->hash[at].word, before = 0;

	while (k != 0 && w->word[k].n_token > w->word[i].n_token) {
		before = k;
		k = w->word[k].next;
	}
	w->word[i].next = k;
	if (before == 0)
		w->hash[at].word = (uint16_t)i;
	else
		w->word[before].next = i;
}

/* The word of that text, made if it is new; 0 if it has too many tokens or the table is full. */
static uint32_t
intern(struct words *w, struct span text)
{
	struct tokens t = tokens_of(text, w->arena);
	uint32_t at, i;
	struct word *x;

	if (t.n == 0 || t.n > PHRASE_TOKENS)
		return 0;
	if (w->n_word == WORD_MAX) {
		w->refused = "there are too many words";
		return 0;
	}
	at = chain(w, t.at[0].hash);
	for (i = w->hash[at].word; i != 0; i = w->word[i].next)
		if (same_phrase(&w->word[i], &t))
			return i;
	i = w->n_word++;
	x = &w->word[i];
	*x = (struct word){ 0 };
	x->text = text;
	x->hash = t.at[0].hash;
	x->n_token = (uint8_t)t.n;
	for (size_t k = 0; k < t.n; k++)
		x->hashes[k] = t.at[k].hash;
	for (size_t k = 0; k < t.n; k++)
		set_bloom(w->bloom, t.at[k].hash);
	w->hash[at].hash = x->hash;
	link_word(w, at, i);
	return i;
}

static void
add_sense(struct words *w, uint32_t word, struct sense s)
{
	VEC_PUSH(w->arena, &w->sense, s);
	VEC_PUSH(w->arena, &w->owner, word);
	w->word[word].n_sense++;
}

uint16_t
words_atom(struct words *w, struct span name)
{
	uint16_t known = words_atom_known(w, name);
	uint32_t word;

	if (known != UINT16_MAX)
		return known;
	if (w->n_atom == ATOM_MAX) {
		w->refused = "the patterns name too many different words";
		return 0;
	}
	w->atom_hash[atom_place(w, name)] = (uint16_t)(w->n_atom + 1);
	known = (uint16_t)w->n_atom++;
	w->atom[known].name = name;
	if (is_class(name)) {
		w->atom[known].slot = default_slot(name);
		return known;
	}
	word = intern(w, name);
	if (word != 0)
		add_sense(w, word, (struct sense){ known, S_NONE, 7, S_NONE, 0, 0 });
	else if (w->refused == NULL)
		w->refused = "this is no word, or one of too many parts";
	return known;
}

bool
words_class_known(const struct words *w, struct span name)
{
	return !is_class(name) || words_atom_known(w, name) != UINT16_MAX ||
	       default_slot(name) != S_NONE || span_is(name, "UPWORD");
}

const char *
words_refused(const struct words *w)
{
	return w->refused;
}

enum slot
words_slot(const struct words *w, uint16_t atom)
{
	return (enum slot)w->atom[atom].slot;
}

void
words_add(struct words *w, struct span text, struct span class_name, int32_t value, unsigned when)
{
	uint16_t atom = words_atom(w, class_name);
	bool dotted =
	    text.n > 2 && text.p[text.n - 1] == '.' && memchr(text.p, '.', text.n - 1) == NULL;
	uint32_t word;

	if (dotted)
		text.n--;
	word = intern(w, text);
	if (word == 0)
		return;
	w->word[word].dotted |= dotted;
	add_sense(
	    w, word, (struct sense){ atom, w->atom[atom].slot, (uint8_t)when, S_NONE, value, 0 });
}

/* Text before the next c of *rest, which is cut behind it. */
static struct span
split(struct span *rest, char c)
{
	const char *at = memchr(rest->p, c, rest->n);
	size_t n = at == NULL ? rest->n : (size_t)(at - rest->p);
	struct span head = { rest->p, n };

	*rest = at == NULL ? (struct span){ rest->p + n, 0 } : span_cut(*rest, n + 1, rest->n);
	return head;
}

static bool
number_cell(struct span s, int32_t *v)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	int32_t n = 0;

	for (size_t i = minus; i < s.n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]) || n > 1000000000 / 10)
			return false;
		n = n * 10 + s.p[i] - '0';
	}
	*v = minus ? -n : n;
	return true;
}

/* "cap": only with a capital letter; "low": only without; "caps": only in capitals; else any. */
static bool
when_cell(struct span s, unsigned *when)
{
	static const struct {
		const char *name;
		unsigned when;
	} names[] = { { "", 7 }, { "cap", 6 }, { "low", 1 }, { "caps", 4 } };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_is(s, names[i].name)) {
			*when = names[i].when;
			return true;
		}
	return false;
}

static bool
fail(struct slip *slip, size_t line, const char *what)
{
	slip->line = line;
	slip->column = 1;
	slip->what = span_c(what);
	return false;
}

/* "CLASS" or "CLASS:slot", for a class that words.c does not know: where the values of its words go. */
static bool
class_cell(struct words *w, struct span cell, struct span *name)
{
	enum slot slot;

	*name = split(&cell, ':');
	if (cell.n == 0)
		return true;
	slot = slot_find(cell);
	w->atom[words_atom(w, *name)].slot = (uint8_t)slot;
	return slot != S_NONE;
}

bool
words_load(struct words *w, const char *name, struct span text, struct slip *slip)
{
	struct table t;
	const char *what;
	int32_t value;
	unsigned when;

	slip->table = name;
	if (!table_parse(&t, text, w->arena, &slip->line, &slip->column, &what))
		return fail(slip, slip->line, what);
	for (size_t r = 0; r < t.n_row; r++) {
		struct span spelling = table_cell(&t, r, 0), class_name;

		if (!class_cell(w, table_cell(&t, r, 1), &class_name))
			return fail(slip, t.line[r], "there is no slot of this name");
		if (!number_cell(table_cell(&t, r, 2), &value))
			return fail(slip, t.line[r], "the value must be a whole number");
		if (!when_cell(table_cell(&t, r, 3), &when))
			return fail(slip, t.line[r], "the fourth cell must be cap, caps, low or -");
		while (spelling.n > 0)
			words_add(w, split(&spelling, '|'), class_name, value, when);
	}
	return true;
}

/* The next sense from *i on whose class is atom; NULL: none. */
static const struct sense *
next_sense(const struct words *w, uint16_t atom, size_t n, size_t *i)
{
	while (*i < n && w->sense.at[*i].atom != atom)
		++*i;
	return *i < n ? &w->sense.at[*i] : NULL;
}

static void
add_compound(struct words *w, uint16_t atom, size_t first, size_t second)
{
	struct span a = w->word[w->owner.at[first]].text, b = w->word[w->owner.at[second]].text;
	struct sense x = w->sense.at[first], y = w->sense.at[second];
	uint32_t word = intern(w, arena_fmt(w->arena, "%.*s%.*s", (int)a.n, a.p, (int)b.n, b.p));

	w->atom[atom].slot = x.slot;
	if (word != 0)
		add_sense(
		    w, word, (struct sense){ atom, x.slot, x.when, y.slot, x.value, y.value });
}

bool
words_load_compounds(struct words *w, const char *name, struct span text, struct slip *slip)
{
	struct table t;
	const char *what;

	slip->table = name;
	if (!table_parse(&t, text, w->arena, &slip->line, &slip->column, &what))
		return fail(slip, slip->line, what);
	for (size_t r = 0; r < t.n_row; r++) {
		uint16_t a = words_atom(w, table_cell(&t, r, 0));
		uint16_t b = words_atom(w, table_cell(&t, r, 1));
		uint16_t atom = words_atom(w, table_cell(&t, r, 2));
		size_t n = w->sense.n;

		for (size_t i = 0; next_sense(w, a, n, &i) != NULL; i++)
			for (size_t k = 0; next_sense(w, b, n, &k) != NULL; k++)
				add_compound(w, atom, i, k);
	}
	return true;
}

/* Letters of a shape: each run is one number. */
static const struct {
	char letter;
	uint8_t slot;
} shape_letter[] = { { 'Y', S_YEAR }, { 'M', S_MONTH }, { 'D', S_DAY }, { 'H', S_HOUR },
	{ 'N', S_MIN }, { 'S', S_SEC }, { 'Q', S_QUARTER }, { 'X', S_DECADE }, { 'W', S_WEEK },
	{ 'V', S_YY }, { 'A', S_N }, { 'B', S_N2 }, { 'E', S_WDAY }, { 'F', S_SPLIT } };

static uint8_t
letter_slot(char c)
{
	for (size_t i = 0; i < sizeof(shape_letter) / sizeof(shape_letter[0]); i++)
		if (shape_letter[i].letter == c)
			return shape_letter[i].slot;
	return S_NONE;
}

/* Digits that a letter that stands alone has at most. */
static uint8_t
most_digits(uint8_t slot)
{
	if (slot == S_SPLIT)
		return 3;
	return slot == S_QUARTER || slot == S_WDAY ? 1 : 2;
}

/* "D" is one or two digits, "DD" exactly two, "YYYY" four. */
static bool
parse_shape(struct shape *s)
{
	size_t i = 0;

	while (i < s->text.n) {
		char c = s->text.p[i];
		uint8_t slot = letter_slot(c);
		size_t n = 1;

		if (s->n == SHAPE_PIECES)
			return false;
		while (slot != S_NONE && i + n < s->text.n && s->text.p[i + n] == c)
			n++;
		s->piece[s->n++] = (struct shape_piece){ slot, (uint8_t)n,
			n == 1 ? most_digits(slot) : (uint8_t)n, c };
		i += n;
	}
	return true;
}

bool
words_load_shapes(struct words *w, const char *name, struct span text, struct slip *slip)
{
	struct table t;
	const char *what;

	slip->table = name;
	if (!table_parse(&t, text, w->arena, &slip->line, &slip->column, &what))
		return fail(slip, slip->line, what);
	for (size_t r = 0; r < t.n_row; r++) {
		struct shape s = { .text = table_cell(&t, r, 0) };

		s.atom = words_atom(w, table_cell(&t, r, 1));
		if (!parse_shape(&s))
			return fail(slip, t.line[r], "the shape is too long");
		if (w->shape.n == SHAPE_MAX)
			return fail(slip, t.line[r], "there are too many shapes");
		VEC_PUSH(w->arena, &w->shape, s);
	}
	return true;
}

static void
set_bit(struct atoms *a, uint16_t atom)
{
	a->bit[atom >> 6] |= (uint64_t)1 << (atom & 63);
}

static symbol
intern_symbol(struct words *w, const struct atoms *a)
{
	uint64_t hash = 0, any = 0;
	uint32_t at;

	for (int i = 0; i < ATOM_WORDS; i++) {
		any |= a->bit[i];
		hash = (hash ^ a->bit[i]) * 0x9E3779B97F4A7C15u;
	}
	if (any == 0)
		return 0;
	at = (uint32_t)(hash >> 40) & (SYMBOL_HASH - 1);
	for (; w->symbol_hash[at] != 0; at = (at + 1) & (SYMBOL_HASH - 1))
		if (memcmp(a, &w->symbol[w->symbol_hash[at]], sizeof(*a)) == 0)
			return w->symbol_hash[at];
	if (w->n_symbol == SYMBOL_MAX) {
		w->refused = "the patterns name too many different words";
		return 0;
	}
	w->symbol[w->n_symbol] = *a;
	w->symbol_hash[at] = (symbol)w->n_symbol;
	return (symbol)w->n_symbol++;
}

/* Senses in the order of their words. */
static void
sort_senses(struct words *w)
{
	struct sense *sorted = ARENA_NEW(w->arena, struct sense, w->sense.n + 1);
	uint32_t at = 0;

	for (uint32_t i = 1; i < w->n_word; i++) {
		w->word[i].first_sense = at;
		at += w->word[i].n_sense;
		w->word[i].n_sense = 0;
	}
	for (size_t i = 0; i < w->sense.n; i++) {
		struct word *x = &w->word[w->owner.at[i]];

		sorted[x->first_sense + x->n_sense++] = w->sense.at[i];
	}
	w->sense.at = sorted;
}

static void
word_symbols(struct words *w, struct word *x, uint16_t upword)
{
	for (int c = 0; c < N_CASING; c++) {
		struct atoms a = { 0 };

		if (c != CASE_LOWER && x->n_token == 1)
			set_bit(&a, upword);
		for (uint32_t k = 0; k < x->n_sense; k++) {
			const struct sense *s = &w->sense.at[x->first_sense + k];

			if (s->when >> c & 1)
				set_bit(&a, s->atom);
		}
		x->symbol[c] = intern_symbol(w, &a);
	}
}

/* Names of enum number_class, by bit. */
static const char *const number_names[] = { "NUM", "INT", "DNUM", "HOUR", "YEAR", "YY", "HHMM",
	"DOTTIME", "NUMWORD", "SPELT", "SHORT", "MINUTE", "HMM", "MYEAR" };

enum { N_NUMBER = sizeof(number_names) / sizeof(number_names[0]) };

/* Only sets that a number can have (lex.c); others would waste symbols. */
static bool
possible_number(unsigned set)
{
	static const unsigned four = NC_YEAR | NC_HHMM,
			      few = NC_DNUM | NC_HOUR | NC_YY | NC_MINUTE | NC_HMM;
	static const struct {
		unsigned has, never; /* one of has allows none of never */
	} rule[] = { { NC_WORD, ~(unsigned)(NC_NUM | NC_WORD | NC_SPELT) }, { four, few },
		{ NC_DOT, ~(unsigned)(NC_NUM | NC_DOT) } };

	if (!(set & NC_NUM) || ((set & NC_MYEAR) && !(set & NC_YEAR)))
		return false;
	if ((set & (four | few | NC_SHORT)) && !(set & NC_INT))
		return false;
	if ((set & NC_INT) && !(set & NC_SHORT) && (set & ~(unsigned)(NC_NUM | NC_INT)))
		return false;
	for (size_t i = 0; i < sizeof(rule) / sizeof(rule[0]); i++)
		if ((set & rule[i].has) && (set & rule[i].never))
			return false;
	return true;
}

static void
number_symbols(struct words *w)
{
	uint16_t atom[N_NUMBER];

	for (int k = 0; k < N_NUMBER; k++)
		atom[k] = words_atom(w, span_c(number_names[k]));
	for (unsigned set = 1; set <= NC_ALL; set++) {
		struct atoms a = { 0 };

		if (!possible_number(set))
			continue;
		for (int k = 0; k < N_NUMBER; k++)
			if (set >> k & 1)
				set_bit(&a, atom[k]);
		w->number[set] = intern_symbol(w, &a);
	}
}

static bool
is_numeric(const struct words *w, const struct word *x, const struct atoms *numeric)
{
	for (uint32_t k = 0; k < x->n_sense; k++) {
		uint16_t atom = w->sense.at[x->first_sense + k].atom;

		if (numeric->bit[atom >> 6] >> (atom & 63) & 1)
			return true;
	}
	return false;
}

static void
mark_simple(const struct words *w, struct head *h)
{
	const struct word *x = &w->word[h->word];

	if (h->word == 0)
		return;
	h->simple = x->n_token == 1 && x->next == 0 && !x->dotted && !x->numeric;
	memcpy(h->symbol, x->symbol, sizeof(h->symbol));
}

/* Which bytes a shape may begin with, and which stand behind its first digits. Bytes of other scripts may be a curly
 * apostrophe. */
static void
place_shape(struct words *w, size_t k)
{
	const struct shape *s = &w->shape.at[k];
	const struct shape_piece *first = &s->piece[0], *second = &s->piece[1];
	bool digits = first->kind != S_NONE || ascii_digit((unsigned char)first->c);
	bool open = digits && (s->n < 2 || second->kind != S_NONE);
	char mark = digits ? second->c : first->c;

	for (int c = 0; c < 256; c++)
		if (open || c >= 0x80 || c == (unsigned char)mark)
			w->shape_at[digits][c][k / 64] |= (uint64_t)1 << (k % 64);
}

void
words_close(struct words *w)
{
	static const char *const counting[] = { "CARD", "TENS", "HUNDRED", "SCALE" };
	uint16_t upword = words_atom(w, SPAN("UPWORD"));
	struct atoms numeric = { 0 };

	for (size_t i = 0; i < sizeof(counting) / sizeof(counting[0]); i++)
		set_bit(&numeric, words_atom(w, span_c(counting[i])));
	sort_senses(w);
	for (uint32_t i = 1; i < w->n_word; i++) {
		word_symbols(w, &w->word[i], upword);
		w->word[i].numeric = is_numeric(w, &w->word[i], &numeric);
	}
	for (uint32_t i = 0; i < HASH_SIZE; i++)
		mark_simple(w, &w->hash[i]);
	number_symbols(w);
	{
		struct atoms a = { 0 };

		set_bit(&a, upword);
		w->other = intern_symbol(w, &a);
	}
	for (size_t i = 0; i < w->shape.n; i++) {
		struct atoms a = { 0 };

		set_bit(&a, w->shape.at[i].atom);
		w->shape.at[i].symbol = intern_symbol(w, &a);
		place_shape(w, i);
	}
}

static bool
phrase_at(const struct word *x, const struct tokens *t, size_t i)
{
	if (x->n_token > t->n - i)
		return false;
	for (size_t k = 1; k < x->n_token; k++)
		if (t->at[i + k].hash != x->hashes[k] || (t->at[i + k].flags & TOKEN_PARA))
			return false;
	return true;
}

uint32_t
words_find(const struct words *w, const struct tokens *t, size_t i, size_t *n)
{
	uint32_t at;

	if (!in_bloom(w->bloom, t->at[i].hash))
		return 0;
	for (at = w->hash[chain(w, t->at[i].hash)].word; at != 0; at = w->word[at].next)
		if (phrase_at(&w->word[at], t, i)) {
			*n = w->word[at].n_token;
			return at;
		}
	return 0;
}

const struct sense *
words_sense(const struct words *w, const struct word *x, uint16_t atom)
{
	for (uint32_t k = 0; k < x->n_sense; k++)
		if (w->sense.at[x->first_sense + k].atom == atom)
			return &w->sense.at[x->first_sense + k];
	return NULL;
}

const uint64_t *
words_shapes_at(const struct words *w, bool digits, unsigned char byte)
{
	return w->shape_at[digits][byte];
}

const struct shape *
words_shapes(const struct words *w, size_t *n)
{
	*n = w->shape.n;
	return w->shape.at;
}

symbol
words_other(const struct words *w, enum casing c)
{
	return c == CASE_LOWER ? 0 : w->other;
}

symbol
words_number(const struct words *w, unsigned classes)
{
	return w->number[classes & NC_ALL];
}

uint32_t
words_count(const struct words *w)
{
	return w->n_word;
}

size_t
words_symbols(const struct words *w)
{
	return w->n_symbol;
}
