/* exec_commit.c - dead letters and checkpoints of a run. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "duration.h"
#include "exec_own.h"
#include "outfile.h"

enum { WAITING_MAX = 10000 }; /* files read, not yet told to the state */

static bool
errors_lost(const struct execution *x)
{
	diag_warn(x->diag, (struct where){ .file = x->errors }, "cannot open for writing: %s",
	    strerror(errno));
	return false;
}

/* The directory of the dead letters is made; several processes add to one file, emptied once. */
bool
exec_commit_errors(const struct execution *x)
{
	const char *slash = x->errors == NULL ? NULL : strrchr(x->errors, '/');
	int fd;

	if (slash != NULL && !outfile_make_dirs(arena_cstr(&x->plan->arena,
				 (struct span){ x->errors, (size_t)(slash - x->errors) + 1 })))
		return errors_lost(x);
	if (x->errors == NULL || x->n == 1 || x->how->state != NULL)
		return true;
	fd = open(x->errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return errors_lost(x);
	close(fd);
	return true;
}

bool
exec_commit_back(const struct execution *x)
{
	struct stat st;
	off_t n;

	if (x->errors == NULL || x->how->state == NULL) /* emptied at the start of each try */
		return true;
	n = (off_t)state_errors(x->how->state, false);
	if (stat(x->errors, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= n ||
	    truncate(x->errors, n) == 0)
		return true;
	return errors_lost(x);
}

bool
exec_commit_due(void *ctx)
{
	struct execution *x = ctx;

	return !x->sums && x->plan->checkpoint >= 0 &&
	       (state_waiting(x->how->state) >= WAITING_MAX ||
		   duration_now() - x->committed >= x->plan->checkpoint);
}

/* Length of the dead letters, once they are safe. False with errno. */
static bool
sync_errors(const struct execution *x, uint64_t *length)
{
	struct stat st;
	int fd;
	bool ok;

	*length = 0;
	if (x->errors == NULL)
		return true;
	fd = open(x->errors, O_WRONLY | O_CLOEXEC);
	ok = fd >= 0 && (fdatasync(fd) == 0 || errno == EINVAL) && fstat(fd, &st) == 0;
	if (ok && S_ISREG(st.st_mode))
		*length = (uint64_t)st.st_size;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
commit_all(struct execution *x, const char *file, uint64_t units, bool finish)
{
	struct buf out = { 0 };
	uint64_t errors;
	bool ok = sinks_sync(x->sinks, &out) && sync_errors(x, &errors) &&
		  state_commit(x->how->state, buf_span(&out), errors, file, units, finish);
	int error = errno;

	buf_free(&out);
	errno = error;
	x->committed = duration_now();
	return ok;
}

/* Standard input cannot be taken up in the middle. */
bool
exec_commit_now(void *ctx, const char *file, uint64_t units)
{
	struct execution *x = ctx;

	if (file != NULL && strcmp(file, "-") == 0) {
		x->committed = duration_now();
		return true;
	}
	return commit_all(x, file, units, false);
}

/* What the first segment has read, told by its process. */
static bool
take_report(struct execution *x)
{
	struct buf list = { 0 };
	ssize_t n = 1;

	if (x->report < 0)
		return true;
	if (lseek(x->report, 0, SEEK_SET) != 0)
		return false;
	while (n > 0) {
		n = read(x->report, buf_room(&list, 1 << 16), 1 << 16);
		list.n += n > 0 ? (size_t)n : 0;
	}
	state_add_list(x->how->state, buf_span(&list));
	buf_free(&list);
	close(x->report);
	return n == 0;
}

/* Say that the state could not be written; errno says why. Always false. */
static bool
lost_state(const struct execution *x)
{
	diag_warn(
	    x->diag, (struct where){ 0 }, "cannot keep the state of the run: %s", strerror(errno));
	return false;
}

bool
exec_commit_leg(struct execution *x, const char *file, uint64_t units)
{
	return take_report(x) && commit_all(x, file, units, false);
}

/* The run has come to a good end: all is safe, then the names are given. */
bool
exec_commit_end(struct execution *x)
{
	struct state *s = x->how->state;
	struct report r;
	struct buf numbers = { 0 };
	bool ok;

	if (!state_finished(s) && !(take_report(x) && commit_all(x, NULL, 0, true)))
		return lost_state(x);
	if (!sinks_commit(x->sinks)) /* says why */
		return false;
	exec_report_fill(x, STATUS_OK, &r);
	report_put_json(&r, NULL, &numbers);
	ok = state_end(s, span_cut(buf_span(&numbers), 0, numbers.n - 1)) || /* its newline */
	     lost_state(x);
	buf_free(&numbers);
	if (ok)
		state_compact(s);
	return ok;
}
