/* page.h - running text set in lines for people: styles, wrapping by display width, a gutter.
 *
 * Text is given in stretches; words may change their style inside. Unsafe characters come out visible
 * (visible.h), so nothing in the text can command the terminal.
 */
#ifndef NTAG_PAGE_H
#define NTAG_PAGE_H

#include "buf.h"

/* Low byte: SGR number of the colour, 0 = none. */
enum style {
	STYLE_BOLD = 0x100,
	STYLE_DIM = 0x200,
	STYLE_ITALIC = 0x400,
	STYLE_UNDER = 0x800,
};

/* What comes before the next word. */
enum page_gap { GAP_NONE, GAP_BLANK, GAP_BREAK, GAP_PARA };

struct page {
	struct buf *out;
	unsigned width;     /* columns; 0: lines stay as long as they are */
	bool color;         /* styles are written; else they are ignored */
	const char *gutter; /* before each line, or NULL; not counted in width */
	const char *lead;   /* the same, in place of gutter, before the next line only */
	unsigned style;     /* of text to come */
	bool join;          /* each newline of the text is a blank */
	/* What follows is page.c's own. */
	struct buf word;          /* not yet set, with changes of style inside */
	unsigned word_width, col; /* columns */
	unsigned first, last;     /* styles at the ends of the word */
	unsigned set_style;       /* in effect behind what was set */
	enum page_gap gap;        /* before the word */
	unsigned gap_style;       /* of its blank */
	unsigned newlines;        /* of the text since its last word */
	size_t line_bytes;        /* of the text since its last newline */
	bool begun;               /* something was set, */
	bool inked;               /* on this line; col may be 0 all the same: zero width space */
};

void page_open(struct page *p, struct buf *out, unsigned width, bool color);

/* Append text. A single newline is a blank where lines are wrapped, unless the line was short or the next
 * one is indented or an item of a list; a blank line begins a paragraph. */
void page_text(struct page *p, struct span s);

/* Is the newline behind a line of so many bytes and before rest one that a reader wants to see? Else it is a blank: the
 * line was ended by a margin. */
bool page_break(size_t line_bytes, struct span rest);

/* Append marks that belong to the word before or behind: no blanks in them are looked at. */
void page_glue(struct page *p, const char *s);

/* The next word begins a line, or a paragraph. */
void page_gap(struct page *p, enum page_gap gap);

/* End the last line; the memory is given back. */
void page_close(struct page *p);

#endif
