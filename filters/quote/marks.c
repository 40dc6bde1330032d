/* marks.c - quotation marks -> stretches, paragraph by paragraph. */
#include "quote/marks.h"

#include "ascii.h"
#include "table.h"
#include "utf8.h"

extern const struct blob blob_quote_furniture;

enum { FURNITURE_WHOLE = 1, FURNITURE_BEGIN };

enum { NAME_WORDS = 6 }; /* tokens of a speaker's name in a transcript */
enum { TITLE_WORD = 4 }; /* "with" stays small in most house styles */

enum role { ROLE_NONE, ROLE_OPEN, ROLE_CLOSE, ROLE_EITHER };

/* One quotation mark of the paragraph at hand. */
struct mark {
	uint32_t tok;
	uint8_t width; /* tokens: 2 for `` and '' */
	uint8_t role;
	bool single;
	bool can_open, can_close; /* by its place */
	bool behind_punct;        /* closely behind , . ? ! or an ellipsis */
};

struct marks {
	struct mark *at;
	size_t n, cap;
};

static const struct {
	uint32_t cp;
	uint8_t role;
	bool single;
} mark_table[] = {
	{ 0x22, ROLE_EITHER, false },
	{ 0x27, ROLE_EITHER, true },
	{ 0xAB, ROLE_OPEN, false },
	{ 0xBB, ROLE_CLOSE, false },
	{ 0x2018, ROLE_OPEN, true },
	{ 0x2019, ROLE_CLOSE, true },
	{ 0x201A, ROLE_OPEN, true },
	{ 0x201B, ROLE_OPEN, true },
	{ 0x201C, ROLE_OPEN, false },
	{ 0x201D, ROLE_CLOSE, false },
	{ 0x201E, ROLE_OPEN, false },
	{ 0x201F, ROLE_OPEN, false },
	{ 0x2039, ROLE_OPEN, true },
	{ 0x203A, ROLE_CLOSE, true },
	{ 0x300C, ROLE_OPEN, false },
	{ 0x300D, ROLE_CLOSE, false },
};

/* Words that lose their first letters to an apostrophe; not the start of a quotation. */
static const char *const clipped[] = { "em", "til", "tis", "twas", "cause", "n", "bout", "round",
	"cuz" };

/* First bytes of marks. */
static bool
is_mark_byte(unsigned char c)
{
	static const bool first[256] = { ['"'] = true,
		['\''] = true,
		['`'] = true,
		[0xC2] = true,
		[0xE2] = true,
		[0xE3] = true };

	return first[c];
}

static bool
glued(const struct tokens *t, size_t i)
{
	return i < t->n && (t->at[i].flags & (TOKEN_SPACE | TOKEN_PARA)) == 0;
}

static bool
punct_in(const struct token *t, const char *set, size_t n)
{
	return t->kind == TOKEN_PUNCT && t->len == 1 && memchr(set, t->first, n) != NULL;
}

/* Any character of more than one byte that may stand before an opening mark: dashes, other marks. */
static bool
wide_punct(const struct token *t)
{
	return t->kind == TOKEN_PUNCT && t->len > 1;
}

static bool
before_opens(const struct tokens *t, size_t i)
{
	if (i == 0 || !glued(t, i))
		return true;
	if (punct_in(&t->at[i - 1], "([{-/:,;", 8))
		return true;
	return wide_punct(&t->at[i - 1]) && (!glued(t, i - 1) || is_mark_byte(t->at[i - 1].first));
}

static bool
is_clipped(const struct doc *d, const struct token *t)
{
	struct span w = token_span(d->text, t);

	for (size_t i = 0; i < sizeof(clipped) / sizeof(*clipped); i++)
		if (span_is(w, clipped[i]))
			return true;
	return false;
}

/* May a quotation begin with the token behind the mark? */
static bool
word_opens(const struct doc *d, const struct mark *m)
{
	const struct tokens *t = d->tokens;
	size_t next = m->tok + m->width;

	if (!glued(t, next))
		return false;
	if (m->single && (t->at[next].kind == TOKEN_NUMBER || is_clipped(d, &t->at[next])))
		return false;
	return t->at[next].kind != TOKEN_PUNCT || !punct_in(&t->at[next], ",.;:?!)]}", 9) ||
	       glued(t, next + 1);
}

