/* type.h - class of a name -> OntoNotes label: PER is PERSON, ORG is ORG; LOC and MISC are told apart by a linear model.
 *
 * The same place has the same label all over a document.
 */
#ifndef NTAG_ENTITY_TYPE_H
#define NTAG_ENTITY_TYPE_H

#include "tag.h"

enum { TYPE_ROWS_MAX = 96 };

/* Labels that a class can become, as a set of 1 << enum ent_label. */
unsigned type_choices(enum class cls);

/* The class that the tagger gives to names with this label. */
enum class type_class(enum ent_label label);

/* Rows of one name; the caller masks them. */
size_t type_rows(const struct passage *p, const struct name *name, uint32_t out[TYPE_ROWS_MAX]);

/* Fill in the label of each name. Scratch from a. */
void type_names(
    const struct model *m, const struct passage *p, struct names_found *names, struct arena *a);

#endif
