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
for f in "-n -e said" "--json --ent PERSON= --show sentence" "-c e" "-o --quote-by Varga"; do
	ntag-grep $f "$tmp/in.jsonl" >"$tmp/one" 2>"$tmp/err1"
	ntag-grep -j 3 $f "$tmp/in.jsonl" >"$tmp/many" 2>"$tmp/err2"
	if cmp -s "$tmp/one" "$tmp/many" && cmp -s "$tmp/err1" "$tmp/err2" && [ -s "$tmp/one" ]; then
		pass=$((pass + 1))
	else
		echo "FAIL ntag-grep -j 3 $f"
		fail=$((fail + 1))
	fi
done
# What the reader says keeps its place too, and its dead letters are not lost when no record follows.
awk 'NR % 40 == 7 { printf "{\"text\":\""; for (i = 0; i < 9000; i++) printf "x"; print "\"}" } { print }' "$tmp/in.jsonl" >"$tmp/long.jsonl"
printf 'date 2021-02-30 A\n\nB.\n' >"$tmp/day"
sed -n 7p "$tmp/long.jsonl" >"$tmp/alone.jsonl"
for files in "nosuch long.jsonl day nosuch" alone.jsonl nosuch; do
	(cd "$tmp" && ntag-split --max-record=8K --errors dead1 $files >one 2>err1)
	for j in 2 7; do
		if (cd "$tmp" && ntag-split -j $j --max-record=8K --errors dead2 $files >many 2>err2 || [ $? -eq 2 ]) &&
			(cd "$tmp" && cmp one many && cmp err1 err2 && cmp dead1 dead2 && [ -s err1 ]); then
			pass=$((pass + 1))
		else
			echo "FAIL ntag-split -j $j $files"
			fail=$((fail + 1))
		fi
	done
done
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
