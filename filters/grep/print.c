/* print.c - lines of text with what was found in them in colour; the colours are grep's. */
#include "print.h"

#include "json.h"
#include "visible.h"

#define SGR_MATCH "\033[01;31m"
#define SGR_NAME "\033[35m"
#define SGR_LINE "\033[32m"
#define SGR_MARK "\033[36m"
#define SGR_END "\033[0m"

/* The record at hand. */
struct printer {
	const struct print_how *how;
	struct record *r;
	const struct grep_found *found;
	struct span name;
	struct buf *out;
	size_t hit;    /* first that does not end before what is printed next */
	uint32_t seen; /* newlines before this byte of the text are in lines */
	size_t lines;
	size_t frame; /* where the frame being filled begins */
};

struct span
print_file_name(const char *file)
{
	return file == NULL || strcmp(file, "-") == 0 ? SPAN("(standard input)") : span_c(file);
}

/* ---- pieces of a line ---- */

static void
put_colored(const struct print_how *how, const char *sgr, struct span s, struct buf *out)
{
	if (how->look->color)
		buf_str(out, sgr);
	if (how->look->terminal)
		visible_put(out, s, false);
	else
		buf_put(out, s);
	if (how->look->color)
		buf_str(out, SGR_END);
}

void
print_name(const struct print_how *how, struct span name, char mark, struct buf *out)
{
	put_colored(how, SGR_NAME, name, out);
	if (how->zero)
		buf_char(out, '\0');
	else if (mark == '\n')
		buf_char(out, '\n');
	else
		put_colored(how, SGR_MARK, (struct span){ &mark, 1 }, out);
}

void
print_separator(const struct print_how *how, struct buf *out)
{
	put_colored(how, SGR_MARK, SPAN("--"), out);
	buf_char(out, '\n');
}

/* The line of the input that byte at of the text stands in; at does not go back. */
static size_t
line_of(struct printer *p, uint32_t at)
{
	const struct record *r = p->r;

	if (r->line == 0)
		return r->where.line;
	if (p->seen == 0)
		p->lines = r->line;
	if (r->body_line > 0 && p->seen < r->body_at && at >= r->body_at) {
		p->lines = r->body_line;
		p->seen = r->body_at;
	}
	for (; p->seen < at; p->seen++)
		p->lines += r->text.p[p->seen] == '\n';
	return p->lines;
}

static void
put_prefix(struct printer *p, uint32_t at, char mark)
{
	const struct print_how *how = p->how;

	if (p->name.p != NULL)
		print_name(how, p->name, mark, p->out);
	if (!how->line_number)
		return;
	put_colored(how, SGR_LINE, arena_fmt(p->r->arena, "%zu", line_of(p, at)), p->out);
	put_colored(how, SGR_MARK, (struct span){ &mark, 1 }, p->out);
}

/* Text in one line: each newline a blank. */
static void
put_flat(struct printer *p, struct span s)
{
	for (size_t at = 0; at < s.n;) {
		const char *end = memchr(s.p + at, '\n', s.n - at);
		size_t to = end == NULL ? s.n : (size_t)(end - s.p);

		if (p->how->look->terminal)
			visible_put(p->out, span_cut(s, at, to), true);
		else
			buf_put(p->out, span_cut(s, at, to));
		while (to < s.n && s.p[to] == '\n')
			to++;
		if (end != NULL)
			buf_char(p->out, ' ');
		at = to;
	}
}

/* A stretch of the text, what was found in it in colour. Hits are disjoint, and stretches come in order. */
static void
put_stretch(struct printer *p, uint32_t from, uint32_t to)
{
	const struct ranges *hits = &p->found->hits;

	while (p->hit < hits->n && hits->at[p->hit].end <= from)
		p->hit++;
	for (size_t h = p->hit; from < to && p->how->look->color; h++) {
		uint32_t lit = to, dark = to;

		if (h < hits->n && hits->at[h].start < to) {
			lit = hits->at[h].start > from ? hits->at[h].start : from;
			dark = hits->at[h].end < to ? hits->at[h].end : to;
		}
		put_flat(p, record_slice(p->r, from, lit));
		if (lit < dark) {
			buf_str(p->out, SGR_MATCH);
			put_flat(p, record_slice(p->r, lit, dark));
			buf_str(p->out, SGR_END);
		}
		from = dark;
	}
	if (from < to)
		put_flat(p, record_slice(p->r, from, to));
}

/* ---- lines ---- */

static void
put_line(struct printer *p, struct range at, char mark)
{
	put_prefix(p, at.start, mark);
	put_stretch(p, at.start, at.end);
	buf_char(p->out, '\n');
}

/* Paragraphs and whole texts keep their lines. */
static void
put_unit(struct printer *p, struct range at, char mark)
{
	bool lines = p->how->grep->whole || p->how->grep->unit == UNIT_PARAGRAPH;

	while (lines && at.start < at.end) {
		const char *from = p->r->text.p + at.start;
		const char *end = memchr(from, '\n', at.end - at.start);

		if (end == NULL)
			break;
		put_line(p, (struct range){ at.start, (uint32_t)(end - p->r->text.p) }, mark);
		at.start = (uint32_t)(end - p->r->text.p) + 1;
	}
	put_line(p, at, mark);
}

