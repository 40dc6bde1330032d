/* gunzip.h - gzip data to bytes, in pieces: members joined, zero padding ignored (RFC 1952, zlib). Never reads.
 */
#ifndef NTAG_GUNZIP_H
#define NTAG_GUNZIP_H

#include "span.h"

struct gunzip;

struct gunzip *gunzip_new(void);
void gunzip_reset(struct gunzip *g);
void gunzip_free(struct gunzip *g);

/* Inflate from *in, which is shortened, to at most n bytes at to; the bytes written. 0: more input is
 * wanted (in->n is 0), or it is over (gunzip_over()). */
size_t gunzip_take(struct gunzip *g, struct span *in, char *to, size_t n);

/* Tell that no input is left. */
void gunzip_finish(struct gunzip *g);

/* No more bytes will come. */
bool gunzip_over(const struct gunzip *g);

/* What was wrong ("gzip data ends early"), or NULL; torn: bytes are missing from the output. */
const char *gunzip_fault(const struct gunzip *g, bool *torn);

#endif
