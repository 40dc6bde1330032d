#!/bin/sh
# faults.sh - run tests/faults/NUMBER-what.sh, one for each fault; each prints why it fails and exits 1.
# They get the programs on PATH, an empty folder to work in as $PWD, the folder of test articles as $ARTICLES and
# the repository as $TOP. Status 77: skipped, with the reason printed.
# faults.sh --list: each fault with the tests that name it in the comment at their head, or with the line of README.md under
# Limits that says why there is none.
set -u
cd "$(dirname "$0")/.." || exit 2

# "C1-C8" as C1 C2 ... C8, other numbers as they are; all that are in the text.
numbers() {
	grep -oE '\b[A-E][0-9]+(-[A-E][0-9]+)?\b' | awk -F- '{
		room = substr($1, 1, 1); first = substr($1, 2); last = NF > 1 ? substr($2, 2) : first
		for (n = first + 0; n <= last + 0; n++) print room n }' | sort -u
}
list() {
	for t in tests/faults/*.sh; do
		awk '!/^#/ { exit } { print }' "$t" | numbers | sed "s|\$| ${t##*/}|"
	done
	sed -n '/^### Limits/,/^## /p' README.md | awk '/^- /{ n++ } n { line[n] = line[n] $0 } END { for (i in line) print line[i] }' |
		while read -r line; do echo "$line" | numbers | sed 's|$| README.md, Limits|'; done
}
if [ "${1:-}" = --list ]; then
	list | awk '{ what = $1; sub(/^[^ ]* /, ""); at[what] = at[what] (at[what] == "" ? "" : ", ") $0 }
		END {
			split("A 37 B 23 C 21 D 27 E 10", rooms, " ")
			for (r = 1; r <= 10; r += 2)
				for (n = 1; n <= rooms[r + 1]; n++)
					printf "%s%d\t%s\n", rooms[r], n, at[rooms[r] n] == "" ? "-" : at[rooms[r] n]
		}'
	exit
fi
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
TOP=$PWD ARTICLES=$PWD/tests/articles
export BUILD TOP ARTICLES PATH="$BUILD:$PATH"
pass=0 fail=0 skip=0
limit=120 # seconds for each; at full size (NTAG_SLOW=1, make check-slow) some take minutes
[ -z "${NTAG_SLOW:-}" ] || limit=900
for t in "$TOP"/tests/faults/*.sh; do
	tmp=$(mktemp -d) || exit 2
	out=$(cd "$tmp" && timeout $limit bash "$t" 2>&1)
	case $? in
	0) pass=$((pass + 1)) ;;
	77) skip=$((skip + 1)); echo "skipped ${t##*/}: $out" ;;
	*) fail=$((fail + 1)); echo "FAIL ${t##*/}"; echo "$out" | tail -20 ;;
	esac
	rm -rf "$tmp"
done
# Of a run (C, D) no fault may be without a word.
without=$(sh "$TOP/tests/faults.sh" --list | awk -F'\t' '/^[CD]/ && $2 == "-" { print $1 }')
if [ -z "$without" ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "FAIL no test: "$without; fi
echo "faults: $pass passed, $fail failed, $skip skipped"
[ $fail -eq 0 ]
