# B18: a record shows behind all filters while the producer sleeps, without any option.
line='{"id":"a","date":"2021-12-04","text":"Biden said on Friday that it was late."}'
tries=50
[ -n "${SANITIZED:-}" ] && tries=150 # five programs of such a build take seconds to start on a busy machine
for j in 1 3; do
	{ echo "$line"; sleep 20; } | ntag-split -j $j | ntag-date -j $j | ntag-entity -j $j | ntag-quote -j $j | ntag-summarize -j $j >out 2>/dev/null &
	for _ in $(seq $tries); do
		[ -s out ] && break
		sleep 0.1
	done
	kill %% 2>/dev/null; pkill -P $$ sleep 2>/dev/null
	[ -s out ] || { echo "held back with -j $j"; exit 1; }
	grep -q '"summary"' out || exit 1
done
