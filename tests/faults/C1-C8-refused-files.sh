# C1-C8: what is no plain YAML, too deep or too large is refused with its place, at once and with status 78.
refused() { # NAME PLACE: standard input is the file
	cat >f.yaml
	timeout 5 ntag-run check f.yaml >out 2>&1
	[ $? -eq 78 ] || { echo "$1: not 78"; cat out; exit 1; }
	grep -q "^f.yaml:$2: " out || { echo "$1: not at $2"; head -3 out; exit 1; }
}
head='ntag: 1\nstages: [ntag-split]\n'
printf 'a: &a [*a]\n' | refused 'self-reference' 1:4
{ printf 'a0: &a0 [x,x]\n'; for i in 1 2 3 4 5 6 7 8 9 10 11; do printf 'a%d: &a%d [*a%d,*a%d]\n' $i $i $((i - 1)) $((i - 1)); done; } | refused 'alias bomb' 1:5
printf "$head"'<<: {a: b}\n' | refused 'merge key' 3:1
printf 'a: !!python/object/apply:os.system [id]\n' | refused 'tag' 1:4
printf "$head"'about: x\nabout: x\n' | refused 'doubled key' 4:1
printf "$head"'input: {fils: [a]}\n' | refused 'unknown key' 3:9
head -c 50000 /dev/zero | tr '\0' '[' | refused '50,000 brackets' 1:17
head -c 5000000 /dev/zero | tr '\0' k | refused '5 MB' 1:1
seq -f 'k%g: x' 1 80000 | refused '80,000 keys' 1:1
printf 'ntag: 1\nabout: \377\n' | refused 'bad UTF-8' 2:8
printf 'ntag: 1\nabout: a\0b\n' | refused 'NUL' 2:9
printf 'ntag: 1\ninput:\n\tfiles: [a]\n' | refused 'tab' 3:1
printf "$head"'---\nntag: 1\n' | refused 'second document' 3:1
printf '' | refused 'empty file' 1:1
# C5: words that other readers take for something else stay words.
printf "$head"'params: {p: {type: enum, of: [NO, 1.10, 017, ~, 12:30:00], default: NO}}\n' >f.yaml
for v in NO 1.10 017 '~' 12:30:00; do
	ntag-run dry-run f.yaml -D "p=$v" >out 2>&1 || { cat out; exit 1; }
done
ntag-run dry-run f.yaml -D p=false >out 2>&1 && { echo 'NO became false'; exit 1; }
exit 0
