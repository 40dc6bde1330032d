# D17: more rejected than errors.max stops the run with status 2; what was to be replaced stays as it was.
cat >p.yaml <<'T'
ntag: 1
params: {max: {type: text}, workers: {type: int, default: 1}}
input: {files: ["-"], format: jsonl}
stages: [ntag-split]
output: [{file: out}]
errors: {max: "${max}", to: bad}
run: {workers: "${workers}"}
T
# One record in a hundred is bad.
for i in $(seq 1 100); do [ "$i" = 50 ] && echo '{' || echo '{"text":"One."}'; done >hundred
for i in $(seq 1 100); do cat hundred; done >in
run() { echo old >out; ntag-run run p.yaml -D "max=$1" -D "workers=$2" <"$3" 2>err; }
for w in 1 2; do
	for max in 1.2% 100 2%; do
		run $max $w in
		[ $? -eq 2 ] && ! grep -q stopped err && [ "$(wc -l <out)" -eq 9900 ] || { echo "$max: $(tail -1 err)"; exit 1; }
	done
	for max in 0.5% 99 0 0%; do
		run $max $w in
		[ $? -eq 2 ] && grep -qE '^ntag-run: too many rejected, [0-9]+ of [0-9]+ records; stopped$' err || { echo "$max: $(tail -1 err)"; exit 1; }
		grep -q 'what was to be replaced stays' err && [ "$(cat out)" = old ] && [ "$(ls -A | grep -c part)" -eq 0 ] || { tail -2 err; exit 1; }
	done
done
run 0 1 in
[ "$(wc -l <bad)" -eq 1 ] || exit 1
# A share is looked at in the end also where there was too little to judge before.
run 0.5% 1 hundred
[ $? -eq 2 ] && grep -q '1 of 100 records' err && [ "$(cat out)" = old ] || { cat err; exit 1; }
# In front of a program and behind it.
sed 's/ntag-split]/ntag-split, exec: [cat]]/' p.yaml >q.yaml && mv q.yaml p.yaml
run 10 1 in
[ $? -eq 2 ] && grep -q '11 of' err && [ "$(cat out)" = old ] || { tail -3 err; exit 1; }
sed 's/exec: .cat./exec: [sed, "s,},,"]/' p.yaml >q.yaml && mv q.yaml p.yaml
run 200 1 in
[ $? -eq 2 ] && grep -q '201 of' err && [ "$(cat out)" = old ] || { tail -3 err; exit 1; }
