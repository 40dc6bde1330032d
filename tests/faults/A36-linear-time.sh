# A36, A37: hostile texts cost time in proportion to their length, in each filter: CPU time for 2n is at most
# 2.2 times that for n, plus 50 ms for the grain of the clock. n = 1 MB here, 8 MB with NTAG_SLOW=1.
[ -n "${SANITIZED:-}" ] && { echo "times of a sanitized build say nothing"; exit 77; }
[ -n "${NTAG_SLOW:-}" ] && n=8000000 || n=1000000
TIMEFORMAT='%U %S'
cpu() { # of a command, in ms, the least of two runs
	best=
	for _ in 1 2; do
		t=$( { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ printf "%d", ($1 + $2) * 1000 }')
		[ -z "$best" ] || [ "$t" -lt "$best" ] && best=$t
	done
	echo "$best"
}
bad=0
for p in a 'Mr. ' '“' '"' "'" '1 ' 'Al ' 'in 1 ' 'Monday ' '. ' '(' 'U.S.' '“a ” ' 'said ' $'\n' 'on date 2021-12-07 T '; do
	yes "$p" | tr -d '\n' | head -c $n | iconv -c -f UTF-8 -t UTF-8 >one
	[ "$p" = $'\n' ] && { yes 'a' | sed G | head -c $n >one; }
	cat one one >two
	for f in split date entity quote summarize; do
		t1=$(cpu ntag-$f --format=text one) t2=$(cpu ntag-$f --format=text two)
		[ $((t2 * 10)) -le $((t1 * 22 + 500)) ] && [ "$t1" -lt $((n / 1000 * 10)) ] || { echo "ntag-$f on \"$p\": $t1 ms, $t2 ms"; bad=1; }
	done
done
exit $bad
