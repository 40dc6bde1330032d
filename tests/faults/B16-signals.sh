# B16: a program that is told to stop leaves no half line, whichever thread gets the signal, and dies of it.
for i in $(seq 40); do cat "$ARTICLES"/*.txt; done >news
ntag-split news >in
half=0
mkfifo pipe
for round in $(seq 24); do
	case $((round % 3)) in 0) sig=TERM ;; 1) sig=INT ;; *) sig=HUP ;; esac
	# a reader that takes a little, waits while the pipe fills up, then takes the rest
	{ head -c $((round * 1017)); sleep 0.1; cat; } <pipe >out &
	reader=$!
	# a shell without job control has its background programs ignore SIGINT
	env --default-signal=INT ntag-split -j $((round % 2 * 3 + 1)) in in in in >pipe 2>/dev/null &
	sleep 0.0$((round % 5 + 2))
	kill -$sig $!
	wait $!
	status=$?
	wait $reader
	case $sig:$status in TERM:143 | INT:130 | HUP:129) ;; *) echo "$sig: status $status"; exit 1 ;; esac
	[ -s out ] && [ -n "$(tail -c 1 out)" ] && half=$((half + 1))
done
[ $half -eq 0 ] || { echo "$half half lines of 24"; exit 1; }
