# B17: with a terminal as standard input and no file named, a program says what it waits for, then reads.
command -v script >/dev/null || { echo "no script(1)"; exit 77; }
for f in split quote show; do
	script -qec "ntag-$f" /dev/null <<<$'One line on Tuesday.\n\004' >shown 2>&1
	grep -q "ntag-$f: reading from the terminal; end with Ctrl-D, or see --help" shown || { echo "ntag-$f: no hint: $(cat shown)"; exit 1; }
	grep -q 'One line on' shown || { echo "ntag-$f: not read: $(cat shown)"; exit 1; }
done
