/* model_file.c - find and map the image of a model. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "entity_model.inc" /* model_small[]; made by gen/image.c from small.model */
#include "model.h"

#define FILE_NAME "entity.model"

/* 1: mapped; 0: no such file; -1: said on d. */
static int
try_file(struct model *m, const char *path, struct diag *d)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *wrong;
	struct stat st;
	void *p;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		diag_warn(d, (struct where){ .file = path }, "cannot open the model: %s",
		    fd < 0 ? strerror(errno) : "not a regular file");
		if (fd >= 0)
			close(fd);
		return -1;
	}
	p = mmap(NULL, (size_t)st.st_size + (st.st_size == 0), PROT_READ,
	    MAP_PRIVATE | MAP_POPULATE, fd, 0);
	close(fd);
	wrong = p == MAP_FAILED ? "cannot be mapped" : model_read(m, p, (size_t)st.st_size);
	if (wrong != NULL) {
		diag_warn(d, (struct where){ .file = path }, "model: %s", wrong);
		if (p != MAP_FAILED)
			munmap(p, (size_t)st.st_size);
		return -1;
	}
	m->map = p;
	m->map_len = (size_t)st.st_size;
	return 1;
}

/* The folder of the running program, from the kernel; "" when it cannot be told. */
static void
own_folder(char out[4096])
{
	ssize_t n = readlink("/proc/self/exe", out, 4095);
	char *slash;

	out[n < 0 ? 0 : n] = '\0';
	slash = strrchr(out, '/');
	if (slash != NULL)
		*slash = '\0';
}

/* $NTAG_DATA, beside the program, the share folder that was installed with it, the prefix it was built for. */
static int
search(struct model *m, struct diag *d)
{
	const char *env = getenv("NTAG_DATA");
	char own[4096], path[4096 + 64];
	const struct {
		const char *folder, *below;
	} place[] = { { env, "" }, { own, "" }, { own, "/../share/ntag" }, { DATADIR, "" } };
	int found = 0;

	own_folder(own);
	for (size_t i = 0; i < sizeof(place) / sizeof(place[0]) && found == 0; i++) {
		if (place[i].folder == NULL || *place[i].folder == '\0' ||
		    strlen(place[i].folder) >= sizeof(own))
			continue;
		snprintf(path, sizeof(path), "%s%s/%s", place[i].folder, place[i].below, FILE_NAME);
		found = try_file(m, path, d);
	}
	if (found == 0)
		diag_warn(d, (struct where){ 0 },
		    "no %s in $NTAG_DATA, beside the program (%s), in ../share/ntag from there, or "
		    "in %s: "
		    "the small model that is built in is used (--model=builtin says so without "
		    "this line)",
		    FILE_NAME, own, DATADIR);
	return found;
}

bool
model_open(struct model *m, const char *path, struct diag *d)
{
	int found = 0;

	if (path == NULL)
		found = search(m, d);
	else if (strcmp(path, "builtin") != 0) {
		found = try_file(m, path, d);
		if (found == 0)
			diag_warn(d, (struct where){ .file = path }, "no such model");
		return found > 0;
	}
	if (found != 0)
		return found > 0;
	path = model_read(m, model_small, sizeof(model_small));
	if (path != NULL)
		diag_warn(d, (struct where){ 0 }, "built-in model: %s", path);
	return path == NULL;
}

void
model_version(const char *path, struct buf *out)
{
	struct diag silent = { .prog = "ntag-entity", .quiet = true };
	struct model m = { 0 };
	const void *image;
	size_t n;

	if (!model_open(&m, path, &silent))
		return;
	image = m.map != NULL ? m.map : (const void *)model_small;
	n = m.map != NULL ? m.map_len : sizeof(model_small);
	buf_fmt(out, "model %s %016llx\n", m.map != NULL ? FILE_NAME : "builtin",
	    (unsigned long long)model_checksum(image, n));
	model_close(&m);
}

void
model_close(struct model *m)
{
	if (m->map != NULL)
		munmap(m->map, m->map_len);
	m->map = NULL;
}
