#!/usr/bin/env python3
# records.py - checks the articles of the corpus and prints them as records, one JSON line each.
"""usage: records.py [--check] [--held-out | --rest] [PART | FILE]...

Without operands: all parts beside this script. --held-out prints the tenth that is set aside
for the test suite (article numbers that end in 5), --rest the others, --check nothing.
Faults go to standard error as FILE:LINE: what; the status is then 1. README.md has the format."""
import calendar
import datetime
import glob
import json
import os
import re
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KEYS = ["date", "title", "desk", "region", "style"]
ENTITY = set("PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE".split())
TIME = set("DATE TIME DURATION SET".split())
MARK = re.compile(r"\{([A-Z_]+)\|([^{}|]+)(?:\|([^{}|]+))?\}")
# Names that begin with an article of their own. Titles of works keep theirs as well.
OWN_ARTICLE = re.compile(r"The Hague\b")
# Names that end in 's. Anything else that does is a possessive, which stays outside.
OWN_S = re.compile(
    r"(?:\b(?:McDonald|Lord|Wendy|Denny|Arby|Domino|Sotheby|Christie|Lloyd|Sainsbury|Moody|Levi|Macy|Kellogg)"
    r"|\bSt\.? [A-Z][\w-]+|\b(?:Women|Men|Children|People|Veterans|Mother|Father|Valentine|New Year))['’]s$",
    re.I,
)
ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
CLOCK = r"T(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?)?" + ZONE
PART = r"T(?:MO|MI|AF|EV|NI|DT)"
NUMBER = r"(?:\d+(?:\.\d+)?|X+)"
VALUE = re.compile(
    r"(?:PRESENT|PAST|FUTURE)_REF"
    r"|BC\d{1,4}|\d{1,3}"  # before Christ; millennium, century, decade
    r"|(?P<y>\d{4}|XXXX)(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX))?)?(?:%s|%s)?"
    r"|(?:\d{4}|XXXX)-(?:Q[1-4X]|H[12X]|SP|SU|FA|WI)"
    r"|(?P<wy>\d{4}|XXXX)-W(?P<w>\d\d|XX)(?:-(?:[1-7]|WE))?(?:%s|%s)?"
    r"|%s|%s"  # a time of any day
    r"|P(?:%s(?:CE|DE|Y|Q|M|W|D|WE))+(?:T(?:%s[HMS])+)?|PT(?:%s[HMS])+"
    % (CLOCK, PART, CLOCK, PART, CLOCK, PART, NUMBER, NUMBER, NUMBER)
)


def day_exists(year, month, day):
    """Is there such a day (XX and XXXX fit anything)?"""
    if month in (None, "XX"):
        return True
    if not 1 <= int(month) <= 12:
        return False
    if day in (None, "XX"):
        return True
    last = 31 if year == "XXXX" else calendar.monthrange(int(year), int(month))[1]
    return 1 <= int(day) <= last


def value_fault(value):
    m = VALUE.fullmatch(value)
    if not m:
        return "no TIMEX3 value"
    if m["y"] and m["y"] != "0000" and not day_exists(m["y"], m["m"], m["d"]):
        return "no such day"
    if m["wy"] and m["w"] != "XX":
        last = 53 if m["wy"] == "XXXX" else datetime.date(int(m["wy"]), 12, 28).isocalendar()[1]
        if not 1 <= int(m["w"]) <= last:
            return "no such week"
    return None


def edge_fault(label, text):
    """What a span must not begin or end with."""
    if text != text.strip():
        return "blank at the edge of a mark"
    if label not in ENTITY or label == "WORK_OF_ART":
        return None
    if re.match("the ", text, re.I) and not OWN_ARTICLE.match(text):
        return "article inside a name"
    if re.search("['’]s$", text, re.I) and not OWN_S.search(text):
        return "possessive inside a name"
    return None


