/* forms.h - the forms by themselves: for output.c, which lists them. */
#ifndef NTAG_FORMS_H
#define NTAG_FORMS_H

#include "output.h"

extern const struct form table_form_tsv, table_form_csv;    /* table_form.c */
extern const struct form show_form_text, show_form_article; /* show.c */
extern const struct form quote_form, inline_form, timeml_form, conll_form, conll_form_displacy,
    conll_form_spacy, brat_form, html_form, picture_form_top, picture_form_spark,
    picture_form_timeline, picture_form_dot; /* files of the same names */

/* The speakers of a record or of a sheet, and what they said, for people (picture_form.c). */
void picture_quotes(struct record *r, const struct look *l, struct buf *out);

#endif
