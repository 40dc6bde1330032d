/* ascii.h - character classes that ignore the locale and accept any byte. */
#ifndef NTAG_ASCII_H
#define NTAG_ASCII_H

#include <stdbool.h>

static inline bool
ascii_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
ascii_lower(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
ascii_alpha(unsigned char c)
{
	return ascii_lower(c | 0x20);
}

static inline bool
ascii_alnum(unsigned char c)
{
	return ascii_alpha(c) || ascii_digit(c);
}

/* Blank within a line of text or of JSON: space, tab, line feed, return, form feed. */
static inline bool
ascii_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline unsigned char
ascii_fold(unsigned char c)
{
	return ascii_upper(c) ? c | 0x20 : c;
}

/* 0..15, or -1 if c is not a hexadecimal digit. */
static inline int
ascii_hex(unsigned char c)
{
	if (ascii_digit(c))
		return c - '0';
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

#endif