class Article:
    """One file: its header, its text without marks, its annotations, its faults."""

    def __init__(self, path):
        self.path = path
        self.faults = []
        part, name = path.split(os.sep)[-2:]
        self.id = "own/%s/%s" % (part, name[:-4])
        self.number = int(name[:-4])
        with open(path, encoding="utf-8", newline="") as f:
            self.raw = f.read()
        self.head, self.text, self.ents, self.dates = {}, "", [], []
        self.read()

    def fault(self, at, what):
        self.faults.append("%s:%d: %s" % (self.path, self.raw.count("\n", 0, at) + 1, what))

    def read(self):
        if re.search(r"\r|\t|[ ]\n|\n\n\n|\n\n\Z", self.raw) or not self.raw.endswith("\n"):
            self.fault(0, "carriage return, tab, blank at a line's end, two blank lines, or no newline at the end")
        head, blank, body = self.raw.partition("\n\n")
        keys = []
        for line in head.split("\n"):
            key, _, value = line.partition(": ")
            keys.append(key)
            self.head[key] = value
        if keys != KEYS or not blank:
            return self.fault(0, "header must be %s, then a blank line" % ", ".join(KEYS))
        try:
            datetime.date.fromisoformat(self.head["date"])
        except ValueError:
            return self.fault(0, "bad date")
        title_at = head.index("title: ") + len("title: ")
        self.annotate(self.head["title"], title_at)
        self.text += "\n\n"
        self.annotate(body.rstrip("\n"), len(head) + len(blank))

    def annotate(self, marked, base):
        """Append marked to the text; base is its place in the file."""
        last = 0
        for m in MARK.finditer(marked):
            self.plain(marked[last:m.start()], base + last)
            last = m.end()
            self.mark(m, base + m.start())
        self.plain(marked[last:], base + last)

    def plain(self, words, at):
        if "{" in words or "}" in words:
            self.fault(at, "stray brace: " + words[:60])
        self.text += words

    def mark(self, m, at):
        label, text, value = m.groups()
        start, end = len(self.text), len(self.text) + len(text)
        self.text += text
        what = edge_fault(label, text)
        if label in ENTITY:
            self.ents.append({"start": start, "end": end, "text": text, "label": label, "name": value or text})
            if value and (value == text or len(value) < 2):
                what = "third field says nothing new"
        elif label in TIME:
            self.dates.append({"start": start, "end": end, "text": text, "type": label, "value": value or ""})
            what = what or value_fault(value or "")
        else:
            what = "unknown label"
        if what:
            self.fault(at, "%s: %s" % (what, m[0]))

    def record(self):
        title = self.text.partition("\n\n")[0]
        for span in self.ents + self.dates:
            if self.text[span["start"]:span["end"]] != span["text"]:
                self.fault(0, "text is not the slice: " + span["text"])
        return {
            "id": self.id, "date": self.head.get("date"), "title": title, "desk": self.head.get("desk"),
            "region": self.head.get("region"), "style": self.head.get("style"),
            "text": self.text, "ents": self.ents, "dates": self.dates,
        }


def files(operands):
    """The articles named, in order. A folder stands for the articles in it."""
    for o in operands or sorted(glob.glob(os.path.join(HERE, "?"))):
        here = os.path.join(HERE, o)
        o = o if os.path.exists(o) else here
        yield from sorted(glob.glob(os.path.join(o, "*.txt"))) if os.path.isdir(o) else [o]


def main(words):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    options = {w for w in words if w.startswith("--")}
    if options - {"--check", "--held-out", "--rest"} or {"--held-out", "--rest"} <= options:
        sys.exit(__doc__)
    bad = False
    for path in files([w for w in words if w not in options]):
        a = Article(path)
        r = a.record()
        for f in a.faults:
            print(f, file=sys.stderr)
        bad |= bool(a.faults)
        aside = a.number % 10 == 5
        if "--check" in options or ("--held-out" in options and not aside) or ("--rest" in options and aside):
            continue
        print(json.dumps(r, ensure_ascii=False))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