static void
place(const struct doc *d, struct mark *m)
{
	const struct tokens *t = d->tokens;

	m->can_open = before_opens(t, m->tok) && word_opens(d, m);
	m->can_close = m->tok > 0 && glued(t, m->tok);
	if (!m->can_close)
		return;
	m->behind_punct = punct_in(&t->at[m->tok - 1], ",.?!", 4) ||
			  span_is(token_span(d->text, &t->at[m->tok - 1]), "\xE2\x80\xA6");
}

/* `` and '' are one double mark. */
static bool
double_of_singles(const struct tokens *t, struct mark *m)
{
	size_t i = m->tok;
	unsigned char c = t->at[i].first;

	if ((c != '`' && c != '\'') || !glued(t, i + 1) || t->at[i + 1].first != c ||
	    t->at[i + 1].kind != TOKEN_PUNCT)
		return false;
	m->width = 2;
	m->single = false;
	m->role = c == '`' ? ROLE_OPEN : ROLE_EITHER;
	return true;
}

/* A straight mark and a curly one of the same kind closely behind it, "“We won,” he said, are one by mistake. */
static bool
doubled(const struct doc *d, const struct mark *m)
{
	size_t next = m->tok + 1U;

	return d->tokens->at[m->tok].first == '"' && glued(d->tokens, next) &&
	       span_is(token_span(d->text, &d->tokens->at[next]), "\xE2\x80\x9C");
}

static bool
mark_at(const struct doc *d, size_t i, struct mark *m)
{
	const struct token *t = &d->tokens->at[i];
	uint32_t cp;
	size_t len;

	*m = (struct mark){ .tok = (uint32_t)i, .width = 1 };
	if (!double_of_singles(d->tokens, m)) {
		cp = utf8_next(token_span(d->text, t), &len);
		for (size_t k = 0; k < sizeof(mark_table) / sizeof(*mark_table); k++) {
			if (mark_table[k].cp == cp) {
				m->role = mark_table[k].role;
				m->single = mark_table[k].single;
			}
		}
	}
	if (m->role == ROLE_NONE)
		return false;
	if (doubled(d, m)) {
		m->width = 2;
		m->role = ROLE_OPEN;
	}
	place(d, m);
	return true;
}

/* The state of the machine in one paragraph. */
struct machine {
	struct doc *d;
	struct stretches *out;
	size_t from, to; /* tokens of the paragraph */
	uint32_t para;
	bool carry; /* the paragraph before ended within a stretch */
};

static char
last_byte(const struct doc *d, size_t tok)
{
	const struct token *t = &d->tokens->at[tok];

	if (punct_in(t, ",.?!-:;", 7))
		return (char)t->first;
	if (t->kind == TOKEN_PUNCT && t->len == 3 && t->first == 0xE2)
		return span_is(token_span(d->text, t), "\xE2\x80\xA6") ? '.' : '-';
	return 0;
}

/* A token within marks that is no part of the words: space is none, the comma before the closing mark is one. */
static uint32_t
inner_end(const struct doc *d, size_t first, size_t end)
{
	const struct token *t = &d->tokens->at[end - 1];

	if (end - first > 1 && punct_in(t, ",", 1))
		t--;
	return t->start + t->len;
}

/* Two words or more, of which each of more than TITLE_WORD bytes, the first, and half of all begin with a capital. */
static bool
is_title(const struct token *t, size_t first, size_t end)
{
	size_t words = 0, upper = 0;

	for (size_t i = first; i < end; i++) {
		bool capital = (t[i].flags & TOKEN_UPPER) != 0;

		if (t[i].kind != TOKEN_WORD || (t[i].flags & TOKEN_POSS) != 0)
			continue;
		if ((words++ == 0 || t[i].len > TITLE_WORD) && !capital)
			return false;
		upper += capital;
	}
	return words > 1 && 2 * upper >= words;
}

/* Behind "NAME:" in capitals at the head of a stretch, as transcripts have it: there the words begin; else first. */
static size_t
behind_name(const struct token *t, size_t first, size_t end)
{
	size_t i = first;

	while (i + 1 < end && i - first < NAME_WORDS &&
	       ((t[i].kind == TOKEN_WORD && (t[i].flags & TOKEN_CAPS) != 0) ||
		   (i > first && punct_in(&t[i], ".-", 2))))
		i++;
	return i > first && i + 1 < end && punct_in(&t[i], ":", 1) ? i + 1 : first;
}

