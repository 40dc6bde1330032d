#!/bin/sh
# forms.sh - what ntag-show writes, taken by the tools it is meant for. One that is not installed is said and skipped.
# Nothing is fetched. SLOW=1 adds a browser and spaCy (PYTHON: one that has it).
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
export PATH="$BUILD:$PATH"
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0
cat tests/golden/show/two.jsonl tests/golden/show/hostile.jsonl >"$tmp/three"

ok() {
	if [ "$1" = 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "FAIL forms: $2"; fi
}
has() {
	command -v "$1" >/dev/null && return 0
	echo "skipped forms, $2: no $1"
	return 1
}

if has python3 "other readers"; then
	for seed in ${SEEDS:-1 2}; do
		log=$(python3 tests/forms.py "$BUILD" "$seed") || echo "$log" | grep -v ' passed, '
		pass=$((pass + $(echo "$log" | sed -n 's/\([0-9]*\) passed.*/\1/p')))
		fail=$((fail + $(echo "$log" | sed -n 's/.* \([0-9]*\) failed/\1/p')))
	done
fi
if has tidy "HTML"; then
	for from in "$tmp/three" tests/golden/show/two.jsonl /dev/null; do
		ntag-show -t html "$from" >"$tmp/page.html"
		said=$(tidy -q -e --drop-empty-elements no "$tmp/page.html" 2>&1)
		[ -z "$said" ]
		ok $? "tidy: $said"
	done
	ntag-show -t html --dir "$tmp/book" --per-part 1 "$tmp/three"
	said=$(tidy -q -e --drop-empty-elements no "$tmp"/book/*.html 2>&1)
	[ -z "$said" ]
	ok $? "tidy, parts: $said"
fi
if has xmllint "XML"; then
	ntag-show -t timeml -d "$tmp/timeml" "$tmp/three" && xmllint --noout "$tmp"/timeml/*.xml
	ok $? "xmllint, TimeML"
	{ echo '<docs>'; ntag-show -t inline "$tmp/three"; echo '</docs>'; } | xmllint --noout -
	ok $? "xmllint, inline"
fi
if has dot "Graphviz"; then
	ntag-show -t dot "$tmp/three" | dot -Tsvg >"$tmp/names.svg" && grep -q 'Castle United' "$tmp/names.svg"
	ok $? "dot -Tsvg"
fi
if has vd "VisiData"; then
	for form in csv tsv; do
		ntag-show -t $form --header --rows ents "$tmp/three" >"$tmp/ents.$form"
		HOME=$tmp vd -b -o "$tmp/out.json" "$tmp/ents.$form" >/dev/null 2>"$tmp/err" &&
			[ "$(grep -c '"layer": "ents"' "$tmp/out.json")" -eq 43 ]
		ok $? "VisiData reads $form: $(head -c 300 "$tmp/err")"
	done
fi
if [ -n "${SLOW:-}" ]; then
	python=${PYTHON:-python3}
	if ! "$python" -c 'import spacy' 2>/dev/null; then
		echo "skipped forms, spaCy: $python has none"
	else
		ntag-show -t displacy "$tmp/three" >"$tmp/displacy"
		ntag-show -t spacy "$tmp/three" >"$tmp/spacy"
		"$python" - "$tmp" <<'E'
import json, sys
import spacy
from spacy import displacy
from spacy.tokens import Doc

for line in open(sys.argv[1] + "/displacy", encoding="utf-8"):
    d = json.loads(line)
    page = displacy.render(d, style="ent", manual=True, page=True, jupyter=False)
    assert page.count("<mark") == len(d["ents"])
nlp = spacy.blank("en")
for line in open(sys.argv[1] + "/spacy", encoding="utf-8"):
    d = json.loads(line)
    doc = Doc(nlp.vocab).from_json(d)
    assert doc.text == d["text"]
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [(e["start"], e["end"], e["label"]) for e in d["ents"]]
E
		ok $? "displacy.render and Doc.from_json"
	fi
	if has chromium "browser"; then
		ntag-show -t html tests/golden/show/two.jsonl >"$tmp/page.html"
		for width in 390 1280; do
			chromium --headless --no-sandbox --disable-gpu --user-data-dir="$tmp/profile" --window-size=$width,900 \
				--screenshot="$tmp/$width.png" "file://$tmp/page.html" >/dev/null 2>&1 &&
				[ "$(stat -c %s "$tmp/$width.png")" -gt 10000 ]
			ok $? "chromium at $width"
		done
		# Nothing of a hostile page is live.
		ntag-show -t html tests/golden/show/hostile.jsonl >"$tmp/page.html"
		chromium --headless --no-sandbox --disable-gpu --user-data-dir="$tmp/profile" --dump-dom "file://$tmp/page.html" \
			>"$tmp/dom" 2>/dev/null && grep -q '</html>' "$tmp/dom" && ! grep -qi '<script\|<img' "$tmp/dom"
		ok $? "no live markup in chromium"
	fi
fi
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
