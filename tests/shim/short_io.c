/* short_io.c - preloaded into a program: reads and writes that are short, interrupted or not ready (FAULTS B19).
 *
 * Every call moves at most 7 bytes; every third one fails first, with EINTR, and every fifth write with EAGAIN.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST = 7 };

static unsigned n_read, n_write;

ssize_t
read(int fd, void *to, size_t n)
{
	if (++n_read % 3 == 0) {
		errno = EINTR;
		return -1;
	}
	return syscall(SYS_read, fd, to, n < MOST ? n : MOST);
}

ssize_t
write(int fd, const void *from, size_t n)
{
	n_write++;
	if (n_write % 3 == 0 || n_write % 5 == 0) {
		errno = n_write % 3 == 0 ? EINTR : EAGAIN;
		return -1;
	}
	return syscall(SYS_write, fd, from, n < MOST ? n : MOST);
}
