# B21: no colour when standard output is no terminal, with NO_COLOR, or on a dumb terminal.
ntag-entity -o text "$ARTICLES" | LC_ALL=C grep -q $'\033' && { echo "colour in a pipe"; exit 1; }
command -v script >/dev/null || exit 0
for env in NO_COLOR=1 TERM=dumb; do
	script -qec "env $env ntag-entity $ARTICLES" /dev/null </dev/null | LC_ALL=C grep -q $'\033\[' && { echo "colour with $env"; exit 1; }
done
TERM=xterm script -qec "ntag-entity $ARTICLES" /dev/null </dev/null | LC_ALL=C grep -q $'\033\['
