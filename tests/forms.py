#!/usr/bin/env python3
"""forms.py - what ntag-show writes, read by other readers: Python's csv, XML and HTML parsers, brat's rules.

Records are made up from hostile pieces, with annotations anywhere: crossing, nested, empty, doubled. Usage:
forms.py BUILD [SEED [RECORDS]]; prints "N passed, N failed".
"""
import csv
import html.parser
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

BUILD = os.path.abspath(sys.argv[1])
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
N = int(sys.argv[3]) if len(sys.argv) > 3 else 120
csv.field_size_limit(1 << 30)

PIECES = ["<script>alert(1)</script>", "</title>", "<img src=x onerror=alert(1)>", "<!--", "-->", "]]>", "&amp;",
          "&#60;script&#62;", "\"", "'", "` onload=x", "</style>", "</details></body>", "<svg/onload=x>", "\0", "\x1b[31m",
          "\x07", "\x7f", "\x85", "\x9b2J", "\u202e", "\u2066", "\u2028", "\u2029", "\ufffe", "\uffff", "\ufdd0",
          "\U0001fffe", "\U0001f600", "e\u0301", "\u00e9", "\u200b", "\u00a0", "\ufeff", "\r", "\r\n", "\n", "\n\n", "\t",
          " ", "  ", "Al Ott said", "Monday", "U.S.", "the Bank of Kovara", ",", ".", "\u201c", "\u201d", "= cmd()", "# id = x",
          "\x1c", "\x0b", "\x0c", "\\n", "\\", "javascript:alert(1)", "\u4e2d\u6587", "\x1d"]
LABELS = ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"]


def text_of(rnd, most=60):
    return "".join(rnd.choice(PIECES) for _ in range(rnd.randrange(most)))


def spans(rnd, text, most):
    found = []
    for _ in range(rnd.randrange(most) if text else 0):
        a = rnd.randrange(len(text))
        b = min(len(text), a + (rnd.randrange(12) if rnd.random() < 0.9 else len(text)))
        found.append((a, b))
    return sorted(found, key=lambda s: (s[0], -s[1]))


def span(text, at, **more):
    return dict(start=at[0], end=at[1], text=text[at[0]:at[1]], **more)


def record(rnd):
    text = text_of(rnd)
    part = spans(rnd, text, 4) or [(0, 0)]
    r = {"id": text_of(rnd, 5), "source": text_of(rnd, 4), "line": rnd.randrange(9),
         "date": rnd.choice(["2021-12-04", "2021-12-04T10:00Z", "1999-01-01", "soon", ""]), "title": text_of(rnd, 6), "text": text}
    if rnd.random() < 0.3:
        r["text"] = text = r["title"] + "\n\n" + text
    cuts = sorted({rnd.randrange(len(text) + 1) for _ in range(rnd.randrange(6))})
    r["sents"] = [{"start": a, "end": b} for a, b in zip(cuts, cuts[1:])]
    r["dates"] = [span(text, s, type=rnd.choice(["DATE", "TIME", "DURATION", "SET"]),
                       value=rnd.choice(["2021-12-04", "2021-W49", "P3D", "2021-12", "\"><x>", "9999-12-31", "0001-01-01"]),
                       **({"mod": text_of(rnd, 2)} if rnd.random() < 0.2 else {})) for s in spans(rnd, text, 6)]
    r["ents"] = [span(text, s, label=rnd.choice(LABELS), **({"name": text_of(rnd, 4)} if rnd.random() < 0.6 else {}))
                 for s in spans(rnd, text, 14)]
    r["quotes"] = [span(text, s, kind=rnd.choice(["direct", "mixed", "indirect"]), group=rnd.randrange(3),
                        **({"speaker": span(text, rnd.choice(part), name=text_of(rnd, 3))} if rnd.random() < 0.7 else {}),
                        **({"cue": span(text, rnd.choice(part))} if rnd.random() < 0.5 else {})) for s in spans(rnd, text, 5)]
    r["summary"] = [rnd.randrange(max(1, len(r["sents"]))) for _ in range(rnd.randrange(3))] if r["sents"] else []
    return r


def dumps(records):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def show(data, *options):
    p = subprocess.run([BUILD + "/ntag-show", *options], input=data, capture_output=True, timeout=120, check=False)
    assert p.returncode == 0 and not p.stderr, (options, p.returncode, p.stderr[:300])
    return p.stdout.decode()


def lines(out):
    """Cut at newlines only."""
    assert out == "" or out.endswith("\n")
    return out.split("\n")[:-1]


def allowed(cp):
    if cp < 0x20:
        return cp in (9, 10, 13)
    return not (0x7F <= cp < 0xA0 or 0xFDD0 <= cp <= 0xFDEF or cp & 0xFFFE == 0xFFFE)


