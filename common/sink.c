/* sink.c - standard output, with every way it can fail found out. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

void
sink_block_signals(sigset_t *before)
{
	sigset_t stops;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &stops, before);
}

/* Whoever tells the program to stop meanwhile is heard behind the last record: no half line (FAULTS B16). */
static bool
put(void *ctx, struct span s)
{
	sigset_t before;

	(void)ctx;
	sink_block_signals(&before);
	bool ok = diag_write(STDOUT_FILENO, s);
	int err = errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = err;
	return ok;
}

/* A closed descriptor is found at the start, a late write error (NFS, quota) at the end. */
static bool
open_out(void *ctx)
{
	struct stat st;

	(void)ctx;
	return fstat(STDOUT_FILENO, &st) == 0;
}

static bool
close_out(void *ctx)
{
	(void)ctx;
	return close(STDOUT_FILENO) == 0 || errno == EINTR;
}

struct sink
sink_stdout(void)
{
	return (struct sink){ .open = open_out, .put = put, .close = close_out };
}
