/* report.c - numbers of a run as text. */
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "json.h"
#include "outfile.h"

static const char *const finding_word[N_STATE_FINDING] = { "new", "changed", "known", "waiting" };

/* With commas: 1,204. */
static void
put_number(uint64_t n, struct buf *out)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_char(out, ',');
		buf_char(out, digits[i]);
	}
}

static void
put_count(uint64_t n, const char *what, struct buf *out)
{
	if (n == 0)
		return;
	buf_str(out, ", ");
	put_number(n, out);
	buf_fmt(out, " %s", what);
}

static void
put_files(const struct report *r, struct buf *out)
{
	const char *sep = " (";

	put_number(r->count.files, out);
	buf_str(out, r->count.files == 1 ? " file" : " files");
	for (size_t i = STATE_CHANGED; r->remembers && i < N_STATE_FINDING; i++) {
		if (r->found[i] == 0)
			continue;
		buf_str(out, sep);
		put_number(r->found[i], out);
		buf_fmt(out, " %s", finding_word[i]);
		sep = ", ";
	}
	buf_str(out, sep[0] == ',' ? ")" : "");
}

void
report_put_line(const struct report *r, struct buf *out)
{
	const struct counts *c = &r->count;

	diag_mask(out, span_c(r->name));
	buf_str(out, ": ");
	put_number(c->read, out);
	buf_str(out, r->status < 0 ? " read so far, " : " read = ");
	put_number(c->written, out);
	buf_str(out, r->status < 0 ? " written, " : " written + ");
	put_number(c->filtered, out);
	buf_str(out, r->status < 0 ? " filtered, " : " filtered + ");
	put_number(c->rejected, out);
	buf_str(out, " rejected; ");
	put_files(r, out);
	put_count(c->units, "units", out);
	put_count(c->failed, "failed", out);
	put_count(c->no_text, "without text", out);
	put_count(c->repaired, "bad bytes repaired", out);
	put_count(c->unreadable, "unreadable", out);
	buf_fmt(out, "; %.1f s, %.1f MB/s", r->seconds,
	    r->seconds > 0 ? (double)c->bytes / 1e6 / r->seconds : 0.0);
	if (r->status < 0 && r->share > 0.01)
		buf_fmt(out, ", %.0f s left", r->seconds * (1 - r->share) / r->share);
	if (c->rejected > 0 && r->errors != NULL) {
		buf_str(out, "; see ");
		diag_mask(out, span_c(r->errors));
	}
	buf_char(out, '\n');
}

void
report_put_stages(const struct report *r, struct buf *out)
{
	double total = 0;

	for (size_t i = 0; i < r->n_stage; i++)
		total += r->stage[i].seconds > 0 ? r->stage[i].seconds : 0;
	for (size_t i = 0; i < r->n_stage; i++) {
		const struct report_stage *s = &r->stage[i];
		size_t at = out->n;

		buf_str(out, "  ");
		diag_mask(out, span_c(s->name));
		while (out->n - at < 18)
			buf_char(out, ' ');
		if (s->seconds >= 0)
			buf_fmt(out, " %9.3f s %5.1f %%", s->seconds,
			    total > 0 ? s->seconds * 100 / total : 0.0);
		if (i > 0 && i + 1 < r->n_stage) {
			buf_str(out, "  ");
			put_number(s->in, out);
			buf_str(out, " in, ");
			put_number(s->out, out);
			buf_str(out, " out");
			put_count(s->failed, "failed", out);
		}
		buf_char(out, '\n');
	}
}

static void
put_member(const char *name, uint64_t n, struct buf *out)
{
	buf_fmt(out, ",\"%s\":%llu", name, (unsigned long long)n);
}

