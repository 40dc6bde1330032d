/* outfile.c - files below a directory, reached component by component. */
#include "outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

bool
outfile_make_dirs(const char *path)
{
	char part[PATH_MAX];
	size_t n = strlen(path);

	if (n >= sizeof(part)) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(part, path, n + 1);
	for (size_t i = 1; i <= n; i++) {
		char c = part[i];

		if (c != '/' && c != '\0')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			return false;
		part[i] = c;
	}
	return true;
}

/* The directory in which name stands, opened; *base receives the last component. dir itself is duplicated. */
static int
walk_to(int dir, const char *name, bool make, const char **base)
{
	int at = openat(dir, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	const char *slash;

	while (at >= 0 && (slash = strchr(name, '/')) != NULL) {
		char part[NAME_MAX + 1];
		int next;

		snprintf(part, sizeof(part), "%.*s", (int)(slash - name), name);
		if (make && mkdirat(at, part, 0777) != 0 && errno != EEXIST) {
			close(at);
			return -1;
		}
		next = openat(at, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(at);
		at = next;
		name = slash + 1;
	}
	*base = name;
	return at;
}

int
outfile_open(int dir, const char *name, int flags, bool make)
{
	const char *base;
	int at = walk_to(dir, name, make, &base), fd, error;

	if (at < 0)
		return -1;
	fd = openat(at, base, flags | O_NOFOLLOW | O_CLOEXEC, 0666);
	error = errno;
	close(at);
	errno = error;
	return fd;
}

bool
outfile_rename(int dir, const char *from, const char *to)
{
	const char *base, *slash = strrchr(to, '/');
	int at = walk_to(dir, from, false, &base), error;
	bool ok;

	if (at < 0)
		return false;
	ok = renameat(at, base, at, slash == NULL ? to : slash + 1) == 0;
	error = errno;
	close(at);
	errno = error;
	return ok;
}

bool
outfile_sync_dir(int dir, const char *name)
{
	const char *base;
	int at = walk_to(dir, name, false, &base), fd;
	bool ok;

	if (at < 0)
		return false;
	fd = openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* at is good for paths only */
	ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
	if (fd >= 0)
		close(fd);
	close(at);
	return ok;
}

void
outfile_remove(int dir, const char *name)
{
	const char *base;
	int at = walk_to(dir, name, false, &base);

	if (at < 0)
		return;
	unlinkat(at, base, 0);
	close(at);
}

static bool
write_whole(int fd, struct span s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EAGAIN) {
			struct pollfd wait = { .fd = fd, .events = POLLOUT };

			poll(&wait, 1, -1);
		} else if (n < 0 && errno != EINTR) {
			return false;
		} else if (n > 0) {
			s = span_cut(s, (size_t)n, s.n);
		}
	}
	return true;
}

bool
outfile_write(int fd, struct span s)
{
	sigset_t before;
	bool ok;
	int error;

	sink_block_signals(&before);
	ok = write_whole(fd, s);
	error = errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return ok;
}
