/* run.c - the driver: reader -> workers -> sink, in one thread or with a pool. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "pool.h"
#include "worker.h"

struct driver {
	struct run *run;
	struct diag diag; /* the program's */
	struct reader *reader;
	int dead_fd;       /* of --errors; -1: none */
	struct worker one; /* without threads */
	struct buf out;
	struct pool *pool; /* with threads */
	struct diag said;  /* with threads: the reader's, until a batch takes it */
	char *warned;      /* file for which the warning about bad bytes is out */
	double drawn;      /* when progress was last shown */
	double ticked;     /* when run->tick was last called */
	bool shown;        /* progress stands on the terminal */
	bool lost;         /* the sink or the dead-letter file failed: stop */
	bool stop;         /* --strict: something was rejected */
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- progress: one line on standard error, only on a terminal ---- */

static void
progress_clear(struct driver *d)
{
	if (d->shown)
		dprintf(STDERR_FILENO, "\r\033[K");
	d->shown = false;
}

/* Nothing is said of the time left before so much is done. */
#define LEAST_SHARE 0.01

static void
progress_draw(struct driver *d)
{
	double share, t;

	if (!d->run->progress)
		return;
	t = now();
	share = reader_share(d->reader);
	if (t - d->drawn < 0.2)
		return;
	d->drawn = t;
	d->shown = true;
	dprintf(STDERR_FILENO, "\r\033[K%s: ", d->run->prog);
	if (share >= 0)
		dprintf(STDERR_FILENO, "%3.0f %%, ", share * 100);
	else
		dprintf(STDERR_FILENO, "%llu files, ", (unsigned long long)d->diag.count.files);
	dprintf(STDERR_FILENO, "%llu records, %.1f MB/s", (unsigned long long)d->diag.count.read,
	    (double)d->diag.count.bytes / 1e6 / (t - d->run->started));
	if (share >= LEAST_SHARE)
		dprintf(
		    STDERR_FILENO, ", %.0f s left", (t - d->run->started) * (1 - share) / share);
}

/* ---- what goes out ---- */

/* The reader went away quietly (EPIPE), or the output is lost: say so once. */
static void
output_lost(struct driver *d)
{
	struct diag last = { .prog = d->run->prog, .now = true };
	const char *name = d->run->sink.name;

	if (!d->lost && errno != EPIPE)
		diag_warn(&last, (struct where){ 0 },
		    "cannot write %s: %s; the output is incomplete",
		    name == NULL ? "standard output" : name, strerror(errno));
	buf_free(&last.err);
	d->lost = true;
}

static void
put(struct driver *d, struct buf *out)
{
	double since = d->run->timed && out->n > 0 ? now() : 0;

	if (out->n > 0 && !d->lost && !d->run->sink.put(d->run->sink.ctx, buf_span(out)))
		output_lost(d);
	if (d->run->timed && d->run->tally != NULL && out->n > 0)
		atomic_fetch_add_explicit(&d->run->tally[TALLY_WRITE].ns,
		    (uint64_t)((now() - since) * 1e9), memory_order_relaxed);
	buf_clear(out);
}

/* Losing the losses is not allowed (FAULTS D16). */
static void
put_dead(struct driver *d)
{
	struct diag last = { .prog = d->run->prog, .now = true };

	if (d->diag.dead.n > 0 && !d->lost && !diag_write(d->dead_fd, buf_span(&d->diag.dead))) {
		diag_warn(&last, (struct where){ .file = d->run->errors }, "cannot write: %s",
		    strerror(errno));
		d->lost = true;
	}
	buf_free(&last.err);
	buf_clear(&d->diag.dead);
}

/* The one warning a file about bytes that were no UTF-8. */
static void
warn_repaired(struct driver *d, struct where w)
{
	const char *file = w.file == NULL ? "-" : w.file;

	if (d->warned != NULL && strcmp(d->warned, file) == 0)
		return;
	free(d->warned);
	d->warned = strdup(file);
	diag_warn(&d->diag, w, "bad UTF-8 replaced by U+FFFD; said once a file");
}

/* ---- one thread ---- */

static void
flush_one(void *ctx)
{
	struct driver *d = ctx;

	put(d, &d->out);
	put_dead(d);
	progress_draw(d);
}

static void
unit_one(struct driver *d, const struct unit *u)
{
	uint64_t rejected = d->diag.count.rejected;

	progress_clear(d);
	if (worker_unit(&d->one, u))
		warn_repaired(d, u->where);
	d->stop = d->run->strict && d->diag.count.rejected > rejected;
	if (d->out.n >= OUT_MUCH || d->diag.dead.n >= OUT_MUCH)
		flush_one(d);
}

