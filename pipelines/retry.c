/* retry.c - the file of dead letters set aside, run as the only input, removed. */
#include "retry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"

static int
fault(struct diag *d, const char *file, const char *what)
{
	diag_warn(d, (struct where){ .file = file }, "%s", what);
	return STATUS_RESOURCE;
}

/* What a retry writes must not take the place of what the run has written. */
static const char *
replaced(const struct plan *p)
{
	for (size_t i = 0; i < p->n_output; i++) {
		const struct output *o = &p->output[i];

		if (!o->standard && !o->append && strstr(o->file.text, "{run}") == NULL)
			return o->file.text;
	}
	return NULL;
}

/* The letters at hand, set aside unless an interrupted retry has done so. *none: there are none. False after a message. */
static bool
set_aside(const char *letters, const char *aside, struct diag *d, bool *none)
{
	const char *slash = strrchr(letters, '/');
	struct stat st;
	int dir;

	*none = false;
	if (stat(aside, &st) == 0)
		return true;
	if (stat(letters, &st) != 0 || st.st_size == 0) {
		*none = true;
		return true;
	}
	if (rename(letters, aside) != 0) {
		diag_warn(
		    d, (struct where){ .file = letters }, "cannot rename: %s", strerror(errno));
		return false;
	}
	dir = slash == NULL ? open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (dir >= 0) {
		fsync(dir);
		close(dir);
	}
	return true;
}

/* Hold the state of the pipeline itself. True: *own is it, or NULL where there is none. */
static bool
hold_own(
    struct plan *p, const struct resume_how *how, struct diag *d, struct state **own, int *status)
{
	const char *path = plan_state(p, how->plan);
	struct stat st;

	*own = NULL;
	if (!p->stateful || stat(path, &st) != 0)
		return true;
	*own = state_open(path, p->lock, d, status);
	if (*own == NULL)
		return false;
	if (state_run(*own) == NULL)
		return true;
	diag_warn(d, (struct where){ .file = p->path },
	    "a run was interrupted; complete it before its dead letters are retried");
	*status = STATUS_LOCKED;
	return false;
}

static bool
is_interrupted(const char *state, struct diag *d)
{
	struct stat st;
	bool running, open;
	struct state *s = stat(state, &st) != 0 ? NULL : state_peek(state, d, &running);

	open = s != NULL && state_run(s) != NULL;
	state_close(s);
	return open;
}

bool
retry_pending(struct plan *p, const struct plan_how *how, struct diag *d)
{
	bool retry = p->retry, pending;

	p->retry = true;
	pending = is_interrupted(plan_state(p, how), d);
	p->retry = retry;
	if (pending && !retry)
		diag_warn(d, (struct where){ .file = p->path },
		    "a retry of the dead letters was interrupted; ntag-run retry completes it");
	return pending && !retry;
}

static int
run_letters(struct plan *p, const struct resume_how *how, struct exec_how *exec, struct diag *d)
{
	const char *letters = exec->errors != NULL ? exec->errors : p->errors_to;
	char *aside = arena_cstr(&p->arena, arena_fmt(&p->arena, "%s.retrying", letters));
	struct arena a = { 0 };
	struct resume_how again;
	bool none;
	int status = STATUS_OK;

	if (!set_aside(letters, aside, d, &none))
		return STATUS_OUTPUT;
	if (none)
		return STATUS_OK;
	aside = arena_cstr(&a, span_c(aside)); /* the plan may be loaded anew */
	plan_retry(p, aside);
	again = (struct resume_how){ how->plan, &aside, 1, how->restart };
	status = resume_run(p, &again, exec, d);
	if ((status == STATUS_OK || status == STATUS_SOME) &&
	    !is_interrupted(plan_state(p, how->plan), d))
		unlink(aside);
	arena_free(&a);
	return status;
}

int
retry_run(struct plan *p, const struct resume_how *how, struct exec_how *exec, struct diag *d)
{
	const char *path = replaced(p);
	struct state *own;
	int status = STATUS_OK;

	if (p->errors_to == NULL && exec->errors == NULL)
		return fault(d, p->path, "errors.to is missing: there are no dead letters");
	if (path != NULL)
		return fault(d, path,
		    "each run replaces it, so a retry would leave only what it has retried; run "
		    "the "
		    "pipeline again, or use --output");
	if (hold_own(p, how, d, &own, &status))
		status = run_letters(p, how, exec, d);
	state_close(own);
	return status;
}
