#!/usr/bin/env python3
# values.py - is each time that ntag-date writes well-formed by TIMEX3 (TimeML 1.2.1) and ISO 8601? An independent check of timex_valid().
"""usage: values.py [--hostile [N]] [FILE]...

Reads records, JSON lines with dates, from the files or standard input. Checks of each date: offsets and text, order, no overlap,
type, value (possible days and weeks, clock times, zones), mod, freq, quant, and range, whose end is not before its start.
Faults go to standard error as ID: what; the status is then 1. The last line counts the dates.
--hostile prints N (3,000) records without dates instead: texts of time words, digits and broken bytes, with document dates that
are missing, malformed, at the ends of the calendar."""
import calendar
import datetime
import json
import random
import re
import sys

CLOCK = r"(?:24(?::00(?::00)?)?|(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?)?)(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)?"
OF_DAY = r"T(?:MO|MI|AF|EV|NI|DT|%s)" % CLOCK
POINT = re.compile(
    r"(?P<bc>BC)?(?:"
    r"(?P<y>\d{4}|XXXX)(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX))?|-W(?P<w>\d\d|XX)(?:-(?P<wd>[1-7X]|WE))?"
    r"|-Q[1-4X]|-H[12X]|-(?:SP|SU|FA|WI))?"
    r"|\d{1,3}|XX|XXX)(?P<t>%s)?|(?P<only>%s)" % (OF_DAY, OF_DAY)
)
AMOUNT = r"(?:\d+(?:\.\d+)?|X)"
STRETCH = re.compile(
    r"P(?=.)(?:%s(?:ML|CE|DE|Y|H|Q|M|W|WE|NI|D|SP|SU|FA|WI|S)){0,8}(?:T(?:%s(?:H|M|S|MO|MI|AF|EV|NI|DT)){1,3})?" % (AMOUNT, AMOUNT)
)
REF = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}
MOD = set(
    "BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE START MID END APPROX".split()
)
QUANT = {"EVERY", "EACH", "EVERY OTHER"}
FREQ = re.compile(r"[1-9]\d*X")


def days_of(year, month):
    if month == 2 and year is None:
        return 29
    return calendar.monthrange(2000 if year is None else year, month)[1]


def weeks_of(year):
    return datetime.date(year, 12, 28).isocalendar()[1]


def number(field):
    return None if field is None or "X" in field else int(field)


def point_fault(value):
    m = POINT.fullmatch(value)
    if not m:
        return "not a point"
    year, month, day, week = (number(m[k]) for k in ("y", "m", "d", "w"))
    if year == 0:
        return "there is no year 0"
    if m["bc"]:
        year = None
    if month is not None and not 1 <= month <= 12:
        return "no such month"
    if day is not None and not 1 <= day <= (31 if month is None else days_of(year, month)):
        return "no such day"
    if week is not None and not 1 <= week <= (53 if year is None else weeks_of(year)):
        return "no such week"
    if m["t"] and not (m["d"] or m["w"]):
        return "a time without a day"
    return None


def value_fault(kind, value):
    """What is wrong with this value of this type?"""
    if value in REF:
        return None if kind in ("DATE", "TIME") else "a reference that is no date"
    if value.startswith("P"):
        if not STRETCH.fullmatch(value) or value.endswith("T"):
            return "not a duration"
        return None if kind in ("DURATION", "SET") else "a duration that is a " + kind
    if kind == "DURATION":
        return "a point that is a duration"
    fault = point_fault(value)
    if fault:
        return fault
    if kind != "SET" and ("T" in value) != (kind == "TIME"):
        return "a time of day is TIME, all else DATE"
    return None


def comparable(a, b):
    """Two points of one form, all of it known."""
    return re.sub(r"\d", "0", a) == re.sub(r"\d", "0", b) and a[0] != "T" and "X" not in a and "BC" not in a and len(a) >= 4


def range_fault(d):
    r = d["range"]
    if sorted(r) != ["end", "start"]:
        return "a range has a start and an end"
    for value in r.values():
        fault = point_fault(value)
        if fault and value not in REF:
            return "range: " + fault
    if d["value"] not in r.values():
        return "a range without its date"
    if comparable(r["start"], r["end"]) and r["end"] < r["start"]:
        return "a range that ends before it starts"
    return None


