/* timex.c - values: formatting, moving, checking. */
#include "timex.h"

#include "ascii.h"

const char *const timex_mod[N_MOD] = { NULL, "START", "MID", "END", "APPROX", "BEFORE", "AFTER",
	"ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE" };

static const char *const part_name[N_PART] = { "", "MO", "MI", "AF", "EV", "NI", "DT" };
static const char *const season_name[N_SEASON] = { "", "SP", "SU", "FA", "WI" };

struct stamp
stamp_of(enum grain g, int y)
{
	return (struct stamp){
		.grain = (uint8_t)g, .y = y, .hour = -1, .min = -1, .sec = -1, .offset = INT_MIN
	};
}

struct stamp
stamp_day(struct cal c)
{
	struct stamp s = stamp_of(GRAIN_DAY, c.y);

	s.m = c.m;
	s.d = c.d;
	return s;
}

struct stamp
stamp_week(int32_t day, bool weekend)
{
	int y = 0, w = cal_week(day, &y);
	struct stamp s = stamp_of(weekend ? GRAIN_WEEKEND : GRAIN_WEEK, y);

	s.w = w;
	return s;
}

/* A small string being built. */
struct text {
	char p[64];
	size_t n;
};

static void
put_char(struct text *t, char c)
{
	if (t->n < sizeof(t->p))
		t->p[t->n++] = c;
}

static void
put(struct text *t, const char *s)
{
	for (; *s != '\0'; s++)
		put_char(t, *s);
}

