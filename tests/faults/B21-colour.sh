# B21: no colour when standard output is no terminal, with NO_COLOR, or on a dumb terminal.
ntag-entity -o text "$ARTICLES" | LC_ALL=C grep -q $'\033' && { echo "colour in a pipe"; exit 1; }
command -v script >/dev/null || exit 0
for env in NO_COLOR=1 TERM=dumb; do
	script -qec "env $env ntag-entity $ARTICLES" /dev/null </dev/null | LC_ALL=C grep -q $'\033\[' && { echo "colour with $env"; exit 1; }
done
# Progress: of a file that takes a while, and on no dumb terminal.
for _ in $(seq 400); do cat "$ARTICLES"/*.txt; done >long
for env in NO_COLOR=1 TERM=dumb; do
	script -qec "env $env ntag-entity long >/dev/null" /dev/null </dev/null | LC_ALL=C grep -q $'\033' && { echo "progress with $env"; exit 1; }
done
TERM=xterm script -qec "ntag-entity long >/dev/null" /dev/null </dev/null | grep -q 'MB/s' || { echo "no progress"; exit 1; }
TERM=xterm script -qec "ntag-entity $ARTICLES" /dev/null </dev/null | LC_ALL=C grep -q $'\033\['