/* Append the stretch of tokens [open, close], marks included; open_width is 0 where the opening mark is missing. */
static void
push(struct machine *k, const struct mark *open, size_t close, size_t close_width)
{
	const struct token *t = k->d->tokens->at;
	size_t first = open->tok + open->width, end = close;
	struct stretch s = { .tok = open->tok, .para = k->para, .single = open->single };
	size_t said = behind_name(t, first, end);

	if (said > first)
		s.tok = (uint32_t)(first = said);

	s.closed = close_width > 0;
	while (end > first && t[end - 1].start - t[s.tok].start > STRETCH_MAX) {
		end--;
		s.closed = false;
	}
	if (end <= first)
		return;
	for (size_t i = first; i < end; i++)
		s.words += t[i].kind != TOKEN_PUNCT;
	if (s.words == 0)
		return;
	s.title = is_title(t, first, end);
	s.upper = (t[first].flags & TOKEN_UPPER) != 0;
	s.tok_end = (uint32_t)(s.closed ? close + close_width : end);
	s.open = t[s.tok].start;
	s.close = t[s.tok_end - 1].start + t[s.tok_end - 1].len;
	s.start = t[first].start;
	s.end = inner_end(k->d, first, end);
	s.last = last_byte(k->d, end - 1);
	s.follows = k->carry && s.tok == k->from;
	VEC_PUSH(k->d->arena, k->out, s);
}

enum act { ACT_NONE, ACT_OPEN, ACT_CLOSE, ACT_REOPEN, ACT_FROM_START };

static enum act
act_idle(const struct mark *m, bool first, bool carry)
{
	if (m->can_open && !(m->role == ROLE_CLOSE && m->can_close))
		return ACT_OPEN;
	if (m->role == ROLE_OPEN && !m->can_close)
		return ACT_OPEN;
	if (m->can_close && (m->behind_punct || carry) && first)
		return ACT_FROM_START;
	return m->role == ROLE_EITHER && !m->can_close ? ACT_OPEN : ACT_NONE;
}

static enum act
act_within(const struct mark *m)
{
	if (m->can_close && !(m->role == ROLE_OPEN && m->can_open))
		return ACT_CLOSE;
	if (m->role == ROLE_CLOSE || (m->role == ROLE_EITHER && !m->can_open))
		return ACT_CLOSE;
	return ACT_REOPEN;
}

/* Inches: closely behind a digit, and without it the marks that follow come out even. */
static bool
is_inches(const struct doc *d, const struct mark *m, bool open, size_t left)
{
	const struct token *t = d->tokens->at;

	if (m->role != ROLE_EITHER || !m->can_close || t[m->tok - 1].kind != TOKEN_NUMBER)
		return false;
	return !open || left % 2 == 1;
}

static size_t
count_double(const struct marks *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += !m->at[i].single;
	return n;
}

/* The closing one of the curly mark all[i] inside straight ones, "He saw “The Dam” twice"; i if that is not so. */
static size_t
nested(const struct marks *all, size_t i, const struct mark *open)
{
	size_t k = i + 1;

	if (open->role != ROLE_EITHER || all->at[i].role != ROLE_OPEN || !all->at[i].can_open)
		return i;
	while (k < all->n && all->at[k].single)
		k++;
	return k < all->n && all->at[k].role == ROLE_CLOSE ? k : i;
}

/* The single mark that closes the double one open, which nothing else closes, by mistake: at a comma. "We will go', he said.
 * NULL: there is none. */
static const struct mark *
wrong_close(const struct doc *d, const struct marks *all, const struct mark *open)
{
	const struct tokens *t = d->tokens;

	for (size_t i = 0; i < all->n; i++) {
		const struct mark *m = &all->at[i];

		if (m->tok <= open->tok || !m->single || !m->can_close || m->can_open)
			continue;
		if (t->at[m->tok - 1].kind == TOKEN_PUNCT
			? t->at[m->tok - 1].first == ','
			: glued(t, m->tok + 1U) && punct_in(&t->at[m->tok + 1], ",", 1))
			return m;
	}
	return NULL;
}

