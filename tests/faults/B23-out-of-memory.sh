# B23: when an allocation fails, whichever it is, the program says so and ends with 74, and what is out is whole.
[ -n "${SANITIZED:-}" ] && { echo "a preloaded library and a sanitizer do not go together"; exit 77; }
[ -n "${NTAG_SLOW:-}" ] && step=1 || step=7
cat "$ARTICLES"/*.txt >in
printf 'ntag: 1\nstages:\n  - ntag-split\n  - ntag-date\n' >two.yaml

# One run with the given variable; what comes out is in got and err, $status as it says.
failing() {
	env "$1" NTAG_FAIL_AT=$n LD_PRELOAD="$BUILD/shim/failing.so" $program in >got 2>err
	status=$?
	case $status in
	0) ;;
	74 | 78) # every line that came out is whole, and one of the right ones
		[ -s err ] || { echo "$program: $1, allocation $n: silent"; exit 1; }
		[ ! -s got ] || head -n "$(wc -l <got)" want | cmp -s - got || { echo "$program: $1, allocation $n: torn output"; exit 1; } ;;
	*) echo "$program: $1, allocation $n: status $status: $(cat err)"; exit 1 ;;
	esac
}

for program in ntag-split ntag-date ntag-entity ntag-quote ntag-summarize "ntag-grep -n the" "ntag-show -t csv" "ntag-run run two.yaml"; do
	$program in >want || exit 1
	for ((n = 1; n < 2000; n += step)); do
		failing NTAG_FAIL_ONCE=1
		[ $status != 0 ] || cmp -s want got || { echo "$program: allocation $n: other output, status 0"; exit 1; }
		# past the last allocation of the run
		[ $status = 0 ] && [ $n -gt 200 ] && break
	done
	# And on a machine where nothing is left even for saying so.
	for ((n = 2; n < 400; n += 3 * step)); do
		failing NTAG_FAIL_ON=1
	done
done
exit 0
