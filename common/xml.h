/* xml.h - text as content and attributes of XML and HTML. Never decides what is an element.
 *
 * What no document may hold (XML 1.0, section 2.2: C0 controls but tab, newline and return; U+FFFE, U+FFFF; for HTML also
 * DEL, C1 controls and other noncharacters, "control-character-in-input-stream") becomes U+FFFD, so that whatever the
 * text was, a parser takes it and finds as many code points as there were.
 */
#ifndef NTAG_XML_H
#define NTAG_XML_H

#include "buf.h"

enum xml_flag {
	XML_ATTRIBUTE = 1, /* between double quotes: those, newlines and tabs are references */
	XML_ONE_LINE = 2,  /* newlines are references: one document a line */
	XML_PAGE =
	    4, /* HTML: a return is a blank, what turns the direction of writing is shown as \u202e */
};

/* Append s (valid UTF-8) as flags say. In XML a return is a reference: parsers take a bare one for a newline. */
void xml_put(struct buf *out, struct span s, unsigned flags);

/* Append  name="value", a blank before it; nothing when value is absent or empty. */
void xml_attribute(struct buf *out, const char *name, struct span value);

#endif
