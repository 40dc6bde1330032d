/* folder.c - one file at a time, by rename. */
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ascii.h"
#include "diag.h"

enum { NAME_MAX_BYTES = 100 };

bool
folder_open(struct folder *f, const char *path)
{
	f->fd = -1;
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		return false;
	f->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return f->fd >= 0;
}

bool
folder_close(struct folder *f)
{
	int fd = f->fd;

	f->fd = -1;
	return fd < 0 || close(fd) == 0 || errno == EINTR;
}

static bool
write_and_close(int fd, struct span bytes)
{
	bool ok = diag_write(fd, bytes);
	int err = errno;

	if (close(fd) != 0 && ok)
		return false;
	errno = err;
	return ok;
}

bool
folder_write(const struct folder *f, const char *name, struct span bytes)
{
	char temporary[160];
	int fd, err;

	snprintf(temporary, sizeof(temporary), ".%s.new", name);
	(void)unlinkat(f->fd, temporary, 0);
	fd = openat(f->fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	if (write_and_close(fd, bytes) && renameat(f->fd, temporary, f->fd, name) == 0)
		return true;
	err = errno;
	(void)unlinkat(f->fd, temporary, 0);
	errno = err;
	return false;
}

void
folder_name(struct buf *out, struct span s)
{
	size_t from = out->n;

	for (size_t i = 0; i < s.n && out->n - from < NAME_MAX_BYTES; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool good = ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' ||
			    (c == '.' && out->n > from);

		if (good || (c & 0xC0) != 0x80) /* one _ a character */
			buf_char(out, good ? (char)c : '_');
	}
	if (out->n == from)
		buf_str(out, "record");
}
