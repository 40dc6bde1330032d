/* watch.c - poll(2) over the standard errors, until the next deadline. */
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "duration.h"
#include "run.h"

enum { WATCHED_MAX = 80, LINE_MAX_SHOWN = 1000, REST_MAX = 100 };

/* A process, and how far things have come with it. */
struct guard {
	struct watched spec;
	double deadline; /* 0: none (any more) */
	bool asked;      /* SIGTERM was sent */
	struct buf line; /* begun, not ended */
	bool cut;        /* the rest of the line is left out */
	double second;   /* when the present second began */
	unsigned shown;  /* lines in it */
	unsigned long long left_out;
};

struct watch {
	const struct diag *diag;
	struct guard guard[WATCHED_MAX];
	size_t n;
	double deadline; /* of the whole; 0: none */
	double timeout;
	double spent; /* of all limits */
	bool over;    /* the time of the whole was over */
	void (*give_up)(void *ctx);
	void *ctx;
	atomic_bool stop, late;
	int wake[2]; /* closed at the end */
	pthread_t thread;
	bool running;
};

struct watch *
watch_new(const struct diag *d, double spent)
{
	struct watch *w = calloc(1, sizeof(*w));

	if (w == NULL)
		die_oom(sizeof(*w));
	w->diag = d;
	w->spent = spent;
	w->wake[0] = w->wake[1] = -1;
	return w;
}

void
watch_add(struct watch *w, const struct watched *one)
{
	struct guard *g;

	if (w->n == WATCHED_MAX)
		return;
	g = &w->guard[w->n++];
	*g = (struct guard){ .spec = *one };
	if (one->timeout > 0)
		g->deadline = duration_now() + one->timeout - w->spent;
}

void
watch_limit(struct watch *w, double timeout, void (*give_up)(void *ctx), void *ctx)
{
	w->timeout = timeout;
	w->deadline = duration_now() + timeout - w->spent;
	w->give_up = give_up;
	w->ctx = ctx;
}

const atomic_bool *
watch_stop(const struct watch *w)
{
	return &w->stop;
}

/* ---- messages ---- */

__attribute__((format(printf, 3, 4))) static void
say(const struct watch *w, struct where where, const char *fmt, ...)
{
	struct diag d = { .prog = w->diag->prog, .now = true };
	struct buf what = { 0 };
	va_list ap;
	char *room = buf_room(&what, LINE_MAX_SHOWN * 5);

	va_start(ap, fmt);
	vsnprintf(room, (size_t)LINE_MAX_SHOWN * 5, fmt, ap);
	va_end(ap);
	diag_warn(&d, where, "%s", room);
	buf_free(&what);
	buf_free(&d.err);
}

static void
say_left_out(const struct watch *w, struct guard *g)
{
	if (g->left_out > 0)
		say(w, (struct where){ 0 }, "%s: %llu more lines left out", g->spec.name,
		    g->left_out);
	g->left_out = 0;
}

static void
end_line(const struct watch *w, struct guard *g)
{
	double now = duration_now();
	struct buf shown = { 0 };

	if (now - g->second >= 1) {
		say_left_out(w, g);
		g->second = now;
		g->shown = 0;
	}
	if (g->shown++ < WATCH_LINES) {
		diag_mask(&shown, buf_span(&g->line));
		buf_char(&shown, '\0');
		say(w, (struct where){ 0 }, "%s: %s%s", g->spec.name, shown.p, g->cut ? "..." : "");
	} else {
		g->left_out++;
	}
	buf_free(&shown);
	buf_clear(&g->line);
	g->cut = false;
}

static void
take(const struct watch *w, struct guard *g, struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			end_line(w, g);
		else if (g->line.n < LINE_MAX_SHOWN)
			buf_char(&g->line, s.p[i] == '\0' ? '?' : s.p[i]);
		else
			g->cut = true;
	}
}

