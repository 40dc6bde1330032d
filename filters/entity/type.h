/* type.h - class of a name -> OntoNotes label: PER is PERSON, ORG is ORG; LOC and MISC are told apart by a linear model.
 *
 * The same place has the same label all over a document.
 */
#ifndef NTAG_ENTITY_TYPE_H
#define NTAG_ENTITY_TYPE_H

#include "features.h"
#include "tag.h"

/* Labels that a class can become, as a set of 1 << enum ent_label. */
unsigned type_choices(enum class cls);

/* The class that the tagger gives to names with this label. */
enum class type_class(enum ent_label label);

/* Add the rows of one name to out. */
void type_rows(const struct passage *p, const struct name *name, struct rows *out);

/* Fill in the label of each name. Scratch from a. */
void type_names(
    const struct model *m, const struct passage *p, struct names_found *names, struct arena *a);

#endif