/* v with at least width digits. */
static void
put_number(struct text *t, int v, int width)
{
	char digit[12];
	int n = 0;

	do {
		digit[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0 && n < 12);
	while (n < width)
		digit[n++] = '0';
	while (n > 0)
		put_char(t, digit[--n]);
}

/* "-03", or "-XX" when unknown. */
static void
put_field(struct text *t, int v)
{
	put_char(t, '-');
	if (v > 0)
		put_number(t, v, 2);
	else
		put(t, "XX");
}

static void
put_year(struct text *t, int y, int width, int divide)
{
	if (y == UNKNOWN_YEAR) {
		for (int i = 0; i < width; i++)
			put_char(t, 'X');
		return;
	}
	if (y < 0) {
		put(t, "BC");
		y = -y;
	}
	put_number(t, y / divide, width);
}

static void
put_week(struct text *t, const struct stamp *s)
{
	put_year(t, s->y, 4, 1);
	put(t, "-W");
	if (s->w > 0)
		put_number(t, s->w, 2);
	else
		put(t, "XX");
}

static void
put_date(struct text *t, const struct stamp *s)
{
	switch (s->grain) {
	case GRAIN_MILLENNIUM:
		put_year(t, s->y, 1, 1000);
		break;
	case GRAIN_CENTURY:
		put_year(t, s->y, 2, 100);
		break;
	case GRAIN_DECADE:
		put_year(t, s->y, 3, 10);
		break;
	case GRAIN_HALF:
	case GRAIN_QUARTER:
		put_year(t, s->y, 4, 1);
		put(t, s->grain == GRAIN_HALF ? "-H" : "-Q");
		if (s->part > 0)
			put_number(t, s->part, 1);
		else
			put_char(t, 'X');
		break;
	case GRAIN_SEASON:
		put_year(t, s->y, 4, 1);
		put_char(t, '-');
		put(t, season_name[s->part]);
		break;
	case GRAIN_WEEK:
		put_week(t, s);
		break;
	case GRAIN_WEEKEND:
		put_week(t, s);
		put(t, "-WE");
		break;
	default:
		break;
	}
}

static void
put_day(struct text *t, const struct stamp *s)
{
	if (s->m == 0 && s->wd > 0) {
		put_week(t, s);
		put_char(t, '-');
		put_number(t, s->wd, 1);
		return;
	}
	put_year(t, s->y, 4, 1);
	if (s->grain == GRAIN_YEAR)
		return;
	put_field(t, s->m);
	if (s->grain == GRAIN_DAY)
		put_field(t, s->d);
}

static void
put_offset(struct text *t, int offset)
{
	int m = offset < 0 ? -offset : offset;

	if (offset == 0) {
		put_char(t, 'Z');
		return;
	}
	put_char(t, offset < 0 ? '-' : '+');
	put_number(t, m / 60, 2);
	put_char(t, ':');
	put_number(t, m % 60, 2);
}

static void
put_time(struct text *t, const struct stamp *s)
{
	if (s->hour < 0) {
		if (s->of_day != 0) {
			put_char(t, 'T');
			put(t, part_name[s->of_day]);
		}
		return;
	}
	put_char(t, 'T');
	put_number(t, s->hour, 2);
	put_char(t, ':');
	put_number(t, s->min < 0 ? 0 : s->min, 2);
	if (s->sec >= 0) {
		put_char(t, ':');
		put_number(t, s->sec, 2);
	}
	if (s->offset != INT_MIN)
		put_offset(t, s->offset);
}

struct span
timex_point(const struct stamp *s, struct arena *a)
{
	struct text t = { .n = 0 };

	if (s->grain == GRAIN_YEAR || s->grain == GRAIN_MONTH || s->grain == GRAIN_DAY)
		put_day(&t, s);
	else
		put_date(&t, s);
	put_time(&t, s);
	return arena_copy(a, (struct span){ t.p, t.n });
}

/* Letters of units; those of time come behind a T. */
static const char *const unit_code[N_UNIT] = { "", "S", "M", "H", "D", "W", "M", "Q", "Y", "DE",
	"CE", "ML", "WE", "D", "D", "Y", "M" };

static bool
of_time(enum unit u)
{
	return u == U_SECOND || u == U_MINUTE || u == U_HOUR;
}

struct part_of {
	uint8_t unit, smaller;
	int16_t of; /* smaller in one unit */
};

/* Units whose fraction is said in the next smaller one, as newspapers do: "2 1/2 years" is P2Y6M. */
static const struct part_of smaller[] = { { U_YEAR, U_MONTH, 12 }, { U_HOUR, U_MINUTE, 60 },
	{ U_MINUTE, U_SECOND, 60 }, { U_CENTURY, U_YEAR, 100 }, { U_DECADE, U_YEAR, 10 } };

static void
put_amount(struct text *t, int32_t n, int32_t hundredths, enum unit u)
{
	for (size_t i = 0; i < sizeof(smaller) / sizeof(smaller[0]); i++) {
		int32_t v = hundredths * smaller[i].of;

		if (smaller[i].unit != u || hundredths == 0 || v % 100 != 0)
			continue;
		if (smaller[i].smaller == U_YEAR) {
			put_number(t, n * smaller[i].of + v / 100, 1);
			put(t, unit_code[U_YEAR]);
			return;
		}
		if (n > 0) {
			put_number(t, n, 1);
			put(t, unit_code[u]);
		}
		put_number(t, v / 100, 1);
		put(t, unit_code[smaller[i].smaller]);
		return;
	}
	put_number(t, n, 1);
	if (hundredths > 0) {
		put_char(t, '.');
		put_number(t, hundredths % 10 == 0 ? hundredths / 10 : hundredths,
		    hundredths % 10 == 0 ? 1 : 2);
	}
	put(t, unit_code[u]);
}

struct span
timex_duration(int32_t n, int32_t hundredths, enum unit u, struct arena *a)
{
	struct text t = { .n = 0 };

	put_char(&t, 'P');
	if (of_time(u))
		put_char(&t, 'T');
	if (n < 0) {
		put_char(&t, 'X');
		put(&t, unit_code[u]);
	} else {
		put_amount(&t, n, hundredths, u);
	}
	return arena_copy(a, (struct span){ t.p, t.n });
}

/* --- moving */

static bool
first_of_year(int y, int32_t *day)
{
	if (y == UNKNOWN_YEAR || y > CAL_YEAR_MAX || y < CAL_YEAR_MIN)
		return false;
	*day = cal_day((struct cal){ y < 0 ? y + 1 : y, 1, 1 });
	return true;
}

static int
first_month(const struct stamp *s)
{
	switch (s->grain) {
	case GRAIN_HALF:
		return s->part * 6 - 5;
	case GRAIN_QUARTER:
		return s->part * 3 - 2;
	case GRAIN_SEASON:
		return s->part == SEASON_WINTER ? 12 : s->part * 3;
	case GRAIN_MONTH:
	case GRAIN_DAY:
		return s->m;
	default:
		return 1;
	}
}

bool
stamp_first_day(const struct stamp *s, int32_t *day)
{
	int m = first_month(s);

	if (s->grain == GRAIN_NONE || !first_of_year(s->y, day))
		return false;
	if (s->grain == GRAIN_WEEK || s->grain == GRAIN_WEEKEND)
		return cal_week_day(s->y, s->w, s->grain == GRAIN_WEEK ? 1 : 6, day);
	if (m < 1 || m > 12)
		return false;
	*day = cal_day((struct cal){
	    s->y < 0 ? s->y + 1 : s->y, m, s->grain == GRAIN_DAY && s->d > 0 ? s->d : 1 });
	return true;
}

static bool
shift_years(struct stamp *s, int32_t n, enum grain g, int step)
{
	int64_t y = (int64_t)s->y + (int64_t)n * step;

	/* No year 0 between 1 BC and AD 1. */
	if ((s->y < 0) != (y <= 0))
		y += s->y < 0 ? 1 : -1;
	if (y == 0 || y > CAL_YEAR_MAX || y < CAL_YEAR_MIN)
		return false;
	*s = stamp_of(g, (int)y);
	if (g == GRAIN_DECADE && y > 0)
		s->y = (int)y / 10 * 10;
	return true;
}

static bool
shift_months(struct stamp *s, int32_t n, enum unit u)
{
	struct cal c = { s->y < 0 ? s->y + 1 : s->y, first_month(s), 1 };

	if (c.m < 1 || c.m > 12 || n > 1000000 || n < -1000000 ||
	    !cal_add_months(&c, u == U_QUARTER ? n * 3 : n))
		return false;
	*s = stamp_of(u == U_QUARTER ? GRAIN_QUARTER : GRAIN_MONTH, c.y <= 0 ? c.y - 1 : c.y);
	s->m = c.m;
	s->part = (c.m + 2) / 3;
	return true;
}

static bool
shift_days(struct stamp *s, int32_t n, enum unit u)
{
	int32_t day;
	struct cal c;

	if (n > 4000000 || n < -4000000 || !stamp_first_day(s, &day))
		return false;
	day += u == U_WEEK || u == U_WEEKEND ? n * 7 : n;
	if (!cal_from_day(day, &c) || c.y <= 0)
		return false;
	*s = u == U_WEEK || u == U_WEEKEND ? stamp_week(day, u == U_WEEKEND) : stamp_day(c);
	return true;
}

bool
stamp_shift(struct stamp *s, int32_t n, enum unit u)
{
	if (s->grain == GRAIN_NONE || s->y == UNKNOWN_YEAR)
		return false;
	switch (u) {
	case U_MILLENNIUM:
		return shift_years(s, n, GRAIN_YEAR, 1000);
	case U_CENTURY:
		return shift_years(s, n, GRAIN_CENTURY, 100);
	case U_DECADE:
		return shift_years(s, n, GRAIN_DECADE, 10);
	case U_YEAR:
		return shift_years(s, n, GRAIN_YEAR, 1);
	case U_HALF:
	case U_QUARTER:
	case U_MONTH:
		return shift_months(s, u == U_HALF ? n * 6 : n, u);
	default:
		return shift_days(s, n, u);
	}
}

/* --- checking */

struct reader {
	const char *p, *end;
};

static bool
take(struct reader *r, const char *s)
{
	size_t n = strlen(s);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, s, n) != 0)
		return false;
	r->p += n;
	return true;
}

