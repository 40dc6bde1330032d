#!/bin/sh
# values.sh - every value that ntag-date writes, on all data there is, is well-formed: tests/values.py. BENCH=dir: on the sets there as well.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
if ! command -v python3 >/dev/null; then
	echo "skipped values: no python3"
	echo "0 passed, 0 failed"
	exit 0
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0

# look NAME OPTION...: the records in $tmp/in. Some are faulty on purpose; a signal is never right.
look() {
	name=$1
	shift
	"$BUILD/ntag-date" "$@" <"$tmp/in" >"$tmp/out" 2>"$tmp/err"
	status=$?
	if [ $status -lt 64 ] && python3 tests/values.py "$tmp/out" >"$tmp/count" 2>"$tmp/fault"; then
		pass=$((pass + 1))
	else
		echo "FAIL values of $name $*: status $status"
		head -5 "$tmp/fault"
		fail=$((fail + 1))
	fi
	[ -z "${VERBOSE:-}" ] || echo "$name $*: $(cat "$tmp/count")"
}

python3 tests/corpus/records.py >"$tmp/gold"
sed 's/, "ents": .*/}/' "$tmp/gold" >"$tmp/in"
look tests/corpus
look tests/corpus --mode=narrative --zone=+05:30
sed 's/"date": "[^"]*", //' "$tmp/in" >"$tmp/undated"
mv "$tmp/undated" "$tmp/in"
look "tests/corpus without dates"
# Without a document date nothing may be taken from today.
if grep -q "\"value\":\"$(date +%Y-%m-%d)" "$tmp/out"; then
	echo "FAIL values: a date of today in a text without a date"
	fail=$((fail + 1))
else
	pass=$((pass + 1))
fi
python3 tests/corpus/records.py de | sed 's/, "ents": .*/}/' >"$tmp/in"
look "German articles" --lang=de
python3 tests/values.py --hostile >"$tmp/in"
look "hostile texts"
look "hostile texts" --mode=narrative --lang=de
for f in tests/articles/*.txt tests/golden/ntag-date/*/in build/fuzz/seeds/* build/fuzz/corpus-date/*; do
	[ -f "$f" ] && cat "$f" && echo
done | head -c 20000000 >"$tmp/in"
look "articles, golden and fuzz inputs"
for f in "${BENCH:-}"/date/*.records.jsonl; do
	[ -n "${BENCH:-}" ] && [ -f "$f" ] || continue
	cp "$f" "$tmp/in"
	look "$f"
	look "$f" --mode=narrative
done
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