static void
put_stages_json(const struct report *r, struct buf *out)
{
	buf_str(out, ",\"stages\":[");
	for (size_t i = 0; i < r->n_stage; i++) {
		const struct report_stage *s = &r->stage[i];

		buf_str(out, i == 0 ? "{\"name\":" : ",{\"name\":");
		json_put(out, span_c(s->name));
		put_member("in", s->in, out);
		put_member("out", s->out, out);
		put_member("failed", s->failed, out);
		if (s->seconds >= 0)
			buf_fmt(out, ",\"seconds\":%.6f", s->seconds);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

void
report_put_json(const struct report *r, const char *event, struct buf *out)
{
	const struct counts *c = &r->count;

	if (event != NULL)
		buf_fmt(
		    out, "{\"level\":\"info\",\"event\":\"%s\",\"program\":\"ntag-run\"", event);
	else
		buf_str(out, "{\"program\":\"ntag-run\"");
	buf_str(out, ",\"pipeline\":");
	json_put(out, span_c(r->name));
	put_member("read", c->read, out);
	put_member("written", c->written, out);
	put_member("filtered", c->filtered, out);
	put_member("rejected", c->rejected, out);
	put_member("failed", c->failed, out);
	put_member("no_text", c->no_text, out);
	put_member("repaired", c->repaired, out);
	put_member("units", c->units, out);
	put_member("unreadable", c->unreadable, out);
	put_member("files", c->files, out);
	put_member("bytes", c->bytes, out);
	for (size_t i = 0; r->remembers && i < N_STATE_FINDING; i++)
		put_member(finding_word[i], r->found[i], out);
	buf_fmt(out, ",\"seconds\":%.3f", r->seconds);
	if (r->status >= 0)
		buf_fmt(out, ",\"status\":%d", r->status);
	else if (r->share >= 0)
		buf_fmt(out, ",\"share\":%.4f", r->share);
	put_stages_json(r, out);
	buf_str(out, "}\n");
}

/* ---- metrics ---- */

static void
put_head(const char *name, const char *help, struct buf *out)
{
	buf_fmt(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* A label value: \ " and newline are escaped; bad bytes and controls become _. */
static void
put_label(const char *name, const char *value, struct buf *out)
{
	buf_fmt(out, "%s=\"", name);
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			buf_char(out, '\\');
		buf_char(out, (unsigned char)*p < ' ' || (unsigned char)*p > '~' ? '_' : *p);
	}
	buf_char(out, '"');
}

struct sample {
	const char *label, *word; /* NULL: no label but the pipeline's */
	double value;
};

static void
put_sample(const struct report *r, const char *name, const struct sample *s, struct buf *out)
{
	buf_fmt(out, "%s{", name);
	put_label("pipeline", r->name, out);
	if (s->label != NULL) {
		buf_char(out, ',');
		put_label(s->label, s->word, out);
	}
	buf_fmt(out, "} %.15g\n", s->value);
}

static void
put_plain(const struct report *r, const char *name, const char *help, double value, struct buf *out)
{
	put_head(name, help, out);
	put_sample(r, name, &(struct sample){ NULL, NULL, value }, out);
}

static void
put_stage_metric(const struct report *r, const char *what, struct buf *out)
{
	const char *name = *what == 's' ? "ntag_stage_seconds" : "ntag_stage_records";

	for (size_t i = 0; i < r->n_stage; i++) {
		const struct report_stage *s = &r->stage[i];
		bool ends = i == 0 || i + 1 == r->n_stage;

		if (*what == 's' ? s->seconds < 0 : ends)
			continue;
		buf_fmt(out, "%s{", name);
		put_label("pipeline", r->name, out);
		buf_fmt(out, ",number=\"%zu\",", i);
		put_label("stage", s->name, out);
		if (*what != 's')
			buf_fmt(out, ",what=\"%s\"", what);
		buf_fmt(out, "} %.15g\n",
		    *what == 's'   ? s->seconds
		    : *what == 'i' ? (double)s->in
		    : *what == 'o' ? (double)s->out
				   : (double)s->failed);
	}
}

void
report_put_metrics(const struct report *r, struct buf *out)
{
	const struct counts *c = &r->count;
	const struct sample outcome[] = { { "outcome", "read", (double)c->read },
		{ "outcome", "written", (double)c->written },
		{ "outcome", "filtered", (double)c->filtered },
		{ "outcome", "rejected", (double)c->rejected },
		{ "outcome", "failed", (double)c->failed } };

	put_head("ntag_records", "Records of the last run by what became of them.", out);
	for (size_t i = 0; i < sizeof(outcome) / sizeof(outcome[0]); i++)
		put_sample(r, "ntag_records", &outcome[i], out);
	put_head("ntag_files",
	    "Files of the last run: read, unreadable, and what was known of them.", out);
	put_sample(r, "ntag_files", &(struct sample){ "what", "read", (double)c->files }, out);
	put_sample(
	    r, "ntag_files", &(struct sample){ "what", "unreadable", (double)c->unreadable }, out);
	for (size_t i = 0; r->remembers && i < N_STATE_FINDING; i++)
		put_sample(r, "ntag_files",
		    &(struct sample){ "what", finding_word[i], (double)r->found[i] }, out);
	put_plain(
	    r, "ntag_read_bytes", "Bytes read by the last run, inflated.", (double)c->bytes, out);
	put_head("ntag_stage_records", "Records of each stage of the last run.", out);
	put_stage_metric(r, "in", out);
	put_stage_metric(r, "out", out);
	put_stage_metric(r, "failed", out);
	put_head("ntag_stage_seconds", "Time of each stage of the last run, in all threads.", out);
	put_stage_metric(r, "seconds", out);
	put_plain(r, "ntag_run_seconds", "Duration of the last run.", r->seconds, out);
	put_plain(r, "ntag_run_active", "1 while the run is under way.", r->status < 0, out);
	put_plain(r, "ntag_run_timestamp_seconds", "When these numbers were written.",
	    (double)r->when, out);
	if (r->status >= 0)
		put_plain(r, "ntag_run_status", "Exit status of the last run; 0 is well.",
		    r->status, out);
}

bool
report_write_metrics(const struct report *r, const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
	char part[PATH_MAX];
	struct buf out = { 0 };
	bool ok;
	int fd;

	if (strlen(path) + sizeof("..part") > sizeof(part)) {
		errno = ENAMETOOLONG;
		return false;
	}
	snprintf(part, sizeof(part), "%.*s.%s.part", (int)(base - path), path, base);
	report_put_metrics(r, &out);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	ok = fd >= 0 && outfile_write(fd, buf_span(&out));
	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	ok = ok && rename(part, path) == 0;
	if (!ok && fd >= 0) {
		int error = errno;

		unlink(part);
		errno = error;
	}
	buf_free(&out);
	return ok;
}