/* ---- a pool of threads ---- */

/* Messages, bytes and counts of a finished batch, as one thread would have given them. */
static void
emit(struct driver *d, struct batch *b)
{
	struct span err = buf_span(&b->diag.err);
	size_t done = 0;

	progress_clear(d);
	for (size_t i = 0; i < b->repaired.n; i++) {
		const struct repaired *note = &b->repaired.at[i];

		buf_put(&d->diag.err, span_cut(err, done, note->err_end));
		done = note->err_end;
		warn_repaired(d, note->where);
	}
	if (err.n > done)
		buf_put(&d->diag.err, span_cut(err, done, err.n));
	buf_clear(&b->diag.err);
	diag_merge(&d->diag, &b->diag);
	put(d, &b->out);
	put_dead(d);
	progress_draw(d);
}

static void
emit_ready(struct driver *d, bool wait)
{
	struct batch *b;

	while ((b = pool_take(d->pool, wait)) != NULL) {
		emit(d, b);
		pool_done(d->pool);
	}
}

/* The reader's messages keep their place among those of the records; its counts need none. */
static void
take_said(struct driver *d)
{
	pool_say(d->pool, &d->said);
	diag_merge(&d->diag, &d->said);
}

static void
unit_pool(struct driver *d, const struct unit *u)
{
	take_said(d);
	pool_add(d->pool, u);
	if (!pool_full(d->pool))
		return;
	pool_submit(d->pool);
	emit_ready(d, false);
}

/* ---- both ---- */

/* The input has run dry: nothing finished may wait for more of it (FAULTS B18). */
static void
idle(void *ctx)
{
	struct driver *d = ctx;

	if (d->pool != NULL) {
		take_said(d);
		pool_submit(d->pool);
		emit_ready(d, true);
	} else {
		flush_one(d);
	}
}

/* Too many rejected: said once. */
static bool
is_over(struct driver *d, uint64_t least)
{
	const struct run_limit *l = &d->run->limit;
	uint64_t read = d->diag.count.read + l->read;
	uint64_t rejected = d->diag.count.rejected + l->rejected;
	bool over = l->percent > 0
			? read >= least && (double)rejected * 100 > l->percent * (double)read
			: rejected > l->most;

	if (!l->on || !over || d->run->over)
		return d->run->over;
	d->run->over = true;
	progress_clear(d);
	diag_warn(&d->diag, (struct where){ 0 }, "too many rejected, %llu of %llu records; stopped",
	    (unsigned long long)rejected, (unsigned long long)read);
	return true;
}

static bool
is_last(const struct driver *d)
{
	const atomic_bool *more = d->run->limit.more;

	return more == NULL || !atomic_load(more);
}

static bool
is_stopped(const struct driver *d)
{
	return d->run->stop != NULL && atomic_load(d->run->stop);
}

static void
commit(struct driver *d)
{
	const struct run_commit *c = &d->run->commit;
	uint64_t units;
	const char *file;

	if (c->due == NULL || d->lost || !c->due(c->ctx))
		return;
	idle(d);
	file = reader_place(d->reader, &units);
	if (!d->lost && !c->commit(c->ctx, file, units))
		output_lost(d);
}

/* Reading the input, without making records of it. */
static bool
next_unit(struct driver *d, struct unit *u)
{
	double since = d->run->timed ? now() : 0;
	bool more = reader_next(d->reader, u);

	if (d->run->timed && d->run->tally != NULL)
		atomic_fetch_add_explicit(&d->run->tally[TALLY_READ].ns,
		    (uint64_t)((now() - since) * 1e9), memory_order_relaxed);
	return more;
}

static void
tick(struct driver *d)
{
	const struct run_tick *t = &d->run->tick;
	double at;

	if (t->tick == NULL || (at = now()) - d->ticked < t->every)
		return;
	d->ticked = at;
	progress_clear(d);
	t->tick(t->ctx, &d->diag.count, reader_share(d->reader));
}

static void
read_all(struct driver *d)
{
	struct unit u;
	uint64_t n = 0;

	d->ticked = now();
	while (
	    !d->lost && !d->stop && (d->run->most == 0 || n++ < d->run->most) && next_unit(d, &u)) {
		if (d->pool != NULL)
			unit_pool(d, &u);
		else
			unit_one(d, &u);
		commit(d);
		d->stop = d->stop || (d->run->strict && d->diag.count.rejected > 0) ||
			  is_over(d, LIMIT_LEAST) || is_stopped(d);
		tick(d);
	}
	idle(d);
	d->stop |= is_over(d, is_last(d) ? 1 : LIMIT_LEAST);
	progress_clear(d);
}

