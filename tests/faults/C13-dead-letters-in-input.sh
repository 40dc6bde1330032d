# C13: errors.to in a folder that the pipeline reads: the dead letters of the last run are no input of this one.
mkdir in
printf '{"text":1}\n{"text":"One."}\n' >in/a.jsonl
printf 'ntag: 1\ninput: {files: [in]}\nstages: [ntag-split]\noutput: [{file: "-", as: json}]\n' >p.yaml
for n in 1 2; do
	ntag-run run --errors in/bad.jsonl p.yaml >out 2>err
	[ $? -eq 2 ] && [ "$(wc -l <in/bad.jsonl)" -eq 1 ] && [ "$(wc -l <out)" -eq 1 ] || { echo "run $n"; cat out err; exit 1; }
done
grep -q 'in/bad.jsonl: is the output too; skipped' err || { cat err; exit 1; }