def as_xml(text):
    return "".join(c if allowed(ord(c)) else "\ufffd" for c in text)


# ---- the forms ----

TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "p", "small", "section", "details", "summary", "b", "ol", "ul",
        "li", "span", "i", "svg", "line", "circle", "text", "table", "tr", "td", "blockquote", "article", "br", "nav", "a"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "title", "style", "open", "id", "viewbox", "role",
              "aria-label", "aria-level", "x1", "x2", "y1", "y2", "cx", "cy", "r", "x", "y", "text-anchor", "href", "colspan"}


class Page(html.parser.HTMLParser):
    """Refuses all that is not ours."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.said = [], []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "class":
                assert re.fullmatch(r"[a-z ]+", value), value
            if name == "style":
                assert re.fullmatch(r"width:\d+%", value), value
            if name == "href":
                assert re.fullmatch(r"(index|part-\d+)\.html(#a\d+)?", value), value
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.said.append(data)

    def handle_comment(self, data):
        raise AssertionError("comment " + data)

    def handle_pi(self, data):
        raise AssertionError("instruction " + data)

    def unknown_decl(self, data):
        raise AssertionError("declaration " + data)


def read_page(text):
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open, page.open
    for c in text:
        assert allowed(ord(c)) and not 0x2028 <= ord(c) <= 0x202E and not 0x2066 <= ord(c) <= 0x2069, hex(ord(c))
    try:
        import html5lib
    except ImportError:
        return page
    strict = html5lib.HTMLParser(strict=True)
    strict.parse(text)
    return page


def test_html(data, records):
    page = read_page(show(data, "-t", "html", "--title", "</title><script>"))
    said = re.sub(r"\s", "", "".join(page.said))
    for r in records:
        assert "MARK%d" % r["serial"] in said, r["serial"]
    with tempfile.TemporaryDirectory() as d:
        show(data, "-t", "html", "--dir", d, "--per-part", "7")
        names = sorted(os.listdir(d))
        assert names[0] == "index.html" and len(names) == 1 + (len(records) + 6) // 7, names
        for n in names:
            with open(os.path.join(d, n), encoding="utf-8", newline="") as f:
                read_page(f.read())


def test_timeml(data, records):
    docs = lines(show(data, "-t", "timeml"))
    assert len(docs) == len(records)
    for line, r in zip(docs, records):
        root = ET.fromstring(line.encode())
        assert "".join(root.find("TEXT").itertext()) == as_xml(r["text"])
        assert all(len(t) == 0 for t in root.iter("TIMEX3"))
        ids = [t.get("tid") for t in root.iter("TIMEX3")]
        assert len(ids) == len(set(ids))


def test_inline(data, records):
    root = ET.fromstring(("<docs>" + show(data, "-t", "inline") + "</docs>").encode())
    docs = root.findall("doc")
    assert len(docs) == len(records)
    for doc, r in zip(docs, records):
        assert "".join(doc.itertext()) == as_xml(r["text"])


def unescape(cell):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[m.group(1)], cell)


def test_tables(data, records):
    for rows in ("", "docs", "sents", "dates", "ents", "quotes"):
        more = ["--rows", rows] if rows else []
        a = list(csv.reader(io.StringIO(show(data, "-t", "csv", *more), newline="")))
        b = [[unescape(c) for c in line.split("\t")] for line in lines(show(data, "-t", "tsv", *more))]
        assert a == b, rows
        if rows == "docs":
            assert len(a) == len(records)
    by_serial = iter(records)
    rows = list(csv.reader(io.StringIO(show(data, "-t", "csv", "--rows", "ents", "--columns", "serial,start,end,text,name"), newline="")))
    want = [[str(r["serial"]), str(e["start"]), str(e["end"]), e["text"], e.get("name", e["text"])] for r in by_serial for e in r["ents"]]
    assert rows == want


def test_conll(data, records):
    docs = re.split(r"(?m)^# id = .*\n", "\n" + show(data, "-t", "conll"))
    assert len(docs) - 1 == len(records)
    for doc, r in zip(docs[1:], records):
        inside = False
        for line in doc.split("\n"):
            if line == "" or line.startswith("# date = "):
                continue
            token, label, start, end = line.split("\t")
            assert r["text"][int(start):int(end)] == token, (token, start, end)
            assert label == "O" or re.fullmatch("[BI]-[A-Z_]+", label)
            assert not label.startswith("I-") or inside, line
            inside = label != "O"


def test_json(data, records):
    for line, r in zip(lines(show(data, "-t", "displacy")), records):
        d, end = json.loads(line), 0
        assert d["text"] == r["text"]
        for e in d["ents"]:
            assert end <= e["start"] < e["end"] <= len(d["text"])
            end = e["end"]
    for line in lines(show(data, "-t", "spacy")):
        d = json.loads(line)
        text, at = d["text"], 0
        starts, ends = set(), set()
        for i, t in enumerate(d["tokens"]):
            assert t["id"] == i and t["start"] < t["end"]
            assert t["start"] == at or (i > 0 and t["start"] == at + 1 and text[at] == " "), (t, at)
            at = t["end"]
            starts.add(t["start"])
            ends.add(t["end"])
        assert at == len(text) or (at == len(text) - 1 and text[-1] == " ")
        for e in d["ents"]:
            assert e["start"] in starts and e["end"] in ends


def read_ann(text, ann):
    """The rules of brat's own reader: fields by tabs, spans inside one line, the text that stands there, known ids."""
    ids = set()
    for line in ann.splitlines():
        name, rest = line.split("\t", 1)
        assert name not in ids
        ids.add(name)
        if name[0] == "T":
            head, quoted = rest.split("\t", 1)
            label, places = head.split(" ", 1)
            parts, last = [], 0
            for place in places.split(";"):
                a, b = map(int, place.split(" "))
                assert last <= a < b <= len(text)
                last = b
                parts.append(text[a:b])
                assert len(text[a:b].splitlines()) == 1, text[a:b]
            assert " ".join(parts) == quoted, (parts, quoted)
        elif name[0] == "#":
            kind, of = rest.split("\t")[0].split(" ")
            assert kind == "AnnotatorNotes" and of in ids
        else:
            assert name[0] == "R"
            kind, one, two = rest.split(" ")
            assert kind == "Said" and one[5:] in ids and two[5:] in ids