/* width digits or as many X; *v is -1 for X. */
static bool
take_field(struct reader *r, int width, int *v)
{
	int n = 0, x = 0;

	*v = 0;
	for (int i = 0; i < width; i++, r->p++) {
		if (r->p == r->end)
			return false;
		if (*r->p == 'X')
			x++;
		else if (ascii_digit((unsigned char)*r->p))
			*v = *v * 10 + *r->p - '0', n++;
		else
			return false;
	}
	if (x > 0)
		*v = -1;
	return n == 0 || x == 0;
}

static bool
within(int v, int min, int max)
{
	return v == -1 || (v >= min && v <= max);
}

static bool
valid_clock(struct reader *r)
{
	int h = 0, m = 0, s = 0;

	if (!take_field(r, 2, &h) || h > 24)
		return false;
	if (take(r, ":") && (!take_field(r, 2, &m) || m > 59))
		return false;
	if (take(r, ":") && (!take_field(r, 2, &s) || s > 60))
		return false;
	if (h == 24 && (m > 0 || s > 0))
		return false;
	if (take(r, "Z"))
		return true;
	if (take(r, "+") || take(r, "-"))
		return take_field(r, 2, &h) && within(h, 0, 15) && take(r, ":") &&
		       take_field(r, 2, &m) && within(m, 0, 59);
	return true;
}

