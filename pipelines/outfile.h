/* outfile.h - opening files below a directory: no component of the path may be a link or lead elsewhere. */
#ifndef NTAG_OUTFILE_H
#define NTAG_OUTFILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "arena.h"
#include "span.h"

/* Make a directory and those above it. False with errno. */
bool outfile_make_dirs(const char *path);

/* Open name below the directory dir; missing directories in between are made when make is set. flags
 * as for open(2), O_NOFOLLOW is added. -1 with errno. */
int outfile_open(int dir, const char *name, int flags, bool make);

/* Rename from to to, both below dir and in the same directory. */
bool outfile_rename(int dir, const char *from, const char *to);
/* Have the names in the directory of name survive a power failure. */
bool outfile_sync_dir(int dir, const char *name);
void outfile_remove(int dir, const char *name);

/* All of s; waits where the descriptor would block. Signals that stop a program wait meanwhile (FAULTS B16). False with
 * errno. */
bool outfile_write(int fd, struct span s);

#endif
