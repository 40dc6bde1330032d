/* show.h - counts for pictures of many records: what forms such as top and timeline draw.
 *
 * With a type that draws single records (text, csv, brat, ...) records pass as they are. With one that sums up (top, spark,
 * timeline, quotes, dot) they are counted, and one record with the sums comes at the end (common/sheet.h); with html
 * both. A record that holds such sums, made elsewhere with --partial, is added up.
 */
#ifndef NTAG_SHOW_H
#define NTAG_SHOW_H

#include "filter.h"

extern const struct filter filter_show;

#endif