/* Double marks of one paragraph. Returns whether the paragraph ends within a stretch. */
static bool
run_double(struct machine *k, const struct marks *all)
{
	struct mark open = { 0 };
	const struct mark *wrong;
	bool is_open = false, first = true;
	size_t left = count_double(all);

	for (size_t i = 0; i < all->n; i++) {
		const struct mark *m = &all->at[i];
		enum act act;

		if (m->single)
			continue;
		left--;
		if (is_inches(k->d, m, is_open, left))
			continue;
		if (is_open && nested(all, i, &open) > i) {
			i = nested(all, i, &open);
			left--;
			continue;
		}
		act = is_open ? act_within(m) : act_idle(m, first, k->carry);
		if (act == ACT_FROM_START)
			open = (struct mark){ .tok = (uint32_t)k->from };
		if (act == ACT_CLOSE || act == ACT_FROM_START)
			push(k, &open, m->tok, m->width);
		if (act == ACT_REOPEN)
			push(k, &open, m->tok, 0);
		if (act == ACT_OPEN || act == ACT_REOPEN)
			open = *m;
		if (act != ACT_NONE)
			is_open = act == ACT_OPEN || act == ACT_REOPEN;
		first = false;
	}
	if (!is_open)
		return false;
	wrong = wrong_close(k->d, all, &open);
	push(k, &open, wrong != NULL ? wrong->tok : k->to, wrong != NULL);
	return wrong == NULL;
}

/* Could the mark be the possessive of a plural: behind s, before a word? */
static bool
is_plural_possessive(const struct doc *d, const struct mark *m)
{
	const struct tokens *t = d->tokens;
	struct span w = token_span(d->text, &t->at[m->tok - 1]);

	return w.p[w.n - 1] == 's' && m->tok + 1 < t->n && t->at[m->tok + 1].kind == TOKEN_WORD;
}

/* The closing mark of the single mark all[i]: the first one that is no possessive, else the first one at all,
 * before the next opening mark; all->n if there is none. */
static size_t
single_close(const struct doc *d, const struct marks *all, size_t i)
{
	size_t weak = all->n;

	for (size_t j = i + 1; j < all->n; j++) {
		const struct mark *m = &all->at[j];

		if (!m->single)
			continue;
		if (m->can_open) /* so each scan ends before the next begins */
			break;
		if (!m->can_close || glued(d->tokens, m->tok + 1U)) {
			if (!m->can_close || d->tokens->at[m->tok + 1].kind != TOKEN_PUNCT)
				continue;
		}
		if (!is_plural_possessive(d, m))
			return j;
		if (weak == all->n)
			weak = j;
	}
	return weak;
}

/* Single marks of one paragraph outside the stretches found from index done on. */
static bool
run_single(struct machine *k, const struct marks *all, bool main_style)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct mark *m = &all->at[i];
		size_t close;

		if (!m->single || !m->can_open)
			continue;
		close = single_close(k->d, all, i);
		if (close < all->n) {
			push(k, m, all->at[close].tok, 1);
			i = close;
		} else if (main_style && m->role == ROLE_OPEN) {
			push(k, m, k->to, 0);
			return true;
		}
	}
	return false;
}

/* Drop from marks those that lie within the stretches from index from on. */
static void
outside(struct marks *m, const struct stretches *s, size_t from)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		while (from < s->n && s->at[from].tok_end <= m->at[i].tok)
			from++;
		if (from == s->n || m->at[i].tok < s->at[from].tok)
			m->at[n++] = m->at[i];
	}
	m->n = n;
}

/* Put the stretches [from, mid) and [mid, n), each in order, into one order. */
static void
merge(struct doc *d, struct stretches *s, size_t from, size_t mid)
{
	size_t n = s->n - from, a = from, b = mid;
	struct stretch *tmp;

	if (mid == s->n || mid == from)
		return;
	tmp = ARENA_NEW(d->arena, struct stretch, n);
	for (size_t i = 0; i < n; i++) {
		bool left = b == s->n || (a < mid && s->at[a].tok < s->at[b].tok);

		tmp[i] = s->at[left ? a++ : b++];
	}
	memcpy(s->at + from, tmp, n * sizeof(*tmp));
}

/* British style: at least three single marks open, and more than double ones. */
static bool
single_style(const struct marks *all)
{
	size_t single = 0, twin = 0;

	for (size_t i = 0; i < all->n; i++) {
		single += all->at[i].single && all->at[i].can_open;
		twin += !all->at[i].single && all->at[i].can_open;
	}
	return single > 2 * twin;
}

