/* failing_io.c - preloaded into a program: one call that reaches the system fails, as on a bad disk (FAULTS E4).
 *
 * NTAG_FAIL_CALL names it (read, write, open, fsync, rename, fork), NTAG_FAIL_AT which of them, NTAG_FAIL_MARK a file that is made
 * when it happens. Programs that are not ours are left alone: they inherit the variables.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whether this call fails. Each process counts its own, all its threads together. */
static int
fails(const char *call)
{
	static atomic_long calls;
	const char *which = getenv("NTAG_FAIL_CALL"), *mark = getenv("NTAG_FAIL_MARK"),
		   *at = getenv("NTAG_FAIL_AT");
	int error = errno;

	if (which == NULL || mark == NULL || strcmp(which, call) != 0 ||
	    strncmp(program_invocation_short_name, "ntag-", 5) != 0)
		return 0;
	if (at == NULL || atomic_fetch_add(&calls, 1) + 1 != strtol(at, NULL, 10)) {
		errno = error;
		return 0;
	}
	syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0600));
	errno = strcmp(call, "write") == 0 ? ENOSPC : strcmp(call, "fork") == 0 ? EAGAIN : EIO;
	return 1;
}

ssize_t
read(int fd, void *to, size_t n)
{
	return fails("read") ? -1 : syscall(SYS_read, fd, to, n);
}

ssize_t
write(int fd, const void *from, size_t n)
{
	return fails("write") ? -1 : syscall(SYS_write, fd, from, n);
}

ssize_t
pread(int fd, void *to, size_t n, off_t at)
{
	return fails("read") ? -1 : syscall(SYS_pread64, fd, to, n, at);
}

ssize_t
pwrite(int fd, const void *from, size_t n, off_t at)
{
	return fails("write") ? -1 : syscall(SYS_pwrite64, fd, from, n, at);
}

int
fsync(int fd)
{
	return fails("fsync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return fails("fsync") ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
ftruncate(int fd, off_t n)
{
	return fails("write") ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}

int
rename(const char *from, const char *to)
{
	return fails("rename") ? -1 : (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
}

int
renameat(int a, const char *from, int b, const char *to)
{
	return fails("rename") ? -1 : (int)syscall(SYS_renameat, a, from, b, to);
}

static int
mode_of(int flags, va_list ap)
{
	return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(ap, int) : 0;
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	int mode;

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return fails("open") ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
openat(int dir, const char *path, int flags, ...)
{
	va_list ap;
	int mode;

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return fails("open") ? -1 : (int)syscall(SYS_openat, dir, path, flags, mode);
}

pid_t
fork(void)
{
	static pid_t (*real)(void);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "fork");
	return fails("fork") ? -1 : real();
}

int
posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *a,
    const posix_spawnattr_t *b, char *const argv[], char *const env[])
{
	static int (*real)(pid_t *, const char *, const posix_spawn_file_actions_t *,
	    const posix_spawnattr_t *, char *const[], char *const[]);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "posix_spawn");
	return fails("fork") ? EAGAIN : real(pid, path, a, b, argv, env);
}
