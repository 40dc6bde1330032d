/* html.h - pages for browsers: one file, no script, nothing fetched. Every text is escaped; what the page may do is
 * closed by a Content-Security-Policy, so even a slip in here could run nothing.
 *
 * An article is one flat walk (flat.h): each stretch of text stands once, in one <span> whose classes are the kinds of
 * annotation that cover it; spans never nest. Entities are underlined in the colour of their label, dates are followed by
 * their value, quotations have a ground and, where the speaker is not near, are followed by the name; sentences of
 * the summary have a bar before them.
 */
#ifndef NTAG_HTML_H
#define NTAG_HTML_H

#include "output.h"

/* Everything before the first article. The page may end anywhere between two articles: HTML needs no end tags there. */
void html_head(struct buf *out, struct span title);

/* An article from its line to click on to its end; the caller has begun <details> or <details open>. */
void html_article(struct record *r, const struct look *l, struct buf *out);

/* Sections for the names, days and speakers of a sheet. */
void html_overview(const struct sheet *s, const struct look *l, struct buf *out);

/* The group whose colour a label has: "person", "place", "org", "thing". */
const char *html_label_class(unsigned label);

/* s as text of a page. */
void html_text(struct buf *out, struct span s);

#endif
