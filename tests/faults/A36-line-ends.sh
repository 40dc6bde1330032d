# A36: lines cost time in proportion to their number, whatever ends them and stands in them: lone CRs, form feeds
# or no-break spaces alone, headers; also where newlines mean something. 2n takes at most 2.2 times as long as n.
[ -n "${SANITIZED:-}" ] && { echo "times of a sanitized build say nothing"; exit 77; }
TIMEFORMAT='%U %S'
cpu() { # of a command, in ms
	{ time timeout 20 "$@" >/dev/null 2>&1; } 2>&1 | awk '{ printf "%d", ($1 + $2) * 1000 }'
}
linear() { # tried again where the machine's noise may have spoken
	for _ in 1 2 3; do
		t1=$(cpu "$@" one) t2=$(cpu "$@" two)
		[ $((t2 * 10)) -le $((t1 * 22 + 500)) ] && [ "$t1" -lt 2000 ] && return 0
	done
	return 1
}
repeat() { # text with \ escapes, times
	awk -v p="$1" -v n="$2" 'BEGIN { printf "Rain fell\n"; while (n-- > 0) printf "%s", p; print "It fell." }'
}
bad=0
for p in 'a\r' 'A b.\r' '\f\n' '\302\240\n' 'a\n\f\n' ' date 2021-12-04 A\n' 'date 2021-12-04 a\r' '\357\273\277\n'; do
	repeat "$p" 150000 >one
	repeat "$p" 300000 >two
	for o in --newline=space --newline=auto --newline=break --no-split-quotes; do
		ntag-split $o one | grep -q "It fell" && linear ntag-split $o || { echo "ntag-split $o on \"$p\": $t1 ms, $t2 ms"; bad=1; }
	done
done
exit $bad
