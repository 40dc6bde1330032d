#!/bin/sh
# threads.sh - all filters with several threads on some hundred documents: same bytes as one thread.
# Built with ThreadSanitizer it also finds races. BUILD names the programs' folder.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0
# 300 documents; every 50th line is broken, so that messages must keep their order too.
i=0
while [ $i -lt 60 ]; do cat tests/articles/*.txt; i=$((i + 1)); done >"$tmp/news"
ntag-split "$tmp/news" | awk 'NR % 50 == 0 { print "{broken" } { print }' >"$tmp/in.jsonl"
for f in split date entity quote summarize; do
	"ntag-$f" --errors "$tmp/dead1" "$tmp/in.jsonl" >"$tmp/one" 2>"$tmp/err1"
	for j in 2 7; do
		"ntag-$f" -j $j --errors "$tmp/dead2" "$tmp/in.jsonl" >"$tmp/many" 2>"$tmp/err2"
		if cmp -s "$tmp/one" "$tmp/many" && cmp -s "$tmp/err1" "$tmp/err2" && cmp -s "$tmp/dead1" "$tmp/dead2" &&
			[ "$(wc -l <"$tmp/one")" -eq 300 ]; then
			pass=$((pass + 1))
		else
			echo "FAIL ntag-$f -j $j"
			head -5 "$tmp/err2"
			fail=$((fail + 1))
		fi
	done
done
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
