# D25, D24: the shards of a run, in any order, one of them twice, give after merge what a run of all gives; a file that is
# added moves no other one; each shard has a state of its own, and two that would write to the same files are refused.
mkdir in
n=0
for a in "$ARTICLES"/*.txt; do
	for i in 1 2 3 4 5 6 7 8; do n=$((n + 1)); sed "s/2022-03-1/2022-0$i-1/" "$a" >"in/$n.txt"; done
done
printf '{"text":1}\n{"id":"same","text":"One."}\n{"id":"same","text":"One."}\n' >in/bad.jsonl
cat >p.yaml <<'T'
ntag: 1
params: {in: {type: path, default: in}, out: {type: path}, shard: {default: "1/1"}}
input: {files: ["${in}"], only: new}
stages: [ntag-split, ntag-date]
output:
  - {file: "${out}/{date:%Y}/{date:%m}.jsonl.gz"}
  - {file: "${out}/dates.csv", as: csv, rows: dates, header: true}
  - {file: "${out}/dates.tsv", as: tsv, rows: dates, write: append}
errors: {to: "${out}/dead.jsonl"}
run: {shard: "${shard}", workers: 2}
T
cat >sum.yaml <<'T'
ntag: 1
params: {out: {type: path}}
input: {files: [in]}
stages: [ntag-split, {ntag-summarize: {group-by: date, partial: true}}]
output: [{file: "${out}/sums.jsonl"}]
T
ntag-run run p.yaml -D out=all 2>/dev/null; [ $? -eq 2 ] || exit 1
ntag-run run sum.yaml -D out=all 2>/dev/null; [ $? -eq 2 ] || exit 1
ntag-run merge all --to want || exit 1
for N in 2 3 7; do
	for I in $(seq "$N" | shuf); do
		ntag-run run p.yaml -D out="s/$N/$I" --shard "$I/$N" 2>/dev/null
		ntag-run run sum.yaml -D out="s/$N/$I" --shard "$I/$N" 2>/dev/null
	done
	ntag-run merge $(ls -d s/$N/* | shuf) --to got-$N || exit 1
	diff -r want got-$N || { echo "$N shards"; exit 1; }
done
[ "$(zcat want/*/*.gz | wc -l)" -eq $((n + 2)) ] && [ "$(wc -l <want/dead.jsonl)" -eq 1 ] || { find want -type f; exit 1; }
# The same shard from two machines.
ntag-run run p.yaml -D out=again --shard 2/3 --state elsewhere 2>/dev/null
ntag-run merge s/3/* again --to twice && ntag-run merge s/3/* again --unique --to once && ntag-run merge all --unique --to want1 || exit 1
rm -f want1/sums.jsonl once/sums.jsonl # partials would be counted twice: their shard ran once
diff -r want1 once || { echo "one repeated"; exit 1; }
diff -r want twice >/dev/null && { echo "a repeated shard left no trace"; exit 1; }
# Adding files moves none: a shard reads what is new of its own, and nothing else.
cp s/2/1/dates.tsv before
cp "$ARTICLES"/01-ferry.txt in/new.txt
ntag-run dry-run p.yaml -D out=s/2/1 --shard 1/2 | head -1 >one
ntag-run dry-run p.yaml -D out=s/2/2 --shard 2/2 | head -1 >two
[ "$(cat one two | grep -c ' 1 new, ')" -eq 1 ] && ! grep -q changed one two || { cat one two; exit 1; }
# Two shards with one place for their outputs.
mkdir clash && cd clash && cp -r ../in . && cp ../sum.yaml .
ntag-run run sum.yaml -D out=x --shard 1/2 2>/dev/null
ntag-run run sum.yaml -D out=x --shard 2/2 2>err
[ $? -eq 78 ] && grep -q 'another shard writes to the same files (sum-[0-9a-f]*.1-of-2.state)' err || { cat err; exit 1; }
# Standard input is no file, and I/N is one of them.
ntag-run run --shard 1/2 sum.yaml -D out=y - </dev/null 2>err
[ $? -eq 78 ] && grep -q 'standard input cannot be cut into shards' err || { cat err; exit 1; }
for bad in 0/2 3/2 1 1/ /2 a/b 1/999999999999; do
	ntag-run run --shard "$bad" sum.yaml -D out=y 2>err
	[ $? -eq 64 ] || { echo "$bad"; cat err; exit 1; }
done
# The printed pipeline reads the same files.
ntag-run shell sum.yaml -D out=z --shard 2/2 >cmd && sh cmd 2>/dev/null
ntag-run run sum.yaml -D out=q --shard 2/2 2>/dev/null
cmp z/sums.jsonl q/sums.jsonl
