# B5: a file that grows is read to the size that it had, one that shrinks to its new end: no endless loop, no SIGBUS.
for i in 1 2 3 4 5 6 7 8; do cat "$ARTICLES"/*.txt; done >many
for i in 1 2 3 4 5 6 7 8; do cat many; done >in
size=$(wc -c <in)
n=$(ntag-split in | wc -l)
# The reader of the pipe waits until the file has been changed.
mkfifo pipe
ntag-split in >pipe 2>err &
{ read -r first; cat many >>in; cat >rest; } <pipe
wait $! || { cat err; exit 1; }
[ $(($(wc -l <rest) + 1)) -eq "$n" ] || { echo "grew: $(wc -l <rest) + 1 of $n records"; exit 1; }
truncate -s "$size" in
ntag-split in >pipe 2>err &
{ read -r first; truncate -s 1000 in; cat >rest; } <pipe
wait $!
status=$?
[ $status -le 2 ] && [ "$(wc -l <rest)" -lt "$n" ] || { echo "shrank: status $status: $(cat err)"; exit 1; }
tail -n 1 rest | ntag-split -q >again && cmp -s again <(tail -n 1 rest) # whole records only
