# B20: on a terminal, control characters of the text and of file names are made visible; in a pipe they stay.
command -v script >/dev/null || { echo "no script(1)"; exit 77; }
printf '{"id":"a","date":"2021-12-04","text":"A \\u001b]0;pwn\\u0007 and \\u009b31m and \\u202eevil on Tuesday, said Joe Biden."}\n' >in
for f in split date entity quote summarize; do
	script -qec "ntag-$f in" /dev/null </dev/null >shown 2>&1
	LC_ALL=C grep -q $'\033]0;' shown && { echo "ntag-$f: OSC reached the terminal"; exit 1; }
	LC_ALL=C grep -q $'\302\233' shown && { echo "ntag-$f: C1 reached the terminal"; exit 1; }
	LC_ALL=C grep -q $'\342\200\256' shown && { echo "ntag-$f: bidi override reached the terminal"; exit 1; }
	grep -q 'x1b' shown || { echo "ntag-$f: not made visible"; cat -v shown; exit 1; }
	ntag-$f in | grep -q 'u001b]0;pwn' || { echo "ntag-$f changed the record"; exit 1; }
done
name=$'\033[31mred.txt'
ntag-split "$name" 2>err
LC_ALL=C grep -q $'\033' err && { cat -v err; exit 1; }
grep -q 'x1b\[31mred.txt' err
