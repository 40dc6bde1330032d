/* gaz.c - look-up in the compiled-in name lists: entries sorted by hash, an index over its first bits.
 *
 *   entry: | 44 bits of the hash | 16 bits: lists | 1 bit unused | 3 bits: longest |
 */
#include "gaz.h"

#include "entity_gaz.inc" /* GAZ_INDEX_BITS, gaz_index, gaz_entry; made by gen/gaz.c */

const char *const gaz_list[N_LIST] = { "COUNTRY", "CITY", "CITYALT", "TOWN", "STATE", "REGION",
	"NORP", "FIRST", "LAST", "LANGUAGE", "TEAM", "COMPANY", "GROUP", "SITE", "PRODUCT",
	"EVENT" };

uint16_t
gaz_find(uint64_t hash, uint8_t *longest)
{
	size_t block = hash >> (64 - GAZ_INDEX_BITS);

	for (uint32_t i = gaz_index[block]; i < gaz_index[block + 1]; i++) {
		if ((gaz_entry[i] ^ hash) >> 20 != 0)
			continue;
		*longest = gaz_entry[i] & 7;
		return (uint16_t)(gaz_entry[i] >> 4 & LIST_ALL);
	}
	*longest = 0;
	return 0;
}

void
gaz_word(struct word *w)
{
	uint8_t longest;

	w->lists = gaz_find(gaz_begin(w->exact), &w->longest);
	if (w->lists == 0 && w->title != w->exact) {
		w->lists = gaz_find(gaz_begin(w->title), &longest);
		if (longest > w->longest)
			w->longest = longest;
	}
}
