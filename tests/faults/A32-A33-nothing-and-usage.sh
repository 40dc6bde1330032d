# A32: nothing in, nothing out, status 0. A33: an unknown option ends with 64 and a hint.
for f in split date entity quote summarize; do
	[ "$(: | ntag-$f | wc -c)" -eq 0 ] || exit 1
	: | ntag-$f --strictt >out 2>err
	[ $? -eq 64 ] && [ ! -s out ] && grep -q 'did you mean --strict' err && [ "$(wc -l <err)" -eq 1 ] || { cat err; exit 1; }
done