def date_fault(text, d):
    if not 0 <= d["start"] < d["end"] <= len(text) or text[d["start"] : d["end"]] != d["text"]:
        return "the text is not there"
    if d["type"] not in ("DATE", "TIME", "DURATION", "SET"):
        return "no type"
    if d.get("mod", "APPROX") not in MOD:
        return "no mod"
    if d.get("quant", "EVERY") not in QUANT:
        return "no quant"
    if not FREQ.fullmatch(d.get("freq", "1X")):
        return "no freq"
    if d["type"] != "SET" and ("freq" in d or "quant" in d):
        return "freq and quant are of a SET"
    return value_fault(d["type"], d["value"]) or ("range" in d and range_fault(d)) or None


def check(stream):
    n = bad = 0
    for line in stream:
        record, before = json.loads(line), 0
        text = record.get("text", "")
        for d in record.get("dates", []):
            n += 1
            fault = date_fault(text, d)
            if not fault and d["start"] < before:
                fault = "overlaps the one before"
            before = d["end"]
            if fault:
                bad += 1
                print("%s: %s: %s" % (record.get("id"), fault, json.dumps(d, ensure_ascii=False)), file=sys.stderr)
    return n, bad


WORDS = """the a in last next this early late Monday Tuesday Friday May may March December Sept. Jan first second third half quarter of and to
from until since on at day days week weeks month year years decade century hour minutes seconds ago later earlier before after morning night noon a.m. pm GMT
EST every twice per two twenty hundred million billion several few more than about nearly now recently future past spring fall winter weekend Christmas
Easter Ramadan BC AD fiscal tomorrow yesterday today will held said between rest end following same that each other times once year-end
nineteen ninety-nine o'clock 2021-12-04 31/04/2021 12/04/2021 30/02/1999 2021-W53 Q3 3Q2021 1/2 24:00 24:59 10:30 99:99 7.30 00:00 29
31 30 0 1 1999 2000 0000 9999 99999 2014-15 1990-1997 1:36.45 '90s 1990s 470s 27th 32nd 0th""".split()
MARKS = list(", . - – / : ; ( ) ' ’ “ ” $ % \n").copy() + ["\n\n", " ", "", "  "]
DOCUMENT = ["2021-12-04", "9999-12-31", "0001-01-01", "2020-02-29", "2021-02-30", "x", "", "12/04/2021", "99999-01-01", None, 7]


def hostile(n):
    dice = random.Random(20211204)
    for i in range(n):
        parts = []
        for _ in range(dice.randrange(1, 120)):
            kind = dice.random()
            if kind < 0.75:
                parts.append(dice.choice(WORDS))
            elif kind < 0.9:
                parts.append("".join(dice.choice("0123456789") for _ in range(dice.choice([1, 2, 2, 3, 4, 8, 40]))))
            else:
                parts.append(chr(dice.choice([0x7F, 0xE9, 0x660, 0xFF11, 0x2003, 0x200B, 0x1F600, 0xFFFD, dice.randrange(32, 0x3000)])))
            parts.append(" " if dice.random() < 0.7 else dice.choice(MARKS))
        record = {"id": "hostile/%d" % i, "date": dice.choice(DOCUMENT), "text": "".join(parts)}
        if record["date"] is None:
            del record["date"]
        print(json.dumps(record, ensure_ascii=False))
    # Text without blanks, and nothing but digits.
    for unit in ("Monday", "2021", "1", "12May", "lastweek", "10:30", "tenyearsago"):
        print(json.dumps({"id": "hostile/" + unit, "date": "2021-12-04", "text": unit * 20000}))


def main(args):
    if args[:1] == ["--hostile"]:
        hostile(int(args[1]) if args[1:] else 3000)
        return 0
    if args[:1] == ["--help"]:
        print(__doc__)
        return 0
    n = bad = 0
    for name in args or ["-"]:
        with sys.stdin if name == "-" else open(name, encoding="utf-8") as stream:
            a, b = check(stream)
        n, bad = n + a, bad + b
    print("%d dates, %d with faults" % (n, bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