/* What filters kept over all records. A run that was stopped has no sums to tell. */
static void
put_states(struct driver *d)
{
	struct worker *w = &d->one;

	if (d->lost || d->stop)
		return;
	if (d->pool != NULL) {
		w = pool_stop(d->pool);
		w->diag = &d->diag;
		w->out = &d->out;
	}
	while (!d->lost && worker_finish(w))
		if (d->out.n >= OUT_MUCH)
			flush_one(d);
	flush_one(d);
	progress_clear(d);
}

/* A file that took the number of a closed standard stream, and with it all that is meant for that. */
static int
out_of_the_way(int fd)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	close(fd); /* nothing was written to it */
	return moved;
}

/* Outputs are opened before the first byte is read (FAULTS B22). */
static bool
open_outputs(struct driver *d)
{
	const struct run *run = d->run;

	d->dead_fd = -1;
	if (run->sink.open != NULL && !run->sink.open(run->sink.ctx)) {
		output_lost(d);
		return false;
	}
	if (run->errors == NULL)
		return true;
	d->dead_fd = open(run->errors,
	    O_WRONLY | O_CREAT | O_CLOEXEC | (run->errors_append ? O_APPEND : O_TRUNC), 0666);
	if (d->dead_fd >= 0 && d->dead_fd <= STDERR_FILENO)
		d->dead_fd = out_of_the_way(d->dead_fd);
	if (d->dead_fd < 0)
		diag_warn(&d->diag, (struct where){ .file = run->errors },
		    "cannot open for writing: %s", strerror(errno));
	return d->dead_fd >= 0;
}

static void
start_workers(struct driver *d)
{
	/* The first rejection ends a strict run, and what came before it must be out: no threads. */
	if (d->run->jobs > 1 && !d->run->strict)
		d->pool = pool_new(d->run, &d->diag);
	if (d->pool != NULL)
		return;
	worker_open(&d->one, d->run);
	d->one.diag = &d->diag;
	d->one.out = &d->out;
	d->one.full = flush_one;
	d->one.full_ctx = d;
}

static void
stop_workers(struct driver *d)
{
	if (d->pool != NULL)
		pool_free(d->pool);
	else
		worker_close(&d->one);
	buf_free(&d->out);
}

static int
finish(struct driver *d)
{
	const struct run *run = d->run;
	struct buf line = { 0 };
	bool balanced;

	if (!d->lost && run->sink.close != NULL && !run->sink.close(run->sink.ctx))
		output_lost(d);
	if (d->dead_fd >= 0 && close(d->dead_fd) != 0) {
		diag_warn(&d->diag, (struct where){ .file = run->errors }, "cannot write: %s",
		    strerror(errno));
		d->lost = true;
	}
	balanced = d->lost || diag_stats(&d->diag, run->stats == 2, now() - run->started, &line);
	if (run->stats != 0 || !balanced)
		(void)diag_write(STDERR_FILENO, buf_span(&line));
	buf_free(&line);
	return d->lost || !balanced ? STATUS_OUTPUT : diag_status(&d->diag);
}

int
run_steps(struct run *run)
{
	struct driver d = { .run = run };
	int status;

	d.diag = (struct diag){ .prog = run->prog,
		.quiet = run->quiet,
		.strict = run->strict,
		.keep_dead = run->errors != NULL,
		.now = true };
	run->started = now();
	if (!open_outputs(&d)) {
		buf_free(&d.diag.err);
		return STATUS_OUTPUT;
	}
	if (run->form != NULL && run->form->begin != NULL && run->render == NULL)
		run->form->begin(&run->look, &d.out);
	put(&d, &d.out);
	start_workers(&d);
	d.said = (struct diag){
		.prog = run->prog, .quiet = run->quiet, .keep_dead = run->errors != NULL
	};
	d.reader = reader_new(&run->input, d.pool != NULL ? &d.said : &d.diag, idle, &d);
	read_all(&d);
	put_states(&d);
	reader_free(d.reader);
	stop_workers(&d);
	status = finish(&d);
	run->count = d.diag.count;
	free(d.warned);
	buf_free(&d.diag.err);
	buf_free(&d.diag.dead);
	buf_free(&d.said.err);
	buf_free(&d.said.dead);
	return status;
}