/* Behind a "T". */
static bool
valid_time(struct reader *r)
{
	for (int k = 1; k < N_PART; k++)
		if (take(r, part_name[k]))
			return true;
	return valid_clock(r);
}

static bool
valid_week(struct reader *r, int y)
{
	int w, wd;

	if (!take_field(r, 2, &w) || !within(w, 1, y > 0 ? cal_weeks(y) : 53))
		return false;
	if (!take(r, "-"))
		return true;
	if (take(r, "WE"))
		return true;
	return take_field(r, 1, &wd) && within(wd, 1, 7);
}

/* Behind the "-" that follows the year. */
static bool
valid_within_year(struct reader *r, int y)
{
	int v, d;

	for (int k = 1; k < N_SEASON; k++)
		if (take(r, season_name[k]))
			return true;
	if (take(r, "W"))
		return valid_week(r, y);
	if (take(r, "Q"))
		return take_field(r, 1, &v) && within(v, 1, 4);
	if (take(r, "H"))
		return take_field(r, 1, &v) && within(v, 1, 2);
	if (!take_field(r, 2, &v) || !within(v, 1, 12))
		return false;
	if (!take(r, "-"))
		return true;
	/* A day of an unknown year may be a leap day. */
	return take_field(r, 2, &d) &&
	       within(d, 1, v == -1 ? 31 : cal_month_days(y > 0 ? y : 2000, v));
}

/* The longest code of a unit that fits: "DE" before "D". */
static bool
take_unit(struct reader *r, bool time)
{
	size_t best = 0;

	for (int u = 1; u < N_UNIT; u++) {
		size_t n = strlen(unit_code[u]);

		if (of_time((enum unit)u) == time && n > best && (size_t)(r->end - r->p) >= n &&
		    memcmp(r->p, unit_code[u], n) == 0)
			best = n;
	}
	r->p += best;
	return best > 0;
}

static bool
valid_duration(struct reader *r)
{
	bool time = false, any = false;

	for (;;) {
		bool digits = false;

		if (!time && take(r, "T"))
			time = true;
		while (r->p < r->end && (ascii_digit((unsigned char)*r->p) || *r->p == '.'))
			r->p++, digits = true;
		if (!digits && !take(r, "X"))
			return any && r->p == r->end;
		if (!take_unit(r, time))
			return false;
		any = true;
	}
}

static bool
valid_date(struct reader *r)
{
	bool bc = take(r, "BC");
	const char *start = r->p;
	int y, width = 0;

	while (start + width < r->end &&
	       (ascii_digit((unsigned char)start[width]) || start[width] == 'X'))
		width++;
	if (width < 1 || width > 4 || !take_field(r, width, &y))
		return false;
	if (width == 4 && y == 0)
		return false;
	if (take(r, "-") && (width < 4 || !valid_within_year(r, bc ? -1 : y)))
		return false;
	return !take(r, "T") || valid_time(r);
}

bool
timex_valid(struct span value)
{
	struct reader r = { value.p, value.p + value.n };

	if (span_is(value, "PRESENT_REF") || span_is(value, "PAST_REF") ||
	    span_is(value, "FUTURE_REF"))
		return true;
	if (take(&r, "P"))
		return valid_duration(&r);
	if (take(&r, "T"))
		return valid_time(&r) && r.p == r.end;
	return valid_date(&r) && r.p == r.end;
}
