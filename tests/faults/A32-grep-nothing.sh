# A32, rule 3: ntag-grep ends with 1 when nothing was selected, also of no input; B12, B13: lost output is 74.
: | ntag-grep x >out; [ $? -eq 1 ] && [ ! -s out ] || exit 1
: | ntag-grep -c x >out; [ $? -eq 1 ] && [ "$(cat out)" = 0 ] || exit 1
ntag-grep Varga "$ARTICLES" >/dev/full 2>err; [ $? -eq 74 ] && grep -q 'output is incomplete' err || { cat err; exit 1; }
ntag-grep -n Varga "$ARTICLES" >&- 2>err; [ $? -eq 74 ] || { echo "closed: $(cat err)"; exit 1; }
# B14: whoever reads goes away.
for _ in $(seq 200); do cat "$ARTICLES"/*.txt; done >big
ntag-grep -n e big 2>err | head -n 1 >one
[ "${PIPESTATUS[0]}" -eq 141 ] && [ ! -s err ] && [ "$(wc -l <one)" -eq 1 ] || { cat err; exit 1; }
# -q and -m stop reading: an endless input ends.
yes ' date 2021-12-04 A headline

Some text.
' | timeout 20 ntag-grep -q headline || { echo "-q does not stop"; exit 1; }
# Live: what is found is written before more comes (B18).
{ printf '{"text":"One word."}\n'; sleep 3; } | ntag-grep -h word >live &
sleep 1
[ "$(cat live)" = "One word." ] || { echo "held back"; exit 1; }
wait
