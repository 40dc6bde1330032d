# D10, PIPELINES 5: a state that has grown long is written anew at a clean end, by rename: what is known stays known, runs that
# wait for the lock get the new file, and a kill in the middle leaves one or the other.
mkdir in
for i in $(seq 300); do echo "{\"id\":\"$i\",\"text\":\"One.\"}" >"in/$i.jsonl"; done
printf 'ntag: 1\ninput: {files: [in], only: new}\nstages: [ntag-split]\noutput: [{file: out.jsonl, write: append}]\nrun: {lock: wait}\n' >p.yaml
ntag-run run p.yaml || exit 1
most=0
for n in $(seq 12); do
	for i in $(seq 150); do echo "{\"id\":\"$i-$n\",\"text\":\"One.\"}" >"in/$i.jsonl"; done
	ntag-run run p.yaml 2>/dev/null || exit 1
	size=$(stat -c %s .ntag/p.state)
	[ "$size" -gt "$most" ] && most=$size
done
[ "$most" -lt 90000 ] || { echo "grown to $most bytes"; exit 1; }
grep -q '"known":' .ntag/p.state || { echo "never written anew"; exit 1; }
[ "$(wc -l <out.jsonl)" -eq $((300 + 12 * 150)) ] || { wc -l out.jsonl; exit 1; }
before=$(stat -c %Y.%s out.jsonl)
ntag-run run p.yaml && [ "$(stat -c %Y.%s out.jsonl)" = "$before" ] || exit 1
ntag-run status p.yaml | grep -q '300 files known' || { ntag-run status p.yaml; exit 1; }
ntag-run graph p.yaml | grep -q '150' || { ntag-run graph p.yaml; exit 1; }
touch in/*.jsonl # by content they are the same
ntag-run run p.yaml && [ "$(stat -c %Y.%s out.jsonl)" = "$before" ] || { echo "read again"; exit 1; }
# Many at once, each with something new to do; some are killed.
want=$(wc -l <out.jsonl)
for n in $(seq 20); do
	for i in $(seq 100); do echo "{\"id\":\"$i-$n\",\"text\":\"Two $n.\"}" >"in/$i.jsonl"; done
	ntag-run run p.yaml 2>/dev/null & a=$!
	ntag-run run p.yaml 2>/dev/null & b=$!
	[ $((n % 3)) -ne 0 ] || { sleep 0.0$((n % 10)); kill -9 $a 2>/dev/null; }
	wait $a $b 2>/dev/null
	ntag-run run p.yaml 2>/dev/null || exit 1
	want=$((want + 100))
	[ "$(wc -l <out.jsonl)" -eq "$want" ] || { echo "round $n: $(wc -l <out.jsonl) for $want"; exit 1; }
done
[ "$(ls -A .ntag)" = p.state ] || { ls -A .ntag; exit 1; }
