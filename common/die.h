/* die.h - the end of a program that gets no more memory. It stands below everything else and allocates nothing, so that
 * it can say what happened when nothing else can.
 */
#ifndef NTAG_DIE_H
#define NTAG_DIE_H

#include <stddef.h>

/* "ntag: out of memory: WANT more bytes" on standard error, then status 74 (STATUS_OUTPUT of diag.h) at once, without
 * flushing: records that are out are whole (FAULTS B23). */
__attribute__((noreturn)) void die_oom(size_t want);

#endif
