/* output.c - the list of forms, and the simplest of them: the record itself. */
#include "output.h"

#include "forms.h"
#include "visible.h"

static void
json_record(struct record *r, const struct look *l, struct buf *out)
{
	struct buf line = { 0 };

	if (!l->terminal) {
		record_write(r, out);
		return;
	}
	record_write(r, &line);
	visible_put_json(out, buf_span(&line));
	buf_free(&line);
}

static const struct form json = { "json", "records, one JSON object a line", NULL, json_record };

const struct form *const forms[] = { &json, &show_form_text, &show_form_article, &table_form_tsv,
	&table_form_csv, &quote_form, &html_form, &inline_form, &timeml_form, &conll_form,
	&brat_form, &conll_form_displacy, &conll_form_spacy, &picture_form_top, &picture_form_spark,
	&picture_form_timeline, &picture_form_dot, NULL };

const struct form *
form_find(const char *name)
{
	for (size_t i = 0; forms[i] != NULL; i++)
		if (strcmp(forms[i]->name, name) == 0)
			return forms[i];
	return NULL;
}
