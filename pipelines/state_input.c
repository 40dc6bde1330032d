/* state_input.c - which inputs are read: new, changed, known, too young. */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "json.h"
#include "source.h"
#include "state_own.h"

static bool
stamp_of(const char *name, uint64_t *stamp, struct stat *st)
{
	uint64_t part[4];

	if (stat(name, st) != 0)
		return false;
	part[0] = (uint64_t)st->st_size;
	part[1] = (uint64_t)st->st_mtim.tv_sec;
	part[2] = (uint64_t)st->st_mtim.tv_nsec;
	part[3] = (uint64_t)st->st_ino;
	*stamp = manifest_hash((struct span){ (const char *)part, sizeof(part) }, 0);
	return true;
}

/* Of the bytes as the reader has them; 0: they cannot be read. */
static uint64_t
content_of(const char *name)
{
	enum { PART = 1 << 16 };
	struct source *src = source_new(NULL, NULL);
	XXH3_state_t *h = XXH3_createState();
	char *part = malloc(PART);
	uint64_t hash = 0;
	size_t n;

	if (h == NULL || part == NULL)
		die_oom(PART);
	XXH3_64bits_reset(h);
	if (source_open(src, name, false)) {
		while ((n = source_read(src, part, PART)) > 0)
			XXH3_64bits_update(h, part, n);
		hash = source_fault(src) == NULL ? XXH3_64bits_digest(h) : 0;
	}
	free(part);
	XXH3_freeState(h);
	source_free(src);
	return hash;
}

/* Younger than the pipeline lets it be: it may still be written to (FAULTS D8). */
static bool
is_unsettled(const struct state *s, const struct stat *st)
{
	struct timespec now;

	if (s->choice.settle <= 0)
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	return (double)(now.tv_sec - st->st_mtim.tv_sec) +
		   (double)(now.tv_nsec - st->st_mtim.tv_nsec) / 1e9 <
	       s->choice.settle;
}

enum finding { FIND_NEW, FIND_KNOWN, FIND_TOUCHED, FIND_CHANGED };

static const enum state_finding meaning[] = { [FIND_NEW] = STATE_NEW,
	[FIND_KNOWN] = STATE_KNOWN,
	[FIND_TOUCHED] = STATE_KNOWN,
	[FIND_CHANGED] = STATE_CHANGED };

static enum finding
find(struct state *s, const char *name, uint64_t stamp)
{
	const struct known *k = manifest_find(&s->known, manifest_hash(span_c(name), 0));

	if (k == NULL || k->stamp == 0)
		return FIND_NEW;
	if (k->run == s->run_number && k->times > 0 && k->stamp == stamp)
		return FIND_KNOWN;
	if (!s->choice.only_new)
		return FIND_NEW;
	if (k->stamp == stamp)
		return FIND_KNOWN;
	return k->content != 0 && !s->choice.by_stamp && content_of(name) == k->content
		   ? FIND_TOUCHED
		   : FIND_CHANGED;
}

static void
put_read(struct buf *list, const char *name, uint64_t stamp, uint64_t content)
{
	buf_str(list, list->n == 0 ? "[" : ",[");
	json_put(list, span_c(name));
	buf_fmt(list, ",\"%016" PRIx64 "\",\"%016" PRIx64 "\"]", stamp, content);
}

bool
state_is_due(struct state *s, const char *name)
{
	struct stat st;
	uint64_t stamp;
	enum finding f;

	if (strcmp(name, "-") == 0 || !stamp_of(name, &stamp, &st))
		return true;
	if (is_unsettled(s, &st))
		return false;
	f = find(s, name, stamp);
	if (f == FIND_TOUCHED)
		put_read(&s->fresh, name, stamp,
		    manifest_find(&s->known, manifest_hash(span_c(name), 0))->content);
	return f == FIND_NEW || f == FIND_CHANGED;
}

enum state_finding
state_look(struct state *s, const char *name)
{
	struct stat st;
	uint64_t stamp;

	if (strcmp(name, "-") == 0 || !stamp_of(name, &stamp, &st))
		return STATE_NEW;
	return is_unsettled(s, &st) ? STATE_WAITS : meaning[find(s, name, stamp)];
}

bool
state_refresh(struct state *s)
{
	struct buf line = { 0 };

	if (s->fresh.n == 0)
		return true;
	buf_str(&line, "{\"read\":[");
	buf_put(&line, buf_span(&s->fresh));
	buf_str(&line, "]}");
	buf_clear(&s->fresh);
	return state_append_buf(s, &line);
}

/* A file that was read in part before the run was interrupted goes on where it was. */
static uint64_t
units_at(struct state *s, const char *name)
{
	uint64_t units = s->at_units;

	if (s->at == NULL || strcmp(s->at, name) != 0)
		return 0;
	s->at = NULL;
	if (s->at_stamp == s->stamp)
		return units;
	diag_warn(s->diag, (struct where){ .file = name },
	    "changed while the run was interrupted; read again from its start");
	return 0;
}

static bool
want(void *ctx, const char *name, uint64_t *skip)
{
	struct state *s = ctx;
	struct known *k;
	struct stat st;
	enum finding f;

	s->stamp = 0;
	if (!stamp_of(name, &s->stamp, &st))
		return true; /* the reader says what is wrong */
	if (is_unsettled(s, &st)) {
		s->found[STATE_WAITS]++;
		return false;
	}
	f = find(s, name, s->stamp);
	s->found[meaning[f]]++;
	k = manifest_find(&s->known, manifest_hash(span_c(name), 0));
	if (f == FIND_KNOWN && k->run == s->run_number && k->times > 0)
		k->times--; /* once for each time that the interrupted run has read it */
	if (f == FIND_KNOWN)
		return false;
	if (f == FIND_TOUCHED) {
		put_read(&s->list, name, s->stamp, k->content);
		return false;
	}
	*skip = units_at(s, name);
	if (f == FIND_CHANGED && s->choice.appends)
		diag_warn(s->diag, (struct where){ .file = name },
		    "has changed since it was read; its old records stay where they were added");
	return true;
}

static void
done(void *ctx, const char *name, bool whole, uint64_t content)
{
	struct state *s = ctx;

	put_read(&s->list, name, s->stamp, whole ? content : 0);
	s->n_list++;
	if (s->choice.only_new) { /* it may be named twice */
		struct known *k = manifest_put(&s->known, manifest_hash(span_c(name), 0));

		*k = (struct known){ .name = k->name, .stamp = s->stamp, .content = content };
	}
}

void
state_choose(struct state *s, const struct state_choice *c)
{
	s->choice = *c;
	s->hooks = (struct input_files){ want, done, s };
}

const struct input_files *
state_input(const struct state *s)
{
	return &s->hooks;
}

void
state_found(const struct state *s, size_t n[N_STATE_FINDING])
{
	memcpy(n, s->found, sizeof(s->found));
}

size_t
state_waiting(const struct state *s)
{
	return s->n_list;
}

uint64_t
state_stamp(const struct state *s)
{
	return s->stamp;
}

void
state_set_stamp(struct state *s, uint64_t stamp)
{
	s->stamp = stamp;
}

struct span
state_list(const struct state *s)
{
	return buf_span(&s->list);
}

void
state_add_list(struct state *s, struct span list)
{
	if (list.n > 0 && s->list.n > 0)
		buf_char(&s->list, ',');
	buf_put(&s->list, list);
}
