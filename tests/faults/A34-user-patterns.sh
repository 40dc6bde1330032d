# A34: patterns of the user that explode are given up; the record is named and rejected, the run goes on.
{ printf '{"id":"bad","text":"'; head -c 40 /dev/zero | tr '\0' a; printf '!"}\n{"id":"good","text":"aa"}\n'; } >in
ntag-grep -e '^(a+)+$' in >out 2>err
[ $? -eq 2 ] && grep -q '"good"' out && grep -q 'in:1: pattern too expensive; record rejected' err || { cat out err; exit 1; }
ntag-grep --where 'text ~ "^(a+)+$"' in >out 2>err
[ $? -eq 2 ] && grep -q 'too expensive' err || { cat out err; exit 1; }
# Limits can be lowered by a pattern, not raised; \C is refused.
ntag-grep -e '(*LIMIT_MATCH=4000000000)^(a+)+$' in 2>&1 >out | grep -q 'too expensive' || exit 1
ntag-grep -e 'a\Cb' in >out 2>err; [ $? -eq 64 ] || exit 1
# A36: linear in hostile text: sentences, hits, context.
for p in a 'Mr. ' '“' 'Al Al said. '; do
	for n in 1 2; do
		{ printf '{"text":"'; for _ in $(seq $((n * 20000))); do printf '%s' "$p"; done; printf '"}\n'; } >in.$n
	done
	for how in "-o -e a" "--show sentence -n -C1 -e a" "--ent Al"; do
		one=$( { TIMEFORMAT=%U; time ntag-grep $how in.1 >/dev/null; } 2>&1 | tail -1)
		two=$( { TIMEFORMAT=%U; time ntag-grep $how in.2 >/dev/null; } 2>&1 | tail -1)
		awk -v a="$one" -v b="$two" 'BEGIN { exit !(b <= 2.6 * a + 0.1) }' || { echo "$p, $how: $one s, twice as much $two s"; exit 1; }
	done
done