/* What is there to read now. False: no more will come. */
static bool
drain(const struct watch *w, struct guard *g)
{
	char part[8192];
	ssize_t n = read(g->spec.err, part, sizeof(part));

	if (n > 0) {
		take(w, g, (struct span){ part, (size_t)n });
		return true;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	close(g->spec.err);
	g->spec.err = -1;
	return false;
}

/* ---- time ---- */

static void
send(const struct guard *g, int signal)
{
	kill(g->spec.group ? -g->spec.pid : g->spec.pid, signal);
}

static void
ask(struct guard *g, double now)
{
	send(g, SIGTERM);
	g->asked = true;
	g->deadline = now + WATCH_GRACE;
}

/* It is waited for only when all have ended, so until then its end can be seen here. */
static bool
has_ended(const struct guard *g)
{
	siginfo_t info = { .si_pid = 0 };

	if (waitid(P_PID, (id_t)g->spec.pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
		return true;
	return info.si_pid != 0;
}

static void
look_at(struct watch *w, struct guard *g, double now)
{
	if (g->deadline == 0 || now < g->deadline)
		return;
	if (!g->asked && has_ended(g)) {
		g->deadline = 0;
		return;
	}
	if (g->asked) {
		send(g, SIGKILL);
		g->deadline = 0;
		return;
	}
	atomic_store(&w->late, true);
	say(w, g->spec.where, "%s did not end within %g s; the output is incomplete", g->spec.name,
	    g->spec.timeout);
	ask(g, now);
}

/* The run is over its time: all that it started is asked to end; then the program itself ends. */
static void
look_at_all(struct watch *w, double now)
{
	if (w->deadline == 0 || now < w->deadline)
		return;
	if (w->over) {
		w->give_up(w->ctx);
		_exit(STATUS_TIME);
	}
	w->over = true;
	w->deadline = now + WATCH_GRACE + 1;
	say(w, (struct where){ 0 }, "the run did not end within %g s; stopped", w->timeout);
	atomic_store(&w->late, true);
	atomic_store(&w->stop, true);
	for (size_t i = 0; i < w->n; i++)
		if (!w->guard[i].asked)
			ask(&w->guard[i], now);
}

/* Milliseconds until something is due; -1: nothing is. */
static int
next_due(const struct watch *w, double now)
{
	double next = w->deadline;

	for (size_t i = 0; i < w->n; i++) {
		double at = w->guard[i].deadline;

		if (w->guard[i].left_out > 0 && (at == 0 || at > w->guard[i].second + 1))
			at = w->guard[i].second + 1;
		if (at != 0 && (next == 0 || at < next))
			next = at;
	}
	if (next == 0)
		return -1;
	next -= now;
	return next <= 0 ? 0 : next > 1e6 ? 1000000000 : (int)(next * 1000) + 1;
}

static void *
thread_main(void *arg)
{
	struct watch *w = arg;
	struct pollfd p[WATCHED_MAX + 1];

	for (;;) {
		double now = duration_now();

		p[w->n] = (struct pollfd){ .fd = w->wake[0], .events = POLLIN };
		for (size_t i = 0; i < w->n; i++) {
			look_at(w, &w->guard[i], now);
			if (now - w->guard[i].second >= 1)
				say_left_out(w, &w->guard[i]);
			p[i] = (struct pollfd){ .fd = w->guard[i].spec.err, .events = POLLIN };
		}
		look_at_all(w, now);
		if (poll(p, w->n + 1, next_due(w, now)) < 0)
			continue;
		for (size_t i = 0; i < w->n; i++)
			if (p[i].revents != 0)
				drain(w, &w->guard[i]);
		if (p[w->n].revents != 0)
			return NULL;
	}
}

bool
watch_start(struct watch *w)
{
	sigset_t before;

	if (pipe2(w->wake, O_CLOEXEC) != 0)
		return false;
	sink_block_signals(&before); /* they are for the thread that writes: it knows when to end */
	errno = pthread_create(&w->thread, NULL, thread_main, w);
	w->running = errno == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return w->running;
}

/* What a program wrote last may still be on its way; of a process that it left behind nothing is awaited. */
static void
drain_rest(const struct watch *w, struct guard *g)
{
	struct pollfd p = { .fd = g->spec.err, .events = POLLIN };
	int reads = 0;

	if (g->asked && g->spec.group)
		send(g, SIGKILL);
	while (g->spec.err >= 0 && reads++ < REST_MAX && poll(&p, 1, 0) > 0 && drain(w, g))
		;
	if (g->line.n > 0)
		end_line(w, g);
	say_left_out(w, g);
	if (g->spec.err >= 0)
		close(g->spec.err);
	buf_free(&g->line);
}

bool
watch_end(struct watch *w)
{
	bool late;

	if (w == NULL)
		return false;
	if (w->running) {
		close(w->wake[1]);
		pthread_join(w->thread, NULL);
		close(w->wake[0]);
	}
	for (size_t i = 0; i < w->n; i++)
		drain_rest(w, &w->guard[i]);
	late = atomic_load(&w->late);
	free(w);
	return late;
}