static bool
run_paragraph(struct machine *k, struct marks *all, bool british)
{
	size_t from = k->out->n, mid;
	bool open;

	if (all->n == 0)
		return false;
	open = british ? run_single(k, all, true) : run_double(k, all);
	mid = k->out->n;
	outside(all, k->out, from);
	if (british)
		run_double(k, all);
	else
		run_single(k, all, false);
	merge(k->d, k->out, from, mid);
	return open;
}

/* What one look at every token tells. */
struct survey {
	struct marks all;    /* of the document */
	VEC(uint32_t) line;  /* tokens that begin a line or paragraph */
	size_t lines, ended; /* single new lines; of these behind the end of a sentence */
};

static void
see_line(const struct doc *d, struct survey *s, size_t i)
{
	const struct token *t = &d->tokens->at[i];

	VEC_PUSH(d->arena, &s->line, (uint32_t)i);
	if ((t->flags & (TOKEN_LINE | TOKEN_PARA)) != TOKEN_LINE || i == 0)
		return;
	s->lines++;
	s->ended += t[-1].kind == TOKEN_PUNCT && !punct_in(&t[-1], ",;-", 3);
}

/* The marks of the document, where lines begin, and whether lines are
 * paragraphs: most single new lines stand behind the end of a sentence. */
static void
survey(struct doc *d, struct survey *s)
{
	const struct token *t = d->tokens->at;
	size_t n = d->tokens->n, behind = 0; /* tokens before this one are part of a mark */
	struct mark m;

	for (size_t i = 0; i < n; i++) {
		unsigned line = t[i].flags & (TOKEN_LINE | TOKEN_PARA);

		if ((line | (t[i].kind & (unsigned)TOKEN_PUNCT)) == 0) /* most tokens */
			continue;
		if (i < behind)
			continue;
		if (line != 0)
			see_line(d, s, i);
		if (t[i].kind != TOKEN_PUNCT || !is_mark_byte(t[i].first) || !mark_at(d, i, &m))
			continue;
		VEC_PUSH(d->arena, &s->all, m);
		behind = i + m.width;
	}
	d->line_paras = s->ended * 10 >= s->lines * 7;
}

/* The token behind the paragraph that begins at the line of number *line - 1; *line is moved to the line behind the next one's. */
static size_t
paragraph_end(const struct doc *d, const struct survey *s, size_t *line)
{
	while (*line < s->line.n) {
		size_t i = s->line.at[(*line)++];

		if (i > 0 && doc_para(d, i))
			return i;
	}
	return d->tokens->n;
}

struct lexicon *
marks_furniture(struct arena *a)
{
	struct lexicon *l;
	struct table t;

	table_load(&t, &blob_quote_furniture, a);
	l = lexicon_new(a, t.n_row);
	for (size_t i = 0; i < t.n_row; i++)
		lexicon_add(l, table_cell(&t, i, 0),
		    span_is(table_cell(&t, i, 1), "whole") ? FURNITURE_WHOLE : FURNITURE_BEGIN,
		    false);
	return l;
}

static bool
is_furniture(const struct doc *d, size_t from, size_t to)
{
	uint32_t where;
	size_t n;

	if (d->furniture == NULL || to - from > FURNITURE_TOKENS)
		return false;
	where = lexicon_longest(d->furniture, d->text, d->tokens, from, &n);
	return where == FURNITURE_BEGIN || (where == FURNITURE_WHOLE && n == to - from);
}

void
marks_find(struct doc *d)
{
	struct machine k = { .d = d, .out = &d->stretches };
	struct survey s = { 0 };
	size_t n = d->tokens->n, next = 0, line = 0;
	bool british;

	survey(d, &s);
	d->stretches.cap = s.all.n; /* each has a mark of its own */
	d->stretches.at = arena_raw(d->arena, s.all.n, sizeof(*d->stretches.at));
	british = single_style(&s.all);
	for (size_t i = 0; i < n; i = k.to) {
		struct marks some = { 0 };
		size_t first = next;

		k.from = i;
		k.to = paragraph_end(d, &s, &line);
		while (next < s.all.n && s.all.at[next].tok < k.to)
			next++;
		some.n = next - first;
		if (some.n > 0)
			some.at = s.all.at + first;
		if (is_furniture(d, k.from, k.to))
			continue; /* k.carry, and the number of the paragraph, stay */
		k.carry = some.n > 0 && run_paragraph(&k, &some, british);
		k.para++;
	}
}
