/* timeml_form.c - TimeML 1.2.1 with inline TIMEX3, as HeidelTime and SUTime write it: one document a record.
 *
 * Each document stands on one line, newlines of the text as &#10;, which an XML parser gives back: so a stream of
 * records is cut into documents at its newlines, and may be split, joined and appended to like records.
 * TIMEX3 never nest (TimeML 1.2.1, section 3.2): of two dates that overlap the first holds, of two that begin together the
 * longer one. The date of the document is t0 in DCT.
 */
#include "flat.h"
#include "forms.h"
#include "record_own.h"
#include "xml.h"

static void
put_element(struct buf *out, const char *name, struct span text)
{
	if (text.n == 0)
		return;
	buf_fmt(out, "<%s>", name);
	xml_put(out, text, XML_ONE_LINE);
	buf_fmt(out, "</%s>", name);
}

static void
put_dct(struct buf *out, struct span date)
{
	if (date.n == 0)
		return;
	buf_fmt(out, "<DCT><TIMEX3 tid=\"t0\" type=\"%s\"",
	    memchr(date.p, 'T', date.n) != NULL ? "TIME" : "DATE");
	xml_attribute(out, "value", date);
	buf_str(out, " temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">");
	xml_put(out, date, XML_ONE_LINE);
	buf_str(out, "</TIMEX3></DCT>");
}

static void
put_timex(struct buf *out, struct record *r, const struct flat_one *one)
{
	const struct date *d = &r->dates.at[one->index];

	buf_fmt(
	    out, "<TIMEX3 tid=\"t%u\" type=\"%s\"", (unsigned)one->index + 1, timex_name[d->type]);
	xml_attribute(out, "value", flat_date_value(r, d));
	xml_attribute(out, "mod", d->mod);
	xml_attribute(out, "freq", d->freq);
	xml_attribute(out, "quant", d->quant);
	buf_char(out, '>');
	xml_put(out, record_slice(r, one->start, one->end), XML_ONE_LINE);
	buf_str(out, "</TIMEX3>");
}

static void
put_text(struct buf *out, struct record *r)
{
	struct flat_layer dates;
	uint32_t at = 0;

	flat_apart(&dates, r, LAYER_DATES);
	buf_str(out, "<TEXT>");
	for (size_t i = 0; i < dates.n; i++) {
		xml_put(out, record_slice(r, at, dates.at[i].start), XML_ONE_LINE);
		put_timex(out, r, &dates.at[i]);
		at = dates.at[i].end;
	}
	if (r->text.n > 0)
		xml_put(out, record_slice(r, at, (uint32_t)r->text.n), XML_ONE_LINE);
	buf_str(out, "</TEXT>");
}

static void
timeml_record(struct record *r, const struct look *l, struct buf *out)
{
	(void)l;
	record_settle(r);
	buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	buf_str(out, "<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
		     "xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/"
		     "TimeML_1.2.1.xsd\">");
	put_element(out, "DOCID", r->id);
	put_dct(out, r->date);
	put_element(out, "TITLE", r->title);
	put_text(out, r);
	buf_str(out, "</TimeML>\n");
}

const struct form timeml_form = { "timeml", "TimeML with TIMEX3, one XML document a line", NULL,
	timeml_record };
