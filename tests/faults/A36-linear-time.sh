# A36, A37: hostile texts cost time in proportion to their length, in each filter: CPU time for 2n is at most
# 2.2 times that for n, plus 50 ms for the grain of the clock. n = 500 kB here, 8 MB with NTAG_SLOW=1.
[ -n "${SANITIZED:-}" ] && { echo "times of a sanitized build say nothing"; exit 77; }
[ -n "${NTAG_SLOW:-}" ] && n=8000000 || n=500000
TIMEFORMAT='%U %S'
cpu() { # of a command, in ms
	{ time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ printf "%d", ($1 + $2) * 1000 }'
}
linear() { # the filter; tried again where the machine's noise may have spoken
	for _ in 1 2 3; do
		t1=$(cpu "ntag-$1" --format=text one) t2=$(cpu "ntag-$1" --format=text two)
		[ $((t2 * 10)) -le $((t1 * 22 + 500)) ] && [ "$t1" -lt $((n / 1000 * 10)) ] && return 0
	done
	return 1
}
bad=0
for p in a 'Mr. ' '“' '"' "'" '1 ' 'Al ' 'in 1 ' 'Monday ' '. ' '(' 'U.S.' '“a ” ' 'said ' '“a” said b. ' 'on date 2021-12-07 T '; do
	yes "$p" | tr -d '\n' | head -c $n | iconv -c -f UTF-8 -t UTF-8 2>/dev/null >one
	cat one one >two
	for f in split date entity quote summarize; do
		ntag-$f --format=text one >out 2>&1 && [ -s out ] && linear $f || { echo "ntag-$f on \"$p\": $t1 ms, $t2 ms"; bad=1; }
	done
done
exit $bad
