#!/bin/sh
# timeml.sh - ntag-date -o timeml: an XML parser takes every document, and finds in it the text, the dates and the date of the document.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
if ! command -v python3 >/dev/null; then
	echo "skipped timeml: no python3"
	echo "0 passed, 0 failed"
	exit 0
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cat >"$tmp/same.py" <<'PYTHON'
"""same.py RECORDS TIMEML: line by line the same, as far as TimeML can say it. With one operand: well-formed, and nothing more."""
import json
import sys
import xml.etree.ElementTree as ET

ATTRIBUTES = ["type", "value", "mod", "freq", "quant"]


def shown(dates):
    """Dates that overlap none before them: TIMEX3 may not nest."""
    end = 0
    for d in sorted(dates, key=lambda d: (d["start"], -d["end"])):
        if d["start"] >= end:
            end = d["end"]
            yield d


def parsed(line):
    root = ET.fromstring(line)
    assert root.tag == "TimeML", root.tag
    ids = [t.get("tid") for t in root.iter("TIMEX3")]
    assert len(ids) == len(set(ids)), "a tid stands twice"
    return root


def compare(root, r):
    text = root.find("TEXT")
    assert "".join(text.itertext()) == r["text"], "another text"
    want = [[d["text"]] + [d.get(a) for a in ATTRIBUTES] for d in shown(r.get("dates", []))]
    got = [["".join(t.itertext())] + [t.get(a) for a in ATTRIBUTES] for t in text.iter("TIMEX3")]
    assert want == got, (want, got)
    made = root.find("DCT/TIMEX3")
    assert (made is not None) == ("date" in r), "DCT"
    assert made is None or (made.get("value") == r["date"] and made.get("functionInDocument") == "CREATION_TIME")


def main(records, timeml=None):
    n = 0
    if timeml is None:
        for n, line in enumerate(open(records, "rb"), 1):
            parsed(line)
    else:
        with open(records, encoding="utf-8") as a, open(timeml, "rb") as b:
            for n, (r, line) in enumerate(zip(a, b, strict=True), 1):
                compare(parsed(line), json.loads(r))
    assert n > 0, "no documents"


main(*sys.argv[1:])
PYTHON
pass=0 fail=0
ok() { # STATUS NAME
	if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else echo "FAIL $2" && fail=$((fail + 1)); fi
}
both() { # NAME RECORDS OPTION...
	name=$1 in=$2 && shift 2
	"$BUILD/ntag-date" "$@" "$in" >"$tmp/json" && "$BUILD/ntag-date" "$@" -o timeml "$in" >"$tmp/xml" &&
		python3 "$tmp/same.py" "$tmp/json" "$tmp/xml"
	ok $? "$name"
}
"$BUILD/ntag-split" tests/articles/*.txt >"$tmp/articles"
both articles "$tmp/articles"
python3 tests/corpus/records.py | sed 's/, "ents": .*/}/' >"$tmp/corpus"
both corpus "$tmp/corpus"
python3 tests/corpus/records.py de | sed 's/, "ents": .*/}/' >"$tmp/german"
both "German corpus" "$tmp/german" --lang de
# Markup, entities, ends of CDATA, characters that XML 1.0 does not know, in every place that is written.
python3 -c '
import json
bad = ["<TIMEX3>", "&amp; & &#0;", "]]>", "<!--", "\"\x27>", "\x00\x01\x08\x0b\x1f\x7f\x85", "\ufffe\uffff\u2028", "\U0001f600\U0010ffff", "\r\n\t", "e\u0301\u202e", "<?xml?>"]
for i, b in enumerate(bad):
    for j, c in enumerate(bad):
        print(json.dumps({"id": "%d/%d%s" % (i, j, b), "date": ["2021-12-04", b, "9999-12-31T24:00"][j % 3], "title": c,
            "text": "On Friday%s%s next week, at 3 p.m. GMT%s, every Tuesday%s" % (b, c, b, c)}))' >"$tmp/hostile"
"$BUILD/ntag-date" -o timeml "$tmp/hostile" >"$tmp/xml" 2>/dev/null
[ "$(wc -l <"$tmp/xml")" -eq "$(wc -l <"$tmp/hostile")" ] && python3 "$tmp/same.py" "$tmp/xml"
ok $? "hostile records"
# Raw text with every byte but NUL, which makes a file binary.
python3 -c '
import sys
for a in range(1, 256):
    sys.stdout.buffer.write(b"on Friday " + bytes([a, 0x41, a, 0xE2, a, 0x3C, a]) + b" in May 2020.\n")' >"$tmp/bytes.txt"
"$BUILD/ntag-date" -o timeml "$tmp/bytes.txt" >"$tmp/xml" 2>/dev/null
python3 "$tmp/same.py" "$tmp/xml"
ok $? "raw bytes"
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
