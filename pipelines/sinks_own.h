/* sinks_own.h - what the files of the sinks share. Private to sinks.c and sinks_*.c. */
#ifndef NTAG_SINKS_OWN_H
#define NTAG_SINKS_OWN_H

#include <limits.h>

#include "gzout.h"
#include "sheet.h"
#include "sinks.h"

/* In front of what a worker rendered of one record for one output; then come path and body. */
struct frame {
	uint64_t raw;  /* template_render() */
	size_t body;   /* bytes */
	uint32_t path; /* bytes; 0 for a literal path */
	uint32_t output;
};

enum { SLOT_NONE = -1 };

/* One file of the run. */
struct file {
	uint32_t output;
	const char *path;    /* below the directory of its output */
	uint64_t raw;        /* values that the path was first made from */
	int slot;            /* where it is open, or SLOT_NONE */
	bool foreign;        /* from an interrupted run: raw is not known */
	bool begun;          /* opened before */
	bool noted;          /* the state knows its length before the run */
	bool named;          /* its name will survive a power failure */
	bool dirty;          /* written to since the last commit */
	uint64_t size;       /* of what was written */
	uint64_t kept;       /* size at the last commit, or before the run */
	struct sheet *sheet; /* of a picture; NULL: nothing yet */
	bool direct;         /* no regular file (a device, a pipe): written to by its own name */
};

/* A file that is open, and what is to be written to it. */
struct slot {
	int fd;
	size_t file;   /* index */
	uint64_t used; /* when, for the choice of one to close */
	struct buf out;
	/* Of a file that is compressed (else gz is not in use): what is ready, and where the member begins. */
	struct gzout *gz;
	struct buf packed;
	off_t member;
};

/* How an output is written, and below what directory. */
struct target {
	const struct output *spec;
	const struct form *form;
	struct look look;
	int dir;            /* -1: standard output */
	const char *prefix; /* the name of dir */
	size_t literal;     /* its file, where the path has no fields */
	bool gzip;          /* its name ends in .gz */
	unsigned
	    sums;  /* set of 1 << enum sheet_part: a picture of all records; 0: each for itself */
	bool page; /* a picture as a page of HTML, by its name */
	struct sheet *sheet; /* of standard output */
};

struct sinks {
	struct arena arena;
	struct run *run;
	struct diag *diag;
	struct state *state; /* or NULL */
	VEC(size_t) dirty;   /* files */
	struct target target[OUTPUT_MAX];
	size_t n_target;
	VEC(struct file) file;
	uint32_t *index; /* hash -> file + 1; n_index is a power of two */
	size_t n_index;
	VEC(struct slot) slot;
	size_t slot_max;
	uint64_t clock;
	struct buf standard; /* for standard output, of one put */
	bool collided;       /* the warning about two records of one name is out */
};

/* ---- files by path: sinks_file.c ---- */

size_t sinks_file_add(struct sinks *s, uint32_t output, struct span path, uint64_t raw);
/* SIZE_MAX: there is none. */
size_t sinks_file_index(const struct sinks *s, uint32_t output, struct span path);
/* The file of a path, a new one if need be; SIZE_MAX with errno if it cannot be had. */
size_t sinks_file_find(struct sinks *s, uint32_t output, struct span path, uint64_t raw);
void sinks_file_grow(struct sinks *s);
/* The path as the user would write it. */
const char *sinks_file_path(struct sinks *s, const struct file *f);
/* Is there a file of its own name already? */
bool sinks_file_is_there(const struct sinks *s, const struct file *f);
/* The name under which a file is written: its own or, until it is whole, a hidden one beside it, which no
 * value of a field can give (template_safe() lets none start with a full stop). */
const char *sinks_file_work_name(const struct sinks *s, const struct file *f, char name[PATH_MAX]);

/* ---- open files: sinks_slot.c ---- */

/* For the message of the driver, which asks for the sink's name when a put has failed. */
bool sinks_slot_lost(struct sinks *s, const struct file *f);
/* All that waits for the file; of a compressed one only what is ready. */
bool sinks_slot_flush(struct sinks *s, struct slot *slot);
/* Nothing is held back any more. A compressed file has one member at least. */
bool sinks_slot_finish(struct sinks *s, struct slot *slot);
bool sinks_slot_close(struct sinks *s, struct slot *slot);
struct slot *sinks_slot_oldest(struct sinks *s);
/* The slot of a file, opened now if it is not. NULL with errno and the sink's name set. */
struct slot *sinks_slot_of(struct sinks *s, size_t file);

/* ---- pictures of many records: sinks_sum.c ---- */

unsigned sinks_sum_parts(const struct form *form); /* 0: it draws each record for itself */
/* A record as a sheet of its own, one line without newline. */
void sinks_sum_render(const struct target *t, struct record *r, struct buf *out);
void sinks_sum_add(struct sheet **sheet, unsigned parts, struct span line);
/* Draw and free it. */
void sinks_sum_draw(const struct target *t, struct sheet **sheet, struct buf *out);
void sinks_sum_free(struct sheet **sheet);

/* ---- what an interrupted run has left: sinks_resume.c ---- */

bool sinks_resume_finished(const struct sinks *s);
/* What the interrupted run has written to one output, as it was at the last commit. */
bool sinks_resume_restore(struct sinks *s, uint32_t output);

/* Message; false. */
bool sinks_cannot(struct sinks *s, const char *path);
/* Nothing stays in memory over a put: output never waits for input (FAULTS B18). */
bool sinks_flush(struct sinks *s);

#endif
