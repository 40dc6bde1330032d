/* state_own.h - what the files of the state share. Private to state.c and state_*.c. */
#ifndef NTAG_STATE_OWN_H
#define NTAG_STATE_OWN_H

#include <limits.h>

#include "manifest.h"
#include "state.h"

struct state {
	struct arena arena; /* texts of the present run */
	const char *path;
	int fd;
	struct diag *diag;
	struct manifest known;
	uint32_t run_number;
	bool begun, finished, peek;
	char last[40];   /* name of the last run */
	char places[40]; /* hash of where its outputs are */
	const char *run, *today, *pipeline;
	uint64_t errors, errors_base;
	VEC(struct state_place) place;
	VEC(struct state_file) file;
	struct manifest file_index; /* stamp: index into file + 1 */
	const char *at;             /* being read at the last commit, or NULL */
	uint64_t at_stamp, at_units;
	/* this run */
	struct state_choice choice;
	struct input_files hooks;
	uint64_t stamp;  /* of the file being read */
	struct buf list; /* files read since the last commit */
	size_t n_list;
	size_t found[N_STATE_FINDING];
	struct buf numbers; /* of the last run that ended */
	struct buf fresh;   /* files to be remembered by a new stamp */
};

/* "CRC JSON\n" -> JSON. False: the line is torn or damaged. */
bool state_line_good(struct span line, struct span *json);

enum { STATE_PATH_MAX = PATH_MAX };

/* The name under which a state is written anew. */
const char *state_compact_name(const struct state *s, char name[STATE_PATH_MAX]);

/* What a line says, into s. */
void state_line_take(struct state *s, struct span json);

/* Append a line, and wait until it is safe. False with errno. The second frees json. */
bool state_append(struct state *s, struct span json);
bool state_append_buf(struct state *s, struct buf *json);

#endif