static void
put_span(struct printer *p, struct range at)
{
	struct record *r = p->r;
	struct buf *out = p->out;
	const char *comma = "";
	const struct {
		const char *key;
		struct span value;
	} member[] = { { "id", r->id }, { "source", r->source }, { "date", r->date },
		{ "text", record_slice(r, at.start, at.end) } };

	buf_char(out, '{');
	for (size_t i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		if (member[i].value.p == NULL)
			continue;
		buf_fmt(out, "%s\"%s\":", comma, member[i].key);
		json_put(out, member[i].value);
		comma = ",";
	}
	buf_fmt(out, "%s\"line\":%zu,\"start\":%u,\"end\":%u}\n", comma, line_of(p, at.start),
	    record_cp(r, at.start), record_cp(r, at.end));
}

/* Each hit that begins in this unit, or before the first one that it reaches into. */
static void
put_hits(struct printer *p, struct range unit)
{
	const struct ranges *hits = &p->found->hits;

	for (; p->hit < hits->n && hits->at[p->hit].start < unit.end; p->hit++) {
		struct range at = hits->at[p->hit];

		if (at.end <= unit.start)
			continue;
		if (p->how->mode == PRINT_SPANS) {
			put_span(p, at);
			continue;
		}
		put_prefix(p, at.start, ':');
		if (p->how->look->color)
			buf_str(p->out, SGR_MATCH);
		put_flat(p, record_slice(p->r, at.start, at.end));
		buf_str(p->out, p->how->look->color ? SGR_END "\n" : "\n");
	}
}

/* ---- frames ---- */

static void
begin_frame(struct printer *p, bool joined)
{
	struct span file = print_file_name(p->r->where.file);
	struct span name = p->r->source.n > 0 ? p->r->source : file;
	struct print_frame f = {
		.file = (uint32_t)file.n, .name = (uint32_t)name.n, .joined = joined
	};

	p->frame = p->out->n;
	memcpy(buf_room(p->out, sizeof(f)), &f, sizeof(f));
	p->out->n += sizeof(f);
	buf_put(p->out, file);
	buf_put(p->out, name);
}

static void
end_frame(struct printer *p, size_t n)
{
	struct print_frame f;

	memcpy(&f, p->out->p + p->frame, sizeof(f));
	f.n = (uint32_t)n;
	f.lines = (uint32_t)(p->out->n - p->frame - sizeof(f) - f.file - f.name);
	memcpy(p->out->p + p->frame, &f, sizeof(f));
}

/* Unit i with its context, as far as that was not printed before unit *next; *next receives the first behind it. */
static void
put_with_context(struct printer *p, size_t i, size_t *next)
{
	const struct grep *g = p->how->grep;
	const struct ranges *unit = &p->found->unit;
	size_t from = i < (size_t)g->before ? 0 : i - (size_t)g->before;
	size_t to = unit->n - i <= (size_t)g->after ? unit->n : i + (size_t)g->after + 1;

	for (size_t k = from > *next ? from : *next; k < i; k++)
		put_unit(p, unit->at[k], '-');
	put_unit(p, unit->at[i], ':');
	for (*next = i + 1; *next < to && !p->found->picked[*next]; ++*next)
		put_unit(p, unit->at[*next], '-');
}

static bool
has_context(const struct print_how *how)
{
	return how->grep->before > 0 || how->grep->after > 0;
}

/* Picked units: a frame each where they count, else one for all. */
static void
put_units(struct printer *p)
{
	const struct grep_found *f = p->found;
	size_t next = 0;
	bool begun = false;

	for (size_t i = 0; i < f->unit.n; i++) {
		bool joined = begun && (i < (size_t)p->how->grep->before ||
					   i - (size_t)p->how->grep->before <= next);

		if (!f->picked[i])
			continue;
		if (!begun || f->counts_units)
			begin_frame(p, joined);
		else if (!joined && has_context(p->how))
			print_separator(p->how, p->out);
		begun = true;
		if (p->how->matched_only)
			put_hits(p, f->unit.at[i]);
		else
			put_with_context(p, i, &next);
		if (f->counts_units)
			end_frame(p, 1);
	}
	if (begun && !f->counts_units)
		end_frame(p, 1);
}

/* A record without text. */
static void
put_bare(struct printer *p)
{
	begin_frame(p, false);
	if (!p->how->matched_only) {
		put_prefix(p, 0, ':');
		put_flat(p, p->r->title.p != NULL ? p->r->title
			    : p->r->id.p != NULL  ? p->r->id
						  : SPAN(""));
		buf_char(p->out, '\n');
	}
	end_frame(p, 1);
}

void
print_record(const struct print_how *how, struct record *r, struct buf *out)
{
	struct printer p = { .how = how, .r = r, .found = r->note, .out = out };

	if (how->with_name || (r->source.n > 0 && r->body_line == 0 && r->json.p != NULL))
		p.name = r->source.n > 0 ? r->source : print_file_name(r->where.file);
	if (how->no_name)
		p.name = (struct span){ NULL, 0 };
	if (how->mode == PRINT_COUNTS || how->mode == PRINT_RECORDS) {
		begin_frame(&p, false);
		if (how->mode == PRINT_RECORDS)
			how->form->record(r, how->look, out);
		end_frame(&p, p.found != NULL && p.found->counts_units ? p.found->n_picked : 1);
	} else if (p.found == NULL || p.found->unit.n == 0) {
		put_bare(&p);
	} else {
		put_units(&p);
	}
}
