#!/bin/sh
# languages.sh - ntag-date in each language that tests/corpus has articles of (folders of two letters): value F1 of at least 85.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
if ! command -v python3 >/dev/null; then
	echo "skipped languages: no python3"
	echo "0 passed, 0 failed"
	exit 0
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0
for dir in tests/corpus/??; do
	lang=${dir##*/}
	if ! python3 tests/corpus/records.py --check "$dir"; then
		fail=$((fail + 1))
		continue
	fi
	# The tagger gets no marks.
	python3 tests/corpus/records.py "$dir" >"$tmp/gold"
	sed 's/, "ents": .*/}/' "$tmp/gold" | "$BUILD/ntag-date" --lang "$lang" >"$tmp/out"
	line=$(python3 tests/corpus/score.py "$tmp/gold" "$tmp/out")
	score=${line##*value }
	if [ "${score%.*}" -ge 85 ]; then
		pass=$((pass + 1))
	else
		echo "FAIL $lang: $line"
		fail=$((fail + 1))
	fi
	[ -z "${VERBOSE:-}" ] || echo "$lang: $line"
done
# An unknown language is wrong usage, and the message lists those that there are.
message=$("$BUILD/ntag-date" --lang=xx </dev/null 2>&1)
status=$?
case "$status $message" in
"64 "*"--lang must be one of "*en*) pass=$((pass + 1)) ;;
*) echo "FAIL --lang=xx: $status $message" && fail=$((fail + 1)) ;;
esac
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
