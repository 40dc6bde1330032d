# B23: when an allocation fails, whichever it is, the program says so and ends with 74, and what is out is whole.
[ -n "${SANITIZED:-}" ] && { echo "a preloaded library and a sanitizer do not go together"; exit 77; }
[ -n "${NTAG_SLOW:-}" ] && step=1 || step=7
cat "$ARTICLES"/*.txt >in
for f in split date entity quote summarize; do
	ntag-$f in >want || exit 1
	for ((n = 1; n < 2000; n += step)); do
		NTAG_FAIL_AT=$n LD_PRELOAD=$BUILD/shim/failing.so ntag-$f in >got 2>err
		status=$?
		case $status in
		0) cmp -s want got || { echo "ntag-$f: allocation $n: other output, status 0"; exit 1; } ;;
		74 | 78) # every line that came out is whole, and one of the right ones
			[ -s err ] || { echo "ntag-$f: allocation $n: silent"; exit 1; }
			[ -s got ] && { head -n "$(wc -l <got)" want | cmp -s - got || { echo "ntag-$f: allocation $n: torn output"; exit 1; }; } ;;
		*) echo "ntag-$f: allocation $n: status $status: $(cat err)"; exit 1 ;;
		esac
		# past the last allocation of the run
		[ $status = 0 ] && [ $n -gt 200 ] && break
	done
done
exit 0
