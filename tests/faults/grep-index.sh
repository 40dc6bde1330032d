# ntag-grep --index: the answers of a run without index, whatever happened to the index before: changed, new and
# removed files, a killed writer, a reader beside it; a damaged index is refused with what to do.
articles=$TOP/tests/corpus
mkdir in
for d in a b c d; do mkdir in/$d; cp "$articles/$d"/00*.txt in/$d; done
cp "$ARTICLES"/*.txt in
ntag-entity in/01-ferry.txt >in/own.jsonl # layers of its own stay as they came
printf '{"id":"bare","n":7}\n' >>in/own.jsonl
: >in/empty.txt

ask() { # of what follows behind each line: both ways, the same
	while read -r how; do
		eval "ntag-grep $how $1" >want 2>want.err; want=$?
		eval "ntag-grep --index ix $how $2" >got 2>got.err; got=$?
		if ! cmp -s want got || [ $want -ne $got ]; then
			echo "differs ($3): $how: status $want, $got"; diff want got | head -5; cat got.err; exit 1
		fi
	done <<'Q'
-n -e police
-e 'offici\w+' -i -o
-w -n -e it
-l -e storm -e bank
-L -i -e minister
-c --ent PERSON=
--ent Varga
-o --ent 'GPE=~^k'
--ent "central bank" -n
-n --quote-by Okafor
-o --quote-by Varga --kind direct
--quote 'said|will' -c
--date-in 2022-03 -n -o
--since 2022-03-15 -l
--until 2010 -c
-v -c -e the
--show sentence -n -C1 -e treaty
--show paragraph --ent ORG= --json
-n --where 'ents.label = EVENT or quotes.speaker.name ~ Varga'
--where 'n = 7'
-e Zzyzx
-c -e Zzyzx
-m1 -n -e the
-o --json -e 'ferr\w*' -e a
--where 'not regexp police and not ent PERSON='
-q -e Varga
-Fn -e 'U.S.'
-i -e kremlin -e 'st.rm'
Q
}
ask in in "first time" || exit 1
ask in "" "index alone" 2>/dev/null || exit 1

# Nothing is read that did not change.
touch -d '2001-01-01' stamp
before=$(sqlite3 ix/index.sqlite 'select max(doc), count(*) from docs' 2>/dev/null || echo none)
ntag-grep --index ix -c -e the in >out
[ "$(sqlite3 ix/index.sqlite 'select max(doc), count(*) from docs' 2>/dev/null || echo none)" = "$before" ] || { echo "read again"; exit 1; }

# Changed, new, removed.
sed -i 's/Okafor/Okonkwo/g' in/01-ferry.txt
printf ' date 2023-01-02 A new storm\n\n“We wait,” said Ilona Varga.\n' >in/new.txt
rm in/02-storm.txt
ask in in "changed" || exit 1
ask in "" "changed, index alone" || exit 1
ntag-grep --index ix --ent Okafor in/01-ferry.txt >out; [ $? -eq 1 ] || { echo "old names stay"; exit 1; }

# Killed at any moment, the next run completes it.
for i in 1 2 3 4 5 6; do
	rm -rf ix
	ntag-grep --index ix -c -e the in >/dev/null 2>&1 &
	p=$!
	sleep "0.$((i * 3))"
	kill -9 $p 2>/dev/null
	wait $p 2>/dev/null
	ntag-grep --index ix -c -e the in >got || exit 1
	ntag-grep -c -e the in >want
	cmp -s got want || { echo "after a kill: differs"; exit 1; }
	if command -v sqlite3 >/dev/null; then
		[ "$(sqlite3 ix/index.sqlite 'pragma integrity_check')" = ok ] || { echo "after a kill: damaged"; exit 1; }
	fi
done

# A reader while a writer works: what was committed before, without waiting.
cp -r in more
ntag-grep --index ix -c -e the more >/dev/null 2>&1 &
p=$!
ntag-grep --index ix -l -e treaty in/03-bank.txt >/dev/null 2>&1 # waits for the writer, as it writes
ntag-grep --index ix -h -n -e Okonkwo >out || { echo "reader refused"; exit 1; }
wait $p

# Damaged, foreign, absent.
printf 'This is no database, but long enough to be looked at by anybody.' >bad; mkdir ix2; cp bad ix2/index.sqlite
ntag-grep --index ix2 -e a >out 2>err; [ $? -eq 78 ] && grep -q 'remove it' err || { cat err; exit 1; }
cp -r ix ix3
rm -f ix3/index.sqlite-*
size=$(stat -c %s ix3/index.sqlite)
head -c $((size - 4096)) /dev/zero | tr '\0' x | dd of=ix3/index.sqlite bs=4096 seek=1 conv=notrunc 2>/dev/null
ntag-grep --index ix3 -e a >out 2>err; [ $? -eq 78 ] && grep -q 'remove it' err || { echo "damaged: $?"; cat err; exit 1; }
ntag-grep --index nosuch -e a >out 2>err; [ $? -eq 78 ] || { cat err; exit 1; }
[ ! -e nosuch ] || { echo "made for a question"; exit 1; }
echo x | ntag-grep --index ix -e a - 2>err; [ $? -eq 64 ] || exit 1
exit 0
