/* chart.h - bars, lines of blocks and cells of a fixed width for terminals. Widths are columns (uniclass.h), not bytes.
 */
#ifndef NTAG_CHART_H
#define NTAG_CHART_H

#include <stdint.h>

#include "buf.h"

/* Columns that s takes on a terminal, unsafe characters made visible (visible.h). */
unsigned chart_width(struct span s);

/* Append s in exactly n columns: filled with blanks, or cut with U+2026 (ascii: "~"). Newlines and tabs are blanks. */
void chart_cell(struct buf *out, struct span s, unsigned n, bool ascii);

/* Append a bar of v / most of n columns, in eighths; at least a trace where v > 0. Not filled up. */
void chart_bar(struct buf *out, uint64_t v, uint64_t most, unsigned n, bool ascii);

/* Append one column a value, its height v / most: eight blocks, or " .:-=+*#%". */
void chart_spark(struct buf *out, const uint64_t *v, size_t n, bool ascii);

#endif