def test_brat(data, records):
    with tempfile.TemporaryDirectory() as d:
        show(data, "-t", "brat", "--dir", d)
        names = os.listdir(d)
        assert len(names) == 2 * len(records) + 1 and "annotation.conf" in names
        for n in names:
            assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", n), n
            if n.endswith(".ann"):
                with open(os.path.join(d, n), encoding="utf-8", newline="") as f:
                    ann = f.read()
                with open(os.path.join(d, n[:-4] + ".txt"), encoding="utf-8", newline="") as f:
                    read_ann(f.read(), ann)


def test_safe(data, records):
    for form in ("text", "quotes", "top", "spark", "timeline", "dot"):
        out = show(data, "-t", form, "-w", "40")
        for c in out:
            cp = ord(c)
            assert c == "\n" or (c == "\t" and form == "dot") or not (cp < 0x20 or 0x7F <= cp < 0xA0 or 0x2028 <= cp <= 0x202E or 0x2066 <= cp <= 0x2069), (form, hex(cp))


def test_partials(data, records):
    rnd = random.Random(SEED)
    for form in ("top", "spark", "timeline", "quotes", "dot", "html"):
        whole = show(data, "-t", form, "--partial")
        for _ in range(4):
            some = records[:]
            rnd.shuffle(some)
            cuts = sorted(rnd.randrange(len(some)) for _ in range(rnd.randrange(4)))
            parts = [show(dumps(some[a:b]), "-t", form, "--partial", "-j", rnd.choice("13"))
                     for a, b in zip([0] + cuts, cuts + [len(some)])]
            rnd.shuffle(parts)
            assert show("".join(parts).encode(), "-t", form, "--partial") == whole, form


def test_no_explosion(data, records):
    text = "word \u00e9. " * 3000
    n = 3000
    r = {"id": "x", "text": text, "date": "2021-12-04",
         "ents": [dict(start=0, end=len(text), label="PERSON") for _ in range(n)],
         "dates": [dict(start=0, end=len(text), type="DATE", value="2021-12-04") for _ in range(n)],
         "quotes": [dict(start=0, end=len(text), kind="direct", speaker=dict(start=0, end=len(text))) for _ in range(n)]}
    line = dumps([r])
    for form in ("text", "html", "inline", "timeml", "conll", "brat", "displacy", "spacy", "tsv", "csv", "quotes", "top", "timeline", "dot"):
        out = show(line, "-t", form)
        assert len(out) < 12000000, (form, len(out))
    for columns in ("sentence,text,speaker.text,cue.text,why,title", "text,text,text"):
        out = show(line, "-t", "csv", "--rows", "quotes", "--columns", columns)
        assert len(out) < 12000000, len(out)


def main():
    rnd = random.Random(SEED)
    records = [record(rnd) for _ in range(N)]
    for i, r in enumerate(records):
        r["serial"] = i
        r["text"] += " MARK%d" % i
    data = dumps(records)
    passed = failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith("test_"):
            continue
        try:
            test(data, records)
            passed += 1
        except Exception as e:  # pylint: disable=broad-except
            failed += 1
            print("FAIL forms.py", name, "seed", SEED, type(e).__name__, str(e)[:500])
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
