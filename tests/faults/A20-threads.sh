# A20: with threads too, memory is a small multiple of the largest record, not of the number of records.
[ -n "${SANITIZED:-}" ] && { echo "memory of a sanitized build says nothing"; exit 77; }
{ printf '{"id":1,"text":"'; yes 'It fell on the town. ' | tr -d '\n' | head -c 8000000; printf '"}\n'; } >one
for _ in $(seq 24); do cat one; done >in
(ulimit -v 400000 && ntag-split -j 2 in | wc -l) >out 2>err
[ "$(cat out)" = 24 ] || { cat out err; exit 1; }
