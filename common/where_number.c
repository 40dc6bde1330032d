/* where_number.c - numbers compared as they are written, digit by digit: none is too large or too precise. */
#include "ascii.h"
#include "where_own.h"

/* 0.DIGITS times ten to the power of scale. */
struct decimal {
	bool negative, zero;
	struct span whole,
	    part; /* digits before and behind the point, without zeros at the outer ends */
	long long scale;
};

static size_t
digits_at(struct span s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && ascii_digit((unsigned char)s.p[at + n]))
		n++;
	return n;
}

static bool
is_sign(struct span s, size_t at)
{
	return at < s.n && (s.p[at] == '-' || s.p[at] == '+');
}

bool
where_is_number(struct span s)
{
	size_t at = is_sign(s, 0), n = digits_at(s, at);

	at += n;
	if (n == 0)
		return false;
	if (at < s.n && s.p[at] == '.') {
		n = digits_at(s, ++at);
		at += n;
		if (n == 0)
			return false;
	}
	if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
		at++;
		at += is_sign(s, at);
		n = digits_at(s, at);
		at += n;
		if (n == 0)
			return false;
	}
	return at == s.n;
}

/* The exponent; beyond all numbers of digits that fit into memory it does not matter how far. */
static long long
exponent(struct span s, size_t at)
{
	const long long most = 1LL << 60;
	bool minus = at < s.n && s.p[at] == '-';
	long long v = 0;

	for (at += is_sign(s, at); at < s.n; at++)
		v = v > most / 10 ? most : v * 10 + (s.p[at] - '0');
	return minus ? -v : v;
}

static struct decimal
decimal_of(struct span s)
{
	struct decimal d = { .negative = s.p[0] == '-' };
	size_t at = is_sign(s, 0), n = digits_at(s, at);

	d.whole = span_cut(s, at, at + n);
	at += n;
	d.part = span_cut(s, at, at);
	if (at < s.n && s.p[at] == '.') {
		n = digits_at(s, at + 1);
		d.part = span_cut(s, at + 1, at + 1 + n);
		at += n + 1;
	}
	while (d.whole.n > 0 && *d.whole.p == '0')
		d.whole = span_cut(d.whole, 1, d.whole.n);
	while (d.part.n > 0 && d.part.p[d.part.n - 1] == '0')
		d.part.n--;
	d.scale = (long long)d.whole.n + (at < s.n ? exponent(s, at + 1) : 0);
	if (d.whole.n > 0)
		return d;
	while (d.part.n > 0 && *d.part.p == '0') {
		d.part = span_cut(d.part, 1, d.part.n);
		d.scale--;
	}
	d.zero = d.part.n == 0;
	return d;
}

/* Digit i of whole and part, one behind the other; zeros behind them. */
static char
digit(const struct decimal *d, size_t i)
{
	if (i < d->whole.n)
		return d->whole.p[i];
	i -= d->whole.n;
	return i < d->part.n ? d->part.p[i] : '0';
}

static int
compare_sizes(const struct decimal *a, const struct decimal *b)
{
	size_t na = a->whole.n + a->part.n, nb = b->whole.n + b->part.n, n = na > nb ? na : nb;

	if (a->scale != b->scale)
		return a->scale < b->scale ? -1 : 1;
	for (size_t i = 0; i < n; i++)
		if (digit(a, i) != digit(b, i))
			return digit(a, i) < digit(b, i) ? -1 : 1;
	return 0;
}

int
where_compare_numbers(struct span a, struct span b)
{
	struct decimal x = decimal_of(a), y = decimal_of(b);
	int sign_x = x.zero ? 0 : x.negative ? -1 : 1, sign_y = y.zero ? 0 : y.negative ? -1 : 1;

	if (sign_x != sign_y)
		return sign_x < sign_y ? -1 : 1;
	if (sign_x == 0)
		return 0;
	return sign_x * compare_sizes(&x, &y);
}
