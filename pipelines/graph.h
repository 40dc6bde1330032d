/* graph.h - a plan as a picture: inputs, stages, outputs, and on the arrows how many records went there. */
#ifndef NTAG_GRAPH_H
#define NTAG_GRAPH_H

#include "plan.h"

enum graph_form { GRAPH_TERM, GRAPH_DOT, GRAPH_MERMAID };

/* numbers: what state_numbers() gives of the last run, or empty. */
void graph_put(const struct plan *p, enum graph_form form, struct span numbers, struct buf *out);

#endif
