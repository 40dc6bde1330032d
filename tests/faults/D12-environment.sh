# D12: locale, time zone and environment change no byte.
run() { "$@" bash -c 'cat "$1"/*.txt | ntag-split | ntag-date | ntag-entity | ntag-quote | ntag-summarize' - "$ARTICLES"; }
run env >want || exit 1
for e in LC_ALL=tr_TR.UTF-8 LC_ALL=C TZ=Pacific/Apia LANG=C; do run env "$e" | cmp - want || { echo "$e"; exit 1; }; done
run env -i "PATH=$PATH" | cmp - want
