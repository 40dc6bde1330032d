# B19: short and interrupted reads and writes, a descriptor that is not ready: no byte is lost.
[ -n "${SANITIZED:-}" ] && { echo "a preloaded library and a sanitizer do not go together"; exit 77; }
cat "$ARTICLES"/*.txt >in
ntag-split in >records
gzip -c in >in.gz
for f in split date entity quote summarize; do
	ntag-$f in >want || exit 1
	LD_PRELOAD=$BUILD/shim/short_io.so ntag-$f in >got || { echo "ntag-$f: $?"; exit 1; }
	cmp want got || exit 1
	ntag-$f <records >want || exit 1
	LD_PRELOAD=$BUILD/shim/short_io.so ntag-$f -j 2 <records >got || exit 1
	cmp want got || exit 1
done
ntag-split in.gz >want
LD_PRELOAD=$BUILD/shim/short_io.so ntag-split in.gz >got && cmp want got || exit 1
{ printf '{"text":1}\n%.0s' 1 2 3; cat records; } >bad
ntag-split --errors dead bad nosuch >want 2>err
LD_PRELOAD=$BUILD/shim/short_io.so ntag-split --errors dead2 bad nosuch >got 2>err2
[ $? -eq 2 ] && cmp want got && cmp dead dead2 && cmp err err2
