/* folder.h - files that appear whole in a folder: written under a hidden name, then renamed. Never outside the folder.
 */
#ifndef NTAG_FOLDER_H
#define NTAG_FOLDER_H

#include "buf.h"

struct folder {
	int fd;
};

/* Open a folder, made if need be. False: errno says why. */
bool folder_open(struct folder *f, const char *path);
bool folder_close(struct folder *f);

/* Write a file of that name, which must be a single component. False: errno says why, and what was there is left. */
bool folder_write(const struct folder *f, const char *name, struct span bytes);

/* Append to out a name made of s for a file: letters, digits, - _ and stops; others are _; no stop at the front; at most
 * 100 bytes; "record" where nothing is left. */
void folder_name(struct buf *out, struct span s);

#endif
