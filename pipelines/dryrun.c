/* dryrun.c - inputs counted and named, stages, outputs. */
#include "dryrun.h"

#include <sys/stat.h>

#include "shell.h"
#include "walk.h"

enum { SAMPLE = 5 };

static void
put_size(unsigned long long n, struct buf *out)
{
	if (n < 10000)
		buf_fmt(out, "%llu bytes", n);
	else if (n < 10000000)
		buf_fmt(out, "%llu kB", n / 1000);
	else
		buf_fmt(out, "%llu MB", n / 1000000);
}

/* ": 2 new, 1 changed, 4 known" */
static void
put_findings(const size_t found[N_STATE_FINDING], struct buf *out)
{
	static const char *const words[] = { "new", "changed", "known",
		"too young" }; /* state_finding */
	const char *sep = ": ";

	for (size_t i = 0; i < N_STATE_FINDING; i++) {
		if (found[i] == 0)
			continue;
		buf_fmt(out, "%s%zu %s", sep, found[i], words[i]);
		sep = ", ";
	}
}

static void
put_inputs(const struct plan *p, struct state *state, struct diag *d, struct buf *out)
{
	struct walk_from from = { p->names.list.at, p->names.list.n, p->files_from,
		p->newline_names };
	struct walk *w = walk_new(&from, d, NULL, NULL);
	struct buf sample = { 0 };
	unsigned long long bytes = 0;
	size_t n = 0, findings[N_STATE_FINDING] = { 0 };
	const char *name;
	bool found;

	while ((name = walk_next(w, &found)) != NULL) {
		struct stat st;

		if (!shard_has(p->shard, name))
			continue;
		if (n++ < SAMPLE) {
			buf_str(&sample, "          ");
			diag_mask(&sample, span_c(name));
			buf_char(&sample, '\n');
		}
		if (stat(name, &st) == 0 && S_ISREG(st.st_mode))
			bytes += (unsigned long long)st.st_size;
		if (state != NULL)
			findings[state_look(state, name)]++;
	}
	walk_free(w);
	buf_str(out, "input     ");
	if (p->shard.n > 1)
		buf_fmt(out, "shard %u of %u, ", p->shard.i, p->shard.n);
	buf_fmt(out, "%zu file%s, ", n, n == 1 ? "" : "s");
	put_size(bytes, out);
	put_findings(findings, out);
	buf_char(out, '\n');
	buf_put(out, buf_span(&sample));
	if (n > SAMPLE)
		buf_fmt(out, "          and %zu more\n", n - SAMPLE);
	buf_free(&sample);
}

/* A list or records on standard input would be used up by looking. */
static void
put_input(const struct plan *p, struct state *state, struct diag *d, struct buf *out)
{
	if (p->files_from != NULL && strcmp(p->files_from, "-") == 0)
		buf_str(out, "input     the files named on standard input\n");
	else if (p->standard_input)
		buf_str(out, "input     standard input\n");
	else if (p->files_from == NULL && p->names.list.n == 0)
		buf_str(out, "input     no file matches\n");
	else
		put_inputs(p, state, d, out);
}

static void
put_masked(const char *s, struct buf *out)
{
	diag_mask(out, span_c(s));
}

static void
put_output(const struct output *o, struct buf *out)
{
	buf_str(out, "output    ");
	put_masked(o->standard ? "standard output" : o->file.text, out);
	buf_fmt(out, " as %s",
	    o->form != NULL ? o->form->name
	    : o->standard   ? "json, or text on a terminal"
			    : "json");
	if (!o->standard)
		buf_str(out, o->append ? ", appended" : ", replaced when complete");
	buf_char(out, '\n');
}

void
dryrun_put(const struct plan *p, struct state *state, struct diag *d, struct buf *out)
{
	put_input(p, state, d, out);
	for (size_t i = 0; i < p->n_stage; i++) {
		struct buf line = { 0 };

		shell_stage(&p->stage[i], &line);
		buf_fmt(out, "stage %-3zu ", i + 1);
		diag_mask(out, buf_span(&line));
		buf_char(out, '\n');
		buf_free(&line);
	}
	for (size_t i = 0; i < p->n_output; i++)
		put_output(&p->output[i], out);
	if (p->errors_to != NULL) {
		buf_str(out, "errors    ");
		put_masked(p->errors_to, out);
		buf_char(out, '\n');
	}
}
